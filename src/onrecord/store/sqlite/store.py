"""The SQLite store: opening one, and handing out its writer and views. The work is in ``writer`` and ``view``."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from onrecord.errors import StoreBusy, StoreError
from onrecord.store.base import Closing
from onrecord.store.codec import printable
from onrecord.store.sqlite.connection import BUSY_SECONDS, CACHE_KIB, connect, meaning, translated
from onrecord.store.sqlite.migrations import check_version, migrate, migrations
from onrecord.store.sqlite.reviews import chain
from onrecord.store.sqlite.view import SqliteView
from onrecord.store.sqlite.writer import SqliteWriter


def open_store(path: str | Path, *, create: bool = False, busy_seconds: float = BUSY_SECONDS, cache_kib: int = CACHE_KIB) -> SqliteStore:
    """Open the store at ``path``, bringing an older one up to date; ``create`` makes a new one where there is none.

    ``busy_seconds``: how long to wait for another process's write lock. ``cache_kib``: kibibytes of the file that each view, and each writer, keeps
    in memory at most. Raises StoreError (no store there, not a store, damaged, not readable),
    StoreTooNew, or StoreBusy.
    """
    path = Path(path)
    if "\0" in str(path):
        raise StoreError("a store's path cannot hold a NUL character")
    try:
        there, folder = path.exists(), path.is_dir()
        empty = not there or (path.is_file() and path.stat().st_size == 0)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}", hint="check the path") from error
    if folder:
        raise StoreError(f"{path}: this is a folder, not a store", hint="name a file, for example world.onrecord")
    if there and not path.is_file():
        raise StoreError(f"{path}: this is not an onrecord store", hint="name another file")
    if empty and not create:
        raise StoreError(f"{path}: there is no store here", hint=f"make one with: onrecord add {path} REPORT…")
    return SqliteStore(path, create=create, busy_seconds=busy_seconds, cache_kib=cache_kib)


class SqliteStore(Closing):
    """A store in one SQLite file. Use :func:`open_store`. Views and writers have connections of their own; no two threads may use one at a time."""

    def __init__(self, path: Path, *, create: bool, busy_seconds: float, cache_kib: int) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._cache_kib = cache_kib
        self._connection, self._frozen = _open(path, create=create, busy_seconds=busy_seconds)

    def writer(self) -> SqliteWriter:
        """A writer on a connection of its own."""
        if self._frozen:
            raise StoreError(f"{self.path}: it cannot be written", hint="check the permissions of the file and its folder")
        return SqliteWriter(connect(self.path, busy_seconds=self._busy_seconds, cache_kib=self._cache_kib), self.path)

    def view(self) -> SqliteView:
        """A snapshot of the store as it is now."""
        connection = connect(self.path, busy_seconds=self._busy_seconds, frozen=self._frozen, cache_kib=self._cache_kib)
        return SqliteView(connection, self.path)

    def has_input(self, input_key: str, run_id: str) -> bool:
        """True if this input gave a document in this run."""
        sql = "SELECT 1 FROM inputs WHERE key = ? AND run_id = ? AND state = 'done'"
        with translated(self.path):
            return self._connection.execute(sql, (printable(input_key), run_id)).fetchone() is not None

    def check(self) -> list[str]:
        """What SQLite finds wrong with the file, its references and its full-text index; empty if nothing is."""
        found = []
        try:
            found += [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"a row of {row[0]} refers to a missing row of {row[2]}" for row in self._connection.execute("PRAGMA foreign_key_check")]
            if not self._frozen:
                found += chain(self._connection)
                for table in ("document_words", "record_words"):
                    self._connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our own names
        except sqlite3.Error as error:
            problem = meaning(error, self.path)
            if isinstance(problem, StoreBusy):
                raise problem from error
            found.append(problem.message)
        return found

    def close(self) -> None:
        """Close the store's own connection; writers and views are closed by themselves."""
        self._connection.close()


def _open(path: Path, *, create: bool, busy_seconds: float) -> tuple[sqlite3.Connection, bool]:
    """A connection to an up-to-date store, and whether it had to be opened as a file that nobody can write."""
    try:
        return _open_writable(path, create=create, busy_seconds=busy_seconds), False
    except StoreError as error:
        wal = path.with_name(path.name + "-wal")
        if not _unwritable(error) or (wal.exists() and wal.stat().st_size):
            raise
    return _open_frozen(path), True


def _open_writable(path: Path, *, create: bool, busy_seconds: float) -> sqlite3.Connection:
    connection = connect(path, create=create, busy_seconds=busy_seconds)
    try:
        migrate(connection, path)
    except StoreError:
        connection.close()
        raise
    return connection


def _open_frozen(path: Path) -> sqlite3.Connection:
    """For a store where we may not write: WAL needs a side file there, unless SQLite is promised that nobody writes."""
    connection = connect(path, frozen=True)
    try:
        old = check_version(connection, path) < len(migrations())
    except StoreError:
        connection.close()
        raise
    if old:
        connection.close()
        raise StoreError(f"{path}: the store is older than this onrecord and lies where it cannot be written", hint="copy it and use the copy")
    return connection


def _unwritable(error: StoreError) -> bool:
    code = getattr(error.__cause__, "sqlite_errorcode", 0) or 0
    return code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
