"""Time expressions: what is one, its type and its value."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.timex import Found, Moment, tag
from onrecord.reading.timex.calendar import nearest_year, shift, weekday

NOW = date(2024, 7, 4)  # a Thursday


def read(text: str, day: date | None = NOW, *, future: bool | None = None, window: tuple[date, date] | None = None) -> list[tuple[str, str, str]]:
    found = tag(text, Moment(day, window), lambda _start, _end: future)
    return [(text[f.start : f.end], f.value.type, f.value.value) for f in found]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("They signed it on 3 July 1998.", "3 July 1998", "DATE", "1998-07-03"),
        ("They signed it on July 3.", "July 3", "DATE", "2024-07-03"),
        ("They signed it on Dec. 30.", "Dec. 30", "DATE", "2024-12-30"),
        ("They met on Monday, July 1, 2024 in Oslo.", "Monday, July 1, 2024", "DATE", "2024-07-01"),
        ("Talks opened Monday.", "Monday", "DATE", "2024-07-01"),
        ("Talks opened last Thursday.", "last Thursday", "DATE", "2024-06-27"),
        ("It rained on Thursday evening.", "Thursday evening", "TIME", "2024-07-04TEV"),
        ("The council meets every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
        ("He left on the 2nd.", "the 2nd", "DATE", "2024-07-02"),
        ("He left on the 28th.", "the 28th", "DATE", "2024-06-28"),
        ("It fell in 1989.", "1989", "DATE", "1989"),
        ("It fell in the early 1990s.", "the early 1990s", "DATE", "199"),
        ("He spoke yesterday.", "yesterday", "DATE", "2024-07-03"),
        ("It was agreed two weeks ago.", "two weeks ago", "DATE", "2024-W25"),
        ("It was agreed twenty-five years ago.", "twenty-five years ago", "DATE", "1999"),
        ("Exports fell last year.", "last year", "DATE", "2023"),
        ("It happened in March.", "March", "DATE", "2024-03"),
        ("It happened in May last year.", "May last year", "DATE", "2023-05"),
        ("The siege lasted three months.", "three months", "DURATION", "P3M"),
        ("The siege lasted several days.", "several days", "DURATION", "PXD"),
        ("In the past two years it grew.", "the past two years", "DURATION", "P2Y"),
        ("He arrived at 10:30 p.m. on Monday.", "10:30 p.m. on Monday", "TIME", "2024-07-01T22:30"),
        ("The army is now in charge.", "now", "DATE", "PRESENT_REF"),
        ("Ties cooled in the 19th century.", "the 19th century", "DATE", "18"),
        ("Growth slowed in the second quarter of 2023.", "the second quarter of 2023", "DATE", "2023-Q2"),
        ("They meet next month.", "next month", "DATE", "2024-08"),
    ],
)
def test_value(text: str, words: str, kind: str, value: str) -> None:
    assert (words, kind, value) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",  # verbs, not months
        "The blast killed 1992 people.",
        "It cost $2000 a head.",
        "It was the 4th anniversary.",
        "She wants a second term.",
        "Feb. 30 is no day.",
    ],
)
def test_no_time(text: str) -> None:
    assert not [t for t in read(text) if t[1] == "DATE"]


def test_a_future_tense_turns_a_weekday_forward() -> None:
    assert read("They will meet on Friday.", future=True) == [("Friday", "DATE", "2024-07-05")]
    assert read("They met on Friday.", future=False) == [("Friday", "DATE", "2024-06-28")]


def test_without_a_date_the_year_stays_missing() -> None:
    assert read("They met on July 3.", None) == [("July 3", "DATE", "XXXX-07-03")]
    assert read("They met last year.", None) == [("last year", "DATE", "PAST_REF")]
    assert read("They met on the 4th.", None) == [("the 4th", "DATE", "XXXX-XX-04")]


def test_a_known_window_places_a_day_of_the_month_only_if_one_fits() -> None:
    assert read("They met on the 4th.", None, window=(date(2000, 6, 16), date(2000, 7, 15))) == [("the 4th", "DATE", "XXXX-07-04")]
    assert read("They met on the 4th.", None, window=(date(2000, 6, 1), date(2000, 7, 31))) == [("the 4th", "DATE", "XXXX-XX-04")]


@given(st.text(max_size=200), st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)) | st.none())
def test_spans_lie_in_the_text_and_never_overlap(text: str, day: date | None) -> None:
    found: list[Found] = tag(text, Moment(day), lambda _s, _e: None)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 7), st.booleans())
def test_a_weekday_is_at_most_a_week_away(day: date, number: int, future: bool) -> None:
    found = weekday(day, number, future)
    assert found.isoweekday() == number
    assert timedelta(0) <= (found - day if future else day - found) < timedelta(days=7) or found == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(-400, 400))
def test_shifting_months_keeps_the_day_or_clips_it(day: date, months: int) -> None:
    moved = shift(day, months, "M")
    assert moved is not None
    assert moved.day <= day.day
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months


def test_the_nearest_year_crosses_new_year() -> None:
    assert nearest_year(date(2024, 1, 5), 12, 30, None) == 2023
    assert nearest_year(date(2024, 12, 28), 1, 2, True) == 2025
