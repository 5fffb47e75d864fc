"""The shapes of English time expressions as compiled patterns, built from the language pack's calendar words.

Patterns only say where an expression may stand; what it means, and whether it is one at all, is decided in ``tagger``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from onrecord.languages import language

_TEMPLATES: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<year>\d{4})-(?P<mon>\d\d)-(?P<day>\d\d)\b"),
    ("numeric", r"\b(?P<mon>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d\d)\b"),
    ("date", r"(?:{WEEKDAY},?\s+)?\b(?P<month>{MONTH})\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|[:.]\d|,\d{3})(?:,?\s+(?P<year>{YEAR})\b)?"),
    ("date", r"(?:{WEEKDAY},?\s+)?(?:\bthe\s+)?\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b(?:,?\s+"
              r"(?P<year>{YEAR})\b)?"),
    ("month", r"\b(?:(?P<mod>{BEFORE})[ -](?:in\s+)?)?(?:(?P<rel>last|next|this|this past|this coming)\s+)?(?P<month>{MONTH})\b"
              r"(?!\.?\s+\d{1,2}\b)(?:,?\s+(?:of\s+)?(?P<year>{YEAR})\b|\s+(?:of\s+)?(?P<yearrel>last|this|next)\s+year\b)?"),
    ("dayofmonth", r"(?<=\bon\s)(?:the\s+)(?P<day>\d{1,2})(?:st|nd|rd|th)\b"),
    ("dayofmonth", r"(?<=\b(?:by|of)\s)(?:the\s+)(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?=\s*[,.;:)]|\s*$)"),
    ("dayofmonth", r"(?<=\b(?:from|till|since)\s)(?:the\s+)(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?=\s*[,.;:)]|\s*$|\s+to\b)"),
    ("fiscal", r"\b(?:the\s+)?fiscal(?:\s+year)?\s+(?P<year>{YEAR})\b"),
    ("decade", r"\b(?:the\s+)?(?:(?P<mod>early|mid|late|middle)[ -])?(?P<decade>(?:1[5-9]|20)?\d0)['’]?s\b"),
    ("century", r"\b(?:the\s+)?(?:(?:early|mid|late)[ -])?(?P<count>\d{1,2})(?:st|nd|rd|th)[ -]century\b"),
    ("quarter", r"\b(?:the\s+)?(?:fiscal\s+)?(?P<ordinal>first|second|third|fourth)[ -]quarter\b(?:\s+(?:of\s+)?(?P<year>{YEAR})\b)?"),
    ("year", r"\b(?:(?P<mod>{BEFORE})[ -](?:in\s+)?)?(?P<year>{YEAR})\b(?![-–/.,]\d|%)"),
    ("weekday", r"\b(?:(?P<set>every|each)\s+)?(?:(?P<mod>early|late|earlier|later)\s+)?(?:(?P<rel>last|next|this|this past|"
              r"this coming|the previous)\s+)?"
                r"(?P<weekday>{WEEKDAY})\b(?P<plural>s)?(?:\s+(?P<part>{PART})\b)?"),
    ("day", r"\b(?:(?P<mod>early|late|earlier|later)\s+)?(?P<word>today|yesterday|tomorrow|tonight)\b(?:\s+(?P<part>{PART})\b)?"),
    ("dayaround", r"\bthe\s+day\s+(?P<rel>before|after)\s+(?P<word>yesterday|tomorrow)\b"),
    ("part", r"\b(?:(?P<mod>early|late|earlier|later)\s+)?(?P<rel>this|last)\s+(?P<part>{PART})\b"),
    ("relative", r"\b(?:(?P<mod>{BEFORE})\s+)?(?P<rel>last|next|this|this past|past|this coming|coming|current|the current|the next|"
              r"the following|following|the previous|previous)\s+"
                 r"(?P<unit>week|month|quarter|year|decade|century|weekend)\b(?!-)"),
    ("ago", r"\b(?:(?:{ABOUT})\s+)*(?P<count>{NUMBER})[ -](?P<unit>{UNIT})s?(?P<half>\s+and\s+a\s+half)?\s+(?P<rel>ago|earlier|"
              r"later|before(?=\s*[,.;])|from\s+now)\b"),
    ("agovague", r"\b(?:a\s+few|several|some|many)\s+(?P<unit>{UNIT})s\s+(?:ago|earlier)\b"),
    ("span", r"\b(?:the\s+)?(?P<rel>past|last|next|coming|previous|first|following)\s+(?:(?P<count>{NUMBER})|(?P<few>few|several|"
              r"couple\s+of))\s+(?P<unit>{UNIT})s?\b"),
    ("recent", r"\b(?:(?:the|in)\s+)?(?P<rel>recent|coming)\s+(?P<unit>day|week|month|year|decade|quarter)s\b"),
    ("set", r"\b(?:every|each)\s+(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT})s?\b"),
    ("setword", r"\b(?P<word>daily|weekly|monthly|quarterly|annually|yearly|hourly)\b"),
    ("length", r"\b(?:(?:{ABOUT})\s+)*(?P<count>{NUMBER})(?:\s+and\s+a\s+half)?[ -](?:more\s+)?(?P<unit>{UNIT})(?:s['’]?|(?=-old|"
              r"-long)|\b)(?P<half>\s+and\s+a\s+half)?\b"),
    ("lengthvague", r"\b(?:a\s+few|several|many|some|a\s+couple\s+of|dozens\s+of|hundreds\s+of)\s+(?P<unit>{UNIT})s\b"),
    ("season", r"\b(?:(?P<mod>early|late|mid)[ -])?(?P<rel>last|next|this|this past|this coming|the)\s+(?P<season>{SEASON})\b(?:\s+"
              r"of\s+(?P<year>{YEAR})\b)?"),
    ("clock", r"\b(?:(?P<clock>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>a\.?m\.?|p\.?m\.?)|(?P<word>noon|midnight))(?:\s+"
              r"(?:[A-Z]{3}\s+)?(?:on\s+)?(?P<weekday>{WEEKDAY})\b)?"),
    ("clock24", r"\b(?P<clock>[012]\d)(?P<minute>[0-5]\d)\s+GMT\b"),
    ("vague", r"\b(?P<word>{VAGUE})\b(?!-)"),
)  # fmt: skip


_DIGITS = frozenset({"date", "iso", "numeric", "dayofmonth", "fiscal", "decade", "century", "year", "clock24"})
"""Rules that cannot match without a digit."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One shape: the name of the rule that reads it, where it may stand, and lower-case words of which it needs one (none: a digit)."""

    rule: str
    regex: re.Pattern[str]
    words: frozenset[str]


