"""Who held what when; surnames; and what is left unknown."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.knowledge import KnowledgeBase

HOLDERS = [
    # state or organisation, role, day, who
    ("USA", "president", "1991-06-01", "George H. W. Bush"),
    ("USA", "president", "1998-06-01", "Bill Clinton"),
    ("USA", "president", "2006-12-01", "George W. Bush"),
    ("USA", "foreign minister", "1999-06-01", "Madeleine Albright"),
    ("USA", "foreign minister", "2006-12-01", "Condoleezza Rice"),
    ("USA", "speaker", "1997-04-01", "Newt Gingrich"),
    ("GBR", "prime minister", "2003-03-20", "Tony Blair"),
    ("FRA", "president", "1997-05-01", "Jacques Chirac"),
    ("DEU", "prime minister", "1997-05-01", "Helmut Kohl"),
    ("RUS", "president", "1997-05-01", "Boris Yeltsin"),
    ("RUS", "president", "2024-07-04", "Vladimir Putin"),
    ("CHN", "president", "1997-05-01", "Jiang Zemin"),
    ("CHN", "prime minister", "1997-05-01", "Li Peng"),
    ("CHN", "foreign minister", "2022-05-01", "Wang Yi"),
    ("CHN", "foreign minister", "2023-05-01", "Qin Gang"),
    ("CHN", "foreign minister", "2024-07-04", "Wang Yi"),
    ("TWN", "president", "1999-07-09", "Lee Teng-hui"),
    ("TWN", "foreign minister", "1997-04-01", "John Chang"),
    ("TWN", "foreign minister", "2024-07-04", "Lin Chia-lung"),
    ("JPN", "foreign minister", "2024-07-04", "Yōko Kamikawa"),
    ("JPN", "foreign minister", "2023-07-04", "Yoshimasa Hayashi"),
    ("JPN", "chief cabinet secretary", "2024-07-04", "Yoshimasa Hayashi"),
    ("JPN", "chief cabinet secretary", "2023-12-01", "Hirokazu Matsuno"),
    ("JPN", "prime minister", "2003-01-01", "Junichiro Koizumi"),
    ("KOR", "president", "2006-10-09", "Roh Moo-hyun"),
    ("PRK", "supreme leader", "2006-10-09", "Kim Jong-il"),
    ("ISR", "prime minister", "1997-05-01", "Benjamin Netanyahu"),
    ("ISR", "prime minister", "2006-08-01", "Ehud Olmert"),
    ("PSE", "president", "1997-05-01", "Yasser Arafat"),
    ("PSE", "president", "2006-08-01", "Mahmoud Abbas"),
    ("PSE", "prime minister", "2006-08-01", "Ismail Haniya"),
    ("IRN", "president", "2006-08-01", "Mahmoud Ahmadinejad"),
    ("IRQ", "president", "2002-08-01", "Saddam Hussein"),
    ("EGY", "president", "2005-11-18", "Hosni Mubarak"),
    ("IND", "prime minister", "1997-05-01", "Inder Kumar Gujral"),
    ("UKR", "president", "2006-12-01", "Viktor Yushchenko"),
    ("VEN", "president", "2025-06-01", "Nicolás Maduro"),
    ("Q1065", "secretary-general", "2006-12-01", "Kofi Annan"),
    ("Q7184", "secretary-general", "1997-05-01", "Javier Solana"),
    ("Q41984", "director-general", "2005-11-18", "Mohamed ElBaradei"),
    ("Q38799", "leader", "2006-12-01", "Khaled Meshaal"),
]
SURNAMES = [
    ("Hayashi", "2024-07-04", "Yoshimasa Hayashi"),
    ("Bush", "2006-12-01", "George W. Bush"),
    ("Lee", "1999-07-09", "Lee Teng-hui"),
    ("Kim", "2006-10-09", "Kim Jong-il"),
    ("Abbas", "2006-12-01", "Mahmoud Abbas"),
    ("Haniyeh", "2006-12-01", "Ismail Haniya"),
    ("Villepin", "2003-02-14", "Dominique de Villepin"),
    ("Assad", "1997-02-14", "Hafez al-Assad"),
    ("Assad", "2006-02-14", "Bashar al-Assad"),
    ("Lula", "2006-02-14", "Luiz Inácio Lula da Silva"),
    ("Schroeder", "2003-02-14", "Gerhard Schröder"),
    ("Mahathir", "1997-07-14", "Mahathir Mohamad"),
    ("Dung", "2007-07-14", "Nguyễn Tấn Dũng"),
]


@pytest.mark.parametrize(("place", "role", "day", "who"), HOLDERS)
def test_who_held_an_office(kb: KnowledgeBase, place: str, role: str, day: str, who: str) -> None:
    assert {a.actor for a in kb.find(who)} & set(kb.holders(place, role, date.fromisoformat(day)))


@pytest.mark.parametrize(("surname", "day", "who"), SURNAMES)
def test_whom_a_surname_means_on_a_day(kb: KnowledgeBase, surname: str, day: str, who: str) -> None:
    assert kb.by_surname(surname, date.fromisoformat(day))[0] in {a.actor for a in kb.find(who)}


def test_an_old_open_end_is_unknown_not_current(kb: KnowledgeBase) -> None:
    later = date(2040, 1, 1)
    assert kb.holders("CHN", "foreign minister", later) == ()
    assert {o.standing(later) for o in kb.tenures("CHN", "foreign minister", later)} == {"unknown"}
    assert kb.ref(kb.find("Wang Yi")[0].actor, later).role is None


def test_a_former_minister_is_no_longer_minister(kb: KnowledgeBase) -> None:
    hayashi = kb.find("Yoshimasa Hayashi")[0].actor
    assert hayashi.surname == "Hayashi"
    assert kb.ref(hayashi, date(2023, 5, 1)).role == "Minister for Foreign Affairs"
    assert kb.ref(hayashi, date(2024, 7, 4)).role == "Chief Cabinet Secretary"
    assert hayashi not in kb.holders("JPN", "foreign minister", date(2024, 7, 4))


def test_a_reference_carries_state_sector_and_title(kb: KnowledgeBase) -> None:
    annan = kb.ref(kb.find("Kofi Annan")[0].actor, date(2003, 1, 1), score=0.8)
    assert (annan.country, annan.sectors, annan.role, annan.score) == (None, ("IGO", "UNO"), "Secretary-General of the United Nations", 0.8)
    meshaal = kb.ref(kb.find("Khaled Mashaal")[0].actor, date(2006, 12, 1))
    assert (meshaal.country, meshaal.sectors) == ("PSE", ("PTY", "REB"))
    assert kb.ref(kb.find("Bill Clinton")[0].actor).role is None


def test_persons_are_well_formed(kb: KnowledgeBase) -> None:
    debris = {"President", "Minister", "Acting", "Deputy", "Vice", "Chairman", "Council", "Republic", "Prime", "Ambassador", "Interior"}
    persons = kb.actors("person")
    assert len(persons) > 14_000
    assert [p.name for p in persons if debris & set(p.name.split())] == []
    assert [p.name for p in persons if not p.surname] == []
    assert [p.name for p in persons if any(c.isdigit() for c in p.name) or "(" in p.name] == []


def test_offices_are_ordered_in_time(kb: KnowledgeBase) -> None:
    offices = [o for p in kb.actors("person") for o in kb.offices(p.id)]
    assert len(offices) > 20_000
    assert [o for o in offices if o.start and o.end and o.start > o.end] == []
    assert [o for o in offices if o.as_of is None or not o.origin] == []
    assert [o for o in offices if o.body and o.body not in kb] == []
    assert [o for o in offices if not (o.country or o.body)] == []


def test_one_leader_at_a_time(kb: KnowledgeBase) -> None:
    days = [date(year, 6, 15) for year in range(1996, 2026)]
    for code in ("USA", "RUS", "CHN", "FRA", "KOR", "TWN", "IRN"):
        for on in days:
            assert len(kb.holders(code, "president", on)) == 1, (code, on, kb.holders(code, "president", on))
    for on in days:
        assert len(kb.holders("CHN", "foreign minister", on)) == 1, on
        assert len(kb.holders("JPN", "prime minister", on)) == 1, on


def test_who_shares_an_office_is_not_one_person(kb: KnowledgeBase) -> None:
    pairs = [
        ("Lee Jae-myung", "Lee Ju-ho"),
        ("Uday Saddam Hussein", "Qusay Saddam Hussein"),
        ("Mohamed Farah Aidid", "Ali Mahdi Mohamed"),
        ("Ahmed Obeid bin Dagher", "Abdel-Aziz bin Habtour"),
        ("Sami Abu Zuhri", "Tawfiq Abu Khussa"),
    ]
    for one, other in pairs:
        assert not {a.actor.id for a in kb.find(one)} & {a.actor.id for a in kb.find(other)}, (one, other)
    assert [a.actor.id for a in kb.find("Mark Carney")] == ["Q192533"]
