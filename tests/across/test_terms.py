"""Words of a text, and how alike two texts are: rare words count, common ones do not, and no order of adding changes a bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.across.terms import ALIKE, MOST, Bag, alike, alike_to, bag_of, key_of

TEXTS = st.lists(st.sampled_from(["ferry", "quay", "Strelsau", "Zenda", "23", "26", "2031", "said", "the", "Lund"]), max_size=14).map(
    " ".join
) | st.text(max_size=40)


def likeness(one: str, other: str) -> float:
    return float(alike([bag_of(one), bag_of(other)])[0, 1]) / ALIKE


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Borduria's", "borduri"),
        ("BORDURIA’S", "borduri"),
        ("arrested", "arreste"),
        ("Écho", "echo"),
        ("1,250", "1250"),
        ("5.6", "5.6"),
        ("U.S.", "u.s."),
        ("北京", "北京"),
    ],
)
def test_what_a_word_counts_as(word: str, key: str) -> None:
    assert key_of(word) == key


@pytest.mark.parametrize(
    ("one", "more_like", "less_like"),
    [
        ("Ferry sinks off Strelsau, 23 missing", "The Strelsau ferry: 23 people missing", "Ferry sinks off Zenda, 26 missing"),
        ("Navy seizes 23 smugglers in the strait", "Navy holds 23 smugglers", "Navy holds 26 smugglers"),
        ("Lund fired as coach of the Harbour Club", "Harbour Club coach Lund is fired", "Orsen hired as coach of the Harbour Club"),
        ("Quake of 5.6 on the island of Rell", "Rell quake measured 5.6", "Quake of 6.1 on the island of Rell"),
    ],
)
def test_names_and_numbers_tell_two_happenings_of_one_kind(one: str, more_like: str, less_like: str) -> None:
    assert likeness(one, more_like) > likeness(one, less_like) > 0


@pytest.mark.parametrize("other", ["", "the of and", "It said that they would have been.", "\x00\ud800", "🛥️ ?!"])
def test_words_that_say_nothing_make_nothing_alike(other: str) -> None:
    assert likeness("The minister said that it was there, and he would go.", other) <= 0.1
    assert likeness("Ferry sinks off Strelsau", other) == 0
    assert likeness(other, other) in (0, 1)


def test_a_year_is_no_number_that_tells_happenings_apart() -> None:
    assert likeness("Lund resigned in 2031", "Orsen elected in 2031") < likeness("Lund resigned 412", "Orsen elected 412")


def test_only_the_heaviest_words_of_a_beginning_are_kept() -> None:
    long = " ".join(f"{n:05}strel" for n in range(5000))
    assert len(bag_of(long).words) == MOST
    assert bag_of(long).to_bytes() == bag_of(f"{long} and more").to_bytes()


def test_a_title_counts_with_the_text() -> None:
    assert likeness("Ferry sinks", "quay") == 0
    assert alike([bag_of("quay", "Ferry sinks"), bag_of("Ferry sinks")])[0, 1] > 0


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_alike_is_one_thing_whichever_way_it_is_asked(texts: list[str]) -> None:
    bags = [bag_of(text) for text in texts]
    table = alike(bags)
    assert np.array_equal(table, table.T)
    assert ((table >= 0) & (table <= ALIKE)).all()
    assert np.array_equal(table, np.floor(table))
    for number, bag in enumerate(bags):
        assert alike_to(bag, bags) == table[number].astype(int).tolist()
        assert table[number, number] == (ALIKE if len(bag.words) else 0)
    turned = alike(bags[::-1])
    assert np.array_equal(table, turned[::-1, ::-1])


@given(TEXTS)
def test_bags_come_back_as_written(text: str) -> None:
    bag = bag_of(text)
    again = Bag.from_bytes(bag.to_bytes())
    assert again.to_bytes() == bag.to_bytes()
    assert again.terms == bag.terms
    assert all(0 <= term < 2**40 for term in bag.terms)
    assert bag.words.tolist() == sorted(set(bag.words.tolist()))
