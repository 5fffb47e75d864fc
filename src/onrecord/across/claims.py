"""What a record claims, so that claims of several documents can be compared. Compares nothing itself.

Parties to events and positions are compared by the state they act for (a president and his state are one party), else by their id, else by their
name; sides of relations by their id, for people hold offices in their state.
"""

from __future__ import annotations

from collections.abc import Hashable

from onrecord.model import Event, Participant, Position, Record, Relation
from onrecord.store.columns import fold


def claim_of(record: Record) -> Hashable | None:
    """What a record claims, comparable across documents; None for what makes no such claim."""
    if isinstance(record, Position) and record.issue:
        return ("position", record.issue.id, party(record.holder), record.stance)
    if isinstance(record, Event):
        return ("event", record.type, frozenset(map(party, record.actors)), frozenset(map(party, record.recipients)))
    if isinstance(record, Relation):
        sides = (side(record.subject), side(record.object))
        return ("relation", record.type, sides if record.directed else frozenset(sides))
    return None


def party(participant: Participant) -> str:
    """The party somebody belongs to: the state they act for, else their own id, else their name as written."""
    actor = participant.actor
    if actor:
        return actor.country or actor.id
    return fold(participant.mention.text) if participant.mention else ""


def side(participant: Participant) -> str:
    """One side of a relation: like :func:`party`, but a person or body is itself, for it may hold an office in the state it acts for."""
    actor = participant.actor
    return actor.id if actor and actor.kind != "state" else party(participant)
