"""What people say of records: one decision of one reviewer on one record. Signed, dated and never changed; a later one takes back an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.records import Record

Verdict = Literal["accept", "reject", "correct", "add", "withdraw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    ``verdict``: accept or reject the record as the reviewer saw it, correct it, add one that the machine did not read, or withdraw what the same
    reviewer decided before. ``record``: the record accepted, rejected, corrected or added, whole; None where it withdraws. ``settles``: it ends a
    dispute of other reviewers. ``by``: who; ``at``: when, ISO in UTC.

    Two fields are set by the store: ``seen``, a digest of what the machine read at that time (None: nothing), and ``digest``, SHA-256 over the digest
    of the decision before it (in the whole store) and this one's canonical JSON, so that none can be changed or taken out unnoticed.
    """

    record_id: str
    document_id: str
    verdict: Verdict
    record: Record | None = None
    note: str = ""
    by: str
    at: str
    settles: bool = False
    seen: str | None = None
    digest: str = ""
