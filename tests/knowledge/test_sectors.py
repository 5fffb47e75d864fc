"""Sectors by words: the lexicon, what modifies it, and that every code it can give is one the codebook explains."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import codebook
from onrecord.knowledge import knowledge_base
from onrecord.knowledge.sectors import agents, folded, sectors
from onrecord.languages import language

CASES = """
soldiers | MIL
policewomen | COP
fishermen | AGR
nurses | MED
the radio reporter | JRN
self-defence forces | PRM
unidentified gunmen | UAF
spies | SPY
a dockers' union | LAB
asylum seekers | REF
human rights defenders | SOC
a smuggling ring | CRM
aid workers | NGO
school children | CVL
trade unionists | LAB
# what comes before the head
health workers | MED
agricultural workers | AGR
police chief | COP
rebel commander | REB
student leader | EDU
religious leaders | REL
a prominent Hindu community leader | REL
community leaders | SOC
tribal elders | ELI
company chairman | BUS
university rector | EDU
a national intelligence agency officer | SPY
bank executives | BUS
hospital director | MED
army chief of staff | MIL
union president | LAB
# what somebody deals with is not what he is
health officials | GOV MED
trade officials | GOV
defence minister | GOV MIL
# opposition, revolt, ownership, loss of office
opposition lawmakers | LEG OPP
opposition supporters | OPP
rebel soldiers | REB
state-run newspaper | GOV JRN
official news agency | GOV JRN
independent newspaper | JRN
a disgraced former minister | ELI
ex-general | ELI
retired vice president | ELI
a former rebel leader | REB
political prisoners | CVL OPP
breakaway republic | PRE
# nothing known
savages | -
chairman | -
the thing | -
"""


def _cases() -> list[tuple[str, str]]:
    rows = [line.split("|") for line in CASES.strip().splitlines() if not line.startswith("#")]
    return [(words.strip(), codes.strip()) for words, codes in rows]


@pytest.mark.parametrize(("words", "codes"), _cases())
def test_sectors_by_words(words: str, codes: str) -> None:
    assert " ".join(sectors(words.split())) == codes.replace("-", "")


@pytest.mark.parametrize(
    ("words", "body", "codes"),
    [
        ("officers", ("SPY",), ("SPY",)),
        ("president", ("LEG",), ("LEG",)),
        ("former officer", ("SPY",), ("ELI",)),
        ("general", ("GOV",), ("MIL",)),
        ("peacekeepers", ("IGO", "UNO"), ("IGO", "UNO", "MIL")),
        ("officials", ("IGO", "UNO"), ("IGO", "UNO")),
        ("legislators", ("IGO", "EUR"), ("IGO", "EUR", "LEG")),
        ("fighters", ("PTY", "REB"), ("PTY", "REB")),
        ("", ("BUS",), ("BUS",)),
    ],
)
def test_whom_one_serves_counts_before_a_general_word(words: str, body: tuple[str, ...], codes: tuple[str, ...]) -> None:
    assert sectors(words.split(), body) == codes


def test_every_code_that_can_come_out_is_explained() -> None:
    table = agents()
    codes = {c for found in (*table.lexicon.values(), *table.topics.values()) for c in found} | set(table.sway) | {"ELI"}
    codes |= {c for actor in knowledge_base().actors() for c in actor.sectors}
    assert codes <= codebook.sectors()
    for code in codes:
        assert any(entry.kind == "sector" for entry in codebook.meanings(code))


def test_no_entry_stands_twice_in_another_spelling() -> None:
    compounds = [" ".join(folded((words,))) for entries in language("en").table("agents")["compound"].values() for words in entries]
    assert [words for words, times in Counter(compounds).items() if times > 1] == []


def test_every_role_word_is_in_the_lexicon_or_a_plain_head() -> None:
    table = agents()
    assert len(table.lexicon) > 1500
    assert table.closed <= table.open


@given(st.lists(st.sampled_from(["former", "the", "rebel", "health", "-", "'s", "officials", "state", "é", "union", "of"]), max_size=6))
def test_no_words_break_it(words: list[str]) -> None:
    found = sectors(words)
    assert set(found) <= codebook.sectors()
    assert len(found) == len(set(found))
