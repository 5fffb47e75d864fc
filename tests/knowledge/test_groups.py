"""Armed groups, movements, unrecognised states, peoples and outlets: their states, sectors and names, and when a group governs."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from onrecord.codebook import sectors
from onrecord.knowledge import KnowledgeBase
from onrecord.knowledge.names import squeeze
from onrecord.knowledge.tables import rows

ACTORS = Path(__file__).parents[2] / ".." / "shared" / "data" / "actors"


def table(name: str) -> list[dict[str, str]]:
    header, body = rows(name)
    return [dict(zip(header, row, strict=True)) for row in body]


def folded(name: str) -> str:
    """A name as the index compares it: letters only, small unless it is an acronym."""
    letters = squeeze(name)
    return letters if letters.isupper() else letters.lower()


def names(row: dict[str, str]) -> list[str]:
    columns = ("names", "acronyms", "people", "demonyms")
    return list(dict.fromkeys([row["name"], *filter(None, "|".join(row.get(c, "") for c in columns).split("|"))]))


@pytest.mark.parametrize(
    ("surface", "country", "code"),
    [
        ("Taliban", "AFG", "REB"),
        ("Islamic State Khorasan", "AFG", "REB"),
        ("Houthis", "YEM", "REB"),
        ("Hezbollah", "LBN", "REB"),
        ("Rapid Support Forces", "SDN", "REB"),
        ("HTS", "SYR", "REB"),
        ("Kurdish-led Syrian Democratic Forces", "SYR", "REB"),
        ("Boko Haram", "NGA", "REB"),
        ("ISWAP", "NGA", "REB"),
        ("JNIM", "MLI", "REB"),
        ("M23", "COD", "REB"),
        ("Allied Democratic Forces", "UGA", "REB"),
        ("Arakan Army", "MMR", "REB"),
        ("KIA", "MMR", "REB"),
        ("Continuity IRA", "GBR", "REB"),
        ("Wagner Group", "RUS", "PRM"),
        ("Ahlu Sunna Waljama", "SOM", "PRM"),
        ("Sinaloa cartel", "MEX", "CRM"),
        ("MS-13", "SLV", "CRM"),
        ("Oath Keepers", "USA", "UAF"),
        ("Abkhazia", "GEO", "PRE"),
        ("South Ossetia", "GEO", "PRE"),
        ("Nagorno-Karabakh", "AZE", "PRE"),
        ("Artsakh", "AZE", "PRE"),
        ("Northern Cyprus", "CYP", "PRE"),
        ("Transnistria", "MDA", "PRE"),
        ("Somaliland", "SOM", "PRE"),
        ("DNR", "UKR", "PRE"),
        ("Puntland", "SOM", "GOV"),
        ("Iraqi Kurdistan", "IRQ", "GOV"),
        ("Chechnya", "RUS", "GOV"),
    ],
)
def test_a_group_and_its_sector(kb: KnowledgeBase, surface: str, country: str, code: str) -> None:
    assert (country, code) in {(a.actor.country, s) for a in kb.find(surface) for s in a.actor.sectors}


@pytest.mark.parametrize(
    ("name", "day", "governs"),
    [
        ("Taliban", date(1996, 1, 1), False),
        ("Taliban", date(1999, 1, 1), True),
        ("Taliban", date(2015, 1, 1), False),
        ("Taliban", date(2021, 8, 14), False),
        ("Taliban", date(2021, 8, 15), True),
        ("Taliban", None, True),
        ("Khmer Rouge", date(1976, 1, 1), True),
        ("Khmer Rouge", date(1997, 1, 1), False),
        ("Khmer Rouge", None, False),
        ("Houthis", date(2020, 1, 1), False),
    ],
)
def test_a_group_governs_for_a_time(kb: KnowledgeBase, name: str, day: date | None, governs: bool) -> None:
    found = kb.ref(kb.find(name)[0].actor, day).sectors
    assert (found[0] == "GOV") is governs
    assert "REB" in found


@pytest.mark.parametrize(
    ("surface", "country"),
    [
        ("Kurds", None),
        ("Tamils", "LKA"),
        ("Uyghurs", "CHN"),
        ("Rohingya", "MMR"),
        ("Chechens", "RUS"),
        ("Hazaras", "AFG"),
        ("Druze", None),
        ("Copts", "EGY"),
        ("Shi'ites", None),
        ("ethnic Albanians", None),
        ("Kosovo Serbs", "KOS"),
        ("Crimean Tatars", "UKR"),
    ],
)
def test_a_people(kb: KnowledgeBase, surface: str, country: str | None) -> None:
    assert ("people", country) in {(a.actor.kind, a.actor.country) for a in kb.find(surface)}


def test_how_many_there_are() -> None:
    groups, outlets = table("groups"), table("outlets")
    assert sum("REB" in row["sectors"] for row in groups) > 300
    assert len(groups) > 500
    assert len(table("peoples")) > 120
    assert len(outlets) > 650
    assert 150 < sum(row["sectors"].startswith("GOV JRN") for row in outlets) < 250


@pytest.mark.parametrize(
    ("name", "allowed"), [("groups", {"National Liberation Army"}), ("peoples", set()), ("outlets", set())], ids=["groups", "peoples", "outlets"]
)
def test_no_name_stands_for_two_of_a_kind(name: str, allowed: set[str]) -> None:
    count = Counter(key for row in table(name) for key in {folded(n) for n in names(row)})
    assert {n for n, times in count.items() if times > 1} - {folded(n) for n in allowed} == set()


def test_every_sector_is_one_of_the_codebook() -> None:
    for name in ("groups", "peoples", "outlets", "bodies"):
        assert [row["id"] for row in table(name) if not set(row["sectors"].split()) <= set(sectors())] == []


def test_no_name_is_a_word_that_begins_a_sentence(kb: KnowledgeBase) -> None:
    for text in (
        "Can",
        "May",
        "Our",
        "Peace",
        "Law",
        "Blue",
        "National",
        "Freedom",
        "Right",
        "Unity",
        "Future",
        "Black",
        "Harmony",
        "Renewal",
        "Red",
        "Green",
    ):
        assert [a.actor.name for a in kb.find(text) if a.actor.kind != "person"] == []
    for text in (
        "European solidarity",
        "Law and justice",
        "Peace now",
        "Popular will",
        "Justice first",
        "Blue and white",
        "Lebanese forces",
        "Danish defence",
    ):
        assert kb.find(text) == ()


@pytest.mark.shared
@pytest.mark.skipif(not ACTORS.is_dir(), reason="../shared is not here")
def test_the_list_of_outlets_that_came_unverified_is_right(kb: KnowledgeBase) -> None:
    """Every row of news_outlets.csv is an outlet of that country here, but for names that mean something else first: "in Russia today"."""
    wrong = []
    with (ACTORS / "news_outlets.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            for name in filter(None, {row["name"], *row["aliases"].split("|")} - {"AA", "Fars", "Russia Today", "Sputnik"}):
                if row["iso3"] not in {a.actor.country for a in kb.find(name) if a.actor.kind == "outlet"}:
                    wrong.append((name, row["iso3"]))
    assert wrong == []


def test_whether_a_group_still_governs_is_left_open_after_the_day_of_its_row(kb: KnowledgeBase) -> None:
    assert kb.ref(kb.actor("Q42418"), date(2031, 1, 1)).sectors == ("REB", "GOV")
