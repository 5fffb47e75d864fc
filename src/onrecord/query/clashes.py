"""What two reports of one event, or of one utterance, tell differently: values that cannot both be so. Asks no store.

A vaguer value contradicts nothing: "dozens" and 34, a month and a day of it, a country and a city inside it, a state and whoever acts for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from onrecord.across.claims import party
from onrecord.codebook.plover import JOINT
from onrecord.model import Event, Participant, Place, Reading, Record, Statement, TimeExpression
from onrecord.query.figures import COMPARED, TOLLS, Figure, figures, risen
from onrecord.query.rows import name_of
from onrecord.store.columns import fold
from onrecord.store.days import days

Pairs = Sequence[tuple[Record, Record]]
Counted = Callable[[Reading], Sequence[Figure]]
_SHARED = 2
"""Words that two sentences share if their numbers are about one thing; one is enough in linked records, and for the only number of its kind."""
_NEAR = 30.0
"""Kilometres between two places that may be told for one another."""
_KM = 111.2
_DAYS = {"DATE", "TIME"}


@dataclass(frozen=True, slots=True)
class Side:
    """One value in one report.

    ``key``: equal for the same value; ``place``: where its words begin and end; ``record``: the nearest, None where the report has none.
    """

    key: Hashable
    value: str
    reading: Reading
    words: str
    record: Record | None
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two values that cannot both be so: ``kind`` is number, date, place or who; ``counts``, ``update``: as in the rows."""

    kind: str
    counts: str
    one: Side
    other: Side
    update: bool = False

    @property
    def what(self) -> tuple[Hashable, ...]:
        """Equal for clashes of the same two values, whichever was published first."""
        return (self.kind, self.counts, frozenset((self.one.key, self.other.key)))

    @property
    def ends(self) -> set[tuple[str, tuple[int, int]]]:
        """The words of both sides."""
        return {(side.reading.document.id, side.place) for side in (self.one, self.other)}

    def turned(self, key: Hashable) -> Clash:
        """With the side of this key first."""
        return self if self.one.key == key else replace(self, one=self.other, other=self.one, update=False)


def clashes(one: Reading, other: Reading, pairs: Pairs, counted: Counted = figures) -> Iterator[Clash]:
    """Everything that two reports, the earlier first, tell differently; ``pairs``: their records that links join."""
    pairs = [(a, b) if a.document_id == one.document.id else (b, a) for a, b in pairs]
    yield from _numbers(one, other, pairs, counted)
    for a, b in pairs:
        if isinstance(a, Event) and isinstance(b, Event):
            yield from _of_events(one, other, a, b)
        elif isinstance(a, Statement) and isinstance(b, Statement):
            yield from _of_statements(one, other, a, b)


def _numbers(one: Reading, other: Reading, pairs: Pairs, counted: Counted) -> Iterator[Clash]:
    """Numbers of one thing: of each number of the one report, the number of the other that stands among the most of the same words."""
    some, others = counted(one), counted(other)
    for a in some:
        if any(b.counts == a.counts and b.meets(a) for b in others) or not (pairs or a.counts in COMPARED):
            continue
        alike = [b for b in others if b.counts == a.counts and not a.agrees(b) and not any(b.counts == c.counts and b.meets(c) for c in some)]
        if not alike:
            continue
        b = max(alike, key=lambda b: (len(a.around & b.around), -b.start))
        linked = any(_beside(a, x) and _beside(b, y) for x, y in pairs)
        shared = len(a.around & b.around) + (a.noun == b.noun != "")
        if shared >= (1 if linked or (_only(a, some) and _only(b, others)) else _SHARED):
            update = a.counts in TOLLS and a.high < b.low and (linked or risen(other.document.text[slice(*b.sentence)]))
            yield Clash("number", a.counts, _figure(one, a), _figure(other, b), update)


def _only(figure: Figure, among: Sequence[Figure]) -> bool:
    """True for the only number of its kind in a report, and a kind that tells: a toll, a sum, a share."""
    return figure.counts in COMPARED and sum((f.counts, f.noun) == (figure.counts, figure.noun) for f in among) == 1


