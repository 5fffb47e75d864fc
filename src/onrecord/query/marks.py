"""Where the words that somebody looked for stand in a text, so that they can be marked. Finds whole words, as the store does; asks no store."""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.store.columns import fold

_WORD = re.compile(r"\w+")


def looked_for(text: str | None) -> frozenset[str]:
    """The words of a search, folded: ``looked_for('Élysée "sea route"') == {"elysee", "sea", "route"}``."""
    return frozenset(_WORD.findall(fold(text or "")))


def marked(text: str, words: Collection[str]) -> list[tuple[str, bool]]:
    """``text`` cut into pieces, each with whether it is one of ``words`` (folded); the pieces together are ``text``."""
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text) if words else ():
        if fold(match[0]) in words:
            found += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [(piece, hit) for piece, hit in (*found, (text[end:], False)) if piece]
