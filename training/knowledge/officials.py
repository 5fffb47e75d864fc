"""persons.tsv and offices.tsv: every dated office of the files and our own list, one person each, one row an office."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.knowledge import roles
from training.knowledge import facts
from training.knowledge.facts import Fact
from training.knowledge.surnames import bare, fold, spellings, surnames

PERSONS = ["id", "name", "country", "sectors", "surnames", "names", "rank", "source", "as_of"]
OFFICES = ["person", "title", "role", "country", "body", "start", "end", "as_of", "source"]


@dataclass(slots=True)
class Person:
    """A person while the files are merged."""

    id: str
    name: str
    facts: list[Fact] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    surname: str = ""


def canonical(title: str) -> str:
    """The role of a title; an unknown title is its own role, in lower case."""
    found = roles.role(re.sub(r" of the .*Republic.*| Sir\b| Sheikh\b| of the\Z| of\Z", "", title))
    if found:
        return found
    if title.lower().startswith("ambassador") or title.startswith("Permanent Representative"):
        return "ambassador"
    return roles.role(title.split(" of the ")[0]) or title.lower()


def _close(one: str, other: str) -> bool:
    """Whether two ISO dates lie within six weeks."""
    if not one or not other:
        return False
    parts = [datetime.date(*(int(p) for p in (d + "-01-01")[:10].split("-"))) for d in (one, other)]
    return abs((parts[0] - parts[1]).days) <= 45


def _shares(one: str, other: str) -> bool:
    """Whether two names share a word of three letters or more, spelt alike."""
    first, second = ({fold(w) for w in re.split(r"[ -]", n)} for n in (one, other))
    return any(len(w) > 2 for w in first & second)


class Register:
    """Persons as they are found: by QID, by name and place, or by the same office begun at the same time."""

    def __init__(self) -> None:
        self.persons: dict[str, Person] = {}
        self.by_name: dict[tuple[str, str], str] = {}
        self.by_office: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)

    def add(self, fact: Fact) -> None:
        """Enter one fact under its person."""
        place, role = fact.country or fact.body, canonical(fact.title)
        known = fact.qid or self._known(fact, place, role)
        if not known:
            known = "or:" + re.sub(r"[^a-z0-9]+", "-", _ascii(fact.name).lower()).strip("-")
            if known in self.persons and place not in {f.country or f.body for f in self.persons[known].facts} and fact.origin != "own":
                known = f"{known}-{place.lower().replace(':', '-')}"
        person = self.persons.setdefault(known, Person(known, fact.name))
        person.facts.append(fact)
        person.names += [n for n in (fact.name, *fact.aliases) if n not in person.names]
        person.surname = fact.surname or person.surname
        for name in (fact.name, *fact.aliases):
            self.by_name.setdefault((fold(bare(name)), place), known)
            if fact.origin in ("wikidata", "own"):
                self.by_name.setdefault((fold(bare(name)), "*"), known)
        self.by_office[place, role].append((fact.start, known))

    def _known(self, fact: Fact, place: str, role: str) -> str:
        for name in (fact.name, *fact.aliases, *spellings(fact.name, fact.country)):
            found = self.by_name.get((fold(bare(name)), place))
            if found:
                return found
        for start, person in self.by_office[place, role]:
            if _close(start, fact.start) and any(_shares(fact.name, n) for n in self.persons[person].names):
                return person
        if fact.origin in ("own", "recent") and (fact.body or place):
            return self.by_name.get((fold(bare(fact.name)), "*"), "") if fact.body else ""
        return ""


def _ascii(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l").replace("ı", "i")).encode("ascii", "ignore").decode()


def _office_rows(person: Person) -> list[list[str]]:
    """One row an office: repeated readings of one tenure are joined; the better dated and better sourced reading wins."""
    order = {"wikidata": 0, "own": 1, "recent": 2, "factbook": 3}
    kept: list[Fact] = []
    for fact in sorted(person.facts, key=lambda f: (f.start, order[f.origin])):
        same = [k for k in kept if (k.country, k.body, canonical(k.title)) == (fact.country, fact.body, canonical(fact.title)) and _same_tenure(k, fact)]
        if not same:
            kept.append(fact)
            continue
        first = same[0]
        if not first.end and fact.end:
            first.end = fact.end
        if fact.as_of > first.as_of and not fact.end and not first.end:
            first.as_of, first.origin = fact.as_of, fact.origin
    return [[person.id, f.title, canonical(f.title), f.country, f.body, f.start, f.end, f.as_of, f.origin] for f in kept]


def _same_tenure(one: Fact, other: Fact) -> bool:
    """Whether two readings of one office of one person are one tenure: they begin together or the later lies inside the earlier."""
    if one.start == other.start or _close(one.start, other.start):
        return True
    return bool(one.start) and one.start <= other.start and (not one.end or other.start < one.end)


def build(actors: Path, curated: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of persons.tsv and offices.tsv. Persons are known by Wikidata's id where a file has it."""
    register = Register()
    for read, folder in ((facts.wikidata, actors), (facts.curated, curated), (facts.recent, actors), (facts.factbook, actors)):
        for fact in read(folder):
            register.add(fact)
    persons: list[list[str]] = []
    offices: list[list[str]] = []
    for person in sorted(register.persons.values(), key=lambda p: p.id):
        rows = _office_rows(person)
        offices += rows
        persons.append(_person_row(person, rows))
    return persons, offices


def _person_row(person: Person, rows: list[list[str]]) -> list[str]:
    best = min(rows, key=lambda r: (roles.rank(r[2]), r[5]))
    country = best[3] or next((r[3] for r in rows if r[3]), "")
    sectors = "IGO" if not best[3] else roles.sector(best[2])
    family = list(dict.fromkeys([person.surname, *surnames(person.name, country)] if person.surname else surnames(person.name, country)))
    names = list(dict.fromkeys(s for name in person.names for s in (name, *spellings(name, country))))
    names = [n for n in names if n != person.name and "|" not in n]
    origins = sorted({r[8] for r in rows})
    return [person.id, person.name, best[3], sectors, "|".join(family), "|".join(names), str(roles.rank(best[2])), " ".join(origins), max(r[7] for r in rows)]
