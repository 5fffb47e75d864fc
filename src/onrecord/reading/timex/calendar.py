"""Calendar arithmetic behind time values: points of year, quarter, month, week or day precision, and TIMEX3 spelling.

TIMEX3 as in TimeML 1.2.1 (Pustejovsky et al. 2005); weeks and weekdays as in ISO 8601. Easter by the anonymous Gregorian algorithm (Meeus,
Astronomical Algorithms, 1991, chapter 8).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Value:
    """A TIMEX3 value with the ISO dates it spans (inclusive; None where they cannot be known).

    ``unit``: the precision of those dates as a TIMEX3 letter (D, W, M, Q, Y; E ten years, C a hundred), None for what nothing later can lean on.
    """

    type: str
    value: str
    start: str | None = None
    end: str | None = None
    unit: str | None = None


def _known(year: int) -> int:
    """``year``, clipped to those that a calendar date can have (1 to 9999)."""
    return min(max(year, 1), 9999)


def of_day(day: date) -> Value:
    """One day."""
    return Value("DATE", day.isoformat(), day.isoformat(), day.isoformat(), "D")


def of_month(year: int, month: int) -> Value:
    """One month of a known year."""
    year = _known(year)
    last = monthrange(year, month)[1]
    return Value("DATE", f"{year:04}-{month:02}", f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}", "M")


def of_year(year: int) -> Value:
    """One year."""
    year = _known(year)
    return Value("DATE", f"{year:04}", f"{year:04}-01-01", f"{year:04}-12-31", "Y")


def of_decade(first: int) -> Value:
    """The ten years from ``first``."""
    return Value("DATE", f"{first // 10:03}", f"{max(first, 1):04}-01-01", f"{first + 9:04}-12-31", "E")


def of_week(day: date) -> Value:
    """The ISO week that ``day`` lies in."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Value("DATE", f"{year:04}-W{week:02}", monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "W")


def of_quarter(year: int, quarter: int) -> Value:
    """A calendar quarter, 1 to 4."""
    year = _known(year)
    first, last = 3 * quarter - 2, 3 * quarter
    return Value("DATE", f"{year:04}-Q{quarter}", f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}", "Q")


def yearless_day(month: int, day: int) -> Value:
    """A day whose year is unknown: ``XXXX-07-04`` in TIMEX3, ``--07-04`` as ISO."""
    iso = f"--{month:02}-{day:02}"
    return Value("DATE", f"XXXX-{month:02}-{day:02}", iso, iso)


def yearless_month(month: int) -> Value:
    """A month whose year is unknown."""
    return Value("DATE", f"XXXX-{month:02}", f"--{month:02}", f"--{month:02}")


def valid_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where no calendar has it, and so near the calendar's ends that weeks and years beside it would fall off."""
    if not (1 <= month <= 12 and 100 <= year <= 9900):
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
        first = day.year // 100 * 100
        return Value("DATE", f"{first // 100:02}", f"{max(first, 1):04}-01-01", f"{first + 99:04}-12-31", "C")
    return of_day(day)


def weekday(day: date, number: int, future: bool) -> date:
    """The nearest ``number`` (1 Monday to 7 Sunday) at or before ``day``, or after it where ``future``."""
    back = (day.isoweekday() - number) % 7
    return day + timedelta(days=7 - back) if future and back else day - timedelta(days=back)


_AGAINST_TENSE = {None: {"M": 4.0, "D": 3.0}, False: {"M": 8.0, "D": 12.0}, True: {"M": 8.0, "D": 8.0}}
"""How many times farther a date seems that lies on the other side of today than its tense says; without a tense, the future seems farther."""


def nearest_year(anchor: date, month: int, day: int | None, future: bool | None) -> int:
    """The year that puts a month (or a day of it) nearest to ``anchor``, where time on the wrong side of the tense counts for more."""
    here = date(anchor.year, month, min(day or 15, 28))
    against = _AGAINST_TENSE[future]["D" if day else "M"]

    def cost(option: date) -> float:
        apart = (option - anchor).days
        if day is None and (option.year, month) == (anchor.year, anchor.month):
            return 0
        return abs(apart) * (against if (apart < 0) == (future is True) and apart else 1)

    return min((here.replace(year=y) for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 <= y <= 9999), key=cost).year


def of_half(year: int, half: int) -> Value:
    """The first or the second half of a year."""
    year = _known(year)
    bounds = ("01-01", "06-30") if half == 1 else ("07-01", "12-31")
    return Value("DATE", f"{year:04}-H{half}", f"{year:04}-{bounds[0]}", f"{year:04}-{bounds[1]}", "Q")


def of_season(year: int, letters: str) -> Value:
    """A season. When it begins differs from place to place: known is only its year, and that a winter reaches into the next."""
    year = _known(year)
    return Value(
        "DATE", f"{year:04}-{letters}", f"{year:04}-01-01", f"{year + 1:04}-03-31" if letters == "WI" and year < 9999 else f"{year:04}-12-31"
    )


def of_weekend(day: date) -> Value:
    """Saturday and Sunday of the ISO week that ``day`` lies in."""
    week = of_week(day)
    return Value("DATE", week.value + "-WE", (date.fromisoformat(week.end or "") - timedelta(days=1)).isoformat(), week.end, "W")


def between(value: str, first: date, last: date) -> Value:
    """A duration of which both ends are known."""
    return Value("DURATION", value, first.isoformat(), last.isoformat())


def easter(year: int) -> date:
    """Easter Sunday of the western churches."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, number: int, count: int) -> date | None:
    """The ``count``-th weekday ``number`` (1 Monday to 7 Sunday) of a month; -1 is the last. None where the month has no such day."""
    if count < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - number) % 7)
    first = date(year, month, 1)
    return valid_day(year, month, 1 + (number - first.isoweekday()) % 7 + 7 * (count - 1))


def duration(count: float | None, unit: str) -> Value:
    """A length of time: ``P3M``, ``PT2H``, ``PXY`` where the count is unknown. Quarters are written in months, fortnights in weeks."""
    if unit == "E" and count is not None and count % 1:
        count, unit = count * 10, "Y"
    for name, times, plain in (("2W", 2, "W"), ("Q", 3, "M"), ("C", 100, "Y")):
        if unit == name:
            count, unit = (None if count is None else count * times), plain
    if unit == "Y" and count is not None and count % 1:
        months = f"{round(count % 1 * 12)}M" if round(count % 1 * 12) else ""
        return Value("DURATION", f"P{int(count)}Y{months}" if count >= 1 else f"P{months or '0Y'}")
    if unit in ("TH", "TM") and count is not None and count % 1:
        rest = f"{round(count % 1 * 60)}{'M' if unit == 'TH' else 'S'}"
        return Value("DURATION", f"PT{int(count)}{unit[1:]}{rest}" if count >= 1 else f"PT{rest}")
    number = "X" if count is None else f"{count:.10g}"
    return Value("DURATION", f"PT{number}{unit[1:]}" if unit.startswith("T") else f"P{number}{unit}")
