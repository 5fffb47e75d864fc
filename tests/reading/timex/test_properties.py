"""What holds of every text: spans, bounds and values; every way to write a date is read back; hostile text takes linear time."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.timex import Found, Story, tag

VALUE = re.compile(
    r"(?:(?:BC)?\d{2,4}|XXXX)(?:-(?:(?:\d\d|XX)(?:-(?:\d\d|XX))?|W(?:\d\d|XX)(?:-(?:[1-7]|WE))?|Q[1-4]|H[12]|SP|SU|FA|WI))?"
    r"(?:T(?:MO|AF|EV|NI|\d\d:\d\dZ?))?|P(?:X|\d+(?:\.\d+)?)[DWMYE]|P\d+Y(?:\d+M)?|P\d+M|PT(?:(?:X|\d+(?:\.\d+)?)[HMS]){1,2}|PXX|"
    r"(?:PAST|PRESENT|FUTURE)_REF"
)
WORDS = re.findall(
    r"\S+",
    """on the of in at by from to until between and last next this every each early late May 3 4th 1998 1990s '90s March Monday Friday night morning
    two three a an half year years month months week weeks day days quarter third first ago later earlier before after past few several now will met
    said is at 10 p.m. 0830 GMT noon 3/4/2004 2004-05-06 century fiscal Easter summer weekend , . ( ) - – 's the same that following previous
    A.D. 9900-12-31 0100-01-01 centuries decades ago fiscal year-ago H1 Q4 BC hundred dozen half couple or so""",
)
DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31))


def check(text: str, found: list[Found]) -> None:
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for f in found:
        assert VALUE.fullmatch(f.value.value), (text, f)
        assert f.value.type in ("DATE", "TIME", "DURATION", "SET")
        assert (f.value.start is None) == (f.value.end is None)
        if f.value.start and f.value.end and f.value.start[0] != "-":
            assert date.fromisoformat(f.value.start) <= date.fromisoformat(f.value.end)


@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), DAYS | st.sampled_from([date.min, date.max]) | st.none())
def test_spans_values_and_bounds(text: str, day: date | None) -> None:
    found = tag(text, Story.of(day, [text]))
    check(text, found)
    assert found == tag(text, Story.of(day, [text]))


def names(day: date) -> tuple[str, str]:
    return day.strftime("%B"), day.strftime("%A")


def ways(day: date) -> list[str]:
    """The ways in which news writes a whole date."""
    month, weekday = names(day)
    nth = f"{day.day}{'th' if 10 < day.day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th')}"
    short = month if len(month) < 5 else {"September": "Sept."}.get(month, month[:3] + ".")
    return [
        f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", f"{month} {nth}, {day.year}", f"the {nth} of {month}, {day.year}",
        f"{short} {day.day}, {day.year}", f"{day.day} {short} {day.year}", f"{weekday}, {month} {day.day}, {day.year}",
        f"{weekday} {day.day} {month} {day.year}",
        f"{month.upper()} {day.day}, {day.year}", day.isoformat(), f"{day.year}/{day.month:02}/{day.day:02}", f"{day.day}.{day.month}.{day.year}",
        f"{month}\n{day.day}, {day.year}",
    ]  # fmt: skip


@given(DAYS, DAYS)
def test_every_way_to_write_a_date_is_read_back(day: date, now: date) -> None:
    for words in ways(day):
        text = f"They met on {words} in Oslo."
        (found,) = tag(text, Story.of(now))
        assert (text[found.start : found.end], found.value.value) == (words, day.isoformat())


@given(DAYS, st.integers(1, 150))
def test_a_day_without_a_year_is_the_last_one_in_the_past_tense(now: date, back: int) -> None:
    day = now - timedelta(days=back)
    month, weekday = names(day)
    if not (day.month == 2 and day.day == 29):
        (found,) = tag(f"They met on {month} {day.day}.", Story.of(now))
        assert found.value.value == day.isoformat()
    if back < 7:
        (found,) = tag(f"They met on {weekday}.", Story.of(now))
        assert found.value.value == day.isoformat()


@given(DAYS, st.integers(1, 60))
def test_a_day_without_a_year_is_the_next_one_in_the_future_tense(now: date, ahead: int) -> None:
    day = now + timedelta(days=ahead)
    month, weekday = names(day)
    if not (day.month == 2 and day.day == 29):
        (found,) = tag(f"They will meet on {month} {day.day}.", Story.of(now))
        assert found.value.value == day.isoformat()
    if ahead < 7:
        (found,) = tag(f"They will meet on {weekday}.", Story.of(now))
        assert found.value.value == day.isoformat()


@pytest.mark.parametrize(
    "unit",
    [
        "about ",
        "the first ",
        "3 ",
        "May 3 ",
        "last ",
        "1998-",
        "1,000,",
        "a few ",
        "Monday, ",
        " ",
        "\n",
        "twenty-",
        "10 p.m. ",
        "of the ",
        "1/2/",
        "9",
        "(",
        "years ",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit)) + "May"
        begin = time.process_time()
        tag(text, Story.of(date(2024, 7, 4)))
        return time.process_time() - begin

    small, large = (min(seconds(size) for _ in range(2)) for size in (10_000, 80_000))
    assert large < 40 * small + 0.5
