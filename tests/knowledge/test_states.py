"""States, organisations and their members: the traps that names and dates set."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge import KnowledgeBase

SCO = "Q485207"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Niger", "Nigeria"),
        ("Dominica", "Dominican Republic"),
        ("Guinea", "Equatorial Guinea"),
        ("Republic of China", "People's Republic of China"),
        ("Austria", "Australia"),
        ("Slovakia", "Slovenia"),
        ("Georgia", "Jordan"),
        ("Chad", "Togo"),
    ],
)
def test_alike_names_are_two_states(kb: KnowledgeBase, one: str, other: str) -> None:
    first, second = ({a.actor.country for a in kb.find(n)} for n in (one, other))
    assert len(first) == len(second) == 1
    assert first != second


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Congo", {"COD", "COG"}),
        ("Congolese", {"COD", "COG"}),
        ("DR Congo", {"COD"}),
        ("Congo-Brazzaville", {"COG"}),
        ("Dominican", {"DMA", "DOM"}),
        ("Nigerien", {"NER"}),
        ("Nigerian", {"NGA"}),
        ("Korea", {"KOR", "PRK"}),
        ("Taiwan", {"TWN"}),
        ("Republic of China", {"TWN"}),
        ("Palestinian", {"PSE"}),
        ("Hong Kong", {"HKG"}),
        ("Kosovo", {"KOS"}),
        ("Yugoslavia", {"SRB"}),
        ("Holy See", {"VAT"}),
        ("People's Republic of China", {"CHN"}),
        ("PRC", {"CHN"}),
        ("ROC", {"TWN"}),
        ("Chinese Taipei", {"TWN"}),
        ("Republic of Korea", {"KOR"}),
        ("DPRK", {"PRK"}),
        ("North Korea", {"PRK"}),
        ("Guinea", {"GIN"}),
        ("Guinea-Bissau", {"GNB"}),
        ("Equatorial Guinea", {"GNQ"}),
        ("Papua New Guinea", {"PNG"}),
        ("Sudan", {"SDN"}),
        ("South Sudan", {"SSD"}),
        ("Niger", {"NER"}),
        ("Dominica", {"DMA"}),
        ("Dominican Republic", {"DOM"}),
        ("Ireland", {"IRL"}),
        ("Northern Ireland", {"GBR"}),
        ("Micronesia", {"FSM"}),
        ("Samoa", {"WSM"}),
        ("American Samoa", {"ASM"}),
        ("Holland", {"NLD"}),
        ("the UAE", {"ARE"}),
        ("America", {"USA"}),
        ("Georgia", {"GEO"}),  # the American state is a place, not an actor: the gazetteer has it
        ("Jordan", {"JOR"}),
        ("Chad", {"TCD"}),
        ("Western Sahara", {"ESH"}),
        ("Macao", {"MAC"}),
        ("Salvador", set()),  # a city, a given name
    ],
)
def test_a_name_keeps_all_its_states(kb: KnowledgeBase, name: str, codes: set[str]) -> None:
    assert {a.actor.country for a in kb.find(name) if a.actor.kind == "state"} == codes


@pytest.mark.parametrize(
    ("former", "code"),
    [
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("Swaziland", "SWZ"),
        ("FYROM", "MKD"),
        ("Côte d'Ivoire", "CIV"),
        ("Türkiye", "TUR"),
        ("Czechoslovakia", "CZE"),
        ("Soviet Union", "RUS"),
        ("Yugoslavia", "SRB"),
        ("East Germany", "DEU"),
        ("Timor-Leste", "TLS"),
        ("Ceylon", "LKA"),
        ("Upper Volta", "BFA"),
        ("Dahomey", "BEN"),
        ("Rhodesia", "ZWE"),
        ("Northern Rhodesia", "ZMB"),
        ("British Guiana", "GUY"),
        ("Cabo Verde", "CPV"),
        ("Rangoon", "MMR"),
        ("Naypyidaw", "MMR"),
        ("Almaty", "KAZ"),
        ("Nur-Sultan", "KAZ"),
        ("Bonn", "DEU"),
        ("Abidjan", "CIV"),
        ("The Hague", "NLD"),
    ],
)
def test_former_names_and_capitals_lead_to_the_state_that_is_meant(kb: KnowledgeBase, former: str, code: str) -> None:
    assert {a.actor.country for a in kb.find(former) if a.actor.kind == "state"} == {code}


@pytest.mark.parametrize(
    ("word", "code", "how"),
    [
        ("Frenchwoman", "FRA", "people"),
        ("Scots", "GBR", "people"),
        ("Dutchmen", "NLD", "people"),
        ("Irishwoman", "IRL", "people"),
        ("Filipina", "PHL", "people"),
        ("Batswana", "BWA", "people"),
        ("Ni-Vanuatu", "VUT", "demonym"),
        ("Manx", "IMN", "demonym"),
        ("Ecuadorean", "ECU", "demonym"),
        ("Comorian", "COM", "demonym"),
        ("Malagasy", "MDG", "demonym"),
        ("Emirati", "ARE", "demonym"),
        ("Kosovan", "KOS", "demonym"),
    ],
)
def test_people_and_adjectives_that_follow_no_rule(kb: KnowledgeBase, word: str, code: str, how: str) -> None:
    assert (code, how) in {(a.actor.country, a.kind) for a in kb.find(word)}


def test_only_known_names_stand_for_two_states(kb: KnowledgeBase) -> None:
    shared = {
        name for state in kb.actors("state") for name, _ in kb.names(state.id) if len({a.actor for a in kb.find(name) if a.actor.kind == "state"}) > 1
    }
    assert shared == {"Congo", "Congolese", "Dominican", "Dominicans", "Korea", "Korean", "Koreans"}


def test_a_person_named_like_a_state_is_a_person(kb: KnowledgeBase) -> None:
    for words in (["Jordan", "Bardella", "said"], ["Chad", "Wolf", "said"], ["Israel", "Katz", "said"]):
        start, end, readings = kb.names_in(words)[0]
        assert (start, end, {a.actor.kind for a in readings}) == (0, 2, {"person"})


def test_brussels_is_belgium_and_the_union(kb: KnowledgeBase) -> None:
    assert {a.actor.id for a in kb.find("Brussels")} == {"Q31", "Q458"}


@pytest.mark.parametrize(
    ("day", "inside", "outside"),
    [
        ("2005-06-01", {"CHN", "RUS", "KAZ", "KGZ", "TJK", "UZB"}, {"IND", "PAK", "IRN", "BLR"}),
        ("2018-06-01", {"IND", "PAK"}, {"IRN", "BLR"}),
        ("2023-12-01", {"IND", "IRN"}, {"BLR"}),
        ("2024-07-04", {"IRN", "BLR"}, {"MNG"}),
    ],
)
def test_who_belonged_to_the_shanghai_organisation(kb: KnowledgeBase, day: str, inside: set[str], outside: set[str]) -> None:
    members = {a.country for a in kb.members(SCO, date.fromisoformat(day))}
    assert inside <= members
    assert not outside & members


def test_membership_seen_from_the_member(kb: KnowledgeBase) -> None:
    def bodies(day: date) -> set[str]:
        return {m.organisation for m in kb.memberships("Q145", day) if m.standing(day) == "held" and m.status == "member"}

    assert "Q458" in bodies(date(2019, 1, 1))
    assert "Q458" not in bodies(date(2021, 1, 1))
    assert "Q7184" in bodies(date(2021, 1, 1))
    assert {a.country for a in kb.members("Q37470", date(2006, 1, 1), status="permanent member")} == {"CHN", "FRA", "GBR", "RUS", "USA"}


@pytest.mark.parametrize(
    ("code", "kind", "actor", "name"),
    [
        ("CHN", "foreign ministry", "or:chn-foreign-ministry", "Chinese Foreign Ministry"),
        ("USA", "Ministry of Foreign Affairs", "or:usa-foreign-ministry", "United States Department of State"),
        ("MNG", "Ministry of Defense", "or:mng-defence-ministry", "Defence Ministry of Mongolia"),
        ("KEN", "parliament", "or:ken-parliament", "Parliament of Kenya"),
    ],
)
def test_a_body_of_a_state(kb: KnowledgeBase, code: str, kind: str, actor: str, name: str) -> None:
    found = kb.body(code, kind)
    assert (found.id, found.name, found.kind, found.country) == (actor, name, "body", code)
    assert found.sectors


def test_what_is_unknown_is_said(kb: KnowledgeBase) -> None:
    with pytest.raises(KnowledgeError, match="no state"):
        kb.state("XXX")
    with pytest.raises(KnowledgeError, match="no body"):
        kb.body("CHN", "bakery")
    with pytest.raises(KnowledgeError, match="no actor"):
        kb.actor("Q0")


def test_counts_and_codes(kb: KnowledgeBase) -> None:
    states = kb.actors("state")
    assert len(states) == 250
    assert len({s.country for s in states}) == len(states)
    assert all(kb.state(s.country or "") is s for s in states)
    assert len(kb.actors("organisation")) > 120
    assert len(kb.actors("outlet")) > 200
    assert len({a.id for a in kb.actors()}) == len(kb)
    codes = {s.country for s in states} | {None}
    assert [a for a in kb.actors() if a.country not in codes] == []
    assert [a for a in kb.actors() if not a.sectors] == []
