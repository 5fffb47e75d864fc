"""What a page shows of a report: a part of its text, cut and marked, and the records in it with who relayed them. Asks no store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.brief.safe import clean
from onrecord.errors import NotThere
from onrecord.model import Document, Reading, Record, Statement
from onrecord.query.rows import Row, event_row, position_row, relation_row, statement_row, timeline_row
from onrecord.query.show import Relay, chain, statements_around
from onrecord.web.marking import Marked, Paragraph, Part, Stretch, cut, numbered, stretches

_ROWS: Mapping[str, Callable[[Any, Document], Row]] = {
    "statement": statement_row, "event": event_row, "position": position_row, "relation": relation_row,
}  # fmt: skip
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Item:
    """A record as it is listed. ``name``: what it is in a few words; ``state``: what reviewers made of it, "" where nobody decided."""

    number: int
    name: str
    row: Row
    parts: tuple[Part, ...]
    chain: tuple[Relay, ...]
    state: str

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.row.record


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page shows of a report: ``part`` (from 1) of ``parts``.

    ``more``: how many records of the part are left out; ``counts``: records of each kind in the whole report.
    """

    document: Document
    paragraphs: list[Paragraph]
    items: list[Item]
    part: int
    parts: int
    more: int
    counts: Mapping[str, int]

    @property
    def by_number(self) -> Mapping[int, Item]:
        """The records by their numbers."""
        return {item.number: item for item in self.items}


def shown(reading: Reading, states: Mapping[str, str], part: int) -> Shown:
    """Part ``part`` of a report with its records; ``states``: what reviewers made of them, by id. Raises NotThere where it has no such part."""
    marked = numbered(reading.records)
    stretches_ = stretches(reading.document.text, marked)
    if not 1 <= part <= len(stretches_):
        raise NotThere(f"the report has no part {part}", hint=f"it has {len(stretches_)}")
    stretch = stretches_[part - 1]
    counts = {kind: sum(m.record.kind == kind for m in marked) for kind in _ROWS}
    paragraphs = cut(reading.document.text, stretch)
    return Shown(reading.document, paragraphs, items(reading, stretch, states), part, len(stretches_), stretch.more, counts)


def items(reading: Reading, stretch: Stretch, states: Mapping[str, str]) -> list[Item]:
    """The records of a stretch as they are listed."""
    statements = {s.id: s for s in reading.statements}
    return [_item(m, reading.document, statements, states) for m in stretch.records]


def part_with(reading: Reading, record_id: str) -> int:
    """The number of the part in which a record's words begin; 1 where it has none."""
    found = (
        n for n, s in enumerate(stretches(reading.document.text, numbered(reading.records)), 1) if any(m.record.id == record_id for m in s.records)
    )
    return next(found, 1)


def row_of(record: Record, document: Document) -> Row:
    """The row of a record with the columns of its kind."""
    return _ROWS[record.kind](record, document)


def _item(marked: Marked, document: Document, statements: Mapping[str, Statement], states: Mapping[str, str]) -> Item:
    record = marked.record
    relays = chain(record, statements_around(record, statements.get), document)
    return Item(marked.number, _name(record, document), row_of(record, document), marked.parts, relays, states.get(record.id, ""))


def _name(record: Record, document: Document) -> str:
    row = timeline_row(record, document)
    said = (row.kind, ", ".join(row.actor), row.type or row.stance or row.form or "", "; ".join(row.about))
    return clean(" ".join(filter(None, said)))[:_LONGEST]
