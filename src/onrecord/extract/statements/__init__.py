"""Placeholder."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component("statements.rules", requires=["parse", "quotations", "times", "mentions", "coreference"], assigns=["chains", "statements"])
def statements() -> Step:
    """Placeholder."""

    def step(analysis: Analysis) -> None:
        del analysis

    return step
