"""persons.tsv and offices.tsv: every dated office of the files and our own list, one person each, one row an office."""

from __future__ import annotations

import datetime
import difflib
import itertools
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.knowledge import roles
from training.knowledge import facts, states
from training.knowledge.confirm import Readings
from training.knowledge.facts import Fact
from training.knowledge.surnames import FAMILY_FIRST, LISTS, REGNAL, bare, fold, spellings, surnames

PERSONS = ["id", "name", "country", "sectors", "surnames", "names", "rank", "source", "as_of"]
ALONE = {"president", "prime minister", "monarch", "foreign minister", "defence minister", "supreme leader", "chief cabinet secretary"}
_PARTICLES = {"bin", "ibn", "bint", "ben", "abu", "abd", "abdul", "van", "von", "der", "del", "dos", "das", "the"}
"""Words of three letters or more of many names, which make nobody the same person."""
_ACTING = re.compile(r"(Acting|Interim|Transitional|Caretaker) ")
OFFICES = ["person", "title", "role", "country", "body", "start", "end", "as_of", "source"]


@dataclass(slots=True)
class Person:
    """A person while the files are merged."""

    id: str
    name: str
    facts: list[Fact] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    surname: str = ""


def canonical(title: str, country: str = "", body: str = "") -> str:
    """The role of a title in a state or organisation; a title that names no role we know is its own role, in lower case.

    Of two offices or portfolios in one title the first counts ("Prime Minister and Minister of Interior", "Minister of Health and Welfare").
    """
    if title == "State Secretary":  # of a presidency or a junior minister, though the words may translate a foreign minister's title
        return "state secretary"
    found = roles.role(title, country)
    part, _, rest = title.partition(" of ")
    if not found and rest and (body or rest.removeprefix("the ") in states.names()):
        found = roles.role(part, country)
    if not found and country:
        found = roles.role(re.split(r",? and |, ", title)[0], country)
    if country and found in ("secretary-general", "director-general", "commission president"):
        found = None
    return found or title.lower()


def _close(one: str, other: str, days: int = 45) -> bool:
    """Whether two ISO dates lie within six weeks (or so many ``days``), or one is only the year or month of the other."""
    if not one or not other:
        return False
    if one.startswith(other) or other.startswith(one):
        return True
    parts = [datetime.date(*(int(p) for p in (d + "-01-01")[:10].split("-"))) for d in (one, other)]
    return abs((parts[0] - parts[1]).days) <= days


def _shares(one: str, other: str, country: str) -> bool:
    """Whether two names share a word of three letters or more, or are spelt alike as a whole; a given name both begin with is not enough."""
    first, second = ([fold(w) for w in re.split(r"[ -]", n)] for n in (one, other))
    alike = difflib.SequenceMatcher(None, fold(one), fold(other)).ratio() > 0.7
    shared = {w for w in (set(first) & set(second)) - _PARTICLES if len(w) > 2 or REGNAL.match(w.upper())}
    if shared == {first[0]} == {second[0]} and min(len(first), len(second)) > 1 and country not in FAMILY_FIRST:
        return difflib.SequenceMatcher(None, first[-1], second[-1]).ratio() > 0.5
    return alike or bool(shared)


def _initials(name: str) -> str:
    """The middle initials of a name: "HW" of "George H. W. Bush"."""
    return "".join(w.rstrip(".") for w in bare(name).replace(".", ". ").split()[1:-1] if re.fullmatch(r"[A-Z]\.?", w))


def _clash(one: str, others: list[str]) -> bool:
    """Whether a name has middle initials, and a person's names have others only."""
    mine = _initials(one)
    theirs = {i for i in map(_initials, others) if i}
    return bool(mine and theirs) and not any(t.startswith(mine) or mine.startswith(t) for t in theirs)


