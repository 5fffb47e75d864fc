"""Quotation marks of a document, paragraph by paragraph: an unbalanced mark spoils one paragraph at most."""

from __future__ import annotations

from onrecord.reading.analysis import Analysis, Quotation
from onrecord.reading.component import Step, component
from onrecord.text.quotes import quoted_stretches


@component("quotations.marks", requires=["parse"], assigns=["quotations"])
def quotations() -> Step:
    """Pair the quotation marks of every block. Who said the words is decided later, by ``statements``."""

    def step(analysis: Analysis) -> None:
        for block in analysis.blocks:
            for found in quoted_stretches(block.text):
                analysis.quotations.append(Quotation(block.index, block.offset + found.start, block.offset + found.end, found.closed))

    return step
