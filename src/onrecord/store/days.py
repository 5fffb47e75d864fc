"""ISO dates cut or filled to whole days, so that dates of any precision compare as text. Reads no words, guesses no year."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from onrecord.model import RecordDate

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?", re.DOTALL)


def first_day(value: str | None) -> str:
    """The first day of an ISO year, month, day or date-time: ``"2024-07"`` → ``"2024-07-01"``; ``""`` for anything else."""
    return _day(value, last=False)


def last_day(value: str | None) -> str:
    """The last day of an ISO year, month, day or date-time: ``"2024-02"`` → ``"2024-02-29"``; ``""`` for anything else."""
    return _day(value, last=True)


def ordinal(day: str) -> int:
    """A day of :func:`first_day` or :func:`last_day` as a proleptic Gregorian ordinal, to count with; 0 for ``""``."""
    return date.fromisoformat(day).toordinal() if day else 0


def days(when: RecordDate, published: str | None) -> tuple[str, str]:
    """The first and last day of a record: its own date, else (no date, or no year) the day its document was published, else ``("", "")``."""
    first = first_day(when.start) or first_day(when.end)
    last = last_day(when.end) or last_day(when.start)
    return (first, max(first, last)) if first else (first_day(published), last_day(published))


@lru_cache(8192)
def _day(value: str | None, *, last: bool) -> str:
    found = _DATE.fullmatch(value) if value else None
    if found is None:
        return ""
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), int(found[3] or 0)
    if not (year >= 1 and 1 <= month <= 12):
        return ""
    try:
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1)).isoformat()
    except ValueError:
        return ""
