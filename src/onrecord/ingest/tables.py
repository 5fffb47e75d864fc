"""CSV and TSV: one report a row, columns as in JSONL, with a header row that names a column ``text``. UTF-8 only.

A row with wrong fields is one problem and the rest goes on. Broken quoting ends the table: nobody can say where the next row begins.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.ingest.fields import make_document
from onrecord.ingest.items import Item, RefusedError, Settings
from onrecord.ingest.rows import BOM, lines

_DELIMITERS = ",;\t|"


def table_items(stream: BinaryIO, head: bytes, name: str, settings: Settings) -> Iterator[Item]:
    """One item a row of ``stream``, whose first bytes ``head`` were read already; ``name`` stands in keys and problems."""
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_characters))
    number = 0
    try:
        text = _text(stream, head, name, 4 * settings.max_characters)
        columns, delimiter = _columns(next(text, ""), name)
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
            if any(cells):
                yield _item(columns, cells, name, number, settings)
    except csv.Error as error:
        yield Item(f"{name}#{number + 1}", problem=RefusedError("bad-table", f"{name}, row {number + 1}", str(error)).problem)
    except RefusedError as refused:
        yield Item(f"{name}#{number + 1}", problem=refused.problem)


def _item(columns: list[str], cells: list[str], name: str, number: int, settings: Settings) -> Item:
    where = f"{name}, row {number}"
    digest = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
    key = f"{name}#{number}#{digest[:16]}"
    if settings.skips(key):
        return Item(key)
    try:
        row = _row(columns, cells, where)
        taken = make_document(row.get("text", ""), row, settings, where, digest)
        return Item(key, taken.document, taken.note)
    except RefusedError as refused:
        return Item(key, problem=refused.problem)


def _columns(first: str, name: str) -> tuple[list[str], str]:
    """The columns that a table's first line names, and what stands between them. Raises RefusedError where ``text`` is not among them."""
    delimiter = max(_DELIMITERS, key=first.count)
    columns = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    if "text" not in columns:
        raise RefusedError("bad-table", name, "no column is called text")
    return columns, delimiter


def _row(columns: list[str], cells: list[str], where: str) -> dict[str, str]:
    """The fields that are filled. Raises RefusedError where the row is too long or too short."""
    if len(cells) != len(columns):
        raise RefusedError("bad-row", where, f"{len(cells)} cells under {len(columns)} columns")
    return {column: cell for column, cell in zip(columns, cells, strict=True) if column and cell}


def _text(stream: BinaryIO, head: bytes, name: str, limit: int) -> Iterator[str]:
    """The lines of ``stream`` as text. Raises RefusedError for one that is too long or not UTF-8."""
    for number, (line, size) in enumerate(lines(stream, head, limit), 1):
        where = f"{name}, line {number}"
        if line is None:
            raise RefusedError("too-long", where, f"a line of {size:,} bytes")
        try:
            yield (line.removeprefix(BOM) if number == 1 else line).decode("utf-8")
        except UnicodeDecodeError as error:
            raise RefusedError("bad-encoding", where, "tables are UTF-8") from error
