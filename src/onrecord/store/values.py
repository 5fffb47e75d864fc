"""The plain values that stores exchange: what is wanted, and what is kept besides documents and records. Holds no storage of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from onrecord.model import ActorKind, Problem
from onrecord.model.links import Judgement, LinkType

RecordKind = Literal["statement", "event", "position", "relation"]
Named = Literal["actor", "publisher"]
Counted = RecordKind | Literal["document"] | None
"""What is counted: records of one kind, documents, or records of all kinds."""
InputState = Literal["done", "failed"]
ChangeWhat = Literal["added", "changed", "withdrawn"]
ChangedKind = Literal["document", "record", "link", "review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which records (or documents) are wanted. Every field that is set must hold; an empty selection wants all. Nothing is checked here.

    ``actor``: whoever acts (speaker, actors, holder, subject, object): an id, ISO 3166 alpha-3 code, name, whole words of a name, or the mention's
    words; a country's code or name stands for everyone who acts for it, its id for the state alone. ``speaker``: found like ``actor``; the speaker
    of a statement, or of the statement that a record is said in.
    ``about``: an issue's id or label, or whoever is acted on or spoken of, or words in the content or target.
    ``issue``, ``type``, ``stance``, ``status``, ``form``: equal; ``publisher``: equal but for case and accents. Statements and events have the
    issues of the positions that they show or that are said in them.
    ``since``, ``until``: ISO dates (a year or month is enough), inclusive; a record's date span must touch them. A record without a date of its
    own has its document's. ``via``: somebody in the reporting chain, found like ``actor``.
    ``text``: words that all occur in the record's words (or in the document); quoted words are a phrase. ``confidence``: at least.
    ``language``: of the document, equal. ``corroboration``: queries count independent voices; here two or more leave out the statements and events
    that no link, standing or not, calls the same as another.
    ``document_id``, ``statement_id``, ``record_id``: equal.
    ``limit``: at most so many. ``after``: go on behind the record (or document) with this id. ``order``: "newest" for the same the other way round;
    else the oldest come first.
    """

    actor: str | None = None
    speaker: str | None = None
    about: str | None = None
    issue: str | None = None
    type: str | None = None
    stance: str | None = None
    status: str | None = None
    form: str | None = None
    since: str | None = None
    until: str | None = None
    publisher: str | None = None
    language: str | None = None
    via: str | None = None
    text: str | None = None
    confidence: float | None = None
    corroboration: int | None = None
    document_id: str | None = None
    statement_id: str | None = None
    record_id: str | None = None
    limit: int | None = None
    after: str | None = None
    order: str | None = None


ALL = Selection()


@dataclass(frozen=True, slots=True)
class Run:
    """One setting of the reader: what it was told and which versions made it up. The store counts ``documents`` and ``records`` itself."""

    id: str
    config: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True)
class InputItem:
    """What one input item came to. ``key`` names it (a path with its digest, or a row of a file); a failed one gave no document."""

    key: str
    state: InputState
    document_id: str | None
    run_id: str


@dataclass(frozen=True, slots=True)
class LoggedProblem:
    """A row of the issues log: which input, which document (None where there is none), and the problem."""

    input_key: str
    document_id: str | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the log of changes. ``seq`` grows with every change; ``at``: UTC, to the second.

    A document that was added or changed (read anew) stands for all the records it has now; a record is named where it was withdrawn, or where a
    review brought or changed it. The ``id`` of a link is its left, right, type, by and created_at, divided by spaces; of a review the digest of its
    decision.
    """

    seq: int
    at: str
    what: ChangeWhat
    kind: ChangedKind
    id: str


class Tie(NamedTuple):
    """A link without its grounds; see :class:`onrecord.model.Link`, and :class:`onrecord.model.Judged` for ``settles``. It is not withdrawn."""

    left: str
    right: str
    type: LinkType
    judgement: Judgement
    score: float
    by: str
    created_at: str
    settles: bool = False

    @property
    def withdrawn_at(self) -> None:
        """When it was withdrawn: never."""


class Published(NamedTuple):
    """What one publisher (None: unknown) brought: documents, the first and last time of publication, and records by kind."""

    publisher: str | None
    documents: int
    since: str | None
    until: str | None
    records: Mapping[RecordKind, int]


class Part(NamedTuple):
    """A resolved actor in a role (named as the record's field) of a record. ``place``: its place among those who take part in the record.

    The days are those by which records are selected and put in order; ``""`` where none is known.
    """

    record_id: str
    record_kind: RecordKind
    first_day: str
    last_day: str
    role: str
    place: int
    id: str
    name: str
    kind: ActorKind
    country: str | None


UNDATED = 0
"""The day of a trace whose day is not known."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a linker remembers of a document or record, so that it is found and compared again. Derived: it can always be made anew.

    ``space``: whose it is; ``owner``: the id of a document, or of a record of ``document_id``; ``day``: ``date.toordinal()``, UNDATED where unknown;
    ``terms``: what it can be found by, non-negative integers of which 40 bits count (not read back); ``data``: what is needed to compare it.
    """

    space: str
    owner: str
    document_id: str
    day: int
    terms: tuple[int, ...]
    data: bytes
