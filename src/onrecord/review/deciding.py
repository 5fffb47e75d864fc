"""A reviewer's decision on a record, made ready to be kept. Says what is unclear or not allowed; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args

from onrecord.across.judging import check_settling, signed
from onrecord.errors import QueryError
from onrecord.model import Decision, Link, Record
from onrecord.query.links import judged_pairs
from onrecord.query.reviews import find, put_forward
from onrecord.review.records import REFERENCES, added, corrected
from onrecord.store import View
from onrecord.store.standing import counting, outcome, substance

Choice = Literal["accept", "reject", "correct", "agree", "withdraw"]
"""What one can decide on a record that is there: a verdict, or to agree with what another reviewer says of it."""
CHOICES: tuple[Choice, ...] = get_args(Choice)


def decision(
    view: View,
    record: str,
    choice: Choice,
    *,
    by: str,
    at: datetime,
    note: str = "",
    change: Mapping[str, Any] | None = None,
    like: str | None = None,
    settles: bool = False,
    admin: bool = False,
) -> Decision:
    """The decision of ``by`` on the record with this id (or the only one whose id begins so), as it stands now.

    ``correct`` takes the fields to ``change``; ``agree`` takes whom to be ``like``: it says the same as that reviewer. ``settles``: it ends a
    dispute, which is for somebody who has not taken sides, or an ``admin``, who may also settle it again. Raises QueryError for what is unclear,
    unsigned or not allowed.
    """
    name = signed(by)
    record_id = find(view, record)
    made = list(view.decisions(record_id=record_id))
    if settles:
        now = outcome(made)
        check_settling(counting(made), name, disputed=now is not None and now.state == "disputed", admin=admin)
    own = next((d for d in counting(made) if d.by == name), None)
    if choice == "withdraw":
        if own is None:
            raise QueryError(f"{name} has decided nothing on {record_id}", hint="only one's own decisions can be withdrawn")
        return Decision(record_id=record_id, document_id=own.document_id, verdict="withdraw", note=note, by=name, at=_time(at))
    if choice == "agree":
        other = next((d for d in counting(made) if d.by == like), None)
        if other is None:
            who = ", ".join(d.by for d in counting(made)) or "nobody yet"
            raise QueryError(f"{like or 'nobody'} has decided nothing on {record_id}", hint=f"decided by: {who}")
        verdict, said = other.verdict, other.record
    else:
        said = put_forward(view, record_id)
        verdict = choice
        if choice == "correct":
            said = _correction(view, said, change)
    if said is None:
        raise QueryError(f"the report of {record_id} is no longer in the store", hint="what is decided on it waits for it; it can be withdrawn")
    return Decision(
        record_id=record_id, document_id=said.document_id, verdict=verdict, record=said, note=note, by=name, at=_time(at), settles=settles
    )


def addition(view: View, document: str, fields: Mapping[str, Any], *, by: str, at: datetime, note: str = "") -> Decision:
    """The decision that a report also says what the machine did not read: a record with its ``kind`` and these fields.

    Raises QueryError for what is no such record, is read already, or is unsigned.
    """
    report = view.document(document)
    known = {r.id for r in view.reading(report.id).records}
    kind = str(fields.get("kind", ""))
    record = added(kind, {name: value for name, value in fields.items() if name not in ("kind", "id", "document_id")}, report, known)
    if view.machine(record.id) is not None:
        raise QueryError(f"the machine has read this {kind} already: {record.id}", hint="accept or correct that one")
    return Decision(record_id=record.id, document_id=report.id, verdict="add", record=record, note=note, by=signed(by), at=_time(at))


def latest(view: View, by: str) -> Decision | Link:
    """The latest decision of ``by`` on a record, or judgement of a link, that was not withdrawn. Raises QueryError where there is none."""
    name = signed(by)
    on_record = _latest_decision(view, name)
    of_link = max((word for words in judged_pairs(view, by=name).values() for word in words), key=lambda word: word.created_at, default=None)
    if on_record is not None and (of_link is None or on_record.at > of_link.created_at):
        return on_record
    if of_link is None:
        raise QueryError("there is nothing to undo", hint="only your own decisions can be withdrawn")
    return of_link


def _latest_decision(view: View, name: str) -> Decision | None:
    passed: set[str] = set()
    for made in view.decisions(by=name, newest=True):
        if made.verdict != "withdraw" and made.record_id not in passed:
            return made
        passed.add(made.record_id)
    return None


def _correction(view: View, record: Record | None, change: Mapping[str, Any] | None) -> Record:
    if record is None or not change:
        raise QueryError("a correction has to say what should be otherwise", hint='for example {"stance": "oppose"}')
    document = view.document(record.document_id)
    known: set[str | None] = {r.id for r in view.reading(document.id).records}
    known |= {getattr(record, name, None) for name in REFERENCES}  # what it hangs on may have been rejected; that is decided there
    made = corrected(record, change, document, known)
    if substance(made, references=True) == substance(record, references=True):
        raise QueryError("the correction changes nothing", hint="accept the record")
    return made


def _time(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
