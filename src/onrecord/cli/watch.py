"""``onrecord watch`` and ``onrecord feeds``: feeds are followed, and how they fare is listed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord import app
from onrecord.app.watching import EVERY
from onrecord.cli.desk import desk_beside
from onrecord.cli.exits import Exit
from onrecord.cli.filters import FormatFlag, OutputFlag, Store
from onrecord.cli.output import write
from onrecord.cli.read import Knowledge, Models, RulesOnly, complain
from onrecord.cli.tables import printable

COLUMNS = ("state", "read", "waiting", "failed", "answered_at", "due_at", "publisher", "feed", "problem")


def watch(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store; made if there is none.", show_default=False)],
    feeds: Annotated[
        list[str] | None,
        typer.Argument(metavar="FEED", help="Addresses of RSS, Atom or JSON feeds, or of pages, to follow from now on.", show_default=False),
    ] = None,
    *,
    once: Annotated[bool, typer.Option("--once", help="One round, then stop; for a timer of your own.")] = False,
    every: Annotated[float, typer.Option(metavar="MINUTES", min=5, help="Between two questions to one feed.")] = EVERY,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="What articles of the feeds named now count as published by.")] = None,
    forget: Annotated[list[str], typer.Option(metavar="FEED", help="Follow it no longer, and stop; what was read stays. May be repeated.")] = [],  # noqa: B006 - typer wants a list, and nobody changes it
    allow_private: Annotated[
        list[str],
        typer.Option(metavar="HOST", help="A host of your own network that may be fetched from; only public ones are otherwise. May be repeated."),
    ] = [],  # noqa: B006 - see above
    contact: Annotated[
        str, typer.Option(metavar="ADDRESS", envvar="ONRECORD_CONTACT", show_envvar=False, help="A web or mail address of yours, told to the sites.")
    ] = "",
    knowledge: Knowledge = [],  # noqa: B006 - see above
    models: Models = None,
    rules_only: RulesOnly = False,
) -> None:
    """Follow feeds: read what is new into a store, politely, until Ctrl-C. After a stop or a kill the same command goes on; see docs/feeds.md."""
    if forget:
        _forget(store, forget)
        return
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    tally = app.Tally()

    def say(url: str, what: str) -> None:
        errors.print(printable(f"{datetime.now(UTC):%H:%M:%S}  {url}  {what}").replace("\n", " "), markup=False)

    try:
        app.watch(
            store, feeds or (), publisher=publisher, every=every, once=once, allow_private=allow_private, contact=contact, knowledge=knowledge,
            models=models, rules_only=rules_only, on_problem=lambda p: complain(p, errors), say=say, tally=tally,
        )  # fmt: skip
        done = Exit.some_failed if tally.failed else Exit.ok
    except KeyboardInterrupt:
        print("onrecord: stopped; what was read stays, and the same command goes on from there", file=sys.stderr)
        done = Exit.interrupted
    errors.print(f"{tally.read} read ({tally.records} records), {tally.failed} failed", markup=False)
    raise typer.Exit(done)


def _forget(store: Path, urls: list[str]) -> None:
    from onrecord.desk.feeds import forget  # noqa: PLC0415 - the desk is wanted only here

    desk = desk_beside(store)
    for url in urls:
        forget(desk, url)


def feeds(store: Store, format_: FormatFlag = None, output: OutputFlag = None) -> None:
    """The followed feeds, and how they fare: those in trouble first. Times are UTC."""
    from onrecord.desk.feeds import health  # noqa: PLC0415 - see above

    rows = [found.row() for found in health(desk_beside(store))]
    write(rows, format_, output, columns=COLUMNS, header=tuple(rows[0]) if rows else COLUMNS)
