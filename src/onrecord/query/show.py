"""Everything about one record: its document, its words where they stand, who relayed them, what it hangs on and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.across.joined import ANSWERS, SAME_EVENT, SAME_STATEMENT, Joined, counting
from onrecord.codebook.recoding import PREFIX
from onrecord.errors import QueryError
from onrecord.model import Document, Event, Link, Participant, Position, Reading, Record, Span, Statement, to_dict
from onrecord.query.coding import NOT_TAKEN, Coding, coding
from onrecord.query.records import document_of, held
from onrecord.query.rows import TimelineRow, name_of, timeline_row
from onrecord.store import Selection, View


@dataclass(frozen=True, slots=True)
class Context:
    """The paragraph around the evidence: ``before`` + ``words`` + ``after`` is the document's text from ``start`` to ``end`` (code points)."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Relay:
    """Somebody through whom the words came: the speaker around them, a relay of the chain, the publisher. ``id`` is None if unresolved."""

    role: str
    name: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for one record: the rule or model that found it and what was measured, as the record has it, and the same in a sentence."""

    record_id: str
    kind: str
    extractor: str
    by: str
    name: str
    score: float | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One record with all that explains it.

    ``chain``: nearest the words first, the publisher last. ``statements``: the statements around it, innermost first. ``shown``: records that were
    read from it or said inside it. ``mentions``: the other records that tell of the same happening, of a statement those that have it in other words.
    ``answers``: what it answers; ``answered``: what answers it; ``links``: decisions about it or its document.
    ``why``: the grounds of the record, then of those it hangs on; none where it was read by an onrecord that kept none. ``coding``: how an event came
    to its code.
    """

    record: Record
    row: TimelineRow
    document: Document
    context: Context
    chain: tuple[Relay, ...]
    statements: tuple[TimelineRow, ...]
    shown: tuple[TimelineRow, ...]
    mentions: tuple[TimelineRow, ...]
    answers: tuple[TimelineRow, ...]
    answered: tuple[TimelineRow, ...]
    links: tuple[Link, ...]
    why: tuple[Ground, ...]
    coding: Coding | None

    def full(self) -> dict[str, Any]:
        """All of it for JSON; the document without its text."""
        document = {k: v for k, v in to_dict(self.document).items() if k != "text"}
        return {
            "record": to_dict(self.record),
            "document": document,
            "context": to_dict(self.context),
            "chain": to_dict(self.chain),
            "statements": [s.full() for s in self.statements],
            "shown": [s.full() for s in self.shown],
            "mentions": [m.full() for m in self.mentions],
            "answers": [a.full() for a in self.answers],
            "answered": [a.full() for a in self.answered],
            "links": to_dict(self.links),
            "why": to_dict(self.why),
            "coding": to_dict(self.coding),
        }


def show(view: View, record_id: str) -> Shown:
    """The record with this id (or the only one whose id begins so). Raises QueryError if there is none, or several."""
    record = view.record(record_id)
    documents = document_of(view)
    document = documents(record.document_id)
    links = list(view.links([record.id, document.id]))
    told = Joined.around(view, [record.id], (*SAME_EVENT, *SAME_STATEMENT)).others(record.id)
    answers = [link for link in counting(links, ANSWERS) if link.judgement == "positive"]

    def rows(ids: Iterable[str]) -> tuple[TimelineRow, ...]:
        return tuple(timeline_row(r, documents(r.document_id)) for r in held(view, ids))

    around = statements_around(record, lambda record_id: next(iter(held(view, [record_id])), None))
    said_in, from_it = Selection(statement_id=record.id), Selection(record_id=record.id)
    hanging = {r.id: r for selection in (said_in, from_it) for r in view.records(None, selection)}
    return Shown(
        record=record,
        row=timeline_row(record, document),
        document=document,
        context=context(document.text, record.evidence),
        chain=chain(record, around, document),
        statements=tuple(timeline_row(s, document) for s in around),
        shown=tuple(timeline_row(r, document) for r in sorted(hanging.values(), key=lambda r: (r.evidence.start, r.id))),
        mentions=rows(told),
        answers=rows(link.right for link in answers if link.left == record.id),
        answered=rows(link.left for link in answers if link.right == record.id),
        links=tuple(links),
        why=tuple(ground for r in _bearing(view, record, around) for ground in grounds(r)),
        coding=coding(record) if isinstance(record, Event) else None,
    )


def find(view: View, wanted: str) -> Shown | Reading:
    """The record with that id, else the whole document; the beginning of an id will do. Raises QueryError, about records, where there is neither."""
    try:
        return show(view, wanted)
    except QueryError as error:
        try:
            return view.reading(wanted)
        except QueryError:
            raise error from None


def grounds(record: Record) -> Iterator[Ground]:
    """Why the record was made, ground by ground."""
    for w in record.why:
        if NOT_TAKEN in w.name:
            meaning = f"not {w.name.partition(NOT_TAKEN)[2]}, " + (
                f"to which the model gives a probability of {w.score:.2f}" if w.score is not None else "which the word may tell as well"
            )
        elif w.name.startswith(PREFIX):
            meaning = f"the codebook’s re-coding rule {w.name.removeprefix(PREFIX)}"
        elif w.by == "model":
            meaning = f"the model “{w.name}” " + (f"gives it a probability of {w.score:.2f}" if w.score is not None else "found it")
        else:
            measured = f"of those that were right in {w.score:.0%} of the cases measured" if w.score is not None else "not measured by itself"
            meaning = f"the rule “{w.name}”, {measured}"
        yield Ground(record.id, record.kind, record.extractor, w.by, w.name, w.score, meaning)


def _bearing(view: View, record: Record, around: list[Statement]) -> list[Record]:
    """The record, the one that shows it, and the statements around it, each once."""
    shows = held(view, [record.record_id]) if isinstance(record, Position) and record.record_id is not None else []
    return list({r.id: r for r in (record, *shows, *around)}.values())


def context(text: str, words: Span) -> Context:
    """The paragraph (or paragraphs) of ``text`` that ``words`` lie in."""
    start = text.rfind("\n", 0, words.start) + 1
    end = text.find("\n", words.end)
    end = len(text) if end < 0 else end
    return Context(start, end, text[start : words.start], words.text, text[words.end : end])


def statements_around(record: Record, look_up: Callable[[str], Record | None]) -> list[Statement]:
    """The statements a record is said in, innermost first; ``look_up``: a record by its id. A missing or repeated one ends the chain."""
    found: list[Statement] = []
    passed = {record.id}
    current: Record = record
    while (outer := look_up(_outer_id(current) or "")) is not None and isinstance(outer, Statement) and outer.id not in passed:
        found.append(outer)
        passed.add(outer.id)
        current = outer
    return found


def _outer_id(record: Record) -> str | None:
    return record.nested_in or record.statement_id if isinstance(record, Statement) else record.statement_id


def chain(record: Record, around: list[Statement], document: Document) -> tuple[Relay, ...]:
    """Speakers and relays, nearest the words first, each once; then the publisher. ``around``: the statements it is said in."""
    speakers = [("speaker", s.speaker) for s in ([record] if isinstance(record, Statement) else []) + around]
    found = [_relay(role, p) for role, p in (*speakers, *(("via", p) for p in record.via))]
    if document.publisher:
        found.append(Relay("publisher", document.publisher, None))
    return tuple({(r.id or r.name): r for r in reversed(found)}.values())[::-1]


def _relay(role: str, participant: Participant) -> Relay:
    return Relay(role, name_of(participant) or "unknown", participant.actor.id if participant.actor else None)
