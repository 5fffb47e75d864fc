"""Connections to a store's file: how they are opened, what a transaction is, and what SQLite's errors mean to the user. Knows no table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import StoreBusy, StoreError

BUSY_SECONDS = 10.0
CACHE_KIB = 65_536
"""Kibibytes of pages that a connection keeps; SQLite's own 2 MB have the indexes read again and again."""
_FULL = "free some space and run the same command again: what is stored is whole, and what is missing will be added"
_DAMAGED = "restore it from a copy, or add the reports to a new store"
_PRIMARY = 0xFF  # the low byte of an SQLite error code; the rest refines it

_MEANING: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: ("the disk is full", _FULL),
    sqlite3.SQLITE_READONLY: ("it cannot be written", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "check that the folder exists and that you may read and write it"),
    sqlite3.SQLITE_PERM: ("permission denied", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_IOERR: ("the disk failed to read or write", _FULL),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", _DAMAGED),
    sqlite3.SQLITE_NOTADB: ("this is not an onrecord store", "name another file"),
}


def connect(
    path: Path, *, create: bool = False, busy_seconds: float = BUSY_SECONDS, frozen: bool = False, cache_kib: int = CACHE_KIB
) -> sqlite3.Connection:
    """A connection in autocommit mode, which threads may hand on to one another. Raises StoreError.

    ``frozen``: for a file on a medium nobody can write. ``cache_kib``: kibibytes of pages that it keeps at most.
    """
    mode = "rwc" if create else "ro&immutable=1" if frozen else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with translated(path):
        connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    try:
        with translated(path):
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{int(cache_kib)}")  # less than none is kibibytes
    except StoreError:
        connection.close()
        raise
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into StoreError (StoreBusy for a lock held too long), with the path and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise meaning(error, path) from error


def meaning(error: sqlite3.Error, path: Path) -> StoreError:
    """What an SQLite error means to whoever uses the store at ``path``."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{path}: another process is writing to the store", hint="wait until it is done, then run the same command again")
    if code in _MEANING:
        what, hint = _MEANING[code]
        return StoreError(f"{path}: {what}", hint=hint)
    return StoreError(f"{path}: {error}", hint="if it happens again, add the reports to a new store")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One write transaction: all of it happens, or none. Takes the write lock at once, so that it never fails half-way for want of it.

    Inside another on the same connection it is a part of that one.
    """
    if connection.in_transaction:
        with translated(path):
            yield
        return
    with translated(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
