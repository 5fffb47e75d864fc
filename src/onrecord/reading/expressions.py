"""The time expressions of a document, read from its paragraphs without their parse.

The day a report speaks from is its publication date, else the date of its dateline ("OSLO, July 4, 2024 --"). Where it has neither, what the text
says of it is used: "just over a month after … May 16" bounds the day, and "the 4th" is placed in those bounds; the year stays missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onrecord.languages import language
from onrecord.model import Document, Span, TimeExpression
from onrecord.reading.timex import Found, Story, tag
from onrecord.reading.timex.calendar import shift
from onrecord.reading.timex.numbers import number
from onrecord.text.layout import Layout
from onrecord.text.paragraphs import Paragraph, paragraphs

_AFTER = re.compile(r"(?:just over|more than|over|about|nearly|almost|less than|just under)?\s*(?P<count>a|one|two|three|four|five|six|\d{1,3})"
                    r"\s+(?P<unit>day|week|month)s?(?: and a half)?\s+after\b(?P<rest>[^.;]{0,120})", re.IGNORECASE)  # fmt: skip
_FILED_WITHIN = 30
"""A dateline without a year puts "the 4th" at most this many days before it."""


def expressions(document: Document, parts: Sequence[Paragraph] | None = None) -> Iterator[TimeExpression]:
    """The time expressions of a document's datelines and prose, in order. ``parts``: its paragraphs, where they are known already."""
    text = document.text
    if parts is None:
        parts = tuple(paragraphs(text, Layout.of(language("en").table("layout"))))
    told = [p for p in parts if p.kind == "prose" or p.dateline is not None]
    story = _story(document, [text[p.body : p.end] for p in told], _filed(text, told))
    for part in told:
        stretches = [(part.body, part.end)] if part.kind == "prose" else []
        if part.dateline is not None and part.dateline.date is not None:
            stretches.insert(0, part.dateline.date)
        for start, end in stretches:
            yield from (_expression(text, start, found) for found in tag(text[start:end], story))


def _expression(text: str, offset: int, found: Found) -> TimeExpression:
    value = found.value
    span = Span.of(text, offset + found.start, offset + found.end)
    return TimeExpression(span, value.type, value.value, value.start, value.end, found.mod)  # type: ignore[arg-type]


def _filed(text: str, parts: Sequence[Paragraph]) -> str | None:
    """The date of the first dateline that has one, as ISO; without its year where that is missing."""
    for part in parts:
        if part.dateline is not None and part.dateline.date is not None:
            found = tag(text[slice(*part.dateline.date)], Story.of(None))
            return next((f.value.start for f in found if f.value.start and f.value.start == f.value.end), None)
    return None


def _story(document: Document, texts: Sequence[str], filed: str | None) -> Story:
    if document.published or (filed and not filed.startswith("-")):
        try:
            return Story.of(date.fromisoformat((document.published or filed or "")[:10]), texts)
        except ValueError:
            return Story.of(None, texts)
    if filed and filed.startswith("--") and len(filed) == len("--07-04"):
        day = date(2000, int(filed[2:4]), int(filed[5:7]))
        return Story.of(None, texts, (day - timedelta(days=_FILED_WITHIN - 1), day))
    return Story.of(None, texts, _window(texts))


def _window(texts: Sequence[str]) -> tuple[date, date] | None:
    """What an undated text says of its own day: "just over a month after their meeting on May 16" puts it between June 16 and July 15.

    The year is a stand-in (2000): only month and day of the bounds mean anything.
    """
    for text in texts:
        match = _AFTER.search(text)
        if match is None:
            continue
        found = tag(match["rest"], Story.of(date(2000, 12, 31)))
        days = [f.value.start for f in found if f.value.unit == "D" and f.value.start]
        unit = {"day": "D", "week": "W", "month": "M"}[match["unit"].lower()]
        count = int(number(match["count"]))
        start = shift(date.fromisoformat(days[0]), count, unit) if days else None
        end = shift(date.fromisoformat(days[0]), count + 1, unit) if days else None
        if start and end:
            return start, end - timedelta(days=1)
    return None
