"""Wikidata's facts held against what a knowledge base has: which confirm, which close or extend, which are new. Decides on rows; writes none."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from onrecord.knowledge import roles
from onrecord.knowledge.base import KnowledgeBase
from onrecord.knowledge.tables import day
from onrecord.knowledge.wikidata import Period, Refused, title_of

SAME_START, SAME_END = timedelta(days=45), timedelta(days=31)
"""Two dates this near are one, told differently."""
OWN = "a row of your own is about it and is kept"


@dataclass
class Facts:
    """Takes facts as of ``today`` and makes rows of what they add.

    ``own``: the source of rows that the user wrote, which stay as they are; ``refused``: facts that contradict what is known; ``new``: rows by table.
    """

    base: KnowledgeBase
    today: date
    own: str
    refused: list[Refused] = field(default_factory=list)
    new: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, period: Period) -> None:
        """Hold one fact against what is known."""
        if period.name:
            self._office(replace(period, who=self._known_as(period)))
        elif period.of in self.base and period.who in self.base:
            key = {"organisation": period.of, "member": period.who, "status": "member"}
            self._dated("memberships", key, period, {})

    def _known_as(self, period: Period) -> str:
        """The id of a person: Wikidata's, unless the only one of that name and state is known by an id of our own."""
        if period.who not in self.base:
            namesakes = {a.actor.id for a in self.base.find(period.name) if (a.actor.kind, a.actor.country) == ("person", period.country)}
            if len(namesakes) == 1 and (own := namesakes.pop()).startswith("or:"):
                return own
        return period.who

    def _office(self, period: Period) -> None:
        title = title_of(period.title, self._names_of[period.country])
        role = roles.role(title, period.country) or roles.plain(title)
        key = {"person": period.who, "role": role, "country": period.country}
        if period.who in self.base and self.base.actor(period.who).kind != "person":
            self.refused.append(Refused(f"{period.name} {period.who}", "known as something else than a person"))
        elif self._dated("offices", key, period, {"title": title}) and period.who not in self.base:
            self._person(period, role)

    def _dated(self, table: str, key: dict[str, str], period: Period, more: dict[str, str]) -> bool:
        """Make the row of a dated fact, if there is anything to say; whether there was."""
        near = [row for row in self._known[table].get(tuple(key.values()), ()) if _near(row["start"], period.start, SAME_START) or not row["start"]]
        exact = [row for row in near if row["start"] == period.start] or near
        if len(exact) > 1:
            self.refused.append(Refused(f"{period.name or period.who} {more.get('title', period.of)}", "fits several facts that are known"))
            return False
        if not exact:
            cells = {**key, **more, "start": period.start, "end": period.end, "source": "wikidata", "as_of": self.today.isoformat()}
        else:
            known = exact[0]
            if self.own in known["source"].split():
                self.refused.append(Refused(f"{period.name or period.who} {more.get('title', period.of)}", OWN))
                return False
            if known["end"] and (not period.end or _near(known["end"], period.end, SAME_END)):
                return False
            if not period.end and known["as_of"] >= self.today.isoformat():
                return False
            source = " ".join(dict.fromkeys((*known["source"].split(), "wikidata")))
            cells = {**key, "start": known["start"], "end": period.end, "source": source, "as_of": self.today.isoformat()}
            cells |= {"body": known["body"]} if known.get("body") else {}
        self.new[table].append({c: cell for c, cell in cells.items() if cell})
        return True

    def _person(self, period: Period, role: str) -> None:
        """Make the row of somebody new, once."""
        sector, rank = roles.sector(role), str(roles.rank(role))
        for cells in self.new["persons"]:
            if cells["id"] == period.who:
                cells["rank"] = min(cells["rank"], rank)
                return
        words = period.name.split()
        first = len(words) > 1 and self._families_first(period.country, words)
        cells = {"id": period.who, "name": period.name, "country": period.country, "sectors": sector, "surnames": words[0 if first else -1]}
        self.new["persons"].append({**cells, "rank": rank, "source": "wikidata", "as_of": self.today.isoformat()})

    def _families_first(self, country: str, words: list[str]) -> bool:
        """Whether a name begins with the family's: as most known names of the state do, unless its last word is the better known family name."""
        first, total, families = self._families[country]
        return first * 2 > total and families[words[0]] >= families[words[-1]]

    @cached_property
    def _families(self) -> dict[str, tuple[int, int, Counter[str]]]:
        """By state: how many known names begin with the family's, how many there are, and the family names."""
        found: dict[str, tuple[int, int, Counter[str]]] = defaultdict(lambda: (0, 0, Counter()))
        for actor in self.base.actors("person"):
            words = actor.name.split()
            if len(words) > 1 and actor.surname and actor.country:
                first, total, families = found[actor.country]
                families[actor.surname] += 1
                found[actor.country] = first + (words[0] == actor.surname), total + 1, families
        return found

    @cached_property
    def _names_of(self) -> dict[str, list[str]]:
        """By state: the names a title may carry, adjectives too."""
        found: dict[str, list[str]] = defaultdict(list)
        for state in self.base.actors("state"):
            found[state.country or ""] = [name for name, kind in self.base.names(state.id) if kind in ("name", "demonym", "acronym")]
        return found

    @cached_property
    def _known(self) -> dict[str, dict[tuple[str, ...], list[dict[str, str]]]]:
        """Dated rows by table and by what they are about."""
        found: dict[str, dict[tuple[str, ...], list[dict[str, str]]]] = {}
        for table, columns in (("offices", ("person", "role", "country")), ("memberships", ("organisation", "member", "status"))):
            by_key = found[table] = defaultdict(list)
            header, body = self.base.table(table)
            for row in body:
                cells = dict(zip(header, row, strict=True))
                by_key[tuple(cells[c] for c in columns)].append(cells)
        return found


def _near(one: str, other: str, by: timedelta) -> bool:
    """Whether two dates, whole or in part, may be the same or lie no further apart."""
    if one.startswith(other) or other.startswith(one):
        return True
    first, second = day(one), day(other)
    return first is not None and second is not None and abs(first - second) <= by
