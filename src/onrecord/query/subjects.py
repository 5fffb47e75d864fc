"""What a store tells of, counted: its issues with who stands on them, its actors with their share. Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from onrecord.across.claims import party
from onrecord.codebook.issues import packaged
from onrecord.model import Document, Position
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import STANDING
from onrecord.query.records import TIMELINE, check_fields, document_of
from onrecord.query.rows import Flat, Names, name_of, names_of
from onrecord.store import View
from onrecord.store.columns import fold
from onrecord.store.days import days

ISSUES = STANDING
_ACTING = ("speaker", "actors", "holder", "subject", "object")
_CONCERNED = ("addressees", "recipients", "target")
"""Roles of who acts, and of who is addressed, acted on or taken a stance on; of a relation both sides act."""
ACTORS = tuple(name for name in TIMELINE if name not in ("limit", "after", "statement_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Flat):
    """Records that were counted. ``id``: that with the last day, whose ``date``, ``words``, ``publisher`` and ``via`` these are.

    ``since``, ``until``: the first and the last day; None where none has one.
    """

    since: str | None
    until: str | None
    id: str
    date: str | None
    words: str
    publisher: str | None
    via: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow(Counted):
    """An issue with the positions on it and how many parties (``holders``) took them.

    ``favour``, ``against``: positions for and against what support of the issue means (``onrecord explain`` says it), ``neutral`` neither;
    ``untold``: those whose words do not tell the side; ``declined``: those who would not say. These five make up ``positions``. Nothing is weighed:
    where each party stands, and how sure that is, is what ``standing`` answers.
    """

    issue: str
    issue_label: str
    positions: int
    holders: int
    favour: int
    against: int
    neutral: int
    untold: int
    declined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow(Counted):
    """An actor with the records in which it acts: it says, does, holds a position, or is a side of a relation.

    ``actor``, ``actor_country``: as most records have it; ``share``: of all records looked at (0 to 1); ``received``: records in which it is
    addressed or acted on and does not act; they are no part of ``records``.
    """

    actor: str
    actor_id: str
    kind: str
    actor_country: str | None
    records: int
    share: float
    statements: int
    events: int
    positions: int
    relations: int
    received: int


@dataclass(slots=True)
class _Seen:
    """The days of records seen so far, and the record whose first day is the last."""

    record_id: str
    since: str = ""
    until: str = ""
    _day: str = ""

    def see(self, record_id: str, first: str, last: str) -> None:
        """One more record, and its days."""
        if first and not (self.since and self.since <= first):
            self.since = first
        self.until = max(self.until, last)
        if first >= self._day:
            self.record_id, self._day = record_id, first

    def columns(self, view: View, document: Callable[[str], Document]) -> dict[str, Any]:
        """The columns of :class:`Counted`."""
        record = view.record(self.record_id)
        report = document(record.document_id)
        return {
            "since": self.since or None,
            "until": self.until or None,
            "id": record.id,
            "date": record.date.start or record.date.end or (report.published[:10] if report.published else None),
            "words": record.evidence.text,
            "publisher": report.publisher,
            "via": names_of(record.via),
        }


@dataclass(slots=True)
class _Issue:
    label: str
    seen: _Seen
    sides: Counter[str] = field(default_factory=Counter)
    holders: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Actor:
    seen: _Seen
    names: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


def issues(view: View, wanted: Filter = EVERYTHING) -> list[IssueRow]:
    """Issues, those with the most positions first, with how many parties took them, and on which side.

    Positions on no known issue are left out.
    """
    check_fields(wanted, ISSUES, "issues")
    document = document_of(view)
    found: dict[str, _Issue] = {}
    for p in view.records("position", wanted):
        if isinstance(p, Position) and p.issue is not None:
            issue = found.get(p.issue.id) or found.setdefault(p.issue.id, _Issue(p.issue.label, _Seen(p.id)))
            issue.seen.see(p.id, *days(p.date, document(p.document_id).published))
            issue.sides[shown_side(p.issue.id, p.stance, (p.target.span.text if p.target.span else name_of(p.target.actor)) or "")] += 1
            issue.holders.add(party(p.holder))
    rows = (
        IssueRow(
            issue=id_, issue_label=issue.label, positions=issue.sides.total(), holders=len(issue.holders), favour=issue.sides["for"],
            against=issue.sides["against"], neutral=issue.sides["neutral"], untold=issue.sides["support"] + issue.sides["oppose"],
            declined=issue.sides["declines-comment"], **issue.seen.columns(view, document),
        ) for id_, issue in found.items()
    )  # fmt: skip
    return sorted(rows, key=lambda row: (-row.positions, row.issue))


def actors(view: View, wanted: Filter = EVERYTHING) -> list[ActorRow]:
    """Who acts, those with the most records first; with --actor, one of them, or all who act for a country.

    Whoever was not resolved to somebody known is left out.
    """
    check_fields(wanted, ACTORS, "actors")
    document = document_of(view)
    found: dict[str, _Actor] = {}
    received: Counter[str] = Counter()
    total = sum(records for *_, records in view.days(None, wanted))
    for record_id, group in groupby(view.parts((*_ACTING, *_CONCERNED), wanted), attrgetter("record_id")):
        parts = sorted(group, key=attrgetter("place"))
        acting = {part.id: part for part in parts if part.role in _ACTING}
        for id_, part in acting.items():
            actor = found.get(id_) or found.setdefault(id_, _Actor(_Seen(record_id)))
            actor.seen.see(record_id, part.first_day, part.last_day)
            actor.names[part.name, part.kind, part.country] += 1
            actor.kinds[part.record_kind] += 1
        received.update({part.id for part in parts if part.role in _CONCERNED} - acting.keys())
    rows = [_actor_row(id_, actor, total, received[id_], actor.seen.columns(view, document)) for id_, actor in found.items()]
    rows.sort(key=lambda row: (-row.records, row.actor, row.actor_id))
    return rows if wanted.actor is None else [rows[n] for n in named(wanted.actor, [(r.actor_id, r.actor, r.kind, r.actor_country) for r in rows])]


def shown_side(issue: str, stance: str, target: str) -> str:
    """The side, for or against what support of the issue means, where the words of the target tell it; else the stance."""
    entry = packaged().rows.get(issue)
    return (entry.side(stance, target) if entry else "") or stance


def named(term: str, known: Sequence[tuple[str, str, str, str | None]]) -> list[int]:
    """The numbers of those of ``known`` (id, name, kind, country) whom ``term`` names, as ``Filter.actor`` has it."""
    folded = fold(term)
    names = [fold(name) for _, name, _, _ in known]
    by_id = [n for n, (id_, *_) in enumerate(known) if id_ == term]
    by_code = [n for n, (*_, country) in enumerate(known) if country and country == term.upper()]
    states = {country for (_, _, kind, country), name in zip(known, names, strict=True) if name == folded and kind == "state" and country}
    by_name = [n for n, (*_, country) in enumerate(known) if names[n] == folded or country in states]
    return by_id or by_code or by_name or [n for n, name in enumerate(names) if f" {folded} " in f" {name} "]


def _actor_row(id_: str, actor: _Actor, total: int, received: int, seen: Mapping[str, Any]) -> ActorRow:
    ((name, kind, country), _), *_rest = actor.names.most_common(1)
    kinds = actor.kinds
    return ActorRow(
        actor=name, actor_id=id_, kind=kind, actor_country=country, records=kinds.total(), share=round(kinds.total() / total, 6),
        statements=kinds["statement"], events=kinds["event"], positions=kinds["position"], relations=kinds["relation"], received=received,
        **seen,
    )  # fmt: skip
