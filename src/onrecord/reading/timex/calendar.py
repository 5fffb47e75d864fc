"""Calendar arithmetic behind time values: points of year, quarter, month, week or day precision, and TIMEX3 spelling.

TIMEX3 as in TimeML 1.2.1 (Pustejovsky et al. 2005); weeks and weekdays as in ISO 8601.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """The day a document speaks from, or what is known of it. ``window``: earliest and latest month-day known where the year is not.

    ``day`` None means the text must speak for itself: relative expressions stay open.
    """

    day: date | None
    window: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A TIMEX3 value with the ISO dates it spans (None where they cannot be known)."""

    type: str
    value: str
    start: str | None = None
    end: str | None = None


def of_day(day: date) -> Value:
    """One day."""
    return Value("DATE", day.isoformat(), day.isoformat(), day.isoformat())


def of_month(year: int, month: int) -> Value:
    """One month of a known year."""
    last = monthrange(year, month)[1]
    return Value("DATE", f"{year:04}-{month:02}", f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}")


def of_year(year: int) -> Value:
    """One year."""
    return Value("DATE", f"{year:04}", f"{year:04}-01-01", f"{year:04}-12-31")


def of_decade(first: int) -> Value:
    """The ten years from ``first``."""
    return Value("DATE", f"{first // 10:03}", f"{first:04}-01-01", f"{first + 9:04}-12-31")


def of_week(day: date) -> Value:
    """The ISO week that ``day`` lies in."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Value("DATE", f"{year}-W{week:02}", monday.isoformat(), (monday + timedelta(days=6)).isoformat())


def of_quarter(year: int, quarter: int) -> Value:
    """A calendar quarter, 1 to 4."""
    first, last = 3 * quarter - 2, 3 * quarter
    return Value("DATE", f"{year}-Q{quarter}", f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]:02}")


def yearless_day(month: int, day: int) -> Value:
    """A day whose year is unknown: ``XXXX-07-04`` in TIMEX3, ``--07-04`` as ISO."""
    iso = f"--{month:02}-{day:02}"
    return Value("DATE", f"XXXX-{month:02}-{day:02}", iso, iso)


def yearless_month(month: int) -> Value:
    """A month whose year is unknown."""
    return Value("DATE", f"XXXX-{month:02}", f"--{month:02}", f"--{month:02}")


def valid_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where no calendar has it."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def shift_months(day: date, months: int) -> date:
    """``day`` moved by whole months, clipped to the month's last day. Years outside 1 to 9999 are clipped."""
    index = day.year * 12 + day.month - 1 + months
    index = min(max(index, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, count: int, unit: str) -> date | None:
    """``day`` moved by ``count`` units (D, W, M, Q, Y, E, C); None where the calendar ends."""
    if abs(count) > 5000:
        return None
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
    if unit in months:
        return shift_months(day, count * months[unit])
    try:
        return day + timedelta(days=count * {"D": 1, "W": 7, "2W": 14}.get(unit, 0))
    except OverflowError:
        return None


def at(day: date, unit: str) -> Value:
    """The stretch of ``unit`` precision that ``day`` lies in."""
    if unit in ("W", "2W"):
        return of_week(day)
    if unit == "M":
        return of_month(day.year, day.month)
    if unit == "Q":
        return of_quarter(day.year, (day.month + 2) // 3)
    if unit == "Y":
        return of_year(day.year)
    if unit == "E":
        return of_decade(day.year // 10 * 10)
    if unit == "C":
        return Value("DATE", f"{day.year // 100:02}", f"{day.year // 100:02}00-01-01", f"{day.year // 100:02}99-12-31")
    return of_day(day)


def weekday(day: date, number: int, future: bool) -> date:
    """The nearest ``number`` (1 Monday to 7 Sunday) at or before ``day``, or after it where ``future``."""
    back = (day.isoweekday() - number) % 7
    return day + timedelta(days=7 - back) if future and back else day - timedelta(days=back)


def nearest_year(anchor: date, month: int, day: int | None, future: bool | None) -> int:
    """The year that puts a month (and day) nearest to ``anchor``; ``future`` True or False keeps it at or after, at or before."""
    here = date(anchor.year, month, min(day or 15, 28))
    options = [here.replace(year=anchor.year + n) for n in (-1, 0, 1) if 1 <= anchor.year + n <= 9999]
    if future is not None and (month, day or anchor.day) != (anchor.month, anchor.day):
        kept = [o for o in options if (o >= anchor.replace(day=1) if future else o <= anchor) or (day is None and o.month == anchor.month)]
        options = kept or options
    return min(options, key=lambda o: abs((o - anchor).days)).year


def duration(count: float | None, unit: str) -> Value:
    """A length of time: ``P3M``, ``PT2H``, ``PXY`` where the count is unknown."""
    if unit == "2W":
        count, unit = (None if count is None else count * 2), "W"
    if unit == "Q":
        count, unit = (None if count is None else count * 3), "M"
    if unit == "C":
        count, unit = (None if count is None else count * 100), "Y"
    if unit == "E":
        count, unit = (None if count is None else count * 10), "Y" if count is not None else "E"
    number = "X" if count is None else f"{count:g}"
    return Value("DURATION", f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}")
