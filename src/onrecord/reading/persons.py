"""The people a document introduces: full names with titles and appositions, surnames later on, and local ids for people the knowledge base lacks.

Resolves names only; pronouns and descriptions ("the minister") are ``coreference``.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from onrecord.knowledge import Actor, knowledge_base
from onrecord.model import ActorRef
from onrecord.reading.spelling import close, fold, slug
from onrecord.reading.titled import Titled
from onrecord.reading.titles import Gender, titles


@dataclass(slots=True)
class Person:
    """Somebody the document names. ``words``: the lower-case words of the full name, in order; ``roles``: what the text calls them.

    ``spelled``: how the surname is written on later mention; ``owner``: block and token of the "its" in "its spokesman, …".
    """

    ref: ActorRef
    words: tuple[str, ...]
    roles: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    gender: Gender | None = None
    surname: str = ""
    spelled: Counter[str] = field(default_factory=Counter)
    owner: tuple[int, int] | None = None


@dataclass(slots=True)
class Persons:
    """Everybody introduced so far, by id; ``on`` is the document's day, ``context`` the countries it speaks of, most often named first."""

    on: date | None = None
    context: tuple[str, ...] = ()
    by_id: dict[str, Person] = field(default_factory=dict)

    def add(self, ref: ActorRef, words: tuple[str, ...], *, found: Titled | None = None, surname: str = "") -> Person:
        """Introduce a person, or note a further name or role of one already known; ``found`` is the title the name came with."""
        role, gender = (found.role, found.gender) if found is not None else ("", None)
        bodies = [a.id for a in found.actors] if found is not None else []
        person = self.by_id.get(ref.id)
        if person is None:
            person = self.by_id[ref.id] = Person(ref, words)
        else:
            if len(words) > len(person.words):
                person.words = words
            if person.ref.role is None and ref.role is not None:
                person.ref = replace(person.ref, role=ref.role)
        if role and role not in person.roles:
            person.roles.append(role)
        person.bodies += [b for b in bodies if b not in person.bodies]
        person.gender = person.gender or gender or (titles().name_gender(words[0]) if len(words) > 1 else None)
        person.surname = person.surname or surname
        return person

    def settle(self, local_id: str, country: str) -> ActorRef:
        """Give a local person a country, and with it a new id; hands back the new reference."""
        person = self.by_id.pop(local_id)
        person.ref = local_person(person.ref.name, country, person.ref.role, person.ref.sectors)
        return self.by_id.setdefault(person.ref.id, person).ref

    def respelled(self) -> list[tuple[str, ActorRef]]:
        """Correct the names of local people whose surname the text mostly writes otherwise than on first mention: (old id, new reference) of each."""
        changed = []
        for person in [p for p in self.by_id.values() if p.spelled and p.ref.id.startswith("or:")]:
            spelling, count = person.spelled.most_common(1)[0]
            first, _, last = person.ref.name.rpartition(" ")
            if count < 2 or count <= person.spelled[last] + 1 or not close(fold(spelling), fold(last)) or not first:
                continue
            old = person.ref.id
            ref = local_person(f"{first} {spelling}", person.ref.country, person.ref.role, person.ref.sectors)
            self.by_id[ref.id] = self.by_id.pop(old)
            person.ref, person.words = ref, name_words(ref.name)
            changed.append((old, ref))
        return changed

    def named(self, words: tuple[str, ...], *, loose: bool = False) -> list[Person]:
        """Those whose full name contains all of ``words``; ``loose`` allows one letter of difference in a word of four letters or more."""
        if not words:
            return []
        exact = [p for p in self.by_id.values() if (words[-1] in p.words and _contains(p.words, words)) or words == (p.surname,)]
        if len(exact) > 1:
            exact = [p for p in exact if words[-1] in (p.surname, p.words[-1])] or exact
        if exact or not loose:
            return exact
        alike = [p for p in self.by_id.values() if any(close(w, words[-1]) for w in (p.words[-1], p.surname))]
        return [p for p in alike if p.ref.id.startswith("or:")] or alike


@functools.lru_cache(maxsize=16384)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a person's name, folded: initials and hyphens fall away ("Kim Kye-Gwan" is kim, kye, gwan)."""
    return tuple(w for w in re.split(r"[\s\-.’']+", fold(text)) if w)


def _contains(full: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether the words of ``part`` occur in ``full`` as a run."""
    n = len(part)
    return any(full[i : i + n] == part for i in range(len(full) - n + 1))


def local_person(name: str, country: str | None, role: str | None, sectors: tuple[str, ...]) -> ActorRef:
    """A reference to a person the knowledge base lacks: the id is made of country and full name, so that documents agree on it."""
    return ActorRef(f"or:{(country or 'x').lower()}-{slug(name)}", name, "person", country, sectors, role, 0.7)


def holder_like(words: tuple[str, ...], role: str, countries: tuple[str, ...], on: date | None) -> Actor | None:
    """Who held ``role`` in one of ``countries`` on the date under a name like ``words``, one letter of difference allowed; None unless one only."""
    kb = knowledge_base()
    canonical = kb.role(role)
    if canonical is None:
        return None
    found: dict[str, Actor] = {}
    for country in countries:
        for actor in kb.holders(country, canonical, on):
            if _alike(words, name_words(actor.name), fold(actor.surname or "")):
                found[actor.id] = actor
    return next(iter(found.values())) if len(found) == 1 else None


def _alike(words: tuple[str, ...], full: tuple[str, ...], surname: str) -> bool:
    """Whether a name as written fits a known full name: the surname (nearly), or every word (nearly)."""
    if surname and any(close(w, surname) for w in words):
        return True
    return len(words) > 1 and all(any(close(w, f) for f in full) for w in words)


def serves_state(role: str) -> bool:
    """Whether a role is one in the service of a state: a minister, a general, a ministry's spokesman; not a bare "spokesman" or "leader"."""
    words = titles()
    parts = role.split()
    state_sectors = {"GOV", "LEG", "MIL", "JUD", "COP", "SPY"}
    if any(state_sectors & set(words.body.get(p, ())) for p in parts[:-1]) or {"opposition", "rebel", "ruling"} & set(parts[:-1]):
        return True
    return (
        bool(parts)
        and parts[-1] not in ("leader", "chief", "head", "director", "official")
        and bool(state_sectors & set(words.person.get(parts[-1], ())))
    )
