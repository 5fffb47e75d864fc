"""Bring a store's schema up to date: numbered SQL files, each applied in one transaction, counted in ``user_version``. Writes no records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from onrecord.errors import StoreError, StoreTooNew
from onrecord.store.sqlite.connection import transaction, translated

APPLICATION_ID = 0x6F6E7265  # "onre", so that `file` and we know whose SQLite file it is


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step. Numbers begin at 1 and have no gap."""

    number: int
    name: str
    sql: str


@cache
def migrations(package: str = "onrecord.store") -> tuple[Migration, ...]:
    """The built-in steps of a package, in order, from its ``migrations/NNN_name.sql``."""
    files = [f for f in resources.files(package).joinpath("migrations").iterdir() if f.name.endswith(".sql")]
    steps = [Migration(int(f.name.split("_")[0]), f.name.removesuffix(".sql"), f.read_text(encoding="utf8")) for f in files]
    return tuple(sorted(steps, key=lambda step: step.number))


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Migration] | None = None, *, application: int = APPLICATION_ID) -> None:
    """Apply what is missing. Interrupted at any moment, it can be run again. Raises StoreTooNew, StoreBusy or StoreError.

    ``application``: the number that says whose SQLite file it is.
    """
    steps = migrations() if steps is None else steps
    if check_version(connection, path, steps, application=application) == len(steps):
        return
    with translated(path):
        connection.execute("PRAGMA journal_mode = WAL")
    for step in steps:
        with transaction(connection, path):
            if version(connection) < step.number:  # asked again under the lock: another process may have been faster
                for statement in _statements(step.sql):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {application}")
                connection.execute(f"PRAGMA user_version = {step.number}")


def check_version(connection: sqlite3.Connection, path: Path, steps: Sequence[Migration] | None = None, *, application: int = APPLICATION_ID) -> int:
    """The schema version of the store. Raises StoreTooNew if it is newer than ``steps``, StoreError if the file is some other SQLite database."""
    newest = len(migrations() if steps is None else steps)
    with translated(path):
        found = version(connection)
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if owner != application and (tables or found or owner):
        raise StoreError(f"{path}: this is not an onrecord store", hint="name another file")
    if found > newest:
        hint = "upgrade onrecord (pip install --upgrade onrecord)"
        raise StoreTooNew(f"{path}: the store has schema version {found}, this onrecord knows {newest}", hint=hint)
    return int(found)


def version(connection: sqlite3.Connection) -> int:
    """The number of the last migration applied; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script; a trigger's body is part of its statement."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise StoreError("a migration's last statement lacks its semicolon")
