"""The log of changes of an SQLite store: what was added, changed or withdrawn, in order. Links are noted by triggers, the rest here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from onrecord.store.values import ChangedKind, ChangeWhat

_NOTE = "INSERT INTO changes (at, what, kind, id) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?)"


def note(connection: sqlite3.Connection, what: ChangeWhat, kind: ChangedKind, ids: Iterable[str]) -> None:
    """Note, inside a transaction, that these were added, changed or withdrawn."""
    connection.executemany(_NOTE, [(what, kind, id_) for id_ in ids])


def records_of(connection: sqlite3.Connection, document_id: str) -> set[str]:
    """The ids of a document's records, to be compared with those it has later."""
    return {row[0] for row in connection.execute("SELECT id FROM records WHERE document_id = ?", (document_id,))}
