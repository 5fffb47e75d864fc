"""Time expressions of a text with TIMEX3 type and value.

Rules only, no learning: a shape and a reader that gives its value on the document's day. Expressions are read in order, so that "a year later" leans
on the date before it; of two that begin together the longer wins. Neighbours that are one time are joined ("10 p.m." + "Wednesday").
What a text leaves open stays open: a year that is not known is ``XXXX``, a vague time ``PAST_REF``.
Does not read: times counted from an event ("two days after the vote") beyond their length, feasts of the lunar calendar other than the New Year.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.reading.timex import absolute, clocks, lengths, named, relative, years
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.shapes import Compiled, alternatives, compiled, places, table
from onrecord.reading.timex.story import Story


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at ``[start, end)`` of the text that was tagged. ``mod``: its TIMEX3 modifier, where it has one."""

    start: int
    end: int
    value: Value
    mod: str | None = None


@functools.cache
def _rules() -> tuple[tuple[Compiled, ...], dict[str, tuple[int, ...]]]:
    """Every rule. Where two matches are the same stretch, the earlier rule is asked first."""
    return compiled((*absolute.RULES, *named.RULES, *clocks.RULES, *years.RULES, *relative.RULES, *lengths.RULES))


_FOLDED = {0x130: "I", 0x131: "i", 0x17F: "s", 0x212A: "K"}
"""The four letters that a pattern without regard to capitals takes for i, s and k, though they are no form of the words in the tables."""


def tag(text: str, story: Story) -> list[Found]:
    """The time expressions of one paragraph in order, without overlaps; ``story`` is carried from paragraph to paragraph."""
    found: list[Found] = []
    text = text if text.isascii() else text.translate(_FOLDED)
    for start, end, value in _readings(text, story):
        item = Found(start, end, value)
        joined = _joined(found[-1], item, text) if found else None
        if joined is not None:
            found[-1] = item = joined
        else:
            found.append(item)
            if value.type == "DATE" and value.unit == "D":
                _date_back(found, text)
        story.heard(found[-1].value)
    return [replace(f, mod=modifier(text[f.start : f.end])) for f in found]


@functools.cache
def _modifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {word: name for name, words in table("timex_mods").items() for word in words}
    return re.compile(rf"(?:the\s{{1,20}})?({alternatives(names)})\b", re.IGNORECASE), names


def modifier(words: str) -> str | None:
    """The TIMEX3 modifier that an expression opens with: START for "early July", APPROX for "about two years"."""
    pattern, names = _modifiers()
    match = pattern.match(words)
    return names[" ".join(match[1].lower().split())] if match else None


_ASIDE = re.compile(r"[\s,()]{1,4}(?:on\s{1,3})?\Z")


def _date_back(found: list[Found], text: str) -> None:
    """Give the day that ends a run of clock times to each of them: "10 p.m. local time (1400 GMT) Monday"."""
    day = found[-1].value
    for i in range(len(found) - 2, -1, -1):
        item = found[i]
        if item.value.type != "TIME" or day.start is None or not _ASIDE.match(text[item.end : found[i + 1].start]):
            return
        found[i] = Found(item.start, item.end, Value("TIME", f"{day.start}T{item.value.value.partition('T')[2]}", day.start, day.end, "D"))


def _readings(text: str, story: Story) -> Iterator[tuple[int, int, Value]]:
    """The leftmost longest matches that mean a time, with what they mean."""
    rules, index = _rules()
    candidates = [
        (match.start(), -match.end(), number, match)
        for number, first, last in places(text, index)
        for match in rules[number].regex.finditer(text, first, last)
    ]
    candidates.sort(key=lambda c: c[:3])
    done = 0
    for start, _end, number, match in candidates:
        if start < done:
            continue
        value = rules[number].read(match, story)
        if value is None:
            continue
        done = match.end()
        if isinstance(value, Value):
            yield start, done, value
        else:
            yield from value


_BETWEEN = re.compile(r",?\s{1,3}(?:on\s{1,3}|of\s{1,3}|on\s{1,3}the\s{1,3})?\Z")


def _joined(first: Found, second: Found, text: str) -> Found | None:
    """One expression for a time of day beside its day ("10 p.m. on Wednesday", "Friday 10 p.m."), and for a weekday beside its date."""
    if second.start - first.end > 10 or not _BETWEEN.match(text[first.end : second.start]):
        return None
    a, b = first.value, second.value
    of = text[first.end : second.start].strip()
    if a.type == "TIME" and b.type == "DATE" and b.unit == "D" and b.start is not None:
        return Found(first.start, second.end, Value("TIME", f"{b.start}T{a.value.partition('T')[2]}", b.start, b.end, "D"))
    if a.type == "DATE" and a.unit == "D" and b.type == "TIME" and not of and "T" in b.value:
        return Found(first.start, second.end, Value("TIME", f"{a.start}T{b.value.partition('T')[2]}", a.start, a.end, "D"))
    if a.type == b.type == "DATE" and a.unit == b.unit == "D" and a.start == b.start and of in ("", ","):
        return Found(first.start, second.end, b)
    return None
