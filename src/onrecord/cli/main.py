"""The ``onrecord`` command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from onrecord import app as wiring
from onrecord.model import to_dict

cli = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


@cli.callback()
def root() -> None:
    """From news reports to the sourced record."""


@cli.command()
def read(
    paths: list[Path],
    format_: Annotated[str, typer.Option("--format")] = "json",
    raw_text: Annotated[bool, typer.Option("--raw-text")] = False,
    published: Annotated[str | None, typer.Option()] = None,
    publisher: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Read reports without a store."""
    del format_
    for reading in wiring.read(*paths, raw_text=raw_text, published=published, publisher=publisher):
        print(json.dumps(to_dict(reading), ensure_ascii=False), flush=True)


def main() -> None:
    """Run the command line."""
    cli()
