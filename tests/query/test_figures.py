"""Numbers in sentences: what they count, how open they are, and which of two can both be so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Reading, TimeExpression
from onrecord.query.figures import Figure, figures
from store.builders import document, span


def found(text: str, *durations: tuple[str, str]) -> list[Figure]:
    doc = document(text)
    return figures(Reading(doc, times=tuple(TimeExpression(span(doc, words), "DURATION", value) for words, value in durations)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Lutha, killing six drivers.", [("killed", 6, 6)]),
        ("Eight drivers were killed and three are missing.", [("killed", 8, 8), ("missing", 3, 3)]),
        ("The toll at the quarry rose to 17 on Monday.", [("killed", 17, 17)]),
        ("The flood cost 43 lives.", [("killed", 43, 43)]),
        ("It left 12 dead and forty-two injured.", [("killed", 12, 12), ("injured", 42, 42)]),
        ("At least ten miners died.", [("killed", 10, float("inf"))]),
        ("Up to 30 people were hurt.", [("injured", 0, 30)]),
        ("Dozens were wounded.", [("injured", 20, 150)]),
        ("Zenda lent 2.4 million crowns and $5bn more.", [("crown", 2.4e6, 2.4e6), ("dollars", 5e9, 5e9)]),
        ("A duty of 15 percent fell on salt.", [("per cent", 15, 15)]),
        ("They sent a dozen nurses.", [("nurs", 11, 13)]),
        ("Nobody counted the herons.", []),
        ("Shells fell among 60 goats, killing ten.", [("goat", 60, 60), ("killed", 10, 10)]),
        ("A 32-year-old miller died after falling 60m.", []),
        ("Piet Kask, 58, died at sea.", []),
        ("They earn $5m a year and $3m in all.", [("dollars", 3e6, 3e6)]),
        ("The treaty of 1931 lapsed.", []),
        ("One of the two sides blinked.", []),
    ],
)
def test_what_numbers_count(text: str, expected: list[tuple[str, float, float]]) -> None:
    assert [(f.counts, f.low, f.high) for f in found(text)] == expected


def test_durations_are_compared_in_minutes_and_dates_are_no_numbers() -> None:
    (one,) = found("They spoke for an hour and a half.", ("an hour and a half", "PT1H30M"))
    assert (one.counts, one.low, one.words) == ("duration", 90, "an hour and a half")
    doc = document("On 14 May 12 clerks died.")
    (other,) = figures(Reading(doc, times=(TimeExpression(span(doc, "14 May"), "DATE", "2031-05-14"),)))
    assert (other.low, other.counts) == (12, "killed")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Ten people died.", "Twelve people died.", False), ("At least ten people died.", "Twelve people died.", True),
        ("Dozens of people died.", "34 people died.", True), ("Dozens of people died.", "Three people died.", False),
        ("About 100 people died.", "108 people died.", True), ("About 100 people died.", "150 people died.", False),
        ("Three dockers died.", "14 people died.", True), ("Thirty dockers died.", "14 people died.", False),
        ("Three dockers died.", "Five clerks died.", True),
        ("A loan of 2,400 million crowns.", "A loan of 2.41 billion crowns.", True),
        ("A loan of 2.4 billion crowns.", "A loan of 2.8 billion crowns.", False),
    ],
)  # fmt: skip
def test_which_two_can_both_be_so(one: str, other: str, agree: bool) -> None:
    (a,), (b,) = found(one), found(other)
    assert a.agrees(b) is b.agrees(a) is agree


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789,.-  adkilled two dozen at least $%\n١²"), max_size=60) | st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for f in found(text):
        assert text[f.start : f.end] == f.words
        assert 0 <= f.low <= f.high
