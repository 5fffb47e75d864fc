"""What a brief is made of: plain values, from the piece of a sentence up to the whole. Knows no store, no words of a language and no format.

A sentence is a row of pieces, and every piece says what it is and on which records it rests, so that a test can hold each against the store::

    plain     words of a template, which are the same in every brief
    name      whoever takes part in one of the records, who relays it, or who published its report
    words     a stretch of the report of the record, letter by letter
    day       a date of one of the records or of its report; ``value`` is as they have it, ``text`` as people write it
    code      what a code of one of the records is called; ``value`` is the code
    codebook  words of the codebook about the code ``value``
    count     how many different things of the kind ``value`` (see ``UNITS``) the records are or belong to
    figure    a number that one of the records has, or a query answers with; ``value`` is the field
    asked     what the brief was asked for; ``value`` is the field of the filter
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["plain", "name", "words", "day", "code", "codebook", "count", "figure", "asked"]
UNITS = ("record", "report", "original", "publisher", "voice", "party", "issue")
"""What can be counted. An original is a report with all its copies; a voice is what :mod:`onrecord.across.independence` says; a party is a state with
all who act for it, or anyone else."""

SIDES = ("for", "against", "support", "oppose", "neutral", "declines-comment")
"""Where a stance puts somebody, in the order of showing: a side of the issue where the words tell it, else the stance itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence. ``ids``: the records it rests on; none for what rests on no record (``plain``, ``codebook``)."""

    kind: Kind
    text: str
    value: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the records it rests on, the weightiest first. ``key``: the template it was made from."""

    key: str
    pieces: tuple[Piece, ...]
    ids: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text, as the records have it: nothing is made safe for any format."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a report with whoever says them, where, when and through whom. ``url``: the report's, as the input gave it; None if there is none."""

    words: Sentence
    by: Sentence
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told: a headline, the words that bear it out, and what else there is to say.

    ``when``: its date, where entries stand in the order of time; ``side``: one of ``SIDES``, or "" where it is not about a stance; ``depth``: how
    deep in a conversation it stands, 0 at its beginning.
    """

    head: Sentence
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[Sentence, ...] = ()
    when: Sentence | None = None
    side: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading. ``left_out`` says how many more there are; None where all are shown."""

    heading: Sentence | None
    entries: tuple[Entry, ...]
    left_out: Sentence | None = None
    side: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: a row of its table.

    ``label``: whom or what it is of; ``day``: an ISO date, month or year, or None; ``count``: how many of the chart's unit.
    """

    label: str
    day: str | None
    side: str
    count: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of points, with the same in words (``alt``) and as a table.

    ``kind``: bars (a bar for each point), strips (a line for each label, a mark for each day on it) or columns (a column for each period).
    ``columns``: headings of the table; ``unit``: what ``count`` counts.
    """

    kind: Literal["bars", "strips", "columns"]
    title: Sentence
    alt: Sentence
    columns: tuple[str, ...]
    points: tuple[Point, ...]
    unit: str
    left_out: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter. ``key`` names it in links; ``sentences`` open it; ``nothing`` says in words that there is nothing to tell, None where there is."""

    key: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    charts: tuple[Chart, ...] = ()
    groups: tuple[Group, ...] = ()
    nothing: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A record that a sentence rests on. ``mark``: how sentences refer to it ("3b"); ``start``, ``end``: code points of the report's text."""

    mark: str
    record_id: str
    kind: str
    words: str
    start: int
    end: int
    via: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Source:
    """A report and the records cited from it.

    ``number``: its place in the list, from 1; ``begins``: its first words, for one without a title; ``url``: as the input gave it, not made safe.
    """

    number: int
    document_id: str
    publisher: str | None
    published: str | None
    title: str | None
    begins: str
    url: str | None
    credits: tuple[str, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole. ``asked``: the filter's fields as they were given; ``marks``: how each cited record is referred to, by its id."""

    title: Sentence
    question: tuple[Sentence, ...]
    span: Sentence
    rests_on: Sentence
    key_points: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    method: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]
    asked: Mapping[str, str]
    marks: Mapping[str, str]
