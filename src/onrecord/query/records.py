"""Queries that answer with records, one row each: statements, positions, events, relations, timeline. Rows come as they are read, in order.

All take a view and a Filter, and answer by date, document, offset of the evidence, id, or, the ``order`` newest, exactly the other way round.
``limit`` and ``after`` (the last row's id) page through them.
They raise QueryError at once for a filter field that says nothing about their kind, such as a stance for events.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TypeVar, cast, get_args

from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.errors import QueryError
from onrecord.model import Document, Event, Record
from onrecord.model.links import LinkType
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
from onrecord.query.voices import corroborated
from onrecord.store import RecordKind, View

R = TypeVar("R", bound=Record)
Out = TypeVar("Out")

COMMON = (
    "actor", "speaker", "about", "since", "until", "publisher", "language", "via", "text", "confidence", "corroboration", "document_id",
    "statement_id", "limit", "after",
)  # fmt: skip
STATEMENTS = (*COMMON, "issue", "form")
EVENTS = (*COMMON, "issue", "type", "status")
POSITIONS = (*COMMON, "issue", "stance", "record_id")
RELATIONS = (*COMMON, "type", "status")
TIMELINE = (*COMMON, "issue", "type", "stance", "status", "form", "kind")
ORDER = ("order",)
"""What lists take besides: which way they run says nothing where records are counted or compared."""
_CACHED_DOCUMENTS = 64
_AT_ONCE = 512
_CHOOSING = ("actor", "about", "issue", "publisher", "speaker", "via", "text", "document_id", "statement_id", "record_id")
"""Fields that mostly choose few of a store's records."""
_TOGETHER = 64
"""Events whose happenings are looked up at once."""


def statements(view: View, wanted: Filter = EVERYTHING) -> Iterator[StatementRow]:
    """Who said what, in whose words."""
    return _rows(view, "statement", wanted, STATEMENTS, statement_row)


def events(view: View, wanted: Filter = EVERYTHING) -> Iterator[EventRow]:
    """Who did what to whom.

    One row for each happening, where the first record that tells of it stands; the row has the words of the others.
    """
    check_fields(wanted, (*EVENTS, *ORDER), "events")
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
    document = document_of(view)
    for event, others in islice(_first_told(view, replace(wanted, limit=None)), wanted.limit):
        yield event_row(cast(Event, event), document(event.document_id), others)


def _first_told(view: View, wanted: Filter) -> Iterator[tuple[Record, list[Record]]]:
    """Of each happening the first event that ``wanted`` lets through, with all others that tell of it."""
    page = corroborated(view, "event", wanted)
    every = replace(wanted, after=None)  # of whatever order: the first record that tells of a happening is the one with the earliest date
    while some := list(islice(page, _TOGETHER)):
        same = Joined.around(view, (r.id for r in some), SAME_EVENT)
        ids = {i for r in some for i in (r.id, *same.others(r.id)) if same.others(r.id)}
        first: dict[str, str] = {}
        for told in view.among(ids, "event", every) if ids else ():
            first.setdefault(same.first(told.id), told.id)
        mentions_of: dict[str, list[Record]] = {}
        for mention in held(view, ids) if ids else ():
            mentions_of.setdefault(same.first(mention.id), []).append(mention)
        for event in some:
            group = same.first(event.id)
            if first.get(group, event.id) == event.id:
                yield event, [mention for mention in mentions_of.get(group, ()) if mention.id != event.id]


def timeline(view: View, wanted: Filter = EVERYTHING) -> Iterator[TimelineRow]:
    """Records of all kinds by date.

    Those of unknown date come first. ``wanted.kind``: only statement, event, position or relation.
    """
    check_fields(wanted, (*TIMELINE, *ORDER), "timeline")
    kind = kind_of(wanted)
    document = document_of(view)
    return (timeline_row(record, document(record.document_id)) for record in corroborated(view, kind, replace(wanted, kind=None)))


def with_groups(
    view: View, records: Iterable[R], types: Collection[LinkType], wanted: Filter, told: Callable[[R], str] = lambda r: r.id
) -> Iterator[tuple[R, Joined]]:
    """Each record with groups that know ``told(record)``: all of the store's; where ``wanted`` chooses few records, those around some at a time."""
    if not chooses_few(wanted):
        same = Joined.of(view, *types)
        yield from ((record, same) for record in records)
        return
    records = iter(records)
    while some := list(islice(records, _AT_ONCE)):
        same = Joined.around(view, map(told, some), types)
        yield from ((record, same) for record in some)


def chooses_few(wanted: Filter) -> bool:
    """Whether a question mostly chooses few of a store's records."""
    return any(getattr(wanted, name) is not None for name in _CHOOSING)


def held(view: View, record_ids: Iterable[str]) -> list[Record]:
    """The records with these ids, by document and place; what the store no longer has is left out, for people's judgements outlast a reading."""
    return sorted(view.among(set(record_ids)), key=lambda r: (r.document_id, r.evidence.start, r.id))


def kind_of(wanted: Filter) -> RecordKind | None:
    """The kind of record that is asked for; None for all. Raises QueryError for a kind that records have not."""
    kinds = get_args(RecordKind)
    if wanted.kind is not None and wanted.kind not in kinds:
        raise QueryError(f"kind: {wanted.kind} is no kind of record", hint="one of " + ", ".join(kinds))
    return cast(RecordKind | None, wanted.kind)


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
    check_fields(wanted, (*allowed, *ORDER), f"{kind}s")
    document = document_of(view)
    return (build(cast(R, record), document(record.document_id)) for record in corroborated(view, kind, wanted))
