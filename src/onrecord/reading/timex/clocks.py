"""Clock times: 10:30 p.m., 5 p.m. EST, 0830 GMT, noon, five o'clock. The day comes from what stands beside them, else from what was named last.

GMT and UTC are written with a Z; other zones, and "local time", leave the value without one: it is the hour where the thing happens.
"""

from __future__ import annotations

import re

from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.numbers import number
from onrecord.reading.timex.shapes import Reading, Rule
from onrecord.reading.timex.story import Story


def timed(story: Story, hour: int, minute: int, zone: str | None) -> Value | None:
    """A clock time on the day the story is at."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    last = story.reference()
    iso = last.start if last is not None and last.unit == "D" else story.day.isoformat() if story.day else None
    zulu = "Z" if zone and zone.upper() in ("GMT", "UTC", "Z") else ""
    return Value("TIME", f"{iso or 'XXXX-XX-XX'}T{hour:02}:{minute:02}{zulu}", iso, iso, "D" if iso else None)


def _half_day(match: re.Match[str], story: Story) -> Value | None:
    """A twelve-hour clock."""
    hour, minute = int(match["clock"]), int(match["minute"] or 0)
    if not 0 < hour <= 12:
        return None
    late = match["half"].lower().startswith("p")
    return timed(story, hour % 12 + 12 * late, minute, match["zone"])


def _full_day(match: re.Match[str], story: Story) -> Value | None:
    hour = int(match["clock"] or match.groupdict().get("plain") or 24)
    return timed(story, hour, int(match["minute"]), match["zone"]) if hour < 24 else None


def _word(match: re.Match[str], story: Story) -> Value | None:
    noon = match["word"].lower() in ("noon", "midday")
    return timed(story, 12 if noon else 24, 0, None)


def _oclock(match: re.Match[str], story: Story) -> Reading:
    hour = int(number(match["clock"]))
    if not 0 < hour <= 12:
        return None
    part = (match["part"] or "").lower()
    return timed(story, hour % 12 + 12 if part in ("afternoon", "evening", "night") else hour, 0, None)


_ZONE = r"(?:[,]?{_}\(?(?P<zone>{ZONE})\b\)?)?"
RULES = (
    Rule(
        r"(?<![\w$£€.,:-])(?:(?:around|about|shortly{_}before|shortly{_}after|just{_}before|just{_}after){_})?(?P<clock>\d{1,2})(?:[:.](?P<minute>\d\d))?\s{0,3}"
        r"(?P<half>a\.?m\b\.?|p\.?m\b\.?)" + _ZONE, ("am", "pm", "m"), _half_day,
    ),
    Rule(r"(?<![\w$£€.,:-])(?P<clock>[012]?\d)[:.h]?(?P<minute>[0-5]\d){_}?(?:hours?{_}|hrs?{_})?\(?(?P<zone>{ZONE})\b", ("@zones",),
         _full_day, exact=True),
    Rule(
        r"(?<![\w$£€.,:/-])(?:{<at|by|from|until|till|around|about|since|before|after|between}(?P<clock>[012]?\d)|(?P<plain>0\d|1[3-9]|2[0-3]))"
        r":(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\w|[:/.]\d|\s?[ap]\.?m)(?P<zone>)", ("#2",), _full_day,
    ),
    Rule(r"\b(?P<clock>[012]\d)(?P<minute>[0-5]\d){_}(?:hours|hrs)\b(?P<zone>)", ("hours", "hrs"), _full_day),
    Rule(r"(?<![\w-])(?P<word>noon|midday|midnight)\b(?!-)", ("noon", "midday", "midnight"), _word),
    Rule(
        r"\b(?P<clock>\d{1,2}|{DIGIT}|ten|eleven|twelve)\s{1,3}o['’]clock\b(?:{_}(?:in{_}the|at){_}(?P<part>morning|"
        r"afternoon|evening|night)\b)?", ("clock",), _oclock,
    ),
)  # fmt: skip
