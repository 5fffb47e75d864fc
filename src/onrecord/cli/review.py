"""The commands of reviewers: decide on a record, add one, and write what is decided as gold. What was decided is asked with queries."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord import app
from onrecord.cli.filters import Store
from onrecord.cli.link import SIGNED, Admin, Settle
from onrecord.cli.output import json_line
from onrecord.cli.tables import printable
from onrecord.errors import InputError, QueryError
from onrecord.model import to_dict
from onrecord.review import gold as review_gold
from onrecord.review.deciding import CHOICES, Choice

By = Annotated[str | None, typer.Option("--by", help=f"Who decides; by default what {SIGNED} says.")]


def review(
    store: Store,
    record: Annotated[
        str | None, typer.Argument(metavar="RECORD", help="A record's id, or how it begins; for add, a report's.", show_default=False)
    ] = None,
    choice: Annotated[str | None, typer.Argument(metavar="CHOICE", help=", ".join((*CHOICES, "add")) + ".", show_default=False)] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Withdraw your latest decision that still counts, on whatever record or link.")] = False,
    with_: Annotated[
        Path | None, typer.Option("--with", metavar="FILE.json", help="What correct changes, or the record to add; - for standard input.")
    ] = None,
    like: Annotated[str | None, typer.Option("--like", metavar="NAME", help="The reviewer with whom to agree.")] = None,
    settle: Settle = False,
    admin: Admin = False,
    by: By = None,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
) -> None:
    """Accept, reject, correct or add a record, agree with another reviewer, or withdraw what you decided. Decisions are signed and dated."""
    signed = by if by is not None else os.environ.get(SIGNED, "")
    if undo:
        if record is not None:
            raise QueryError("--undo finds the record by itself", hint="to withdraw a decision on one record: onrecord review STORE RECORD withdraw")
        sys.stdout.write(json_line(to_dict(app.undo(store, by=signed))) + "\n")
        return
    if record is None or choice is None:
        raise QueryError("a record and a choice are wanted", hint="for example onrecord review STORE RECORD accept; or --undo alone")
    fields = None if with_ is None else _object(with_)
    if choice == "add":
        made = app.add_record(store, record, fields or {}, by=signed, note=note)
    else:
        made = app.decide(store, record, _choice(choice), by=signed, note=note, change=fields, like=like, settles=settle, admin=admin)
    sys.stdout.write(json_line(to_dict(made)) + "\n")


def gold(
    store: Store,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write into.", show_default=False)],
) -> None:
    """Write the reports of which every record is decided as gold: gold.json and a text file each. What is left out is said on standard error."""
    with app.open_record(store) as record, record.view() as view:
        found = review_gold(view)
    found.write(output)
    for report in found.left_out:
        named = f" ({report.heading})" if report.heading else ""
        print(printable(f"left out: {report.document_id}{named}: {report.reason}"), file=sys.stderr)
    count = len(found.documents)
    print(f"{count} report{'' if count == 1 else 's'} written to {output}", file=sys.stderr)


def _choice(given: str) -> Choice:
    """The choice that was given. Raises QueryError."""
    for choice in CHOICES:
        if choice == given:
            return choice
    raise QueryError(f"choice: {given!r} is not known", hint="one of " + ", ".join((*CHOICES, "add")))


def _object(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises InputError."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        value = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: cannot be read as JSON ({error})", hint="see docs/review.md for what a correction looks like") from error
    if not isinstance(value, dict):
        raise QueryError(f"{path}: an object is wanted", hint='for example {"stance": "oppose"}')
    return value
