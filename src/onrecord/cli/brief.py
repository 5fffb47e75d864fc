"""``onrecord brief``: what is on record about an issue or an actor, as one document."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord import app
from onrecord.brief import FIELDS
from onrecord.cli.filters import Store, filtered
from onrecord.cli.output import replacing
from onrecord.errors import QueryError
from onrecord.query import Filter


class Page(StrEnum):
    """How a brief is written."""

    html = "html"
    md = "md"


_BY_SUFFIX = {".html": Page.html, ".htm": Page.html, ".md": Page.md, ".markdown": Page.md}


@filtered(FIELDS)
def brief(
    store: Store,
    *,
    format_: Annotated[Page | None, typer.Option("--format", help="html or md; by default what the file's suffix says, else md.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write into this file: brief.html or brief.md.")] = None,
    **given: Any,
) -> None:
    """Who stands where, what changed, what is contested, what happened: one document with all its sources.

    Give an issue, an actor or both. Every sentence is made from records and names them.
    """
    from onrecord.brief import brief as make  # noqa: PLC0415 - the command has the name of what it calls
    from onrecord.brief import html, markdown  # noqa: PLC0415

    kind = chosen_page(format_, output)
    with app.open_record(store) as record, record.view() as view:
        made = make(view, Filter(**{name: value for name, value in given.items() if value is not None}))
    text = html(made) if kind is Page.html else markdown(made)
    if output is None:
        print(text, end="")
        return
    with replacing(output) as part:
        part.write_text(text, encoding="utf-8")


def chosen_page(format_: Page | None, output: Path | None) -> Page:
    """The format asked for, else by the file's suffix, else Markdown."""
    if format_ is not None or output is None:
        return format_ or Page.md
    suffix = output.suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise QueryError(f"{suffix or output.name} does not say the format", hint=f"name the file {', '.join(_BY_SUFFIX)}, or say --format")
    return _BY_SUFFIX[suffix]
