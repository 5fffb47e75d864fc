"""Surface forms: how spellings of one name are folded together, and an index that finds them in running text.

Folding drops accents, hyphens, apostrophes, full stops and spaces, so "Chia-lung" and "Chia lung", "Sa’ar" and "Saar", "U.S." and "US" meet.
Letter case is compared afterwards, because it tells "US" from "us" and "Turkey" from "turkey". Knows no actors: entries are row numbers.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAX_WORDS = 14
_APART = str.maketrans(dict.fromkeys(" -‑'’‘`´ʻʿʾ.,/()\"“”–—\u00a0&"))
_LETTERS = str.maketrans("øØłŁđĐıəƏð", "oOlLdDiaAd") | str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th"})
_ARTICLES = ("the ", "The ", "THE ")


def squeeze(text: str) -> str:
    """``text`` without accents, spaces and marks, case kept: "Gideon Sa’ar" is "GideonSaar"."""
    text = text.translate(_APART)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_LETTERS)) if not unicodedata.combining(c))


def same_case(alias: str, surface: str) -> bool:
    """Whether the capitals of a squeezed surface form allow the squeezed alias: a name is never written small, an acronym is written as it is."""
    if alias == surface:
        return True
    if surface.isupper():
        return len(surface) >= 4
    if alias.isupper():
        return False
    return surface[0].isupper() or alias[0].islower()


@dataclass(slots=True)
class NameIndex:
    """Names to entries ``(alias, kind, row)``. Fill with :meth:`add`, then :meth:`close` before :meth:`longest`."""

    entries: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    def add(self, alias: str, kind: str, row: int) -> None:
        """Enter one name."""
        key = squeeze(alias).lower()
        found = self.entries.get(key)
        if found is None:
            self.entries[key] = [(alias, kind, row)]
        elif (alias, kind, row) not in found:
            found.append((alias, kind, row))

    def close(self) -> None:
        """Make the index ready for prefix search."""
        self.keys = sorted(self.entries)

    def find(self, surface: str) -> list[tuple[str, str, int]]:
        """The entries a whole surface form may stand for; a trailing possessive, and an article that is no part of the name, are dropped."""
        if surface.endswith(("'s", "’s")):
            surface = surface[:-2]
        found = self._fitting(squeeze(surface), apart=" " in surface.strip())
        if not found and surface.startswith(_ARTICLES):
            return self._fitting(squeeze(surface[4:]), apart=" " in surface[4:].strip())
        return found

    def longest(self, words: Sequence[str], i: int) -> tuple[int, list[tuple[str, str, int]]]:
        """The longest name beginning at ``words[i]``: its length in words and its entries; ``(0, [])`` where none begins."""
        best: tuple[int, list[tuple[str, str, int]]] = (0, [])
        if not words[i][:1].isalnum():
            return best
        apart = False
        for length, surface, broken in self._prefixes(words, i):
            apart = apart or broken
            found = self._fitting(surface, apart=apart)
            if found:
                best = (length, found)
        return best

    def _prefixes(self, words: Sequence[str], i: int) -> Iterator[tuple[int, str, bool]]:
        """Ever longer runs of words that some name begins with: (number of words, squeezed form, whether a space must lie before the last)."""
        surface, joined = "", True
        for j in range(i, min(len(words), i + MAX_WORDS)):
            word = words[j]
            part = squeeze(word)
            if not part:
                if word not in ("-", "'", "’", "‑", ".", "&", "/"):
                    return
                joined = True
                continue
            surface += part
            key = surface.lower()
            at = bisect_left(self.keys, key)
            if at == len(self.keys) or not self.keys[at].startswith(key):
                return
            yield j - i + 1, surface, not joined
            joined = word.endswith(("-", "'", "’"))

    def _fitting(self, surface: str, *, apart: bool) -> list[tuple[str, str, int]]:
        """Entries whose letters and case fit; words written apart never make a one-word name ("I ran" is not Iran)."""
        found = self.entries.get(surface.lower())
        if not found:
            return []
        return [e for e in found if not (apart and e[0].isalnum()) and same_case(squeeze(e[0]), surface)]
