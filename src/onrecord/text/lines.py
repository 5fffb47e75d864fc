"""Lines → groups of lines that are one paragraph each.

Three layouts are told apart: one paragraph a line, blank lines between paragraphs, and text hard-wrapped at a width. A line belongs to the one
before only where that one was cut in the middle of a sentence or, in wrapped text, was filled up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_WIDEST = 200
"""No text is hard-wrapped at more than this many characters."""
_FINAL = frozenset(".!?…:;")
_CLOSING = "”\"'’)]»*_"
_NEXT_WORD = re.compile(r"\S+")
BULLET = re.compile(r"(?:[•‣▪◦●■□·∙*➤►]|[-–](?=\s)|\(?[a-z]\)(?=\s)|\(?\d{1,2}[.)](?=\s))\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: ``[start, end)`` without outer spaces, its indent, and whether a blank line stands before it."""

    start: int
    end: int
    indent: int
    after_blank: bool


def lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold anything."""
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        words = raw.strip()
        if words:
            start = match.start() + raw.index(words[0])
            gap = text[last : match.start()]
            found.append(Line(start, start + len(words), start - match.start(), _breaks(gap) > 1))
            last = start + len(words)
    return found


def groups(text: str) -> Iterator[list[Line]]:
    """The lines of ``text``, those of one paragraph together."""
    found = lines(text)
    width = max((line.indent + line.end - line.start for line in found), default=0)
    wrapped = is_wrapped(text, found, width)
    group: list[Line] = []
    for line in found:
        if group and not continues(text, group[-1], line, width if wrapped else None):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def is_wrapped(text: str, found: Sequence[Line], width: int) -> bool:
    """Whether ``text`` is hard-wrapped at ``width``: most lines are filled up, and sentences run on from one to the next."""
    if width > _WIDEST:
        return False
    pairs = [(a, b) for a, b in pairwise(found) if not b.after_blank]
    filled = [(a, b) for a, b in pairs if _filled(text, a, b, width)]
    running = sum(not ends_sentence(text[a.start : a.end]) and text[b.start].islower() for a, b in filled)
    return running > 0 and 2 * len(filled) > len(pairs)


def continues(text: str, line: Line, following: Line, width: int | None) -> bool:
    """Whether ``following`` goes on with the paragraph of ``line``. ``width`` is that of wrapped text, None where the text is not wrapped."""
    if following.after_blank or following.indent > line.indent + 1 or BULLET.match(text, following.start, following.end):
        return False
    if not ends_sentence(text[line.start : line.end]) and text[following.start].islower():
        return True
    return width is not None and _filled(text, line, following, width)


def ends_sentence(words: str) -> bool:
    """Whether ``words`` close a sentence: final punctuation, with or without quotation marks or brackets after it."""
    bare = words.rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _FINAL


def _filled(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the first word of ``following`` had no room left on ``line``."""
    word = _NEXT_WORD.match(text, following.start, following.end)
    return word is not None and line.indent + line.end - line.start + 1 + word.end() - word.start() > width


def _breaks(gap: str) -> int:
    """Line breaks in the space between two lines."""
    return sum(map(gap.count, "\n\r\x0b\x0c\x85\u2028\u2029")) - gap.count("\r\n")
