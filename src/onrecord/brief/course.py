"""The chapter of what happened and what was said, by date."""

from __future__ import annotations

from functools import cache

from onrecord.brief.facts import Facts
from onrecord.brief.parts import Entry, Group, Piece, Section, Sentence
from onrecord.brief.standings import quotation
from onrecord.brief.wording import name
from onrecord.codebook import codes_of
from onrecord.query.rows import EventRow, StatementRow
from onrecord.store.days import first_day

Told = EventRow | StatementRow


def timeline_section(facts: Facts) -> Section:
    """Events and statements. Where there are too many, those told by the most reports, then those the reader is surest of, are shown."""
    words = facts.words
    told = _once(facts)
    if not told:
        return Section("timeline", words.section("timeline"), nothing=words.sentence("nothing_timeline"))
    shown = sorted(sorted(told, key=lambda row: (-_weight(facts, row), -row.confidence, row.id))[: facts.limit * 2], key=_place)
    left_out = None
    if len(shown) < len(told):
        ids = [row.id for row in shown], [row.id for row in told]
        left_out = words.sentence(
            "showing_best", shown=facts.count("record", ids[0], "entry"), all=Piece("count", str(len(ids[1])), "record", tuple(ids[1]))
        )
    return Section("timeline", words.section("timeline"), groups=(Group(None, tuple(_entry(facts, row) for row in shown), left_out),))


def _once(facts: Facts) -> list[Told]:
    """Events, and the statements whose words are not those of an event told already."""
    events = list(facts.events)
    words = {(row.document_id, row.start, row.end) for row in events}
    return [*events, *(row for row in facts.statements if (row.document_id, row.start, row.end) not in words)]


def _weight(facts: Facts, row: Told) -> int:
    return facts.number("voice", _records(row))


def _records(row: Told) -> tuple[str, ...]:
    return (row.id, *row.also_id) if isinstance(row, EventRow) else (row.id,)


def _place(row: Told) -> tuple[str, str, int, str]:
    return first_day(row.date), row.document_id, row.start, row.id


def _entry(facts: Facts, row: Told) -> Entry:
    words, ids = facts.words, (row.id,)
    day = words.day(row.date, ids)
    when = words.sentence("when", day=day) if day else words.sentence("when_unknown", ids)
    others = _records(row)[1:]
    notes = (words.sentence("told_by", others, records=facts.count("record", others), reports=facts.count("report", others)),) if others else ()
    head = _did(facts, row) if isinstance(row, EventRow) else _said(facts, row)
    return Entry(head, (quotation(facts, row),), notes, when=when)


def _said(facts: Facts, row: StatementRow) -> Sentence:
    words, ids = facts.words, (row.id,)
    speaker = name(row.speaker, ids) if row.speaker else words.plain("joins", "nobody")
    to = words.listed([name(who, ids) for who in row.addressees])
    return words.sentence("said", ids, speaker=speaker, recipients=to, kind=Piece("code", words.table["kinds"]["statement"], "statement", ids))


def _did(facts: Facts, row: EventRow) -> Sentence:
    words, ids = facts.words, (row.id,)
    actors, recipients = (words.listed([name(who, ids) for who in names]) for names in (row.actors, row.recipients))
    type_ = Piece("code", _labels().get(row.type, row.type), row.type, ids)
    status = words.code("statuses", row.status, ids) if row.status != "actual" else None
    return words.sentence("did" if actors else "did_nobody", ids, actors=actors, recipients=recipients, type=type_, status=status)


@cache
def _labels() -> dict[str, str]:
    return {entry.code: entry.label for entry in codes_of("type")}
