"""Adding a row to a folder of one's own tables: completed from what is known, checked with everything else in the folder, then written at once."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from onrecord.errors import KnowledgeError, QueryError
from onrecord.knowledge import schema
from onrecord.knowledge.base import KnowledgeBase, knowledge_base
from onrecord.knowledge.names import squeeze
from onrecord.knowledge.overlay import Overlay, Row, check, columns, read
from onrecord.knowledge.profile import only

_OF_OFFICE = ("title", "role", "body", "start", "end")
_ACTORS = ("person", "body", "organisation", "member", "first", "second")


def add(folder: Path, table: str, cells: Mapping[str, str], below: Sequence[str | Path] = (), *, today: date | None = None) -> list[tuple[str, Row]]:
    """Add a row to ``table`` of the overlay in ``folder`` (made if absent), and return what was written, as (table, row).

    ``cells``: by column. Actors may be given by name where the name is one actor's; a new actor gets an id made of its name; cells of an office given
    with a person make an office of that person; an open fact is known up to ``today``. ``below``: the overlays this one is laid on.
    Raises QueryError for a table, column or actor nobody knows, and OverlayError where the folder would have a problem with the row; then nothing
    is written.
    """
    if table not in (*schema.TABLES, "withdrawn"):
        raise QueryError(f"{table!r} is no table", hint=f"tables are {', '.join((*schema.TABLES, 'withdrawn'))}")
    make_folder(folder)
    base = knowledge_base([*below, folder])
    wanted = {name: " ".join(cell.split()) for name, cell in cells.items() if cell.strip()}
    rows = [*_completed(base, table, wanted, today or date.today())]
    laid = read(folder)
    for name, row in rows:
        unknown = [c for c in row if c not in columns(name)]
        if unknown:
            raise QueryError(f"{name} has no column {unknown[0]!r}", hint=f"columns are {', '.join(columns(name))}")
        for column, message, hint in check(name, row):
            raise QueryError(f"{column}: {message}", hint=hint)
        laid = _with(laid, name, row)
    KnowledgeBase([*below, laid])
    for name in dict.fromkeys(name for name, _ in rows):
        write_table(folder / f"{name}.tsv", name, laid.tables[name])
    return [(name, Row(laid.tables[name][-1].line, row)) for name, row in rows]


def make_folder(folder: Path) -> None:
    """Make a folder where there is none; raises KnowledgeError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnowledgeError(f"cannot make {folder}: {error.strerror or error}", hint="name a folder that can be written") from error


def _completed(base: KnowledgeBase, table: str, cells: dict[str, str], today: date) -> list[tuple[str, dict[str, str]]]:
    """The row, and that of the office given with a person, with the ids behind names, an id for who is new, and the day."""
    cells = {c: _id(base, cell) if c in _ACTORS and table != "bodies" else cell for c, cell in cells.items()}
    new = False
    if table in (*schema.ACTOR_TABLES, "situations"):
        if "id" not in cells and "name" in cells:
            cells = {"id": _new_id(base, cells["name"]), **cells}
        new = cells.get("id", "") not in base
    rows = [(table, cells)]
    if table == "persons" and any(c in cells for c in _OF_OFFICE):
        own = {c: cell for c, cell in cells.items() if c not in _OF_OFFICE}
        office = {"person": cells.get("id", ""), **{c: cells[c] for c in (*_OF_OFFICE, "country", "source", "as_of") if c in cells}}
        rows = [(table, own), ("offices", office)] if new or len(own) > 1 else [("offices", office)]
    for name, row in rows:
        if "as_of" not in row and (schema.open_without_date(name, row) or (new and name in schema.ACTOR_TABLES)):
            row["as_of"] = today.isoformat()
    return rows


def _id(base: KnowledgeBase, cell: str) -> str:
    """The ids behind the names in a cell; ids and codes stay as they are."""
    return "|".join(v if schema.is_party(v) or v in ("+", "-") else only(base, v).id for v in cell.split("|"))


def _new_id(base: KnowledgeBase, name: str) -> str:
    """An id made of a name; raises QueryError where it is somebody's."""
    slug = f"or:{re.sub('[^a-z0-9]+', '-', squeeze(name.replace(' ', '|')).lower()).strip('-')}"
    if slug in base:
        raise QueryError(
            f"there is a {slug} already: {base.actor(slug).name}", hint="to change it say id=, to add somebody else of that name choose another id"
        )
    return slug


def _with(laid: Overlay, table: str, row: dict[str, str]) -> Overlay:
    """The overlay with one more row, as if it had been read; raises QueryError where a row of the file is about the same."""
    rows = laid.tables.get(table, [])
    line = max((r.line for r in rows), default=1) + 1
    for other in rows:
        if schema.key_of(table, other.cells) == schema.key_of(table, row):
            place = laid.named / f"{table}.tsv"
            raise QueryError(f"{place}, line {other.line} is about the same", hint="change that line; onrecord kb validate checks it")
    return replace(laid, digest=f"{laid.digest}+", tables={**laid.tables, table: [*rows, Row(line, row)]})


def write_table(path: Path, table: str, rows: Sequence[Row]) -> None:
    """Write a table whole or not at all: the columns it had, then those that it needs now. Raises KnowledgeError where it cannot be written."""
    had = path.read_text(encoding="utf-8-sig").split("\n", 1)[0].strip("\r").split("\t") if path.exists() else []
    header = [*had, *(c for c in columns(table) if c not in had and any(c in row.cells for row in rows))]
    lines = ["\t".join(header), *("\t".join(row.cells.get(c, "") for c in header) for row in rows)]
    write_whole(path, "\n".join(lines) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its name and rename it, so that it is there whole or as it was. Raises KnowledgeError where it cannot be written."""
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise KnowledgeError(f"cannot write {path}: {error.strerror or error}", hint="check the folder, its permissions and the disk") from error
