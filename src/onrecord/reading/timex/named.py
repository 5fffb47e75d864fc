"""Days and seasons with names: Christmas Eve, Thanksgiving, Easter Monday, the Lunar New Year, last summer.

Only days whose date is the same in the calendar of the country that keeps them; feasts set by sighting the moon (Ramadan, Eid) are left alone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from onrecord.reading.timex import calendar as cal
from onrecord.reading.timex.absolute import word_before
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.shapes import Rule, table
from onrecord.reading.timex.story import Story


def holiday(rule: Any, year: int) -> date | None:
    """The day of a holiday in ``year``. ``rule``: a day "12-25"; days from Easter; ``[month, weekday, count]``; or the name of a table of years."""
    if isinstance(rule, int):
        return cal.easter(year) + timedelta(days=rule) if 1583 <= year <= 4000 else None
    if isinstance(rule, list):
        return cal.nth_weekday(year, *rule)
    if rule in table("movable"):
        rule = table("movable")[rule].get(str(year))
    return cal.valid_day(year, *map(int, rule.split("-"))) if rule else None


def _holiday(match: re.Match[str], story: Story) -> Value | None:
    rule = table("holidays")[" ".join(match["name"].replace("’", "'").split())]
    if match["year"]:
        found = holiday(rule, int(match["year"]))
        return cal.of_day(found) if found else None
    if story.day is None:
        return cal.yearless_day(*map(int, rule.split("-"))) if isinstance(rule, str) and rule[0].isdigit() else None
    rel, now = (match["rel"] or "").lower(), story.day
    days = [day for year in (now.year - 1, now.year, now.year + 1) if (day := holiday(rule, year))]
    before, ahead = [d for d in days if d <= now], [d for d in days if d >= now]
    if rel in ("last", "next"):
        days = [d for d in (before if rel == "last" else ahead) if d != now] or days
        return cal.of_day(max(days) if rel == "last" else min(days)) if days else None
    future = story.tense(match) is True or word_before(match) in ("by", "until", "till")
    against = 4 if future or story.tense(match) is False else 2.5

    def cost(day: date) -> float:
        return abs((day - now).days) * (against if (day > now) != future and day != now else 1)

    return cal.of_day(min(days, key=cost)) if days else None


_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _season(match: re.Match[str], story: Story) -> Value | None:
    letters, rel = str(table("seasons")[match["season"].lower()]), " ".join((match["rel"] or "").lower().split())
    if match["year"]:
        year = int(match["year"])
        return cal.of_season(year, letters)
    if story.day is None:
        return None
    begins, year = _MONTHS[letters], story.day.year
    if rel in ("last", "this past", "past") and story.day.month < begins + 3:
        year -= 1
    elif rel in ("next", "this coming", "coming") and story.day.month >= begins:
        year += 1
    elif rel in ("the", "") and (story.tense(match) is False) and story.day.month < begins:
        year -= 1
    return cal.of_season(year, letters)


RULES = (
    Rule(
        r"\b(?:(?P<rel>(?i:last|next|this)){_})?(?P<name>{HOLIDAY})\b(?!{_}(?:Island|Rising|Agreement|Eve|Monday|Day|tree|card|carol|Accords))"
        r"(?:,?{_}(?:of{_}|in{_})?(?P<year>{YEAR})\b)?", ("@holidays",), _holiday, exact=True,
    ),
    Rule(
        r"\b(?:(?:early|late|mid)[ -]{_}?)?(?P<rel>last|next|this{_}past|this{_}coming|this|past|coming|the){_}(?P<season>{SEASON})\b"
        r"(?!{_}(?:of{_}(?!{YEAR})|house|break|camp|camps|school|olympics|games|palace|apart|in{_}(?!{YEAR})))"
        r"(?:{_}of{_}(?P<year>{YEAR})\b)?", ("@seasons",), _season,
    ),
    Rule(
        r"{<in|by|since|until|of|from}(?P<rel>)(?:(?:early|late|mid)[ -]{_}?)?(?P<season>{SEASON})\b"
        r"(?:(?:{_}of)?{_}(?P<year>{YEAR})\b)?{END}", ("@seasons",), _season,
    ),
)  # fmt: skip
