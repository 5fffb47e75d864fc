"""What reports on the same event or the same words tell differently: numbers, dates, places, who. Decides nothing about who is right.

Two reports are compared where links join a record of the one with a record of the other; never a report with its copy, and copies are one side of a
row together. A vaguer value contradicts nothing: "dozens" and 34, a month and a day of it, a country and a city inside it. A toll that a later report
gives higher is marked as an update. What lasts ("the war") joins reports of many months and compares nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import cos, hypot, radians

from onrecord.across.claims import party
from onrecord.across.independence import Copies
from onrecord.across.joined import Joined
from onrecord.across.same_words import lasting, stems
from onrecord.model import Event, Participant, Place, Reading, Record, Statement, TimeExpression
from onrecord.model.links import LinkType
from onrecord.query.figures import COMPARED, TOLLS, Figure, figures, risen
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import distinct
from onrecord.query.records import check_fields
from onrecord.query.rows import Flat, Names, name_of, timeline_row
from onrecord.store import View
from onrecord.store.days import days, first_day

_TYPES: tuple[LinkType, ...] = ("same-event", "same-statement")
CONTRADICTIONS = ("actor", "about", "issue", "type", "status", "since", "until", "publisher", "text", "document_id", "record_id")
_CACHED = 64
_MOST = 12
"""Reports of one group that are all compared with each other; of more, those that a link joins directly."""
_SHARED = 2
"""Words that two sentences share if their numbers are about one thing; one is enough in linked records, and for the only number of its kind."""
_NEAR = 30.0
"""Kilometres between two places that may be told for one another."""
_KM = 111.2
_DAYS = {"DATE", "TIME"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionRow(Flat):
    """Two values that cannot both be so, each with who says so in which words; ``other_…``: those of the second, which was published later.

    ``what``: number, date, place or who; ``counts``: what a number counts, or the role of who; ``update``: the second is a later, higher toll.
    ``id``: the record nearest to the words, with its ``actor``, ``about``, ``type``, ``status`` and ``via``; ``date``: when it was published. Copies
    stand together on one side, with all their publishers.
    """

    what: str
    counts: str
    value: str
    other_value: str
    update: bool
    actor: Names
    about: Names
    type: str | None
    status: str | None
    publisher: Names
    other_publisher: Names
    date: str | None
    other_date: str | None
    via: Names
    words: str
    other_words: str
    id: str
    other_id: str
    document_id: Names
    other_document_id: Names


@dataclass(frozen=True, slots=True)
class _Side:
    """One value in one report. ``key``: equal for the same value."""

    key: Hashable
    value: str
    reading: Reading
    words: str
    record: Record
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Clash:
    kind: str
    counts: str
    one: _Side
    other: _Side
    update: bool = False

    @property
    def what(self) -> tuple[Hashable, ...]:
        """Equal for clashes of the same two values, whichever was published first."""
        return (self.kind, self.counts, frozenset((self.one.key, self.other.key)))

    def turned(self, key: Hashable) -> _Clash:
        """With the side of this key first."""
        return self if self.one.key == key else replace(self, one=self.other, other=self.one)


def contradictions(view: View, wanted: Filter = EVERYTHING) -> list[ContradictionRow]:
    """What reports on the same event or utterance tell differently: numbers, dates, places, who.

    One row for each two values; ``record_id``: only what concerns this event or statement.
    """
    check_fields(wanted, CONTRADICTIONS, "contradictions")
    copies = Copies(view)
    reading = lru_cache(_CACHED)(view.reading)
    found: list[_Clash] = []
    for (left, right), pairs in sorted(_pairs(view, wanted).items()):
        if copies.first(left) != copies.first(right):
            one, other = sorted((reading(left), reading(right)), key=_published)
            found += _clashes(one, other, pairs)
    rows = [_row(group) for group in _together(found)]
    return sorted(rows, key=lambda r: (r.date or "", r.document_id, r.what, r.words, r.other_words))


def _published(reading: Reading) -> tuple[str, str]:
    return first_day(reading.document.published), reading.document.id


def _pairs(view: View, wanted: Filter) -> dict[tuple[str, str], list[tuple[Record, Record]]]:
    """Two documents → the records of theirs that links join, of which ``wanted`` lets one through."""
    joined = Joined.around(view, [wanted.record_id], _TYPES) if wanted.record_id is not None else Joined(view.links(types=_TYPES), _TYPES)
    groups = _groups(view, joined, wanted)
    found: dict[tuple[str, str], list[tuple[Record, Record]]] = {}
    for group in groups:
        records = [view.record(i) for i in group]
        if all(isinstance(r, Event) and lasting(r.trigger.text) for r in records):
            continue
        by_document: dict[str, list[Record]] = {}
        for record in records:
            by_document.setdefault(record.document_id, []).append(record)
        for left, right in combinations(sorted(by_document)[:_MOST], 2):
            found.setdefault((left, right), []).extend((a, b) for a in by_document[left] for b in by_document[right])
    return found


def _groups(view: View, joined: Joined, wanted: Filter) -> list[list[str]]:
    if wanted.record_id is not None:
        return [sorted((wanted.record_id, *joined.others(wanted.record_id)))] if joined.others(wanted.record_id) else []
    if wanted == EVERYTHING:
        return joined.groups()
    let_through = {joined.first(r.id) for kind in ("event", "statement") for r in view.records(kind, wanted) if joined.others(r.id)}
    return [group for group in joined.groups() if joined.first(group[0]) in let_through]


def _clashes(one: Reading, other: Reading, pairs: Sequence[tuple[Record, Record]]) -> Iterator[_Clash]:
    """Everything that two reports, the earlier first, tell differently."""
    yield from _numbers(one, other, pairs)
    for left, right in pairs:
        a, b = (left, right) if left.document_id == one.document.id else (right, left)
        if isinstance(a, Event) and isinstance(b, Event):
            yield from _of_events(one, other, a, b)
        elif isinstance(a, Statement) and isinstance(b, Statement):
            yield from _of_statements(one, other, a, b)


def _numbers(one: Reading, other: Reading, pairs: Sequence[tuple[Record, Record]]) -> Iterator[_Clash]:
    """Numbers of one thing: of each number of the one report, the number of the other that stands among the most of the same words."""
    some, others = figures(one), figures(other)
    told = [(a.evidence, b.evidence) for a, b in pairs] + [(b.evidence, a.evidence) for a, b in pairs]
    for a in some:
        if any(b.counts == a.counts and b.meets(a) for b in others):
            continue
        alike = [b for b in others if b.counts == a.counts and not a.agrees(b) and not any(b.counts == c.counts and b.meets(c) for c in some)]
        if not alike:
            continue
        b = max(alike, key=lambda b: (len(a.around & b.around), -b.start))
        linked = any(_inside(a, x.start, x.end) and _inside(b, y.start, y.end) for x, y in told)
        if len(a.around & b.around) >= (1 if linked or (_only(a, some) and _only(b, others)) else _SHARED):
            update = a.counts in TOLLS and a.high < b.low and (linked or risen(other.document.text[slice(*b.sentence)]))
            yield _Clash("number", a.counts, _figure(one, a), _figure(other, b), update)


def _only(figure: Figure, among: Sequence[Figure]) -> bool:
    """True for the only number of its kind in a report, and a kind that tells: a toll, a sum, a share."""
    return figure.counts in COMPARED and sum((f.counts, f.noun) == (figure.counts, figure.noun) for f in among) == 1


def _inside(figure: Figure, start: int, end: int) -> bool:
    return figure.sentence[0] < end and start < figure.sentence[1]


def _figure(reading: Reading, figure: Figure) -> _Side:
    """A report whose records are linked has at least one."""
    records: list[Record] = [*reading.events, *reading.statements]
    words = reading.document.text[slice(*figure.sentence)].strip()
    near = min(records, key=lambda r: _away(r, figure))
    return _Side((figure.low, figure.high), figure.words, reading, words, near, (figure.start, figure.end))


def _away(record: Record, figure: Figure) -> tuple[int, int]:
    """How far a record's words are from a number; of several around it, the shorter first."""
    evidence = record.evidence
    return max(0, evidence.start - figure.start, figure.end - evidence.end), evidence.end - evidence.start


