"""``onrecord explain``: what a code means."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer
from rich.text import Text

from onrecord.cli.filters import FormatFlag
from onrecord.cli.output import Format, chosen, json_line, write
from onrecord.cli.tables import console
from onrecord.codebook import Explanation, known_codes
from onrecord.codebook import explain as explain_code

KINDS = ("type", "mode", "context", "sector", "quad", "cameo", "relation", "issue")


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A code (CONSULT, membership, taiwan-status), or a kind of code to list: " + ", ".join(KINDS) + ".")
    ],
    format_: FormatFlag = None,
) -> None:
    """What a code means. Given a kind of code, every code of it."""
    kind = code.casefold().removesuffix("s") if code.casefold() != "cameo" else "cameo"
    if kind in KINDS:
        codes = (explain_code(c) for c in known_codes(kind))
        write(({"code": e.code, "label": e.label, "definition": e.definition} for e in codes), format_, None)
        return
    found = explain_code(code)
    if chosen(format_, None) is Format.json:
        print(json_line(dataclasses.asdict(found)))
    else:
        console().print(_page(found))


def _page(found: Explanation) -> Text:
    lines: list[str | tuple[str, str]] = [(found.code, "bold"), f" · {found.kind} · {found.label}\n", f"{found.definition}\n"]
    lines += [("Example: ", "dim"), f"{found.example}\n"] if found.example else []
    lines += [("Source: ", "dim"), f"{found.source}\n"]
    lines += [("See also: ", "dim"), ", ".join(found.related)] if found.related else []
    return Text.assemble(*lines)
