"""Quotation marks of a document, paragraph by paragraph: an unbalanced mark spoils one paragraph at most."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component("quotations.marks", requires=["parse"], assigns=["quotations"])
def quotations() -> Step:
    """Pair the quotation marks of every block."""

    def step(analysis: Analysis) -> None:
        del analysis

    return step
