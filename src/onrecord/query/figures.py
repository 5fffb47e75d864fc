"""Numbers in a report's sentences with what they count: "killing six drivers" is 6 killed. Compares only whether two of them can both be so.

Works on the text alone, with the report's time expressions, so that dates are no numbers and durations are. A number is an interval: "at least ten"
has no upper end, "dozens" are 20 to 150, "about forty" a tenth to either side. Words are in ``languages/en/figures.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from typing import Any

from onrecord.across.same_words import everybody, named, sentences, stem, stems
from onrecord.languages import language
from onrecord.model import Reading

_TOKEN = re.compile(r"[$€£¥]|%|[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_MINUTES = (525_600.0, 43_200.0, 10_080.0, 1_440.0, 60.0, 1.0, 1 / 60)
_SEEN = 8
"""Words to either side of a number that may say what it counts."""
_NOUN, _SHORT = 3, 3
_ABOUT = 0.1
_ROUNDED = 0.02
_LARGE = 1000
_OLDEST = 120
_AFTER_AGE = re.compile(r"[,;.)]|\s+(?:and|was|were|is|who)\b")
_YEARS = range(1500, 2200)
TOLLS = frozenset({"killed", "injured", "missing", "detained", "displaced"})
"""What is counted higher as more becomes known."""
COMPARED = TOLLS | {"freed", "expelled", "per cent", "dollars", "euros", "pounds", "yuan", "yen", "roubles"}
"""What two reports on one matter seldom count twice."""
_SHARED = frozenset({"state", "place", "organisation"})
"""Kinds of actors whose names stand in every report on a matter."""
_DATES = frozenset({"DATE", "TIME", "SET"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence. ``low`` to ``high``: what it may stand for; ``words``: as written; offsets are code points.

    ``counts``: what it counts ("killed"); ``noun``: the stem of who or what in particular ("drivers"), "" for people in general; ``sentence``: where
    the sentence begins and ends; ``around``: the stems of its other words.
    """

    low: float
    high: float
    counts: str
    noun: str
    words: str
    start: int
    end: int
    sentence: tuple[int, int]
    around: frozenset[str]

    def meets(self, other: Figure) -> bool:
        """True where both may be one number; large ones may be rounded."""
        slack = 1 + _ROUNDED if min(self.low, other.low) > _LARGE else 1.0
        return self.low <= other.high * slack and other.low <= self.high * slack

    def agrees(self, other: Figure) -> bool:
        """True where both can be so: they meet, count different people, or the one a part of the other (three dockers of fourteen people)."""
        if self.noun == other.noun:
            return self.meets(other)
        part, whole = (self, other) if self.noun else (other, self)
        return bool(whole.noun) or part.low <= whole.high


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def figures(reading: Reading) -> list[Figure]:
    """All numbers of a report that count something, in order."""
    text, common = reading.document.text, named(everybody(reading), _SHARED)
    dated = [(t.span.start, t.span.end) for t in reading.times if t.type in _DATES]
    found = list(_durations(reading, common))
    taken = dated + [(f.start, f.end) for f in found]
    for start, end in sentences(text):
        words = [_Word(m.group(), start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start:end])]
        found += _in_sentence(text, words, (start, end), taken, common)
    return sorted(found, key=lambda f: f.start)


def risen(text: str) -> bool:
    """True where a text says that a number grew."""
    return not _rising().isdisjoint(m.group().lower() for m in _TOKEN.finditer(text))


def _durations(reading: Reading, common: frozenset[str]) -> Iterator[Figure]:
    text, bounds = reading.document.text, sentences(reading.document.text)
    for t in reading.times:
        m = _DURATION.fullmatch(t.value) if t.type == "DURATION" else None
        if m is None or not any(m.groups()):
            continue
        minutes = sum(int(n) * worth for n, worth in zip(m.groups(), _MINUTES, strict=True) if n)
        slack = 0.25 if t.mod == "APPROX" else 0.0
        low, high = minutes * (1 - slack), minutes * (1 + slack)
        low, high = (low, inf) if t.mod in ("MORE_THAN", "EQUAL_OR_MORE") else (0, high) if t.mod in ("LESS_THAN", "EQUAL_OR_LESS") else (low, high)
        start, end = t.span.start, t.span.end
        around = next(((a, b) for a, b in bounds if a <= start < b), (start, end))
        yield Figure(
            low, high, "duration", "", t.span.text, t.span.start, t.span.end, around, _around(text, around, (t.span.start, t.span.end), common)
        )


def _in_sentence(
    text: str, words: list[_Word], sentence: tuple[int, int], taken: Sequence[tuple[int, int]], common: frozenset[str]
) -> Iterator[Figure]:
    i = 0
    while i < len(words):
        number = _number(words, i)
        if number is None:
            i += 1
            continue
        low, high, after = number
        start, end = words[i].start, words[after - 1].end
        if not any(a < end and start < b for a, b in taken) and not _age(text, start, end, high):
            low, high = _opened(words, i, low, high)
            counts, said = _counted(words, i, after)
            if counts and not (low == high and low in _YEARS and counts not in _table("counts")):
                said, noun = max(end, said), _noun(words, after)[0]
                yield Figure(low, high, counts, noun, text[start:said], start, said, sentence, _around(text, sentence, (start, said), common))
        i = after


