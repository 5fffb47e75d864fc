"""``onrecord read`` and ``onrecord add``: reports in, records out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from onrecord import app
from onrecord.cli.exits import Exit
from onrecord.cli.output import Format, chosen, json_line
from onrecord.cli.tables import console, printable
from onrecord.errors import InputError, QueryError
from onrecord.ingest.fields import iso_date
from onrecord.model import Problem, to_dict

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Reports: text, HTML, JSONL, a folder of them, or - for standard input.", show_default=False)
]


def _date(value: str | None) -> str | None:
    if value is not None:
        try:
            return iso_date(value, "--published")
        except InputError as error:
            raise typer.BadParameter(f"{value!r} is no date; write it as YYYY-MM-DD") from error
    return None


Published = Annotated[
    str | None, typer.Option(metavar="DATE", callback=_date, help="Publication date of reports that do not say it themselves, YYYY-MM-DD.")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of reports that do not say it themselves.")]
Knowledge = Annotated[
    list[Path],
    typer.Option(
        metavar="DIR",
        envvar="ONRECORD_KNOWLEDGE",
        show_envvar=False,
        help="A folder of knowledge tables of your own; may be repeated, the last on top.",
    ),
]
Models = Annotated[
    Path | None,
    typer.Option(metavar="DIR", envvar="ONRECORD_MODELS", show_envvar=False, help="A folder of trained weights, in place of those installed."),
]
RulesOnly = Annotated[
    bool,
    typer.Option(
        "--rules-only", envvar="ONRECORD_RULES_ONLY", show_envvar=False, help="Read by rules, without trained weights: faster, and finds less."
    ),
]


def read(
    paths: Paths,
    *,
    format_: Annotated[Format | None, typer.Option("--format", help="json or table; by default a coloured page on a terminal, else JSON.")] = None,
    raw_text: Annotated[bool, typer.Option("--raw-text", help="Leave the text as it is, so that offsets point into the input's text.")] = False,
    published: Published = None,
    publisher: Publisher = None,
    knowledge: Knowledge = [],  # noqa: B006 - typer wants a list, and nobody changes it
    models: Models = None,
    rules_only: RulesOnly = False,
) -> None:
    """Read reports without a store. On a terminal, a coloured page; down a pipe, one JSON object per report, a line each."""
    kind = chosen(format_, None)
    if kind not in (Format.table, Format.json):
        raise QueryError(f"read does not write {kind}", hint="use --format json or table; for csv and parquet, add to a store and ask it")
    tally = app.Tally()
    found = app.read(
        *paths, raw_text=raw_text, published=published, publisher=publisher, knowledge=knowledge, models=models, rules_only=rules_only,
        on_problem=complain, tally=tally,
    )  # fmt: skip
    for reading in found:
        if kind is Format.json:
            sys.stdout.write(json_line(to_dict(reading)) + "\n")
            sys.stdout.flush()
        else:
            from onrecord.cli.page import page  # noqa: PLC0415 - only here is a page wanted

            screen = console()
            screen.print(page(reading, screen.width))
    raise typer.Exit(status(tally))


def add(
    store: Annotated[Path, typer.Argument(help="The store; made if there is none.", show_default=False)],
    paths: Paths,
    *,
    published: Published = None,
    publisher: Publisher = None,
    knowledge: Knowledge = [],  # noqa: B006 - see above
    models: Models = None,
    rules_only: RulesOnly = False,
) -> None:
    """Read reports into a store. Running it again adds nothing twice; after a kill it goes on where it stopped."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.completed} inputs"), TextColumn("{task.fields[records]} records"), TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False), console=errors, transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task("loading the language model", total=None, records=0)

        def progress(tally: app.Tally, key: str) -> None:
            bar.update(task, completed=tally.inputs, records=tally.records, description=printable(Path(key.split("#", maxsplit=1)[0]).name))

        tally = app.add(
            store, paths, published=published, publisher=publisher, knowledge=knowledge, models=models, rules_only=rules_only,
            on_problem=lambda p: complain(p, bar.console), progress=progress,
        )  # fmt: skip
    errors.print(f"{tally.read} read ({tally.records} records), {tally.skipped} already there, {tally.failed} failed", markup=False)
    raise typer.Exit(status(tally))


def status(tally: app.Tally) -> Exit:
    """The exit status that the counts stand for."""
    if tally.failed and not tally.read and not tally.skipped:
        return Exit.nothing_read
    if tally.failed:
        return Exit.some_failed
    return Exit.ok if tally.inputs else Exit.nothing_read


def complain(problem: Problem, errors: Console | None = None) -> None:
    """One clear line on standard error."""
    errors = errors or Console(stderr=True, highlight=False, soft_wrap=True)
    errors.print(printable(app.describe(problem)).replace("\n", " "), markup=False, style="yellow")
