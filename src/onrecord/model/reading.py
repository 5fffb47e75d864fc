"""What reading one document yields."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.documents import Document
from onrecord.model.links import Link
from onrecord.model.participants import Participant
from onrecord.model.records import Event, Position, Record, Relation, Statement
from onrecord.model.spans import Place, TimeExpression


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of the issues log: a stable ``code``, what was wrong, ``where`` (file, line, paragraph), and what to do."""

    code: str
    message: str
    where: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document and every record read from it.

    ``links``: which of the records tell of one happening, as the reader judges; ``issues_log`` says what could not be read and why.
    """

    document: Document
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    relations: tuple[Relation, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()
    mentions: tuple[Participant, ...] = ()
    issues_log: tuple[Problem, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, statements first (events and positions may refer to them)."""
        return (*self.statements, *self.events, *self.positions, *self.relations)
