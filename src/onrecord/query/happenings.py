"""What passed between two parties, each happening once, however often it is told. Reads records in one pass; shows nothing.

A happening is an act, a stance on an actor or words to an addressee, told by one record or by several that links put together. Parties are those of
:mod:`onrecord.across.claims`: the state somebody acts for, else the actor itself; who was not resolved is no party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import combinations, product
from math import fsum
from typing import Any, TypeVar, cast

from onrecord.across.claims import party
from onrecord.across.joined import SAME_EVENT, SAME_STATEMENT
from onrecord.codebook.plover import JOINT
from onrecord.knowledge.tables import rows
from onrecord.model import ActorKind, Document, Event, Participant, Position, Record, Statement
from onrecord.query.filters import Filter
from onrecord.query.records import document_of, with_groups
from onrecord.query.rows import Names, names_of
from onrecord.store import RecordKind, View
from onrecord.store.days import days

T = TypeVar("T")
Side = tuple[str, str, bool]
"""Who acts, on whom, and whether that is so: of two that do something together (False) the one that sorts first stands first."""
DONE = frozenset({"actual", "historical"})
"""The statuses of events that count where none is asked for: a plan, a denial or a supposition is no act."""
SIGN: Mapping[int | str | None, int] = {1: 1, 2: 1, 3: -1, 4: -1, "support": 1, "oppose": -1, "neutral": 0, "declines-comment": 0}
"""Cooperation (1), conflict (-1) or neither, by an event's quad or a position's stance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one record that counts, which is less than the record: there may be hundreds of thousands.

    ``code``: the type of an event, the stance of a position, the form of a statement. ``dated``: its text says when. ``first`` and ``last`` day are
    "" where nothing says so.
    """

    id: str
    document_id: str
    start: int
    code: str
    confidence: float
    date: str | None
    via: Names
    words: str
    dated: bool
    first: str
    last: str

    @property
    def rank(self) -> tuple[float, str, str, int, str]:
        """How good an example it is, the best lowest: the surest, the earliest of equals."""
        return (-self.confidence, self.first or "~", self.document_id, self.start, self.id)

    def example(self, document: Document) -> dict[str, Any]:
        """The columns of a row that shows it as an example; ``document`` is its own."""
        return {
            "id": self.id,
            "date": self.date or (document.published[:10] if document.published else None),
            "publisher": document.publisher,
            "via": self.via,
            "words": self.words,
            "document_id": self.document_id,
        }


def kept(record: Record, published: str | None) -> dict[str, Any]:
    """The fields of :class:`Kept`. ``published``: when its document was."""
    dated, first, last = day_of(record, published)
    return {
        "id": record.id,
        "document_id": record.document_id,
        "start": record.evidence.start,
        "code": record.stance if isinstance(record, Position) else record.form if isinstance(record, Statement) else record.type,
        "confidence": record.confidence,
        "date": record.date.start or record.date.end,
        "via": names_of(record.via),
        "words": record.evidence.text,
        "dated": dated,
        "first": first,
        "last": last,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Kept):
    """One record and the ``sides`` it names. ``loose``: why it names no two parties (alone, within, unresolved), "" where it does."""

    kind: RecordKind
    intensity: float | None
    quad: int | None
    sides: frozenset[Side]
    loose: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What passed once between two parties. ``tellings``: the records that say so; the days are those of the most exact of them.

    ``intensity``: the mean of theirs, -10 to 10; ``quad``: that of most of them; ``sign``: cooperation 1, conflict -1, neither 0. None where nobody
    knows, or as many say one thing as another.
    """

    side: Side
    tellings: tuple[Telling, ...]
    first: str
    last: str
    intensity: float | None
    quad: int | None
    sign: int | None


@dataclass(slots=True)
class Parties:
    """What the parties met so far are called: key → name, kind, country. A state is called as itself where a record names it, else as we know it."""

    met: dict[str, tuple[str, ActorKind, str | None]] = field(default_factory=dict)

    def of(self, participants: Iterable[Participant]) -> set[str]:
        """The parties of those who were resolved."""
        found = set()
        for p in participants:
            actor = p.actor
            if actor is None:
                continue
            key = party(p)
            found.add(key)
            if key not in self.met or (actor.kind == "state" and self.met[key][0] == key):
                named = actor.kind == "state" or key != actor.country
                self.met[key] = (actor.name if named else key, actor.kind if named else "state", actor.country)
        return found

    def named(self, key: str) -> tuple[str, ActorKind, str | None]:
        """Name, kind and country of a party."""
        name, kind, country = self.met[key]
        if name == key and country:
            name = _state_names().get(country, key)
        return name, kind, country


@cache
def _state_names() -> Mapping[str, str]:
    """Country → what we call the state; of several with one code, the first."""
    return {country: name for _, name, country, *_ in reversed(rows("states")[1])}


