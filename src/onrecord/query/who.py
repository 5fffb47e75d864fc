"""Whom a phrase by itself names, as rows. Asks a reader, not a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from onrecord.query.rows import Flat, Names

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRow(Flat):
    """One actor of a phrase: ``mention`` are its words; of one that was not resolved only ``reason`` is known. ``score``: 0 to 1."""

    phrase: str
    mention: str
    id: str | None
    name: str | None
    kind: str | None
    country: str | None
    sectors: Names
    role: str | None
    reason: str | None
    score: float | None


def who(reader: Reader, phrase: str, on: date | None = None) -> Iterator[NamedRow]:
    """A row for each actor that ``phrase`` names; with ``on``, offices are those of that day."""
    for found in reader.actor(phrase, on):
        actor = found.actor
        yield NamedRow(
            phrase=phrase,
            mention=found.mention.text if found.mention else phrase,
            id=actor.id if actor else None,
            name=actor.name if actor else None,
            kind=actor.kind if actor else None,
            country=actor.country if actor else None,
            sectors=actor.sectors if actor else (),
            role=actor.role if actor else None,
            reason=found.reason,
            score=actor.score if actor else None,
        )
