"""Phrases that name by description and carry their own country: "the German foreign ministry", "senior Iranian officials", "EU foreign ministers".

Needs no context; what does ("the ministry", "the two leaders") is left to ``coreference``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.errors import KnowledgeError
from onrecord.knowledge import Actor, knowledge_base
from onrecord.knowledge.roles import body_kind
from onrecord.knowledge.sectors import sectors
from onrecord.model import ActorKind, ActorRef
from onrecord.reading.leaders import foremost, leader, leads_state
from onrecord.reading.persons import Persons
from onrecord.reading.phrases import Phrase
from onrecord.reading.reference import reference
from onrecord.reading.spelling import slug
from onrecord.reading.titles import titles

HEADS = ("secretary-general", "director-general", "president", "commission president")
"""Roles of whoever is "the chief" of an international organisation, which mostly has one of them."""


def body_of(country: str, role: str, noun: str, name: str = "", codes: tuple[str, ...] = ()) -> ActorRef:
    """A body of a state by the words that name it ("foreign ministry"): the knowledge base's where it has one, else a local one.

    ``codes``: the sectors of a local one, where more than role and noun tell them.
    """
    kb = knowledge_base()
    for phrase in (role, noun):
        try:
            return kb.body(country, phrase)
        except KnowledgeError:
            continue
    return local(country, role or noun, "body", codes or sectors((role or noun).split()), name)


def group_of(country: str, phrase: Phrase) -> ActorRef:
    """People of a state by what they are ("officials", "lawmakers"): a group that carries the country and the sector and names nobody."""
    words = plural(phrase.role or phrase.noun)
    return local(country, f"former {words}" if phrase.sectors == ("ELI",) and phrase.former else words, "group", phrase.sectors)


def people_of(state: ActorRef) -> ActorRef:
    """Some of the people of a state ("two Russians")."""
    return ActorRef(f"{state.id}-people", f"people of {state.name}", "people", state.country, ("CVL",), None, 0.8)


def staff_of(body: Actor, phrase: Phrase) -> ActorRef:
    """People of a body ("Pentagon officials"): a group under the body's id and name."""
    words = plural(phrase.role or phrase.noun)
    codes = sectors((phrase.role or phrase.noun).split(), body.sectors)
    return ActorRef(f"{body.id}-{slug(words)}", f"{words} of {body.name}", "group", body.country, codes, None, 0.8)


def plural(words: str) -> str:
    """The plural of a noun phrase, by the regular rules ("lawmaker", "family", "spokesman")."""
    head, of, rest = words.partition(" of ")
    if of:
        return plural(head) + of + rest
    if words.endswith(("people", "police", "personnel", "s", "youth")):
        return words
    if words.endswith("man"):
        return words[:-2] + "en"
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("ch", "sh", "x")) and not words.endswith("arch") else "s")


def local(country: str, words: str, kind: ActorKind, sectors: tuple[str, ...], name: str = "") -> ActorRef:
    """A local reference made of country and words; the same words of the same country are the same actor in every document.

    ``name``: its proper name, where the text gives one of several words ("University" alone tells nobody which).
    """
    shown = name if " " in name or kind == "place" else f"{words} of {knowledge_base().state(country).name}"
    return ActorRef(f"or:{country.lower()}-{slug(words)}", shown, kind, country, sectors, None, 0.8)


def described(phrase: Phrase, persons: Persons, on: date | None) -> tuple[ActorRef, ...]:
    """Whom a phrase with states or bodies among its modifiers means; empty where it does not say."""
    words = titles()
    if not phrase.actors or (phrase.noun in words.equipment and phrase.owner is not None):
        return ()
    if phrase.noun == "counterpart":
        return ()
    if phrase.noun in words.person:
        return _people(phrase, persons, on)
    if phrase.noun in words.body:
        return _bodies(phrase, on)
    return ()


