"""Is a stretch of text told in the past or the future? From its words, without a parse: the nearest sign of tense before it there, else after.

Knows verbs by their endings and by lists (``languages/en/calendar.toml``), so it is a guess, right for the plain sentences of news.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from onrecord.languages import language

_BREAK = re.compile(r"[.?!;][\"'”’)\]]{0,3}\s{1,20}(?=[\"“‘'(\[]?[A-Z0-9])|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{1,3})?|['’][^\W\d_]{1,2}\b")
_FAR = 240
"""How many code points before and after a stretch are looked at."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words that give a tense away."""

    future: frozenset[str]
    planned: frozenset[str]
    scheduled: frozenset[str]
    before_plain: frozenset[str]
    overtaken: frozenset[str]
    passive: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    govern: frozenset[str]
    no_verb: frozenset[str]
    past: frozenset[str]
    not_past: frozenset[str]
    abbreviations: frozenset[str]


@functools.cache
def cues() -> Cues:
    """The language pack's cues."""
    table = language("en").table("calendar")["tense"]
    return Cues(**{name: frozenset(table[name]) for name in Cues.__slots__})


def future(text: str, start: int, end: int) -> bool | None:
    """True where ``[start, end)`` of ``text`` is told in the future, False in the past, None where nothing near it says so."""
    known = cues()
    before = _WORD.findall(_sentence_before(text, start, known))
    for i in range(len(before) - 1, -1, -1):
        found = _tense(before, i, known)
        if found is not None:
            return found
    after = _WORD.findall(_sentence_after(text, end, known))
    for i in range(len(after)):
        found = _tense(after, i, known)
        if found is not None:
            return found
    return None


def _tense(words: list[str], i: int, known: Cues) -> bool | None:
    word = words[i].replace("’", "'")
    following = words[i + 1] if i + 1 < len(words) else ""
    previous = words[i - 1].lower() if i else ""
    near = {w.lower() for w in words[max(0, i - 2) : i]}
    if word in known.future:
        return None if word == "due" and following == "to" else True
    if word in known.planned:
        if not near.isdisjoint(known.overtaken):
            return False if "had" in near else None
        return True if word != "set" or following in ("to", "for") else None
    if word in known.scheduled and previous not in known.before_plain:
        return True
    if word == "to" and following.islower() and following not in known.no_verb:
        return True if previous in known.govern else None
    if word in ("is", "are") and (following.endswith("ing") or following in ("on", "for", "at")):
        return True
    if word in known.past or (word.endswith("ed") and word.islower() and len(word) > 3 and word not in known.not_past):
        passive = previous in known.passive or previous in known.future
        adjective = word not in known.past and bool(following) and following not in known.links and not near.isdisjoint(known.determiners)
        # "the heavily armed men", but "the M23 killed 12 people"
        adjective = adjective and not following[0].isdigit() and (previous in known.determiners or words[i - 1].islower())
        return None if passive or adjective else False
    return None


def _sentence_before(text: str, start: int, known: Cues) -> str:
    near = text[max(0, start - _FAR) : start]
    return near[max((match.end() for match in _BREAK.finditer(near) if _ends(near, match, known)), default=0) :]


def _sentence_after(text: str, end: int, known: Cues) -> str:
    near = text[end : end + _FAR]
    return near[: next((match.start() for match in _BREAK.finditer(near) if _ends(near, match, known)), len(near))]


def _ends(near: str, match: re.Match[str], known: Cues) -> bool:
    """Does a sentence end here, or is it the point of an abbreviation?"""
    word = near[: match.start()].rsplit(None, 1)[-1:]
    return near[match.start()] != "." or not word or word[0].lstrip("(\"'“‘").lower() not in known.abbreviations
