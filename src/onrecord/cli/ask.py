"""The commands that ask a store: one for each query of the catalogue, and those that list what the store keeps besides records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord import app
from onrecord.cli.filters import FormatFlag, OutputFlag, Store
from onrecord.cli.output import Format, chosen, json_line, write
from onrecord.cli.tables import console, printable
from onrecord.errors import QueryError
from onrecord.export.rows import types_of
from onrecord.model import Reading, to_dict
from onrecord.query import Filter, Query, suggestions, with_whole_ids
from onrecord.query.show import find

SHOWN = {
    "statements": ("date", "speaker", "cue", "content", "publisher", "via", "id"),
    "positions": ("date", "holder", "stance", "target", "words", "publisher", "via", "id"),
    "events": ("date", "actors", "type", "recipients", "status", "words", "publisher", "via", "id"),
    "relations": ("subject", "type", "object", "detail", "since", "until", "status", "words", "publisher", "id"),
    "timeline": ("date", "kind", "actor", "type", "stance", "about", "words", "publisher", "id"),
    "search": ("date", "kind", "words", "publisher", "id"),
    "documents": ("date", "publisher", "title", "statements", "events", "positions", "relations", "id"),
    "course": ("period", "kind", "records", "since", "until"),
    "sources": ("publisher", "documents", "statements", "events", "positions", "relations", "since", "until"),
    "issues": ("issue", "issue_label", "positions", "holders", "favour", "against", "neutral", "untold", "declined", "since", "until"),
    "actors": ("actor", "kind", "actor_country", "records", "share", "statements", "events", "positions", "relations", "received", "actor_id"),
    "standing": ("issue", "holder", "stance", "side", "sure", "since", "documents", "target", "words", "speaker", "publisher", "also"),
    "shifts": ("verdict", "probability", "holder", "issue", "side_before", "since", "side", "until", "documents_before", "documents", "words"),
    "alignment": ("period", "actor", "other", "agreement", "low", "high", "change", "issues", "agree_on", "differ_on"),
    "blocs": ("actor", "place", "issues", "allies", "opponents", "outliers"),
    "occurrences": ("type", "actors", "recipients", "status", "events", "independent", "words", "voices"),
    "links": ("left", "right", "type", "judgement", "by", "state", "score", "left_words", "right_words", "detail"),
    "ties": ("subject", "object", "type", "detail", "status", "independent", "words", "voices"),
    "stories": ("since", "until", "title", "documents", "publisher", "id"),
    "corroboration": ("date", "kind", "words", "publisher", "voice", "voice_kind", "heard", "independent", "id"),
    "dyads": ("period", "actor", "directed", "recipient", "volume", "documents", "tone", "conflict", "back", "words", "id"),
    "network": ("period", "actor", "degree", "acts", "received", "joint", "conflict", "betweenness", "pagerank", "constraint", "community"),
    "places": ("place", "country", "precision", "events", "documents", "conflict", "since", "until", "type", "words", "id"),
    "wordings": ("speaker", "publisher", "form", "content", "left_out", "added", "changed", "id"),
    "contradictions": ("what", "counts", "value", "publisher", "words", "other_value", "other_publisher", "other_words", "update"),
    "beside": ("number", "how", "kind", "words", "other_words", "value", "other_value", "left_out", "added", "changed", "score"),
    "others": ("date", "publisher", "title", "how", "shared", "id"),
    "queue": ("date", "kind", "actor", "type", "stance", "about", "words", "confidence", "state", "id"),
    "reviews": ("at", "by", "verdict", "kind", "state", "machine", "changed", "words", "note", "record_id"),
    "agreement": ("by", "kind", "what", "records", "agreed", "kappa", "alpha"),
    "threads": ("date", "party", "to", "words", "publisher", "documents", "id"),
}
"""The columns a table shows. Every other format gives all of them."""


def ask(query: Query, store: Path, wanted: Filter, format_: Format | None, output: Path | None) -> None:
    """Ask ``query`` and write its rows; where there are none, say on standard error what may have been meant."""
    kind = chosen(format_, output)
    with app.open_record(store) as record, record.view() as view:
        wanted = with_whole_ids(view, wanted, query)
        rows = query.function(view, wanted)
        found = (row.full() if kind is Format.json else row.shown() if kind is Format.table else row.flat() for row in rows)
        if write(found, format_, output, columns=SHOWN[query.name], header=query.columns, types=types_of(query.row)):
            return
        for line in suggestions(view, wanted):
            print(printable(line), file=sys.stderr)


def show(
    store: Store,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="A record's id, or a report's, or how it begins.", show_default=False)],
    format_: FormatFlag = None,
    *,
    why: Annotated[bool, typer.Option("--why", help="Say on what grounds records were made, and how events came to their codes.")] = False,
) -> None:
    """One record and all that explains it. Its words where they stand, who relayed them, what hangs on it; of a report, all that was read in it."""
    kind = chosen(format_, None)
    if kind not in (Format.table, Format.json):
        raise QueryError(f"show does not write {kind}", hint="use --format json or table")
    with app.open_record(store) as opened, opened.view() as view:
        shown = find(view, record)
    if kind is Format.json:
        print(json_line(to_dict(shown) if isinstance(shown, Reading) else shown.full()))
        return
    from onrecord.cli.page import page, record_page  # noqa: PLC0415 - only here is a page wanted

    screen = console()
    screen.print(page(shown, screen.width, why=why) if isinstance(shown, Reading) else record_page(shown, screen.width, why=why))


def issues_log(store: Store, format_: FormatFlag = None, output: OutputFlag = None) -> None:
    """What could not be read, and why."""
    columns = ("code", "message", "where", "hint")
    with app.open_record(store) as record, record.view() as view:
        rows = ({"input_key": p.input_key, "document_id": p.document_id, **to_dict(p.problem)} for p in view.problems())
        write(rows, format_, output, columns=columns, header=("input_key", "document_id", *columns))