def _age(text: str, start: int, end: int, value: float) -> bool:
    """True for a number that stands behind a name, between commas: "Ana Lund, 58, said"."""
    return value < _OLDEST and text[max(0, start - 2) : start] == ", " and text[start].isdigit() and _AFTER_AGE.match(text, end) is not None


def _number(words: Sequence[_Word], i: int) -> tuple[float, float, int] | None:
    """The number that begins at word ``i``: what it is at least and at most, and where it ends."""
    low = words[i].text.lower()
    vague = _table("vague").get(low)
    if vague is not None:
        return float(vague[0]), float(vague[1]), i + 1
    value = _value(low)
    if value is None or (low in ("a", "an", "another", "one") and not _scaled(words, i + 1)):
        return None
    i += 1
    if i < len(words) and words[i].text.lower() == "dozen":
        return value * 11, value * 13, i + 1
    money = i > 1 and words[i - 2].text in _table("signs")
    while i < len(words) and words[i].text.lower() in _table("scale") and (money or words[i].text.lower() not in _table("short")["words"]):
        value *= _table("scale")[words[i].text.lower()]
        i += 1
    return value, value, i


def _scaled(words: Sequence[_Word], i: int) -> bool:
    return i < len(words) and (words[i].text.lower() in _table("scale") or words[i].text.lower() == "dozen")


@lru_cache(1 << 14)
def _value(word: str) -> float | None:
    """The value of one word or of digits."""
    if word[0].isdigit():
        plain = word.replace(",", "")
        return float(plain) if plain.replace(".", "", 1).isascii() and plain.replace(".", "", 1).isdigit() else None
    numbers = language("en").table("calendar")["numbers"]
    parts = word.split("-")
    if all(part in numbers for part in parts):
        return float(sum(numbers[part] for part in parts))
    return None


def _opened(words: Sequence[_Word], i: int, low: float, high: float) -> tuple[float, float]:
    """The interval that the words before a number make of it."""
    before = " ".join(w.text.lower() for w in words[max(0, i - 3) : i])
    for way, phrases in _table("open").items():
        if any(before.endswith(phrase) for phrase in phrases):
            return (low, inf) if way == "least" else (0.0, high) if way == "most" else (low * (1 - _ABOUT), high * (1 + _ABOUT))
    return low, high


def _counted(words: Sequence[_Word], i: int, after: int) -> tuple[str, int]:
    """What the number at ``i`` to ``after`` counts, and the offset where that is said; "" where nothing says so."""
    behind = [w.text.lower() for w in words[after : after + 2]]
    if behind[:1] in (["per"], ["each"]) or (behind[:1] in (["a"], ["an"]) and behind[1:] and behind[1] in _table("idle")["words"]):
        return "", 0
    sign = _table("signs").get(words[i - 1].text) if i else None
    if sign is not None:
        return sign, words[after - 1].end
    if behind and behind[0] in _table("idle")["words"]:
        return "", 0
    for length in (2, 1):
        unit = " ".join(w.text.lower() for w in words[after : after + length])
        name = _units().get(unit) or _units().get(unit.split("-")[-1])
        if name is not None:
            return name, words[min(after + length, len(words)) - 1].end
    for _, k in sorted((i - k + 0.5 if k < i else k - after + 1, k) for k in range(max(0, i - _SEEN), min(len(words), after + _SEEN))):
        name = _counts().get(words[k].text.lower())
        if k >= after and name != "missing" and words[k].text.lower().endswith("ing"):  # "hit nine villages, killing ten"
            continue
        between = range(k + 1, i) if k < i else range(after, k)
        if name is not None and not any(_number(words, j) for j in between):
            return name, words[after - 1].end if k < i else words[k].end
    rose = next((k for k in range(max(0, i - 3), i) if words[k].text.lower() in _rising()), None)
    if rose is not None:
        name = next((_counts()[w.text.lower()] for w in reversed(words[:rose]) if w.text.lower() in _counts()), "")
        if name:
            return name, words[after - 1].end
    return _noun(words, after)


def _noun(words: Sequence[_Word], after: int) -> tuple[str, int]:
    """The stem of the noun that a number counts, and where it ends: the first plural behind it; "" for people, and for what is idle to compare."""
    for k in range(after, min(after + _NOUN, len(words))):
        word = words[k].text.lower()
        if word in _table("idle")["words"] or word in _counts():
            return "", 0
        if word.endswith("s") and len(word) > _SHORT:
            return stem(word), words[k].end
    return "", 0


def _around(text: str, sentence: tuple[int, int], figure: tuple[int, int], common: frozenset[str]) -> frozenset[str]:
    words = (w for piece in (text[sentence[0] : figure[0]], text[figure[1] : sentence[1]]) for w in stems(piece))
    return frozenset(w for w in words if not w[0].isdigit()) - common


@cache
def _rising() -> frozenset[str]:
    return frozenset(_table("rise")["words"])


@cache
def _table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = language("en").table("figures")[name]
    return found


@cache
def _counts() -> dict[str, str]:
    return {word: name for name, words in _table("counts").items() for word in words}


@cache
def _units() -> dict[str, str]:
    return {word: name for name, words in _table("units").items() for word in words}