_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")


def likely(text: str) -> list[Pattern]:
    """The patterns that may match in ``text``: most paragraphs hold the words of a few, and looking for words is cheaper than matching."""
    words, digit = frozenset(_WORD.findall(text.lower())), _DIGIT.search(text) is not None
    return [p for p in patterns() if (digit if p.rule in _DIGITS else not words.isdisjoint(p.words) or (digit and p.rule == "clock"))]


def _any(words: Any) -> str:
    """An alternation, longest word first so that no word hides a longer one."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """All shapes, compiled once. Months and weekdays keep their capitals; everything else ignores case."""
    words = language("en").table("calendar")
    months = [m.capitalize() for m in words["months"]]
    numbers = [n for n in words["numbers"] if n not in ("a", "an")]
    tens = _any(n for n in numbers if n.endswith("ty"))
    parts = {
        "MONTH": "(?:" + _any(months) + "|" + _any(m.upper() for m in months) + r")(?:\.(?=\s|,|\d)|\b)",
        "YEAR": r"(?:1[5-9]|20)\d\d",
        "WEEKDAY": "(?:" + _any(d.capitalize() for d in words["weekdays"]) + ")",
        "NUMBER": rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{tens})[ -](?:{_any(numbers)})|{_any(numbers)}|an?)",
        "UNIT": f"(?:{_any(u for u in words['units'])})",
        "PART": f"(?:{_any(words['day_parts'])})",
        "SEASON": f"(?:{_any(words['seasons'])})",
        "BEFORE": _any(words["modifiers"]["before"]),
        "ABOUT": _any(words["modifiers"]["about"]),
        "VAGUE": _any(w for group in words["vague"].values() for w in group),
    }
    keep_case = {"date", "month", "weekday", "clock", "clock24", "iso", "numeric"}
    out = []
    for rule, template in _TEMPLATES:
        for name, value in parts.items():
            template = template.replace("{" + name + "}", value)  # noqa: PLW2901 -- filling in, step by step
        # variable-width look-behinds are not allowed: they are written as alternatives of fixed width
        regex = re.compile(_fixed_lookbehind(template), re.NOFLAG if rule in keep_case else re.IGNORECASE)
        out.append(Pattern(rule, regex, _needed(rule, words)))
    return tuple(out)


def _needed(rule: str, words: Any) -> frozenset[str]:
    """The words of which one must stand in the text for ``rule`` to match."""
    units = {form for u in words["units"] for form in (u, u + "s")} | {"weekend"}
    back = {"ago", "earlier", "later", "before", "from"}
    vague = {word.split()[-1] for group in words["vague"].values() for word in group}
    table = {
        "month": words["months"], "weekday": {form for d in words["weekdays"] for form in (d, d + "s")}, "day": words["days"], "dayaround": {"day"},
        "part": words["day_parts"], "relative": units, "ago": back, "agovague": back, "span": units, "recent": units, "set": {"every", "each"},
        "setword": {"daily", "weekly", "monthly", "quarterly", "annually", "yearly", "hourly"}, "length": units, "lengthvague": units,
        "season": words["seasons"], "quarter": {"quarter"}, "clock": {"noon", "midnight"}, "vague": vague,
    }  # fmt: skip
    return frozenset(table.get(rule, ()))


def _fixed_lookbehind(template: str) -> str:
    r"""Rewrite ``(?<=\b(?:a|bcd)\s)`` as an alternation of fixed-width look-behinds."""
    return re.sub(
        r"\(\?<=\\b\(\?:([a-z|]+)\)\\s\)",
        lambda m: "(?:" + "|".join(rf"(?<=\b{w}\s)" for w in m.group(1).split("|")) + ")",
        template,
    )
