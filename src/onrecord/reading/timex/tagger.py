"""Time expressions of a text with TIMEX3 type and value.

Rules only, no learning: a shape (patterns) and a reader that gives its value on the document's day. Past is preferred unless the tense
around the expression says future. What a text leaves open stays open: a year that is not known is ``XXXX``, a vague time ``PAST_REF``.
Does not read: holidays, eras, "the eve of", event-anchored times ("two days after the vote") beyond their length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.languages import language
from onrecord.reading.timex import calendar as cal
from onrecord.reading.timex.calendar import Moment, Value
from onrecord.reading.timex.patterns import likely
from onrecord.reading.timex.tense import future

Tense = Callable[[int, int], bool | None]
"""Is the stretch ``[start, end)`` told in the future? None where nothing says so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at ``[start, end)`` of the text that was tagged."""

    start: int
    end: int
    value: Value


def tag(text: str, now: Moment, tense: Tense | None = None) -> list[Found]:
    """The time expressions of ``text`` in order, without overlaps (the longest wins). ``tense``: where left out, the words around tell."""
    tense = tense or (lambda start, end: future(text, start, end))
    found: list[Found] = []
    for pattern in likely(text):
        read = _RULES[pattern.rule]
        for match in pattern.regex.finditer(text):
            value = read(match, now, tense)
            if value is not None:
                found.append(Found(match.start(), match.end(), value))
    found.sort(key=lambda f: (f.start - f.end, f.start))
    kept: list[Found] = []
    for item in found:
        if all(item.end <= k.start or k.end <= item.start for k in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.start)


def _words(table: str) -> Mapping[str, int]:
    words: Mapping[str, int] = language("en").table("calendar")[table]
    return words


def number(words: str) -> float:
    """The number a phrase spells ("twenty-four", "3.5", "an")."""
    if words[0].isdigit():
        return float(words.replace(",", ""))
    return float(sum(_words("numbers")[w] for w in re.split(r"[ -]+", words.lower())))


def unit(name: str) -> str:
    """The TIMEX3 unit letter; units below a day carry a T."""
    name = name.lower()
    letter: str = language("en").table("calendar")["units"][name]
    return "T" + letter if name in ("second", "minute", "hour") else letter


def _previous_word(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 24) : match.start()].split()
    return before[-1].lower() if before else ""


def _month(match: re.Match[str]) -> int:
    return _words("months")[match["month"].rstrip(".").lower()]


def _year_of(now: Moment, month: int, day: int | None, future: bool | None) -> int | None:
    return cal.nearest_year(now.day, month, day, future) if now.day else None


def _date(match: re.Match[str], now: Moment, tense: Tense) -> Value | None:
    month, day = _month(match), int(match["day"])
    year = int(match["year"]) if match["year"] else _year_of(now, month, day, tense(*match.span()))
    if year is None:
        return cal.yearless_day(month, day) if cal.valid_day(2000, month, day) else None
    found = cal.valid_day(year, month, day)
    return cal.of_day(found) if found else None


def _iso(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 1900 if year > 50 else 2000
    found = cal.valid_day(year, int(match["mon"]), int(match["day"]))
    return cal.of_day(found) if found else None


_BARE_MONTH = {
    "in",
    "since",
    "until",
    "till",
    "by",
    "from",
    "of",
    "last",
    "next",
    "this",
    "to",
    "between",
    "and",
    "through",
    "during",
    "for",
    "before",
    "after",
    "early",
    "late",
    "mid",
}


def _month_alone(match: re.Match[str], now: Moment, tense: Tense) -> Value | None:
    told = match["year"] or match["yearrel"] or match["mod"] or match["rel"]
    if match["month"].rstrip(".").lower() in ("may", "march", "mar") and not told and _previous_word(match) not in _BARE_MONTH:
        return None  # the verb, the noun, the name
    month = _month(match)
    if match["year"]:
        return cal.of_month(int(match["year"]), month)
    if now.day is None:
        return cal.yearless_month(month)
    if match["yearrel"]:
        return cal.of_month(now.day.year + {"last": -1, "this": 0, "next": 1}[match["yearrel"].lower()], month)
    rel = (match["rel"] or "").lower()
    if rel in ("next", "this coming"):
        return cal.of_month(now.day.year + (month <= now.day.month), month)
    if rel in ("last", "this past"):
        return cal.of_month(now.day.year - (month >= now.day.month), month)
    return cal.of_month(_year_of(now, month, None, tense(*match.span())) or now.day.year, month)


def _day_of_month(match: re.Match[str], now: Moment, tense: Tense) -> Value | None:
    """Read "the 4th": the last such day, or the next in a future tense; without a date, the one day that fits the window known."""
    day = int(match["day"])
    if not 1 <= day <= 31 or re.match(
        r"\s+(?:anniversary|day|century|session|meeting|round|congress|time|of)\b", match.string[match.end() :], re.IGNORECASE
    ):
        return None
    if now.day is None:
        fits = _in_window(now, day)
        return cal.yearless_day(fits.month, fits.day) if fits else Value("DATE", f"XXXX-XX-{day:02}", f"---{day:02}", f"---{day:02}")
    future = tense(*match.span())
    months = (0, 1) if future else (0, -1)
    for step in months:
        base = cal.shift_months(now.day.replace(day=1), step)
        found = cal.valid_day(base.year, base.month, day)
        if found and (found >= now.day if future else found <= now.day):
            return cal.of_day(found)
    return None


def _in_window(now: Moment, day: int) -> date | None:
    if now.window is None:
        return None
    first, last = now.window
    days = [first + timedelta(days=n) for n in range(min((last - first).days, 62) + 1)]
    fits = [d for d in days if d.day == day]
    return fits[0] if len(fits) == 1 else None


_YEAR_BEFORE = {
    "in", "since", "by", "until", "till", "from", "of", "the", "a", "an", "to", "during", "for", "between", "and", "before", "after", "its",
    "his", "her", "their", "fiscal", "year", "through", "than", "that", "as", "early", "late", "mid", "back", "around", "about", "under",
}  # fmt: skip


def _year(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    """A four-digit number is a year where a preposition or determiner leads to it or punctuation ends it, and no counted noun follows."""
    before, after = _previous_word(match), match.string[match.end() : match.end() + 12]
    if match.string[max(0, match.start() - 1) : match.start()] in ("$", "£", "€", "#", "."):
        return None
    counted = re.match(
        r"\s+(?:people|troops|soldiers|men|women|children|dollars|tons|tonnes|miles|km|kilomet|pounds|euros|times|points|of\s+(?:the|them))", after
    )
    known = before in _YEAR_BEFORE or bool(match["mod"]) or before.endswith(("'s", "’s")) or re.match(r"\s*[,.;:)\]]|\s*$|[-–]", after)
    return cal.of_year(int(match["year"])) if known and not counted else None


def _fiscal(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    return cal.of_year(int(match["year"]))


def _decade(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    number_ = match["decade"]
    if len(number_) == 2:
        if _previous_word(match) in ("his", "her", "their", "my", "in") and not match.group().lower().startswith("the"):
            return None  # ages
        return cal.of_decade(1900 + int(number_)) if now.day is None or 1900 + int(number_) <= now.day.year else None
    return cal.of_decade(int(number_))


def _century(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    return cal.at(date((int(match["count"]) - 1) * 100 + 1, 1, 1), "C") if 2 <= int(match["count"]) <= 30 else None


def _quarter(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    quarter = _words("ordinals")[match["ordinal"].lower()]
    if match["year"]:
        return cal.of_quarter(int(match["year"]), quarter)
    if now.day is None:
        return Value("DATE", f"XXXX-Q{quarter}")
    return cal.of_quarter(now.day.year - (now.day.month < 3 * quarter - 2), quarter)


def _weekday(match: re.Match[str], now: Moment, tense: Tense) -> Value | None:
    numbered = _words("weekdays")[match["weekday"].lower()]
    part = "T" + str(_words("day_parts")[match["part"].lower()]) if match["part"] else ""
    if match["set"] or match["plural"]:
        return Value("SET", f"XXXX-WXX-{numbered}{part}")
    if now.day is None:
        return Value("TIME" if part else "DATE", f"XXXX-WXX-{numbered}{part}")
    rel = (match["rel"] or "").lower()
    day = cal.weekday(now.day, numbered, rel in ("next", "this coming") or (not rel and tense(*match.span()) is True))
    if day == now.day and rel in ("last", "next", "this past", "the previous"):
        day += timedelta(days=7 if rel == "next" else -7)
    found = cal.of_day(day)
    return Value("TIME", found.value + part, found.start, found.end) if part else found


def _day(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    word = match["word"].lower()
    part = "TNI" if word == "tonight" else "T" + str(_words("day_parts")[match["part"].lower()]) if match["part"] else ""
    if now.day is None:
        return Value("TIME" if part else "DATE", "XXXX-XX-XX" + part)
    found = cal.of_day(now.day + timedelta(days=_words("days")[word]))
    return Value("TIME", found.value + part, found.start, found.end) if part else found


def _day_around(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    step = -2 if match["rel"].lower() == "before" else 2
    return cal.of_day(now.day + timedelta(days=step)) if now.day else Value("DATE", "XXXX-XX-XX")


def _part(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    part = "T" + str(_words("day_parts")[match["part"].lower()])
    if now.day is None:
        return Value("TIME", "XXXX-XX-XX" + part)
    day = (now.day - timedelta(days=match["rel"].lower() == "last")).isoformat()
    return Value("TIME", day + part, day, day)


def _relative(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    rel, name = match["rel"].lower().removeprefix("the "), match["unit"].lower()
    step = {"last": -1, "this past": -1, "past": -1, "previous": -1, "next": 1, "this coming": 1, "coming": 1, "following": 1}.get(rel, 0)
    if now.day is None:
        return Value("DATE", {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[step])
    if name == "weekend":
        week = cal.of_week(now.day + timedelta(days=7 * step))
        saturday = date.fromisoformat(week.end or "") - timedelta(days=1)
        return Value("DATE", week.value + "-WE", saturday.isoformat(), week.end)
    moved = cal.shift(now.day, step, unit(name))
    return cal.at(moved, unit(name)) if moved else None


def _ago(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    letter, count = unit(match["unit"]), number(match["count"])
    back = match["rel"].lower() in ("ago", "earlier", "before")
    if now.day is None or letter.startswith("T"):
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF") if not letter.startswith("T") else cal.duration(count, letter)
    moved = cal.shift(now.day, int(-count if back else count), letter)
    return cal.at(moved, letter) if moved else None


def _past(_match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    return Value("DATE", "PAST_REF")


def _span(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    found = cal.duration(None if match["few"] else number(match["count"]), unit(match["unit"]))
    letter, rel = unit(match["unit"]), match["rel"].lower()
    if now.day is None or match["few"] or letter.startswith("T") or rel in ("first", "following"):
        return found
    moved = cal.shift(now.day, int(number(match["count"])) * (1 if rel in ("next", "coming") else -1), letter)
    if moved is None:
        return found
    first, last = sorted((moved, now.day))
    return Value(found.type, found.value, first.isoformat(), last.isoformat())


def _recent(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    if match["rel"].lower() == "coming":
        return Value("DATE", "FUTURE_REF")
    return cal.duration(None, unit(match["unit"]))


def _set(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    return Value("SET", cal.duration(number(match["count"]) if match["count"] else 1, unit(match["unit"])).value)


def _set_word(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    values = {"daily": "XXXX-XX-XX", "weekly": "XXXX-WXX", "monthly": "XXXX-XX", "quarterly": "XXXX-QX", "hourly": "PT1H"}
    return Value("SET", values.get(match["word"].lower(), "XXXX"))


def _length(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    words, name = match["count"].lower(), match["unit"].lower()
    if words in ("a", "an") and name in ("second", "minute", "day") and match.group().lower() != "a day":
        return None  # "a second term", "a minute ago" is read elsewhere
    if name == "second" and not words[0].isdigit():
        return None
    if name == "quarter":
        return None
    count = number(words) + (0.5 if match["half"] or " and a half" in match.group() else 0)
    if match.group().startswith("the "):
        return None
    return cal.duration(count, unit(name))


def _length_vague(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    return cal.duration(2 if "couple" in match.group().lower() else None, unit(match["unit"]))


def _season(match: re.Match[str], now: Moment, _tense: Tense) -> Value | None:
    letter = _words("seasons")[match["season"].lower()]
    rel = match["rel"].lower()
    if match["year"]:
        return Value("DATE", f"{match['year']}-{letter}")
    if rel == "the" or now.day is None:
        return None
    months = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    year = now.day.year
    if rel in ("last", "this past") and now.day.month < months[str(letter)] + 3:
        year -= 1
    if rel in ("next", "this coming") and now.day.month >= months[str(letter)]:
        year += 1
    return Value("DATE", f"{year}-{letter}")


def _clock(match: re.Match[str], now: Moment, tense: Tense) -> Value | None:
    groups = match.groupdict()
    if groups.get("word"):
        hour, minute = (12 if match["word"] == "noon" else 24), 0
    else:
        hour, minute = int(match["clock"]), int(match["minute"] or 0)
        half = (groups.get("half") or "").lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        if half.startswith("a") and hour == 12:
            hour = 0
    if hour > 24 or minute > 59:
        return None
    day = now.day
    if day and groups.get("weekday"):
        day = cal.weekday(day, _words("weekdays")[match["weekday"].lower()], tense(*match.span()) is True)
    iso = day.isoformat() if day else "XXXX-XX-XX"
    known = iso if day else None
    return Value("TIME", f"{iso}T{hour:02}:{minute:02}", known, known)


def _vague(match: re.Match[str], _now: Moment, _tense: Tense) -> Value | None:
    groups = language("en").table("calendar")["vague"]
    words = " ".join(match["word"].lower().split())
    kind = next(k for k, listed in groups.items() if words in listed)
    return Value("DATE", f"{kind.upper()}_REF")


_RULES: Mapping[str, Callable[[re.Match[str], Moment, Tense], Value | None]] = {
    "iso": _iso, "numeric": _iso, "date": _date, "month": _month_alone, "dayofmonth": _day_of_month, "fiscal": _fiscal, "decade": _decade,
    "century": _century, "quarter": _quarter, "year": _year, "weekday": _weekday, "day": _day, "dayaround": _day_around, "part": _part,
    "relative": _relative, "ago": _ago, "agovague": _past, "span": _span, "recent": _recent, "set": _set, "setword": _set_word,
    "length": _length, "lengthvague": _length_vague, "season": _season, "clock": _clock, "clock24": _clock, "vague": _vague,
}  # fmt: skip
