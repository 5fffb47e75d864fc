"""Stretches of the calendar: what lies in one, and which days are its own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.query.periods import ALL, PERIODS, days_of, period_of


@pytest.mark.parametrize(
    ("first", "last", "period", "label"),
    [
        ("2031-05-04", "2031-05-04", "year", "2031"),
        ("2031-05-04", "2031-05-04", "quarter", "2031-Q2"),
        ("2031-05-04", "2031-05-04", "month", "2031-05"),
        ("2031-05-04", "2031-05-04", "week", "2031-W18"),  # a Sunday
        ("2031-05-05", "2031-05-05", "week", "2031-W19"),
        ("2027-01-01", "2027-01-03", "week", "2026-W53"),  # ISO weeks belong to the year that has their Thursday
        ("2031-01-01", "2031-12-31", "year", "2031"),
        ("2031-01-01", "2031-12-31", "month", None),  # "in 2031" tells no month
        ("2031-05-30", "2031-06-02", "month", None),
        ("2031-05-30", "2031-06-02", "quarter", "2031-Q2"),
        ("", "", "month", None),
        ("", "", "all", ALL),
        ("2031-05-30", "2031-06-02", None, ALL),
    ],
)
def test_a_period_holds_all_the_days_or_is_not_known(first: str, last: str, period: str | None, label: str | None) -> None:
    assert period_of(first, last, period) == label


@given(st.dates(), st.sampled_from([p for p in PERIODS if p != ALL]))
def test_a_period_begins_and_ends_within_itself(day: date, period: str) -> None:
    label = period_of(day.isoformat(), day.isoformat(), period)
    assert label is not None
    first, last = days_of(label)
    assert first <= day.isoformat() <= last
    assert period_of(first, last, period) == label


def test_all_time_has_no_days() -> None:
    assert days_of(ALL) == ("", "")
