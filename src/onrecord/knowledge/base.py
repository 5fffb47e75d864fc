"""Look-up of actors by name, office and date. Reads the packaged tables once, in a fraction of a second; decides nothing about a text."""

from __future__ import annotations

import functools
import gc
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from pathlib import Path
from typing import cast, get_args

from onrecord.codebook.issues import IssueList
from onrecord.codebook.issues import packaged as packaged_issues
from onrecord.errors import KnowledgeError
from onrecord.knowledge import roles
from onrecord.knowledge.facts import Actor, Alias, AliasKind, Membership, Office, Situation, SituationKind, Standing
from onrecord.knowledge.names import Entries, NameIndex, fold, squeeze, squeeze_all
from onrecord.knowledge.overlay import Overlay
from onrecord.knowledge.overlay import read as read_overlay
from onrecord.knowledge.schema import ACTOR_TABLES
from onrecord.knowledge.stack import stack
from onrecord.knowledge.tables import day, rows
from onrecord.model import ActorKind, ActorRef

_ALIAS_COLUMNS: dict[str, AliasKind] = {
    "name": "name", "names": "name", "acronyms": "acronym", "demonyms": "demonym", "people": "people", "capitals": "capital", "metonyms": "metonym",
}  # fmt: skip
_KIND_ORDER: dict[str, int] = {"name": 0, "acronym": 1, "demonym": 2, "people": 3, "capital": 4, "metonym": 5, "surname": 6}
_SLACK = timedelta(days=1100)
_SERVING = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


