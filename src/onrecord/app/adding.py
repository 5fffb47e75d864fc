"""Readings go into a store, and its reports are linked with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.app.answers import open_record
from onrecord.app.readers import OnProblem, Tally, default_reader, describe_run, named, read_document, warn
from onrecord.errors import SchemaError
from onrecord.ingest import Item, documents
from onrecord.model import Problem, Reading

if TYPE_CHECKING:
    from onrecord.across.engine import Linker
    from onrecord.reading.reader import Reader
    from onrecord.store import Writer


def add(
    store: str | Path,
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: Sequence[str | Path] = (),
    models: str | Path | None = None,
    rules_only: bool = False,
    reader: Reader | None = None,
    on_problem: OnProblem = warn,
    progress: Callable[[Tally, str], None] | None = None,
) -> Tally:
    """Read every report under ``paths`` into the store, made where there is none. Running it again, or after a kill, goes on where it stopped.

    Each report is one transaction; then the reports are linked with each other (:func:`link`).
    ``knowledge``, ``models``, ``rules_only``: as for :func:`read`. ``progress`` is called after each input
    with the counts so far and the input's key. Raises StoreError where the store cannot be opened or written (a full disk, too): what was written
    until then stays.
    """
    from onrecord import across  # noqa: PLC0415 - reading without a store needs neither
    from onrecord.across.engine import BATCH  # noqa: PLC0415
    from onrecord.store import open_store  # noqa: PLC0415

    reader = reader or default_reader(knowledge, models=models, rules_only=rules_only, on_problem=on_problem)
    tally = Tally()
    with open_store(store, create=True) as kept, kept.writer() as writer:
        writer.run(describe_run(reader))
        for item in documents(named(paths), published=published, publisher=publisher, skip=lambda key: kept.has_input(key, reader.run_id)):
            for problem in keep(item, reader, writer, tally):
                on_problem(problem)
            if progress is not None:
                progress(tally, item.key)
            if tally.read and tally.read % BATCH == 0:
                across.link(writer, linkers(), on_problem=on_problem)
        across.link(writer, linkers(), on_problem=on_problem)
    return tally


def link(store: str | Path, *, anew: bool = False, on_problem: OnProblem = warn, progress: Callable[[int], None] | None = None) -> int:
    """Link the reports of a store that are not linked yet, or all of them ``anew``, and return how many there were.

    :func:`add` does it by itself; this is for stores of an older onrecord. ``progress`` is called with the count so far. Judgements of people stay.
    Raises StoreError.
    """
    from onrecord import across  # noqa: PLC0415 - see read

    with open_record(store) as kept, kept.writer() as writer:
        if anew:
            writer.unlink_all()
        return across.link(writer, linkers(), on_problem=on_problem, progress=progress)


def linkers() -> Sequence[Linker]:
    """The built-in linkers, in the order they are called for each document."""
    from onrecord.across.copies import CopyLinker  # noqa: PLC0415 - see read
    from onrecord.across.responses import Responses  # noqa: PLC0415
    from onrecord.across.same_events import SameEvents  # noqa: PLC0415
    from onrecord.across.same_statements import SameStatements  # noqa: PLC0415
    from onrecord.across.stories import Stories  # noqa: PLC0415

    return CopyLinker(), Stories(), SameStatements(), SameEvents(), Responses()


def keep(item: Item, reader: Reader, writer: Writer, tally: Tally) -> Iterator[Problem]:
    """Store what one input gives, its problems too, and yield them."""
    problems = [] if item.problem is None else [item.problem]
    reading: Reading | Problem | None = None
    if item.document is not None:
        reading = read_document(reader, item.document, item.key.rpartition("#")[0])
    if isinstance(reading, Reading):
        try:
            writer.add(reading, item.key, reader.run_id, problems)  # one transaction: a kill loses neither records nor problems
        except SchemaError as error:
            reading = Problem("broken-record", error.message, item.key, "report it with the text; the other reports were read")
    if isinstance(reading, Reading):
        tally.count(reading)
    else:
        problems += [reading] if reading is not None else []
        for problem in problems:
            writer.problem(problem, item.key, reader.run_id)
        tally.skipped += not problems
        tally.failed += bool(problems)
    yield from problems
