"""Days and months that name themselves: 3 July 1998, 07/03/1998, 1998-07-03, July 3, the 4th, March 1998, the first Monday of March.

A day or a month without a year gets the nearest one that suits the tense; without a publication date the year stays open.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.reading.timex import calendar as cal
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.shapes import Reading, Rule, table
from onrecord.reading.timex.story import Story

_END = (
    r"(?=\s{0,3}(?:[.,;:)\]\"'”’–—-]|$)|\s{1,20}(?:in|at|for|on|with|when|after|before|by|but|and|or|to|as|a|an|the|of|between|during|is|are|was|"
    r"were|will|would|had|has|have|said|that|who|which|it|he|she|they|due|amid|since|under|near|while|where)\b|,?\s{1,20}(?:1[0-9]|20)\d\d\b|"
    r"\s{1,20}[A-Z])"
)
"""What may follow the second day of "May 3 to 7", which is not to be "May 3 to 7 percent"."""
_WEEKDAY = (
    r"(?:(?:(?i:this{_}coming|this{_}past|last|next|this){_})?(?P<weekday>{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?),?{_}{THE})?"
)
_YEAR = (
    r"(?:,?{_}(?:of{_})?(?P<year>{YEAR})\b(?!%)|{_}(?:of{_})?(?P<yearrel>last|this|next|that|the{_}same|the{_}following|the{_}previous){_}year\b)?"
)
_TH = r"(?:st|nd|rd|th)?"
_SPAN = r"\s{0,3}(?:-|–|—|\bto\b|\bthrough\b|\band\b|\bor\b|\buntil\b|\btill\b)\s{0,3}"


def month_of(name: str) -> int:
    """The number of a month's name or abbreviation."""
    number: int = table("months")[name.rstrip(".").lower()]
    return number


def word_before(match: re.Match[str]) -> str:
    """The word just before a match, in lower case; empty where a mark stands between."""
    found = re.search(r"([\w'’]{1,20})[\s(\"“‘']{1,6}\Z", match.string[max(0, match.start() - 30) : match.start()])
    return found[1].lower() if found else ""


def _expected(match: re.Match[str], story: Story) -> bool | None:
    """The tense around, where "by" and "until" look ahead."""
    told = story.tense(match)
    before = word_before(match)
    return True if before in ("until", "till", "through") or (before == "by" and told is None) else told


