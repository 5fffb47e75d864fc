"""Own sentences and the events they tell. A line of expectation reads: TYPE/mode status: actors > recipients, by country or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Document
from onrecord.codebook import event_type, intensity, quad
from onrecord.model import Event, Participant, document_id

if TYPE_CHECKING:
    from onrecord import Reader

PUBLISHED = "2006-05-18"


def read(reader: Reader, text: str) -> tuple[Event, ...]:
    return reader.read(Document(id=document_id(text, "Wire", PUBLISHED), text=text, publisher="Wire", published=PUBLISHED)).events


def party(p: Participant) -> str:
    if p.actor is None:
        return "?"
    return p.actor.country or p.actor.name


def line(event: Event) -> str:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    actors, recipients = (", ".join(sorted({party(p) for p in side})) for side in (event.actors, event.recipients))
    return f"{kind} {event.status}: {actors} > {recipients}".strip()


CASES = {
    # CONSULT: verbs, light verbs, nominalisations, visits, guests, telephones
    "The foreign ministers of Kenya and Uganda met on Monday.": "CONSULT actual: KEN, UGA >",
    "Kenya held talks with Uganda on Monday.": "CONSULT actual: KEN, UGA >",
    "Talks between Kenya and Uganda ended on Monday.": "CONSULT actual: KEN, UGA >",
    "Kenya is in talks with Uganda over the lake.": "CONSULT actual: KEN, UGA >",
    "President Mwai Kibaki arrived in Uganda on Monday.": "CONSULT/visit actual: KEN > UGA",
    "Negotiations were held between Brazil and Peru.": "CONSULT actual: BRA, PER >",
    "Brazil, Peru and Chile held talks on Monday.": "CONSULT/multilateral actual: BRA, CHL, PER >",
    # SUPPORT
    "Brazil backed Peru on Tuesday.": "SUPPORT actual: BRA > PER",
    "Brazil expressed its support for Peru.": "SUPPORT actual: BRA > PER",
    "Peru was praised by Brazil.": "SUPPORT actual: BRA > PER",
    "Brazil and Peru signed a trade agreement.": "SUPPORT actual: BRA, PER >",
    "Brazil established diplomatic relations with Vietnam.": "SUPPORT actual: BRA, VNM >",
    "Brazil and Vietnam renewed diplomatic ties on Monday.": "SUPPORT actual: BRA, VNM >",
    "Norway's ambassador presented his credentials to the government of Peru.": "CONSULT actual: NOR > PER",
    "Peru was firmly opposed by Brazil in the vote.": "REJECT actual: BRA > PER",
    "Kenya welcomed a letter sent by Uganda.": "SUPPORT actual: KEN > UGA",
    # AGREE: promises of any kind
    "Brazil promised Peru a loan.": "AGREE actual: BRA > PER",
    "Brazil and Peru reached an agreement on the river.": "AGREE actual: BRA, PER >",
    "Brazil will support Peru at the conference.": "AGREE future: BRA > PER",
    "Brazil is ready to help Peru.": "AGREE future: BRA > PER",
    # COOPERATE, AID
    "Brazil and Peru began joint naval exercises.": "COOPERATE actual: BRA, PER >",
    "Brazil is cooperating with Peru on the dam.": "COOPERATE actual: BRA, PER >",
    "Brazil sent medicine to Peru.": "AID actual: BRA > PER",
    "Brazil gave Peru 20 tons of rice.": "AID actual: BRA > PER",
    # CONCEDE, RETREAT
    "Brazil lifted its ban on Peru.": "CONCEDE actual: BRA > PER",
    "Uganda withdrew its troops from Congo.": "RETREAT/withdraw actual: UGA > COD",
    "Uganda released two Kenyan sailors.": "RETREAT/release actual: UGA > KEN",
    "Libya scrapped its nuclear weapons.": "RETREAT/disarm actual: LBY >",
    "Hungary accused Kenya of spying. Hundreds of Kenyans have since been deported.": "COERCE/deport actual: HUN > KEN",
    "Bolivia dropped its objections to Chile's proposal.": "CONCEDE actual: BOL > CHL",
    # wishes are promises, no intention is a refusal
    "President Mwai Kibaki hopes to meet Ugandan leaders.": "AGREE future: KEN > UGA",
    "Iran does not want to hold talks with Norway.": "REJECT/meet actual: IRN > NOR",
    "Norway said it had no intention of recognising Kosovo.": "REJECT actual: NOR > KOS",
    # documents speak for who made them
    "Jordan's parliament adopted a resolution condemning Norway.": "ACCUSE/disapprove actual: JOR > NOR",
    # borders, missions, accounts, letters, shells, members
    "Kenya closed its border with Somalia.": "COERCE/restrict actual: KEN > SOM",
    "Chad closed its embassy in Sudan.": "SANCTION/discontinue actual: TCD > SDN",
    "Japan froze the bank accounts of ten Peruvian companies.": "SANCTION/discontinue actual: JPN > PER",
    "Portugal sent a letter to Indonesia.": "CONSULT actual: PRT > IDN",
    "Thailand exchanged artillery fire with Laos.": "ASSAULT/firearms actual: LAO, THA >",
    "Kenyan troops fired three shells at Somali militiamen.": "ASSAULT/heavy-weapons actual: KEN > SOM",
    "Two Danish soldiers were killed in clashes with Somali gunmen.": "ASSAULT actual: DNK, SOM >",
    "Norway has offered six million dollars in grants to Peru.": "AGREE actual: NOR > PER",
    # REQUEST
    "Brazil urged Peru to open the border.": "REQUEST/change actual: BRA > PER",
    "Brazil demanded that Peru free the sailors.": "REQUEST/yield actual: BRA > PER",
    "Brazil called on Peru to hold talks.": "REQUEST/meet actual: BRA > PER",
    "Brazil said that Peru should close the mine.": "REQUEST/change actual: BRA > PER",
    # ACCUSE
    "Brazil accused Peru of smuggling.": "ACCUSE/allege actual: BRA > PER",
    "Brazil's president accused his Peruvian counterpart of arming rebels.": "AID actual: PER > ?",
    "Brazil condemned Peru for the raid.": "ACCUSE/disapprove actual: BRA > PER",
    "Peru was criticised by Brazil.": "ACCUSE/disapprove actual: BRA > PER",
    "Brazil said that Peru was undermining the treaty.": "ACCUSE/allege actual: BRA > PER",
    # REJECT
    "Brazil rejected a Peruvian proposal.": "REJECT actual: BRA > PER",
    "Brazil will not meet with Peru.": "REJECT/meet actual: BRA > PER",
    "Brazil refused to negotiate with Peru.": "REJECT/meet actual: BRA > PER",
    "Brazil ruled out talks with Peru.": "REJECT/meet actual: BRA > PER",
    # THREATEN
    "Brazil threatened to attack Peru.": "THREATEN/violence actual: BRA > PER",
    "Brazil plans to arrest Peruvian fishermen.": "THREATEN/arrest actual: BRA > PER",
    # PROTEST, MOBILIZE
    "Iranians demonstrated against Denmark.": "PROTEST/demo actual: IRN > DNK",
    "Peru deployed troops along the river.": "MOBILIZE/troops actual: PER >",
    "Peru fired a missile on Monday.": "MOBILIZE/weapons actual: PER >",
    # SANCTION
    "Brazil imposed sanctions on Peru.": "SANCTION/discontinue actual: BRA > PER",
    "Peru drew sanctions from Brazil.": "SANCTION/discontinue actual: BRA > PER",
    "Brazil suspended its aid to Peru.": "SANCTION/discontinue actual: BRA > PER",
    "Brazil recalled its ambassador from Peru.": "SANCTION/withdraw actual: BRA > PER",
    "Brazil expelled two Peruvian diplomats.": "SANCTION/expel actual: BRA > PER",
    # COERCE, ASSAULT
    "Brazil arrested two Peruvian fishermen.": "COERCE/arrest actual: BRA > PER",
    "Brazil seized a Peruvian trawler.": "COERCE/seize actual: BRA > PER",
    "Brazil attacked Peru on Monday.": "ASSAULT actual: BRA > PER",
    "Peru was attacked by Brazil.": "ASSAULT actual: BRA > PER",
    "Brazil launched an attack on Peru.": "ASSAULT actual: BRA > PER",
    "Brazil's invasion of Peru shocked diplomats.": "ASSAULT actual: BRA > PER",
    "Brazilian jets bombed Peru.": "ASSAULT/aerial actual: BRA > PER",
    "Police and miners clashed near the pit.": "ASSAULT actual: ? >",
    "The Kenyan-led offensive against Somalia lasted a month.": "ASSAULT actual: KEN > SOM",
    # judgements, hopes, predicative adjectives, what a preposition makes of the object
    "Brazil called the Peruvian plan a farce.": "ACCUSE/disapprove actual: BRA > PER",
    "Brazil is opposed to Peru's dam.": "REJECT actual: BRA > PER",
    "Kenya hopes that Uganda will release the boats.": "REQUEST/yield actual: KEN > UGA",
    "Brazil condemned Peru for holding drills with Chile.": "COOPERATE actual: CHL, PER >",
    "Brazil denied accusations made by Peru.": "REJECT actual: BRA > PER",
    "Brazil vowed not to negotiate with Peru.": "REJECT actual: BRA > PER",
    "The council discussed the sanctions imposed on Peru by Brazil.": "SANCTION/discontinue actual: BRA > PER",
    # status
    "Brazil attacked Peru in 1931.": "ASSAULT historical: BRA > PER",
    "Brazil had attacked Peru.": "ASSAULT historical: BRA > PER",
    "Brazil did not attack Peru.": "ASSAULT negated: BRA > PER",
    "Nobody knows what happens if Brazil attacks Peru.": "ASSAULT hypothetical: BRA > PER",
    # coordination, participles, relative clauses
    "Brazil condemned the raid and imposed sanctions on Peru.": "SANCTION/discontinue actual: BRA > PER",
    "Brazil, which attacked Peru, is a member.": "ASSAULT actual: BRA > PER",
    "Peru, attacked by Brazil last week, asked for help.": "ASSAULT actual: BRA > PER",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_told(reader: Reader, text: str, expected: str) -> None:
    assert expected in [line(e) for e in read(reader, text)]


NOTHING = [
    "Brazil attacked the budget deficit.",
    "Brazil beat Peru 2-1 in the final.",
    "The minister declined to comment on Brazil.",
    "Brazil elected a new president.",
    "Brazil appointed an ambassador to Peru.",
    "Brazil is a member of the organisation.",
    "Peru meets the criteria of the fund.",
    "These drills do not threaten anyone, Brazil said.",
    "The company attacked its rival in court.",
    "Analysts see the rivalry between Brazil and Peru as old.",
    "President Lula da Silva called the reports from Peru wrong.",
    "Brazil demonstrated its skill in Peru.",
    "Brazil's police released a report on Peru.",
    "The agency enforced the law in Peru.",
    "Brazil has 50 percent support in Peru.",
    "The premier of Peru would not comment on a summit of other states.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_not_told(reader: Reader, text: str) -> None:
    assert [line(e) for e in read(reader, text) if e.status != "negated"] == []


def test_separate_meetings_are_separate_events(reader: Reader) -> None:
    found = [line(e) for e in read(reader, "President Mwai Kibaki held meetings with leaders from Uganda, Rwanda and Burundi.")]
    assert found == [f"CONSULT actual: {pair} >" for pair in ("KEN, UGA", "KEN, RWA", "BDI, KEN")]


def test_a_meeting_at_one_sides_home_is_a_visit(reader: Reader) -> None:
    assert "CONSULT/visit actual: BRA > PER" in [line(e) for e in read(reader, "Brazil and Peru held talks in Lima, Peru.")]


def test_a_refused_charge_is_aimed_at_who_made_it(reader: Reader) -> None:
    found = [line(e) for e in read(reader, "Brazil accuses Peru of smuggling, a charge rejected by Peru.")]
    assert found == ["ACCUSE/allege actual: BRA > PER", "REJECT actual: PER > BRA"]


def test_what_is_demanded_is_no_event_of_its_own(reader: Reader) -> None:
    assert [line(e) for e in read(reader, "Brazil urged Peru to attack Chile.")] == ["REQUEST/change actual: BRA > PER"]


@pytest.mark.parametrize(
    "text", ["Brazil condemned the attack on Peru.", "Brazil opposes foreign meddling in Peru.", "Brazil rejected sanctions against Peru."]
)
def test_those_wronged_are_not_those_blamed(reader: Reader, text: str) -> None:
    assert not any(party(p) == "PER" for e in read(reader, text) if e.type in ("ACCUSE", "REJECT") for p in e.recipients)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brazil imposed sanctions on Peru on Monday. Peru condemned the measures.", "ACCUSE/disapprove actual: PER > BRA"),
        ("Brazil imposed sanctions on Peru on Monday. Chile also imposed sanctions.", "SANCTION/discontinue actual: CHL > PER"),
        ("President Mwai Kibaki visited Uganda. Kibaki arrived late on Monday.", "CONSULT/visit actual: KEN > UGA"),
        ("NAIROBI, May 17 (Wire) -- President Yoweri Museveni of Uganda arrived here on Wednesday.", "CONSULT/visit actual: UGA > KEN"),
    ],
)
def test_who_is_meant_is_taken_from_what_was_told_before(reader: Reader, text: str, expected: str) -> None:
    assert expected in [line(e) for e in read(reader, text)]


def test_a_call_told_by_the_way_takes_in_who_was_told(reader: Reader) -> None:
    text = "In a telephone call on Monday, Mwai Kibaki told Yoweri Museveni that the road was open."
    assert "CONSULT/phone actual: KEN, UGA >" in [line(e) for e in read(reader, text)]


def test_crowds_and_police_act_without_names(reader: Reader) -> None:
    assert "PROTEST/demo" in [f"{e.type}/{e.mode}" for e in read(reader, "Hundreds of miners took to the streets of Nairobi.")]
    assert [line(e) for e in read(reader, "Police detained three of them.")] == ["COERCE/arrest actual: ? > ?"]


@pytest.mark.parametrize("text", ["Brazil demanded the withdrawal of Peruvian troops.", "Brazil made a call for talks with Peru."])
def test_a_noun_under_a_demand_is_no_event_of_its_own(reader: Reader, text: str) -> None:
    assert {e.type for e in read(reader, text)} == {"REQUEST"}


def test_background_told_under_a_promise_is_not_promised(reader: Reader) -> None:
    found = [line(e) for e in read(reader, "Brazil will not lift the sanctions it imposed after Peru's invasion of Chile.")]
    assert not any(one.startswith("THREATEN") for one in found)


def test_an_event_inside_a_statement_says_so(reader: Reader) -> None:
    (event,) = (e for e in read(reader, "Chile said on Monday that Brazil attacked Peru.") if e.type == "ASSAULT")
    assert event.statement_id is not None


def test_codes_come_from_the_codebook(reader: Reader) -> None:
    for text in CASES:
        for event in read(reader, text):
            kind = event_type(event.type)
            assert event.mode is None or event.mode in kind.modes
            assert (event.quad, event.intensity) == (quad(event.type), intensity(event.type, event.mode))
            assert 0 < event.confidence < 1


def check(text: str, events: tuple[Event, ...]) -> None:
    for event in events:
        for span in (event.trigger, event.evidence, *(p.mention for p in (*event.actors, *event.recipients))):
            assert span is None or text[span.start : span.end] == span.text
        assert event.evidence.covers(event.trigger)
        assert event.actors
    keys = [(e.type, e.trigger.start, e.actors, e.recipients) for e in events]
    assert len(keys) == len(set(keys))
    assert len({e.id for e in events}) == len(events)


WORDS = st.sampled_from(
    [
        "Brazil",
        "Peru",
        "the",
        "rebels",
        "attacked",
        "met",
        "with",
        "talks",
        "between",
        "and",
        "on",
        "sanctions",
        "imposed",
        "by",
        "of",
        "to",
        "will",
        "not",
        "said",
        "that",
        ",",
        ".",
        "“",
        "”",
        "’s",
        "visiting",
        "President",
        "its",
        "urged",
        "refused",
        "held",
        "an",
        "invasion",
        "who",
        "if",
        "in",
        "Lima",
        "1999",
        "🌍",
        "ي",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_never_fails_and_spans_are_inside(reader: Reader, text: str) -> None:
    check(text, read(reader, text))


def test_spans_of_all_cases(reader: Reader) -> None:
    for text in CASES:
        check(text, read(reader, text))
