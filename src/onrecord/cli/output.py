"""Rows out of the command line: a table on a terminal, JSON lines down a pipe, CSV or Parquet into a file.

Rows are plain dicts of scalars, lists and dicts, all with the same keys. What goes to a
spreadsheet is kept from being run as a formula. Knows nothing of records or stores.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from rich.console import Console

from onrecord.cli.tables import WIDTH, Row, cell, console, table
from onrecord.errors import QueryError, StoreError
from onrecord.export.cells import FORMULA


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


def write(rows: Iterable[Row], format_: Format | None, output: Path | None, *, columns: Sequence[str] = (), header: Sequence[str] = ()) -> int:
    """Write ``rows`` and return how many there were.

    ``columns`` names those a table shows, in order (all where empty); the other formats always give every column, and CSV and Parquet name those
    of ``header`` even where there is no row.
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
            return _parquet(rows, part, header)
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as handle:
            return _stream(rows, kind, handle, columns, header)


def json_line(value: Any) -> str:
    """``value`` as one line of JSON: UTF-8 where it can be, escaped where it cannot (lone surrogates), and never with a line break inside."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


_FORMULA = (*FORMULA, "\t", "\r")


def _guarded(value: Any) -> str | int | float:
    """A spreadsheet cell: text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = cell(value)
    guarded = f"'{text}" if text.startswith(_FORMULA) else text
    return guarded.replace("\r\n", "\n").replace("\r", "\n")  # csv does not quote a lone carriage return


def _stream(rows: Iterable[Row], kind: Format, handle: IO[str], columns: Sequence[str], header: Sequence[str]) -> int:
    """Write rows as text to an open handle."""
    if kind is Format.table:
        listed = list(rows)
        target = console() if handle is sys.stdout else Console(file=handle, width=WIDTH, highlight=False)
        target.print(table(listed, columns, width=target.width) if listed else "nothing found")
        return len(listed)
    count = 0
    sheet = csv.writer(handle, lineterminator="\n")
    for count, row in enumerate(rows, 1):
        if kind is Format.json:
            handle.write(json_line(row) + "\n")
            continue
        if count == 1:
            sheet.writerow(row.keys())
        sheet.writerow([_guarded(v) for v in row.values()])
    if kind is Format.csv and not count and header:
        sheet.writerow(header)
    return count


def _parquet(rows: Iterable[Row], path: Path, header: Sequence[str]) -> int:
    """Write rows as Parquet. A column that says nothing in any row is one of text, so that files with and without it fit together."""
    import pyarrow as pa  # noqa: PLC0415 - half a second that only this format needs
    import pyarrow.parquet as pq  # noqa: PLC0415

    flat = [{k: json.dumps(v, ensure_ascii=False) if isinstance(v, Mapping) else v for k, v in row.items()} for row in rows]
    found = pa.Table.from_pylist(flat) if flat else pa.table({name: pa.array([], pa.string()) for name in header})
    schema = pa.schema([f.with_type(pa.string()) if pa.types.is_null(f.type) else f for f in found.schema])
    pq.write_table(found.cast(schema), path)
    return len(flat)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write beside ``path`` that takes its place when all went well. A device or pipe is written to, never replaced; a store is refused."""
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