def happenings(view: View, kind: RecordKind, wanted: Filter, parties: Parties, loose: Counter[str]) -> Iterator[Happening]:
    """What passed between parties in the records of ``kind`` that ``wanted`` lets through.

    A record with several parties tells of a happening for each two. ``parties`` learns who they are; ``loose`` counts what has no two parties, by the
    reason. Memory grows with the number of linked records, not of all.
    """
    document = document_of(view)
    linked: dict[tuple[str, str], list[Telling]] = {}
    for record, same in with_groups(view, view.records(kind, wanted), (*SAME_EVENT, *SAME_STATEMENT), wanted, _shown):
        if isinstance(record, Event) and wanted.status is None and record.status not in DONE:
            continue
        telling = _telling(record, lambda document_id: document(document_id).published, parties)
        shown, stance = _shown(record), record.stance if isinstance(record, Position) else ""
        if same.others(shown):
            linked.setdefault((same.first(shown), stance), []).append(telling)
        else:
            yield from _told((telling,), loose)
    for tellings in linked.values():
        yield from _told(tellings, loose)


def _shown(record: Record) -> str:
    """The id of what tells of it: of a position, the record that shows it."""
    return (record.record_id or record.id) if isinstance(record, Position) else record.id


def _telling(record: Record, published: Callable[[str], str | None], parties: Parties) -> Telling:
    acting, concerned = _participants(record)
    joint = isinstance(record, Event) and record.type in JOINT and not concerned
    actors, others = parties.of(acting), parties.of(concerned)
    pairs = combinations(sorted(actors), 2) if joint else product(actors, others)
    sides = frozenset((a, b, not joint) for a, b in pairs if a != b)
    event = record if isinstance(record, Event) else None
    return Telling(
        **kept(record, None if _has_day(record) else published(record.document_id)),
        kind=cast(RecordKind, record.kind),
        intensity=event.intensity if event else None,
        quad=event.quad if event else None,
        sides=sides,
        loose="" if sides else _why_loose(acting, concerned, joint=joint),
    )


def _has_day(record: Record) -> bool:
    own = record.date.start or record.date.end
    return own is not None and own[:1] != "-"


def day_of(record: Record, published: str | None) -> tuple[bool, str, str]:
    """Whether the text says when it was, and its first and last day; ``""`` where nothing says so. ``published``: when its document was."""
    whole = _has_day(record)
    dated = whole and record.date.basis == "text"
    if not dated and isinstance(record, Event) and record.status == "historical":  # what is past did not happen on the day of the paper
        return False, "", ""
    return dated, *days(record.date, None if whole else published)


def _participants(record: Record) -> tuple[Sequence[Participant], Sequence[Participant]]:
    """Who acts, and on whom."""
    if isinstance(record, Event):
        return record.actors, record.recipients
    if isinstance(record, Position):
        return (record.holder,), (record.target.actor,) if record.target.actor else ()
    return ((record.speaker,), record.addressees) if isinstance(record, Statement) else ((), ())


def _why_loose(acting: Sequence[Participant], concerned: Sequence[Participant], *, joint: bool) -> str:
    if not acting or (len(acting) < 2 if joint else not concerned):
        return "alone"
    return "unresolved" if any(p.actor is None for p in (*acting, *concerned)) else "within"


def _told(tellings: Sequence[Telling], loose: Counter[str]) -> Iterator[Happening]:
    """One happening as its tellings have it: for each two parties, in the direction that most of them give."""
    between: dict[tuple[str, str], list[Telling]] = {}
    for telling in tellings:
        for pair in {(min(a, b), max(a, b)) for a, b, _ in telling.sides}:
            between.setdefault(pair, []).append(telling)
    if not between:
        loose[max(telling.loose for telling in tellings)] += 1  # within before unresolved before alone: who says more is believed
    for pair, own in between.items():
        yield _happening(_direction(pair, own), tuple(own))


def _direction(pair: tuple[str, str], tellings: Sequence[Telling]) -> Side:
    """What most tellings say; where as many say one thing as another, nobody is known to have begun."""
    if len(tellings) == len(tellings[0].sides) == 1:
        return next(iter(tellings[0].sides))
    return most(side for telling in tellings for side in telling.sides if {*side[:2]} == {*pair}) or (*pair, False)


def _happening(side: Side, tellings: tuple[Telling, ...]) -> Happening:
    when = min(tellings, key=_exactness) if len(tellings) > 1 else tellings[0]
    known = [t.intensity for t in tellings if t.intensity is not None]
    quad = most(t.quad for t in tellings if t.kind == "event")
    sign = SIGN.get(when.code if when.kind == "position" else quad)
    return Happening(side, tellings, when.first, when.last, fsum(known) / len(known) if known else None, quad, sign)


def _exactness(telling: Telling) -> tuple[bool, bool, int, str, str]:
    """What makes a date good, the best lowest: the text says it, it is known at all, it is short; then the earlier."""
    return not telling.dated, not telling.first, _length(telling.first, telling.last), telling.first, telling.last


def _length(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days if first else 0


def most(said: Iterable[T | None]) -> T | None:
    """What is said most often; None where nothing is, or two things equally often."""
    best = Counter(value for value in said if value is not None).most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None
