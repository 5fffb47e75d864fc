"""A folder of tables of one's own, read and checked cell by cell. What it changes in the knowledge base is worked out in ``stack``.

Every problem is found and named with file, line and column; nothing is left out silently. What is read is bounded in size, and nothing in it is run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from onrecord.codebook.issues import IssueEntry
from onrecord.codebook.own_issues import own
from onrecord.errors import KnowledgeError, TableProblem
from onrecord.knowledge import schema
from onrecord.knowledge.tables import header

ISSUES = "issues.toml"
"""The file of issues of one's own in a folder of tables."""
MAX_BYTES, MAX_ROWS = 32_000_000, 200_000
"""Of one table: some ten times what the largest packaged one has."""
MAX_PROBLEMS = 1_000
"""Beyond which an overlay is no longer looked through."""
Finding = tuple[str, str, str]
"""What is wrong with a row: the column, the message, and what to do."""
Complain = Callable[[int, str, str, str], None]
"""Takes line, column, message, and what to do."""


class Hash(Protocol):
    """A digest that is fed bytes."""

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an overlay's table: the line it stands on (the header is line 1) and its cells by column, empty ones left out."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Overlay:
    """A folder of tables as read. Two are equal when they lie in the same place and hold the same bytes; ``digest`` is that of the bytes.

    ``named``: the folder as the user called it; ``issues``: those of its ``issues.toml``;
    ``refused``: ids and codes in rows with a problem, which other rows may well name.
    """

    folder: Path
    digest: str
    named: Path = field(compare=False)
    tables: dict[str, list[Row]] = field(compare=False, repr=False)
    problems: tuple[TableProblem, ...] = field(compare=False, repr=False, default=())
    refused: frozenset[str] = field(compare=False, repr=False, default=frozenset())
    issues: tuple[IssueEntry, ...] = field(compare=False, repr=False, default=())

    @property
    def blind(self) -> bool:
        """Whether a table could not be read at all, so that nobody can say what the others lack."""
        return any(p.line <= 1 for p in self.problems)

    @property
    def code(self) -> str:
        """The source of facts that name none."""
        return f"overlay:{'-'.join(self.folder.name.split())}"


def read(folder: str | Path) -> Overlay:
    """The tables in a folder, with every problem in them. Raises KnowledgeError where there is no such folder.

    Files that do not end in ``.tsv`` are left alone, but for ``issues.toml``; an empty folder is an overlay that changes nothing.
    """
    place = Path(folder).resolve()
    if not place.is_dir():
        raise KnowledgeError(f"{folder} is no folder", hint="name a folder of knowledge tables; docs/knowledge.md says what goes into it")
    total = hashlib.sha256()
    tables: dict[str, list[Row]] = {}
    problems: list[TableProblem] = []
    refused: set[str] = set()
    for path in sorted(Path(folder).glob("*.tsv")):
        known = (*schema.TABLES, "withdrawn")
        if path.stem not in known and len(problems) < MAX_PROBLEMS:
            problems.append(TableProblem(str(path), 0, "", "is no table that we know", f"tables are {', '.join(f'{t}.tsv' for t in known)}"))
        if path.stem not in known:
            continue
        content = _bytes(path, problems)
        total.update(path.stem.encode() + b"\0" + hashlib.sha256(content).digest())
        tables[path.stem] = list(_rows(path, content, problems, refused))
    issues = _issues(Path(folder) / ISSUES, total, problems)
    return Overlay(place, total.hexdigest(), Path(folder), tables, tuple(problems), frozenset(refused), tuple(issues))


def _issues(path: Path, total: Hash, problems: list[TableProblem]) -> list[IssueEntry]:
    """The issues of one's own in a folder, if it has a file of them."""
    if not path.exists():
        return []
    content = _bytes(path, problems)
    total.update(ISSUES.encode() + b"\0" + hashlib.sha256(content).digest())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(TableProblem(str(path), content.count(b"\n", 0, error.start) + 1, "", "is not UTF-8", "save the file as UTF-8"))
        return []
    found, wrong = own(text, str(path))
    problems += wrong
    return found


