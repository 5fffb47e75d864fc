"""The commands ``dyads`` and ``network``: as every question to a store, with a word on what their counts leave out, and networks as graph files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from onrecord import app
from onrecord.cli.ask import ask
from onrecord.cli.output import Format, replacing
from onrecord.query import Filter, Query, with_whole_ids
from onrecord.query.dyads import DyadRow, Dyads, read_dyads
from onrecord.query.network import PartyRow, graph_of, parties_of
from onrecord.store import View

QUESTIONS = ("dyads", "network")
_LOOSE = {"alone": "{} with nobody on the other side", "unresolved": "{} with somebody who was not resolved", "within": "{} within one party"}


def ask_network(query: Query, store: Path, wanted: Filter, format_: Format | None, output: Path | None) -> None:
    """Ask ``dyads`` or ``network``; a file of a graph format (.graphml, .gexf) gets the whole network. Says on standard error what is left out."""
    if format_ is None and output is not None and output.suffix.lower() in (".graphml", ".gexf"):
        found = _write_graph(query, store, wanted, output)
    else:
        read: list[Dyads] = []

        def rows(view: View, narrowed: Filter) -> Iterable[DyadRow | PartyRow]:
            read.append(read_dyads(view, narrowed))
            return read[0].rows if query.name == "dyads" else parties_of(read[0])

        ask(replace(query, function=rows), store, wanted, format_, output)
        found = read[0]
    if found.loose:
        reasons = ", ".join(words.format(found.loose[reason]) for reason, words in _LOOSE.items() if found.loose[reason])
        print(f"in no dyad: {reasons}", file=sys.stderr)


def _write_graph(query: Query, store: Path, wanted: Filter, output: Path) -> Dyads:
    from onrecord.export.graphs import WRITERS  # noqa: PLC0415 - only graph files need it

    with app.open_record(store) as record, record.view() as view:
        found = read_dyads(view, with_whole_ids(view, wanted, query))
    with replacing(output) as part, part.open("wb") as handle:
        WRITERS[output.suffix.lower()](graph_of(found), handle)
    undated = sum(row.volume for row in found.rows if row.period is None)
    if undated and output.suffix.lower() == ".gexf":
        print(f"not in the file: {undated} not dated within one {wanted.period}", file=sys.stderr)
    return found
