"""The rows queries answer with: flat columns for tables, CSV and Parquet, and the whole record for JSON. Columns are named as in the record contract.

A participant is its name in the column of its role (``speaker``), with its id and country beside it (``speaker_id``, ``speaker_country``); one that
was not resolved shows its words and has no id. ``words`` is the evidence, at ``start``–``end`` (code points) of the document's text. ``date`` is the
record's own first day, else the day its document was published (``date_basis`` says which). ``why`` has a ground as "rule verb say that 0.87".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from onrecord.model import Document, Event, Participant, Position, Record, Relation, Statement, to_dict
from onrecord.query.headings import heading

Names = tuple[str, ...]
OF_DOCUMENT = ("publisher", "published", "title", "url")
"""What a row says of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """Anything with columns. Lists are tuples; :meth:`flat` joins them."""

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(f.name for f in fields(cls) if f.metadata.get("column", True))

    def flat(self) -> dict[str, str | int | float | bool | None]:
        """The row as one scalar a column, for CSV and Parquet; lists are joined with ``"; "``."""
        return {name: _scalar(getattr(self, name)) for name in self.columns()}

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """The row for a table on a terminal, where there is no room for all columns."""
        return self.flat()

    def full(self) -> dict[str, Any]:
        """The row for JSON: nothing left out."""
        return {name: to_dict(getattr(self, name)) for name in self.columns()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Flat):
    """A record with where it was published. ``own``: columns that are no field of the record and that :meth:`full` has beside it.

    ``heading``: what the report is called where it is shown; see :mod:`onrecord.query.headings`.
    """

    own: ClassVar[Names] = ()
    id: str
    kind: str
    date: str | None
    date_basis: str
    publisher: str | None
    via: Names
    words: str
    title: str | None
    published: str | None
    url: str | None
    document_id: str
    start: int
    end: int
    statement_id: str | None
    confidence: float
    extractor: str
    run_id: str
    why: Names
    heading: str = field(repr=False, metadata={"column": False})
    record: Record = field(repr=False, metadata={"column": False})

    def full(self) -> dict[str, Any]:
        """The record exactly as the contract has it, with its document's publisher, published, title and url, and with the row's own columns."""
        return {**to_dict(self.record), **{name: to_dict(getattr(self, name)) for name in (*OF_DOCUMENT, *self.own)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Row):
    """Who said what."""

    speaker: str | None
    speaker_id: str | None
    speaker_country: str | None
    cue: str | None
    content: str
    form: str
    addressees: Names
    nested_in: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow(Row):
    """Who did what to whom. ``mentions``: how many records tell of it, itself included; ``also``: the words of the others, ``also_id`` their ids."""

    own: ClassVar[Names] = ("mentions", "also", "also_id")
    type: str
    mode: str | None
    contexts: Names
    actors: Names
    actors_id: Names
    actors_country: Names
    recipients: Names
    recipients_id: Names
    recipients_country: Names
    trigger: str
    status: str
    place: str | None
    quad: int | None
    intensity: float | None
    cameo: str | None
    mentions: int
    also: Names
    also_id: Names

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """With the words of all mentions as the event's words."""
        return {**self.flat(), "words": " … ".join((self.words, *self.also))}


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(Row):
    """Who stands where on what."""

    holder: str | None
    holder_id: str | None
    holder_country: str | None
    stance: str
    issue: str | None
    issue_label: str | None
    target: str | None
    target_kind: str
    target_actor: str | None
    strength: int
    record_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow(Row):
    """What holds between two actors."""

    subject: str | None
    subject_id: str | None
    subject_country: str | None
    type: str
    object: str | None
    object_id: str | None
    object_country: str | None
    directed: bool
    since: str | None
    until: str | None
    status: str
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow(Row):
    """A record of any kind by its date: who (``actor``), concerning whom or what (``about``), and the kind's own codes."""

    actor: Names
    about: Names
    type: str | None
    stance: str | None
    status: str | None
    issue: str | None
    form: str | None


def name_of(participant: Participant | None) -> str | None:
    """The actor's name, else the words of the mention, else None."""
    if participant is None:
        return None
    if participant.actor:
        return participant.actor.name
    return participant.mention.text if participant.mention else None


def names_of(participants: Iterable[Participant]) -> Names:
    """The name of each participant; one that nothing names is left out."""
    return tuple(name for p in participants if (name := name_of(p)) is not None)


def head(record: Record, document: Document) -> dict[str, Any]:
    """The columns every row has."""
    own = record.date.start or record.date.end
    basis = record.date.basis if own else "publication" if document.published else "none"
    return {
        "id": record.id,
        "kind": record.kind,
        "date": own or (document.published[:10] if document.published else None),
        "date_basis": basis,
        "publisher": document.publisher,
        "via": names_of(record.via),
        "words": record.evidence.text,
        "title": document.title,
        "published": document.published,
        "url": document.url,
        "document_id": document.id,
        "start": record.evidence.start,
        "end": record.evidence.end,
        "statement_id": record.statement_id,
        "confidence": record.confidence,
        "extractor": record.extractor,
        "run_id": record.run_id,
        "why": tuple(f"{w.by} {w.name}" + (f" {w.score:.2f}" if w.score is not None else "") for w in record.why),
        "heading": heading(document),
        "record": record,
    }


def statement_row(s: Statement, document: Document) -> StatementRow:
    """The row of a statement; the parts of a split quotation are joined by " … "."""
    return StatementRow(
        **head(s, document),
        **_who("speaker", s.speaker),
        cue=s.cue.text if s.cue else None,
        content=" … ".join(c.text for c in s.content),
        form=s.form,
        addressees=names_of(s.addressees),
        nested_in=s.nested_in,
    )


def event_row(e: Event, document: Document, others: Sequence[Record] = ()) -> EventRow:
    """The row of an event and of ``others`` that tell of the same. Ids and countries stand in the order of names, ``""`` where there is none."""
    return EventRow(
        **head(e, document),
        **_all("actors", e.actors),
        **_all("recipients", e.recipients),
        type=e.type,
        mode=e.mode,
        contexts=e.contexts,
        trigger=e.trigger.text,
        status=e.status,
        place=e.place.name if e.place else None,
        quad=e.quad,
        intensity=e.intensity,
        cameo=e.cameo,
        mentions=1 + len(others),
        also=tuple(other.evidence.text for other in others),
        also_id=tuple(other.id for other in others),
    )


def position_row(p: Position, document: Document) -> PositionRow:
    """The row of a position."""
    return PositionRow(
        **head(p, document),
        **_who("holder", p.holder),
        stance=p.stance,
        issue=p.issue.id if p.issue else None,
        issue_label=p.issue.label if p.issue else None,
        target=p.target.span.text if p.target.span else name_of(p.target.actor),
        target_kind=p.target.kind,
        target_actor=name_of(p.target.actor),
        strength=p.strength,
        record_id=p.record_id,
    )


def relation_row(r: Relation, document: Document) -> RelationRow:
    """The row of a relation."""
    return RelationRow(
        **head(r, document),
        **_who("subject", r.subject),
        **_who("object", r.object),
        type=r.type,
        directed=r.directed,
        since=r.since,
        until=r.until,
        status=r.status,
        detail=r.detail,
    )


def timeline_row(record: Record, document: Document) -> TimelineRow:
    """The row of a record of any kind."""
    who, about = _sides(record)
    return TimelineRow(
        **head(record, document),
        actor=who,
        about=about,
        type=record.type if isinstance(record, Event | Relation) else None,
        stance=record.stance if isinstance(record, Position) else None,
        status=record.status if isinstance(record, Event | Relation) else None,
        issue=record.issue.id if isinstance(record, Position) and record.issue else None,
        form=record.form if isinstance(record, Statement) else None,
    )


def _sides(record: Record) -> tuple[Names, Names]:
    """Who acts, and whom or what it concerns."""
    if isinstance(record, Statement):
        return names_of([record.speaker]), names_of(record.addressees)
    if isinstance(record, Event):
        return names_of(record.actors), names_of(record.recipients)
    if isinstance(record, Position):
        target = record.target.span.text if record.target.span else name_of(record.target.actor)
        return names_of([record.holder]), (target,) if target else ()
    return names_of([record.subject]), names_of([record.object])


def _who(role: str, p: Participant) -> dict[str, Any]:
    actor = p.actor
    return {role: name_of(p), f"{role}_id": actor.id if actor else None, f"{role}_country": actor.country if actor else None}


def _all(role: str, participants: Iterable[Participant]) -> dict[str, Any]:
    named = [(name, p.actor) for p in participants if (name := name_of(p)) is not None]
    return {
        role: tuple(name for name, _ in named),
        f"{role}_id": tuple(actor.id if actor else "" for _, actor in named),
        f"{role}_country": tuple((actor.country or "") if actor else "" for _, actor in named),
    }


def _scalar(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value