def year_of(match: re.Match[str], story: Story, month: int, day: int | None) -> int | None:
    """The year a match names, or the one that a month (and day) without a year is in."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("yearrel"):
        return _related_year(groups["yearrel"], story)
    return cal.nearest_year(story.day, month, day, _expected(match, story)) if story.day else None


def _related_year(words: str, story: Story) -> int | None:
    words, last = " ".join(words.lower().split()), story.reference()
    if words in ("last", "this", "next"):
        return story.day.year + {"last": -1, "this": 0, "next": 1}[words] if story.day else None
    base = int((last.start or "")[:4]) if last else story.day.year if story.day else None
    return None if base is None else base + {"the following": 1, "the previous": -1}.get(words, 0)


def on(year: int | None, month: int, day: int) -> Value | None:
    """A day, of an unknown year where ``year`` is None."""
    if year is None:
        return cal.yearless_day(month, day) if cal.valid_day(2000, month, day) else None
    found = cal.valid_day(year, month, day)
    return cal.of_day(found) if found else None


def _days(match: re.Match[str], story: Story) -> Reading:
    """A day with its month, or two days of one month ("May 3-7", "3 and 4 July")."""
    month = month_of(match["month"])
    day = int(match["day"]) if match["day"].isdigit() else int(table("ordinals")[match["day"].lower()])
    year = year_of(match, story, month, day)
    if not match["day2"]:
        return on(year, month, day)
    first, second = (match.span("day2"), match.span("day")) if match.start("day2") < match.start("day") else (match.span("day"), match.span("day2"))
    values = [on(year, month, n) for n in sorted((day, int(match["day2"])))]
    if values[0] is None or values[1] is None or int(match.string[slice(*first)]) >= int(match.string[slice(*second)]):
        return on(year, month, day)
    return ((match.start(), first[1], values[0]), (second[0], match.end(), values[1]))


def _iso(match: re.Match[str], _story: Story) -> Value | None:
    day = cal.valid_day(int(match["year"]), int(match["mon"]), int(match["day"]))
    if day is None:
        return None
    if not match["clock"]:
        return cal.of_day(day)
    zulu = "Z" if (match.groupdict().get("zone") or "") in ("Z", "+00:00", "+0000") else ""
    return _timed(day, int(match["clock"]), int(match["minute"]), zulu)


def _timed(day: date, hour: int, minute: int, zone: str) -> Value | None:
    iso = day.isoformat()
    return Value("TIME", f"{iso}T{hour:02}:{minute:02}{zone}", iso, iso, "D") if hour < 24 and minute < 60 else None


def _iso_week(match: re.Match[str], _story: Story) -> Value | None:
    try:
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), int(match["day"] or 1))
    except ValueError:
        return None
    return cal.of_day(day) if match["day"] else cal.of_week(day)


def _signal(match: re.Match[str], _story: Story) -> Value | None:
    """A military date-time group: 041530Z JUL 24."""
    day = cal.valid_day(_full_year(match["year"]), month_of(match["month"]), int(match["day"]))
    return _timed(day, int(match["clock"]), int(match["minute"]), "Z" if match["zone"] == "Z" else "") if day else None


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year > 50 else 2000)


def _numeric(match: re.Match[str], story: Story) -> Value | None:
    """3/7/2024: the text decides whether the day comes first; where it does not, only the year is known."""
    first, second, year = int(match["a"]), int(match["b"]), _full_year(match["year"])
    day_first, month_first = cal.valid_day(year, second, first), cal.valid_day(year, first, second)
    if match["sep"] == ".":
        return cal.of_day(day_first) if day_first else None
    if day_first is None or month_first is None or day_first == month_first:
        known = day_first or month_first
        return cal.of_day(known) if known else None
    if story.day_first is None:
        return Value("DATE", f"{year:04}-XX-XX", f"{year:04}-01-01", f"{year:04}-12-31", "Y")
    return cal.of_day(day_first if story.day_first else month_first)


_SURNAME = re.compile(r"\s[A-Z][a-z]+\b(?! (?:Day|Fool))")


def _month(match: re.Match[str], story: Story) -> Value | None:
    told = match["year"] or match["yearrel"] or match["mod"] or match["rel"]
    if (
        match["month"].rstrip(".").lower() in ("may", "march", "mar")
        and not told
        and word_before(match) not in table("before")["month"]
        and match["span"] is None
    ):
        return None  # the verb, the noun, the name
    if not told and _SURNAME.match(match.string, match.end()) and word_before(match) not in ("the", *table("before")["month"]):
        return None  # April Smith
    month, rel = month_of(match["month"]), " ".join((match["rel"] or "").lower().split())
    if story.day is None and not match["year"]:
        return cal.yearless_month(month)
    now = story.day or date(int(match["year"]), 1, 1)
    if rel == "next" or (rel in ("this", "this coming") and story.tense(match) is not False and month >= now.month):
        return cal.of_month(now.year + (month <= now.month and rel == "next"), month)
    if rel == "this":
        return cal.of_month(now.year, month)
    if rel in ("last", "this past", "past"):
        return cal.of_month(now.year - (month >= now.month), month)
    year = year_of(match, story, month, None)
    return cal.yearless_month(month) if year is None else cal.of_month(year, month)


def _day_of_month(match: re.Match[str], story: Story) -> Value | None:
    """Read "the 4th": the last such day, or the next in a future tense; without a date, the one day that fits the window known."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    if story.day is None:
        fits = _in_window(story, day)
        return cal.yearless_day(fits.month, fits.day) if fits else Value("DATE", f"XXXX-XX-{day:02}", f"---{day:02}", f"---{day:02}")
    ahead = story.tense(match) is True or word_before(match) in ("by", "until", "till")
    for step in (0, 1, 2) if ahead else (0, -1, -2):
        base = cal.shift_months(story.day.replace(day=1), step)
        found = cal.valid_day(base.year, base.month, day)
        if found and (found >= story.day if ahead else found <= story.day):
            return cal.of_day(found)
    return None


def _in_window(story: Story, day: int) -> date | None:
    if story.window is None:
        return None
    first, last = story.window
    days = [first + timedelta(days=n) for n in range(min((last - first).days, 62) + 1)]
    fits = [d for d in days if d.day == day]
    return fits[0] if len(fits) == 1 else None


def _nth_weekday(match: re.Match[str], story: Story) -> Value | None:
    """Read "the first Monday of March": a day of the month's nearest year."""
    month = month_of(match["month"])
    year = year_of(match, story, month, 8)
    if year is None:
        return cal.yearless_month(month)
    count = -1 if match["nth"].lower() == "last" else int(table("ordinals")[match["nth"].lower()])
    found = cal.nth_weekday(year, month, table("weekdays")[match["weekday"].lower()], count)
    return cal.of_day(found) if found else None


