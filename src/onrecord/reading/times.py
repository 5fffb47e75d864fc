"""Placeholder."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component("times.en", requires=["parse"], assigns=["times"])
def times() -> Step:
    """Placeholder."""

    def step(analysis: Analysis) -> None:
        del analysis

    return step
