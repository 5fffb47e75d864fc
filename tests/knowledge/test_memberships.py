"""Who belonged where on which day: known totals and exact days, and what every row must satisfy; situations by party and day."""

from __future__ import annotations

import importlib
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.knowledge import KnowledgeBase
from onrecord.knowledge.facts import SituationKind
from onrecord.knowledge.tables import day, rows

SCO_FOUNDERS = {"CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"}


def codes(kb: KnowledgeBase, org: str, on: str, status: str | None = "member") -> set[str]:
    return {a.country or a.id for a in kb.members(org, date.fromisoformat(on), status=status)}


@pytest.mark.parametrize(
    ("on", "joined"),
    [
        ("2001-06-15", set()),
        ("2017-06-08", set()),
        ("2017-06-09", {"IND", "PAK"}),
        ("2023-07-04", {"IND", "PAK", "IRN"}),
        ("2024-07-03", {"IND", "PAK", "IRN"}),
        ("2024-07-04", {"IND", "PAK", "IRN", "BLR"}),
    ],
)
def test_members_of_the_shanghai_organisation(kb: KnowledgeBase, on: str, joined: set[str]) -> None:
    assert codes(kb, "Q485207", on) == SCO_FOUNDERS | joined


@pytest.mark.parametrize(
    ("org", "on", "count"),
    [
        ("Q7184", "1998-12-31", 16),
        ("Q7184", "2004-03-28", 19),
        ("Q7184", "2004-03-29", 26),
        ("Q7184", "2024-03-06", 31),
        ("Q7184", "2024-03-07", 32),
        ("Q458", "1994-12-31", 12),
        ("Q458", "2004-05-01", 25),
        ("Q458", "2020-01-31", 28),
        ("Q458", "2020-02-01", 27),
        ("or:euro-area", "2005-01-01", 12),
        ("or:euro-area", "2024-01-01", 20),
        ("or:schengen", "2024-06-01", 29),
        ("Q1065", "1993-12-31", 183),
        ("Q1065", "1999-12-31", 187),
        ("Q1065", "2006-01-01", 191),
        ("Q1065", "2024-01-01", 193),
        ("Q8908", "2022-03-16", 47),
        ("Q8908", "2022-03-17", 46),
        ("Q41550", "2022-01-01", 38),
        ("Q7825", "2001-12-31", 143),
        ("Q7825", "2024-12-31", 166),
        ("Q47488", "2025-02-01", 125),
        ("Q81299", "2020-01-01", 57),
        ("Q7768", "1996-01-01", 7),
        ("Q7768", "2025-10-26", 11),
        ("or:brics", "2010-12-23", 4),
        ("or:brics", "2024-01-01", 9),
        ("or:brics", "2025-01-06", 10),
        ("or:opec", "2006-01-01", 11),
        ("or:opec", "2020-06-01", 13),
        ("or:opec", "2024-01-01", 12),
        ("Q7785", "2022-12-01", 56),
        ("or:apec", "1997-01-01", 18),
        ("or:apec", "2020-01-01", 21),
        ("or:eac", "2024-06-01", 8),
        ("or:ecowas", "2025-01-01", 11),
    ],
)
def test_how_many_members_on_a_day(kb: KnowledgeBase, org: str, on: str, count: int) -> None:
    assert len(codes(kb, org, on)) == count


@pytest.mark.parametrize(
    ("on", "elected"),
    [
        ("1999-03-24", "ARG BHR BRA CAN GAB GMB MYS NAM NLD SVN"),
        ("2003-03-20", "AGO BGR CHL CMR DEU ESP GIN MEX PAK SYR"),
        ("2006-10-09", "ARG COG DNK GHA GRC JPN PER QAT SVK TZA"),
        ("2017-09-11", "BOL EGY ETH ITA JPN KAZ SEN SWE UKR URY"),
        ("2025-06-13", "DNK DZA GRC GUY KOR PAK PAN SLE SOM SVN"),
    ],
)
def test_the_security_council_on_a_day(kb: KnowledgeBase, on: str, elected: str) -> None:
    assert codes(kb, "Q37470", on, "non-permanent member") == set(elected.split())
    assert codes(kb, "Q37470", on, "permanent member") == {"CHN", "FRA", "GBR", "RUS", "USA"}


