"""What people decided on records, and what is worth deciding next. Reads; decisions are made in ``onrecord.review`` and kept by stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import islice
from typing import Any, ClassVar, TypeVar, cast, get_args

from onrecord.errors import NotThere, QueryError
from onrecord.model import Decision, Document, Record, to_dict
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import TIMELINE, check_fields, document_of
from onrecord.query.rows import Flat, Names, TimelineRow, timeline_row
from onrecord.store import RecordKind, View
from onrecord.store.columns import fold
from onrecord.store.days import first_day, last_day
from onrecord.store.standing import Reviewed, counting

REVIEWS = ("document_id", "record_id", "publisher", "kind", "since", "until", "state", "by", "limit", "after")
QUEUE = (*TIMELINE, "kind", "state", "by")
_OF_DECIDED = ("document_id", "publisher", "kind", "state", "by", "limit", "after")
UNDECIDED, DECIDED = "undecided", "decided"
_BEYOND_THE_WORDS = ("id", "kind", "document_id", "confidence", "extractor", "run_id", "why", "paths")
_CACHED = 256
R = TypeVar("R", "ReviewRow", "QueueRow")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow(Flat):
    """One decision.

    ``id``: its digest; ``counts``: whether it is the reviewer's latest on the record and not withdrawn; ``settles``: whether it ends a dispute.
    ``state``: what all decisions on the record come to now (undecided where none counts). ``machine``: whether the machine reads the record as it
    did (same), reads it otherwise (different), no longer reads it (gone), or never did (none). ``changed``: the fields that are not as the machine
    reads them now. ``words``: the evidence.
    """

    id: str
    at: str
    by: str
    verdict: str
    record_id: str
    kind: str | None
    state: str
    machine: str
    changed: Names
    words: str | None
    note: str
    settles: bool
    counts: bool
    document_id: str
    title: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow(TimelineRow):
    """A record to be reviewed. ``state``: what decisions have made of it (undecided where none counts); ``by``: whose decisions count."""

    own: ClassVar[Names] = ("state", "by")
    state: str
    by: Names


def reviews(view: View, wanted: Filter = EVERYTHING) -> Iterator[ReviewRow]:
    """What people decided on records, the latest first.

    ``since``, ``until``: when it was decided; ``state``: what all decisions on the record come to now; ``by``: one reviewer's decisions.
    """
    check_fields(wanted, REVIEWS, "reviews")
    return _page(_reviews(view, wanted), wanted)


def queue(view: View, wanted: Filter = EVERYTHING) -> Iterator[QueueRow]:
    """Records to be reviewed, the least sure first.

    By default those that nobody has decided on. ``state``: those that are disputed, accepted and so on, or decided by anybody; ``by``: not those
    that this reviewer has decided on already.
    """
    check_fields(wanted, QUEUE, "queue")
    kind = record_kind(wanted)
    if wanted.state in (None, UNDECIDED):
        selection = replace(wanted, kind=None, state=None, by=None)
        document = document_of(view)
        return (_queued(record, document(record.document_id), None, ()) for record in view.undecided(kind, selection))
    for name in QUEUE:
        if getattr(wanted, name) is not None and name not in _OF_DECIDED:
            raise QueryError(f"queue takes no {name} for what is {wanted.state}", hint="one of " + ", ".join(_OF_DECIDED))
    return _page(_decided(view, wanted), wanted)


def find(view: View, given: str) -> str:
    """The id of a record by its beginning: one that stands, or one that people decided on. Raises QueryError."""
    try:
        return view.record(given).id
    except QueryError as error:
        hidden = sorted({r.record_id for r in view.reviewed() if given and r.record_id.startswith(given)})
        if len(hidden) != 1 or (hidden != [given] and "several" in error.message):  # what stands may begin so, too
            raise
        return hidden[0]


def put_forward(view: View, record_id: str) -> Record | None:
    """A record as a reviewer sees it: as it stands, as the machine reads it, or as somebody last put it forward. None where its report is gone."""
    with suppress(NotThere):
        return view.record(record_id)
    found = view.machine(record_id) or next((d.record for d in view.decisions(record_id=record_id, newest=True) if d.record is not None), None)
    with suppress(NotThere):
        return found if found is not None and view.document(found.document_id) else None
    return None


def changed(record: Record, machine: Record | None) -> Names:
    """The fields of a record that are not as the machine reads them; none where the machine reads nothing."""
    if machine is None:
        return ()
    theirs = to_dict(machine)
    return tuple(name for name, value in to_dict(record).items() if name not in _BEYOND_THE_WORDS and value != theirs[name])


def _reviews(view: View, wanted: Filter) -> Iterator[ReviewRow]:
    states = lru_cache(_CACHED)(lambda record_id: next(view.reviewed(record_id=record_id), None))
    latest = lru_cache(_CACHED)(lambda record_id: {d.digest for d in counting(view.decisions(record_id=record_id))})
    document = lru_cache(_CACHED)(lambda document_id: _document(view, document_id))
    first, last = first_day(wanted.since), last_day(wanted.until)
    kind = record_kind(wanted)
    for decision in view.decisions(record_id=wanted.record_id, document_id=wanted.document_id, by=wanted.by, newest=True):
        reviewed, report = states(decision.record_id), document(decision.document_id)
        row = _review(view, decision, reviewed, report, counts=decision.digest in latest(decision.record_id))
        if (
            (kind is None or row.kind == kind)
            and (wanted.state is None or row.state == wanted.state or (wanted.state == DECIDED and row.state != UNDECIDED))
            and (wanted.publisher is None or fold(row.publisher or "") == fold(wanted.publisher))
            and (not first or decision.at[:10] >= first)
            and (not last or decision.at[:10] <= last)
        ):
            yield row


def _review(view: View, decision: Decision, reviewed: Reviewed | None, report: Document | None, *, counts: bool) -> ReviewRow:
    record = decision.record
    return ReviewRow(
        id=decision.digest,
        at=decision.at,
        by=decision.by,
        verdict=decision.verdict,
        record_id=decision.record_id,
        kind=record.kind if record else reviewed.kind if reviewed else None,
        state=reviewed.state if reviewed else UNDECIDED,
        machine=reviewed.machine if reviewed else "same" if view.machine(decision.record_id) else "none",
        changed=changed(record, view.machine(record.id)) if record and decision.verdict != "reject" else (),
        words=record.evidence.text if record else None,
        note=decision.note,
        settles=decision.settles,
        counts=counts,
        document_id=decision.document_id,
        title=report.title if report else None,
        publisher=report.publisher if report else None,
    )


def _decided(view: View, wanted: Filter) -> Iterator[QueueRow]:
    document = document_of(view)
    state: Any = None if wanted.state == DECIDED else wanted.state
    for reviewed in view.reviewed(document_id=wanted.document_id, state=state):
        if wanted.kind not in (None, reviewed.kind):
            continue
        by = tuple(d.by for d in counting(view.decisions(record_id=reviewed.record_id)))
        record = put_forward(view, reviewed.record_id)
        if record is None or wanted.by in by:
            continue
        report = document(record.document_id)
        if wanted.publisher is None or fold(report.publisher or "") == fold(wanted.publisher):
            yield _queued(record, report, reviewed.state, by)


def _queued(record: Record, document: Document, state: str | None, by: Names) -> QueueRow:
    row = timeline_row(record, document)
    return QueueRow(**{f.name: getattr(row, f.name) for f in fields(row)}, state=state or UNDECIDED, by=by)


def _page(rows: Iterable[R], wanted: Filter) -> Iterator[R]:
    """Those behind ``wanted.after``, ``wanted.limit`` at most. Raises QueryError for an ``after`` that none of them has."""
    left = iter(rows)
    if wanted.after is not None and all(row.id != wanted.after for row in left):
        raise QueryError(f"after: nothing has the id {wanted.after!r}", hint="give the id of the last row of the page before")
    return islice(left, wanted.limit)


def record_kind(wanted: Filter) -> RecordKind | None:
    """``wanted.kind`` as a kind of record. Raises QueryError for a kind of anything else."""
    if wanted.kind is not None and wanted.kind not in get_args(RecordKind):
        raise QueryError(f"kind: no record is a {wanted.kind}", hint="one of " + ", ".join(get_args(RecordKind)))
    return cast(RecordKind | None, wanted.kind)


def _document(view: View, document_id: str) -> Document | None:
    try:
        return view.document(document_id)
    except QueryError:
        return None
