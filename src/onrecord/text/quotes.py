"""Pair the quotation marks of one paragraph. Looks at marks and the characters beside them; knows no words and no language.

Only outermost quotations are paired. A pair of double marks wins over single ones; a lone single mark is an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Role = Literal["open", "close", "either"]
_MARK = re.compile(r"``|''|[“”„«»\"]|[‘’'‚]")
_SINGLE = frozenset("‘’'‚")
_GLYPH: dict[str, Role] = {"“": "open", "„": "open", "«": "open", "``": "open", "”": "close", "»": "close", "‘": "open", "‚": "open"}
_BEFORE_OPENING = frozenset("([{—–-/:“‘\"'…")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-…”’\"'/")
_ENDS_SPEECH = frozenset(".,!?…—")


@dataclass(frozen=True, slots=True)
class QuotedStretch:
    """``[start, end)`` of the text, marks included; code points.

    ``closed`` is False where the closing mark is missing: the stretch then ends with the text or at the next opening mark.
    """

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    place: Role


def quoted_stretches(text: str) -> list[QuotedStretch]:
    """The outermost quotations of one paragraph, in order and disjoint."""
    found = [_Mark(m.start(), m.end(), m.group(), _place(text, m.start(), m.end())) for m in _MARK.finditer(text)]
    double = list(_pair_double([m for m in found if m.glyph not in _SINGLE], len(text)))
    free = [m for m in found if m.glyph in _SINGLE and not any(d.start <= m.start < d.end for d in double)]
    single = [s for s in _pair_single(text, free) if not any(d.start < s.end and s.start < d.end for d in double)]
    return sorted([*double, *single], key=lambda s: s.start)


def _place(text: str, start: int, end: int) -> Role:
    """What a mark's neighbours say it is: an opening mark stands before a word, a closing one after it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    may_open = (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()
    may_close = bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSING)
    if may_open == may_close:
        return "either"
    return "open" if may_open else "close"


def _pair_double(marks: list[_Mark], end: int) -> Iterator[QuotedStretch]:
    """Pair double marks. An even number of straight marks simply alternates (reporters misplace spaces more often than marks)."""
    straight = sum(m.glyph in ('"', "''") for m in marks)
    alternate = straight == len(marks) and straight % 2 == 0
    opened: _Mark | None = None
    for mark in marks:
        role: Role = "either" if alternate else mark.place if mark.place != "either" else _GLYPH.get(mark.glyph, "either")
        if opened is None:
            if role != "close":
                opened = mark
        elif role != "open":
            yield QuotedStretch(opened.start, mark.end, True)
            opened = None
        elif not alternate:
            yield QuotedStretch(opened.start, mark.start, False)  # a quotation that is opened anew without having been closed
            opened = mark
    if opened is not None:
        yield QuotedStretch(opened.start, end, False)


def _pair_single(text: str, marks: list[_Mark]) -> Iterator[QuotedStretch]:
    """Pair single marks used as quotation marks. A closing one must end speech or a word; a lone one is an apostrophe."""
    opened: _Mark | None = None
    for mark in marks:
        opens = mark.place == "open" and not text[mark.end : mark.end + 1].isdigit()
        if opened is None:
            opened = mark if opens and mark.glyph != "’" else None
        elif mark.place == "close" and mark.glyph in ("’", "'"):
            possessive = text[mark.start - 1] == "s" and _closes_later(text, marks, mark)
            if not possessive:
                yield QuotedStretch(opened.start, mark.end, True)
                opened = None


def _closes_later(text: str, marks: list[_Mark], mark: _Mark) -> bool:
    """True if a later closing mark follows punctuation that ends speech, before any new opening one ("the ministers' plan,')."""
    for later in marks:
        if later.start <= mark.start:
            continue
        if later.place == "open":
            return False
        if later.place == "close" and text[later.start - 1] in _ENDS_SPEECH:
            return True
    return False
