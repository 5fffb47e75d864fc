"""Placeholder."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component("coreference.rules", requires=["parse", "mentions"], assigns=["coreference"])
def coreference() -> Step:
    """Placeholder."""

    def step(analysis: Analysis) -> None:
        del analysis

    return step