def _of_events(one: Reading, other: Reading, a: Event, b: Event) -> Iterator[_Clash]:
    first, second = _days_of(a), _days_of(b)
    if first and second and (first[1] < second[0] or second[1] < first[0]) and (a.status == "future") == (b.status == "future"):
        yield _Clash("date", "", _side(one, a, first, _said(first)), _side(other, b, second, _said(second)))
    if a.place is not None and b.place is not None and _elsewhere(a.place, b.place):
        yield _Clash("place", "", _side(one, a, a.place.name, a.place.name), _side(other, b, b.place.name, b.place.name))
    for role, some, others in (("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients)):
        for p, q in _strangers(some, others):
            x, y = name_of(p) or "", name_of(q) or ""
            yield _Clash("who", role, _side(one, a, x, x), _side(other, b, y, y))


def _side(reading: Reading, record: Record, key: Hashable, value: str) -> _Side:
    evidence = record.evidence
    return _Side(key, value, reading, evidence.text, record, (evidence.start, evidence.end))


def _days_of(event: Event) -> tuple[str, str] | None:
    if event.date.basis != "text":
        return None
    first, last = days(event.date, None)
    return (first, last) if first else None


def _said(span: tuple[str, str]) -> str:
    return span[0] if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _elsewhere(one: Place, other: Place) -> bool:
    """True for two towns or points that are not one another's neighbours; a region or country may hold the other place."""
    if {one.precision, other.precision} - {"city", "point"} or one.name == other.name or (one.id is not None and one.id == other.id):
        return False
    if None in (one.lat, one.lon, other.lat, other.lon):
        return True
    lat, lon = (one.lat or 0.0) - (other.lat or 0.0), (one.lon or 0.0) - (other.lon or 0.0)
    return _KM * hypot(lat, lon * cos(radians(one.lat or 0.0))) > _NEAR


def _strangers(some: Sequence[Participant], others: Sequence[Participant]) -> list[tuple[Participant, Participant]]:
    """Two who cannot both be it: where each side names one that the other has not, and nothing else differs."""
    left = [p for p in some if not any(_one(p, q) for q in others)]
    right = [q for q in others if not any(_one(p, q) for p in some)]
    if len(left) != 1 or len(right) != 1 or (left[0].actor is None) != (right[0].actor is None):
        return []
    p, q = left[0], right[0]
    if p.actor is None or q.actor is None:
        return [(p, q)] if set(_words(p)) & set(_words(q)) else []
    return [(p, q)]


def _one(p: Participant, q: Participant) -> bool:
    """True where two may be the same: a state and whoever acts for it, a name and a part of it."""
    if p.actor is None or q.actor is None:
        return _words(p) == _words(q)
    if p.actor.kind == q.actor.kind == "person":
        x, y = set(p.actor.name.casefold().replace("-", " ").split()), set(q.actor.name.casefold().replace("-", " ").split())
        return x <= y or y <= x
    return p.actor.id == q.actor.id or party(p) == party(q)


def _words(participant: Participant) -> list[str]:
    return list(stems(participant.mention.text)) if participant.mention is not None else []


def _of_statements(one: Reading, other: Reading, a: Statement, b: Statement) -> Iterator[_Clash]:
    """The only date that each wording of an utterance names."""
    first, second = (_named(reading, s) for reading, s in ((one, a), (other, b)))
    if first is None or second is None or ((first.end or "") >= (second.start or "") and (second.end or "") >= (first.start or "")):
        return
    yield _Clash("date", "", _side(one, a, first.value, first.span.text), _side(other, b, second.value, second.span.text))


def _named(reading: Reading, statement: Statement) -> TimeExpression | None:
    """The one time that a statement's words name, None where there is none, or several."""
    found = [t for t in reading.times if t.type in _DAYS and t.start and t.end and any(c.covers(t.span) for c in statement.content)]
    return found[0] if len(found) == 1 else None


def _together(clashes: Iterable[_Clash]) -> list[list[_Clash]]:
    """Clashes of the same two values that share a side are one."""
    groups: list[list[_Clash]] = []
    for clash in clashes:
        ends = {(s.reading.document.id, s.place) for s in (clash.one, clash.other)}
        for group in groups:
            if any(c.what == clash.what and ends & {(s.reading.document.id, s.place) for s in (c.one, c.other)} for c in group):
                group.append(clash.turned(group[0].one.key))
                break
        else:
            groups.append([clash])
    return groups


def _row(group: Sequence[_Clash]) -> ContradictionRow:
    one, other = group[0].one, group[0].other
    sides = [[c.one.reading.document for c in group], [c.other.reading.document for c in group]]
    first, second = (min((d.published[:10] for d in side if d.published), default=None) for side in sides)
    record = timeline_row(one.record, one.reading.document)
    return ContradictionRow(
        what=group[0].kind,
        counts=group[0].counts,
        value=one.value,
        other_value=other.value,
        update=any(c.update for c in group) and first is not None and second is not None and first < second,
        actor=record.actor,
        about=record.about,
        type=record.type,
        status=record.status,
        publisher=distinct(d.publisher for d in sides[0]),
        other_publisher=distinct(d.publisher for d in sides[1]),
        date=first,
        other_date=second,
        via=record.via,
        words=one.words,
        other_words=other.words,
        id=one.record.id,
        other_id=other.record.id,
        document_id=distinct(d.id for d in sides[0]),
        other_document_id=distinct(d.id for d in sides[1]),
    )
