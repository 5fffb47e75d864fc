"""Twenty-odd traps in which a careless table answers wrongly: namesakes, dates, renamed states, offices with a gap."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.knowledge import KnowledgeBase

SIX = {"CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"}
SCO = [
    # day, members of the Shanghai Cooperation Organisation
    ("2016-06-01", SIX),
    ("2018-06-01", SIX | {"IND", "PAK"}),
    ("2023-08-01", SIX | {"IND", "PAK", "IRN"}),
    ("2024-07-05", SIX | {"IND", "PAK", "IRN", "BLR"}),
]
STATES = [
    # name in a report, states it may mean
    ("Democratic Republic of the Congo", {"COD"}),
    ("Republic of the Congo", {"COG"}),
    ("Congo-Brazzaville", {"COG"}),
    ("Zaire", {"COD"}),
    ("Congo", {"COD", "COG"}),
    ("People's Republic of China", {"CHN"}),
    ("Republic of China", {"TWN"}),
    ("Chinese Taipei", {"TWN"}),
    ("China", {"CHN"}),
    ("Georgia", {"GEO"}),
    ("Jordan", {"JOR"}),
    ("Chad", {"TCD"}),
    ("Niger", {"NER"}),
    ("Nigeria", {"NGA"}),
    ("Nigerien", {"NER"}),
    ("Nigerian", {"NGA"}),
    ("Dominica", {"DMA"}),
    ("Dominican Republic", {"DOM"}),
    ("Dominican", {"DMA", "DOM"}),
    ("Korea", {"KOR", "PRK"}),
]
HOLDERS = [
    # trap, state and role, day, the holders
    ("Japan's foreign minister in July 2024", "JPN foreign minister", "2024-07-15", {"Yōko Kamikawa"}),
    ("Hayashi, after the foreign ministry", "JPN chief cabinet secretary", "2024-07-05", {"Yoshimasa Hayashi"}),
    ("nobody is pope: the see is vacant", "VAT pope", "2013-03-05", set()),
    ("nobody is pope: John Paul II is dead", "VAT pope", "2005-04-10", set()),
    ("Qin Gang is gone within seven months", "CHN foreign minister", "2023-07-20", {"Qin Gang"}),
    ("Wang Yi comes back", "CHN foreign minister", "2023-07-28", {"Wang Yi"}),
    ("the day before Truss", "GBR prime minister", "2022-09-05", {"Boris Johnson"}),
    ("Truss, 49 days", "GBR prime minister", "2022-10-10", {"Liz Truss"}),
    ("the day after Truss", "GBR prime minister", "2022-10-26", {"Rishi Sunak"}),
    ("Netanyahu, first term", "ISR prime minister", "1997-01-01", {"Benjamin Netanyahu"}),
    ("Netanyahu, not between", "ISR prime minister", "2000-01-01", {"Ehud Barak"}),
    ("Netanyahu, second term", "ISR prime minister", "2015-01-01", {"Benjamin Netanyahu"}),
    ("Netanyahu, not between again", "ISR prime minister", "2021-12-01", {"Naftali Bennett"}),
    ("Netanyahu, third term", "ISR prime minister", "2023-02-01", {"Benjamin Netanyahu"}),
    ("Putin heads the government, first time", "RUS prime minister", "1999-09-01", {"Vladimir Putin"}),
    ("Putin heads the government, second time", "RUS prime minister", "2010-01-01", {"Vladimir Putin"}),
    ("Putin is not president then", "RUS president", "2010-01-01", {"Dmitry Medvedev"}),
    ("Taliban foreign minister", "AFG foreign minister", "2023-01-01", {"Amir Khan Muttaqi"}),
    ("no Palestinian prime minister yet", "PSE prime minister", "2002-06-01", set()),
    ("Abbas was prime minister first", "PSE prime minister", "2003-05-15", {"Mahmoud Abbas"}),
    ("Hamas heads the government", "PSE prime minister", "2006-06-01", {"Ismail Haniya"}),
    ("the Palestinian government of 2024", "PSE prime minister", "2024-06-01", {"Mohammad Mustafa"}),
    ("the Foreign Secretary of Britain is a minister", "GBR foreign minister", "2023-12-01", {"David Cameron"}),
    ("India's minister, not the secretary", "IND foreign minister", "2016-06-01", {"Sushma Swaraj"}),
    ("Lebanon without a president", "LBN president", "2015-06-01", set()),
    ("Aso, foreign minister before he is prime minister", "JPN foreign minister", "2006-10-15", {"Tarō Asō"}),
    ("Prachanda, known by his alias", "NPL prime minister", "2023-06-01", {"Prachanda"}),
]
SURNAMES = [
    # name alone, day, whom it means first
    ("Bush", "1991-02-01", "George H. W. Bush"),
    ("Bush", "2003-02-01", "George W. Bush"),
    ("Kim", "1993-06-01", "Kim Il-sung"),
    ("Kim", "2006-06-01", "Kim Jong-il"),
    ("Kim", "2019-02-28", "Kim Jong-un"),
    ("Park", "1975-01-01", "Park Chung-hee"),
    ("Park", "2014-01-01", "Park Geun-hye"),
    ("Lavrov", "2010-01-01", "Sergey Lavrov"),
    ("Saddam", "2002-01-01", "Saddam Hussein"),
    ("Evo", "2007-01-01", "Evo Morales"),
    ("Qaddafi", "2003-01-01", "Moammar Gaddafi"),
    ("Gadhafi", "2003-01-01", "Moammar Gaddafi"),
    ("Zelenskiy", "2022-05-01", "Volodymyr Zelenskyy"),
    ("Suu Kyi", "2015-01-01", "Aung San Suu Kyi"),
    ("Ban", "2010-01-01", "Ban Ki-moon"),
    ("MBS", "2020-01-01", "Mohammad bin Salman"),
]


@pytest.mark.parametrize(("on", "members"), SCO)
def test_members_of_the_shanghai_organisation_by_day(kb: KnowledgeBase, on: str, members: set[str]) -> None:
    assert {a.country for a in kb.members("Q485207", date.fromisoformat(on))} == members


@pytest.mark.parametrize(("name", "codes"), STATES)
def test_which_state_a_name_means(kb: KnowledgeBase, name: str, codes: set[str]) -> None:
    assert {a.actor.country for a in kb.find(name) if a.actor.kind == "state"} == codes


@pytest.mark.parametrize(("trap", "office", "on", "who"), HOLDERS)
def test_who_holds_the_office(kb: KnowledgeBase, trap: str, office: str, on: str, who: set[str]) -> None:
    place, role = office.split(" ", 1)
    assert {a.name for a in kb.holders(place, role, date.fromisoformat(on))} == who, trap


@pytest.mark.parametrize(("name", "on", "who"), SURNAMES)
def test_whom_a_name_alone_means(kb: KnowledgeBase, name: str, on: str, who: str) -> None:
    assert kb.by_surname(name, date.fromisoformat(on))[0].name == who


def test_a_foreign_secretary_is_a_minister_in_britain_and_an_official_in_india(kb: KnowledgeBase) -> None:
    assert kb.role("Foreign Secretary", "GBR") == "foreign minister"
    assert kb.role("Foreign Secretary", "IND") == "foreign secretary"


def test_two_lavrovs_stay_two(kb: KnowledgeBase) -> None:
    found = kb.by_surname("Lavrov", date(2010, 1, 1))
    assert len(found) > 1
    assert len({a.id for a in found}) == len(found)


@pytest.mark.parametrize("country", ["JOR", "SAU", "MYS"])
def test_three_abdullahs_are_all_offered(kb: KnowledgeBase, country: str) -> None:
    assert country in {a.country for a in kb.by_surname("Abdullah", date(2006, 1, 1)) if a.rank == 1}


def test_abdullah_abdullah_is_one_person_and_no_king(kb: KnowledgeBase) -> None:
    assert [(a.actor.name, a.actor.country) for a in kb.find("Abdullah Abdullah")] == [("Abdullah Abdullah", "AFG")]


@pytest.mark.parametrize(
    ("on", "role"), [("2010-01-01", "President"), ("2013-01-01", "Prime Minister"), ("2021-01-01", "Deputy Chairman of the Security Council")]
)
def test_medvedev_holds_three_offices_one_after_the_other(kb: KnowledgeBase, on: str, role: str) -> None:
    assert kb.ref(kb.find("Dmitry Medvedev")[0].actor, date.fromisoformat(on)).role == role


def test_hayashi_is_never_both(kb: KnowledgeBase) -> None:
    hayashi = kb.find("Yoshimasa Hayashi")[0].actor
    held = [(o.role, str(o.start), str(o.end)) for o in kb.offices(hayashi.id) if o.role in ("foreign minister", "chief cabinet secretary")]
    assert sorted(held) == [("chief cabinet secretary", "2023-12-14", "2025-10-21"), ("foreign minister", "2021-11-10", "2023-09-13")]


def test_an_office_left_open_in_2022_is_unknown_in_2026(kb: KnowledgeBase) -> None:
    later = date(2026, 10, 1)
    left_open = [o for p in kb.actors("person") for o in kb.offices(p.id) if o.end is None and o.as_of and o.as_of.year == 2022]
    assert len(left_open) > 1000
    assert {o.standing(later) for o in left_open} == {"unknown"}
    assert kb.holders("AUS", "defence minister", later) == ()


@pytest.mark.parametrize(
    ("alias", "name"), [("Abu Mazen", "Mahmoud Abbas"), ("Pushpa Kamal Dahal", "Prachanda"), ("Moamer Kadhafi", "Moammar Gaddafi")]
)
def test_an_alias_finds_its_person(kb: KnowledgeBase, alias: str, name: str) -> None:
    assert [a.actor.name for a in kb.find(alias)] == [name]
