"""The command ``threads``: conversations on a terminal as such, each answer under what it answers; in every other format rows, as all questions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap

from rich.text import Text

from onrecord import app
from onrecord.cli.ask import ask
from onrecord.cli.output import Format, chosen
from onrecord.cli.tables import ID_SHOWN, console, printable
from onrecord.query import Filter, Query, suggestions, with_whole_ids
from onrecord.query.threads import ThreadRow, threads

STEP = 3
"""Columns by which an answer stands to the right of what it answers."""
DEEPEST = 8
"""Answers to answers that still go further to the right."""


def ask_threads(query: Query, store: Path, wanted: Filter, format_: Format | None, output: Path | None) -> None:
    """Show conversations, each turn with its day, who speaks to whom, the words and where they stand; or write rows where another format is asked."""
    if chosen(format_, output) is not Format.table or output is not None:
        ask(query, store, wanted, format_, output)
        return
    with app.open_record(store) as record, record.view() as view:
        wanted = with_whole_ids(view, wanted, query)
        found = threads(view, wanted)
        hints = [] if found else suggestions(view, wanted)
    screen = console()
    for line in conversation(found, screen.width):
        screen.print(line, soft_wrap=True)
    for hint in hints:
        print(printable(hint), file=sys.stderr)


def conversation(rows: Iterable[ThreadRow], width: int) -> Iterator[Text]:
    """The lines of conversations, at most ``width`` characters each: a head with day, parties and report, then the words; a blank line between."""
    for number, row in enumerate(rows):
        if row.depth == 0 and number:
            yield Text()
        margin = " " * (STEP * min(row.depth, DEEPEST))
        head = Text(margin)
        head.append("> " if row.depth else "")
        head.append(f"{row.date or 'undated'}  ", "dim")
        head.append(_names(row.party), "bold")
        if row.to:
            head.append(f" → {_names(row.to)}")
        head.append(f"  {_source(row)}", "dim")
        yield head
        inner = margin + ("  " if row.depth else "")
        for line in _wrapped(row, max(24, width - len(inner))):
            yield Text(inner + line)


def _names(parties: Iterable[str]) -> str:
    return printable(", ".join(parties)) or "somebody"


def _source(row: ThreadRow) -> str:
    """Where it stands: who said so first, in how many reports, the record."""
    others = f" and {row.documents - 1} more" if row.documents > 1 else ""
    return printable(f"{row.publisher or 'unknown publisher'}{others}  {row.id[:ID_SHOWN]}")


def _wrapped(row: ThreadRow, width: int) -> list[str]:
    """The words, cut into lines between words."""
    return wrap(" ".join(printable(row.words).split()), width) or [""]
