"""Rows as a table that fits the terminal. Decides widths; knows nothing of records.

Short columns get what they need within bounds, the long ones (words, content) share the rest; where that is too little, columns are left out from the
right, the id never. What is shown has lost its control characters, and nothing in it is read as markup.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.export.rows import Row, cell

FIXED = frozenset({"id", "date", "published", "code", "answered_at", "due_at"})
LONG = frozenset({"words", "other_words", "content", "evidence", "definition", "message", "hint", "where", "title", "feed", "problem"})
DIM = frozenset({"id", "publisher", "via"})
WIDTH = 120
"""Of a table without a terminal, in characters, as all widths here."""
MIN_LONG = 28
TIGHTEST, ROOMY, WIDEST_SHORT = 8, 13, 18
LONGEST_SHORT = 40
"""How much of a text a short column shows."""
ID_SHOWN = 8
"""The beginning of an id is enough to ask for it."""
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def console() -> Console:
    """The console for what people read; without a terminal it is 120 columns wide, or what COLUMNS says."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(width=width, highlight=False)


def printable(text: str) -> str:
    """``text`` with every control, direction-override and surrogate character replaced by U+FFFD, so that offsets hold; new lines stay."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if c != "\n" and (unicodedata.category(c) in ("Cc", "Cs") or c in _DIRECTION) else c for c in text)


def table(rows: Sequence[Row], columns: Sequence[str] = (), title: str = "", width: int = WIDTH) -> Table:
    """A table of those ``columns`` (all where empty) in which any row says something, at most ``width`` characters wide."""
    texts = [{name: _shown(name, row.get(name)) for name in columns or rows[0].keys()} for row in rows]
    widths = _widths(texts, width)
    out = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), collapse_padding=True, header_style="dim", title_justify="left"
    )
    out.title = Text(title, "bold") if title else None
    for name, wide in widths.items():
        out.add_column(name, overflow="fold", width=wide)
    for row in texts:
        out.add_row(*(Text(row[name], "dim" if name in DIM else "") for name in widths))
    return out


def _shown(name: str, value: Any) -> str:
    text = " ".join(printable(cell(value)).split())
    if name == "id":
        return text[:ID_SHOWN]
    return f"{text[: LONGEST_SHORT - 1]}…" if len(text) > LONGEST_SHORT and name not in LONG else text


def _widths(texts: Sequence[Mapping[str, str]], width: int) -> dict[str, int]:
    """The columns that fit, with the width of each: first with room to breathe, then tight, then with fewer columns."""
    natural = {name: max(cell_len(row[name]) for row in texts) for name in texts[0]}
    names = [name for name in texts[0] if natural[name]]
    while True:
        long = [name for name in names if name in LONG and natural[name] > WIDEST_SHORT]
        for tight in (False, True):
            widths = {name: _short(name, natural[name], texts, tight=tight) for name in names if name not in long}
            left = width - sum(widths.values()) - 2 * (len(names) - 1)
            if left >= MIN_LONG * len(long):
                break
        spare = [name for name in names if name not in LONG and name != "id"]
        if left >= MIN_LONG * len(long) or len(spare) <= 1:
            break
        names.remove("date" if spare[:-1] == ["date"] else spare[-1])  # who it is about goes last
    for i, name in enumerate(sorted(long, key=lambda n: natural[n])):
        widths[name] = max(8, min(natural[name], left // (len(long) - i)))
        left -= widths[name]
    return {name: max(widths[name], min(len(name), WIDEST_SHORT)) for name in names}


def _short(name: str, natural: int, texts: Sequence[Mapping[str, str]], *, tight: bool) -> int:
    """What a short column needs: all of a fixed one; else what its longest word needs, and a little more unless space is tight."""
    if name in FIXED:
        return max(natural, len(name))
    if natural <= WIDEST_SHORT and not tight:
        return max(natural, len(name))
    word = max(cell_len(word) for row in texts for word in row[name].split() or [""])
    return max(len(name), min(natural, WIDEST_SHORT, max(word, TIGHTEST if tight else ROOMY)))
