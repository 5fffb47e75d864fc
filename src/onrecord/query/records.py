"""Queries that answer with records, one row each: statements, positions, events, relations, timeline. Rows come as they are read, in order.

All take a view and a Filter, and answer by date, document, offset of the evidence, id. ``limit`` and ``after`` (the last row's id) page through them.
They raise QueryError at once for a filter field that says nothing about their kind, such as a stance for events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import chain, takewhile
from typing import TypeVar, cast

from onrecord.across.joined import SAME_EVENT, Joined, Nearby
from onrecord.errors import QueryError
from onrecord.model import Document, Event, Record
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.rows import (
    EventRow,
    PositionRow,
    RelationRow,
    StatementRow,
    TimelineRow,
    event_row,
    position_row,
    relation_row,
    statement_row,
    timeline_row,
)
from onrecord.store import RecordKind, View

R = TypeVar("R", bound=Record)
Out = TypeVar("Out")

COMMON = ("actor", "about", "since", "until", "publisher", "via", "text", "confidence", "document_id", "statement_id", "limit", "after")
STATEMENTS = (*COMMON, "issue", "form")
EVENTS = (*COMMON, "issue", "type", "status")
POSITIONS = (*COMMON, "issue", "stance", "record_id")
RELATIONS = (*COMMON, "type", "status")
TIMELINE = (*COMMON, "issue", "type", "stance", "status", "form")
_CACHED_DOCUMENTS = 64


def statements(view: View, wanted: Filter = EVERYTHING) -> Iterator[StatementRow]:
    """Who said what, in whose words."""
    return _rows(view, "statement", wanted, STATEMENTS, statement_row)


def events(view: View, wanted: Filter = EVERYTHING) -> Iterator[EventRow]:
    """Who did what to whom.

    One row for each happening, where the first record that tells of it stands; the row has the words of the others.
    """
    check_fields(wanted, EVENTS, "events")
    return _happenings(view, wanted)


def mentions(view: View, wanted: Filter = EVERYTHING) -> Iterator[EventRow]:
    """One row for each record that tells of an event: a happening has as many as there are mentions of it."""
    return _rows(view, "event", wanted, EVENTS, event_row)


def positions(view: View, wanted: Filter = EVERYTHING) -> Iterator[PositionRow]:
    """Who stands where on what."""
    return _rows(view, "position", wanted, POSITIONS, position_row)


def relations(view: View, wanted: Filter = EVERYTHING) -> Iterator[RelationRow]:
    """What holds between whom."""
    return _rows(view, "relation", wanted, RELATIONS, relation_row)


def _happenings(view: View, wanted: Filter) -> Iterator[EventRow]:
    # All links at once for all events, those of each event for a page of them.
    same = Joined.of(view, *SAME_EVENT) if wanted.limit is None else Nearby(view, *SAME_EVENT)
    document = document_of(view)
    for event in _first_told(view, wanted, same):
        yield event_row(cast(Event, event), document(event.document_id), held(view, same.others(event.id)))


def _first_told(view: View, wanted: Filter, same: Joined | Nearby) -> Iterator[Record]:
    """Of each happening the first event that ``wanted`` lets through; a page begins behind what was told before it."""
    page = view.records("event", replace(wanted, limit=None))
    start = next(page, None)
    if start is None:
        return
    told: set[str] = set()
    if wanted.after is not None:
        before = takewhile(lambda r: r.id != start.id, view.records("event", replace(wanted, limit=None, after=None)))
        told.update(same.first(r.id) for r in before if same.others(r.id))
    left = wanted.limit
    for event in chain((start,), page):
        if left == 0:
            return
        if same.first(event.id) not in told:
            yield event
            left = None if left is None else left - 1
        if same.others(event.id):
            told.add(same.first(event.id))


def timeline(view: View, wanted: Filter = EVERYTHING) -> Iterator[TimelineRow]:
    """Records of all kinds by date.

    Those of unknown date come first.
    """
    check_fields(wanted, TIMELINE, "timeline")
    document = document_of(view)
    return (timeline_row(record, document(record.document_id)) for record in view.records(None, wanted))


def held(view: View, record_ids: Iterable[str]) -> list[Record]:
    """The records with these ids, by document and place; what the store no longer has is left out, for people's judgements outlast a reading."""
    found: list[Record] = []
    for record_id in dict.fromkeys(record_ids):
        with suppress(QueryError):
            found.append(view.record(record_id))
    return sorted(found, key=lambda r: (r.document_id, r.evidence.start, r.id))


def check_fields(wanted: Filter, allowed: Sequence[str], query: str) -> None:
    """Raise QueryError if ``wanted`` sets a field that says nothing in this query."""
    for name in Filter.__dataclass_fields__:
        if getattr(wanted, name) is not None and name not in allowed:
            raise QueryError(f"{query} have no {name}" if query.endswith("s") else f"{query} takes no {name}", hint="one of " + ", ".join(allowed))


def document_of(view: View) -> Callable[[str], Document]:
    """``view.document`` that keeps the last few: rows of one document mostly follow each other."""
    return lru_cache(_CACHED_DOCUMENTS)(view.document)


def _rows(view: View, kind: RecordKind, wanted: Filter, allowed: Sequence[str], build: Callable[[R, Document], Out]) -> Iterator[Out]:
    """The rows of one kind; ``build`` takes the record type of that kind."""
    check_fields(wanted, allowed, f"{kind}s")
    document = document_of(view)
    return (build(cast(R, record), document(record.document_id)) for record in view.records(kind, wanted))