def _many(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """While tables are taken in, nothing becomes rubbish, and looking for it would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class KnowledgeBase:
    """Actors, their names, offices and memberships. Read-only; safe to share between readers of one process."""

    def __init__(self, overlays: Iterable[str | Path | Overlay] = ()) -> None:
        """Read the actor tables; offices and memberships follow when first asked for. Raises KnowledgeError for a malformed table.

        ``overlays``: folders of tables of one's own, laid on the packaged ones in order; raises OverlayError with all their problems.
        """
        self.overlays = tuple(o if isinstance(o, Overlay) else read_overlay(o) for o in overlays)
        self._tables = stack(self.overlays) if self.overlays else {}
        self._rows: list[tuple[ActorKind, list[str], dict[str, int]]] = []
        self._by_id: dict[str, int] = {}
        self._states: dict[str, int] = {}
        self._bodies: dict[tuple[str, str], int] = {}
        self._actors: dict[int, Actor] = {}
        self._office_cache: dict[int, Office] = {}
        self._readings: dict[Entries, tuple[Alias, ...]] = {}
        self._index = NameIndex()
        with _nothing_collected():
            for table, kind in ACTOR_TABLES.items():
                self._read(table, kind)
            self._index.close()

    def table(self, name: str) -> tuple[list[str], list[list[str]]]:
        """The header and the rows of a table, with what the overlays make of it."""
        return self._tables[name] if name in self._tables else rows(name)

    @functools.cached_property
    def issues(self) -> IssueList:
        """The packaged issues with what the overlays add to them."""
        found = packaged_issues()
        for overlay in self.overlays:
            found = found.with_own(overlay.issues) if overlay.issues else found
        return found

    @property
    def digest(self) -> str:
        """A digest of the overlays, in their order; empty without any."""
        return hashlib.sha256("".join(o.digest for o in self.overlays).encode()).hexdigest() if self.overlays else ""

    def _read(self, table: str, kind: ActorKind) -> None:
        header, body = self.table(table)
        at = {name: n for n, name in enumerate(header)}
        first = len(self._rows)
        self._by_id.update({row[0]: number for number, row in enumerate(body, first)})
        self._rows += [(kind, row, at) for row in body]
        if len(self._by_id) < len(self._rows):
            twice = next(row[0] for number, row in enumerate(body, first) if self._by_id[row[0]] != number)
            raise KnowledgeError(f"{table}.tsv: the id {twice} stands twice")
        self._index.add(body, [(n, _ALIAS_COLUMNS[name]) for name, n in at.items() if name in _ALIAS_COLUMNS], first)
        if kind == "state":
            self._states = {row[at["country"]]: number for number, row in enumerate(body, first)}
        elif kind == "body":
            self._bodies = {(row[at["country"]], row[at["body"]]): number for number, row in enumerate(body, first) if row[at["body"]]}

    def _actor(self, number: int) -> Actor:
        found = self._actors.get(number)
        if found is None:
            kind, row, at = self._rows[number]
            surname = _many(row[at["surnames"]])[0] if kind == "person" and row[at["surnames"]] else None
            rank = int(row[at["rank"]]) if "rank" in at else (1 if kind == "state" else 2)
            found = Actor(row[0], row[at["name"]], kind, row[at["country"]] or None, tuple(row[at["sectors"]].split()), surname, rank)
            self._actors[number] = found
        return found

    def _aliases(self, entries: Entries) -> tuple[Alias, ...]:
        readings = self._readings.get(entries)
        if readings is None:
            found = dict.fromkeys((self._index.rows[n], self._index.kinds[n]) for n in entries)
            readings = tuple(sorted((Alias(self._actor(row), kind) for row, kind in found), key=lambda a: (a.actor.rank, _KIND_ORDER[a.kind])))
            self._readings[entries] = readings
        return readings

    def __bool__(self) -> bool:
        """A base is a base, however few it knows."""
        return True

    def __len__(self) -> int:
        """The number of actors."""
        return len(self._rows)

    def __contains__(self, actor_id: str) -> bool:
        """Whether an id is known."""
        return actor_id in self._by_id

    def actor(self, actor_id: str) -> Actor:
        """The actor with an id; raises KnowledgeError where there is none."""
        if actor_id not in self._by_id:
            raise KnowledgeError(f"the knowledge base has no actor {actor_id!r}")
        return self._actor(self._by_id[actor_id])

    def actors(self, kind: ActorKind | None = None) -> tuple[Actor, ...]:
        """All actors, or those of one kind."""
        return tuple(self._actor(n) for n, row in enumerate(self._rows) if kind is None or row[0] == kind)

    def added(self, kind: ActorKind) -> tuple[Actor, ...]:
        """The actors of a kind that only the overlays bring."""
        packaged = _packaged() if self.overlays else self
        return tuple(a for a in self.actors(kind) if a.id not in packaged)

    def names(self, actor_id: str) -> tuple[tuple[str, AliasKind], ...]:
        """Every surface form of an actor with its kind, surnames last."""
        _, row, at = self._rows[self._by_id[actor_id]]
        found = [(alias, kind) for column, kind in _ALIAS_COLUMNS.items() if column in at for alias in _many(row[at[column]])]
        return (*found, *((s, "surname") for s in (_many(row[at["surnames"]]) if "surnames" in at else ())))

    def find(self, name: str) -> tuple[Alias, ...]:
        """Whoever a whole surface form may name, best known first; empty where nobody. Surnames are left out: see by_surname."""
        return self._aliases(self._index.find(name))

    def names_in(self, words: Sequence[str]) -> list[tuple[int, int, tuple[Alias, ...]]]:
        """The longest known name beginning at each token where one begins: first token, token after the last, readings. Names may overlap."""
        return [(start, end, self._aliases(entries)) for start, end, entries in self._index.names_in(words)]

    def holding(self, text: str) -> list[tuple[Actor, str, AliasKind]]:
        """Actors with a name that holds ``text``, whatever its case, each once with its shortest such name."""
        found: dict[int, tuple[str, AliasKind]] = {}
        for n in self._index.holding(text):
            found.setdefault(self._index.rows[n], (self._index.aliases[n], self._index.kinds[n]))
        return [(self._actor(row), name, kind) for row, (name, kind) in found.items()]

    @functools.cached_property
    def given_names(self) -> frozenset[str]:
        """First words, in lower case, of the names of two persons or more: given names of the world, and family names where they come first."""
        count = Counter(row[1].split(" ", 1)[0].lower() for kind, row, _ in self._rows if kind == "person" and " " in row[1])
        return frozenset(word for word, times in count.items() if times > 1 and len(word) > 2)

    @functools.cached_property
    def _surnames(self) -> dict[str, list[int]]:
        """Persons by each of their family names, squeezed and folded."""
        found: dict[str, list[int]] = defaultdict(list)
        said = [(surname, n) for n, (_, row, at) in enumerate(self._rows) if "surnames" in at for surname in _many(row[at["surnames"]])]
        for key, (_, number) in zip(squeeze_all([surname for surname, _ in said]), said, strict=True):
            found[fold(key)].append(number)
        return found

    def by_surname(self, surname: str, on: date | None) -> tuple[Actor, ...]:
        """Persons of that family name who hold an office on the day, else within about three years of it; the surest and highest first."""
        numbers = dict.fromkeys(self._surnames.get(fold(squeeze(surname)), ()))
        graded = [(grade, n) for n in numbers if (grade := self._nearness(self._rows[n][1][0], on))]
        return tuple(self._actor(n) for _, n in sorted(graded))

    def _nearness(self, person: str, on: date | None) -> tuple[int, int] | None:
        """How near a person's nearest office is (0 held, 1 perhaps held, 2 within the slack) and its rank; None where none is near."""
        near: list[tuple[int, int]] = []
        for office in map(self._office, self._offices[1].get(person, ())):
            standing = office.standing(on)
            within = on and (not office.start or office.start - _SLACK <= on) and (not office.end or on <= office.end + _SLACK)
            if standing != "no" or within:
                near.append(({"held": 0, "unknown": 1, "no": 2}[standing], roles.rank(office.role)))
        return min(near, default=None)

    @functools.cached_property
    def _offices(self) -> tuple[list[list[str]], dict[str, list[int]], dict[tuple[str, str], list[int]]]:
        """The rows of offices.tsv, and their numbers by person and by (country or organisation, role)."""
        persons: dict[str, list[int]] = defaultdict(list)
        held: dict[tuple[str, str], list[int]] = defaultdict(list)
        with _nothing_collected():
            table = self.table("offices")[1]
            for number, row in enumerate(table):
                persons[row[0]].append(number)
                for place in filter(None, row[3:5]):
                    held[place, row[2]].append(number)
        return table, persons, held

    def _office(self, number: int) -> Office:
        found = self._office_cache.get(number)
        if found is None:
            person, title, role, country, body, start, end, as_of, origin = self._offices[0][number]
            found = Office(person, role, title, country or None, body or None, day(start), day(end, last=True), day(as_of), origin)
            self._office_cache[number] = found
        return found

    def offices(self, actor_id: str, on: date | None = None) -> tuple[Office, ...]:
        """The offices of a person, highest first; with a day those held then, unknown ones after them (ask ``office.standing(on)``)."""
        found = [(office.standing(on), office) for office in map(self._office, self._offices[1].get(actor_id, ()))]
        kept = [(standing != "held", roles.rank(o.role), -(o.start or date.min).toordinal(), o) for standing, o in found if standing != "no"]
        return tuple(office for *_, office in sorted(kept, key=lambda k: k[:3]))

    def tenures(self, country_or_org: str, role: str, on: date | None = None) -> tuple[Office, ...]:
        """The terms in such an office, those certainly held on the day before those that are unknown on it; latest start first."""
        found = [(o.standing(on), o) for o in map(self._office, self._offices[2].get((country_or_org, role), ()))]
        kept = [(standing != "held", -(o.start or date.min).toordinal(), o) for standing, o in found if standing != "no"]
        return tuple(o for *_, o in sorted(kept, key=lambda k: k[:2]))

    def holders(self, country_or_org: str, role: str, on: date | None = None) -> tuple[Actor, ...]:
        """Who is known to have held a role of a state (ISO alpha-3) or organisation (id) on a day; an empty tuple where nobody is.

        ``role``: as the tables have it ("foreign minister"), or else a title of it ("Secretary of State").
        """
        found = self.tenures(country_or_org, role, on) or self.tenures(country_or_org, self.role(role, country_or_org) or "", on)
        held = dict.fromkeys(o.person for o in found if o.standing(on) == "held")
        return tuple(self.actor(person) for person in held)

    @functools.cached_property
    def _memberships(self) -> tuple[dict[str, list[Membership]], dict[str, list[Membership]]]:
        """Memberships by organisation, and by member."""
        by_org: dict[str, list[Membership]] = defaultdict(list)
        by_member: dict[str, list[Membership]] = defaultdict(list)
        with _nothing_collected():
            for org, member, status, start, end, as_of, origin in self.table("memberships")[1]:
                fact = Membership(org, member, status, day(start), day(end, last=True), day(as_of), origin)
                by_org[org].append(fact)
                by_member[member].append(fact)
        return by_org, by_member

    def members(self, org_id: str, on: date | None = None, *, status: str | None = "member") -> tuple[Actor, ...]:
        """The members of an organisation on a day (or those with another ``status``; None: any), in table order."""
        found = self._memberships[0].get(org_id, ())
        return tuple(self.actor(m.member) for m in found if m.standing(on) == "held" and status in (None, m.status))

    def memberships(self, actor_id: str, on: date | None = None) -> tuple[Membership, ...]:
        """What an actor belongs to on a day, in whatever status; unknown ones included (ask ``standing``)."""
        return tuple(m for m in self._memberships[1].get(actor_id, ()) if m.standing(on) != "no")

    @functools.cached_property
    def _situations(self) -> tuple[Situation, ...]:
        """The rows of situations.tsv, with ISO alpha-3 codes of parties made ids. Raises KnowledgeError for a party or a kind nobody knows."""
        return tuple(self._situation(row) for row in self.table("situations")[1])

    def _situation(self, row: list[str]) -> Situation:
        key, name, kind, names, first, second, over, start, end, origin, as_of = row
        if kind not in get_args(SituationKind):
            raise KnowledgeError(f"situations.tsv: {key} is of the unknown kind {kind!r}", hint=f"kinds: {', '.join(get_args(SituationKind))}")
        one, other = (tuple(self.state(p).id if p in self._states else self.actor(p).id for p in _many(cell)) for cell in (first, second))
        dates = day(start), day(end, last=True), day(as_of)
        return Situation(key, name, cast(SituationKind, kind), _many(names), one, other, over, *dates, origin)

    def situations(self, kind: SituationKind | None = None, party: str | None = None, on: date | None = None) -> tuple[Situation, ...]:
        """Alliances, disputes, wars and sanctions, in table order: of one kind, with a party (an actor id or ISO alpha-3, on either side), on a day.

        Those that are unknown on the day are included, as for memberships (ask ``standing``).
        """
        wanted = self.state(party).id if party in self._states else party
        return tuple(
            s
            for s in self._situations
            if kind in (None, s.kind) and (wanted is None or wanted in s.first or wanted in s.second) and s.standing(on) != "no"
        )

    def state(self, iso3: str) -> Actor:
        """The state or territory with a code; raises KnowledgeError where there is none."""
        if iso3 not in self._states:
            raise KnowledgeError(f"no state has the code {iso3!r}", hint="codes are ISO 3166-1 alpha-3, KOS for Kosovo")
        return self._actor(self._states[iso3])

    def body(self, iso3: str, kind: str) -> ActorRef:
        """A body of a state by its generic name ("foreign ministry", "Ministry of Defence", "parliament"); the real one where the tables name it.

        Raises KnowledgeError for a state or a kind of body that is unknown.
        """
        state, found = self.state(iso3), roles.body_kind(kind)
        if found is None:
            raise KnowledgeError(f"no body is called {kind!r}", hint="kinds are listed in languages/en/roles.toml")
        number = self._bodies.get((iso3, found.kind))
        if number is not None:
            actor = self._actor(number)
            return ActorRef(actor.id, actor.name, "body", iso3, actor.sectors)
        slug = f"or:{iso3.lower()}-{found.kind.replace(' ', '-').replace(chr(39), '')}"
        return ActorRef(slug, f"{found.name} of {state.name}", "body", iso3, found.sectors)

    def role(self, phrase: str, country: str | None = None) -> str | None:
        """The canonical role of a title ("Foreign Secretary" → "foreign minister"), as ``country`` uses it; None where it is none we know."""
        return roles.role(phrase, country)

    def ref(self, actor: Actor, on: date | None = None, score: float = 1.0) -> ActorRef:
        """The actor as a record shows it: country, sectors and title of the highest office held on the day, one of its own state before others.

        A role that is only perhaps still held is left out. Whoever held offices of state before the day, and as far as is known none on it, is ELI.
        A group that is the government of its state on the day is GOV first; without a day, one that is so as far as is known. After the day up to
        which it is known to govern it is GOV last: it may be either.
        """
        held = [o for o in self.offices(actor.id, on) if on is not None and o.standing(on) == "held"] if actor.kind == "person" else []
        if not held:
            sectors = ("ELI",) if on is not None and self._left_office(actor, on) else actor.sectors
            governs = self._governs(actor, on) if actor.kind == "group" else "no"
            sectors = ("GOV", *sectors) if governs == "held" else (*sectors, "GOV") if governs == "unknown" else sectors
            return ActorRef(actor.id, actor.name, actor.kind, actor.country, sectors, None, score)
        office = min(held, key=lambda o: (o.country != actor.country, roles.rank(o.role)))
        sectors = self.actor(office.body).sectors if office.body else roles.sectors(office.role)
        return ActorRef(actor.id, actor.name, actor.kind, office.country, sectors, office.title, score)

    def _governs(self, group: Actor, on: date | None) -> Standing:
        """Whether a group is a state's government on the day; without one, whether it is as far as is known."""
        found = {m.standing(on) for m in self.memberships(group.id) if m.status == "government" and (on is not None or m.end is None)}
        return "held" if "held" in found else "unknown" if "unknown" in found else "no"

    def _left_office(self, actor: Actor, on: date) -> bool:
        """Whether a servant of a state has left office by the day, and may at most hold a lower one."""
        if actor.kind != "person" or not _SERVING & set(actor.sectors):
            return False
        left = min((roles.rank(o.role) for o in self.offices(actor.id) if o.end is not None and o.end < on), default=None)
        perhaps = min((roles.rank(o.role) for o in self.offices(actor.id, on)), default=9)
        return left is not None and left < perhaps


_current: ContextVar[KnowledgeBase | None] = ContextVar("onrecord_knowledge", default=None)


def knowledge_base(overlays: str | Path | Iterable[str | Path] = ()) -> KnowledgeBase:
    """The knowledge base that applies here, read once per process: the packaged one, or inside :func:`using` the one given there.

    With ``overlays`` (a folder of tables of one's own, or several) the packaged one with these on it, in order, whatever applies here. One that
    was read before is handed out again as long as its files hold the same bytes. Raises OverlayError with all problems of the overlays.
    """
    if not overlays:
        return _current.get() or _packaged()
    return _stacked(tuple(read_overlay(folder) for folder in ([overlays] if isinstance(overlays, str | Path) else overlays)))


@contextmanager
def using(base: KnowledgeBase) -> Iterator[None]:
    """Within the block, and in no other thread or task, ``knowledge_base()`` is ``base``: so two Readers may differ in what they know."""
    token = _current.set(base)
    try:
        yield
    finally:
        _current.reset(token)


@functools.cache
def _packaged() -> KnowledgeBase:
    return KnowledgeBase()


@functools.lru_cache(maxsize=4)
def _stacked(overlays: tuple[Overlay, ...]) -> KnowledgeBase:
    return KnowledgeBase(overlays)
