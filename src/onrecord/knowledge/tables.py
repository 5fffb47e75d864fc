"""Reading the knowledge tables: tab-separated files with a header row beside this module. Says nothing about what the columns mean."""

from __future__ import annotations

import calendar
import functools
import re
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable

from onrecord.errors import KnowledgeError

Tables = dict[str, tuple[list[str], list[list[str]]]]
"""Tables by name: header and rows."""


def rows(table: str) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of ``tables/<table>.tsv``, every row as wide as the header; raises KnowledgeError naming table and line."""
    lines = _path(table).read_text(encoding="utf8").split("\n")
    header = lines[0].split("\t")
    body = [line.split("\t") for line in lines[1:] if line]
    width = len(header)
    for number, row in enumerate(body, 2):
        if len(row) != width:
            raise KnowledgeError(f"{table}.tsv, line {number}: {len(row)} columns, the header has {width}")
    return header, body


@functools.cache
def header(table: str) -> tuple[str, ...]:
    """The columns of ``tables/<table>.tsv``; raises KnowledgeError where there is no such table."""
    with _path(table).open(encoding="utf8") as file:
        return tuple(file.readline().rstrip("\n").split("\t"))


def _path(table: str) -> Traversable:
    path = resources.files("onrecord.knowledge").joinpath("tables", f"{table}.tsv")
    if not path.is_file():
        raise KnowledgeError(f"the knowledge table {table} is missing", hint="reinstall onrecord")
    return path


_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z")


@functools.lru_cache(maxsize=1 << 14)
def day(text: str, *, last: bool = False) -> date | None:
    """The day a possibly partial ISO date begins, or with ``last`` ends: "2019-12" is 1 or 31 December.

    Empty is None; raises KnowledgeError for anything else.
    """
    if not text:
        return None
    found = _PARTIAL.match(text)
    if not found:
        raise KnowledgeError(f"{text!r} is no date", hint="write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, number = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
    try:
        return date(year, month, int(number) if number else calendar.monthrange(year, month)[1] if last else 1)
    except ValueError as error:
        raise KnowledgeError(f"{text!r} is no date", hint="no calendar has that day") from error
