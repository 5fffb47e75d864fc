"""The file of kept answers, and what the process beside the server does: ask one query, write its rows in pieces. Loads no server."""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.errors import StoreError
from onrecord.query import QUERIES, Filter
from onrecord.query.rows import Flat
from onrecord.store import open_store

PIECE = 100
"""Rows are kept in pieces of so many."""
MOST = 2_000
"""So many answers are kept; the oldest go first."""
_LAYOUT = 1
_TABLES = (
    "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, as_of INTEGER, finished REAL, cost REAL, total INTEGER, columns TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS pieces (key TEXT, number INTEGER, rows BLOB, PRIMARY KEY (key, number)) WITHOUT ROWID",
    f"PRAGMA user_version = {_LAYOUT}",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a kept answer. ``finished``: seconds since the epoch; ``cost``: seconds it took."""

    key: str
    as_of: int
    finished: float
    cost: float
    total: int
    columns: tuple[str, ...]


def read(path: Path, key: str, start: int = 0, count: int = 0) -> tuple[Head, list[dict[str, Any]]] | None:
    """The head of a kept answer and its rows from ``start``, at most ``count``, all of one working-out; None where there is none."""
    if not path.exists():
        return None
    first, last = start // PIECE, (start + count - 1) // PIECE
    with closing(_connected(path)) as db:
        db.execute("BEGIN")
        row = db.execute("SELECT key, as_of, finished, cost, total, columns FROM answers WHERE key = ?", (key,)).fetchone()
        found = db.execute("SELECT rows FROM pieces WHERE key = ? AND number BETWEEN ? AND ? ORDER BY number", (key, first, last)).fetchall()
    if row is None:
        return None
    rows = [row for (piece,) in found for row in json.loads(zlib.decompress(piece))]
    key_, as_of, finished, cost, total, columns = row
    return Head(key_, as_of, finished, cost, total, tuple(json.loads(columns))), rows[start - first * PIECE :][:count]


def whole(path: Path, key: str) -> tuple[int, Iterator[dict[str, Any]]] | None:
    """The change number and all rows of a kept answer, a piece at a time, of one snapshot of the file; None where there is none."""
    if not path.exists():
        return None
    db = _connected(path)
    db.execute("BEGIN")
    found = db.execute("SELECT as_of FROM answers WHERE key = ?", (key,)).fetchone()
    if found is None:
        db.close()
        return None
    return found[0], _unpacked(db, key)


def _unpacked(db: sqlite3.Connection, key: str) -> Iterator[dict[str, Any]]:
    with closing(db):
        for (piece,) in db.execute("SELECT rows FROM pieces WHERE key = ? ORDER BY number", (key,)):
            yield from json.loads(zlib.decompress(piece))


def work_out(store: str, kept: str, key: str, name: str, asked: Mapping[str, Any]) -> None:
    """Ask ``name`` of the store and keep the answer. Runs in a process of its own; errors go back to who waits."""
    began = time.monotonic()
    with open_store(store) as opened, opened.view() as view:
        as_of = view.version()
        pieces = list(_pieces(QUERIES[name].function(view, Filter(**asked))))
    total = sum(count for _, count in pieces)
    _keep(Path(kept), Head(key, as_of, time.time(), time.monotonic() - began, total, QUERIES[name].columns), [piece for piece, _ in pieces])


def _keep(path: Path, head: Head, pieces: Iterable[bytes]) -> None:
    with closing(_connected(path)) as db, db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM pieces WHERE key = ?", (head.key,))
        db.executemany("INSERT INTO pieces VALUES (?, ?, ?)", [(head.key, number, piece) for number, piece in enumerate(pieces)])
        row = (head.key, head.as_of, head.finished, head.cost, head.total, json.dumps(head.columns))
        db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", row)
        old = db.execute("SELECT key FROM answers ORDER BY finished DESC LIMIT -1 OFFSET ?", (MOST,)).fetchall()
        db.executemany("DELETE FROM pieces WHERE key = ?", old)
        db.executemany("DELETE FROM answers WHERE key = ?", old)


def _pieces(found: Iterable[Flat]) -> Iterator[tuple[bytes, int]]:
    """Compressed pieces and how many rows each has."""
    rows_ = iter(found)
    while piece := [row.full() for row in islice(rows_, PIECE)]:
        yield zlib.compress(json.dumps(piece, ensure_ascii=False).encode("utf-8", "replace"), 1), len(piece)


def _connected(path: Path) -> sqlite3.Connection:
    """The file, made where there is none. Raises StoreError where it cannot be."""
    try:
        connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)  # a stream goes from thread to thread
        if connection.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
            connection.execute("PRAGMA journal_mode = WAL")
            for statement in _TABLES:
                connection.execute(statement)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: answers cannot be kept there ({error})", hint="name another file with --answers") from error
    return connection
