"""The pair call on stances: what it promises (labels, probabilities, order, offsets), what it refuses, what it reads; the weights' floor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Reader
from onrecord.errors import ModelAbsent, ModelError, SchemaError
from onrecord.reading.encoder import Encoder, encoder, nearest
from onrecord.reading.stance import FIRST, INTERFACE, LONGEST, SECOND, Calibration, row, stances

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "models" / "src" / "onrecord_models"
DEV = ROOT / "../shared/data/stance/dse_dev.jsonl"
LABELS = {"support", "oppose", "neutral"}

CASES = [
    ("[Oslo] condemned [Minsk] over the arrests.", "oppose", "neutral"),
    ("[The finance minister] praised [the central bank] for its patience.", "support", "neutral"),
    ("[Kigali] was sharply criticised by [Brussels].", "neutral", "oppose"),
    ("Delegates from [Chile] and [Norway] arrived on Tuesday.", "neutral", "neutral"),
]
"""Text with the two spans in brackets, stance of the first on the second, of the second on the first."""


@pytest.fixture(scope="module")
def network() -> Encoder:
    return encoder("stance", interface=INTERFACE, folder=MODELS)


def spans(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The text without brackets, and where its two bracketed stretches stand."""
    parts = marked.replace("]", "[").split("[")
    first = len(parts[0]), len(parts[0] + parts[1])
    second = first[1] + len(parts[2]), first[1] + len(parts[2] + parts[3])
    return "".join(parts), first, second


@pytest.mark.parametrize(("marked", "there", "back"), CASES)
def test_plain_words_are_read_both_ways(marked: str, there: str, back: str):
    text, first, second = spans(marked)
    assert [found.stance for found in stances(text, [(first, second), (second, first)], folder=MODELS)] == [there, back]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_gets_a_label_and_probabilities(before: str, between: str, behind: str):
    text = f"{before}Perú{between}Łódź{behind}"
    holder, target = (len(before), len(before) + 4), (len(before) + 4 + len(between), len(before) + 8 + len(between))
    (found,) = stances(text, [(holder, target)], folder=MODELS)
    assert found.stance in LABELS
    assert found.scores.keys() == LABELS
    assert sum(found.scores.values()) == pytest.approx(1)
    assert all(0 <= score <= 1 for score in found.scores.values())


def test_the_reader_answers_as_the_function_does_and_the_same_each_time():
    text, first, second = spans(CASES[0][0])
    reader = Reader(models=MODELS)
    found = reader.stance_pair(text, holder=first, target=second)
    assert found == reader.stance_pair(text, holder=first, target=second)
    assert [found] == stances(text, [(first, second)], folder=MODELS)


def test_many_pairs_at_once_are_answered_in_order():
    text, first, second = spans(CASES[0][0])
    third = (text.index("arrests"), text.index("arrests") + 7)
    pairs = [(second, first), (first, third), (first, second), (second, first)]
    together = stances(text, pairs, folder=MODELS)
    alone = [stances(text, [pair], folder=MODELS)[0] for pair in pairs]
    assert [t.stance for t in together] == [a.stance for a in alone]
    for t, a in zip(together, alone, strict=True):  # an int8 network scales by batch
        assert t.scores == pytest.approx(a.scores, abs=0.1)
    assert stances(text, [], folder=MODELS) == []


@pytest.mark.parametrize(
    ("holder", "target", "words"),
    [
        ((0, 0), (15, 20), "holder 0:0"),
        ((0, 4), (15, 99), "target 15:99 is no part of a text of 21 characters"),
        ((-3, 2), (15, 20), "holder -3:2"),
        ((4, 0), (15, 20), "holder 4:0"),
        ((0, 16), (15, 20), "overlap"),
        ((4, 5), (15, 20), "has no words"),
    ],
)
def test_spans_that_mean_nothing_are_refused(holder: tuple[int, int], target: tuple[int, int], words: str):
    with pytest.raises(SchemaError, match=words) as caught:
        stances("Oslo condemned Minsk.", [(holder, target)], folder=MODELS)
    assert caught.value.hint


def test_without_weights_it_is_said_what_to_install(tmp_path: Path):
    with pytest.raises(ModelAbsent) as caught:
        stances("Oslo condemned Minsk.", [((0, 4), (15, 20))], folder=tmp_path)
    assert "onrecord-models" in caught.value.hint


def test_a_long_text_is_read_around_the_pair(network: Encoder):
    text, first, second = spans(CASES[0][0])
    padding = "The weather stayed dry along the coast. " * 2_000
    moved = [(a + len(padding), b + len(padding)) for a, b in (first, second)]
    made = row(network.tokenizer, padding + text + padding, *moved)
    assert len(made["input_ids"]) == LONGEST
    words = network.tokenizer.decode(made["input_ids"])
    assert text.lower().rstrip(".") in words


def test_spans_far_apart_are_both_read(network: Encoder):
    text = "Oslo spoke first. " + "The weather stayed dry. " * 5_000 + "Then Minsk answered."
    made = row(network.tokenizer, text, (0, 4), (len(text) - 15, len(text) - 10))
    kinds = made["token_type_ids"]
    assert [network.tokenizer.id_to_token(i) for i, kind in zip(made["input_ids"], kinds, strict=True) if kind == FIRST] == ["oslo"]
    assert "".join(network.tokenizer.id_to_token(i) for i, kind in zip(made["input_ids"], kinds, strict=True) if kind == SECOND).startswith("min")


def test_half_a_word_is_the_word(network: Encoder):
    made = row(network.tokenizer, "Los Angeles thanked Paris.", (0, 10), (20, 25))
    assert made["token_type_ids"] == [0, FIRST, FIRST, 0, SECOND, 0, 0]


@given(st.lists(st.sampled_from([0, 0, 0, 2, 3]), min_size=3, max_size=60), st.integers(4, 30))
def test_what_is_cut_is_what_lies_furthest(kinds: list[int], most: int):
    kinds = [0, 2, *kinds, 3, 0]
    kept = nearest(np.asarray(kinds), most).tolist()
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1], len(kept)) == (0, len(kinds) - 1, min(most, len(kinds)))


def test_a_stance_is_taken_at_its_odds():
    how = Calibration(("neutral", "support", "oppose"), 1.0, (0.0, 0.0, 0.0), {"support": 0.5, "oppose": 1.0})
    assert how.read(np.log(np.array([0.6, 0.31, 0.09]))).stance == "support"
    assert how.read(np.log(np.array([0.55, 0.01, 0.44]))).stance == "neutral"
    assert how.read(np.log(np.array([0.2, 0.3, 0.5]))).stance == "support"  # three times its odds, against two and a half


def test_a_card_without_calibration_is_refused():
    with pytest.raises(ModelError, match="calibration"):
        Calibration.of({"labels": ["neutral"]})
