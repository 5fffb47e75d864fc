"""Spans of a document's text, and the two kinds of span that carry a value: places and times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.errors import SchemaError

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of ``Document.text``, in Unicode code points, with its exact words."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        """Refuse a span whose length is not its text's length (raises SchemaError)."""
        if self.start < 0 or self.end - self.start != len(self.text):
            raise SchemaError(f"span {self.start}:{self.end} does not fit its {len(self.text)}-character text")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span ``text[start:end]`` of a whole document text."""
        return cls(start, end, text[start:end])

    def covers(self, other: Span) -> bool:
        """True if ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True if the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is. ``lat``/``lon`` in degrees; ``precision``: country, region, city or point."""

    span: Span | None
    name: str
    id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression with its TIMEX3 type and value; ``start``/``end`` are ISO dates (inclusive) where they can be known.

    ``mod``: what TIMEX3 calls its modifier (START for "early July", APPROX for "about two years", MORE_THAN …), None where it has none.
    """

    span: Span
    type: TimeType
    value: str
    start: str | None = None
    end: str | None = None
    mod: str | None = None
