"""Whom the address of an actor's page names, and what the knowledge base has on them, each fact with its source. Reads no report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from onrecord.errors import KnowledgeError
from onrecord.knowledge import knowledge_base
from onrecord.knowledge.facts import Office, Situation
from onrecord.model import ActorRef, Event, Position, Record, Relation, Statement
from onrecord.query import Filter, near
from onrecord.store import View
from onrecord.store.columns import fold
from onrecord.web.pages.sections import Party, country_name, party_of

LEADING = ("president", "monarch", "leader", "prime minister", "foreign minister", "defence minister")
"""The offices of a state that are shown, each with its last holders."""
TERMS, NEAR = 3, 8


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is meant. ``id``: an actor's id, or a country's code where all are meant who act for it (``everyone``); ``state``: the state's own id.

    ``party``: whose stance its words count for; None where the store has nothing of it, and the party is unknown.
    """

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    everyone: bool
    party: Party | None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of an actor, with its days (None: open or unknown) and where it is from. ``open_since``: nobody looked after this day."""

    what: str
    whom: str
    whom_id: str | None
    since: date | None
    until: date | None
    looked: date | None
    origin: str


def whom(view: View, actor: str) -> Whom | None:
    """Whom ``actor`` names: a country's code, an id, or the whole name of one actor; None where that is nobody, or nobody in particular."""
    with suppress(KnowledgeError):
        state = knowledge_base().state(actor.upper())
        return Whom(str(state.country), state.name, "state", state.country, (), everyone=True, party=(str(state.country), state.name), state=state.id)
    refs = _named(view, actor)
    if len({ref.id for ref in refs}) == 1:
        return _of(refs[0])
    states = {ref.country for ref in refs if ref.kind == "state" and fold(ref.name) == fold(actor) and ref.country}
    if len(states) == 1:
        return whom(view, states.pop())
    if actor in knowledge_base():
        known = knowledge_base().actor(actor)
        return Whom(known.id, known.name, known.kind, known.country, known.sectors, everyone=False, party=None, state=None)
    return None


def suggested(view: View, actor: str) -> list[str]:
    """Names in the store that may have been meant."""
    folded = fold(actor)
    names = list(view.names())
    holding = [name for name in names if folded and folded in fold(name)][:NEAR]
    return list(dict.fromkeys([*near(actor, names), *holding]))


def facts(who: Whom) -> list[tuple[str, list[Fact]]]:
    """What the knowledge base has, in groups that each have a heading; only those that hold something."""
    kb = knowledge_base()
    id_ = who.state or who.id
    offices = [_office(o, o.title, str(kb.actor(o.body).name) if o.body and o.body in kb else country_name(o.country or "")) for o in kb.offices(id_)]
    terms: list[Fact] = []
    if who.kind == "state" and who.country:
        held = [o for role in LEADING for o in kb.tenures(who.country, role)[:TERMS] if o.person in kb]
        terms = [_office(o, o.title, kb.actor(o.person).name, o.person) for o in held]
    member = [Fact(m.status, kb.actor(m.organisation).name, m.organisation, m.start, m.end, m.as_of, m.origin) for m in kb.memberships(id_)]
    situations = [fact for s in kb.situations(party=id_) for fact in _situation(s, id_)]
    groups = [("Offices", offices), ("In office", terms), ("Belongs to", member), ("Alliances, disputes, wars, sanctions", situations)]
    return [(heading, found) for heading, found in groups if found]


def sources(groups: Iterable[tuple[str, list[Fact]]]) -> list[tuple[str, str]]:
    """The codes of the sources of these facts, with what they are."""
    codes = {code for _, found in groups for fact in found for code in fact.origin.split()}
    return [(row[0], row[1]) for row in knowledge_base().table("sources")[1] if row[0] in codes]


def _office(office: Office, title: str, of: str, id_: str | None = None) -> Fact:
    return Fact(title, of, id_, office.start, office.end, office.as_of, office.origin)


def _situation(situation: Situation, id_: str) -> Iterator[Fact]:
    kb = knowledge_base()
    sides = (situation.first, situation.second) if id_ in situation.first else (situation.second, situation.first)
    others = [kb.actor(other).name for side in sides for other in side if other != id_ and other in kb]
    whom_ = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
    yield Fact(f"{situation.kind}: {situation.name}", whom_, None, situation.start, situation.end, situation.as_of, situation.origin)


def _of(ref: ActorRef) -> Whom:
    state = ref.country if ref.kind == "state" else None
    return Whom(ref.id, ref.name, ref.kind, ref.country, ref.sectors, everyone=False, party=party_of(ref), state=ref.id if state else None)


def _named(view: View, actor: str) -> list[ActorRef]:
    """The actors of that id or name in the first records in which somebody so called acts, or is acted on."""
    for wanted in (Filter(actor=actor, limit=_FEW), Filter(about=actor, limit=_FEW)):
        refs = {ref.id: ref for record in view.records(None, wanted) for ref in _refs(record)}
        exact = [refs[actor]] if actor in refs else [ref for ref in refs.values() if fold(ref.name) == fold(actor)]
        if exact:
            return exact
    return []


_FEW = 20


def _refs(record: Record) -> list[ActorRef]:
    if isinstance(record, Statement):
        participants = (record.speaker, *record.addressees)
    elif isinstance(record, Event):
        participants = (*record.actors, *record.recipients)
    elif isinstance(record, Position):
        participants = (record.holder, *([record.target.actor] if record.target.actor else []))
    elif isinstance(record, Relation):
        participants = (record.subject, record.object)
    else:
        participants = ()
    return [p.actor for p in participants if p.actor]
