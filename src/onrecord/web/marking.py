"""Where the records of a report stand in its text: the text cut wherever a record's words begin or end, so that a page can mark them in place.

Pure: no store, no page. Offsets are code points of the report's text, as everywhere; a page that uses these pieces needs no offsets of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.brief.safe import SHOWN_AS
from onrecord.model import Event, Participant, Position, Record, Span, Statement

Role = Literal[
    "speaker", "cue", "content", "addressee", "actor", "recipient", "trigger", "holder", "target", "subject", "object", "via", "place", "time"
]  # fmt: skip
CHARACTERS = 20_000
"""About so many code points of a report are on one page."""
RECORDS = 200
"""About so many records of a report are on one page, and at most twice as many."""
_LINE = 4_000  # a longer paragraph is cut, so that one without any end cannot fill a page
_DEEPEST = 3
_ORDER = ("statement", "event", "position", "relation")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\n")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record: its words, or who it is, or both."""

    role: Role
    span: Span | None
    who: Participant | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A record with the number by which it is marked: from 1 by place in the report."""

    number: int
    record: Record

    @property
    def parts(self) -> tuple[Part, ...]:
        """Who and what it is made of."""
        return parts_of(self.record)

    @property
    def core(self) -> tuple[Span, ...]:
        """What carries its mark while it is not chosen: what is said, the word for what was done, what a position is about, else all of it."""
        record = self.record
        if isinstance(record, Statement):
            spans: tuple[Span | None, ...] = record.content
        else:
            spans = (record.trigger if isinstance(record, Event) else record.target.span if isinstance(record, Position) else None,)
        return tuple(span for span in spans if span is not None and span.start < span.end) or (record.evidence,)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in which nothing begins or ends.

    ``inside``: the numbers of the records whose evidence it is in, the shortest evidence first; ``roles``: (number, role) of the parts it is in, the
    longest first; ``marks``: (kind, how many records of the kind have their core here, at most 3); ``numbers``: of the records whose mark ends here.
    """

    start: int
    end: int
    text: str
    inside: tuple[int, ...]
    roles: tuple[tuple[int, Role], ...]
    marks: tuple[tuple[str, int], ...]
    numbers: tuple[int, ...]

    @property
    def plain(self) -> str:
        """The text for a page: what is no character to be shown is U+FFFD, one for one; line breaks and marks of direction stay."""
        return self.text if self.text.isprintable() else _CONTROL.sub(SHOWN_AS, self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the line breaks behind it; its segments hold all of its text."""

    start: int
    end: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one page shows of a report: the text from ``start`` to ``end``, and the records with words in it; ``more``: how many are left out."""

    start: int
    end: int
    records: tuple[Marked, ...]
    more: int


def parts_of(record: Record) -> tuple[Part, ...]:
    """Who and what a record is made of, as the contract names the roles."""
    found = [*_own_parts(record), *(Part("via", p.mention, p) for p in record.via)]
    if isinstance(record, Event) and record.place is not None:
        found.append(Part("place", record.place.span))
    if record.date.span is not None:
        found.append(Part("time", record.date.span))
    return tuple(part for part in found if part.span is not None or part.who is not None)


def _own_parts(record: Record) -> Iterator[Part]:
    if isinstance(record, Statement):
        yield Part("speaker", record.speaker.mention, record.speaker)
        yield Part("cue", record.cue)
        yield from (Part("content", span) for span in record.content)
        yield from (Part("addressee", p.mention, p) for p in record.addressees)
    elif isinstance(record, Event):
        yield from (Part("actor", p.mention, p) for p in record.actors)
        yield Part("trigger", record.trigger)
        yield from (Part("recipient", p.mention, p) for p in record.recipients)
    elif isinstance(record, Position):
        yield Part("holder", record.holder.mention, record.holder)
        yield Part("target", record.target.span, record.target.actor)
    else:
        yield Part("subject", record.subject.mention, record.subject)
        yield Part("object", record.object.mention, record.object)


def numbered(records: Iterable[Record]) -> list[Marked]:
    """Records by place in the text, the longer evidence first."""
    ordered = sorted(records, key=lambda r: (r.evidence.start, -r.evidence.end, _ORDER.index(r.kind), r.id))
    return [Marked(number, record) for number, record in enumerate(ordered, 1)]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text, (start, end) each with the line breaks behind it; together they are the whole text. An over-long one is cut."""
    ends = [*(m.end() for m in _PARAGRAPH.finditer(text)), len(text)]
    found = []
    start = 0
    for end in ends:
        while end - start > _LINE:
            cut = text.rfind(" ", start, start + _LINE) + 1
            cut = cut if cut > start else start + _LINE
            found.append((start, cut))
            start = cut
        if start < end:
            found.append((start, end))
            start = end
    return found


def stretches(text: str, marked: Sequence[Marked], *, characters: int = CHARACTERS, records: int = RECORDS) -> list[Stretch]:
    """A report in pages of whole paragraphs: at least one, however short the text. Those of a report of usual length are one.

    A record with words in several is in each of them. ``marked``: as :func:`numbered` gives them.
    """
    starts = [m.record.evidence.start for m in marked]
    pages: list[tuple[int, int]] = []
    first = 0
    for start, end in paragraphs(text):
        if start > first and (end - first > characters or bisect_left(starts, end) - bisect_left(starts, first) > records):
            pages.append((first, start))
            first = start
    pages.append((first, len(text)))
    found = []
    reaching: list[Marked] = []  # records of former pages whose words go on
    for start, end in pages:
        last = end == len(text)  # what has no words and stands behind the text is there
        there = reaching + list(marked[bisect_left(starts, start) : None if last else bisect_left(starts, end)])
        found.append(Stretch(start, end, tuple(there[: 2 * records]), len(there[2 * records :])))
        reaching = [m for m in there if m.record.evidence.end > end]
    return found


def cut(text: str, stretch: Stretch) -> list[Paragraph]:
    """The paragraphs of a stretch, cut at all borders of its records' spans."""
    spans = _spans(stretch)
    borders = sorted({border for start, end, *_ in spans for border in (start, end)})
    opening, closing = defaultdict(list), defaultdict(list)
    for number, (start, end, *_) in enumerate(spans):
        opening[start].append(number)
        closing[end].append(number)
    ends = _ends(stretch)
    active: set[int] = set()
    found = []
    for start, end in paragraphs(text):
        if end <= stretch.start or start >= stretch.end:
            continue
        segments = []
        inner = borders[bisect_right(borders, start) : bisect_left(borders, end)]
        for low, high in pairwise([start, *inner, end]):
            active.difference_update(closing[low])
            active.update(opening[low])
            segments.append(_segment(text, low, high, [spans[i] for i in sorted(active)], ends.get(high, ())))
        found.append(Paragraph(start, end, tuple(segments)))
    return found


_Spanned = tuple[int, int, Marked, Role | Literal["evidence", "core"]]


def _spans(stretch: Stretch) -> list[_Spanned]:
    """Every span of every record, as far as it lies in the stretch, the records with the shortest evidence first."""
    found: list[_Spanned] = []
    for m in sorted(stretch.records, key=lambda m: (m.record.evidence.end - m.record.evidence.start, m.number)):
        named = [("evidence", m.record.evidence), *(("core", span) for span in m.core), *((p.role, p.span) for p in m.parts if p.span is not None)]
        for name, span in named:
            start, end = max(span.start, stretch.start), min(span.end, stretch.end)
            if start < end:
                found.append((start, end, m, name))  # type: ignore[arg-type] # "evidence", "core" or a role
    return found


def _ends(stretch: Stretch) -> dict[int, list[int]]:
    """Where the number of each record is put: behind the last of its core that lies in the stretch, else behind its evidence."""
    found: dict[int, list[int]] = defaultdict(list)
    for m in stretch.records:
        borders = _within(stretch, m.core) or _within(stretch, (m.record.evidence,))
        if borders:
            found[max(borders)].append(m.number)
    return found


def _within(stretch: Stretch, spans: Iterable[Span]) -> list[int]:
    return [min(s.end, stretch.end) for s in spans if max(s.start, stretch.start) < min(s.end, stretch.end)]


def _segment(text: str, start: int, end: int, spans: Sequence[_Spanned], numbers: Sequence[int]) -> Segment:
    inside = dict.fromkeys(m.number for _, _, m, name in spans if name == "evidence")
    outer_first = sorted(spans, key=lambda spanned: spanned[0] - spanned[1])
    roles = dict.fromkeys((m.number, name) for _, _, m, name in outer_first if name not in ("evidence", "core"))
    cores = dict.fromkeys((m.record.kind, m.number) for _, _, m, name in spans if name == "core")
    depths = {kind: sum(k == kind for k, _ in cores) for kind, _ in cores}
    return Segment(
        start, end, text[start:end], tuple(inside), tuple(roles),  # type: ignore[arg-type] # what is left are roles
        tuple((kind, min(depths[kind], _DEEPEST)) for kind in _ORDER if kind in depths), tuple(numbers),
    )  # fmt: skip
