"""Rows of kept answers, which are kept as JSON, as rows again: for tables their columns, for annotations their record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, cast

from onrecord.model import Document, Record, Statement, from_dict
from onrecord.model.records import KINDS
from onrecord.query import Query
from onrecord.query.rows import OF_DOCUMENT, Row, timeline_row


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row as ``full()`` gave it."""

    query: Query
    row: dict[str, Any]

    @property
    def record(self) -> Record:
        """The record that the row is about, for rows that are of one."""
        names = {"kind", *(f.name for f in fields(KINDS[self.row["kind"]]))}
        return cast(Record, from_dict(Statement, {name: value for name, value in self.row.items() if name in names}))

    def full(self) -> dict[str, Any]:
        """The row for JSON."""
        return self.row

    def flat(self) -> dict[str, Any]:
        """One scalar a column."""
        if not issubclass(self.query.row, Row):
            return {name: "; ".join(value) if isinstance(value, list) else value for name, value in self.row.items()}
        record = self.record
        base = timeline_row(record, Document(record.document_id, "", **{name: self.row[name] for name in OF_DOCUMENT}))
        own = {name: tuple(v) if isinstance(v := self.row[name], list) else v for name in self.query.row.own}
        values: dict[str, Any] = {**{f.name: getattr(base, f.name) for f in fields(base)}, **own}
        return self.query.row(**values).flat()
