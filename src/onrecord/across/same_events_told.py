"""What one report tells of its happenings, in the form in which happenings of two reports are compared, and how a store remembers it.

Mentions that the reader joined are one happening here: it has the cast, the date and the place of those mentions that say them. Compares nothing.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.across.claims import party
from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.across.same_parties import Side, from_row, row, side
from onrecord.across.same_words import Marks, everybody, lasting, marks, named, number_of, ordinals, packed, sentences, stems, unpacked
from onrecord.languages import language
from onrecord.model import Event, Reading, Span
from onrecord.store import UNDATED
from onrecord.store.columns import fold
from onrecord.store.days import days, first_day, ordinal

_NEARBY = 3
"""Words before a trigger that may make it another happening of its kind."""
_STATES = frozenset({"state", "body", "group", "person", "people"})
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Told:
    """A happening as one report tells it. ``id``: the first record that does; ``also``: the others.

    ``first``, ``last``: ordinals of its days, ``UNDATED`` where ``dated`` is False: the text does not say. ``words``, ``triggers``: hashed stems of
    the sentence and of the trigger; ``numbers``: besides dates. ``whole``: it lasts ("the war"), and is told as a whole.
    """

    id: str
    also: tuple[str, ...]
    start: int
    type: str
    mode: str | None
    status: str
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    dated: bool
    first: int
    last: int
    places: frozenset[str]
    triggers: frozenset[int]
    words: frozenset[int]
    numbers: frozenset[str]
    row: frozenset[str]
    another: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a report tells, and what the report itself is recognised by. ``published``: an ordinal, ``UNDATED`` where unknown."""

    document_id: str
    publisher: str
    published: int
    marks: Marks
    told: tuple[Told, ...]


def report(reading: Reading) -> Report:
    """The happenings of a reading. What is only supposed is none."""
    joined = Joined(reading.links, SAME_EVENT)
    groups: dict[str, list[Event]] = {}
    for event in sorted(reading.events, key=lambda e: (e.trigger.start, e.id)):
        if event.status != "hypothetical":
            groups.setdefault(joined.first(event.id), []).append(event)
    page = _Page(reading)
    told = tuple(page.told(events) for events in groups.values())
    return Report(reading.document.id, reading.document.publisher or "", page.published, marks(reading.document, page.common), told)


class _Page:
    """A report's text with what stands where in it."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.document.text
        self.common = named(everybody(reading))
        self.published = ordinal(first_day(reading.document.published)) or UNDATED
        self.ends = [end for _, end in sentences(self.text)]
        self.dates = sorted((t.span.start, t.span.end) for t in reading.times)
        self.places = sorted(
            ((p.span.start, _place(p.name)) for p in reading.places if p.span is not None and p.precision not in (None, "country")),
        )

    def told(self, events: Sequence[Event]) -> Told:
        """One happening, told in these mentions."""
        first = events[0]
        largest = max(events, key=lambda e: (len(e.actors) + len(e.recipients), sum(p.actor is not None for p in (*e.actors, *e.recipients))))
        when = next(
            ((a, b) for e in events if e.date.basis == "text" and (a := ordinal(days(e.date, None)[0])) and (b := ordinal(days(e.date, None)[1]))),
            None,
        )
        parties = [p.mention for e in events for p in (*e.actors, *e.recipients) if p.mention is not None]
        spans = [self.sentence(e.evidence) for e in events]
        places = {_place(e.place.name) for e in events if e.place is not None and e.place.precision not in (None, "country")}
        return Told(
            id=first.id,
            also=tuple(e.id for e in events[1:]),
            start=first.trigger.start,
            type=first.type,
            mode=next((e.mode for e in events if e.mode is not None), None),
            status="actual" if any(e.status == "actual" for e in events) else first.status,
            actors=tuple(map(side, largest.actors)),
            recipients=tuple(map(side, largest.recipients)),
            dated=when is not None,
            first=when[0] if when else UNDATED,
            last=when[1] if when else UNDATED,
            places=frozenset(places or {name for span in spans for name in self._places(span)}),
            triggers=frozenset(number_of(s) for e in events for s in stems(e.trigger.text)),
            words=frozenset(number_of(word) for span in spans for word in stems(self._without(span, parties)) if word not in self.common),
            numbers=frozenset(word for span in spans for word in stems(self._without(span, ())) if word[0].isdigit()),
            row=frozenset(o for e in events for o in ordinals(self._before(e.trigger))),
            another=any(self._another(e) for e in events),
            whole=_whole(events, when is not None, places),
        )

    def sentence(self, words: Span) -> tuple[int, int]:
        """Where the sentence around ``words`` begins and ends."""
        n = bisect_right(self.ends, words.start)
        start = self.ends[n - 1] if n else 0
        m = bisect_left(self.ends, words.end)
        return start, self.ends[m] if m < len(self.ends) else len(self.text)

    def _places(self, sentence: tuple[int, int]) -> Iterator[str]:
        return (name for start, name in self.places if sentence[0] <= start < sentence[1])

    def _without(self, sentence: tuple[int, int], parties: Iterable[Span]) -> str:
        """A sentence's words but for those that name the parties or a date."""
        start, end = sentence
        pieces, at = [], start
        for a, b in sorted([(s.start, s.end) for s in parties] + [d for d in self.dates if start <= d[0] < end]):
            if a >= at and a < end:
                pieces.append(self.text[at:a])
            at = max(at, b) if a < end else at
        return " ".join((*pieces, self.text[at:end]))

    def _before(self, trigger: Span) -> str:
        return " ".join(self.text[max(0, trigger.start - 40) : trigger.start].split()[-_NEARBY:])

    def _another(self, event: Event) -> bool:
        words = language("en").table("linking")["words"]["another"]
        return not set(self._before(event.trigger).lower().split()).isdisjoint(words)


def _place(name: str) -> str:
    return fold(name)


def _whole(events: Sequence[Event], dated: bool, places: set[str]) -> bool:
    """True for what lasts, between two countries, without a date or a place inside them."""
    first = events[0]
    return (
        not dated
        and not places
        and first.type in _FORCE
        and all(lasting(e.trigger.text) for e in events)
        and len({party(p) for p in (*first.actors, *first.recipients)}) > 1
        and all(p.actor is not None and p.actor.country is not None and p.actor.kind in _STATES for p in (*first.actors, *first.recipients))
    )


def encode(told: Report) -> bytes:
    """A report's happenings as bytes; :func:`decode` is the inverse."""
    rows = [
        [
            t.id, t.also, t.start, t.type, t.mode, t.status, [row(s) for s in t.actors], [row(s) for s in t.recipients], t.dated, t.first, t.last,
            sorted(t.places), sorted(t.triggers), sorted(t.words), sorted(t.numbers), sorted(t.row), t.another, t.whole,
        ]
        for t in told.told
    ]  # fmt: skip
    head = [told.document_id, told.publisher, told.published, packed(told.marks.names), packed(told.marks.words)]
    return json.dumps([head, rows], separators=(",", ":")).encode()


@lru_cache(maxsize=2048)
def decode(data: bytes) -> Report:
    """What :func:`encode` made bytes of."""
    (document_id, publisher, published, names, words), rows = json.loads(data)
    return Report(document_id, publisher, published, Marks(unpacked(names), unpacked(words)), tuple(map(_told, rows)))


def _told(values: list[Any]) -> Told:
    fields: list[Any] = [
        values[0], tuple(values[1]), *values[2:6], *(tuple(map(from_row, values[n])) for n in (6, 7)), *values[8:11],
        *map(frozenset, values[11:16]), *values[16:],
    ]  # fmt: skip
    return Told(*fields)
