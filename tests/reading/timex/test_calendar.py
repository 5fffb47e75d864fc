"""Calendar arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.timex.calendar import duration, easter, nearest_year, nth_weekday, shift, weekday
from onrecord.reading.timex.named import holiday
from onrecord.reading.timex.shapes import table


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


def test_the_nearest_year_crosses_new_year_and_follows_the_tense() -> None:
    assert nearest_year(date(2024, 1, 5), 12, 30, None) == 2023
    assert nearest_year(date(2024, 12, 28), 1, 2, True) == 2025
    assert nearest_year(date(2024, 10, 27), 1, None, False) == 2024
    assert nearest_year(date(2024, 10, 27), 1, None, True) == 2025


@pytest.mark.parametrize(("year", "day"), [(1961, "04-02"), (1997, "03-30"), (2000, "04-23"), (2008, "03-23"), (2024, "03-31"), (2038, "04-25")])
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


def test_the_nth_weekday_of_a_month() -> None:
    assert nth_weekday(2003, 11, 4, 4) == date(2003, 11, 27)
    assert nth_weekday(2004, 5, 1, -1) == date(2004, 5, 31)
    assert nth_weekday(2024, 2, 1, 5) is None


def test_every_holiday_has_a_day_in_a_year_of_the_tables() -> None:
    assert all(holiday(rule, year) is not None for rule in table("holidays").values() for year in (1998, 2024))


def test_the_lunar_new_year_is_a_new_moon_between_21_january_and_20_february() -> None:
    days = [holiday("lunar", year) for year in range(1990, 2031)]
    known = date(2000, 1, 6)  # a new moon
    assert all(day is not None and (1, 21) <= (day.month, day.day) <= (2, 20) for day in days)
    for day in days:
        age = ((day - known).days if day else 0) % 29.530588
        assert min(age, 29.530588 - age) < 1.6


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (3, "M", "P3M"),
        (None, "Y", "PXY"),
        (2, "Q", "P6M"),
        (1, "2W", "P2W"),
        (2.5, "Y", "P2Y6M"),
        (0.5, "TH", "PT30M"),
        (1.5, "TM", "PT1M30S"),
        (2, "E", "P2E"),
        (0.5, "C", "P50Y"),
    ],
)
def test_duration(count: float | None, unit: str, value: str) -> None:
    assert duration(count, unit).value == value