class Register:
    """Persons as they are found: by QID, by name and place, or by the same office begun at the same time."""

    def __init__(self) -> None:
        self.persons: dict[str, Person] = {}
        self.by_name: dict[tuple[str, str], str] = {}
        self.by_office: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)

    def add(self, fact: Fact) -> None:
        """Enter one fact under its person."""
        place, role = fact.country or fact.body, canonical(fact.title, fact.country, fact.body)
        known = fact.qid or self._known(fact, place, role)
        if not known:
            known = "or:" + re.sub(r"[^a-z0-9]+", "-", _ascii(fact.name).lower()).strip("-")
            if known in self.persons and place not in {f.country or f.body for f in self.persons[known].facts} and fact.origin != "own":
                known = f"{known}-{place.lower().replace(':', '-')}"
        person = self.persons.setdefault(known, Person(known, re.sub(r'\s*"[^"]*"', "", fact.name)))
        person.facts.append(fact)
        person.names += [n for n in (fact.name, *fact.aliases) if n not in person.names]
        if fact.origin == "own" or not person.surname:
            person.surname = fact.surname or person.surname
        for name in (fact.name, *fact.aliases):
            for form in (name, *spellings(name, fact.country)):
                self.by_name.setdefault((fold(bare(form)), place), known)
            if fact.origin in ("wikidata", "own"):
                self.by_name.setdefault((fold(bare(name)), "*"), known)
        self.by_office[place, role].append((fact.start, known))

    def _known(self, fact: Fact, place: str, role: str) -> str:
        for name in (fact.name, *fact.aliases, *spellings(fact.name, fact.country)):
            found = self.by_name.get((fold(bare(name)), place))
            if found and not _clash(fact.name, self.persons[found].names):
                return found
        for start, person in self.by_office[place, role]:
            if _close(start, fact.start) and any(_shares(fact.name, n, fact.country) for n in self.persons[person].names):
                return person
        namesake = self.by_name.get((fold(bare(fact.name)), "*"), "")
        if fact.body and fact.origin in ("own", "recent"):
            return namesake
        # A judge of The Hague or a head of the United Nations has no state in the data: who holds an office of a state by the same full name is they.
        stateless = namesake and not any(f.country for f in self.persons[namesake].facts)
        return namesake if stateless and " " in bare(fact.name) and not _clash(fact.name, self.persons[namesake].names) else ""


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l").replace("ı", "i")).encode("ascii", "ignore").decode()


def _office_rows(person: Person) -> list[list[str]]:
    """One row an office. Repeated readings of one tenure are joined: it begins where the best source says and ends where the last one does."""
    order = {"wikidata": 0, "own": 1, "recent": 2, "factbook": 3}
    tenures: list[list[Fact]] = []
    for fact in sorted(person.facts, key=lambda f: (f.start, order[f.origin])):
        joined = next((t for t in tenures if _office(t[0]) == _office(fact) and any(_same_tenure(k, fact) for k in t)), None)
        if joined is None:
            tenures.append([fact])
        else:
            joined.append(fact)
    return [_row(person, tenure) for tenure in tenures]


def _row(person: Person, tenure: list[Fact]) -> list[str]:
    """The row of a tenure read once or more. A later reading that found it open outweighs an end before that reading.

    The Factbook's ends are only the start of whoever its next reading named, so they count where no other source has one; our own list mends
    an end that is more than six weeks off. Who by our list was acting at first and then in full
    has the full title. The last origin is the one the end comes from.
    """
    first = next((f for f in tenure if f.origin != "factbook" and _close(f.start, tenure[0].start, 100)), tenure[0])
    ends = [f for f in tenure if f.end and f.origin != "factbook"] or [f for f in tenure if f.end]
    ended = max(ends, key=lambda f: f.end, default=None)
    ours = max((f for f in ends if f.origin == "own"), key=lambda f: f.end, default=None)
    if ended and ours and not _close(ended.end, ours.end):
        ended = ours
    weak = {"recent"} if ended and ended.origin == "own" else set()
    last = max((f for f in tenure if not f.end and f.origin not in weak), key=lambda f: f.as_of, default=None)
    closing = ended or last or first
    if ended and last and last.as_of > (ended.end + "-12-31")[:10]:
        closing = last
    first = max((f for f in tenure if f.start.startswith(first.start)), key=lambda f: (len(f.start), f.origin != "factbook"))
    agreeing = [o for o in dict.fromkeys([first.origin, *(f.origin for f in tenure)]) if o != closing.origin]
    origin = " ".join([*agreeing, closing.origin])
    full = next((f.title for f in tenure if f.origin == "own" and _ACTING.match(first.title) and not _ACTING.match(f.title)), first.title)
    return [person.id, full, canonical(*_office(first, raw=True)), first.country, first.body, first.start, closing.end, closing.as_of, origin]


def _succeed(offices: list[list[str]]) -> None:
    """Mend an end by the next holder of an office of one holder.

    An end that is open, or only the Factbook's guess, is the next holder's start, unless the row is known to be true after all that is known
    of the next one; an end given as a year or month in which the next one begins is that day.
    """
    held: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for row in offices:
        if row[2] in ALONE and row[5]:
            held[row[3] or row[4], row[2]].append(row)
    for rows in held.values():
        rows.sort(key=lambda r: r[5])
        for row, after in itertools.pairwise(rows):
            if after[0] != row[0] and after[5] > row[5] and _ends(row, after):
                row[6], row[8] = after[5], f"{row[8]} succession"


