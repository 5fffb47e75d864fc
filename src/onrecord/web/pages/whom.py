"""Whom the address of an actor's page names, and what the knowledge base has on them, each fact with its source. Reads no report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from onrecord.errors import KnowledgeError
from onrecord.knowledge import knowledge_base
from onrecord.knowledge.facts import Office, Situation
from onrecord.model import ActorRef, Record
from onrecord.query import Filter, near
from onrecord.store import View
from onrecord.store.columns import Mentions, fold, participants
from onrecord.web.pages.sections import Party, country_name, party_of

LEADING = ("president", "monarch", "leader", "prime minister", "foreign minister", "defence minister")
"""The offices of a state that are shown, each with its last holders."""
TERMS, NEAR = 3, 8
_FEW, _NAMES = 20, 5


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
    code = actor.upper()
    with suppress(KnowledgeError):
        state = knowledge_base().state(code)
        return _country(code, state.name, state.id)
    met = _met(view, actor)
    if actor not in met and (of_it := [ref for ref in met.values() if ref.country == code]):
        itself = next((ref for ref in of_it if ref.kind == "state"), None)
        return _country(code, itself.name if itself else code, itself.id if itself else None)
    refs = _called(met, actor)
    states = {ref.country for ref in refs if ref.kind == "state" and ref.country} if actor not in met else set()
    if len(states) == 1:  # a state's name stands for all who act for it, as everywhere
        return whom(view, states.pop())
    if len(refs) == 1:
        return _of(refs[0])
    if actor in knowledge_base():
        known = knowledge_base().actor(actor)
        return Whom(known.id, known.name, known.kind, known.country, known.sectors, everyone=False, party=None)
    return None


def _country(code: str, name: str, state: str | None) -> Whom:
    return Whom(code, name, "state", code, (), everyone=True, party=(code, name), state=state)


def perhaps(view: View, actor: str) -> list[Party]:
    """Who may have been meant: all who are called so, then those with a name like it."""
    found = {ref.id: ref.name for ref in _called(_met(view, actor), actor)}
    if not found:
        folded, names = fold(actor), list(view.names())
        like = dict.fromkeys([*near(actor, names), *[name for name in names if folded and folded in fold(name)][:NEAR]])
        found = {ref.id: ref.name for name in like for ref in _called(_met(view, name), name)}
    return list(found.items())


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
    situations = [_situation(s, id_) for s in kb.situations(party=id_)]
    groups = [("Offices", offices), ("In office", terms), ("Belongs to", member), ("Alliances, disputes, wars, sanctions", situations)]
    return [(heading, found) for heading, found in groups if found]


def sources(groups: Iterable[tuple[str, list[Fact]]]) -> list[tuple[str, str]]:
    """The codes of the sources of these facts, with what they are."""
    codes = {code for _, found in groups for fact in found for code in fact.origin.split()}
    return [(row[0], row[1]) for row in knowledge_base().table("sources")[1] if row[0] in codes]


def _office(office: Office, title: str, of: str, id_: str | None = None) -> Fact:
    return Fact(title, of, id_, office.start, office.end, office.as_of, office.origin)


_WITH = {"war": ("with", "against", "against"), "sanctions": ("with", "on", "by")}
"""How others are named who are on the actor's own side, on the second side, and on the first."""


def _situation(situation: Situation, id_: str) -> Fact:
    """A situation with the others in it: those on the actor's side, then those on the other."""
    leading = id_ in situation.first
    beside, second, first = _WITH.get(situation.kind, ("", "", ""))
    own, others = (situation.first, situation.second) if leading else (situation.second, situation.first)
    told = (f"{word} {_listed(ids, id_)}".strip() for word, ids in ((beside, own), (second if leading else first, others)) if {*ids} - {id_})
    return Fact(
        f"{situation.kind}: {situation.name}", "; ".join(told), None, situation.start, situation.end, situation.as_of, situation.origin
    )  # fmt: skip


def _listed(ids: Iterable[str], left_out: str) -> str:
    names = [knowledge_base().actor(id_).name for id_ in ids if id_ != left_out]
    return ", ".join(names[:_NAMES]) + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _of(ref: ActorRef) -> Whom:
    state = ref.country if ref.kind == "state" else None
    return Whom(ref.id, ref.name, ref.kind, ref.country, ref.sectors, everyone=False, party=party_of(ref), state=ref.id if state else None)


def _met(view: View, actor: str) -> dict[str, ActorRef]:
    """The actors of the first records in which somebody so called acts; where nobody does, of those in which somebody so called is acted on."""
    for wanted in (Filter(actor=actor, limit=_FEW), Filter(about=actor, limit=_FEW)):
        refs = {ref.id: ref for record in view.records(None, wanted) for ref in _refs(record)}
        if refs:
            return refs
    return {}


def _called(met: Mapping[str, ActorRef], actor: str) -> list[ActorRef]:
    """Those of that id, else of that name."""
    return [met[actor]] if actor in met else [ref for ref in met.values() if fold(ref.name) == fold(actor)]


def _refs(record: Record) -> list[ActorRef]:
    return [p.actor for role, p in participants(record, Mentions(())) if p.actor and role != "via"]
