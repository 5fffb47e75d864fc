"""The pair call on events: probabilities, what it does with odd spans, what it refuses; and what the shipped weights answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.extract.events.seeing import CARD, LABELS, STATUSES, Network, Pairs, Told

from onrecord import Reader
from onrecord.errors import ModelAbsent, ModelError, SchemaError
from onrecord.extract.events.inputs import LONGEST, TYPES
from onrecord.extract.events.model import EventModel
from onrecord.extract.events.pairs import Calibration, Seen
from onrecord.model.codings import NOTHING
from onrecord.reading.component import PairCoder
from onrecord.reading.weights import Weights

HOW = Calibration.of(CARD)
TEXT = "Kenya condemned Uganda."
TOLD = {("kenya", "uganda"): Told("ACCUSE/disapprove", "condemned", 0.9), ("kenya", None): Told("PROTEST", "condemned", 0.6)}

Coder = Callable[[Pairs], tuple[Reader, Network]]


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> Coder:
    """Makes a Reader that codes pairs with a network that is told what to see."""

    def make(told: Pairs) -> tuple[Reader, Network]:
        network = Network(told)
        monkeypatch.setattr(EventModel, "_network", lambda _: network)
        made = Reader(rules_only=True)
        made._steps.append((made.components[-1], EventModel(Weights("events", Path(), "1", 1, "", {}, CARD))))
        return made, network

    return make


def seen(**chances: float) -> Seen:
    """What a network would see that gives labels these probabilities ("__" for "/")."""
    labels = np.asarray([chances.get(label.replace("/", "__").replace("-", "_"), 0.0) for label in LABELS])
    return Seen(HOW, labels @ HOW.groups, labels, np.eye(len(STATUSES))[0], (0, 1))


@pytest.mark.parametrize(
    ("chances", "kind", "mode"),
    [
        ({"none": 0.6, "ASSAULT": 0.4}, None, None),
        ({"none": 0.4, "ASSAULT": 0.35, "ASSAULT__aerial": 0.25}, "ASSAULT", None),
        ({"none": 0.4, "ASSAULT": 0.2, "ASSAULT__aerial": 0.4}, "ASSAULT", "aerial"),
        ({"none": 0.4, "ASSAULT__aerial": 0.3, "ASSAULT__drone": 0.2, "AID": 0.1}, "ASSAULT", "aerial"),
        ({"none": 0.3, "ASSAULT__aerial": 0.3, "AID": 0.4}, "AID", None),
    ],
    ids=["nothing is likeliest", "the type alone", "a mode", "modes add up to their type", "another type"],
)
def test_the_likeliest_type_and_mode(chances: dict[str, float], kind: str | None, mode: str | None) -> None:
    coding = seen(**chances).coding()
    assert (coding.type, coding.mode) == (kind, mode)
    assert list(coding.scores) == [NOTHING, *TYPES]
    assert sum(coding.scores.values()) == pytest.approx(1)


def test_runners_up_are_the_others_likeliest_first() -> None:
    found = seen(none=0.2, AID=0.5, ASSAULT__aerial=0.1, ASSAULT=0.1, CONSULT=0.1).runners_up("AID")
    assert [name for name, _ in found[:2]] in (["none", "ASSAULT"], ["ASSAULT", "none"])
    assert [chance for _, chance in found] == pytest.approx([0.2, 0.2, 0.1])


@pytest.mark.parametrize("missing", ["labels", "statuses", "calibration"])
def test_a_card_without_calibration_is_refused(missing: str) -> None:
    with pytest.raises(ModelError, match="calibration") as caught:
        Calibration.of({k: v for k, v in CARD.items() if k != missing})
    assert caught.value.hint


@pytest.mark.parametrize(
    ("actor", "recipient", "kind"),
    [
        ((0, 5), (16, 22), "ACCUSE"),
        ((16, 22), (0, 5), None),
        ((0, 5), None, "PROTEST"),
        ((-7, 5), (16, 900), "ACCUSE"),
        ((0, 5), (0, 5), "PROTEST"),
        ((0, 5), (3, 22), "PROTEST"),
        ((2, 3), (17, 18), "ACCUSE"),
    ],
    ids=["both", "the other way round", "the actor alone", "cut to the text", "a recipient that is the actor", "overlapping", "parts of words"],
)
def test_spans_are_taken_as_far_as_they_can_be(coder: Coder, actor: tuple[int, int], recipient: tuple[int, int] | None, kind: str | None) -> None:
    reader, _ = coder({**TOLD, ("##n", "##g"): TOLD["kenya", "uganda"]})
    coding = reader.code_pair(TEXT, actor, recipient)
    assert coding.type == kind
    assert sum(coding.scores.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "words"),
    [
        (TEXT, (3, 3), None, "actor 3:3"),
        (TEXT, (5, 0), None, "actor 5:0"),
        (TEXT, (-9, -2), (16, 22), "actor -9:-2"),
        (TEXT, (5, 6), None, "no words"),
        ("", (0, 1), None, "text of 0 characters"),
        (" \n\n ", (0, 2), None, "no words"),
        ("Kenya \u200b Uganda", (6, 7), None, "no words"),
    ],
)
def test_spans_that_mean_nothing_are_refused(coder: Coder, text: str, actor: tuple[int, int], recipient: tuple[int, int] | None, words: str) -> None:
    reader, _ = coder(TOLD)
    with pytest.raises(SchemaError, match=words) as caught:
        reader.code_pair(text, actor, recipient)
    assert caught.value.hint


def test_without_weights_it_is_said_what_to_do(reader: Reader) -> None:
    with pytest.raises(ModelAbsent) as caught:
        reader.code_pair(TEXT, (0, 5), (16, 22))
    assert "onrecord-models" in caught.value.hint
    assert "rules_only" in caught.value.hint


def test_the_component_codes_pairs_as_the_contract_says() -> None:
    assert isinstance(EventModel(Weights("events", Path(), "1", 1, "", {}, CARD)), PairCoder)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya 🇰🇪 condemned Uganda 👩\u200d👩\u200d👧 today.",
        "Kenya conde\u0301mned the café of Uganda.",
        "🦁" * 30 + " Kenya condemned Uganda",
        "Kenya said no.\n\nIt condemned Uganda.",
    ],
    ids=["emoji", "combining marks", "emoji first", "two paragraphs"],
)
def test_offsets_are_characters_of_the_text(coder: Coder, text: str) -> None:
    reader, network = coder(TOLD)
    start = text.index("Kenya"), text.index("Uganda")
    assert reader.code_pair(text, (start[0], start[0] + 5), (start[1], start[1] + 6)).type == "ACCUSE"
    (inputs,) = network.rows
    assert [np.count_nonzero(inputs["roles"] == role) for role in (1, 2)] == [5, 6]


@pytest.mark.parametrize("filling", ["x", "attack ", "(", "\u0301"], ids=["one word", "words", "brackets", "accents"])
def test_a_line_without_end_is_read_around_the_pair(coder: Coder, filling: str) -> None:
    size = 100_000 if filling == "x" else 1_000  # the parser takes its time for real words; the model does not
    text = "Kenya condemned Uganda " + (filling * size)[:size]
    reader, network = coder(TOLD)
    assert reader.code_pair(text, (0, 5), (16, 22)).type == "ACCUSE"
    assert reader.code_pair(text, (0, 5), (16, len(text))).scores.keys() == {NOTHING, *TYPES}
    assert [inputs["roles"].shape[1] <= LONGEST for inputs in network.rows] == [True, True]


def test_a_recipient_of_no_words_is_none(coder: Coder) -> None:
    reader, _ = coder(TOLD)
    alone = reader.code_pair(TEXT, (0, 5)).scores
    assert reader.code_pair(TEXT, (0, 5), (23, 40)).scores == alone
    assert reader.code_pair(TEXT, (0, 5), (15, 16)).scores == alone


def test_a_headline_is_read_by_its_words_alone(coder: Coder) -> None:
    """It is no prose, so it is not parsed."""
    reader, _ = coder(TOLD)
    coding = reader.code_pair("Kenya condemns Uganda\n\nNAIROBI, March 5 (AFP) - Norway said no.", (0, 5), (15, 21))
    assert sum(coding.scores.values()) == pytest.approx(1)


def installed(full_reader: Reader) -> Reader:
    if "events" not in full_reader.weights:
        pytest.skip("the weights of the event model are not installed")
    return full_reader


SHIPPED = [
    ("[Kenya] condemned [Uganda] over the arrests.", "ACCUSE", None),
    ("[Norway] praised [Chile] for its patience.", "SUPPORT", None),
    ("[Rebels] shelled [a police post] near the border on Monday.", "ASSAULT", None),
    ("[The president of Chile] flew to Lima for talks with [his Peruvian counterpart].", "CONSULT", "CONSULT"),
    ("The court sentenced [the general] to nine years, while [the envoy of Norway] was on holiday.", None, None),
]
"""Text with the two spans in brackets, what the first does to the second, what the second does to the first."""


@pytest.mark.parametrize(("marked", "there", "back"), SHIPPED)
def test_plain_words_are_read_both_ways(full_reader: Reader, marked: str, there: str | None, back: str | None) -> None:
    reader = installed(full_reader)
    before, first, between, second, behind = re.split(r"[\[\]]", marked)
    text, start = before + first + between + second + behind, len(before + first + between)
    one, two = (len(before), len(before + first)), (start, start + len(second))
    assert (reader.code_pair(text, one, two).type, reader.code_pair(text, two, one).type) == (there, back)
    assert reader.code_pair(text, one, two) == reader.code_pair(text, one, two)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_probabilities(full_reader: Reader, before: str, between: str, behind: str) -> None:
    reader = installed(full_reader)
    text = f"{before}Perú{between}Łódź{behind}"
    start = len(before), len(before) + 4 + len(between)
    coding = reader.code_pair(text, (start[0], start[0] + 4), (start[1], start[1] + 4))
    assert list(coding.scores) == [NOTHING, *TYPES]
    assert sum(coding.scores.values()) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in coding.scores.values())
    assert coding.type in (None, *TYPES)
