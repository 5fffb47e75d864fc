"""Somebody else's events beside ours, row by row: which of theirs we have, which only they have, which only we have. Reads rows, writes nothing.

A row of theirs is matched with a row of ours (an event's actor and recipient, as exports have them) of the same two parties on the same day, give or
take a few: best by the same type, then the same quad, then the parties alone; of several, by the same mode, the nearest day, and one that no row of
theirs had before. A party is the state it acts for, else its name. A date that is no single day counts as the day of publication, on both sides.

Theirs are read once, as a stream; what is held in memory grows with our events alone.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from onrecord.codebook import plover
from onrecord.coded.event import CodedEvent
from onrecord.coded.rows import CompareRow, compare_row
from onrecord.errors import QueryError
from onrecord.export import pairs, told
from onrecord.export.cells import text
from onrecord.export.gdelt import GROUPS
from onrecord.export.told import Told, day, exact_day
from onrecord.model import Event, Participant
from onrecord.query import Filter
from onrecord.query.records import EVENTS, check_fields, document_of
from onrecord.query.rows import name_of
from onrecord.store import View
from onrecord.store.columns import fold
from onrecord.store.days import first_day, last_day, ordinal


class Match(StrEnum):
    """What agrees, best first: the type, the quad, the parties alone (dyad); else whose row it is."""

    type = "type"
    quad = "quad"
    dyad = "dyad"
    theirs = "theirs"
    ours = "ours"


_LEVELS = (Match.theirs, Match.dyad, Match.quad, Match.type)
"""By how much of the coding agrees."""
FIELDS = tuple(name for name in EVENTS if name not in ("limit", "after"))
ACTUAL = Filter(status="actual")
MOST_DAYS = 366
_NO_TYPE = "none"


@dataclass(frozen=True, slots=True)
class Pairing:
    """One row of the comparison. ``ours``: the number of our row; ``days``: our day minus theirs; ``again``: another of theirs had it before."""

    match: Match
    theirs: CodedEvent | None
    ours: int | None
    days: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class TypeCount:
    """One type: rows of theirs and of ours, and how many of either the other side has with the same type."""

    type: str
    theirs: int
    ours: int
    theirs_found: int
    ours_found: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The comparison in figures, of rows.

    ``within``: theirs on days that we have; ``matches``: theirs by match, "ours" being ours that no row of theirs met; ``again``: theirs that met
    one that others of theirs had met; ``ours_found``: ours met by any, at the level of ``matches``; ``confusion``: (their type, our type) of all that
    met; ``types``: each type by itself; ``days``: first and last day of theirs and of ours ("" where there is none).
    """

    theirs: int
    ours: int
    within: int
    matches: dict[Match, int]
    again: int
    ours_found: int
    ours_same_type: int
    confusion: dict[tuple[str, str], int]
    types: tuple[TypeCount, ...]
    days: tuple[str, str, str, str]


@dataclass(slots=True)
class _Ours:
    """Our rows, as small as they can be: what matching needs, by number."""

    ids: list[str] = field(default_factory=list)
    sides: list[tuple[str | None, str | None]] = field(default_factory=list)
    codes: list[tuple[str, str | None]] = field(default_factory=list)
    days: array[int] = field(default_factory=lambda: array("q"))
    index: dict[tuple[int, str, str], list[int]] = field(default_factory=dict)
    level: bytearray = field(default_factory=bytearray)
    """0 not met, 1 by the parties, 2 by the quad, 3 by the type."""
    names: dict[str, str] = field(default_factory=dict)
    """The names of those who go by their id."""
    _codes: dict[tuple[str, str | None], tuple[str, str | None]] = field(default_factory=dict)

    def add(self, item: Told) -> None:
        """The rows of an event."""
        event = item.record
        if not isinstance(event, Event):
            return
        code = self._codes.setdefault((event.type, event.mode), (event.type, event.mode))
        published = item.report.document.published
        when = ordinal(exact_day(event.date, published) or day(published))
        for actor, recipient in pairs(event):
            key = (when, self._party(actor), self._party(recipient))
            if any(key[1:]) and when:
                self.index.setdefault(key, []).append(len(self.ids))
            self.ids.append(event.id)
            self.sides.append((name_of(actor), name_of(recipient)))
            self.codes.append(code)
            self.days.append(when)
            self.level.append(0)

    def _party(self, participant: Participant | None) -> str:
        """A party: the state it acts for, else its id if other data sets have a code for it, else its name or what it is called."""
        actor = participant.actor if participant else None
        words = participant.mention.text if participant and participant.mention else None
        if actor and not actor.country and actor.id in GROUPS:
            self.names[_folded(actor.name)] = actor.id
            return actor.id
        return (actor.country or _folded(actor.name)) if actor else _folded(words)

    def party(self, country: str | None, actor_id: str | None, name: str | None) -> str:
        """One of theirs as the same party."""
        if country or actor_id:
            return country or actor_id or ""
        folded = _folded(name)
        return self.names.get(folded, folded)


