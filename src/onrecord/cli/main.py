"""The ``onrecord`` command: its commands, and what becomes of errors."""

from __future__ import annotations

import io
import os
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli import ask, brief, compare, digest, explain, export, kb, link, mcp, network, read, review, serve, threads, watch, who
from onrecord.cli.exits import MEANING, Exit
from onrecord.cli.filters import command_for
from onrecord.cli.tables import printable
from onrecord.errors import CodebookError, InputError, OnrecordError, QueryError, ServiceError, StoreError
from onrecord.query import QUERIES
from onrecord.reading.weights import all_weights

EPILOG = "Exit status: " + "; ".join(f"{code.value} {meaning.split(':')[0]}" for code, meaning in MEANING.items()) + "."


class Commands(TyperGroup):
    """The commands, which end in peace when whoever reads their output has had enough (``onrecord events STORE | head``)."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.ok) from None
        except KeyboardInterrupt:
            print("onrecord: stopped; what add has stored stays, and the same command goes on from there", file=sys.stderr)
            raise typer.Exit(Exit.interrupted) from None


cli = typer.Typer(
    cls=Commands,
    no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, rich_markup_mode=None, epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _version(wanted: bool) -> None:
    if wanted:
        used = ", ".join(f"{w.name} {w.version} ({w.digest})" for w in all_weights())
        print(f"onrecord {version('onrecord')}, models: {used or 'none, reads by rules only'}")
        raise typer.Exit


@cli.callback()
def root(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")] = False,
) -> None:
    """From news reports to the sourced record of who said what, did what to whom, and stands where."""


ASKED_BY = {**dict.fromkeys(network.QUESTIONS, network.ask_network), "threads": threads.ask_threads}
"""The questions that have a way of their own to be asked and shown."""

cli.command()(read.read)
cli.command()(read.add)
for query in QUERIES.values():
    cli.command(query.name)(command_for(query, ASKED_BY.get(query.name, ask.ask)))
cli.command()(ask.show)
cli.command()(link.relink)
cli.command()(link.judge)
cli.command()(review.review)
cli.command()(review.gold)
cli.command("issues-log")(ask.issues_log)
cli.command()(watch.watch)
cli.command()(watch.feeds)
cli.command()(digest.searches)
cli.add_typer(digest.saved, name="saved")
cli.command()(digest.digest)
cli.command()(brief.brief)
cli.command()(export.export)
cli.command()(compare.compare)
cli.command()(explain.explain)
cli.command()(who.who)
cli.add_typer(kb.kb, name="kb")
cli.command()(serve.serve)
cli.command()(mcp.mcp)
cli.add_typer(serve.token, name="token")


def main() -> None:
    """Run the command line. Errors raised on purpose become one clear line and an exit status; others show where they happened."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli(standalone_mode=True)
    except OnrecordError as error:
        print(f"onrecord: {printable(error.message)}", file=sys.stderr)
        if error.hint:
            print(f"  {printable(error.hint)}", file=sys.stderr)
        sys.exit(exit_for(error))
    except OSError as error:
        print(f"onrecord: {error.strerror or error}\n  check the file that the output goes to, and the disk", file=sys.stderr)
        sys.exit(Exit.store)
    except KeyboardInterrupt:
        sys.exit(Exit.interrupted)


def exit_for(error: OnrecordError) -> Exit:
    """The exit status an error stands for."""
    if isinstance(error, StoreError):
        return Exit.store
    if isinstance(error, QueryError | CodebookError):
        return Exit.usage
    if isinstance(error, ServiceError):
        return Exit.offline
    return Exit.nothing_read if isinstance(error, InputError) else Exit.broken
