"""What people decide about links and records goes into a store, signed and dated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.app.answers import open_record
from onrecord.model import Decision, Judged

if TYPE_CHECKING:
    from onrecord.across.judging import Verdict
    from onrecord.model.links import LinkType
    from onrecord.review import Choice


def judge(
    store: str | Path,
    left: str,
    right: str,
    verdict: Verdict,
    *,
    by: str,
    type: LinkType | None = None,  # noqa: A002 - the link's own word
    note: str = "",
    settles: bool = False,
    admin: bool = False,
) -> Judged:
    """Accept, reject or be unsure of a link between two records or reports, signed ``by`` a person and dated; returns the judgement.

    ``left``, ``right``: ids or how they begin; ``type``: which link is meant, where several or none join the two. Nothing is rewritten: the judgement
    stands beside what linkers found and outweighs it, also when they find it again. People who differ leave it as linkers have it, until one who
    ``settles`` it, who has not taken sides or is an ``admin``. ``withdraw`` takes back one's own. Raises QueryError for what is unclear or not
    allowed, StoreError.
    """
    from onrecord.across.judging import judgement  # noqa: PLC0415 - see read

    with open_record(store) as kept:
        with kept.view() as view:
            judged = judgement(view, left, right, verdict, by=by, type=type, note=note, at=datetime.now(UTC), settles=settles, admin=admin)
        with kept.writer() as writer:
            return writer.judge(judged)


def decide(
    store: str | Path,
    record: str,
    choice: Choice,
    *,
    by: str,
    note: str = "",
    change: Mapping[str, Any] | None = None,
    like: str | None = None,
    settles: bool = False,
    admin: bool = False,
) -> Decision:
    """Accept, reject, correct (by the fields of ``change``) or withdraw one's decision on a record, signed ``by`` a person and dated.

    ``agree`` says the same as the reviewer whom it is to be ``like``; with ``settles`` it ends a dispute of others, or as ``admin`` one's own.
    Queries see what decisions come to; the machine's reading is kept beside it. Raises QueryError for what is unclear or not allowed, StoreError.
    """
    from onrecord.review import decision  # noqa: PLC0415 - see read

    with open_record(store) as kept:
        with kept.view() as view:
            made = decision(view, record, choice, by=by, at=datetime.now(UTC), note=note, change=change, like=like, settles=settles, admin=admin)
        with kept.writer() as writer:
            return writer.decide(made)


def undo(store: str | Path, *, by: str) -> Decision | Judged:
    """Withdraw somebody's latest decision on a record, or judgement of a link, that still counts; called again, the one before.

    Raises QueryError where there is none, StoreError.
    """
    from onrecord.review import latest  # noqa: PLC0415 - see read

    with open_record(store) as kept, kept.view() as view:
        found = latest(view, by)
    if isinstance(found, Decision):
        return decide(store, found.record_id, "withdraw", by=by)
    return judge(store, found.left, found.right, "withdraw", by=by, type=found.type)


def add_record(store: str | Path, document: str, fields: Mapping[str, Any], *, by: str, note: str = "") -> Decision:
    """Add a record that the machine did not read in a report: its ``kind`` and fields as the record contract has them, signed and dated.

    Raises QueryError for what is no such record, StoreError.
    """
    from onrecord.review import addition  # noqa: PLC0415 - see read

    with open_record(store) as kept:
        with kept.view() as view:
            made = addition(view, document, fields, by=by, at=datetime.now(UTC), note=note)
        with kept.writer() as writer:
            return writer.decide(made)
