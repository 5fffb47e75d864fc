"""The four record kinds. Field names are the contract: the same in Python, JSON, columns, flags and query parameters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from onrecord.model.participants import Participant
from onrecord.model.spans import Place, Span

Form = Literal["direct", "indirect", "mixed"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
Stance = Literal["support", "oppose", "neutral", "declines-comment"]
RelationType = Literal["office", "membership", "partnership", "alliance", "dispute", "claim", "sanction", "war", "part-of", "foundation"]
RelationStatus = Literal["current", "former", "planned", "denied"]
DateBasis = Literal["text", "publication", "none"]
TargetKind = Literal["issue", "actor", "action", "proposition"]


def record_id(kind: str, document_id: str, roles: Mapping[str, Iterable[Span | None]]) -> str:
    """A record's id: 20 hexadecimal digits of kind, document and the evidence spans by role.

    Predicted codes, actors and scores never enter, so that a better model keeps the id and reviews survive.
    """
    parts = [kind, document_id]
    for role in sorted(roles):
        parts += [role, *(f"{s.start}-{s.end}" for s in roles[role] if s is not None)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class RecordDate:
    """When. ISO dates, inclusive; a missing year is written ``--07-03``. ``basis`` says where the date comes from."""

    start: str | None = None
    end: str | None = None
    precision: str | None = None
    basis: DateBasis = "none"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """One ground on which a record was made.

    ``by`` a rule: ``name`` is its key with the word it hangs on ("verb say that", "nominals support"), ``score`` the share of such cases that were
    right when measured. ``by`` a model: ``name`` is the model, or the model and what it scored, ``score`` its probability.
    Scores are 0 to 1, None where nothing was measured.
    """

    by: Literal["rule", "model"]
    name: str
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every record carries. ``via``: the reporting chain, nearest the words first; ``statement_id``: the statement it is said inside.

    ``why``: the grounds on which it was made; empty in records of versions that did not keep them. Never part of the id.
    """

    id: str
    document_id: str
    evidence: Span
    via: tuple[Participant, ...] = ()
    statement_id: str | None = None
    date: RecordDate = RecordDate()
    confidence: float = 0.5
    extractor: str = ""
    run_id: str = ""
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Head):
    """Who said what, in whose words. A split quotation has several ``content`` spans."""

    kind: ClassVar[str] = "statement"
    speaker: Participant
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    addressees: tuple[Participant, ...] = ()
    nested_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Head):
    """Who did what to whom, in PLOVER 2.0. Reciprocal acts list every side in ``actors`` and have no recipient.

    ``paths``: for each of the actors, then of the recipients, the way through the parse from the trigger ("condemned ←subject Kenya"), None where
    another sentence names it; empty in records of versions that did not keep them.
    """

    kind: ClassVar[str] = "event"
    type: str
    trigger: Span
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: Status = "actual"
    place: Place | None = None
    quad: int | None = None
    intensity: float | None = None
    cameo: str | None = None
    paths: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A named question one can take sides on, by its id in the versioned list."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a stance is about."""

    span: Span | None
    kind: TargetKind
    actor: Participant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Head):
    """Who stands where on what. ``record_id``: the statement or event that shows it; ``strength`` 1 (leaning) to 3 (emphatic)."""

    kind: ClassVar[str] = "position"
    holder: Participant
    stance: Stance
    target: Target
    issue: Issue | None = None
    strength: int = 2
    record_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Head):
    """What holds between two actors. ``directed`` is False where they could change places. ``detail``: the office, status or name given."""

    kind: ClassVar[str] = "relation"
    subject: Participant
    object: Participant
    type: RelationType
    directed: bool = True
    since: str | None = None
    until: str | None = None
    status: RelationStatus = "current"
    detail: str | None = None


Record = Statement | Event | Position | Relation
KINDS: Mapping[str, type[Record]] = {"statement": Statement, "event": Event, "position": Position, "relation": Relation}
