"""Records as exporters are fed them: each with its report, and together with the records linked with it as one happening. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import permutations, product
from typing import get_args

from onrecord.across.joined import same_event
from onrecord.codebook.plover import JOINT
from onrecord.model import Document, Event, Participant, Reading, Record, RecordDate
from onrecord.query import Filter
from onrecord.store import RecordKind, View
from onrecord.store.days import first_day, last_day

_CACHED_REPORTS = 128


class Report:
    """A document and what is known of it as a whole; read from the store when it is first asked for."""

    def __init__(self, document: Document, reading: Callable[[str], Reading]) -> None:
        self.document = document
        self._reading = reading

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The persons resolved in it, each once, in order."""
        return self._named({"person"})

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The bodies, organisations, groups and outlets resolved in it."""
        return self._named({"body", "organisation", "group", "outlet"})

    @cached_property
    def locations(self) -> tuple[str, ...]:
        """The places named in it."""
        return tuple(dict.fromkeys(p.name for p in self._read.places))

    @cached_property
    def _read(self) -> Reading:
        return self._reading(self.document.id)

    def _named(self, kinds: set[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.actor.name for m in self._read.mentions if m.actor and m.actor.kind in kinds))


@dataclass(frozen=True, slots=True)
class Mention:
    """A record where it is told."""

    record: Record
    report: Report


@dataclass(frozen=True, slots=True)
class Told:
    """A record with its report. ``mentions``: it and all records linked with it as the same happening, itself first."""

    record: Record
    report: Report
    mentions: tuple[Mention, ...]


def told(view: View, kinds: frozenset[str], wanted: Filter) -> Iterator[Told]:
    """The records of these kinds that ``wanted`` lets through, in the store's order; linked ones as one, where the fullest of them stands.

    The fullest has somebody resolved on most sides; of several, it is the first. Memory grows with the number of links, not of records.
    """
    report = lru_cache(_CACHED_REPORTS)(lambda document_id: Report(view.document(document_id), view.reading))
    same = same_event(view)
    kind = next((k for k in get_args(RecordKind) if {k} == kinds), None)
    groups: dict[str, dict[str, int]] = {}
    for record in view.records(kind, wanted) if same else ():
        if same.others(record.id):
            groups.setdefault(same.first(record.id), {})[record.id] = _sides(record)
    ordered = [sorted(sides, key=lambda i: -sides[i]) for sides in groups.values()]
    leaders = {ids[0]: ids for ids in ordered}
    followers = {i for ids in ordered for i in ids[1:]}
    for record in view.records(kind, wanted):
        if record.kind in kinds and record.id not in followers:
            here = report(record.document_id)
            others = (view.record(i) for i in leaders.get(record.id, ())[1:])
            yield Told(record, here, (Mention(record, here), *(Mention(r, report(r.document_id)) for r in others)))


def _sides(record: Record) -> int:
    """On how many of an event's sides somebody is resolved."""
    sides = zip(*pairs(record), strict=True) if isinstance(record, Event) else ()
    return sum(any(p is not None and p.actor is not None for p in side) for side in sides)


Pair = tuple[Participant | None, Participant | None]


def pairs(event: Event) -> tuple[Pair, ...]:
    """An event as (actor, recipient) pairs, as POLECAT and GDELT have them: one row each.

    Every actor with every recipient; an act that its sides do together (``JOINT`` types with several actors and no recipient) once in each
    direction for each two sides; else each actor with nobody.
    """
    if event.recipients:
        return tuple(product(event.actors or (None,), event.recipients))
    if event.type in JOINT and len(event.actors) > 1:
        return tuple(permutations(event.actors, 2))
    return tuple((actor, None) for actor in event.actors)


def row_name(record_id: str, number: int, rows: int) -> str:
    """The id of row ``number`` of the ``rows`` that a record makes."""
    return record_id if rows == 1 else f"{record_id}-{number}"


def exact_day(date: RecordDate, published: str | None) -> str:
    """The one ISO day on which a record's date or, without one, its report's publication lies; empty where that is no single day."""
    first = date.start or date.end
    if first is None:
        return day(published)
    begins, ends = first_day(first), last_day(date.end or date.start)
    return begins if begins == ends else ""


def day(value: str | None) -> str:
    """The day of an ISO date or date-time; empty for a year or a month."""
    first = first_day(value)
    return first if first == last_day(value) else ""
