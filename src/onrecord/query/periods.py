"""Stretches of the calendar that answers can be cut into: years, quarters, months, ISO weeks, days. Knows dates, no records."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Literal, get_args

Period = Literal["year", "quarter", "month", "week", "day", "all"]
PERIODS: tuple[str, ...] = get_args(Period)
ALL = "all"


def period_of(first: str, last: str, period: str | None) -> str | None:
    """The one period in which ISO days ``first`` to ``last`` lie; "all" where none is asked.

    It is called "2031", "2031-Q2", "2031-05", "2031-W19" (ISO 8601), "2031-05-04".
    None for days that are unknown (``""``) or lie in more than one period: "in 2031" tells no month.
    """
    if period is None or period == ALL:
        return ALL
    if not first or not last:
        return None
    label = _label(first, period)
    return label if label == _label(last, period) else None


def days_of(label: str) -> tuple[str, str]:
    """The first and last day of a period by its label; ``("", "")`` for "all"."""
    if label == ALL:
        return "", ""
    if len(label) == len("2031-05-04"):
        return label, label
    year, _, part = label.partition("-")
    if part.startswith("W"):
        monday = date.fromisocalendar(int(year), int(part[1:]), 1)
        return monday.isoformat(), date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal())).isoformat()
    begins, ends = (1, 12) if not part else (3 * int(part[1:]) - 2, 3 * int(part[1:])) if part.startswith("Q") else (int(part), int(part))
    return f"{year}-{begins:02d}-01", f"{year}-{ends:02d}-{calendar.monthrange(int(year), ends)[1]:02d}"


def _label(day: str, period: str) -> str:
    if period == "day":
        return day
    if period == "week":
        year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if period == "quarter":
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    return day[:4] if period == "year" else day[:7]