def test_ten_are_elected_to_the_council_every_year(kb: KnowledgeBase) -> None:
    for year in range(1990, 2027):
        assert len(codes(kb, "Q37470", f"{year}-06-30", "non-permanent member")) == 10, year


@pytest.mark.parametrize(
    ("org", "member", "days"),
    [
        ("Q7172", "SYR", ("2011-11-15", "2015-01-01", "2023-05-07")),
        ("Q7159", "EGY", ("2013-07-04", "2014-01-01", "2014-06-17")),
        ("Q7785", "FJI", ("2009-08-31", "2012-01-01", "2014-09-26")),
        ("Q4264", "PRY", ("2012-06-28", "2012-12-01", "2013-08-15")),
        ("or:oic", "SYR", ("2012-08-15", "2020-01-01", "2025-03-07")),
    ],
)
def test_who_is_suspended_is_no_member(kb: KnowledgeBase, org: str, member: str, days: tuple[str, str, str]) -> None:
    before, within, after = days
    assert member in codes(kb, org, before)
    assert member not in codes(kb, org, within)
    assert member in codes(kb, org, within, "suspended")
    assert member in codes(kb, org, after)


@pytest.mark.parametrize(
    ("org", "member", "on", "status"),
    [
        ("or:brics", "ARG", "2023-10-01", "invited"),
        ("or:brics", "ARG", "2024-01-01", None),
        ("or:brics", "SAU", "2024-06-01", "invited"),
        ("or:g8", "RUS", "2013-06-17", "member"),
        ("or:g8", "RUS", "2014-06-04", None),
        ("or:opec", "IDN", "2016-06-01", "member"),
        ("or:opec", "QAT", "2019-06-01", None),
        ("Q41984", "PRK", "1994-06-13", "member"),
        ("Q41984", "PRK", "1994-06-14", None),
        ("or:npt", "PRK", "2006-10-09", None),
        ("Q47488", "PHL", "2019-03-17", None),
        ("or:ecowas", "MLI", "2025-01-29", None),
        ("or:oau", "MAR", "1990-01-01", None),
        ("Q7159", "MAR", "2018-01-01", "member"),
        ("Q1065", "TWN", "1971-10-24", "member"),
        ("Q1065", "PSE", "2020-01-01", "observer"),
        ("Q458", "TUR", "2005-01-01", "candidate"),
        ("or:unhrc", "USA", "2018-06-20", None),
    ],
)
def test_the_status_of_one_member_on_a_day(kb: KnowledgeBase, org: str, member: str, on: str, status: str | None) -> None:
    held = {m.status for m in kb.memberships(kb.state(member).id, date.fromisoformat(on)) if m.organisation == org}
    assert held == ({status} if status else set())


def test_an_open_membership_is_unknown_after_its_source(kb: KnowledgeBase) -> None:
    (saudi,) = (m for m in kb.memberships(kb.state("SAU").id) if m.organisation == "or:brics")
    assert saudi.standing(date(2025, 6, 30)) == "held"
    assert saudi.standing(date(2026, 6, 30)) == "unknown"


def test_every_row_has_known_ids_and_dates_in_order(kb: KnowledgeBase) -> None:
    for org, member, status, start, end, as_of, source in rows("memberships")[1]:
        assert org in kb and member in kb, (org, member)
        assert status and source and day(as_of), (org, member)
        first, last = day(start), day(end, last=True)
        assert not (first and last) or first <= last, (org, member, start, end)


def test_no_two_rows_of_a_pair_overlap() -> None:
    spans: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for org, member, status, start, end, *_ in rows("memberships")[1]:
        if status in ("member", "suspended"):
            spans[org, member].append((day(start) or date.min, day(end, last=True) or date.max))
    for pair, found in spans.items():
        found.sort()
        assert all(one[1] < other[0] for one, other in pairwise(found)), pair