def _people(phrase: Phrase, persons: Persons, on: date | None) -> tuple[ActorRef, ...]:
    """Officials, leaders, ministers of the named states; one person where the phrase is singular and definite and the office has one holder."""
    if not phrase.plural and phrase.definite:
        person = one_person(phrase, persons, on)
        if person is not None:
            return (person,)
    if phrase.plural and len(phrase.actors) > 1:
        each = [_introduced(actor, phrase, persons) or _of_the_day(actor, phrase, on) for actor in phrase.actors]
        if all(each):
            return tuple(ref for ref in each if ref is not None)
    found = []
    for actor in phrase.actors:
        if actor.kind == "state" and actor.country:
            found.append(group_of(actor.country, phrase))
        elif actor.kind == "body" and actor.country:
            found.append(staff_of(actor, phrase))
        else:
            found.append(_members_of(actor, phrase, on))
    return tuple(dict.fromkeys(found))


def _introduced(actor: Actor, phrase: Phrase, persons: Persons) -> ActorRef | None:
    """The one person the text introduces in the role for a state ("the presidents of Chad and Mali" of a text that names them)."""
    fitting = [
        p.ref
        for p in persons.by_id.values()
        if actor.kind == "state"
        and p.ref.country == actor.country
        and any(_of_state(phrase, role) for role in (*p.roles, (p.ref.role or "").lower()))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _of_the_day(actor: Actor, phrase: Phrase, on: date | None) -> ActorRef | None:
    """Who alone holds for a state the office of a definite plural ("the Chadian and Malian presidents")."""
    kb, role = knowledge_base(), knowledge_base().role(phrase.role)
    if on is None or actor.country is None or not phrase.definite or phrase.former or (role is None and not leads_state(phrase)):
        return None
    if leads_state(phrase):
        one = leader(actor.country, on)
        return kb.ref(one, on, 0.6) if one is not None else None
    holders = kb.holders(actor.country, role, on) if role is not None else ()
    return kb.ref(holders[0], on, 0.7) if len(holders) == 1 else None


def _of_state(phrase: Phrase, role: str) -> bool:
    """Whether a role fits a plural description; "leaders" of states are their presidents, monarchs and prime ministers."""
    if phrase.noun == "leader" and phrase.role in ("leader", ""):
        return knowledge_base().role(role) in ("president", "monarch", "prime minister") or (titles().is_leader(role) and not role.endswith("leader"))
    return fits_role(phrase, role)


def one_person(phrase: Phrase, persons: Persons, on: date | None) -> ActorRef | None:
    """The person a definite singular description with a country means: one the text introduced in that role, else the only holder on the date."""
    fitting = in_role(persons, phrase)
    if fitting:
        return (foremost(fitting, on) if leads_state(phrase) else None) or fitting[-1]
    if phrase.former or on is None:
        return None
    kb = knowledge_base()
    role = kb.role(phrase.role) if not leads_state(phrase) else None
    for actor in phrase.actors:
        key = actor.country if actor.kind == "state" else actor.id
        holders = kb.holders(key, role, on) if key and role else ()
        if len(holders) == 1:
            return kb.ref(holders[0], on, 0.8)
    for actor in phrase.actors if phrase.noun in ("chief", "head", "boss") else ():
        if actor.kind == "organisation" and phrase.role == phrase.noun:
            head = {h.id: h for r in HEADS for h in kb.holders(actor.id, r, on)}
            if len(head) == 1:
                return kb.ref(next(iter(head.values())), on, 0.7)
        if actor.kind == "body" and actor.country and actor.id.endswith(("-ministry", "-presidency")):
            office = actor.id.removeprefix(f"or:{actor.country.lower()}-").replace("-ministry", " minister").replace("presidency", "president")
            holders = kb.holders(actor.country, office, on)
            if len(holders) == 1:
                return kb.ref(holders[0], on, 0.7)
    heads = [leader(a.country, on) for a in phrase.actors if a.kind == "state" and a.country] if leads_state(phrase) else []
    return kb.ref(heads[0], on, 0.6) if heads and heads[0] is not None else None


def in_role(persons: Persons, phrase: Phrase) -> list[ActorRef]:
    """Those the text has introduced whom the description fits, in order of introduction: the noun of their role, country and body agree."""
    countries = {a.country for a in phrase.actors if a.kind == "state"}
    bodies = {a.id for a in phrase.actors if a.kind != "state"}
    out = []
    for person in persons.by_id.values():
        if phrase.former and not bodies and _held(person.ref, phrase, countries):
            out.append(person.ref)
            continue
        if countries and person.ref.country not in countries:
            continue
        if bodies and not bodies & set(person.bodies):
            continue
        if any(fits_role(phrase, role) for role in (*person.roles, (person.ref.role or "").lower())):
            out.append(person.ref)
    return out


def _held(ref: ActorRef, phrase: Phrase, countries: set[str | None]) -> bool:
    """Whether somebody held the office of a former official at any time, in one of the countries where there are any."""
    kb = knowledge_base()
    wanted = kb.role(phrase.role)
    return wanted is not None and ref.id in kb and any(o.role == wanted and (not countries or o.country in countries) for o in kb.offices(ref.id))


def fits_role(phrase: Phrase, role: str) -> bool:
    """Whether "the foreign minister", "the spokesman", "the Russian leader" can mean somebody with the role ``role``."""
    if not role:
        return False
    wanted = phrase.role.split()
    have = role.split(" of ", maxsplit=1)[0].split()
    if titles().is_leader(role) and leads_state(phrase):
        return True
    if not wanted:
        return False
    if {"vice", "deputy", "assistant", "undersecretary"} & set(have) - set(wanted):
        return False
    if wanted[-1] == have[-1] and all(w in have or w in titles().qualifiers or w in reference().leading_words for w in wanted):
        return True
    kb = knowledge_base()
    return " ".join(wanted) in role or (kb.role(phrase.role) is not None and kb.role(phrase.role) == kb.role(role))


def _members_of(actor: Actor, phrase: Phrase, on: date | None) -> ActorRef:
    """An organisation, group or people, with the sectors of those of it who are meant ("UN peacekeepers", "Basque separatists")."""
    ref = knowledge_base().ref(actor, on)
    own = () if actor.kind == "people" else ref.sectors
    return replace(ref, sectors=sectors((phrase.role or phrase.noun).split(), own) or ref.sectors)


def _bodies(phrase: Phrase, on: date | None) -> tuple[ActorRef, ...]:
    """Bodies of the named states; a party noun after a party's name is the party."""
    found: list[ActorRef] = []
    outlet = "news agency" in phrase.role or (phrase.noun in titles().outlets and phrase.noun not in ("agency", "station"))
    for actor in phrase.actors:
        if outlet and actor.kind == "state" and actor.country:
            words = plural(phrase.role) if phrase.plural else phrase.role
            found.append(local(actor.country, words, "group" if phrase.plural else "outlet", phrase.sectors or ("JRN",), phrase.name))
        elif actor.kind == "state" and actor.country and phrase.within and phrase.noun in titles().national:
            words = phrase.role or phrase.noun
            found.append(local(actor.country, f"{phrase.within} {words}", "body", phrase.sectors, f"{words} of {phrase.within}"))
        elif actor.kind == "state" and actor.country and phrase.proper and _of_many(phrase.role):
            found.append(local(actor.country, phrase.proper, "body", phrase.sectors, phrase.proper))
        elif actor.kind == "state" and actor.country:
            found.append(body_of(actor.country, phrase.role, phrase.noun, phrase.name, phrase.sectors))
        elif actor.country and phrase.noun in ("government", "authority", "administration"):
            found.append(body_of(actor.country, phrase.role, phrase.noun))
        else:
            found.append(_members_of(actor, phrase, on))
    return tuple(dict.fromkeys(found))


def _of_many(role: str) -> bool:
    """Whether a state may have many of what the words name, so that only the whole name says which: not ministries, parliaments, armies."""
    kind = body_kind(role)
    return kind is None or kind.kind == "court"
