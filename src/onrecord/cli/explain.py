"""``onrecord explain``: what a code means."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer
from rich.text import Text

from onrecord.cli.filters import FormatFlag
from onrecord.cli.output import Format, chosen, json_line, write
from onrecord.cli.tables import console
from onrecord.codebook import KINDS, Explanation, codes_of, kind_of, meanings


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A code (CONSULT, membership, taiwan-status), or a kind of code to list: " + ", ".join(KINDS) + ".")
    ],
    format_: FormatFlag = None,
) -> None:
    """What a code means. Several meanings where codebooks share a code; given a kind of code, every code of it."""
    kind = kind_of(code)
    if kind is not None:
        write(({"code": e.code, "label": e.label, "definition": e.definition} for e in codes_of(kind)), format_, None)
        return
    found = meanings(code)
    if chosen(format_, None) is Format.json:
        print("\n".join(json_line(dataclasses.asdict(e)) for e in found))
    else:
        console().print(Text("\n\n").join(_page(e) for e in found))


def _page(found: Explanation) -> Text:
    lines: list[str | tuple[str, str]] = [(found.code, "bold"), f" · {found.kind} · {found.label}\n", f"{found.definition}\n"]
    lines += [("Example: ", "dim"), f"{found.example}\n"] if found.example else []
    lines += [("Source: ", "dim"), found.source]
    lines += [("\nSee also: ", "dim"), ", ".join(found.related)] if found.related else []
    return Text.assemble(*lines)
