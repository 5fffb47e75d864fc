"""Bodies and parties of states: that every state reports speak of has its own, under their real names, and that no name is another's by accident."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from onrecord.knowledge import KnowledgeBase
from onrecord.knowledge.names import squeeze
from onrecord.knowledge.roles import body_kind
from onrecord.knowledge.tables import rows

ACTORS = Path(__file__).parents[2] / ".." / "shared" / "data" / "actors"

G20 = "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN KOR MEX RUS SAU ZAF TUR GBR USA"
ASEAN = "BRN KHM IDN LAO MYS MMR PHL SGP THA VNM TLS"
SCO = "CHN RUS IND PAK KAZ KGZ TJK UZB IRN BLR"
NATO = "ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ITA LVA LTU LUX MNE NLD MKD NOR POL PRT ROU SVK SVN ESP SWE TUR GBR USA"
GULF = "BHR KWT OMN QAT SAU ARE"
CONFLICT = "UKR RUS ISR LBN SYR YEM SDN SSD SOM ETH MLI BFA NER NGA TCD CMR CAF COD MOZ LBY MMR AFG PAK IRQ COL HTI IND"
STATES = sorted({*G20.split(), *ASEAN.split(), *SCO.split(), *NATO.split(), *GULF.split(), *CONFLICT.split(), "TWN", "PRK", "SRB"})
MINIMUM = ("foreign ministry", "defence ministry", "parliament", "armed forces", "court")
FEWER = {"ISL": ("foreign ministry", "parliament", "court"), "PSE": ("foreign ministry", "parliament", "armed forces", "court")}
"""Iceland has no armed forces and no defence ministry, Palestine no defence ministry."""
AMBIGUOUS = {"Labour Party", "PPP", "UDF", "SPS"}
"""Names two bodies share."""


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    header, body = rows("bodies")
    return [dict(zip(header, row, strict=True)) for row in body]


def names(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, "|".join((row["names"], row["acronyms"], row["metonyms"])).split("|"))]


def folded(name: str) -> str:
    """A name as the index compares it: letters only, small unless it is an acronym."""
    letters = squeeze(name)
    return letters if letters.isupper() else letters.lower()


@pytest.mark.parametrize("code", [*STATES, *FEWER])
def test_a_state_has_its_bodies_by_name(kb: KnowledgeBase, code: str) -> None:
    assert [kind for kind in FEWER.get(code, MINIMUM) if kb.body(code, kind).id not in kb] == []


def composes(kb: KnowledgeBase, country: str, name: str) -> str | None:
    """The kind of body that a state's name or adjective and generic words name together ("Kenyan Parliament"), or None."""
    for alias, kind in kb.names(kb.state(country).id) if country != "EUE" else ():
        for start in (f"{alias} ", f"{alias}'s "):
            known = body_kind(name[len(start) :]) if kind in ("name", "demonym", "acronym") and name.lower().startswith(start.lower()) else None
            if known is not None:
                return known.kind
    return None


def test_a_state_has_one_body_of_a_kind(table: list[dict[str, str]]) -> None:
    count = Counter((row["country"], row["body"]) for row in table if row["body"])
    assert [key for key, times in count.items() if times > 1] == []
    plain = [row for row in table if row["body"] not in ("", "ruling party")]
    assert [row["id"] for row in plain if row["id"] != f"or:{row['country'].lower()}-{row['body'].replace(' ', '-').replace(chr(39), '')}"] == []


def test_no_name_is_listed_that_any_reader_composes(kb: KnowledgeBase, table: list[dict[str, str]]) -> None:
    """ "Kenyan Parliament" is Kenya and its parliament: a row of its own for it would hide whose parliament it is."""
    listed = [(row, name) for row in table for name in row["names"].split("|") if row["body"]]
    assert [(row["id"], name) for row, name in listed if composes(kb, row["country"], name) == row["body"]] == []


def test_generic_words_alone_are_nobodys_but_of_the_few_that_made_them_their_own(kb: KnowledgeBase, table: list[dict[str, str]]) -> None:
    generic = {row["country"] for row in table for name in names(row) if body_kind(name) and name[:3] not in ("US ", "Chi")}
    assert generic == {"USA", "GBR", "IND", "JPN", "KOR", "RUS"}
    assert {a.actor.country for name in ("Foreign Office", "Home Office", "House of Commons") for a in kb.find(name)} == {"GBR"}
    for name in (
        "Foreign Ministry",
        "Ministry of National Defence",
        "National Assembly",
        "Supreme Court",
        "Senate",
        "Interior Ministry",
        "Central Bank",
    ):
        assert kb.find(name) == ()