class Comparison:
    """The rows of a comparison, as they are found: iterate over it, once. ``summary`` says what has been met so far."""

    def __init__(self, view: View, theirs: Iterable[CodedEvent], wanted: Filter, days: int) -> None:
        self._view = view
        self._theirs = theirs
        self._days = days
        self._since, self._until = first_day(wanted.since), last_day(wanted.until) or "9999"
        self._document = document_of(view)
        self._ours = _Ours()
        for item in told(view, frozenset({"event"}), wanted):
            self._ours.add(item)
        known = [day for day in self._ours.days if day]
        self._reach = (min(known) - days, max(known) + days) if known else (1, 0)
        self._read = self._within = self._again = 0
        self._matches: Counter[Match] = Counter()
        self._confusion: Counter[tuple[str, str]] = Counter()
        self._types: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._span = ["", ""]

    def __iter__(self) -> Iterator[Pairing]:
        """Theirs in their order, then ours that none of theirs met, by date."""
        for event in self._theirs:
            day = event.date or event.published or ""
            if not self._since <= (day or self._since) <= self._until:
                continue
            pairing = self._paired(event, ordinal(day))
            self._count(event, day, pairing)
            yield pairing
        for n, level in enumerate(self._ours.level):
            if not level:
                self._matches[Match.ours] += 1
                yield Pairing(Match.ours, None, n)

    def row(self, pairing: Pairing) -> CompareRow:
        """A pairing with both sides told: their columns, and our words and report."""
        if pairing.ours is None:
            return compare_row(pairing.match, pairing.theirs)
        record = self._view.record(self._ours.ids[pairing.ours])
        document = self._document(record.document_id)
        return compare_row(pairing.match, pairing.theirs, record, document, self._ours.sides[pairing.ours], days=pairing.days, again=pairing.again)

    def summary(self) -> Summary:
        """The figures of what was read until now; of everything, once all rows were."""
        ours = Counter(kind for kind, _ in self._ours.codes)
        same = Counter(code[0] for code, level in zip(self._ours.codes, self._ours.level, strict=True) if level == 3)
        names = sorted({*ours, *self._types})
        known = [day for day in self._ours.days if day]
        span = [date.fromordinal(d).isoformat() for d in (min(known), max(known))] if known else ["", ""]
        return Summary(
            theirs=self._read,
            ours=len(self._ours.ids),
            within=self._within,
            matches={match: self._matches[match] for match in Match},
            again=self._again,
            ours_found=sum(map(bool, self._ours.level)),
            ours_same_type=sum(same.values()),
            confusion=dict(sorted(self._confusion.items())),
            types=tuple(TypeCount(name, self._types[name], ours[name], self._found[name], same[name]) for name in names),
            days=(self._span[0], self._span[1], span[0], span[1]),
        )

    def _count(self, event: CodedEvent, day: str, pairing: Pairing) -> None:
        kind = event.type or _NO_TYPE
        self._read += 1
        self._within += self._reach[0] <= ordinal(day) <= self._reach[1]
        self._matches[pairing.match] += 1
        self._again += pairing.again
        self._types[kind] += 1
        self._found[kind] += pairing.match is Match.type
        if pairing.ours is not None:
            self._confusion[kind, self._ours.codes[pairing.ours][0]] += 1
        if day:
            self._span = [min(self._span[0] or day, day), max(self._span[1], day)]

    def _paired(self, event: CodedEvent, day: int) -> Pairing:
        """The best of ours for one of theirs."""
        key = (
            self._ours.party(event.actor_country, event.actor_id, event.actor or event.actor_words),
            self._ours.party(event.recipient_country, event.recipient_id, event.recipient or event.recipient_words),
        )
        if not day or not any(key):
            return Pairing(Match.theirs, event, None)
        near = range(day - self._days, day + self._days + 1)
        found = [n for d in near for n in self._ours.index.get((d, *key), ())]
        if not found:
            return Pairing(Match.theirs, event, None)
        best = min(found, key=lambda n: self._rank(event, day, n))
        level = self._level(event, best)
        again = bool(self._ours.level[best])
        self._ours.level[best] = max(level, self._ours.level[best])
        return Pairing(_LEVELS[level], event, best, self._ours.days[best] - day, again)

    def _rank(self, event: CodedEvent, day: int, n: int) -> tuple[int, bool, int, bool, int]:
        ours = self._ours
        return (-self._level(event, n), ours.codes[n][1] != event.mode, abs(ours.days[n] - day), bool(ours.level[n]), n)

    def _level(self, event: CodedEvent, n: int) -> int:
        """How much of the coding agrees: 3 the type, 2 the quad, 1 nothing."""
        kind = self._ours.codes[n][0]
        return 3 if event.type == kind else 2 if event.quad == plover.quad(kind) else 1


def compare(view: View, theirs: Iterable[CodedEvent], wanted: Filter = ACTUAL, *, days: int = 1) -> Comparison:
    """Compare their rows with those of our events that ``wanted`` lets through, at most ``days`` days apart.

    ``wanted.since`` and ``until`` hold for theirs too. Raises QueryError for a filter field that says nothing about events, and for ``days`` that are
    not from 0 to 366.
    """
    check_fields(wanted, FIELDS, "compare")
    if not 0 <= days <= MOST_DAYS:
        raise QueryError(f"days: {days} is not between 0 and {MOST_DAYS}", hint="give a number of days")
    return Comparison(view, theirs, wanted, days)


def _folded(name: str | None) -> str:
    """A name, comparable even where it was written into a file in capitals."""
    return fold(text(name).upper())
