"""The flags of every asking command, made from the fields of ``Filter``: flag = keyword = column, by construction.

A field ``about`` of ``Filter`` becomes ``--about``; its help text is beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import Parameter, Signature, getdoc, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from onrecord.cli.output import Format
from onrecord.query import HELP, Filter, Query

Asking = Callable[[Query, Path, Filter, Format | None, Path | None], None]

ARGUMENTS = {
    "search": (("text", "TEXT", HELP["text"]),),
    "corroboration": (("record_id", "RECORD", "A record's id, or how it begins."),),
    "beside": (
        ("document_id", "REPORT", "A report's id, or how it begins."),
        ("other_document_id", "OTHER", "The report beside it: its id, or how it begins."),
    ),
    "others": (("document_id", "REPORT", "A report's id, or how it begins."),),
}
"""Queries that take fields as arguments in place of flags: of each the field, how usage spells it, and its help."""

Store = Annotated[Path, typer.Argument(metavar="STORE", help="A store made by onrecord add.", show_default=False)]
FormatFlag = Annotated[
    Format | None, typer.Option("--format", help="table, csv, json or parquet; by default a table on a terminal, JSON lines down a pipe.")
]
OutputFlag = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write into this file; its suffix says the format.")]


def command_for(query: Query, ask: Asking) -> Callable[..., None]:
    """The command of one query: ``ask(query, store, filter, format_, output)`` behind a flag for each Filter field the query takes.

    A question that is nothing without some of them takes these as arguments (``ARGUMENTS``).
    """
    parameters = [Parameter("store", Parameter.POSITIONAL_OR_KEYWORD, annotation=Store)]
    for name, metavar, help_ in ARGUMENTS.get(query.name, ()):
        wanted = Annotated[str, typer.Argument(metavar=metavar, help=help_, show_default=False)]
        parameters.append(Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=wanted))
    parameters += flags(name for name in query.fields if name not in [p.name for p in parameters])
    parameters += [Parameter(n, Parameter.KEYWORD_ONLY, default=None, annotation=a) for n, a in (("format_", FormatFlag), ("output", OutputFlag))]

    def command(store: Path, *, format_: Format | None = None, output: Path | None = None, **given: Any) -> None:
        ask(query, store, Filter(**{name: value for name, value in given.items() if value is not None}), format_, output)

    command.__name__ = query.name
    command.__doc__ = (getdoc(query.function) or "").replace("``wanted.text``", "TEXT").replace("``", "")
    return _shown_as(command, parameters)


def filtered(fields: Iterable[str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command, whose ``**given`` takes them, a flag for each of these Filter fields that it does not name itself."""

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(command, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in signature(command).parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
        return _shown_as(command, [*own, *flags(name for name in fields if name not in [p.name for p in own])])

    return wrap


def flags(fields: Iterable[str]) -> list[Parameter]:
    """A flag for each of these Filter fields, in the order of the Filter."""
    hints, wanted = get_type_hints(Filter), set(fields)
    options = {name: typer.Option(flag(name), help=HELP[name], show_default=False) for name in Filter.__dataclass_fields__ if name in wanted}
    return [Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[hints[name], o]) for name, o in options.items()]


def _shown_as(command: Callable[..., None], parameters: list[Parameter]) -> Callable[..., None]:
    """``command`` with the parameters that typer is to see."""
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def flag(name: str) -> str:
    """The flag of a field: ``document_id`` is ``--document-id``."""
    return f"--{name.replace('_', '-')}"
