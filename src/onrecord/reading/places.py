"""Placeholder."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component("places.kb", requires=["parse"], assigns=["places"])
def places() -> Step:
    """Placeholder."""

    def step(analysis: Analysis) -> None:
        del analysis

    return step
