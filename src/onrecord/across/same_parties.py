"""Who takes part in a record, in the form in which parties of two reports are compared, and how surely two of them are one. Reads no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.across.claims import party
from onrecord.model import Participant
from onrecord.store.columns import fold

_PLAIN = frozenset({"state", "place", "people"})
"""Kinds that stand for whoever acts for a country."""

_RELAYED = 0.4
"""What it is worth that an outlet, which passes on what others say, stands against whomever."""


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who takes part.

    ``id``, ``kind``: of the actor, "" where it was not resolved; ``party``: as in claims, "" likewise; ``name``: words of the name.
    """

    id: str
    party: str
    kind: str
    name: frozenset[str]


def side(participant: Participant) -> Side:
    """The party that a participant is."""
    actor = participant.actor
    name = actor.name if actor is not None else participant.mention.text if participant.mention is not None else ""
    words = frozenset(re.findall(r"\w+", fold(name)))
    return Side(actor.id, party(participant), actor.kind, words) if actor is not None else Side("", "", "", words)


def sameness(one: Side, other: Side) -> float:
    """What it is worth that ``one`` and ``other`` are the same, 0 where they are not: a person tells more than the state he acts for."""
    if one.id and one.id == other.id:
        return 1.0 if one.kind in ("state", "place") else 1.6
    if one.kind == other.kind == "person":
        return 1.4 if one.name <= other.name or other.name <= one.name else 0.0
    if "outlet" in (one.kind, other.kind):
        return _RELAYED
    if one.party and one.party == other.party:
        return 0.9 if {one.kind, other.kind} & _PLAIN else 0.7
    if not one.id or not other.id:
        shared = len(one.name & other.name)
        return 0.6 if shared and shared * 2 >= min(len(one.name), len(other.name)) else 0.0
    return 0.0


def row(side: Side) -> list[Any]:
    """A side as JSON has it; :func:`from_row` is the inverse."""
    return [side.id, side.party, side.kind, sorted(side.name)]


def from_row(row: Sequence[Any]) -> Side:
    """What :func:`row` made."""
    return Side(row[0], row[1], row[2], frozenset(row[3]))
