"""An answer as files with a manifest, in a ZIP that is sent while it is made. Asks what it is told to; knows no network and no clock.

The manifest, ``manifest.json``, is the last file: what was asked, as of which change of the store, and of every file its rows, columns, bytes and
digest. One snapshot is read from the first row to the last, so that what is counted is what is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Protocol, cast

from onrecord.errors import QueryError
from onrecord.export.annotation import NAME as ANNOTATION
from onrecord.export.annotation import Annotations, Names, annotation
from onrecord.export.archive import Archive
from onrecord.export.contract import find, known
from onrecord.export.rows import Csv, JsonLines, Parquet, RowWriter, text_of, types_of
from onrecord.export.told import told
from onrecord.query import Filter, Query
from onrecord.query.dyads import read_dyads
from onrecord.query.network import graph_of
from onrecord.query.records import document_of
from onrecord.query.rows import Row
from onrecord.store import View

MANIFEST = "manifest.json"
LAYOUT = "onrecord-export/1"
LICENCE = (
    "Codes and facts read from news reports by a machine; words quoted, titles and addresses belong to their publishers and are not licensed by us. "
    "Names and ids of actors and places come from our tables: CC BY 4.0, see LICENSE-DATA of onrecord."
)
_ROWS = ("csv", "jsonl", "parquet")
_GRAPHS = ("graphml", "gexf")
_OFTEN = 100
"""Rows between two chances to take what was written."""
_IN_MEMORY = 1 << 20  # bytes of a second part that wait in memory, and not in a temporary file


class Answered(Protocol):
    """A row as queries give it: flat for tables, full for JSON."""

    def flat(self) -> Mapping[str, Any]:
        """One scalar a column."""

    def full(self) -> Mapping[str, Any]:
        """All of it."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: a question, its rows, the ``format``, and of when it is: change number ``as_of`` of the store, asked ``at``.

    ``names``: how annotations name records and reports.
    """

    query: Query
    wanted: Filter
    format: str
    rows: Iterable[Answered]
    as_of: int
    at: datetime
    names: Names = field(default_factory=Names)


Counts = Mapping[str, Mapping[str, Any]]
"""What a manifest says of a file besides its bytes, by its name."""
Making = Generator[None, None, Counts]
"""Writes files into an archive and pauses often, so that what was written can be taken."""


def formats_of(query: Query) -> tuple[str, ...]:
    """The formats in which the answers of a query can be had."""
    graphs = _GRAPHS if query.name in ("dyads", "network") else ()
    exchanged = known() if query.name == "events" else ()
    annotated = (ANNOTATION,) if issubclass(query.row, Row) else ()
    return (*_ROWS, *graphs, *exchanged, *annotated)


def bundle(view: View, export: Export) -> Generator[bytes, None, None]:
    """The bytes of the ZIP, piece by piece. Raises QueryError, before the first piece, for a question or a format that makes no sense."""
    if export.format not in formats_of(export.query):
        raise QueryError(f"{export.query.name} are not given as {export.format!r}", hint="one of " + ", ".join(formats_of(export.query)))
    archive = Archive(export.at)
    making = _maker(export.format)(view, export, archive)
    counts: Counts = {}
    going = True
    while going:
        try:
            next(making)
        except StopIteration as end:
            counts, going = end.value, False
        if piece := archive.taken():
            yield piece
    with archive.file(MANIFEST) as handle:
        handle.write(json.dumps(manifest(export, archive, counts), ensure_ascii=False, indent=2).encode() + b"\n")
    yield archive.end()


def manifest(export: Export, archive: Archive, counts: Counts) -> dict[str, Any]:
    """What the archive holds, for people and programs."""
    files = [{**asdict(packed), **counts[packed.name]} for packed in archive.packed]
    return {
        "layout": LAYOUT,
        "query": export.query.name,
        "filter": {name: value for name, value in asdict(export.wanted).items() if value is not None},
        "format": export.format,
        "rows": files[0]["rows"],
        "columns": files[0]["columns"],
        "files": files,
        "as_of": export.as_of,
        "at": export.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "onrecord": version("onrecord"),
        "licence": LICENCE,
    }


def _maker(format_: str) -> Callable[[View, Export, Archive], Making]:
    if format_ in _ROWS:
        return _rows
    if format_ in _GRAPHS:
        return _graph
    return _annotations if format_ == ANNOTATION else _exchanged


def _rows(_: View, export: Export, archive: Archive) -> Making:
    """The rows as they are in tables, or as JSON."""
    rows = _begun(export.rows)
    name = f"{export.query.name}.{export.format}"
    with ExitStack() as stack:
        handle = stack.enter_context(archive.file(name))
        writer = _writer(export, handle, stack)
        for number, row in enumerate(rows, 1):
            writer.feed(row.full() if export.format == "jsonl" else row.flat())
            if number % _OFTEN == 0:
                yield
        count = writer.finish()
    return {name: {"rows": count, "columns": export.query.columns}}


def _writer(export: Export, handle: BinaryIO, stack: ExitStack) -> RowWriter:
    if export.format == "parquet":
        return Parquet(handle, export.query.columns, types_of(export.query.row))
    text = stack.enter_context(text_of(handle))
    return JsonLines(text) if export.format == "jsonl" else Csv(text, export.query.columns)


def _annotations(view: View, export: Export, archive: Archive) -> Making:
    """The records of the rows as annotations of their words."""
    rows, name, document = _begun(export.rows), f"{export.query.name}.jsonld", document_of(view)
    with archive.file(name) as handle:
        writer = Annotations(handle)
        for number, row in enumerate(rows, 1):
            record = cast(Row, row).record
            writer.feed(annotation(record, document(record.document_id), export.names))
            if number % _OFTEN == 0:
                yield
        count = writer.finish()
    return {name: {"rows": count, "columns": ()}}


def _exchanged(view: View, export: Export, archive: Archive) -> Making:
    """The events in a format of others; its second part waits until the first is whole."""
    exporter = find(export.format)
    names = {part: f"{export.query.name}.{export.format}{f'.{part}' if part else ''}.tsv" for part in exporter.parts}
    events = _begun(told(view, exporter.kinds, export.wanted))
    with ExitStack() as stack:
        waiting = {part: stack.enter_context(SpooledTemporaryFile(_IN_MEMORY)) for part in exporter.parts if part}
        with archive.file(names[""]) as handle:
            writing = exporter({"": handle, **{part: cast(BinaryIO, file) for part, file in waiting.items()}})
            for number, item in enumerate(events, 1):
                writing.feed(item)
                if number % _OFTEN == 0:
                    yield
            counts = writing.finish()
        for part, file in waiting.items():
            file.seek(0)
            with archive.file(names[part]) as handle:
                while piece := file.read(_IN_MEMORY):
                    handle.write(piece)
                    yield
    return {names[part]: {"rows": counts[part], "columns": [c.name for c in exporter.columns[part]]} for part in exporter.parts}


def _graph(view: View, export: Export, archive: Archive) -> Making:
    """The whole network, of which both questions show the rows."""
    from onrecord.export.graphs import WRITERS  # noqa: PLC0415 - networkx takes a while to load, and few ask for graphs

    graph = graph_of(read_dyads(view, export.wanted))
    name = f"{export.query.name}.{export.format}"
    yield
    with archive.file(name) as handle:
        WRITERS[f".{export.format}"](graph, handle)
    return {name: {"rows": graph.number_of_edges(), "columns": (), "nodes": graph.number_of_nodes()}}


def _begun(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows; the first is read at once, so that what is wrong with the question is said before anything is sent."""
    found = iter(rows)
    return chain([first] if (first := next(found, None)) is not None else [], found)