def _beside(figure: Figure, record: Record) -> bool:
    """True for a number in a sentence of the record's words."""
    return figure.sentence[0] < record.evidence.end and record.evidence.start < figure.sentence[1]


def _figure(reading: Reading, figure: Figure) -> Side:
    records: list[Record] = [*reading.events, *reading.statements]
    words = reading.document.text[slice(*figure.sentence)].strip()
    near = min(records, key=lambda r: _away(r, figure), default=None)
    return Side((figure.low, figure.high), figure.words, reading, words, near, (figure.start, figure.end))


def _away(record: Record, figure: Figure) -> tuple[int, int]:
    """How far a record's words are from a number; of several around it, the shorter first."""
    evidence = record.evidence
    return max(0, evidence.start - figure.start, figure.end - evidence.end), evidence.end - evidence.start


def _of_events(one: Reading, other: Reading, a: Event, b: Event) -> Iterator[Clash]:
    first, second = _days_of(a), _days_of(b)
    if first and second and (first[1] < second[0] or second[1] < first[0]) and (a.status == "future") == (b.status == "future"):
        yield Clash("date", "", _side(one, a, first, _said(first)), _side(other, b, second, _said(second)))
    if a.place is not None and b.place is not None and _elsewhere(a.place, b.place):
        yield Clash("place", "", _side(one, a, a.place.name, a.place.name), _side(other, b, b.place.name, b.place.name))
    roles = [("actors", (*a.actors, *a.recipients), (*b.actors, *b.recipients))]
    if not (a.type in JOINT and b.type in JOINT):  # who meets whom is no matter of roles
        roles = [("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients)]
    for role, some, others in roles:
        for p, q in _strangers(some, others):
            x, y = name_of(p) or "", name_of(q) or ""
            yield Clash("who", role, _side(one, a, x, x), _side(other, b, y, y))


def _side(reading: Reading, record: Record, key: Hashable, value: str) -> Side:
    evidence = record.evidence
    return Side(key, value, reading, evidence.text, record, (evidence.start, evidence.end))


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
    """Two who cannot both be it: where each side names one that the other has not, both persons or both states, and nothing else differs.

    Whoever is not resolved may be the other in other words.
    """
    left = [p for p in some if not any(_one(p, q) for q in others)]
    right = [q for q in others if not any(_one(p, q) for p in some)]
    if len(left) != 1 or len(right) != 1 or left[0].actor is None or right[0].actor is None:
        return []
    kinds = {left[0].actor.kind, right[0].actor.kind}
    return [(left[0], right[0])] if kinds in ({"person"}, {"state"}) else []


def _one(p: Participant, q: Participant) -> bool:
    """True where two may be the same: a state and whoever acts for it, two names with a word in common."""
    if p.actor is None or q.actor is None:
        return False
    if p.actor.kind == q.actor.kind == "person":
        x, y = (set(fold(actor.name).replace("-", " ").split()) for actor in (p.actor, q.actor))
        return not x.isdisjoint(y)
    return p.actor.id == q.actor.id or party(p) == party(q)


def _of_statements(one: Reading, other: Reading, a: Statement, b: Statement) -> Iterator[Clash]:
    """The only date that each wording of an utterance names."""
    first, second = (_named(reading, s) for reading, s in ((one, a), (other, b)))
    if first is None or second is None or ((first.end or "") >= (second.start or "") and (second.end or "") >= (first.start or "")):
        return
    yield Clash("date", "", _side(one, a, first.value, first.span.text), _side(other, b, second.value, second.span.text))


def _named(reading: Reading, statement: Statement) -> TimeExpression | None:
    """The one time that a statement's words name, None where there is none, or several."""
    found = [t for t in reading.times if t.type in _DAYS and t.start and t.end and any(c.covers(t.span) for c in statement.content)]
    return found[0] if len(found) == 1 else None
