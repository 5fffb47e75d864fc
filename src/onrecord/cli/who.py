"""``onrecord who``: whom phrases by themselves name, one row for every actor."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord import app
from onrecord.cli.filters import FormatFlag, OutputFlag
from onrecord.cli.output import write
from onrecord.cli.read import Knowledge, Published

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader

COLUMNS = ("phrase", "mention", "id", "name", "kind", "country", "sectors", "role", "reason", "score")


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
    write(_rows(app.default_reader(knowledge), phrases, on), format_, output, columns=COLUMNS[1:], header=COLUMNS)


def _rows(reader: Reader, phrases: list[str], on: date | None) -> Iterator[dict[str, Any]]:
    """A row for each actor of each phrase; an empty line of standard input gives none."""
    lines = (line.strip() for line in sys.stdin) if phrases == ["-"] else iter(phrases)
    for phrase in filter(None, lines):
        for found in reader.actor(phrase, on):
            actor = found.actor
            told = (actor.id, actor.name, actor.kind, actor.country, list(actor.sectors), actor.role) if actor else (None, None, None, None, [], None)
            mention = found.mention.text if found.mention else phrase
            yield dict(zip(COLUMNS, (phrase, mention, *told, found.reason, actor.score if actor else None), strict=True))
