"""Surface forms: how spellings of one name are folded together, and an index that finds them in running text.

Folding drops accents, hyphens, apostrophes, full stops and spaces, so "Chia-lung" and "Chia lung", "Sa’ar" and "Saar", "U.S." and "US" meet.
Letter case is compared afterwards, because it tells "US" from "us" and "Turkey" from "turkey". Knows no actors: entries are numbers.

Most words of a text begin no name, and one dict look-up says so: what a word begins is worked out once and remembered. From there on a name grows
word by word while some key, found by binary search in an ever narrower stretch of the sorted keys, begins with it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from onrecord.knowledge.facts import AliasKind

MAX_WORDS = 14
Entries = tuple[int, ...]
_APART = str.maketrans(dict.fromkeys(" -‑'’‘`´ʻʿʾ.,/()\"“”–—\u00a0&"))
_LETTERS = str.maketrans("øØłŁđĐıəƏð", "oOlLdDiaAd") | str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th"})
_ARTICLES = ("the ", "The ", "THE ")
_JOINERS = frozenset("-'’‑.&/")
_REMEMBERED = 1 << 15
_LONGEST_REMEMBERED = 40
_UNSEEN: Final[Any] = object()


class _Marks(dict[int, int | None]):
    """A table for ``str.translate`` that drops combining marks; it fills as it is asked."""

    def __missing__(self, code: int) -> int | None:
        found = self[code] = None if unicodedata.combining(chr(code)) else code
        return found


_MARKS = _Marks()


def unaccented(text: str) -> str:
    """``text`` in plain letters where there are any for it: "Łódź" is "Lodz"."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text.translate(_LETTERS)).translate(_MARKS)


def squeeze(text: str) -> str:
    """``text`` without accents, spaces and marks, case kept: "Gideon Sa’ar" is "GideonSaar"."""
    return unaccented(text.translate(_APART))


def same_case(alias: str, surface: str) -> bool:
    """Whether the capitals of a squeezed surface form allow the squeezed alias: a name is never written small, an acronym is written as it is."""
    if alias == surface:
        return True
    if surface.isupper():
        return len(surface) >= 4
    if alias.isupper():
        return False
    return surface[0].isupper() or alias[0].islower()


def fold(squeezed: str) -> str:
    """A squeezed form in small letters, word by word the same as in one: Greek has two small sigmas, which become one."""
    small = squeezed.lower()
    return small if small.isascii() else small.replace("ς", "σ")


def squeeze_all(names: list[str]) -> list[str]:
    """Every name squeezed, in two goes for all: those of plain letters, which are most, and the others."""
    plain, others = (iter(squeeze("\n".join(n for n in names if n.isascii() is kind)).split("\n")) for kind in (True, False))
    return [next(plain) if n.isascii() else next(others) for n in names]


def _word_ends(name: str) -> list[str]:
    """A name from each of its words on: "Hong Kong" and "Kong"."""
    words = name.replace("-", " ").split()
    return [" ".join(words[i:]) for i in range(len(words))]


class _Start(NamedTuple):
    """A first word: squeezed, folded, whether it ends in a joining mark, the keys it is looked up in with their stretch, the entries it is alone."""

    part: str
    key: str
    joined: bool
    keys: list[str]
    low: int
    high: int
    entries: Entries


def _remember(memory: dict[str, Any], word: str, value: Any) -> None:
    """Keep an answer; what is too long is worked out anew, and a memory that is full starts afresh, so that no text can fill it."""
    if len(word) <= _LONGEST_REMEMBERED:
        if len(memory) >= _REMEMBERED:
            memory.clear()
        memory[word] = value


