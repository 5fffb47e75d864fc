"""The desk's own SQLite file, ``STORE.desk``: opening it, its migrations, and short transactions. Knows none of its tables.

It is apart from the store so that the store can be published, and so that a saved search never waits for a long ``onrecord add``. Connections are
opened for each piece of work: nothing here is hot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from onrecord.store.sqlite.connection import connect, transaction, translated
from onrecord.store.sqlite.migrations import migrate, migrations

APPLICATION_ID = 0x6F6E6473  # "onds"
_PACKAGE = "onrecord.desk"


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk file of one store. Use :func:`open_desk`."""

    path: Path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to ask with. Raises StoreError."""
        connection = connect(self.path)
        try:
            with translated(self.path):
                yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one write transaction: all of it is kept, or none. Raises StoreError, StoreBusy."""
        connection = connect(self.path)
        try:
            with transaction(connection, self.path):
                yield connection
        finally:
            connection.close()


def desk_of(store: str | Path) -> Path:
    """Where the desk file of a store lies: beside it."""
    path = Path(store)
    return path.with_name(path.name + ".desk")


def open_desk(store: str | Path) -> Desk:
    """The desk of a store, made where there is none and brought up to date. Raises StoreError where it cannot be opened or made."""
    path = desk_of(store)
    connection = connect(path, create=True)
    try:
        migrate(connection, path, migrations(_PACKAGE), application=APPLICATION_ID)
    finally:
        connection.close()
    path.chmod(0o600)
    return Desk(path)


def iso(at: datetime) -> str:
    """A time as the desk keeps it: ISO text in UTC, to the second, so that times compare as they sort."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
