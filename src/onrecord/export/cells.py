"""Values as cells of tab-separated files that any loader splits alike: no tab, line end or straight double quote, no formula. Knows no columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width signs too."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
_RUN = re.compile("'*[" + re.escape("".join(FORMULA)) + "]")


def text(value: str | None) -> str:
    """Text as one cell. Line ends, tabs and other control characters become a space, double quotes single ones; a formula gets an apostrophe."""
    plain = " ".join(_BREAKS.sub(" ", value or "").replace('"', "'").split())
    return f"'{plain}" if _RUN.match(plain) else plain


def plain(cell: str) -> str:
    """The text of a cell that :func:`text` wrote, or another program."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell, 1) else cell


def number(value: float | None) -> str:
    """A number as short as it can be said; empty for None."""
    return "" if value is None else f"{value:.10g}"


def line(cells: Iterable[str]) -> bytes:
    """A row as it stands in the file; whatever its cells hold, it is one line with as many cells."""
    return ("\t".join(_BREAKS.sub(" ", cell) for cell in cells) + "\n").encode("utf-8")
