"""What a record claims, so that claims of several documents can be compared. Compares nothing itself.

Parties to events and positions are compared by the state whose power they hold (a president and his state are one party; a rebel, an opposition
leader, a company, a newspaper of that state are not), else by their id, else by their name. Sides of relations are compared by their id, for people
hold offices in their state.
"""

from __future__ import annotations

from collections.abc import Hashable

from onrecord.model import ActorRef, Event, Participant, Position, Record, Relation
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


_OF_THE_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})  # the sectors of PLOVER 2.0 that hold its power


def acts_for_state(actor: ActorRef) -> bool:
    """Whether what an actor does is done by its state: the state itself, its government, forces, parliament, courts, police and services.

    Somebody of a state whose sector is not known counts as well.
    """
    return actor.country is not None and (actor.kind == "state" or not actor.sectors or not _OF_THE_STATE.isdisjoint(actor.sectors))


def party(participant: Participant) -> str:
    """The party somebody belongs to: the state they act for, else their own id, else their name as written."""
    actor = participant.actor
    if actor:
        return actor.country if actor.country and acts_for_state(actor) else actor.id
    return fold(participant.mention.text) if participant.mention else ""


def side(participant: Participant) -> str:
    """One side of a relation: like :func:`party`, but a person or body is itself, for it may hold an office in the state it acts for."""
    actor = participant.actor
    return actor.id if actor and actor.kind != "state" else party(participant)
