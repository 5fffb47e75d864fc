"""The chapter of what happened and what was said, by date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.across.joined import SAME_STATEMENT, Joined
from onrecord.brief.facts import Facts, day_of
from onrecord.brief.parts import Entry, Group, Piece, Section, Sentence
from onrecord.brief.told import quotation
from onrecord.brief.wording import name
from onrecord.codebook import codes_of
from onrecord.query.rows import EventRow, Row, StatementRow

_MORE = 2
"""A timeline shows so many times more entries than other lists."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event or statement, told first by ``row`` and again by the records ``again``."""

    row: EventRow | StatementRow
    again: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All records that tell it."""
        return (self.row.id, *self.again)


def timeline_section(facts: Facts) -> Section:
    """Events and statements. Where there are too many, those told by the most reports, then those the reader is surest of, are shown."""
    words = facts.words
    told = _together([*_statements(facts), *(Told(row, row.also_id) for row in facts.events)])
    if not told:
        return Section("timeline", words.section("timeline"), nothing=words.sentence("nothing_timeline"))
    shown = sorted(sorted(told, key=lambda group: _weight(facts, group))[: facts.limit * _MORE], key=lambda group: _place(group[0].row))
    left_out = None
    if len(shown) < len(told):
        counts = (facts.count("record", [each.row.id for group in groups for each in group]) for groups in (shown, told))
        left_out = words.sentence("showing_best", shown=next(counts), all=next(counts))
    return Section("timeline", words.section("timeline"), groups=(Group(None, tuple(_entry(facts, group) for group in shown), left_out),))


def _statements(facts: Facts) -> Iterator[Told]:
    """Each statement once: those that links call the same are told by the first of them."""
    same = Joined.around(facts.view, [row.id for row in facts.statements], SAME_STATEMENT)
    found: dict[str, list[StatementRow]] = {}
    for row in facts.statements:
        found.setdefault(same.first(row.id), []).append(row)
    return (Told(rows[0], tuple(row.id for row in rows[1:])) for rows in found.values())


def _together(told: Sequence[Told]) -> list[list[Told]]:
    """What is told in words that lie within the words of another stands with it, the widest first."""
    found: list[list[Told]] = []
    for each in sorted(told, key=lambda t: (t.row.document_id, t.row.start, -t.row.end, t.row.kind, t.row.id)):
        around = found[-1][0].row if found else None
        if around is not None and around.document_id == each.row.document_id and each.row.end <= around.end:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _weight(facts: Facts, group: Sequence[Told]) -> tuple[float, float, str]:
    """What is shown first: told by many reports, surely read."""
    ids = [i for each in group for i in each.ids]
    reports = facts.number("original", ids) if len(ids) > 1 else 1
    return -reports, -max(each.row.confidence for each in group), group[0].row.id


def _place(row: Row) -> tuple[str, str, int, str]:
    return day_of(row), row.document_id, row.start, row.id


def _entry(facts: Facts, group: Sequence[Told]) -> Entry:
    words, first = facts.words, group[0].row
    day = facts.when(first)
    when = words.sentence("when", day=day) if day else words.sentence("when_unknown", (first.id,))
    heads = list({head.text: head for head in (_head(facts, each.row) for each in group)}.values())
    again = [i for each in group for i in each.again]
    notes = [words.sentence("told_by", again, records=facts.count("record", again), reports=facts.count("report", again))] if again else []
    return Entry(heads[0], (quotation(facts, first.id, speaker=False),), (*heads[1:], *notes), when=when)


def _head(facts: Facts, row: EventRow | StatementRow) -> Sentence:
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
