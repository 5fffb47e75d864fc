"""The words by which two reports, or two records, are compared: stems, numbers, names, and how alike two texts are. Decides nothing.

Pure functions of the texts: no counts over a collection enter, so that what is found does not depend on what else a store holds. A stem is a word
without its ending, or its first six letters: cheap, and good enough to find a word again in another form.
"""

from __future__ import annotations

import re
from array import array
from base64 import b64decode, b64encode
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from zlib import crc32

from onrecord.languages import language
from onrecord.model import Document, Participant, Reading
from onrecord.store.columns import fold

STEM = 6
"""Letters of a word that count."""
_READ = 60_000
"""Code points of a report that are looked at: a document costs the same however long it is."""
_SHORTEST = 3
_LEFT = 3
"""Letters that an ending leaves of a word."""
_TERM_BYTES = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n")
_PIECE = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
PLACES = frozenset({"state", "place"})
_FEW = 8
_NAME = 2
"""A name shared weighs as much as two words."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a report is recognised by: its ``names`` (of others than states and places) and its other ``words``, as hashes of their stems."""

    names: frozenset[int]
    words: frozenset[int]

    @property
    def weight(self) -> int:
        """What all of them weigh."""
        return _NAME * len(self.names) + len(self.words)


def named(participants: Iterable[Participant], kinds: Container[str] = PLACES) -> frozenset[str]:
    """The stems of the names of everybody of some kinds; those of states and places every report on them shares."""
    names = {
        name
        for p in participants
        if p.actor is not None and p.actor.kind in kinds
        for name in (p.actor.name, p.mention.text if p.mention is not None else "")
    }
    return frozenset(stem(word) for name in names for word in (*_WORD.findall(name), *_PIECE.findall(name)))


def everybody(reading: Reading) -> list[Participant]:
    """Everybody whom a report mentions, or its records name."""
    found = [*reading.mentions, *(s.speaker for s in reading.statements)]
    return found + [p for e in reading.events for p in (*e.actors, *e.recipients)]


def marks(document: Document, common: frozenset[str]) -> Marks:
    """The marks of a report, but for the stems ``common`` to all reports on the same countries."""
    return _marks(document.text[:_READ], common)


@lru_cache(maxsize=4)
def _marks(text: str, common: frozenset[str]) -> Marks:
    """Remembered, because one linker asks after the other."""
    names: set[str] = set()
    words: set[str] = set()
    for word in set(_PIECE.findall(text)):
        key = stem(word)
        if key and key not in common:
            (names if word[0].isupper() else words).add(key)
    return Marks(frozenset(map(number_of, names - words)), frozenset(map(number_of, words)))


def likeness(one: Marks, other: Marks) -> float:
    """How much of the shorter report's marks the other shares, 0 to 1; above 0.2 two reports are mostly about one matter. A few words tell little."""
    shared = _NAME * len(one.names & other.names) + len(one.words & other.words)
    return shared / (_FEW + min(one.weight, other.weight))


def stems(text: str) -> Iterator[str]:
    """The stems of the words of ``text`` that say something, in order."""
    return filter(None, map(stem, _WORD.findall(text)))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The first letters of a word, folded; "" for one that says nothing about what a text is about. Numbers keep all their digits."""
    plain = fold(_POSSESSIVE.sub("", word))
    if plain[:1].isdigit():
        return plain.replace(",", "")
    if len(plain) < _SHORTEST or plain in _table("stop"):
        return ""
    for ending in _endings():
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEFT:
            plain = plain[: -len(ending)]
            break
    return plain[:STEM]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of ``text`` begins and ends, roughly: an end is a mark, a space and a capital letter, or a new line."""
    ends = [m.end() for m in _SENTENCE.finditer(text)]
    return [(a, b) for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]


@lru_cache(maxsize=1 << 16)
def number_of(word: str) -> int:
    """A 32-bit number for a word, the same everywhere and always."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def term(*parts: object) -> int:
    """A 40-bit number to file something under, the same everywhere and always."""
    key = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(key, digest_size=_TERM_BYTES).digest())


def lasting(text: str) -> bool:
    """True for the noun of something that lasts ("war")."""
    return fold(text) in _table("lasting")


def ordinals(text: str) -> frozenset[str]:
    """The words of ``text`` that put a happening in a row of its kind."""
    return frozenset(fold(word) for word in _WORD.findall(text)) & _table("ordinals")


def packed(numbers: Iterable[int]) -> str:
    """32-bit numbers as text."""
    return b64encode(array("I", sorted(numbers)).tobytes()).decode()


def unpacked(text: str) -> frozenset[int]:
    """What :func:`packed` made text of."""
    found = array("I")
    found.frombytes(b64decode(text))
    return frozenset(found)


def weighty(word: str) -> bool:
    """True for a word that a wording cannot do without: one that says something, or a small one that turns what is said ("not")."""
    return bool(stem(word)) or fold(word) in _table("weighty")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(language("en").table("same")["words"]["endings"])


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(language("en").table("same")["words"][name])
