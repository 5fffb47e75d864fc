"""What every store is: three small classes (Store, Writer, View), what can be asked of them and what they promise. Holds no storage of its own.

A **store** keeps documents, the records read from them, links, runs, the issues log, and what each input item was. A **writer** adds; a **view** is a
read-only snapshot that sees the store before or after a change, never half of one. ``tests/store/contract.py`` says what any store must do.

::

    store = open_store("world.onrecord", create=True)
    with store.writer() as w:
        w.add(reading, "reports/a.txt sha256:…")
    with store.view() as view:
        for position in view.records("position", Selection(actor="RUS")):
            ...
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from onrecord.model import Decision, Document, Judged, Link, Problem, Reading, Record
from onrecord.model.links import LinkType
from onrecord.store.standing import Reviewed, State
from onrecord.store.values import ALL, Change, Counted, InputItem, LoggedProblem, Named, Part, Published, RecordKind, Run, Selection, Tie, Trace


class Closing(Protocol):
    """Something to close, by itself or at the end of a ``with`` block."""

    def close(self) -> None:
        """Release the file."""

    def __enter__(self) -> Self:
        """The thing itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        self.close()


class Writer(Closing, Protocol):
    """Adds to a store. Each call is one transaction: done wholly or not at all.

    Every call may raise StoreBusy or StoreError, and SchemaError for a value that breaks the record contract; the store is then as it was.
    """

    def run(self, run: Run) -> None:
        """Make ``run`` known (its counts are ignored). Readings added by this writer belong to it unless their records say otherwise."""

    def add(self, reading: Reading, input_key: str, run_id: str | None = None, problems: Sequence[Problem] = ()) -> bool:
        """Keep a reading, with everything it holds, as what ``input_key`` gave, and the ``problems`` met on the way to it; True if the store changed.

        The run is ``run_id``, else the records' own, else the writer's current run. An input already done in that run changes nothing. A document
        read before in another run has its records replaced. Where several inputs give one document, the reading of the input whose key sorts first
        is kept, so that the order of adding does not matter. What an input gave before and no input gives any longer is removed. The reading's
        links are kept with it; one that was withdrawn stays withdrawn, whatever a later reading says.
        """

    def problem(self, problem: Problem, input_key: str, run_id: str | None = None) -> None:
        """Log a problem of an input, once however often it is said. An input that gave no document counts as failed, to be tried again next time."""

    def link(self, link: Link) -> None:
        """Keep a link. The same decision (both ends, type, by whom and when) given again replaces its judgement, score, detail and withdrawal."""

    def decide(self, decision: Decision) -> Decision:
        """Keep a reviewer's decision on a record and let it take effect; the decision as it is kept, with its digest.

        What decisions come to is said in ``onrecord.store.standing``. Queries see that in place of what the machine read, also when the document is
        read anew; decisions on a document that goes wait for it. Raises NotThere for a document that is not there, SchemaError for a record that
        is not of this document or whose spans are not its words.
        """

    def judge(self, judged: Judged) -> Judged:
        """Keep a person's judgement of a link; as it is kept, with its digest. It is never changed again, not by :meth:`link` either.

        What judgements come to is said in ``onrecord.store.standing``. Raises SchemaError for one that is undated, or already there.
        """

    def linking(self) -> AbstractContextManager[Linking]:
        """One transaction for linking documents with each other; what is done in it is kept where the block ends without an error."""

    def unlink_all(self) -> None:
        """Forget all traces and all links that linkers made, and have every document linked anew. Judgements of people stay."""


