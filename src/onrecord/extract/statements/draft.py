"""From runs of tokens to offsets: trimmed at the edges, quotation marks balanced. Knows no words and makes no decisions."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from onrecord.reading.analysis import Block, Offsets, TokenRange

_EDGE = frozenset(",.;:!?…—–-()[] ")
_QUOTES = frozenset('“”"«»')


def trimmed(doc: Doc, start: int, end: int) -> TokenRange:
    """``[start, end)`` without punctuation at its edges and a conjunction at its end; quotation marks stay."""
    while start < end and (doc[start].text in _EDGE or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in _EDGE or doc[end - 1].is_space or doc[end - 1].pos_ == "CCONJ"):
        if doc[end - 1].text == ")" and any(t.text == "(" for t in doc[start : end - 1]):
            break
        end -= 1
    return start, end


def offsets(block: Block, ranges: Iterable[TokenRange]) -> list[Offsets]:
    """The document offsets of token ranges, each trimmed; empty ones are dropped."""
    found = []
    for start, end in ranges:
        first, last = trimmed(block.doc, start, end)
        if first < last:
            found.append(_balanced(block, first, last))
    return found


def _balanced(block: Block, first: int, last: int) -> Offsets:
    """Offsets of a token range, without an opening or closing quotation mark that lost its partner."""
    doc = block.doc
    if last - first > 1:
        marks = sum(doc[i].text in _QUOTES for i in range(first, last))
        if marks == 1 and doc[last - 1].text in _QUOTES:
            first, last = trimmed(doc, first, last - 1)
        elif marks == 1 and doc[first].text in _QUOTES:
            first, last = trimmed(doc, first + 1, last)
    return block.start(doc[first]), block.end(doc[last - 1])
