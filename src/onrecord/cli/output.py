"""Rows out of the command line: a table on a terminal, JSON lines down a pipe, CSV or Parquet into a file.

How a row is written in each format is said in :mod:`onrecord.export.rows`. Knows nothing of records or stores.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO

from rich.console import Console

from onrecord.cli.tables import WIDTH, console, table
from onrecord.errors import QueryError, StoreError
from onrecord.export.rows import Csv, JsonLines, Parquet, Row, RowWriter, json_line

__all__ = ["Format", "chosen", "json_line", "replacing", "write"]


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


_BY_SUFFIX = {
    "": Format.json, ".json": Format.json, ".jsonl": Format.json, ".ndjson": Format.json, ".csv": Format.csv, ".parquet": Format.parquet,
    ".txt": Format.table, ".table": Format.table,
}  # fmt: skip
_SQLITE = b"SQLite format 3\x00"


def chosen(format_: Format | None, output: Path | None) -> Format:
    """The format asked for, else by the file's suffix, else a table on a terminal and JSON lines down a pipe."""
    if format_ is not None:
        return format_
    if output is not None:
        suffix = output.suffix.lower()
        if suffix in _BY_SUFFIX:
            return _BY_SUFFIX[suffix]
        if output.exists() and not output.is_file():  # a device or pipe
            return Format.json
        known = ", ".join(name for name in _BY_SUFFIX if name)
        raise QueryError(f"{suffix} does not say the format", hint=f"name the file {known}, or say --format")
    return Format.table if sys.stdout.isatty() else Format.json


def write(
    rows: Iterable[Row], format_: Format | None, output: Path | None, *, columns: Sequence[str] = (), header: Sequence[str] = (),
    types: Mapping[str, type] | None = None,
) -> int:  # fmt: skip
    """Write ``rows`` and return how many there were.

    ``columns`` names those a table shows, in order (all where empty); the other formats always give every column, and CSV and Parquet name those
    of ``header`` even where there is no row. ``types``: of the columns of a Parquet file, told by the rows where they are not given.
    A file is written beside its name and then renamed, so that it is there whole or not at all. Raises QueryError for Parquet without a file,
    StoreError where the file cannot be written.
    """
    kind = chosen(format_, output)
    if kind is Format.parquet and output is None:
        raise QueryError("Parquet goes into a file", hint="name it with -o FILE.parquet")
    if output is None:
        return _stream(rows, kind, sys.stdout, columns, header)
    with replacing(output) as part:
        if kind is Format.parquet:
            with part.open("wb") as binary:
                return _fed(Parquet(binary, header, types), rows)
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as handle:
            return _stream(rows, kind, handle, columns, header)


def _stream(rows: Iterable[Row], kind: Format, handle: IO[str], columns: Sequence[str], header: Sequence[str]) -> int:
    """Write rows as text to an open handle."""
    if kind is Format.table:
        listed = list(rows)
        target = console() if handle is sys.stdout else Console(file=handle, width=WIDTH, highlight=False)
        target.print(table(listed, columns, width=target.width) if listed else "nothing found")
        return len(listed)
    return _fed(Csv(handle, header) if kind is Format.csv else JsonLines(handle), rows)


def _fed(writer: RowWriter, rows: Iterable[Row]) -> int:
    for row in rows:
        writer.feed(row)
    return writer.finish()


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write beside ``path`` that takes its place when all went well. A device or pipe is written to, never replaced; a store is refused."""
    if "\0" in str(path):
        raise StoreError("cannot write a file with a NUL character in its name", hint="name another file")
    path = path.resolve()
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            yield path
            return
        if _holds(path, _SQLITE):
            raise QueryError(f"{path} is a store and is not overwritten", hint="name another file")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
            part.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}", hint="check the folder, its permissions and the disk") from error


def _holds(path: Path, head: bytes) -> bool:
    """Whether there is a file that begins so."""
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return handle.read(len(head)) == head


def _umask() -> int:
    """The permissions that new files are not given; the system tells them only when they are set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
