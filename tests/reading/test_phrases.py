"""Whom a phrase by itself names: `Reader.actor` on two hundred and forty phrases of 1996 to 2025, and what it answers where it cannot tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Reader
from onrecord.evaluate.phrases import country_code, sector_fits

CASES = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in (Path(__file__).parent / "actor_phrases.txt").read_text(encoding="utf8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("day", "phrase", "country", "codes"), CASES)
def test_country_and_sector(reader: Reader, day: str, phrase: str, country: str, codes: str) -> None:
    found = reader.actor(phrase, date.fromisoformat(day))[0].actor
    assert country_code(found) == country.replace("-", "")
    have = set(found.sectors if found is not None else ())
    assert codes == "-" or any(set(wanted.split()) <= have for wanted in codes.split("/"))


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("he", "no-antecedent"),
        ("their allies", "no-antecedent"),
        ("the thing", "generic"),
        ("", "generic"),
        ("  ", "generic"),
    ],
)
def test_who_cannot_be_told_has_a_reason(reader: Reader, phrase: str, reason: str) -> None:
    (found,) = reader.actor(phrase)
    assert (found.actor, found.reason) == (None, reason)


@pytest.mark.parametrize(
    ("phrase", "day", "role", "codes"),
    [
        ("Gerhard Schroeder", date(2003, 5, 1), "Chancellor", ("GOV",)),
        ("Gerhard Schroeder", date(2010, 5, 1), None, ("ELI",)),
        ("Nelson Mandela", date(1997, 5, 1), "President", ("GOV",)),
        ("Nelson Mandela", date(2005, 5, 1), None, ("ELI",)),
    ],
)
def test_the_office_is_that_of_the_day(reader: Reader, phrase: str, day: date, role: str | None, codes: tuple[str, ...]) -> None:
    (found,) = reader.actor(phrase, day)
    assert found.actor is not None
    assert (found.actor.role, found.actor.sectors) == (role, codes)


def test_several_actors_in_order(reader: Reader) -> None:
    found = reader.actor("the Chadian and Malian foreign ministries")
    assert [p.actor.country for p in found if p.actor] == ["TCD", "MLI"]
    assert [p.actor.country for p in reader.actor("Chad, Mali and Niger") if p.actor] == ["TCD", "MLI", "NER"]


def test_an_unnamed_official_is_a_group_of_the_state(reader: Reader) -> None:
    (found,) = reader.actor("a senior Zambian official", date(2004, 1, 1))
    assert found.actor is not None
    assert (found.actor.kind, found.actor.country, found.actor.sectors, found.actor.role) == ("group", "ZMB", ("GOV",), None)


def test_running_text_gives_the_same_sectors(reader: Reader) -> None:
    from onrecord.model import Document

    reading = reader.read(Document("d", "Lusaka police arrested two Chinese miners and a former minister of Malawi.", published="2011-03-04"))
    found = {p.mention.text: (p.actor.country, p.actor.sectors) for p in reading.mentions if p.mention and p.actor}
    assert found["Lusaka police"] == ("ZMB", ("COP",))
    assert found["two Chinese miners"] == ("CHN", ("LAB",))
    assert ("MWI", ("ELI",)) in found.values()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["the", "former", "Zambian", "police", "of", "Mali", "'s", ",", "and", "\n", "MINISTER", "é", "🙂", "-", "(", "2", "his"]),
        max_size=7,
    )
)
def test_no_phrase_breaks_it_and_mentions_lie_in_it(reader: Reader, words: list[str]) -> None:
    phrase = " ".join(words)
    found = reader.actor(phrase)
    assert found
    for participant in found:
        assert (participant.actor is None) == (participant.reason is not None)
        if participant.mention is not None:
            assert participant.mention.text == phrase[participant.mention.start : participant.mention.end]


def test_a_judgement_asks_for_the_first_code_or_both(reader: Reader) -> None:
    (found,) = reader.actor("Zambian state television")
    assert found.actor is not None
    assert sector_fits(["GOV", "JRN"], found.actor)
    assert sector_fits(["GOV"], found.actor)
    assert not sector_fits(["JRN"], found.actor)
    assert sector_fits(["UNK"], None)
    assert not sector_fits(["GOV"], None)


@pytest.mark.parametrize(
    ("phrase", "kind", "country", "codes"),
    [
        ("Zambia's Ministry of Mines", "organisation", "ZMB", {"GOV"}),
        ("the University of Lusaka", "body", "ZMB", {"EDU"}),
        ("Kasempa Valley Medical Alliance", "organisation", None, {"MED"}),
        ("Kharkiv", "place", "UKR", {"CVL"}),
        ("Delhi High Court", "organisation", "IND", {"JUD"}),
        ("towns across Mali", "group", "MLI", set()),
    ],
)
def test_names_that_no_table_has_tell_what_they_can(reader: Reader, phrase: str, kind: str, country: str | None, codes: set[str]) -> None:
    (found,) = reader.actor(phrase)
    assert found.actor is not None
    assert (found.actor.country, set(found.actor.sectors)) == (country, codes)
    assert found.actor.kind == kind


@pytest.mark.parametrize(
    "names",
    [
        ("the University of Lusaka", "the University of Zambia", "a Zambian university"),
        ("Nairobi Hospital", "Mombasa Hospital", "a Kenyan hospital"),
        ("the Nairobi High Court", "the Mombasa High Court", "Kenya's Supreme Court"),
        ("the Paris School of Economics", "the Paris School of Medicine"),
        ("the Diocese of Kampala", "the Diocese of Gulu"),
    ],
)
def test_two_names_are_two_actors(reader: Reader, names: tuple[str, ...]) -> None:
    found = [reader.actor(name)[0].actor for name in names]
    assert len({actor.id for actor in found if actor is not None}) == len(names)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the secretary-general of NATO", "Jens Stoltenberg"),
        ("the UN chief", "Ban Ki-moon"),
        ("the IAEA chief", "Yukiya Amano"),
        ("the attorney-general of Israel", "Yehuda Weinstein"),
        ("Iran's vice-president", "vice presidents of Iran"),
        ("the Georgian university president", "university presidents of Georgia"),
    ],
)
def test_heads_and_who_is_only_called_alike(reader: Reader, phrase: str, name: str) -> None:
    actor = reader.actor(phrase, date(2015, 3, 1))[0].actor
    assert actor is not None
    assert actor.name == name
