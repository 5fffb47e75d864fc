"""Cells of other people's rows as values. What cannot be understood is None and reported with its line; the row goes on."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.coded.files import OnProblem
from onrecord.export.cells import plain
from onrecord.model import Problem
from onrecord.store.days import first_day, last_day

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
NOTHING = frozenset({"", "None", "NA", "NaN", "nan", "NULL"})
"""What stands for an empty cell, in their files or in copies that other programs made of them."""


def split(line: str) -> list[str]:
    """The cells of a tab-separated line; quoted ones without their quotes."""
    cells = line.split("\t")
    return [_bare(cell) for cell in cells] if '"' in line else cells


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def bad_row(why: str, where: str) -> Problem:
    """The problem of a row that is passed over."""
    return Problem("coded-row", why, where, "check the row; the other rows were read")


@functools.lru_cache(10_000)
def _iso_day(text: str) -> str | None:
    compact, slashed = _COMPACT.fullmatch(text), _SLASHED.fullmatch(text)
    iso = "-".join(compact.groups()) if compact else f"{slashed[3]}-{slashed[1]:0>2}-{slashed[2]:0>2}" if slashed else text
    first = first_day(iso)
    return first if first and first == last_day(iso) else None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column, and where to report what is wrong with them."""

    cells: Mapping[str, str]
    where: str
    on_problem: OnProblem

    def text(self, name: str) -> str | None:
        """A text, None if empty."""
        cell = self.cells.get(name, "").strip()
        return None if cell in NOTHING else plain(cell)

    def listed(self, name: str) -> tuple[str, ...]:
        """A list joined by ";"."""
        return tuple(part for piece in (self.text(name) or "").split(";") if (part := piece.strip()))

    def number(self, name: str) -> float | None:
        """A number."""
        text = self.text(name)
        if text is None:
            return None
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            self.strange(name, text)
            return None
        return found

    def integer(self, name: str) -> int | None:
        """A whole number."""
        found = self.number(name)
        return None if found is None or found != found // 1 else int(found)

    def day(self, name: str) -> str | None:
        """An ISO day, from an ISO date or date-time, YYYYMMDD with or without a time, or M/D/YYYY as spreadsheets make of it."""
        text = self.text(name)
        if text is None:
            return None
        found = _iso_day(text)
        if found is None:
            self.strange(name, text)
        return found

    def strange(self, name: str, value: str) -> None:
        """Report a value that nobody understands."""
        self.on_problem(Problem("coded-value", f"{name}: {value[:60]!r} is not understood and left out", self.where, "check the row"))
