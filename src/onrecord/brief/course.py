"""The chapter of what happened and what was said, by date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.brief.facts import Facts, day_of
from onrecord.brief.parts import Entry, Group, Piece, Section, Sentence
from onrecord.brief.told import quotation
from onrecord.brief.wording import name
from onrecord.codebook import codes_of
from onrecord.query.rows import EventRow, StatementRow

_MORE = 2
"""A timeline shows so many times more entries than other lists."""
Told = EventRow | StatementRow


def timeline_section(facts: Facts) -> Section:
    """Events and statements. Where there are too many, those told by the most reports, then those the reader is surest of, are shown."""
    words = facts.words
    told = _told(facts)
    if not told:
        return Section("timeline", words.section("timeline"), nothing=words.sentence("nothing_timeline"))
    shown = sorted(sorted(told, key=lambda group: _weight(facts, group))[: facts.limit * _MORE], key=lambda group: _place(group[0]))
    left_out = None
    if len(shown) < len(told):
        counts = (facts.count("record", [row.id for group in groups for row in group]) for groups in (shown, told))
        left_out = words.sentence("showing_best", shown=next(counts), all=next(counts))
    return Section("timeline", words.section("timeline"), groups=(Group(None, tuple(_entry(facts, group) for group in shown), left_out),))


def _told(facts: Facts) -> list[list[Told]]:
    """Events and statements; those whose words lie within the words of another stand together, the widest first."""
    found: list[list[Told]] = []
    told: list[Told] = [*facts.statements, *facts.events]
    for row in sorted(told, key=lambda r: (r.document_id, r.start, -r.end, r.kind, r.id)):
        around = found[-1][0] if found else None
        if around is not None and around.document_id == row.document_id and row.end <= around.end:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _weight(facts: Facts, group: Sequence[Told]) -> tuple[float, float, str]:
    """What is shown first: told by many reports, surely read."""
    ids = [i for row in group for i in _records(row)]
    reports = facts.number("original", ids) if len(ids) > 1 else 1
    return -reports, -max(row.confidence for row in group), group[0].id


def _records(row: Told) -> tuple[str, ...]:
    return (row.id, *row.also_id) if isinstance(row, EventRow) else (row.id,)


def _place(row: Told) -> tuple[str, str, int, str]:
    return day_of(row), row.document_id, row.start, row.id


def _entry(facts: Facts, group: Sequence[Told]) -> Entry:
    words, first = facts.words, group[0]
    day = facts.when(first)
    when = words.sentence("when", day=day) if day else words.sentence("when_unknown", (first.id,))
    heads = list({head.text: head for head in (_head(facts, row) for row in group)}.values())
    others = [i for row in group for i in _records(row)[1:]]
    notes = [words.sentence("told_by", others, records=facts.count("record", others), reports=facts.count("report", others))] if others else []
    return Entry(heads[0], (quotation(facts, first.id, speaker=False),), (*heads[1:], *notes), when=when)


def _head(facts: Facts, row: Told) -> Sentence:
    return _did(facts, row) if isinstance(row, EventRow) else _said(facts, row)


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
