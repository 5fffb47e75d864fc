"""Who a person's name means: the knowledge base first, then who the document has introduced, then a new local person.

Works name by name in two passes: full names first, so that "Putin" in a headline finds the "Vladimir Putin" below it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from onrecord.knowledge import Actor, Alias, knowledge_base
from onrecord.knowledge.sectors import sectors
from onrecord.model import ActorRef
from onrecord.reading.persons import Person, Persons, holder_like, local_person, name_words
from onrecord.reading.spelling import close, fold
from onrecord.reading.titled import Titled
from onrecord.reading.titles import Gender, titles


def full_name(persons: Persons, text: str, aliases: tuple[Alias, ...], found: Titled) -> Person:
    """Introduce the person of a full or titled name."""
    on = persons.on
    words = name_words(text)
    country = country_of(found.actors)
    actor = _known(aliases, country, found.role, on) or _by_office(persons, words, found, country) or _misspelt(words, country, on)
    if actor is not None:
        ref = _of_organisation(_with_role(knowledge_base().ref(actor, on), found), actor, found, on)
        if len(words) > 1 and any(a.actor.id == actor.id for a in aliases):
            ref = replace(ref, name=text)  # the id says who it is; the name is the one the reader of the document knows
        full = name_words(actor.name) if len(words) == 1 else words
        if found.gender is not None and name_words(actor.name)[:1] == words[:1] == ("sheikh",):
            found.gender = None  # "Sheikh Hasina" has the title for a name
        return persons.add(ref, full, found=found, surname=fold(actor.surname or ""))
    earlier = _earlier(persons, words, country)
    if earlier is not None:
        return persons.add(earlier.ref, words, found=found)
    body_sectors = found.actors[-1].sectors if found.actors and found.actors[-1].kind != "state" else ()
    words_of_role = ("former", *found.role.split()) if found.former else found.role.split()
    ref = local_person(text, country, found.role or None, sectors(words_of_role, body_sectors) if found.role else body_sectors)
    return persons.add(ref, words, found=found)


def lone_name(persons: Persons, text: str, gender: Gender | None = None) -> tuple[ActorRef | None, bool]:
    """Whom a bare surname means: somebody introduced, else the one office holder of that name on the date. The flag says that several fit.

    ``gender`` is what "Mr." or "Mrs." says.
    """
    on = persons.on
    words = name_words(text)
    fitting = persons.named(words, loose=True) if words else []
    fitting = [p for p in fitting if gender is None or _gender(p.words, p.gender) in (None, gender)]
    if len(fitting) == 1:
        fitting[0].spelled[text] += 1
        return fitting[0].ref, False
    if len(fitting) > 1:
        return None, True
    if not words or len(words) > 2:
        return None, False
    holders = [a for a in knowledge_base().by_surname(text, on) if gender is None or _gender(name_words(a.name)) in (None, gender)]
    best = [a for a in holders if a.rank == holders[0].rank]
    if len(best) == 1 and best[0].rank <= 2:
        ref = knowledge_base().ref(best[0], on, 0.6)
        if ref.role is not None or on is None:
            return persons.add(ref, name_words(best[0].name), surname=fold(best[0].surname or "")).ref, False
    return None, len(best) > 1


def office_holder(persons: Persons, text: str, countries: Collection[str] | None) -> ActorRef | None:
    """The leader or minister of the day whom a bare surname means that nothing marks as one; of one of ``countries``, where they are given."""
    on, words = persons.on, name_words(text)
    if on is None or len(words) != 1:
        return None
    holders = [a for a in knowledge_base().by_surname(text, on) if a.rank <= 2]
    if len(holders) != 1 or (countries is not None and holders[0].country not in countries):
        return None
    ref = knowledge_base().ref(holders[0], on, 0.6)
    return persons.add(ref, name_words(holders[0].name), surname=fold(holders[0].surname or "")).ref if ref.role is not None else None


def _of_organisation(ref: ActorRef, actor: Actor, found: Titled, on: date | None) -> ActorRef:
    """The reference without the country of birth where the text says that somebody without other office serves an international body."""
    body = found.actors[0] if found.actors else None
    if body is None or body.kind != "organisation" or "IGO" not in body.sectors or found.former or knowledge_base().ref(actor, on).role is not None:
        return ref
    return replace(ref, country=None, sectors=body.sectors)


def _gender(words: tuple[str, ...], known: Gender | None = None) -> Gender | None:
    """Whether a full name is a woman's or a man's, as far as its first word says."""
    return known or (titles().name_gender(words[0]) if len(words) > 1 else None)


def country_of(actors: tuple[Actor, ...]) -> str | None:
    """The country the states and bodies of a phrase point to: a state's own, else a body's."""
    for actor in actors:
        if actor.kind == "state":
            return actor.country
    return next((a.country for a in actors if a.country), None)


def _known(aliases: tuple[Alias, ...], country: str | None, role: str, on: date | None) -> Actor | None:
    """The person of a known full name; among namesakes the one from the named country, in that role, or in office on the date."""
    people = list({a.actor.id: a.actor for a in aliases if a.actor.kind == "person"}.values())
    if country is not None:
        people = [p for p in people if p.country in (country, None)] or [p for p in people if len(people) == 1 and not role]
    if len(people) > 1:
        canonical = knowledge_base().role(role) if role else None
        in_role = [p for p in people if any(o.role == canonical for o in knowledge_base().offices(p.id, on))]
        in_office = in_role or [p for p in people if knowledge_base().offices(p.id, on)]
        people = in_office or people
    people.sort(key=lambda p: p.rank)
    return people[0] if people and (len(people) == 1 or people[0].rank < people[1].rank) else None


def _by_office(persons: Persons, words: tuple[str, ...], found: Titled, country: str | None) -> Actor | None:
    """The holder of the title on the date whose name is (nearly) the one written: "President Jian Zemin" in a report on China."""
    on = persons.on
    if not found.role or found.former or on is None:
        return None
    return holder_like(words, found.role, (country,) if country else persons.context, on) or (
        _in_office(words, found.role, on) if country is None else None
    )


def _misspelt(words: tuple[str, ...], country: str | None, on: date | None) -> Actor | None:
    """The one person of that surname whose given name differs by a letter ("Shimom Peres"), a leader or minister."""
    if len(words) != 2 or len(words[0]) < 4:
        return None
    near = [
        a
        for a in knowledge_base().by_surname(words[1], on)
        if a.rank <= 2 and country in (None, a.country) and close(words[0], name_words(a.name)[0])
    ]
    return near[0] if len(near) == 1 else None


def _in_office(words: tuple[str, ...], role: str, on: date) -> Actor | None:
    """The one person of that surname who holds that role anywhere on the date ("President Bush")."""
    kb = knowledge_base()
    canonical = kb.role(role)
    if canonical is None or len(words) > 1:
        return None
    holding = [a for a in kb.by_surname(words[0], on) if any(o.role == canonical and o.standing(on) == "held" for o in kb.offices(a.id, on))]
    return holding[0] if len(holding) == 1 else None


def _earlier(persons: Persons, words: tuple[str, ...], country: str | None) -> Person | None:
    """Somebody introduced under the same name, or a longer or shorter form of it, who is not from elsewhere."""
    same = [p for p in persons.named(words) if country is None or p.ref.country in (country, None)]
    if len(same) == 1:
        return same[0]
    if len(words) > 1:
        surname = [p for p in persons.by_id.values() if len(p.words) == 1 and p.words[0] in (words[-1], words[0])]
        return surname[0] if len(surname) == 1 else None
    return None


def _with_role(ref: ActorRef, found: Titled) -> ActorRef:
    """The reference with the role the text gives where the knowledge base has none for the date."""
    if ref.role is not None or not found.role:
        return ref
    if found.former:
        return replace(ref, sectors=sectors(("former", *found.role.split())) or ref.sectors)
    return replace(ref, role=found.role, sectors=sectors(found.role.split()) or ref.sectors)
