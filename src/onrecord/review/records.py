"""Records that people make: a corrected one, an added one. Checks shape, codes, words and references; decides nothing about who may.

Spans may be given by ``start`` and ``end`` alone; their words are filled in from the text. Offsets are code points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.codebook import plover
from onrecord.codebook.issues import issues
from onrecord.codebook.own_issues import OWN
from onrecord.errors import CodebookError, QueryError, SchemaError
from onrecord.model import Document, Event, Participant, Position, Record, Relation, Span, Statement, from_dict, record_id, to_dict
from onrecord.model.records import KINDS
from onrecord.review.shape import faults
from onrecord.store.columns import check_record
from onrecord.store.days import first_day

EXTRACTOR = "review"
"""What the records that people corrected or added have as ``extractor``; they have no run, no grounds and a confidence of 1."""
REFERENCES = ("statement_id", "nested_in", "record_id")
_FIXED = ("id", "kind", "document_id")
_DATES = "write 2024, 2024-07 or 2024-07-03"
_MADE = {"confidence": 1.0, "extractor": EXTRACTOR, "run_id": "", "why": []}


def corrected(record: Record, change: Mapping[str, Any], document: Document, known: Collection[str | None]) -> Record:
    """The record with the fields of ``change`` in place of its own; it keeps its id, whatever words it is now tied to.

    ``known``: ids of the document's records, which it may refer to. Raises QueryError for what is no such record, saying every fault.
    """
    for name in _FIXED:
        if name in change and change[name] != getattr(record, name):
            raise QueryError(f"a correction cannot change the {name}", hint="reject this record and add the one that is meant")
    plain = {**to_dict(record), **change, **_MADE}
    if record.kind == "event" and any(name in change for name in ("actors", "recipients")):
        plain["paths"] = []  # they lead to the parties that the machine saw
    if record.kind == "event" and any(name in change for name in ("type", "mode")):
        plain = {**plain, **_derived(plain["type"], plain.get("mode")), **change}
    return _made(plain, document, known)


def added(kind: str, fields: Mapping[str, Any], document: Document, known: Collection[str]) -> Record:
    """A record of ``kind`` that the machine did not read. Its id is made as the machine makes it, so that one day it may find it there.

    ``known``: as for :func:`corrected`. Raises QueryError for what is no such record, saying every fault.
    """
    if kind not in KINDS:
        raise QueryError(f"kind: {kind!r} is not known", hint="one of " + ", ".join(KINDS))
    if kind == "statement":
        fields = {"cue": None, **fields}
    if kind == "event":
        fields = {**_derived(fields.get("type"), fields.get("mode")), **fields}
    record = _made({**fields, "id": "", "kind": kind, "document_id": document.id, **_MADE}, document, known)
    return replace(record, id=record_id(kind, document.id, _roles(record)))


def _derived(code: Any, mode: Any) -> dict[str, Any]:
    """What the codebook says of a type and mode: quad, intensity, CAMEO code; nothing for a code that it does not know."""
    try:
        return {"quad": plover.quad(code), "intensity": plover.intensity(code, mode), "cameo": plover.cameo_of(code, mode)}
    except (CodebookError, TypeError):
        return {}


def _made(plain: dict[str, Any], document: Document, known: Collection[str | None]) -> Record:
    kind = KINDS[plain["kind"]]
    plain = {name: _worded(value, document.text) for name, value in plain.items() if name != "kind"}
    found = list(faults(plain, kind, ""))
    if not found:
        record = _built(kind, plain, document)
        found = list(_wrong(record, known))
        if not found:
            return record
    raise QueryError("the record cannot be kept: " + "; ".join(found[:8]), hint="docs/review.md shows a whole one of each kind")


def _built(kind: type[Record], plain: Mapping[str, Any], document: Document) -> Record:
    try:
        record = from_dict(kind, plain)
        check_record(record, document.id, document.text)
    except SchemaError as error:
        raise QueryError(f"the record cannot be kept: {error.message}", hint="copy the words from the report, or give start and end alone") from error
    return record


def _worded(value: Any, text: str) -> Any:
    """The value with the words of every span that has only its offsets."""
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if set(value) == {"start", "end"} and isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            return {**value, "text": text[start:end]}
        return {name: _worded(inner, text) for name, inner in value.items()}
    return [_worded(inner, text) for inner in value] if isinstance(value, list) else value


def _wrong(record: Record, known: Collection[str | None]) -> Iterator[str]:
    """What is wrong with a record of the right shape: codes nobody knows, words that are none, references to what is not there."""
    if not record.evidence.text.strip():
        yield "evidence: words are wanted"
    for name in REFERENCES:
        referred = getattr(record, name, None)
        if referred is not None and (referred not in known or referred == record.id):
            yield f"{name}: {referred!r} is no other record of this report"
    dates = {"date.start": record.date.start, "date.end": record.date.end}
    yield from (f"{name}: {day!r} is no date; {_DATES}" for name, day in dates.items() if day and not first_day(day) and not day.startswith("--"))
    yield from (f"{p}: somebody is wanted, by words or by name" for p in _nobody(record))
    if isinstance(record, Event):
        yield from _wrong_event(record)
    elif isinstance(record, Statement):
        yield from [] if record.content else ["content: words are wanted"]
    elif isinstance(record, Position):
        yield from _wrong_position(record)
    else:
        days = {"since": record.since, "until": record.until}
        yield from (f"{name}: {day!r} is no date; {_DATES}" for name, day in days.items() if day is not None and not first_day(day))


def _wrong_position(position: Position) -> Iterator[str]:
    issue = position.issue
    if issue is not None and issue.id not in {known.id for known in issues()} and not issue.id.startswith(OWN):
        yield f"issue: {issue.id!r} is not known"
    if not 1 <= position.strength <= 3:
        yield "strength: 1, 2 or 3 is wanted"
    if position.target.span is None and position.target.actor is None:
        yield "target: words or an actor are wanted"


def _nobody(record: Record) -> Iterator[str]:
    """The roles that must be somebody and are nobody: neither words nor an actor. A speaker may be unnamed."""
    roles: dict[str, Participant] = {}
    if isinstance(record, Position):
        roles = {"holder": record.holder}
    elif isinstance(record, Relation):
        roles = {"subject": record.subject, "object": record.object}
    elif isinstance(record, Event):
        roles = {f"{role}[{i}]": p for role in ("actors", "recipients") for i, p in enumerate(getattr(record, role))}
    return (name for name, p in roles.items() if p.mention is None and p.actor is None)


def _wrong_event(event: Event) -> Iterator[str]:
    if event.type not in plover.types():
        yield f"type: {event.type!r} is not known; one of {', '.join(plover.types())}"
        return
    if event.mode is not None and event.mode not in plover.types()[event.type].modes:
        yield f"mode: {event.type} has no mode {event.mode!r}; one of {', '.join(plover.types()[event.type].modes) or 'none'}"
    yield from (f"contexts: {code!r} is not known" for code in event.contexts if code not in plover.contexts())
    if not event.actors:
        yield "actors: somebody is wanted"


def _roles(record: Record) -> dict[str, list[Span | None]]:
    """The spans that make a record's id, as the extractors choose them."""
    if isinstance(record, Statement):
        return {"content": list(record.content), "cue": [record.cue], "speaker": [record.speaker.mention]}
    if isinstance(record, Event):
        return {"trigger": [record.trigger], "actors": [p.mention for p in record.actors], "recipients": [p.mention for p in record.recipients]}
    if isinstance(record, Position):
        target = record.target
        return {
            "evidence": [record.evidence],
            "holder": [record.holder.mention],
            "target": [target.span, target.actor.mention if target.actor else None],
        }
    return {"evidence": [record.evidence], "subject": [record.subject.mention], "object": [record.object.mention]}