def columns(table: str) -> tuple[str, ...]:
    """The columns a table may have: those of the packaged one."""
    return schema.WITHDRAWN if table == "withdrawn" else header(table)


def check(table: str, cells: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with the cells of one row, looked at by themselves: column, message, what to do."""
    for column, cell in cells.items():
        if found := schema.wrong(table, column, cell):
            message, _, hint = found.partition("; ")
            yield column, f"{cell[:80]!r} {message}", hint
    if not any(schema.wrong(table, c, cells[c]) for c in ("start", "end") if c in cells):
        start, end = (cells.get(c, "").removeprefix("-") for c in ("start", "end"))
        if schema.ends_before_it_starts(start, end):
            yield "end", f"{end!r} is before the start, {start!r}", "correct one of the two"


def _bytes(path: Path, problems: list[TableProblem]) -> bytes:
    """The bytes of a table; none where it is no plain file, or too large."""
    try:
        if not path.is_file():
            problems.append(TableProblem(str(path), 0, "", "is no plain file", "put a table there or nothing"))
            return b""
        with path.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(TableProblem(str(path), 0, "", f"cannot be read: {error.strerror or error}", "check its permissions and the disk"))
        return b""
    if len(content) > MAX_BYTES:
        problems.append(TableProblem(str(path), 0, "", f"is larger than {MAX_BYTES // 1_000_000} MB", "part it into several overlays"))
        return b""
    return content


def _rows(path: Path, content: bytes, problems: list[TableProblem], refused: set[str]) -> Iterator[Row]:
    """The rows of a table with their cells checked. A row with a problem is left out: with one, the overlay as a whole is refused."""

    def complain(line: int, column: str, message: str, hint: str) -> None:
        problems.append(TableProblem(str(path), line, column, message, hint))

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        complain(content.count(b"\n", 0, error.start) + 1, "", "is not UTF-8", "save the file as UTF-8")
        return
    lines = text.split("\n")
    names = lines[0].removesuffix("\r").split("\t")
    if not content or not _sound_header(path.stem, names, complain):
        return
    if len(lines) > MAX_ROWS + 2:
        complain(MAX_ROWS + 2, "", f"has more than {MAX_ROWS} rows", "part it into several overlays")
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines[1:], 2):
        if len(problems) >= MAX_PROBLEMS:
            complain(number, "", "and what follows was not looked at", "mend the problems before it first")
            return
        cells = line.removesuffix("\r").split("\t")
        if cells == [""]:
            continue
        if len(cells) != len(names):
            complain(
                number, "", f"has {len(cells)} cells, and the header {len(names)}", "part cells by one tab each; an empty cell needs its tab, too"
            )
            continue
        row = Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if cell})
        found = [*check(path.stem, row.cells)]
        for column, message, hint in found:
            complain(number, column, message, hint)
        same = seen.setdefault(schema.key_of(path.stem, row.cells), number)
        if same != number:
            complain(number, "", f"says what line {same} is about", "keep one of the two rows")
        if found or same != number:
            refused.update(row.cells[c] for c in ("id", "code", "country") if c in row.cells)
        else:
            yield row


def _sound_header(table: str, names: list[str], complain: Complain) -> bool:
    """Whether the header row names columns of the table, each once, and those that tell its rows apart."""
    allowed = columns(table)
    sound = True
    for name in dict.fromkeys(names):
        if name not in allowed:
            complain(1, name[:40], "is no column of this table", f"columns are {', '.join(allowed)}, parted by tabs")
            sound = False
        elif names.count(name) > 1:
            complain(1, name, "stands twice", "keep one of the two columns")
            sound = False
    needed = {"withdrawn": ("table",), "offices": ("person",)}.get(table, schema.KEYS.get(table, ())[:2])
    for name in needed:
        if name not in names:
            complain(1, name, "is missing", "add the column: without it nobody can tell what a row is about")
            sound = False
    return sound