class Linking(Protocol):
    """One write transaction over a batch of documents, for linkers. It sees what it has written itself.

    A document that is added, or read anew, is *unlinked*: its traces and the links that linkers made with it are gone, and its former neighbours are
    unlinked too. Raises as a Writer does.
    """

    @property
    def view(self) -> View:
        """What the store holds, this transaction included."""

    def unlinked(self, limit: int) -> list[str]:
        """Ids of documents still to be linked, the first added first."""

    def linked(self, document_id: str) -> None:
        """Say that a document is linked now."""

    def remember(self, trace: Trace) -> int:
        """Keep a trace in place of the owner's former one in that space; returns its key."""

    def find(
        self, space: str, terms: Iterable[int], *, days: tuple[int, int] | None = None, at_most: int = 32, newest: bool = False
    ) -> list[tuple[int, int]]:
        """(term, key of a trace) pairs: of each term at most ``at_most`` traces, by day, then key, the earliest or the ``newest`` first.

        ``days``: only from the first to the last of these days.
        """

    def traces(self, keys: Collection[int]) -> dict[int, Trace]:
        """The traces with these keys, without their terms."""

    def trace(self, space: str, owner: str) -> tuple[int, Trace] | None:
        """The key and trace of an owner, without its terms; None where there is none."""

    def links(self, ids: Collection[str], types: Collection[LinkType] | None = None) -> list[Link]:
        """All links with one of these ids at either end, withdrawn ones too, in the order of :meth:`View.links`."""

    def link(self, link: Link) -> None:
        """Keep a link that a linker made (``created_at`` is empty); one that somebody withdrew stays withdrawn."""

    def unlink(self, left: str, right: str, type: LinkType, by: str) -> None:  # noqa: A002 - the link's own word
        """Take back a link that a linker made; one that somebody withdrew stays."""

    def arrival(self, document_id: str) -> int:
        """As :meth:`View.arrival`."""