RULES = (
    Rule(
        r"(?<![\w.-])(?P<year>\d{4})-(?P<mon>\d\d)-(?P<day>\d\d)"
        r"(?:[T ](?P<clock>\d\d):(?P<minute>\d\d)(?::\d\d(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
        ("#4",), _iso,
    ),
    Rule(r"\b(?P<year>\d{4})(?P<mon>\d\d)(?P<day>\d\d)T(?P<clock>\d\d)(?P<minute>\d\d)(?:\d\d)?(?P<zone>Z)?\b", ("#8",), _iso),
    Rule(r"(?<![\w.-])(?P<year>\d{4})/(?P<mon>\d\d)/(?P<day>\d\d)(?P<clock>)(?P<minute>)(?![\w/-])", ("#4",), _iso),
    Rule(r"\b(?P<year>\d{4})-W(?P<week>\d\d)(?:-(?P<day>[1-7]))?\b", ("#4",), _iso_week, exact=True),
    Rule(
        r"\b(?P<day>\d\d)(?P<clock>\d\d)(?P<minute>\d\d)(?P<zone>[A-Z])\s?(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
        r"\s?(?P<year>\d{4}|\d\d)\b",
        ("#6",), _signal, exact=True,
    ),
    Rule(
        r"(?<![\w/.,$£€-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|(?<=/)\d\d)(?![\w/%-]|\.\d)",
        ("#1", "#2"), _numeric,
    ),
    Rule(
        _WEEKDAY + r"\b(?P<month>{MONTH})(?:{_}|(?<=\.)){THE}\b(?P<day>\d{1,2})" + _TH + r"(?!\d|[:.]\d|,\d{3}|\s?%|{_}?[ap]\.?m\b)"
        r"(?:" + _SPAN + r"(?P<day2>\d{1,2})" + _TH + r"(?![\d:%]|\.\d|,\d{3}|{_}{MONTH})" + _END + ")?" + _YEAR,
        ("@months",), _days, exact=True,
    ),
    Rule(
        _WEEKDAY + r"(?:\b[Tt]he{_})?(?<![\d.,$£€/:-])\b(?:(?P<day2>\d{1,2})" + _TH + _SPAN + r")?\b(?P<day>\d{1,2})" + _TH + r"{_}(?:of{_})?"
        r"(?P<month>{MONTH})(?!{_}\d{1,2}\b(?!\d|:|{_}?[ap]\.?m))" + _YEAR,
        ("@months",), _days, exact=True,
    ),
    Rule(r"(?<![\w.-])(?P<day>\d{1,2})-(?P<month>{MONTH})-(?P<year>\d{4})\b(?P<day2>)", ("@months",), _days, exact=True),
    Rule(_WEEKDAY + r"\b(?P<month>{MONTH}){_}{THE}(?P<day2>)(?P<day>{ORDINALDAY})\b" + _YEAR, ("@months",), _days, exact=True),
    Rule(_WEEKDAY + r"(?:\b[Tt]he{_})\b(?P<day2>)(?P<day>{ORDINALDAY}){_}of{_}(?P<month>{MONTH})" + _YEAR, ("@months",), _days, exact=True),
    Rule(
        r"\b(?:(?P<mod>(?i:{EARLY}))(?:{_}in)?[ -]{_}?)?(?:(?P<rel>(?i:last|next|this{_}past|this{_}coming|this|past)){_})?(?P<month>{MONTH})"
        r"(?!\.?{_}\d{1,2}\b(?![,.]?\d))(?P<span>(?=\s?[-–/]\s?{MONTH}))?" + _YEAR,
        ("@months",), _month, exact=True,
    ),
    Rule(r"(?<=\b[oO]n\s)the{_}(?P<day>\d{1,2})(?:st|nd|rd|th)\b" + _END, ("st", "nd", "rd", "th"), _day_of_month, exact=True),
    Rule(
        r"{<by|of|from|till|since|until|to}the{_}(?P<day>\d{1,2})(?:st|nd|rd|th)\b"
        r"(?=\s{0,3}[,.;:)]|\s{0,3}$|{_}(?:to|until|till)\b)",
        ("st", "nd", "rd", "th"), _day_of_month,
    ),
    Rule(
        r"\b{THE}(?P<nth>first|second|third|fourth|fifth|last){_}(?P<weekday>{WEEKDAY}){_}(?:of|in){_}(?P<month>{MONTH})" + _YEAR,
        ("@months",), _nth_weekday,
    ),
)  # fmt: skip
