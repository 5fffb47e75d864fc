"""Where it happened: events by the place that is named for them. Counts happenings; draws no map and finds no place by itself."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any, cast

from onrecord.across.independence import Copies
from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.model import Document, Event, Place
from onrecord.query.dyads import short
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.happenings import DONE, SIGN, Kept, kept, most
from onrecord.query.records import EVENTS, check_fields, document_of
from onrecord.query.rows import Flat, Names
from onrecord.query.voices import corroborated
from onrecord.store import View

PLACES = tuple(name for name in EVENTS if name not in ("limit", "after"))
_EXACT = {"point": 0, "city": 1, "region": 2, "country": 3}
_LATEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Flat):
    """The ``events`` at one ``place``: happenings, each once however often it is told; None where no place is named for them.

    ``place_id``, ``country`` (ISO 3166-1 alpha-3), ``precision`` (point, city, region, country) and ``lat``, ``lon`` (degrees) are those of the
    gazetteer, None where it does not know the place; a region's or country's point is only somewhere in it. ``mentions``: records that tell of the
    events; ``documents``: independent ones (copies count once). ``cooperation``, ``conflict``: shares (0 to 1) of events of PLOVER's quads 1 and 2,
    3 and 4, among those that have a quad. ``since``, ``until``: first and last day. ``type``: the oftenest first. ``latest``: a record's id of each
    of the last events, at most 12, the last first. ``id``, ``words``, ``date``, ``publisher``, ``via``: the surest record, as an example.
    """

    place: str | None
    place_id: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    events: int
    mentions: int
    documents: int
    cooperation: float | None
    conflict: float | None
    since: str | None
    until: str | None
    type: Names
    latest: Names
    id: str
    date: str | None
    publisher: str | None
    via: Names
    words: str
    document_id: str

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """With numbers short enough for a table."""
        return short(self.flat())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling(Kept):
    """One record and where it puts the event."""

    place: Place | None
    sign: int | None


@dataclass(slots=True)
class _Tally:
    """What is counted at one place."""

    place: Place | None
    events: int = 0
    mentions: int = 0
    documents: set[str] = field(default_factory=set)
    signs: Counter[int | None] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    since: str = ""
    until: str = ""
    latest: list[tuple[str, str]] = field(default_factory=list)
    best: _Telling | None = None

    def add(self, tellings: list[_Telling]) -> None:
        """Count one event, told by these records."""
        when = min(tellings, key=lambda t: (not t.dated, not t.first, t.last, t.first, t.id))
        self.events += 1
        self.mentions += len(tellings)
        self.signs[most(t.sign for t in tellings)] += 1
        self.types.update({t.code for t in tellings})
        self.documents.update(t.document_id for t in tellings)
        if when.first:
            self.since, self.until = min(self.since or when.first, when.first), max(self.until, when.last)
        best = min(tellings, key=lambda t: t.rank)
        (heapq.heappush if len(self.latest) < _LATEST else heapq.heappushpop)(self.latest, (when.first, best.id))
        self.best = best if self.best is None or best.rank < self.best.rank else self.best

    def share(self, sign: int) -> float | None:
        """Of the events that are known to be something, how many are this."""
        known = self.events - self.signs[None]
        return self.signs[sign] / known if known else None


def places(view: View, wanted: Filter = EVERYTHING) -> list[PlaceRow]:
    """Where it happened: one row for each place, the one with the most events first, and last what is said to have happened nowhere in particular.

    Without ``status``, only events count that are actual or historical. Where records of one event name several places, it is at the one that most of
    them name, of equals the most exact. A place is named by the words of the report; see extract.events for which place of a sentence is taken.
    """
    check_fields(wanted, PLACES, "places")
    same, document = Joined.of(view, *SAME_EVENT), document_of(view)
    tallies: dict[Hashable, _Tally] = {}
    linked: dict[str, list[_Telling]] = {}
    for record in corroborated(view, "event", wanted):
        event = cast(Event, record)
        if wanted.status is None and event.status not in DONE:
            continue
        told = _telling(event, document(event.document_id))
        if same.others(event.id):
            linked.setdefault(same.first(event.id), []).append(told)
        else:
            _count(tallies, [told])
    for tellings in linked.values():
        _count(tallies, tellings)
    copies = Copies(view)
    found = [_row(tally, tally.best, copies, document(tally.best.document_id)) for tally in tallies.values() if tally.best]
    return sorted(found, key=lambda r: (r.place is None, -r.events, r.place or "", r.place_id or ""))


def _telling(event: Event, document: Document) -> _Telling:
    place = replace(event.place, span=None) if event.place else None
    return _Telling(**kept(event, document.published), place=place, sign=SIGN.get(event.quad))


def _count(tallies: dict[Hashable, _Tally], tellings: list[_Telling]) -> None:
    """Count one event where most of its records put it."""
    named = Counter(t.place for t in tellings if t.place)
    place = min(named, key=lambda p: (-named[p], _EXACT.get(p.precision or "", len(_EXACT)), p.name, p.id or ""), default=None)
    key = None if place is None else place.id or (place.name, place.country)
    tallies.setdefault(key, _Tally(place)).add(tellings)


def _row(tally: _Tally, best: _Telling, copies: Copies, document: Document) -> PlaceRow:
    at = tally.place
    where: dict[str, Any] = {name: getattr(at, name) if at else None for name in ("country", "precision", "lat", "lon")}
    return PlaceRow(
        place=at.name if at else None,
        place_id=at.id if at else None,
        **where,
        events=tally.events,
        mentions=tally.mentions,
        documents=copies.independent(tally.documents),
        cooperation=tally.share(1),
        conflict=tally.share(-1),
        since=tally.since or None,
        until=tally.until or None,
        type=tuple(sorted(tally.types, key=lambda code: (-tally.types[code], code))),
        latest=tuple(record_id for _, record_id in sorted(tally.latest, reverse=True)),
        **best.example(document),
    )