@dataclass(slots=True, eq=False)
class NameIndex:
    """Names with numbers of entries: ``aliases[n]`` names row ``rows[n]`` in the manner ``kinds[n]``.

    Fill with :meth:`add`, then :meth:`close` once before asking. What is asked often is remembered, within bounds; any number of threads may ask.
    """

    aliases: list[str] = field(default_factory=list)
    kinds: list[AliasKind] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    _at: dict[str, list[int]] = field(default_factory=dict)
    _keys: list[str] = field(default_factory=list)
    _small: list[str] = field(default_factory=list)
    _starts: dict[str, _Start | None] = field(default_factory=dict)
    _pieces: dict[str, tuple[str, str, bool]] = field(default_factory=dict)

    def add(self, table: Sequence[Sequence[str]], columns: Sequence[tuple[int, AliasKind]], first: int) -> None:
        """Enter the names in some columns of a table, each with the kind of its names; rows count from ``first``, "|" parts names in a cell."""
        aliases, kinds, rows = self.aliases, self.kinds, self.rows
        for number, row in enumerate(table, first):
            for column, kind in columns:
                if cell := row[column]:
                    for alias in cell.split("|"):
                        aliases.append(alias)
                        kinds.append(kind)
                        rows.append(number)

    def close(self) -> None:
        """Make the index ready: keys in order, those that may be written small apart."""
        squeezed = squeeze_all(self.aliases)
        keys = [fold(s) for s in squeezed]
        at = self._at
        for number, key in enumerate(keys):
            at.setdefault(key, []).append(number)
        self._keys = sorted(at)
        self._small = sorted({key for key, s in zip(keys, squeezed, strict=True) if s[:1].islower()})

    def find(self, surface: str) -> Entries:
        """The entries a whole surface form may stand for; a trailing possessive, and an article that is no part of the name, are dropped."""
        if surface.endswith(("'s", "’s")):
            surface = surface[:-2]
        found = self._fitting(squeeze(surface), apart=" " in surface.strip())
        if not found and surface.startswith(_ARTICLES):
            return self._fitting(squeeze(surface[4:]), apart=" " in surface[4:].strip())
        return found

    def names_in(self, words: Sequence[str]) -> list[tuple[int, int, Entries]]:
        """The longest name beginning at each word where one begins: first word, word after the last, entries. They may overlap."""
        found: list[tuple[int, int, Entries]] = []
        starts = self._starts
        for i, word in enumerate(words):
            start = starts.get(word, _UNSEEN)
            if start is _UNSEEN:
                start = self._begin(word)
                _remember(starts, word, start)
            if start is None:
                continue
            length, entries = self._reach(words, i, start)
            if length:
                found.append((i, i + length, entries))
        return found

    def holding(self, text: str) -> Entries:
        """The entries in which ``text`` stands at the beginning of a word, whatever its case, accents and marks; short names first."""
        part = fold(squeeze(text))
        found = (n for key in sorted((key for key in self._keys if part in key), key=len) for n in self._at[key])
        return tuple(n for n in found if any(fold(squeeze(end)).startswith(part) for end in _word_ends(self.aliases[n])))

    def _begin(self, word: str) -> _Start | None:
        """What begins with ``word``; None where no name does."""
        part, key, joined = self._piece(word)
        if not part or not word[0].isalnum():
            return None
        keys = self._small if part[0].islower() else self._keys
        low = bisect_left(keys, key)
        if low == len(keys) or not keys[low].startswith(key):
            return None
        high = bisect_left(keys, key + "\U0010ffff", low)
        return _Start(part, key, joined, keys, low, high, self._fitting(part, apart=False))

    def _piece(self, word: str) -> tuple[str, str, bool]:
        """A word squeezed, folded, and whether the next word may follow without a space; a mark that joins two words is all empty."""
        piece = self._pieces.get(word)
        if piece is None:
            if word.isalpha() and word.isascii():  # most words, and nothing to squeeze
                piece = word, word.lower(), False
            else:
                part = squeeze(word)
                piece = part, fold(part), word.endswith(("-", "'", "’")) if part else word in _JOINERS
            _remember(self._pieces, word, piece)
        return piece

    def _reach(self, words: Sequence[str], i: int, start: _Start) -> tuple[int, Entries]:
        """How far the longest name reaches that begins with ``start``."""
        surface, key, joined, keys, low, high, found = start
        length, apart = 1 if found else 0, False
        if high - low == 1 and keys[low] == key:
            return length, found
        for j in range(i + 1, min(len(words), i + MAX_WORDS)):
            part, folded, joins = self._piece(words[j])
            if not part:
                if not joins:
                    break
                joined = True
                continue
            surface += part
            key += folded
            low = bisect_left(keys, key, low, high)
            if low == high or not keys[low].startswith(key):
                break
            apart = apart or not joined
            joined = joins
            if keys[low] == key and (longer := self._fitting(surface, apart=apart)):
                length, found = j - i + 1, longer
        return length, found

    def _fitting(self, surface: str, *, apart: bool) -> Entries:
        """Entries whose letters and case fit; words written apart never make a one-word name ("I ran" is not Iran)."""
        found = self._at.get(fold(surface))
        if not found:
            return ()
        aliases = self.aliases
        return tuple(n for n in found if not (apart and aliases[n].isalnum()) and same_case(squeeze(aliases[n]), surface))
