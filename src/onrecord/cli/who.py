"""``onrecord who``: whom phrases by themselves name, one row for every actor."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from onrecord import app
from onrecord.cli.filters import FormatFlag, OutputFlag
from onrecord.cli.output import write
from onrecord.cli.read import Knowledge, Published
from onrecord.query.who import NamedRow
from onrecord.query.who import who as named


def who(
    phrases: Annotated[list[str], typer.Argument(metavar="PHRASE...", help="Names or descriptions of actors; - for one a line on standard input.")],
    *,
    published: Published = None,
    knowledge: Knowledge = [],  # noqa: B006 - typer wants a list, and nobody changes it
    format_: FormatFlag = None,
    output: OutputFlag = None,
) -> None:
    """Whom phrases by themselves name: "Shanghai police", "a former minister". With --published, offices are those of that day."""
    on = date.fromisoformat(published) if published else None
    reader = app.default_reader(knowledge)
    lines = (line.strip() for line in sys.stdin) if phrases == ["-"] else iter(phrases)
    rows = (row.full() for phrase in filter(None, lines) for row in named(reader, phrase, on))  # an empty line names nobody
    write(rows, format_, output, columns=NamedRow.columns()[1:], header=NamedRow.columns())
