"""How the shapes of English time expressions are written down, and where in a text each is tried.

A rule is a pattern with the words of which every match holds one. A text is cut into words once; a rule is tried only near its words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.languages import language
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.story import Story

Part = tuple[int, int, Value]
"""An expression at ``[start, end)`` of the text."""
Reading = Value | tuple[Part, ...] | None
"""What a match means: one value for the whole of it, several expressions inside it, or no time at all."""

_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+")
_BEHIND = re.compile(r"\{<([a-z|]+)\}")
_BEFORE, _AFTER = 9, 8
"""How many words before and after its word a rule may reach."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape. ``words``: lower-case words, ``@table`` for the words of a calendar table, ``#4`` for a number of four digits.

    ``template``: a regular expression in which ``{NAME}`` stands for a macro, ``{_}`` for white space and ``{<in|by}`` for "just after one of these
    words". ``exact``: capitals matter.
    """

    template: str
    words: tuple[str, ...]
    read: Callable[[re.Match[str], Story], Reading]
    exact: bool = False


def table(name: str) -> Any:
    """A table of the calendar data."""
    return language("en").table("calendar")[name]


def alternatives(words: Iterable[str]) -> str:
    """An alternation, longest first so that no word hides a longer one; a blank matches any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s{1,20}").replace("'", "['’]") for w in sorted(set(words), key=lambda w: (-len(w), w)))


def entries(name: str) -> list[str]:
    """Every word of a table: its keys, or, where it groups words under names, the words."""
    return [
        word for key, value in table(name).items() for word in (value if isinstance(value, list) and value and isinstance(value[0], str) else [key])
    ]


@functools.cache
def macros() -> dict[str, str]:
    """What the names in braces stand for."""
    names, days = [m.capitalize() for m in table("months")], [d.capitalize() for d in table("weekdays")]
    long, short = (
        [m for m in names if len(m) > 4 or m in ("May", "June", "July")],
        [m for m in names if len(m) < 5 and m not in ("May", "June", "July")],
    )
    numbers = [n for n in table("numbers") if n not in ("a", "an")]
    tens, big = [n for n in numbers if n.endswith("ty")], ["hundred", "thousand", "dozen"]
    plain = f"(?:(?:{alternatives(tens)})[ -](?:{alternatives(numbers)})|{alternatives(numbers)})"
    digits = r"\d{1,4}(?:,\d{3}){0,3}(?:\.\d{1,3})?(?:\s\d/\d)?"
    about = alternatives(table("modifiers")["about"])
    return {
        "_": r"(?:\s{1,20})",
        "THE": r"(?:the\s{1,20})?",
        "END": r"(?=\s{0,3}[.,;:)]|\s{0,3}\Z)",
        "DIGIT": "(?:one|two|three|four|five|six|seven|eight|nine)",
        "TENS": f"(?:{alternatives(tens)})",
        "DECADE": f"(?:{alternatives(table('decades'))})",
        "MONTH": f"(?:(?:{alternatives([*long, *(m.upper() for m in long)])})\\b|(?:{alternatives([*short, *(m.upper() for m in short)])})"
        + r"(?:\.(?=\s|,|\d|\Z)|\b))",
        "WEEKDAY": f"(?:{alternatives([*days, *(d.upper() for d in days)])})",
        "YEAR": r"(?:1[0-9]|20)\d\d",
        "ORDINALDAY": f"(?:{alternatives(table('ordinals'))})",
        "NUMBER": rf"(?:{digits}|(?:an?|{plain})[ -](?:{'|'.join(big)})(?:[ -](?:and[ ])?{plain})?|{plain}|{'|'.join(big)}|an?)",
        "UNIT": f"(?:{alternatives(table('units'))})",
        "LONGUNIT": "(?:day|week|fortnight|weekend|month|quarter|year|decade|century)",
        "PART": f"(?:{alternatives(table('day_parts'))})",
        "SEASON": f"(?:{alternatives(table('seasons'))})",
        "EARLY": f"(?:{alternatives(table('modifiers')['before'])})",
        "ABOUT": f"(?:(?:{about})\\s{{1,20}}){{0,2}}",
        "HOLIDAY": f"(?:{alternatives(entries('holidays'))})",
        "SETWORD": f"(?:{alternatives(entries('set_words'))})",
        "VAGUE": f"(?:{alternatives(entries('vague'))})",
        "ZONE": f"(?:{alternatives(entries('zones'))})",
    }


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to match."""

    regex: re.Pattern[str]
    read: Callable[[re.Match[str], Story], Reading]


def compiled(rules: Iterable[Rule]) -> tuple[tuple[Compiled, ...], dict[str, tuple[int, ...]]]:
    """The rules as patterns, and for each word the numbers of those that it starts."""
    out: list[Compiled] = []
    index: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        template = _BEHIND.sub(lambda m: "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in m[1].split("|")) + ")", rule.template)
        for name, text in macros().items():
            template = template.replace("{" + name + "}", text)
        out.append(Compiled(re.compile(template, re.NOFLAG if rule.exact else re.IGNORECASE), rule.read))
        for word in _expanded(rule.words):
            index.setdefault(word, []).append(number)
    return tuple(out), {word: tuple(numbers) for word, numbers in index.items()}


def _expanded(words: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        if word.startswith("@"):
            last = [re.split(r"[\s'.-]+", entry.lower())[-1] for entry in entries(word[1:])]
            found.update(last, (word + "s" for word in last))
        else:
            found.add(word)
    return found


def places(text: str, index: dict[str, tuple[int, ...]]) -> Iterator[tuple[int, int, int]]:
    """Where to try which rule: its number with the start and end of a stretch of text around its words. Stretches of a rule never overlap."""
    bounds: list[tuple[int, int]] = []
    near: dict[int, list[list[int]]] = {}
    for i, match in enumerate(_TOKEN.finditer(text)):
        word = match.group()
        bounds.append(match.span())
        for number in index.get(f"#{len(word)}" if word.isdigit() else word.lower(), ()):
            stretches = near.setdefault(number, [])
            if stretches and i - _BEFORE <= stretches[-1][1]:
                stretches[-1][1] = i + _AFTER
            else:
                stretches.append([max(0, i - _BEFORE), i + _AFTER])
    for number, stretches in near.items():
        for first, last in stretches:
            yield number, bounds[first][0], bounds[last + 1][0] if last + 1 < len(bounds) else len(text)
