"""Rows of queries as files: JSON lines, CSV that no spreadsheet runs, Parquet. Fed row by row; opens and closes nothing, and knows no query.

The command line and the HTTP API write through here, so that the same question gives the same file. A row is a plain dict of scalars, lists and
dicts; all rows of a file have the same keys.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import UnionType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, Protocol, Union, get_args, get_origin, get_type_hints

from onrecord.export.cells import FORMULA

if TYPE_CHECKING:
    from onrecord.query.rows import Flat

Row = Mapping[str, Any]
GROUP = 5_000
"""Rows that a Parquet file holds together; so many are in memory at a time."""
_FORMULA = (*FORMULA, "\t", "\r", "\n")


class RowWriter(Protocol):
    """Takes rows, one after the other, and is finished when there are no more. The handle it was given is neither opened nor closed."""

    def feed(self, row: Row) -> None:
        """Take one row."""

    def finish(self) -> int:
        """Write what is left, and return how many rows there were."""


class JsonLines:
    """A line of JSON for each row."""

    def __init__(self, handle: IO[str]) -> None:
        self._handle = handle
        self._rows = 0

    def feed(self, row: Row) -> None:
        """Write one line."""
        self._handle.write(json_line(row) + "\n")
        self._rows += 1

    def finish(self) -> int:
        """The number of rows."""
        return self._rows


class Csv:
    """Comma-separated values below a header: the keys of the first row, or ``header`` where there is none."""

    def __init__(self, handle: IO[str], header: Sequence[str] = ()) -> None:
        self._sheet = csv.writer(handle, lineterminator="\n")
        self._header = header
        self._rows = 0

    def feed(self, row: Row) -> None:
        """Write one line, guarded against spreadsheets."""
        if not self._rows:
            self._sheet.writerow(row.keys())
        self._sheet.writerow([guarded(value) for value in row.values()])
        self._rows += 1

    def finish(self) -> int:
        """Write the header of a file without rows."""
        if not self._rows and self._header:
            self._sheet.writerow(self._header)
        return self._rows


class Parquet:
    """A Parquet file, which needs no seeking. ``types``: the type of each column (see :func:`types_of`), so that files with and without values agree.

    Without types they are told by the rows, which are all held until the end; a column that says nothing in any row is then one of text.
    """

    def __init__(self, handle: BinaryIO, header: Sequence[str] = (), types: Mapping[str, type] | None = None) -> None:
        self._handle = handle
        self._header = header
        self._types = types
        self._held: list[Row] = []
        self._writer: Any = None
        self._rows = 0

    def feed(self, row: Row) -> None:
        """Take one row; every so many are written."""
        self._held.append({k: json.dumps(v, ensure_ascii=False) if isinstance(v, Mapping) else v for k, v in row.items()})
        self._rows += 1
        if self._types is not None and len(self._held) == GROUP:
            self._write()

    def finish(self) -> int:
        """Write what is held, and the end of the file."""
        if self._held or self._writer is None:
            self._write()
        self._writer.close()
        return self._rows

    def _write(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - half a second that only this format needs
        import pyarrow.parquet as pq  # noqa: PLC0415

        schema = _told_by(self._held, self._header) if self._types is None else _schema(self._types)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._handle, schema)
        self._writer.write_table(pa.Table.from_pylist(self._held, schema=schema))
        self._held = []


def _told_by(rows: Sequence[Row], header: Sequence[str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - see Parquet

    found = pa.Table.from_pylist(rows).schema if rows else pa.schema([(name, pa.string()) for name in header])
    return pa.schema([f.with_type(pa.string()) if pa.types.is_null(f.type) else f for f in found])


def _schema(types: Mapping[str, type]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - see Parquet

    known = {bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    return pa.schema([(name, known.get(kind, pa.string())) for name, kind in types.items()])


def types_of(row: type[Flat]) -> Mapping[str, type]:
    """The type of each column as :meth:`Flat.flat` has it: bool, int, float, and str for everything else."""
    hints = get_type_hints(row)
    return {name: _plain(hints[name]) for name in row.columns()}


def _plain(hint: Any) -> type:
    """The one scalar type of an annotation, its None left out."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Literal:
        return str
    return hint if hint in (bool, int, float) else str


def json_line(value: Any) -> str:
    """``value`` as one line of JSON: UTF-8 where it can be, escaped where it cannot (lone surrogates), and never with a line break inside."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return line.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def cell(value: Any) -> str:
    """One value as text: lists joined by "; ", nested values as JSON, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(cell(v) for v in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def guarded(value: Any) -> str | int | float:
    """A spreadsheet cell: text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = cell(value)
    text = f"'{text}" if text.startswith(_FORMULA) else text
    return text.replace("\r\n", "\n").replace("\r", "\n")  # csv does not quote a lone carriage return


@contextmanager
def text_of(handle: BinaryIO) -> Iterator[IO[str]]:
    """``handle`` for text in UTF-8, line ends as written, what is no text escaped. It is left open."""
    text = io.TextIOWrapper(handle, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield text
    finally:
        text.detach()