def test_no_name_stands_for_two_bodies(table: list[dict[str, str]]) -> None:
    count = Counter(key for row in table for key in {folded(name) for name in names(row)})
    allowed = {folded(name) for name in AMBIGUOUS}
    assert {name for name, times in count.items() if times > 1} - allowed == set()


def test_how_many_there_are(table: list[dict[str, str]]) -> None:
    parties = [row for row in table if {"PTY", "OPP"} & set(row["sectors"].split())]
    assert len(table) > 1900
    assert len(parties) > 350
    assert len({row["country"] for row in table}) > 130
    assert sum("factbook-bodies" in row["source"] or "phoenix" in row["source"] for row in table) > 550


@pytest.mark.parametrize(
    ("surface", "country", "sectors"),
    [
        ("Gaimusho", "JPN", ("GOV",)),
        ("Wisma Putra", "MYS", ("GOV",)),
        ("Itamaraty", "BRA", ("GOV",)),
        ("Quai d’Orsay", "FRA", ("GOV",)),
        ("Pentagon", "USA", ("MIL", "GOV")),
        ("Capitol Hill", "USA", ("LEG",)),
        ("Storting", "NOR", ("LEG",)),
        ("Verkhovna Rada", "UKR", ("LEG",)),
        ("Rajya Sabha", "IND", ("LEG",)),
        ("the Folketing", "DNK", ("LEG",)),
        ("Jogorku Kenesh", "KGZ", ("LEG",)),
        ("Northern Fleet", "RUS", ("MIL",)),
        ("Baltic Fleet", "RUS", ("MIL",)),
        ("Black Sea Fleet", "RUS", ("MIL",)),
        ("Bundeswehr", "DEU", ("MIL",)),
        ("SANDF", "ZAF", ("MIL",)),
        ("Armed Forces of the Philippines", "PHL", ("MIL",)),
        ("Saudi National Guard", "SAU", ("MIL",)),
        ("MI5", "GBR", ("SPY",)),
        ("MI6", "GBR", ("SPY",)),
        ("ISI", "PAK", ("SPY",)),
        ("GRU", "RUS", ("SPY",)),
        ("KGB", "RUS", ("SPY",)),
        ("Shin Bet", "ISR", ("SPY",)),
        ("Carabinieri", "ITA", ("COP", "MIL")),
        ("Scotland Yard", "GBR", ("COP",)),
        ("Bank of Japan", "JPN", ("GOV",)),
        ("Banque du Liban", "LBN", ("GOV",)),
        ("DfID", "GBR", ("GOV",)),
        ("DAAD", "DEU", ("EDU",)),
        ("BJP", "IND", ("PTY",)),
        ("Vetevendosje", "KOS", ("PTY",)),
        ("AK Party", "TUR", ("PTY",)),
        ("Fidesz", "HUN", ("PTY",)),
    ],
)
def test_a_body_by_the_name_reports_use(kb: KnowledgeBase, surface: str, country: str, sectors: tuple[str, ...]) -> None:
    assert (country, sectors) in {(a.actor.country, a.actor.sectors) for a in kb.find(surface)}


def test_a_shared_acronym_keeps_all_its_parties(kb: KnowledgeBase) -> None:
    assert {a.actor.country for a in kb.find("PPP")} == {"PAK", "KOR", "IDN"}
    assert {a.actor.country for a in kb.find("SDF")} == {"JPN", "SYR"}
    assert {a.actor.country for a in kb.find("ADF")} == {"AUS", "UGA"}
    assert {a.actor.id for a in kb.find("AFP")} == {"Q40464"}  # the Armed Forces of the Philippines go by it at home only


@pytest.mark.shared
@pytest.mark.skipif(not ACTORS.is_dir(), reason="../shared is not here")
def test_the_list_that_came_unverified_is_right_but_for_what_was_mended(kb: KnowledgeBase) -> None:
    """Aliases of government_bodies_seed.csv lead to a body of that state, but for those that are another's, an office, or too many states'."""
    mended = {"Beijing", "MFA", "MOFA", "MND", "the Commission", "Whitehall", "Chief Cabinet Secretary", "Zhongnanhai", "Yongsan", "MEA"}
    missing = []
    with (ACTORS / "government_bodies_seed.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            bodies = {a.actor for name in row["aliases"].split("|") for a in kb.find(name) if a.actor.kind == "body"}
            wrong = {
                name for name in row["aliases"].split("|") if not {a.actor for a in kb.find(name)} & bodies and not composes(kb, row["iso3"], name)
            }
            if row["iso3"] != "EUE":
                missing += sorted(wrong - mended - {"the Foreign Ministry in Moscow", "Chinese military"})
                assert {b.country for b in bodies} <= {row["iso3"]}, row
    assert missing == []
