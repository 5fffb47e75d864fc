"""Decisions of people in the SQLite store: kept in their order, and made to stand among the records. What they come to is said in ``store.standing``.

What they judge of links stands among the links, in the same order.

``records`` holds what queries see. Where that is not what the machine read, ``overridden`` keeps what it read, so that it comes back exactly.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from onrecord.errors import NotThere, SchemaError, StoreError
from onrecord.model import Decision, Judged, Participant, Record
from onrecord.store.codec import decode, decode_decision, decode_list, decode_record, encode
from onrecord.store.columns import Mentions, check_record
from onrecord.store.sqlite.changes import note
from onrecord.store.standing import Outcome, broken, compared, digest, effective, outcome, sealed
from onrecord.store.values import ChangeWhat

Put = Callable[[Record, str, int, str | None, Mentions], None]
"""Puts a record into its tables: the record, its JSON, its place in the reading, its document's day, who is mentioned there."""
_BEHIND_THE_READING = 1_000_000
"""Added records stand behind those that were read, in the order in which they were first decided on."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A record's place among the records of its document. ``machine``: what the machine read there, ``stands``: what queries see, as JSON or None."""

    machine: str | None
    stands: str | None
    position: int


def decide(db: sqlite3.Connection, decision: Decision, put: Put) -> Decision:
    """Inside a transaction: keep a decision and let it take effect; the decision as kept. Raises SchemaError, NotThere."""
    _check(db, decision)
    seq, previous = _end_of_chain(db)
    kept = sealed(decision, previous, _record(_place(db, decision.record_id).machine))
    values = (seq + 1, kept.record_id, kept.document_id, kept.by, kept.digest, encode(kept))
    db.execute('INSERT INTO decisions (seq, record_id, document_id, "by", digest, json) VALUES (?, ?, ?, ?, ?, ?)', values)
    note(db, "added", "review", [kept.digest])
    change = _settle(db, kept.record_id, kept.document_id, put)
    if change is not None:
        note(db, change, "record", [kept.record_id])
    return kept


def judge(db: sqlite3.Connection, judged: Judged) -> Judged:
    """Inside a transaction: keep a person's judgement of a link; the judgement as kept. Raises SchemaError."""
    if not judged.created_at:
        raise SchemaError("a judgement has to be dated")
    seq, previous = _end_of_chain(db)
    kept = replace(judged, digest=digest(judged, previous))
    values = (kept.left, kept.right, kept.type, kept.by, kept.created_at, encode(kept), seq + 1, kept.digest)
    try:
        db.execute('INSERT INTO links ("left", "right", type, "by", created_at, json, seq, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', values)
    except sqlite3.IntegrityError as error:
        raise SchemaError(f"{judged.by} has judged this link at this very time already") from error
    return kept


def settle_document(db: sqlite3.Connection, document_id: str, put: Put) -> None:
    """Inside a transaction: let all decisions on a document that was just read take effect again."""
    for (record_id,) in db.execute("SELECT DISTINCT record_id FROM decisions WHERE document_id = ? ORDER BY record_id", (document_id,)).fetchall():
        _settle(db, record_id, document_id, put)


def forget_document(db: sqlite3.Connection, document_id: str) -> None:
    """Inside a transaction: the document's records are gone, for now or for good; the decisions stay, and wait for it."""
    db.execute("DELETE FROM overridden WHERE document_id = ?", (document_id,))
    db.execute("UPDATE reviewed SET state = 'orphan', machine = iif(machine = 'none', 'none', 'gone') WHERE document_id = ?", (document_id,))


def chain(db: sqlite3.Connection) -> list[str]:
    """What is wrong with the chain of decisions on records and links, one line each."""
    sql = "SELECT seq, json, 0 FROM decisions UNION ALL SELECT seq, json, 1 FROM links WHERE seq IS NOT NULL ORDER BY 1"
    try:
        return broken([decode(Judged, text) if of_link else decode_decision(text) for _, text, of_link in db.execute(sql)])
    except StoreError as error:
        return [error.message]


