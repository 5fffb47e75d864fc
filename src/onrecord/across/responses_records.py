"""Records as answers: who says or does them, by which word, and :class:`Answer` made of one. Finds nothing by itself."""

from __future__ import annotations

from onrecord.across.responses_pointers import restated
from onrecord.across.responses_sides import Answer, Grade, Pointer, Told, days_of, doers_of, parties_of, stems_between
from onrecord.model import Event, Span, Statement


def parties(record: Statement | Event) -> frozenset[str]:
    """The parties that say or do it."""
    return parties_of(doers_of(record))


def cue_of(record: Statement | Event) -> Span | None:
    """The word that says what somebody did, or that he spoke."""
    return record.cue if isinstance(record, Statement) else record.trigger


def answers(told: Told, record: Statement | Event) -> bool:
    """True for a record of a known party that is not the question put to it, nor an outlet's report of others."""
    if not parties(record):
        return False
    if isinstance(record, Event):
        return record.status in ("actual", "historical", "future")
    return not relays(record) and (record.cue is None or told.signals.asked.isdisjoint(record.cue.text.lower().split()[:1]))


def relays(record: Statement) -> bool:
    """True where an outlet tells what others say or do."""
    return record.speaker.actor is not None and record.speaker.actor.kind == "outlet"


def told_inside(told: Told, record: Statement | Event) -> bool:
    """True for what is told by somebody who is no outlet."""
    outer = told.known.get((record.nested_in if isinstance(record, Statement) else None) or record.statement_id or "")
    return isinstance(outer, Statement) and (not relays(outer) or told_inside(told, outer))


def made(told: Told, record: Statement | Event, grade: Grade, words: str, aim: Pointer | None, at: int) -> Answer:  # noqa: PLR0917 - one of each
    """The answer that a record is, by the ``words`` at the offset ``at``, to what ``aim`` points at."""
    start, end = record.evidence.start, record.evidence.end
    own = parties(record)
    others = record.addressees if isinstance(record, Statement) else record.recipients
    number = told.words.sentence(at)
    begin = min(told.words.sentences[number], start)
    return Answer(
        id=record.id,
        parties=own,
        grade=grade,
        words=" ".join(words.split()),
        pointer=restated(aim, own),
        stems=stems_between(told, begin, end),
        issues=told.issues.get(record.id, frozenset()),
        aimed=(parties_of(others) | {p for _, _, p in told.named.between(begin, end)}) - own,
        days=days_of(told, record),
        start=start,
        end=end,
        sentence=number,
        at=at,
    )
