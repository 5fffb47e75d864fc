"""What a brief is made from: the rows that a filter finds, and how to look up the records and reports behind them. Writes no sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TypeVar

from onrecord.across.claims import party
from onrecord.across.independence import Copies, Voices
from onrecord.brief.parts import Piece
from onrecord.brief.wording import Wording
from onrecord.codebook.issues import IssueEntry, packaged
from onrecord.errors import QueryError
from onrecord.model import ActorRef, Document, Event, Participant, Position, Record, Relation, Statement
from onrecord.query import Filter, events, positions, statements, suggestions
from onrecord.query.rows import EventRow, PositionRow, Row, StatementRow, TimelineRow, names_of, timeline_row
from onrecord.query.subjects import shown_side
from onrecord.store import View
from onrecord.store.days import days, first_day

R = TypeVar("R", bound=Row)
FIELDS = ("actor", "about", "issue", "since", "until", "publisher", "via", "confidence", "limit")
"""The Filter fields that a brief takes; ``limit`` is how many entries a list shows."""
LIMIT = 12
_DAY = len("2031-05-04")
_EXACT = {"year": len("2031"), "month": len("2031-05")}
"""How much of an ISO date is known, by the precision of a record's date."""
_NEEDED = ("issue", "actor", "about")


class Facts:
    """The rows of one brief. ``wanted`` is the filter without its limit; ``limit``: how many entries a list shows at most.

    Raises QueryError for a field that a brief does not take, where neither issue nor actor nor about is asked for, and where no position is found.
    """

    def __init__(self, view: View, wanted: Filter, words: Wording) -> None:
        for field in Filter.__dataclass_fields__:
            if getattr(wanted, field) is not None and field not in FIELDS:
                raise QueryError(f"a brief takes no {field}", hint="one of " + ", ".join(FIELDS))
        if all(getattr(wanted, field) is None for field in _NEEDED):
            raise QueryError("a brief needs an issue, an actor, or what it is about", hint="onrecord standing STORE lists who stands where on what")
        self.view = view
        self.words = words
        self.limit = LIMIT if wanted.limit is None else wanted.limit
        self.asked = {name: str(value) for name in FIELDS if (value := getattr(wanted, name)) is not None}
        self.wanted = replace(wanted, limit=None)
        self.document: Callable[[str], Document] = lru_cache(maxsize=None)(view.document)
        self.copies = Copies(view)
        self.voices = Voices(view, document=self.document)
        self._records: dict[str, Record] = {}
        self.positions: tuple[PositionRow, ...] = self._kept(tuple(positions(view, self.wanted)))
        if not self.positions:
            raise _nothing(view, wanted)

    @cached_property
    def on_issues(self) -> tuple[PositionRow, ...]:
        """The positions on an issue of the list; only these can be compared."""
        return tuple(row for row in self.positions if row.issue is not None)

    @cached_property
    def events(self) -> tuple[EventRow, ...]:
        """Each happening once."""
        return self._kept(tuple(events(self.view, self.wanted)))

    @cached_property
    def statements(self) -> tuple[StatementRow, ...]:
        """Who said what."""
        return self._kept(tuple(statements(self.view, self.wanted)))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Everything the brief looks at, each record once."""
        return (*self.positions, *self.events, *self.statements)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The records that the filter finds, and those that tell of the same happenings."""
        return frozenset((*(row.id for row in self.rows), *(other for row in self.events for other in row.also_id)))

    def record(self, record_id: str) -> Record:
        """The record with this id; raises QueryError where there is none."""
        found = self._records.get(record_id)
        if found is None:
            found = self._records[record_id] = self.view.record(record_id)
        return found

    def _kept(self, rows: tuple[R, ...]) -> tuple[R, ...]:
        """These rows, whose records are now known."""
        self._records.update((row.id, row.record) for row in rows)
        return rows

    @cached_property
    def held(self) -> Mapping[tuple[str, str], list[PositionRow]]:
        """The positions on issues, by issue and party."""
        found: dict[tuple[str, str], list[PositionRow]] = {}
        for row in self.on_issues:
            found.setdefault(self.party(row.id), []).append(row)
        return found

    def party(self, position_id: str) -> tuple[str, str]:
        """The issue of a position and the party that holds it."""
        record = self.record(position_id)
        return (record.issue.id if record.issue else "", party(record.holder)) if isinstance(record, Position) else ("", "")

    def has(self, record_id: str) -> bool:
        """Whether there is a record with this id."""
        try:
            self.record(record_id)
        except QueryError:
            return False
        return True

    def told(self, record_id: str) -> TimelineRow:
        """The row of any record, whether the filter finds it or not."""
        record = self.record(record_id)
        return timeline_row(record, self.document(record.document_id))

    def named(self, text: str, ids: Iterable[str]) -> Piece:
        """A name, with the first of these records in which somebody bears it; with all of them if none does."""
        listed = tuple(ids)
        there = next(((i,) for i in listed if text in names_of(everyone(self.record(i)))), listed)
        return Piece("name", text, "", there)

    def when(self, row: Row) -> Piece | None:
        """The date of a record as exactly as its words give it, else its report's; None where neither has one."""
        return self.words.day(_exact(row), (row.id,))

    @cached_property
    def issue(self) -> IssueEntry | None:
        """The issue asked for, if the packaged list has it: of an issue of a user's own a store keeps no more than its label."""
        return packaged().rows.get(self.wanted.issue or "")

    def asking(self, fields: Iterable[str]) -> Filter:
        """The filter with only those of its fields that a query takes."""
        return Filter(**{name: value for name in fields if (value := getattr(self.wanted, name)) is not None})

    def count(self, unit: str, ids: Iterable[str], noun: str = "") -> tuple[Piece, ...]:
        """How many different things of a kind (see ``UNITS``) these records are or belong to, in words."""
        listed = tuple(ids)
        return self.words.counted(self.number(unit, listed), unit, listed, noun)

    def number(self, unit: str, ids: Iterable[str]) -> int:
        """How many."""
        records = [self.record(i) for i in dict.fromkeys(ids)]
        documents = {r.document_id for r in records}
        units: Mapping[str, Callable[[], int]] = {
            "record": lambda: len(records),
            "report": lambda: len(documents),
            "original": lambda: len({self.copies.first(d) for d in documents}),
            "publisher": lambda: len({p for d in documents if (p := self.document(d).publisher)}),
            "voice": lambda: self.voices.independent(records),
            "party": lambda: len({party(who) for r in records for who in leading(r)}),
            "issue": lambda: len({r.issue.id for r in records if isinstance(r, Position) and r.issue}),
        }
        return units[unit]()

    def actor(self) -> tuple[ActorRef, str] | None:
        """The actor asked for as a record names it, with that record; None where the question is wider than one actor."""
        asked = (self.wanted.actor or "").casefold()
        for held in self.positions:
            ref = held.record.holder.actor if isinstance(held.record, Position) else None
            if ref and asked in (ref.id.casefold(), ref.name.casefold()):
                return ref, held.id
        for row in self.rows:
            for who in everyone(row.record):
                if who.actor and who.actor.kind == "state" and asked in ((who.actor.country or "").casefold(), who.actor.name.casefold()):
                    return who.actor, row.id
        return None