def _ends(row: list[str], after: list[str]) -> bool:
    """Whether the start of ``after`` is a better end of ``row`` than its own."""
    if not row[6]:
        return row[7] <= after[7]
    return (row[8].endswith("factbook") and after[5] < row[6]) or (len(row[6]) < len(after[5]) and after[5].startswith(row[6]))


def _office(fact: Fact, *, raw: bool = False) -> tuple[str, str, str]:
    return (fact.title if raw else canonical(fact.title, fact.country, fact.body), fact.country, fact.body if not fact.country or raw else "")


def _same_tenure(one: Fact, other: Fact) -> bool:
    """Whether two readings of one office of one person are one tenure: they begin together, or the later begins inside the earlier."""
    if one.start == other.start or _close(one.start, other.start):
        return True
    return bool(one.start) and one.start <= other.start < (one.end or one.as_of)


def _sectors(tables: Path) -> dict[str, str]:
    """The sectors of groups and bodies by id: whoever holds an office in one belongs to its sector."""
    found: dict[str, str] = {}
    for table in ("groups", "bodies", "organisations"):
        header, *lines = (line.split("\t") for line in (tables / f"{table}.tsv").read_text(encoding="utf8").splitlines())
        found |= {row[0]: row[header.index("sectors")] for row in lines}
    return found


def build(actors: Path, curated: Path, tables: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of persons.tsv and offices.tsv. Persons are known by Wikidata's id where a file has it."""
    register = Register()
    for read, folder in ((facts.wikidata, actors), (facts.curated, curated), (facts.recent, actors), (facts.factbook, actors)):
        for fact in read(folder):
            register.add(fact)
    groups, readings = _sectors(tables), Readings(actors)
    persons: list[list[str]] = []
    offices: list[list[str]] = []
    for person in sorted(register.persons.values(), key=lambda p: p.id):
        rows = _office_rows(person)
        for row in rows:
            row[8] = _elsewhere(row, rows) or readings.confirmed(person.names, row)
        offices += rows
        persons.append(_person_row(person, rows, groups))
    _succeed(offices)
    return persons, offices


def _elsewhere(row: list[str], rows: list[list[str]]) -> str:
    """The sources of a row of ours alone where Wikidata has the person begin another title at the same place at the same time; else empty."""
    if row[8] != "own":
        return ""
    same = [r for r in rows if r is not row and "wikidata" in r[8] and r[3:5] == row[3:5] and row[5] and _close(r[5], row[5])]
    return "wikidata own" if same else ""


def _settled(family: list[str], name: str, country: str) -> bool:
    """Whether a name holds the family name we know, in a land where rules may take the given name for it (Lien Chan is Lien)."""
    return bool(family) and country in ("CHN", "TWN", "HKG", "KOR", "PRK") and family[0] in name.split()


def _person_row(person: Person, rows: list[list[str]], groups: dict[str, str]) -> list[str]:
    """The row of a person: names, and the rank of the highest office; whoever heads an NGO ranks third at best."""
    best = min(rows, key=lambda r: (roles.rank(r[2]), bool(r[6]), "own" not in r[8], r[5]))
    country = best[3] or next((r[3] for r in rows if r[3]), "")
    sectors = groups.get(best[4], "IGO" if not best[3] else roles.sector(best[2]))
    known = person.names if best[8] != "wikidata" or len(person.names) < 6 else person.names[:6]
    family = person.surname.split("|") if person.surname else []
    family = list(dict.fromkeys([*family, *(s for name in known if not _settled(family, name, country) for s in surnames(name, country))]))
    family = [f for f in family if f not in LISTS["ordinary"]] or [person.name]
    names = list(dict.fromkeys(s for name in person.names for s in (name, *spellings(name, country))))
    names = [n for n in names if n != person.name and "|" not in n and (" " in n or len(n) > 5)]
    origins = sorted({origin for r in rows for origin in r[8].split()})
    return [
        person.id,
        person.name,
        best[3],
        sectors,
        "|".join(family),
        "|".join(names),
        str(max(roles.rank(best[2]), 3) if "NGO" in sectors.split() else roles.rank(best[2])),
        " ".join(origins),
        max(r[7] for r in rows),
    ]
