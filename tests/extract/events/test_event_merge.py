"""Rules and event model together, as tables: a text, what the network is made to see in it, and the events that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.extract.events.seeing import CARD, LABELS, STATUSES, Pairs, Told, analysed, row_of, scenes, standing

from onrecord.extract.events.merge import EXTRACTOR, MOST, Judge, odds

if TYPE_CHECKING:
    from onrecord import Reader

CONDEMNED = "Kenya condemned Uganda."
PATCHED = "Kenya and Uganda patched up things on Monday amid a boycott."
DINED = "Kenya's president dined with Uganda in Oslo on Monday amid a boycott."
AGREE, ASSAULT = Told("AGREE", "patched"), Told("ASSAULT/destroy", "patched")
BOTH = {("kenya", "uganda"): AGREE, ("uganda", "kenya"): AGREE}


# What the rules found


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ({}, False),
        ({("kenya", "uganda"): Told("ACCUSE", "condemned", 0.29)}, False),
        ({("kenya", "uganda"): Told("ACCUSE", "condemned", 0.31)}, True),
        ({("kenya", "uganda"): Told("ASSAULT", "condemned", 0.99)}, False),
        ({("uganda", "kenya"): Told("ACCUSE", "condemned", 0.99)}, False),
    ],
    ids=["nothing is seen", "below the least", "above the least", "another type", "the other way round"],
)
def test_rules_stand_by_the_models_word(reader: Reader, told: Pairs, stands: bool) -> None:
    found = [row_of(e) for e in standing(reader, CONDEMNED, told, model=1.0, said=1.0)]
    assert found == [("ACCUSE/disapprove", "condemned", ["Kenya"], ["Uganda"])] * stands


def test_what_stands_is_the_rules_record_with_the_models_reasons(reader: Reader) -> None:
    (rule,) = analysed(reader, CONDEMNED).events
    (event,) = standing(reader, CONDEMNED, {("kenya", "uganda"): Told("ACCUSE", "condemned", 0.7)})
    assert (event.id, event.extractor, event.evidence, event.mode, event.status) == (rule.id, rule.extractor, rule.evidence, rule.mode, rule.status)
    assert event.confidence == 0.7
    assert event.why[: len(rule.why)] == rule.why
    assert [(w.by, w.name, w.score) for w in event.why[len(rule.why) :]] == [
        ("model", "events ACCUSE", 0.7),
        ("model", "events, not taken: none", 0.3),
    ]


def test_a_model_that_does_not_see_an_event_knows_nothing_of_its_status(reader: Reader) -> None:
    (event,) = standing(reader, CONDEMNED, {("kenya", "uganda"): Told("ACCUSE", "condemned", 0.4, "negated", 0.99)})
    assert event.status == "actual"


@pytest.mark.parametrize(
    ("text", "status", "sure", "wanted"),
    [
        (CONDEMNED, "negated", 0.9, "negated"),
        (CONDEMNED, "hypothetical", 0.9, "hypothetical"),
        (CONDEMNED, "historical", 0.9, "historical"),
        (CONDEMNED, "negated", 0.7, "actual"),
        (CONDEMNED, "future", 0.95, "actual"),
        ("Kenya will condemn Uganda.", "actual", 0.95, "future"),
        ("Kenya will condemn Uganda.", "hypothetical", 0.95, "hypothetical"),
        ("Kenya did not condemn Uganda.", "actual", 0.95, "negated"),
    ],
)
def test_only_a_sure_model_says_that_an_act_did_not_happen(reader: Reader, text: str, status: str, sure: float, wanted: str) -> None:
    word = "condemned" if "condemned" in text else "condemn"
    (event,) = standing(reader, text, {("kenya", "uganda"): Told("ACCUSE", word, 0.9, status, sure)})
    assert event.status == wanted


def test_who_stands_in_another_sentence_is_no_reason_to_drop(reader: Reader) -> None:
    text = "Uganda's envoy left at noon. It was denounced."
    rules = analysed(reader, text).events
    kept = {e.id for e in standing(reader, text, {}, rule=0.0, model=1.0)}
    assert kept == {e.id for e in rules}


def test_the_surest_pair_of_an_event_counts(reader: Reader) -> None:
    text = "Kenya condemned Uganda and Chad."
    (event,) = standing(reader, text, {("kenya", "chad"): Told("ACCUSE", "condemned", 0.8), ("kenya", "uganda"): Told("ACCUSE", "condemned", 0.4)})
    assert event.confidence == 0.8


# What the model adds


ADDED = [
    ("one does it to the other", PATCHED, {("kenya", "uganda"): AGREE}, [("AGREE", "patched", ["Kenya"], ["Uganda"])]),
    ("each to the other: all act", PATCHED, BOTH, [("AGREE", "patched", ["Kenya", "Uganda"], [])]),
    (
        "no joint act of force",
        PATCHED,
        {("kenya", "uganda"): ASSAULT, ("uganda", "kenya"): Told("ASSAULT", "patched", 0.9)},
        [("ASSAULT/destroy", "patched", ["Kenya"], ["Uganda"])],
    ),
    ("things undergo force", PATCHED, {("kenya", "things"): ASSAULT}, [("ASSAULT/destroy", "patched", ["Kenya"], ["things"])]),
    ("things agree to nothing", PATCHED, {("kenya", "things"): AGREE}, []),
    ("things do not act", PATCHED, {("things", "kenya"): ASSAULT, ("things", None): Told("PROTEST", "patched")}, []),
    ("alone", PATCHED, {("kenya", None): Told("PROTEST", "patched")}, [("PROTEST", "patched", ["Kenya"], [])]),
    ("who agrees does so with somebody", PATCHED, {("kenya", None): AGREE}, []),
    ("negated", PATCHED, {("kenya", "uganda"): Told("AGREE", "patched", 0.95, "negated")}, []),
    ("hypothetical", PATCHED, {("kenya", "uganda"): Told("AGREE", "patched", 0.95, "hypothetical")}, []),
    ("not sure enough", PATCHED, {("kenya", "uganda"): Told("ASSAULT", "patched", 0.59)}, []),
    ("an act of words, not sure enough", PATCHED, {("kenya", "uganda"): Told("AGREE", "patched", 0.79)}, []),
    ("a full stop tells nothing", PATCHED, {("kenya", "uganda"): Told("AGREE", ".")}, []),
    (
        "words that stand close tell of one act",
        PATCHED,
        {("kenya", "uganda"): Told("ASSAULT", "patched"), ("kenya", "things"): Told("ASSAULT", "things", 0.9)},
        [("ASSAULT", "patched", ["Kenya"], ["Uganda", "things"])],
    ),
    (
        "who is less than half as sure takes no part",
        PATCHED,
        {("kenya", "uganda"): Told("ASSAULT", "patched", 0.99), ("kenya", "things"): Told("ASSAULT", "patched", 0.4)},
        [("ASSAULT", "patched", ["Kenya"], ["Uganda"])],
    ),
    (
        "a state and its president",
        DINED,
        {("president", "uganda"): Told("CONSULT", "dined")},
        [("CONSULT", "dined", ["Kenya's president"], ["Uganda"])],
    ),
    ("said, and not sure enough for that", f"Chad said that {PATCHED}", {("kenya", "uganda"): Told("ASSAULT", "patched", 0.79)}, []),
    (
        "said, and sure",
        f"Chad said that {PATCHED}",
        {("kenya", "uganda"): Told("ASSAULT", "patched", 0.81)},
        [("ASSAULT", "patched", ["Kenya"], ["Uganda"])],
    ),
    ("a match", "In the semifinal, Kenya and Uganda patched up things.", BOTH, []),
    ("a question", "Have Kenya and Uganda patched up things?", BOTH, []),
]


@pytest.mark.parametrize(("text", "told", "wanted"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
def test_what_the_model_adds(reader: Reader, text: str, told: Pairs, wanted: list[tuple[object, ...]]) -> None:
    assert analysed(reader, text).events == []
    assert [row_of(e) for e in standing(reader, text, told)] == wanted


def test_what_is_added_has_words_of_the_text_and_its_own_name(reader: Reader) -> None:
    (event,) = standing(reader, PATCHED, {("kenya", "uganda"): Told("AGREE", "patched", 0.9, "future")})
    assert (event.extractor, event.status, event.confidence, event.quad) == (EXTRACTOR, "future", 0.9, 1)
    assert EXTRACTOR == "events.model.v1"
    assert event.evidence.text == "Kenya and Uganda patched up things"
    spans = [event.trigger, event.evidence, *(p.mention for p in (*event.actors, *event.recipients))]
    assert all(s is not None and PATCHED[s.start : s.end] == s.text for s in spans)
    assert [p.actor.country for p in (*event.actors, *event.recipients) if p.actor] == ["KEN", "UGA"]
    assert event.date is not None
    assert event.date.start == "2012-03-05"
    assert [(w.by, w.name, w.score) for w in event.why] == [("model", "events AGREE", 0.9), ("model", "events, not taken: none", 0.1)]


def test_the_same_text_gives_the_same_ids(reader: Reader) -> None:
    found = [[e.id for e in standing(reader, PATCHED, BOTH)] for _ in range(2)]
    assert found[0] == found[1] != []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CONDEMNED, {("kenya", "uganda"): Told("ASSAULT", "condemned")}),
        ("Kenya condemned Uganda on Monday night.", {("kenya", "uganda"): Told("ACCUSE", "night")}),
        ("Kenya condemned Uganda in the presence of Chad.", {("kenya", "chad"): Told("ACCUSE", "presence")}),
    ],
    ids=["by the same word", "the same type between the same", "the same type by the same actor"],
)
def test_what_the_rules_tell_is_not_added_again(reader: Reader, text: str, told: Pairs) -> None:
    found = standing(reader, text, told, rule=0.0)
    assert [e.extractor for e in found] == ["events.rules.v1"]


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "apart"),
    [
        ("Kenya's foreign minister dined at home in Kenya amid a boycott.", "Kenya's foreign minister", "Kenya", False),
        ("Kenya's foreign minister dined with Uganda amid a boycott.", "Kenya's foreign minister", "Uganda", True),
        ("Kenya's rebels dined in Kenya amid a boycott.", "Kenya's rebels", "Kenya", True),
        ("Kenya's foreign minister dined with Uganda amid a boycott.", "Kenya's foreign minister", "Kenya", False),
        ("Kenya and Uganda dined on Monday amid a boycott.", "Kenya", "Uganda", True),
        ("Kenya dined with Kenya amid a boycott.", "Kenya", "Kenya", False),
    ],
    ids=["a state and its minister", "another state", "a state and its rebels", "one inside the other", "two sides of an and", "the same twice"],
)
def test_who_does_something_to_whom(reader: Reader, text: str, actor: str, recipient: str, apart: bool) -> None:
    (scene,) = scenes(reader, text)
    words = [text[slice(*p.span)] for p in scene.found]
    assert {actor, recipient} <= set(words)
    pairs = {(words[a], words[b]) for a, b in scene.pairs if b is not None}
    assert ((actor, recipient) in pairs, (recipient, actor) in pairs) == (apart, apart)
    assert all((n, None) in scene.pairs for n in range(len(words)))


def test_a_crowded_sentence_is_looked_at_in_part(reader: Reader) -> None:
    states = "Kenya, Uganda, Chad, Mali, Niger, Ghana, Togo, Benin, Gabon, Peru, Chile"
    (scene,) = scenes(reader, f"The neighbours of Norway condemned {states} and Brazil.")
    assert len(scene.found) == MOST
    assert [p.span for p in scene.found] == sorted(p.span for p in scene.found)


@pytest.mark.parametrize("text", ["", "It rained all day.", "The lamp stood on the table."])
def test_where_nobody_is_nothing_is_looked_at(reader: Reader, text: str) -> None:
    assert standing(reader, text, {}) == []


@pytest.mark.parametrize(("text", "looked"), [("Kenya and Uganda patched up things.", False), (PATCHED, True), (CONDEMNED, True)])
def test_a_sentence_is_looked_at_where_the_lexicon_has_a_word_for_an_act(reader: Reader, text: str, looked: bool) -> None:
    """Reading pays for every sentence that the network sees."""
    assert bool(scenes(reader, text)) == looked


# The judge


def test_a_judge_weighs_what_its_card_says() -> None:
    judge = Judge.of(CARD["judge"])
    assert judge.weigh("rule", (odds(0.7), 0.0, 0.0)) == pytest.approx(0.7)
    assert Judge((1.0, 0, 0, 0), (0.0,) * 6, {}).weigh("rule", (5, 5, 5)) == pytest.approx(0.731, abs=0.001)
    assert Judge((), (0.0,) * 6, {}).weigh("model", (9,) * 5) == 0.5


@given(st.floats(0, 1))
def test_log_odds_are_bounded(chance: float) -> None:
    assert -6.3 < odds(chance) < 6.3
    assert odds(chance) == pytest.approx(-odds(1 - chance))


PARAGRAPHS = "\n\n".join(
    [
        "Kenya condemned Uganda after its president dined with Norway, the envoy of Chad said.",
        "Rebels patched up things with two ministers (it seems) — “No war,” Peru's army chief told reporters.",
        "Kenya and Uganda, who met on Monday, will sign a treaty; it was not attacked.",
    ]
)
PARTIES = ["kenya", "uganda", "president", "norway", "envoy", "chad", "rebels", "ministers", "peru", "chief", "reporters", "treaty"]
TOLD = st.builds(
    Told,
    st.sampled_from(LABELS),
    st.sampled_from(["condemned", "dined", "patched", "war", "(", "met", "sign", "monday", "”", "absent"]),
    st.floats(0.01, 0.99),
    st.sampled_from(STATUSES),
    st.floats(0.3, 0.99),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.tuples(st.sampled_from(PARTIES), st.none() | st.sampled_from(PARTIES)), TOLD, max_size=10))
def test_whatever_the_model_sees_events_are_whole(reader: Reader, told: Pairs) -> None:
    found = standing(reader, PARAGRAPHS, told, rule=0.1, model=0.2, said=0.2)
    assert len({e.id for e in found}) == len(found)
    assert [e.trigger.start for e in found] == sorted(e.trigger.start for e in found)
    for event in found:
        assert event.actors
        assert 0 <= event.confidence <= 1
        assert event.type in {label.partition("/")[0] for label in LABELS[1:]}
        spans = [event.trigger, event.evidence, *(p.mention for p in (*event.actors, *event.recipients) if p.mention)]
        assert all(PARAGRAPHS[s.start : s.end] == s.text != "" for s in spans)
        assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
        assert not {p.actor.id for p in event.actors if p.actor} & {p.actor.id for p in event.recipients if p.actor}
        if event.extractor == EXTRACTOR:
            assert event.status not in ("negated", "hypothetical")
            assert event.confidence >= 0.2