class View(Closing, Protocol):
    """A read-only snapshot: what is written after it was opened is not seen.

    Every call may raise StoreError where the store is damaged, NotThere for an id that nothing has, and QueryError for the beginning of several
    ids and for a selection that makes no sense.
    Threads may hand a view on to one another; no two may use it at a time.
    """

    def renew(self) -> None:
        """See the store as it is now. What was being read from the former snapshot cannot be read on: the next row raises StoreError."""

    def documents(self, selection: Selection = ALL) -> Iterator[Document]:
        """Documents by date and id, or, the ``order`` newest, the other way round.

        ``publisher``, ``since``, ``until``, ``text`` are of the document; the other fields, of a record it must hold.
        """

    def document(self, document_id: str) -> Document:
        """The document with this id, or with the only id that begins so."""

    def reading(self, document_id: str) -> Reading:
        """Everything read from one document, as it was added; links with what became of them since.

        Where people have decided on its records, those that stand by their word: see :meth:`Writer.decide` and :meth:`machine`.
        """

    def records(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        """Records of one kind, or of all, by date, document, offset of the evidence, id. Records without any date come first.

        With the ``order`` newest exactly the other way round.
        """

    def among(self, ids: Collection[str], kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        """Those of the records with these ids that :meth:`records` gives, in its order; ``limit`` and ``after`` say nothing. Others are left out."""

    def days(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[tuple[RecordKind, str, str, int]]:
        """How many of these records there are of each kind and span of days: (kind, first day, last day, records), by day and kind.

        The days are those by which records are selected and put in order; ``""`` where none is known. ``limit`` and ``after`` are not heeded.
        """

    def count(self, kind: Counted, selection: Selection, most: int, seconds: float) -> tuple[int, bool]:
        """How many records, or documents, a selection wants, whatever its ``limit`` and ``after``, and whether these are all.

        At most ``most`` are counted, and no more than can be within ``seconds``: what is quick to list need not be quick to count.
        """

    def counts(self, document_id: str) -> Mapping[RecordKind, int]:
        """How many records of each kind the document with this id has."""

    def record(self, record_id: str) -> Record:
        """The record with this id, or with the only id that begins so."""

    def machine(self, record_id: str) -> Record | None:
        """What the machine reads under an id, whatever people say of it; None where it reads nothing."""

    def decisions(
        self, *, record_id: str | None = None, document_id: str | None = None, by: str | None = None, newest: bool = False
    ) -> Iterator[Decision]:
        """What people decided, the oldest or the ``newest`` first: all of it, or what is on one record or document or by one reviewer."""

    def reviewers(self) -> Iterator[str]:
        """Everybody who ever decided on a record, in order, each once."""

    def reviewed(self, *, record_id: str | None = None, document_id: str | None = None, state: State | None = None) -> Iterator[Reviewed]:
        """The records on which a decision counts, by id, with what decisions have made of them: all, or one, those of a document or in one state."""

    def states(self) -> Mapping[State, int]:
        """How many records are in each state that decisions can bring them to; states without any are left out."""

    def undecided(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        """The records on which no decision counts, the least sure first, then by id."""

    def links(self, ids: Collection[str] | None = None, types: Collection[LinkType] | None = None) -> Iterator[Link]:
        """All links by their ends, type, author and time; withdrawn ones too. ``ids``: with one of them at either end; ``types``: of these types.

        What a person judged is :class:`onrecord.model.Judged`.
        """

    def judgements(self, *, shared: bool = False, by: str | None = None) -> Iterator[Link]:
        """What people judged of links, the oldest first, those that withdraw too: the links that have a time.

        ``shared``: only of pairs of which more than one of them judged the same link; ``by``: only what this one of them says.
        """

    def parts(self, roles: Collection[str], selection: Selection = ALL) -> Iterator[Part]:
        """Who has one of these roles in the records that :meth:`records` gives, in its order.

        Those of one record stand together, in no set order. ``limit`` and ``after`` are not heeded.
        """

    def published(self, selection: Selection = ALL) -> Iterator[Published]:
        """What each publisher brought of the documents that :meth:`documents` gives, with all their records, in no set order.

        ``limit`` and ``after`` are not heeded.
        """

    def ties(self, types: Collection[LinkType]) -> Iterator[Tie]:
        """The links of these types that nobody withdrew, in no set order: quicker than :meth:`links`, where all of a store are wanted.

        Of what one person judged of a pair, the latest alone; none where that withdraws.
        """

    def arrival(self, document_id: str) -> int:
        """The document's place in the order of adding, from 1; numbers of documents that are gone are not given again."""

    def changes(self, since: int = 0, limit: int | None = None) -> Iterator[Change]:
        """What changed behind the change number ``since``, in order."""

    def version(self) -> int:
        """The number of the last change; 0 for an empty store. Two views with one number see the same records and links."""

    def size(self) -> int:
        """About how many records there are: quick, never too few."""

    def problems(self) -> Iterator[LoggedProblem]:
        """The issues log, by input, in the order of logging."""

    def inputs(self) -> Iterator[InputItem]:
        """Every input item by key."""

    def runs(self) -> Iterator[Run]:
        """Every run by id, with its counts of documents and records."""

    def search(self, text: str, limit: int | None = None) -> Iterator[Document]:
        """Documents whose title or text holds all words of ``text``; the same as ``documents`` with only ``text`` and ``limit`` set."""

    def publishers(self) -> Iterator[str]:
        """The publishers of all documents, in order, each once; documents without one are passed over."""

    def names(self) -> Iterator[str]:
        """Names and ids of the actors of all records, in order, each once; to suggest what a mistyped one may have meant."""

    def beginning(self, start: str, of: Named, limit: int) -> Iterator[str]:
        """Names of actors of records, or of publishers, that begin so but for case and accents; by alphabet, each once, at most ``limit``."""


class Store(Closing, Protocol):
    """Where readings are kept. One writer at a time; any number of views."""

    def writer(self) -> Writer:
        """A writer. A second writer elsewhere waits for each transaction of the first, and gets StoreBusy after the timeout."""

    def view(self) -> View:
        """A snapshot of the store as it is now."""

    def has_input(self, input_key: str, run_id: str) -> bool:
        """True if this input gave a document in this run; a failed input is worth another try."""

    def check(self) -> list[str]:
        """What is wrong inside the store, one line each; empty if it is sound."""
