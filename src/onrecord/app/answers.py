"""A store, or readings that were printed, opened for questions; its events written in other formats, or laid beside theirs."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.app.readers import OnProblem, warn
from onrecord.errors import SchemaError
from onrecord.model import Problem, Reading, from_dict

if TYPE_CHECKING:
    from onrecord.coded import Comparison, DataSet
    from onrecord.export import Exporter
    from onrecord.query import Filter
    from onrecord.store import Store, View


def open_record(store: str | Path) -> Store:
    """Open an existing store for questions. Raises StoreError where there is none, or none that this onrecord can read."""
    from onrecord.store import open_store  # noqa: PLC0415

    return open_store(store)


def export(view: View, exporter: type[Exporter], handles: Mapping[str, BinaryIO], wanted: Filter | None = None) -> Mapping[str, int]:
    """Write the records that ``wanted`` lets through (by default actual events) to the handles, one for each part of the format.

    Returns the number of rows of each part. ``onrecord.export.find("polecat")`` gives an exporter. Raises QueryError for a filter field that says
    nothing about events, StoreError where the store is damaged.
    """
    from onrecord.export import told  # noqa: PLC0415 - reading needs no exporter
    from onrecord.query import Filter  # noqa: PLC0415

    writing = exporter(handles)
    for item in told(view, exporter.kinds, wanted if wanted is not None else Filter(status="actual")):
        writing.feed(item)
    return writing.finish()


def compare(
    view: View,
    path: str | Path,
    wanted: Filter | None = None,
    *,
    data_set: DataSet | None = None,
    mentions: str | Path | None = None,
    days: int = 1,
    on_problem: OnProblem = warn,
) -> Comparison:
    """Lay the rows of a POLECAT or GDELT file beside the events that ``wanted`` lets through (by default actual ones), ``days`` apart at most.

    ``data_set``: which of the two it is, told by its first line if None; ``mentions``: GDELT's file of them. Iterate over the result, once, for the
    pairings; its ``row`` and ``summary`` say the rest. Bad rows go to ``on_problem``. Raises InputError for a file that is neither, QueryError for a
    question that makes no sense.
    """
    from onrecord.coded import compare as compared  # noqa: PLC0415 - only here is it wanted
    from onrecord.coded import read_coded  # noqa: PLC0415

    theirs = read_coded(path, on_problem, data_set=data_set, mentions=mentions)
    return compared(view, theirs, days=days) if wanted is None else compared(view, theirs, wanted, days=days)


@contextmanager
def opened(path: str | Path, on_problem: OnProblem = warn) -> Iterator[View]:
    """A view of a store, or of the readings that ``onrecord read --format json`` printed into a file (``-``: standard input), a line each.

    Readings are held in a store of their own until the end; a line that is none goes to ``on_problem``. Raises StoreError where there is neither.
    """
    if not _holds_readings(path):
        with open_record(path) as store, store.view() as view:
            yield view
        return
    from onrecord.store import open_store  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder, open_store(Path(folder, "readings"), create=True) as store:
        _keep_readings(store, path, on_problem)
        with store.view() as view:
            yield view


def _holds_readings(path: str | Path) -> bool:
    """Whether it is standard input or a file that begins like JSON."""
    if str(path) == "-":
        return True
    try:
        with Path(path).open("rb") as handle:
            return handle.read(64).lstrip().startswith(b"{")
    except OSError:
        return False  # the store says better what is wrong


def _keep_readings(store: Store, path: str | Path, on_problem: OnProblem) -> None:
    from onrecord.store import Run  # noqa: PLC0415

    with store.writer() as writer, ExitStack() as stack:
        writer.run(Run("readings"))
        lines = sys.stdin if str(path) == "-" else stack.enter_context(Path(path).open(encoding="utf-8", errors="surrogateescape"))
        for number, line in enumerate(lines, 1):
            try:
                writer.add(from_dict(Reading, json.loads(line)), f"{path}#{number}", "readings")
            except (ValueError, SchemaError) as error:
                hint = "give what onrecord read --format json prints; the other lines were read"
                on_problem(Problem("bad-reading", f"the line is no reading ({error})"[:300], f"{path} line {number}", hint))
