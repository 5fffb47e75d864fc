"""Answers across documents: records that say the same, grouped as they are read. Nothing is merged: every group lists its records.

What counts as the same is said in :mod:`onrecord.across.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.across.claims import claim_of, side
from onrecord.across.independence import Copies, Voices
from onrecord.across.joined import same_event
from onrecord.model import Record, Relation
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import EVENTS, POSITIONS, RELATIONS, check_fields, mentions, relations
from onrecord.query.rows import Flat, Names, Row
from onrecord.store import View

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
class Corroborated(Group):
    """A group of claims with its voices.

    ``independent``: how many independent voices say so (copies, relays of one voice and reports of one publisher count once); ``voices``: whose word
    it rests on, each with the number of reports it is heard in, "Borduria Television (5)".
    """

    independent: int
    voices: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceRow(Corroborated):
    """Events of one type between the same parties: ``events`` happenings as far as the links say, told in as many records as ``id`` has.

    What no link joins may still be one event told several times. ``status`` lists all.
    """

    type: str
    actors: Names
    recipients: Names
    status: Names
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow(Corroborated):
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


def _pair(record: Record) -> Hashable | None:
    return frozenset((side(record.subject), side(record.object))) if isinstance(record, Relation) else None


def grouped(view: View, rows: Iterable[R], key: Callable[[Record], Hashable | None]) -> Iterator[tuple[dict[str, Any], list[R]]]:
    """Rows with one key, in order, with the columns every group has."""
    found: dict[Hashable, list[R]] = {}
    for row in rows:
        found.setdefault(key(row.record), []).append(row)
    copies, voices = Copies(view), Voices(view)
    for group in found.values():
        testimony = voices.testimony(r.record for r in group)
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
                "independent": testimony.independent,
                "voices": tuple(map(str, testimony.heard)),
            },
            group,
        )


def distinct(values: Iterable[str | None]) -> Names:
    """Each value once, None left out, in order of first use."""
    return tuple(dict.fromkeys(v for v in values if v is not None))
