"""What of a record can be asked for: its columns, its participants by role, its words. Any store can use it; it stores nothing."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.errors import SchemaError
from onrecord.model import Event, Participant, Position, Problem, Reading, Record, Relation, Span, Statement, to_dict
from onrecord.store.days import days

ACTING = ("speaker", "actors", "holder", "subject", "object")
CONCERNED = ("about", "addressees", "recipients", "target", "subject", "object")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one record. ``words``: all its words; ``about``: those of its content or target; days are ``""`` where unknown."""

    type: str | None
    stance: str | None
    status: str | None
    issue: str | None
    issue_label: str | None
    form: str | None
    record_id: str | None
    first_day: str
    last_day: str
    words: str
    about: str


def columns(record: Record, published: str | None) -> Columns:
    """The columns of ``record``, from a document published on ``published``."""
    first, last = days(record.date, published)
    issue = record.issue if isinstance(record, Position) else None
    spans = about_spans(record)
    return Columns(
        type=record.type if isinstance(record, Event | Relation) else None,
        stance=record.stance if isinstance(record, Position) else None,
        status=record.status if isinstance(record, Event | Relation) else None,
        issue=issue.id if issue else None,
        issue_label=issue.label if issue else None,
        form=record.form if isinstance(record, Statement) else None,
        record_id=record.record_id if isinstance(record, Position) else None,
        first_day=first,
        last_day=last,
        words=" ".join(_outside((record.evidence, *spans))),
        about=" ".join(s.text for s in spans),
    )


def about_spans(record: Record) -> tuple[Span, ...]:
    """The spans that say what a record is about: a statement's content, a position's target, else the evidence."""
    if isinstance(record, Statement):
        return record.content
    if isinstance(record, Position):
        return (record.target.span,) if record.target.span else ()
    return (record.evidence,)


def participants(record: Record, mentions: Mentions) -> Iterator[tuple[str, Participant]]:
    """Everyone in a record with their role: the field's name, or ``about`` for actors mentioned in a statement's content or a position's target."""
    if isinstance(record, Statement):
        yield "speaker", record.speaker
        yield from (("addressees", p) for p in record.addressees)
    elif isinstance(record, Event):
        yield from (("actors", p) for p in record.actors)
        yield from (("recipients", p) for p in record.recipients)
    elif isinstance(record, Position):
        yield "holder", record.holder
        if record.target.actor:
            yield "target", record.target.actor
    else:
        yield "subject", record.subject
        yield "object", record.object
    yield from (("via", p) for p in record.via)
    if isinstance(record, Statement | Position):
        yield from (("about", p) for span in about_spans(record) for p in mentions.within(span))


class Mentions:
    """The resolved mentions of one document, found by offset."""

    def __init__(self, mentions: Sequence[Participant]) -> None:
        found = [(p.mention, p) for p in mentions if p.mention is not None and p.actor is not None]
        self._mentions = sorted(found, key=lambda item: item[0])
        self._starts = [m.start for m, _ in self._mentions]

    def within(self, span: Span) -> Iterator[Participant]:
        """The mentions that lie wholly inside ``span``."""
        for i in range(bisect_left(self._starts, span.start), len(self._starts)):
            mention, participant = self._mentions[i]
            if mention.start >= span.end:
                return
            if mention.end <= span.end:
                yield participant


def fold(text: str) -> str:
    """``text`` for comparing names: no case, no accents, single spaces. "Erdoğan " and "ERDOGAN" are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def check_reading(reading: Reading) -> None:
    """Refuse a reading whose records belong to another document, whose links lead elsewhere or whose spans are not its document's words.

    Raises SchemaError.
    """
    document = reading.document
    for record in reading.records:
        if record.document_id != document.id:
            raise SchemaError(f"{record.kind} {record.id} belongs to document {record.document_id}, not {document.id}")
    known = {document.id, *(record.id for record in reading.records)}
    for link in reading.links:
        if not known >= {link.left, link.right}:
            raise SchemaError(f"document {document.id}: a link names {link.left} and {link.right}, which are not both in its reading")
    for name in ("statements", "events", "positions", "relations", "times", "places", "mentions"):
        for value in getattr(reading, name):
            _check_spans(to_dict(value), document.text, f"{name} of document {document.id}")


def check_record(record: Record, document_id: str, text: str) -> None:
    """Refuse a record of another document than this one, or with spans that are not the words of its ``text``. Raises SchemaError."""
    if record.document_id != document_id:
        raise SchemaError(f"{record.kind} {record.id} belongs to document {record.document_id}, not {document_id}")
    _check_spans(to_dict(record), text, f"{record.kind} of document {document_id}")


def without_doubles(reading: Reading) -> Reading:
    """The reading with one record for each id: of several that claim the same words in the same roles the first stays, and the log says so."""
    first: dict[str, Record] = {}
    for record in reading.records:
        first.setdefault(record.id, record)
    doubles = [r for r in reading.records if first[r.id] is not r]
    if not doubles:
        return reading
    message = "two records share the id {}: the same words in the same roles; the first is kept"
    log = (Problem("duplicate-record-id", message.format(r.id), f"{r.kind} at {r.evidence.start}:{r.evidence.end}") for r in doubles)
    return replace(
        reading,
        statements=tuple(r for r in reading.statements if first[r.id] is r),
        events=tuple(r for r in reading.events if first[r.id] is r),
        positions=tuple(r for r in reading.positions if first[r.id] is r),
        relations=tuple(r for r in reading.relations if first[r.id] is r),
        issues_log=(*reading.issues_log, *log),
    )


def _check_spans(value: object, text: str, where: str) -> None:
    """Every dict that is a span must hold the words at its offsets."""
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, int) and isinstance(end, int) and "text" in value and text[start:end] != value["text"]:
            raise SchemaError(f"{where}: the text at {start}:{end} is not {value['text']!r}")
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                _check_spans(item, text, where)


def _outside(spans: Sequence[Span]) -> Iterator[str]:
    """The words of each span that no earlier one covers, so that nothing is indexed twice."""
    for i, span in enumerate(spans):
        if not any(earlier.covers(span) for earlier in spans[:i]):
            yield span.text
