"""Words that say what somebody is: role nouns, bodies, groups, statement-objects. A typed view of the language tables; resolves nothing."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.knowledge.sectors import by_word
from onrecord.languages import language

Gender = Literal["f", "m"]


@dataclass(frozen=True, slots=True)
class Titles:
    """Sets of lower-case words. ``person`` and ``body`` give a noun's PLOVER sectors."""

    person: dict[str, tuple[str, ...]]
    body: dict[str, tuple[str, ...]]
    parties: frozenset[str]
    leaders: frozenset[str]
    leader_phrases: tuple[str, ...]
    female: frozenset[str]
    male: frozenset[str]
    honorifics: frozenset[str]
    qualifiers: frozenset[str]
    former: frozenset[str]
    countries: frozenset[str]
    many_countries: frozenset[str]
    last_outlets: frozenset[str]
    organisations: frozenset[str]
    sides: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]
    geography: frozenset[str]
    times: frozenset[str]
    particles: frozenset[str]
    epithets: dict[str, tuple[str, ...]]
    relational: frozenset[str]
    abroad: frozenset[str]
    groups: frozenset[str]
    mastheads: frozenset[str]
    fighters: frozenset[str]
    events: frozenset[str]
    also_names: frozenset[str]
    centres: frozenset[str]
    felt: frozenset[str]
    articleless: frozenset[str]
    trespass: frozenset[str]
    saying: frozenset[str]
    opined: frozenset[str]
    businesses: frozenset[str]
    no_office: dict[str, frozenset[str]]
    national: frozenset[str]
    equipment: frozenset[str]
    female_names: frozenset[str]
    male_names: frozenset[str]

    def gender(self, words: Iterable[str]) -> Gender | None:
        """What a title's words tell of a person's gender."""
        for word in words:
            if word in self.female:
                return "f"
            if word in self.male:
                return "m"
        return None

    def name_gender(self, first: str) -> Gender | None:
        """What a given name tells of a person's gender."""
        return "f" if first in self.female_names else "m" if first in self.male_names else None

    def is_leader(self, role: str) -> bool:
        """Whether a role is that of a head of state or government ("vice president" is not)."""
        if any(p in role for p in self.leader_phrases):
            return "deputy" not in role
        words = role.split(" of ", maxsplit=1)[0].split()
        return bool(words) and words[-1] in self.leaders and not {"vice", "deputy", "former"} & set(words)


@functools.cache
def titles() -> Titles:
    """The table of the English pack, loaded once."""
    t = language("en").table("titles")
    agents = language("en").table("agents")
    given = language("en").table("given_names")
    return Titles(
        person=by_word(agents["person"]),
        body=by_word(agents["body"]),
        parties=frozenset(t["party"]["nouns"]),
        leaders=frozenset(t["leader"]["nouns"]),
        leader_phrases=tuple(t["leader"]["phrases"]),
        female=frozenset(t["gender"]["female"]),
        male=frozenset(t["gender"]["male"]),
        honorifics=frozenset(t["honorific"]["words"]),
        qualifiers=frozenset(t["qualifier"]["words"]),
        former=frozenset(t["qualifier"]["former"]),
        countries=frozenset(t["country"]["nouns"]),
        many_countries=frozenset(t["country"]["many"]),
        last_outlets=frozenset(t["outlet"]["last"]),
        organisations=frozenset(t["organisation"]["nouns"]),
        sides=frozenset(t["country"]["sides"]),
        documents=frozenset(t["document"]["nouns"]),
        outlets=frozenset(t["outlet"]["nouns"]),
        geography=frozenset(t["geography"]["nouns"]),
        times=frozenset(t["time"]["words"]),
        particles=frozenset(t["particle"]["words"]),
        epithets={phrase: tuple(codes) for phrase, codes in t["epithet"].items()},
        abroad=frozenset(t["abroad"]["nouns"]),
        relational=frozenset(t["relational"]["nouns"]),
        groups=frozenset(t["group"]["nouns"]),
        mastheads=frozenset(t["masthead"]["nouns"]),
        national=frozenset((*t["national"]["nouns"], *t["national"]["phrases"])),
        equipment=frozenset(t["equipment"]["nouns"]),
        female_names=frozenset(given["female"]),
        male_names=frozenset(given["male"]),
        fighters=frozenset(t["fighter"]["nouns"]),
        events=frozenset(t["occasion"]["nouns"]),
        also_names=frozenset(t["also_name"]["words"]),
        centres=frozenset(t["centre"]["nouns"]),
        businesses=frozenset(t["business"]["words"]),
        opined=frozenset(t["opined"]["verbs"]),
        saying=frozenset(t["saying"]["verbs"]),
        articleless=frozenset(t["articleless"]["nouns"]),
        trespass=frozenset(t["trespass"]["verbs"]),
        felt=frozenset(t["felt"]["adjectives"]),
        no_office={country: frozenset(offices) for country, offices in t["no_office"].items()},
    )


@functools.cache
def referring() -> frozenset[str]:
    """Every noun whose phrase can point back to an actor."""
    t = titles()
    bynames = {phrase.rsplit(" ", 1)[-1] for phrase in t.epithets}
    return frozenset({*t.person, *t.body, *t.countries, *t.many_countries, *t.sides, *t.documents, *t.last_outlets, *t.organisations} | bynames)