def _end_of_chain(db: sqlite3.Connection) -> tuple[int, str]:
    """The number and digest of the last thing that somebody decided, on a record or a link; 0 and nothing where there is none."""
    sql = "SELECT seq, digest FROM {} WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1"
    ends = (db.execute(sql.format(table)).fetchone() for table in ("decisions", "links"))
    return max((end for end in ends if end is not None), default=(0, ""))


def _check(db: sqlite3.Connection, decision: Decision) -> None:
    """Refuse what cannot be kept: a decision on nothing, or with a record that is not its document's."""
    row = db.execute("SELECT text FROM documents WHERE id = ?", (decision.document_id,)).fetchone()
    if row is None and decision.verdict != "withdraw":
        raise NotThere(f"no document has the id {decision.document_id!r}", hint="what is no longer there can only be withdrawn")
    if (decision.record is None) != (decision.verdict == "withdraw"):
        raise SchemaError(f"{decision.verdict}: a decision has the record that it is about, a withdrawal has none")
    if decision.record is not None:
        check_record(decision.record, decision.document_id, row[0])
        if decision.record.id != decision.record_id:
            raise SchemaError(f"the decision on {decision.record_id} has the record {decision.record.id}")
    elsewhere = "SELECT document_id FROM records WHERE id = ?1 UNION SELECT document_id FROM decisions WHERE record_id = ?1"
    if any(other != decision.document_id for (other,) in db.execute(elsewhere, (decision.record_id,))):
        raise SchemaError(f"record {decision.record_id} belongs to another document than {decision.document_id}")


def _settle(db: sqlite3.Connection, record_id: str, document_id: str, put: Put) -> ChangeWhat | None:
    """Let what the decisions on a record come to stand among the records; what that changed for queries."""
    said = outcome(decode_decision(text) for (text,) in db.execute("SELECT json FROM decisions WHERE record_id = ? ORDER BY seq", (record_id,)))
    document = db.execute("SELECT published FROM documents WHERE id = ?", (document_id,)).fetchone()
    place = _place(db, record_id)
    machine = _record(place.machine)
    _say(db, record_id, document_id, said, machine, orphan=document is None)
    if document is None:
        return None
    wanted = effective(machine, said)
    text = None if wanted is None else encode(wanted)
    db.execute("DELETE FROM overridden WHERE record_id = ?", (record_id,))
    if text != place.machine:
        db.execute("INSERT INTO overridden VALUES (?, ?, ?, ?)", (record_id, document_id, place.position, place.machine))
    if text == place.stands:
        return None
    db.execute("DELETE FROM records WHERE id = ?", (record_id,))
    if wanted is not None and text is not None:
        (mentions,) = db.execute("SELECT mentions FROM layers WHERE document_id = ?", (document_id,)).fetchone()
        put(wanted, text, place.position, document[0], Mentions(decode_list(Participant, mentions)))
    return "withdrawn" if text is None else "added" if place.stands is None else "changed"


def _place(db: sqlite3.Connection, record_id: str) -> _Place:
    stands = db.execute("SELECT json, position FROM records WHERE id = ?", (record_id,)).fetchone()
    overridden = db.execute("SELECT json, position FROM overridden WHERE record_id = ?", (record_id,)).fetchone()
    if overridden is not None:
        return _Place(overridden[0], stands[0] if stands else None, overridden[1])
    if stands is not None:
        return _Place(stands[0], stands[0], stands[1])
    (first,) = db.execute("SELECT coalesce(min(seq), 0) FROM decisions WHERE record_id = ?", (record_id,)).fetchone()
    return _Place(None, None, _BEHIND_THE_READING + first)


def _say(db: sqlite3.Connection, record_id: str, document_id: str, said: Outcome | None, machine: Record | None, *, orphan: bool) -> None:
    """Note the state of a record; one on which no decision counts has none."""
    if said is None:
        db.execute("DELETE FROM reviewed WHERE record_id = ?", (record_id,))
        return
    kind = next(d.record.kind for d in said.counting if d.record is not None)
    values = (record_id, document_id, kind, "orphan" if orphan else said.state, compared(machine, said))
    db.execute("INSERT OR REPLACE INTO reviewed VALUES (?, ?, ?, ?, ?)", values)


def _record(text: str | None) -> Record | None:
    return None if text is None else decode_record(text)