def test_one_status_is_held_once_at_a_time() -> None:
    spans: dict[tuple[str, str, str], list[tuple[date, date]]] = defaultdict(list)
    for org, member, status, start, end, *_ in rows("memberships")[1]:
        spans[org, member, status].append((day(start) or date.min, day(end, last=True) or date.max))
    for key, found in spans.items():
        found.sort()
        assert all(one[1] < other[0] for one, other in pairwise(found)), key


@pytest.mark.parametrize(("kind", "least"), [("alliance", 40), ("dispute", 80), ("war", 60), ("sanctions", 50)])
def test_enough_situations_of_each_kind(kb: KnowledgeBase, kind: SituationKind, least: int) -> None:
    found = kb.situations(kind)
    assert len(found) >= least
    assert len({s.name for s in found}) == len(found)


@pytest.mark.parametrize(
    ("name", "parties"),
    [
        ("Diaoyu Islands", "JPN CHN TWN"),
        ("Takeshima", "KOR JPN PRK"),
        ("Spratly Islands", "CHN TWN VNM PHL MYS BRN"),
        ("Northern Territories", "JPN RUS"),
        ("Abu Musa", "IRN ARE"),
        ("Essequibo", "GUY VEN"),
        ("Islas Malvinas", "ARG GBR"),
    ],
)
def test_the_claimants_of_a_disputed_place(kb: KnowledgeBase, name: str, parties: str) -> None:
    (found,) = (s for s in kb.situations("dispute") if name in s.names)
    assert set(found.first) == {kb.state(code).id for code in parties.split()}


def test_situations_on_a_day(kb: KnowledgeBase) -> None:
    def held(kind: SituationKind, party: str, on: date) -> set[str]:
        return {s.id for s in kb.situations(kind, party, on) if s.standing(on) == "held"}

    assert "or:war-kosovo-war" in held("war", "SRB", date(1999, 4, 1))
    assert "or:war-kosovo-war" not in held("war", "SRB", date(1999, 7, 1))
    assert {"or:sanctions-un-iraq"} == held("sanctions", "IRQ", date(1997, 4, 1)) - {"or:sanctions-us-terror-list"}
    assert held("sanctions", "IRQ", date(2010, 1, 1)) == set()
    assert "or:alliance-russia-dprk-treaty" not in held("alliance", "PRK", date(2024, 6, 1))
    assert "or:alliance-russia-dprk-treaty" in held("alliance", "PRK", date(2025, 6, 1))


def test_a_situation_has_dates_in_order_and_nobody_on_both_sides(kb: KnowledgeBase) -> None:
    for s in kb.situations():
        assert s.start is not None, s.id
        assert s.end is None or s.start <= s.end, s.id
        assert not set(s.first) & set(s.second), s.id
        assert s.kind != "dispute" or s.over, s.id


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    return importlib.import_module("training.knowledge.memberships")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2004-06-17", "2004", True),
        ("2019-01-01", "2018-12-31", True),
        ("", "", True),
        ("", "2004", False),
        ("1975", "1994-12-31", False),
        ("1999-12-12", "1999-12-11", True),
        ("1999-12-12", "1999-11-12", False),
    ],
)
def test_dates_that_agree(recipe: ModuleType, one: str, other: str, same: bool) -> None:
    assert recipe.agree(one, other) is recipe.agree(other, one) is same


def test_a_suspension_cuts_a_membership(recipe: ModuleType) -> None:
    def row(status: str, start: str, end: str) -> object:
        return recipe.Row("or:club", "Q1", status, start, end, "2025-06-30", "own")

    whole = [row("member", "1990", ""), row("suspended", "2000-01-01", "2000-12-31"), row("suspended", "2010-06-01", "")]
    cut = [(r.start, r.end) for r in recipe.without_suspensions(whole) if r.status == "member"]
    assert cut == [("1990", "1999-12-31"), ("2001-01-01", "2010-05-31")]
    left = [row("member", "1990", "2005-03-01"), row("suspended", "2004-01-01", "2005-03-01"), row("suspended", "1980-01-01", "1980-12-31")]
    assert [(r.start, r.end) for r in recipe.without_suspensions(left) if r.status == "member"] == [("1990", "2003-12-31")]
