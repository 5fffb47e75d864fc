"""``onrecord compare``: somebody else's event data beside a store's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord import app
from onrecord.cli.exits import Exit
from onrecord.cli.export import Source, Status, wanted
from onrecord.cli.filters import FormatFlag, OutputFlag, filtered
from onrecord.cli.output import Format, chosen, write
from onrecord.cli.read import complain
from onrecord.coded import CompareRow, Comparison, DataSet, Match, Summary, TypeCount
from onrecord.coded.compare import FIELDS
from onrecord.ingest import NOTES
from onrecord.model import Problem

SHOWN = ("match", "date", "actor", "recipient", "theirs", "ours", "words", "publisher", "id")
ROWS_OF_A_TABLE = 40
MOST_PROBLEMS = 20
"""Problems that are told one by one; of a million bad rows the rest is counted."""
MET = {Match.type: "with the same type", Match.quad: "with the same quad", Match.dyad: "between the same parties"}
CONFUSED = 12
"""How many of the pairs of types that differ are named."""
Theirs = Annotated[
    Path, typer.Option("--with", metavar="FILE", help="Their file: POLECAT, or GDELT 2.0 events; plain, .gz or .zip.", show_default=False)
]
Mentions = Annotated[Path | None, typer.Option(metavar="FILE", help="GDELT's file of mentions, which names publishers.", show_default=False)]


@filtered(FIELDS)
def compare(
    store: Source,
    *,
    with_: Theirs,
    with_format: Annotated[DataSet | None, typer.Option(help="What their file is; by default told by its first line.", show_default=False)] = None,
    with_mentions: Mentions = None,
    days: Annotated[int, typer.Option(help="How many days two rows may lie apart.")] = 1,
    match: Annotated[list[Match], typer.Option(help="Only rows with this match; may be repeated.")] = [],  # noqa: B006 - as in read
    summary: Annotated[bool, typer.Option("--summary", help="Only the figures.")] = False,
    limit: Annotated[int | None, typer.Option(help=f"At most so many rows; a table has {ROWS_OF_A_TABLE}.", min=0, show_default=False)] = None,
    format_: FormatFlag = None,
    output: OutputFlag = None,
    status: Status = "actual",
    **given: Any,
) -> None:
    """Another data set's events beside ours, row by row. Which of theirs we have too, with our words; which only they have; which only we have."""
    kind = chosen(format_, output)
    problems = _Problems()
    with app.opened(store, complain) as view:
        asked = wanted(status, given)
        comparison = app.compare(
            view, with_, asked, data_set=with_format, mentions=with_mentions, days=days, on_problem=problems.add
        )  # fmt: skip
        if summary:
            for _ in comparison:
                pass
            _write_summary(comparison.summary(), kind, output)
        else:
            most = limit if limit is not None else ROWS_OF_A_TABLE if kind is Format.table else None
            rows = (_told(row, kind) for row in _rows(comparison, match, most))
            write(rows, format_, output, columns=SHOWN, header=CompareRow.columns())
            print("\n".join(_lines(comparison.summary())), file=sys.stdout if kind is Format.table and output is None else sys.stderr)
    problems.close()


class _Problems:
    """Problems of their file, told as they come; of very many, the rest as a number."""

    def __init__(self) -> None:
        self.count = 0
        self.failed = False

    def add(self, problem: Problem) -> None:
        """Tell one."""
        self.count += 1
        self.failed = self.failed or problem.code not in NOTES
        if self.count <= MOST_PROBLEMS:
            complain(problem)

    def close(self) -> None:
        """Tell how many were not told, and end with the status that says that some were met."""
        if self.count > MOST_PROBLEMS:
            print(f"and {self.count - MOST_PROBLEMS} more problems in their file", file=sys.stderr)
        if self.failed:
            raise typer.Exit(Exit.some_failed)


def _rows(comparison: Comparison, match: list[Match], most: int | None) -> Iterator[CompareRow]:
    """The first rows of these matches; what comes behind is read for the figures alone."""
    left = most
    for pairing in comparison:
        if left != 0 and (not match or pairing.match in match):
            left = left - 1 if left is not None else None
            yield comparison.row(pairing)


def _told(row: CompareRow, kind: Format) -> dict[str, Any]:
    """A row as this format gives it: all of it, but in a table both sides in one, with the type of each."""
    if kind is not Format.table:
        return row.full() if kind is Format.json else row.flat()
    both = {
        "date": row.their_date or row.date,
        "actor": row.their_actor or row.actor,
        "recipient": row.their_recipient or row.recipient,
        "theirs": row.their_type or row.their_cameo,
        "ours": row.type,
    }
    return {**row.flat(), **both}


def _write_summary(found: Summary, kind: Format, output: Path | None) -> None:
    """The figures: whole as JSON, else those of each type."""
    if kind is Format.json:
        confusion = [{"their_type": theirs, "type": ours, "rows": n} for (theirs, ours), n in found.confusion.items()]
        rows: list[dict[str, Any]] = [{**asdict(found), "confusion": confusion}]
    else:
        rows = [asdict(count) for count in found.types]
    write(rows, kind, output, header=tuple(TypeCount.__dataclass_fields__))
    if kind is Format.table and output is None:
        print("\n".join(_lines(found)))


def _lines(found: Summary) -> Iterator[str]:
    """The figures in sentences."""
    theirs_from, theirs_to, from_, to = found.days
    met = found.theirs - found.matches[Match.theirs]
    yield f"theirs: {found.theirs} rows, {_span(theirs_from, theirs_to)}; {found.within} of them on days that we have"
    yield f"ours:   {found.ours} rows, {_span(from_, to)}"
    yield f"of theirs, we have {met} ({_share(met, found.theirs)}): {', '.join(f'{found.matches[m]} {meaning}' for m, meaning in MET.items())}"
    if found.again:
        yield f"{found.again} of theirs met one of ours that another of theirs had met before"
    yield (
        f"of ours, they have {found.ours_found} ({_share(found.ours_found, found.ours)}), {found.ours_same_type} with the same type;"
        f" {found.matches[Match.ours]} are only ours"
    )
    other = sorted(((n, pair) for pair, n in found.confusion.items() if pair[0] != pair[1]), reverse=True)[:CONFUSED]
    if other:
        yield "coded otherwise, theirs → ours: " + ", ".join(f"{theirs} → {ours} {n}" for n, (theirs, ours) in other)


def _span(first: str, last: str) -> str:
    return f"{first} to {last}" if first else "no days"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "of none"
