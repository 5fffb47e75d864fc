"""Answers across documents: records that say the same, grouped as they are read. Nothing is merged: every group lists its records.

What counts as the same is said in :mod:`onrecord.across.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from onrecord.across.claims import claim_of, side
from onrecord.across.independence import Copies, Told, Voices
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
    rows = grouped(
        view, mentions(view, wanted), lambda e: claims.setdefault(same.first(e.id), claim_of(e)), ("type", "actors", "recipients", "status")
    )
    found = [
        OccurrenceRow(
            **head,
            type=types[0],
            actors=distinct(chain.from_iterable(actors)),
            recipients=distinct(chain.from_iterable(recipients)),
            status=distinct(status),
            events=len({same.first(i) for i in head["id"]}),
        )
        for head, (types, actors, recipients, status) in rows
    ]
    return sorted(found, key=lambda g: (-g.documents, -len(g.id), g.type, g.id))


def ties(view: View, wanted: Filter = EVERYTHING) -> list[TieRow]:
    """Relations grouped by their two sides, the oftenest told first."""
    check_fields(wanted, TIES, "ties")
    found = [
        TieRow(
            **head,
            subject=subjects[0],
            object=objects[0],
            type=distinct(types),
            status=distinct(status),
            detail=distinct(details),
        )
        for head, (subjects, objects, types, status, details) in grouped(
            view, relations(view, wanted), _pair, ("subject", "object", "type", "status", "detail")
        )
    ]
    return sorted(found, key=lambda g: (-g.documents, -len(g.id), g.id))


def _pair(record: Record) -> Hashable | None:
    return frozenset((side(record.subject), side(record.object))) if isinstance(record, Relation) else None


@dataclass(frozen=True, slots=True)
class _Member:
    """What is kept of a row of a group: all groups of a big store are held at once, and their records would not fit."""

    told: Told
    publisher: str | None
    date: str | None
    own: tuple[Any, ...]


def grouped(
    view: View, rows: Iterable[R], key: Callable[[Record], Hashable | None], own: Sequence[str]
) -> Iterator[tuple[dict[str, Any], Iterable[Sequence[Any]]]]:
    """Rows with one key, in order: the columns every group has, and of each of ``own`` the values of the rows."""
    found: dict[Hashable, list[_Member]] = {}
    first: dict[Hashable, tuple[str | None, Names, str]] = {}
    copies, voices = Copies(view), Voices(view)
    one: dict[Any, Any] = {}  # of equal values one is kept
    for row in rows:
        of, told = key(row.record), voices.told(row.record)
        kept = Told(told.id, one.setdefault(told.document_id, told.document_id), one.setdefault(told.chain, told.chain))
        values = tuple(getattr(row, name) for name in own)
        found.setdefault(of, []).append(_Member(kept, row.publisher, one.setdefault(row.date, row.date), one.setdefault(values, values)))
        first.setdefault(of, (row.date, row.via, row.words))
    for of, group in found.items():
        testimony = voices.weigh(member.told for member in group)
        dates = sorted(member.date for member in group if member.date)
        date, via, words = first[of]
        yield (
            {
                "id": tuple(member.told.id for member in group),
                "documents": copies.independent(member.told.document_id for member in group),
                "publisher": distinct(member.publisher for member in group),
                "since": dates[0] if dates else None,
                "until": dates[-1] if dates else None,
                "date": date,
                "via": via,
                "words": words,
                "document_id": distinct(member.told.document_id for member in group),
                "independent": testimony.independent,
                "voices": tuple(map(str, testimony.heard)),
            },
            zip(*(member.own for member in group), strict=True),
        )


def distinct(values: Iterable[str | None]) -> Names:
    """Each value once, None left out, in order of first use."""
    return tuple(dict.fromkeys(v for v in values if v is not None))