def leading(record: Record) -> tuple[Participant, ...]:
    """Whose record it is: who speaks, acts, holds, or is spoken of."""
    if isinstance(record, Statement):
        return (record.speaker,)
    if isinstance(record, Event):
        return record.actors
    return (record.holder,) if isinstance(record, Position) else (record.subject,)


def everyone(record: Record) -> tuple[Participant, ...]:
    """Whoever takes part in a record."""
    if isinstance(record, Statement):
        return (record.speaker, *record.addressees)
    if isinstance(record, Event):
        return (*record.actors, *record.recipients)
    if isinstance(record, Relation):
        return (record.subject, record.object)
    return (record.holder, record.target.actor) if record.target.actor else (record.holder,)


def _nothing(view: View, wanted: Filter) -> QueryError:
    """Nobody takes a stance on what was asked for: what may have been meant, else what the store has."""
    asked = ", ".join(f"{name} {value}" for name in FIELDS if (value := getattr(wanted, name)) is not None and name != "limit")
    meant = suggestions(view, wanted)
    if not meant:
        held = sorted({row.issue for row in positions(view) if row.issue})
        there = [f"there are some on {wanted.issue}, which the other flags leave out"] if wanted.issue in held else []
        meant = there or (["the store has stances on " + ", ".join(held)] if held else ["the store has no stance on any issue"])
    return QueryError(f"nobody takes a stance there: {asked}", hint="; ".join(meant))


def _exact(row: Row) -> str:
    date = row.record.date
    own = date.start or date.end
    return own[: _EXACT.get(date.precision or "", _DAY)] if own else (row.published or "")[:_DAY]


def period_of(row: Row, length: int) -> str:
    """The day, month or year of a record (``length`` is 10, 7 or 4 characters), or what is known of it; "" where not even the year is."""
    exact = _exact(row)
    return (exact if first_day(exact) else day_of(row))[:length]


def day_of(row: Row) -> str:
    """The first day of a record, or of its report, for putting it in order; "" where neither has one."""
    return days(row.record.date, row.published)[0]


def side_of(row: PositionRow) -> str:
    """One of ``SIDES``: for or against what support of the issue means where the words tell it, else the stance."""
    return shown_side(row.issue or "", row.stance, row.target or "")
