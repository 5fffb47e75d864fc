"""Answers across documents: records that say the same, grouped as they are read. Nothing is merged: every group lists its records.

What counts as the same is said in :mod:`onrecord.across.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.across.claims import claim_of, party, side
from onrecord.across.independence import Copies
from onrecord.across.joined import same_event
from onrecord.model import Event, Position, Record, Relation
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import EVENTS, POSITIONS, RELATIONS, check_fields, document_of, mentions, relations
from onrecord.query.rows import Flat, Names, Row, TimelineRow, timeline_row
from onrecord.store import Selection, View

R = TypeVar("R", bound=Row)
_OF_ONE_RECORD = ("limit", "after", "record_id", "statement_id")
STANDING = tuple(name for name in POSITIONS if name not in _OF_ONE_RECORD)
OCCURRENCES = tuple(name for name in EVENTS if name not in _OF_ONE_RECORD)
TIES = tuple(name for name in RELATIONS if name not in _OF_ONE_RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Flat):
    """Records that say the same. ``id`` lists them by date; ``words``, ``date`` and ``via`` are the first one's.

    ``documents``: how many independent documents say so (copies count once); ``publisher``: the known publishers among them; ``since``, ``until``:
    the first and last date.
    """

    id: Names
    documents: int
    publisher: Names
    since: str | None
    until: str | None
    date: str | None
    via: Names
    words: str
    document_id: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceRow(Group):
    """Events of one type between the same parties: ``events`` happenings as far as the links say, told in as many records as ``id`` has.

    What no link joins may still be one event told several times. ``status`` lists all.
    """

    type: str
    actors: Names
    recipients: Names
    status: Names
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow(Group):
    """All relations between the same two parties, whichever is named first. ``type`` and ``status`` list all; ``detail`` what is said of them."""

    subject: str | None
    object: str | None
    type: Names
    status: Names
    detail: Names


def occurrences(view: View, wanted: Filter = EVERYTHING) -> list[OccurrenceRow]:
    """Events grouped by type and parties, the oftenest told first. What links join is in one group, whoever each mention names."""
    check_fields(wanted, OCCURRENCES, "occurrences")
    same = same_event(view)
    claims: dict[str, Hashable] = {}
    found = [
        OccurrenceRow(
            **head,
            type=group[0].type,
            actors=distinct(name for r in group for name in r.actors),
            recipients=distinct(name for r in group for name in r.recipients),
            status=distinct(r.status for r in group),
            events=len({same.first(r.id) for r in group}),
        )
        for head, group in grouped(view, mentions(view, wanted), lambda e: claims.setdefault(same.first(e.id), claim_of(e)))
    ]
    return sorted(found, key=lambda g: (-g.documents, -len(g.id), g.type, g.id))


def ties(view: View, wanted: Filter = EVERYTHING) -> list[TieRow]:
    """Relations grouped by their two sides, the oftenest told first."""
    check_fields(wanted, TIES, "ties")
    found = [
        TieRow(
            **head,
            subject=group[0].subject,
            object=group[0].object,
            type=distinct(r.type for r in group),
            status=distinct(r.status for r in group),
            detail=distinct(r.detail for r in group),
        )
        for head, group in grouped(view, relations(view, wanted), _pair)
    ]
    return sorted(found, key=lambda g: (-g.documents, -len(g.id), g.id))


def corroboration(view: View, record_id: str) -> list[TimelineRow]:
    """Every record, this one included, that makes the same claim, by date.

    The same claim is: the same stance of the same party on the same issue, the same type of event between the same parties, the same type of relation
    between the same two. Statements, and positions on no issue, stand alone.
    """
    record = view.record(record_id)
    claim = claim_of(record)
    document = document_of(view)
    if claim is None:
        return [timeline_row(record, document(record.document_id))]
    return [timeline_row(r, document(r.document_id)) for r in view.records(None, _narrowed(record)) if claim_of(r) == claim]


def _narrowed(record: Record) -> Selection:
    """A selection that every record with the same claim fits, and not many others."""
    if isinstance(record, Position):
        return Selection(issue=record.issue.id if record.issue else None, stance=record.stance, actor=party(record.holder) or None)
    if isinstance(record, Event):
        return Selection(type=record.type, actor=next((party(p) for p in record.actors if party(p)), None))
    return Selection(type=record.type if isinstance(record, Relation) else None)


def _pair(record: Record) -> Hashable | None:
    return frozenset((side(record.subject), side(record.object))) if isinstance(record, Relation) else None


def grouped(view: View, rows: Iterable[R], key: Callable[[Record], Hashable | None]) -> Iterator[tuple[dict[str, Any], list[R]]]:
    """Rows with one key, in order, with the columns every group has."""
    found: dict[Hashable, list[R]] = {}
    for row in rows:
        found.setdefault(key(row.record), []).append(row)
    copies = Copies(view)
    for group in found.values():
        dates = sorted(r.date for r in group if r.date)
        yield (
            {
                "id": tuple(r.id for r in group),
                "documents": copies.independent(r.document_id for r in group),
                "publisher": distinct(r.publisher for r in group),
                "since": dates[0] if dates else None,
                "until": dates[-1] if dates else None,
                "date": group[0].date,
                "via": group[0].via,
                "words": group[0].words,
                "document_id": distinct(r.document_id for r in group),
            },
            group,
        )


def distinct(values: Iterable[str | None]) -> Names:
    """Each value once, None left out, in order of first use."""
    return tuple(dict.fromkeys(v for v in values if v is not None))
