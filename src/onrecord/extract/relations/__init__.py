"""Placeholder."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component(
    "relations.rules",
    requires=["parse", "quotations", "times", "mentions", "coreference", "chains", "statements", "first_person", "events"],
    assigns=["relations"],
)
def relations() -> Step:
    """Placeholder."""

    def step(analysis: Analysis) -> None:
        del analysis

    return step
