"""What a text is about, as weighted words, and how alike two texts are. Knows no documents but by their text, and decides nothing.

A word weighs the more, the fewer passages of news have it: the shares come with the language (``languages/en/common_words.toml``), never from what a
store holds, so that how alike two texts are depends on nothing but the two. Names and numbers are words like others: they weigh most because few
texts have them. All sums are of whole numbers, so that no order of adding changes a bit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import combinations
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.languages import language
from onrecord.store.columns import fold

KEY = 7
"""Letters of a word that count: enough to tell words, few enough that "arrested" and "arrest's" are one more often than not."""
READ = 3000
"""Characters read of a text: reports say first what they are about."""
MOST = 80
"""Words kept of a text, the heaviest."""
FOUND_BY, PAIRED = 20, 5
"""A text is found by its heaviest words, and by each two of the very heaviest together, which fewer texts have."""
ALIKE = 1024
"""How alike a text is to itself."""

NUMBER_LEVEL, NUMBER = 10, 1.5
"""A number of two digits or more counts as at least this rare (one report says 23 were held, another 26), and every number half as much again."""
YEAR_LEVEL = 7
"""But a year counts as 2008 does in the table, whichever it is: every report of a time may name it."""

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALE = 5
_REPEATS = 4
_TERM_BYTES = 5

Numbers = NDArray[np.uint32]
Likeness = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of a text: ``words`` are 32-bit hashes in order, ``weights`` whole numbers below 200."""

    words: Numbers
    weights: NDArray[np.uint8]

    def to_bytes(self) -> bytes:
        """Five bytes a word; :meth:`from_bytes` reads them."""
        return self.words.tobytes() + self.weights.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Bag:
        """The bag that ``to_bytes`` wrote."""
        count = len(data) // 5
        return cls(np.frombuffer(data, np.uint32, count), np.frombuffer(data, np.uint8, count, 4 * count))

    @property
    def terms(self) -> tuple[int, ...]:
        """What the text can be found by: 40-bit numbers, of heavy words and of pairs of them."""
        heavy = np.lexsort((self.words, -self.weights.astype(np.int16)))[:FOUND_BY]
        words = [int(word) for word in self.words[heavy]]
        return tuple(words) + tuple(_pair(*sorted(pair)) for pair in combinations(words[:PAIRED], 2))


def bag_of(text: str, title: str | None = None) -> Bag:
    """The heaviest words of a title and of the beginning of a text. A word said twice weighs a third more, four times or oftener two thirds more."""
    found: Counter[int] = Counter()
    levels: dict[int, int] = {}
    for raw, count in Counter(_WORD.findall(f"{title or ''} {text[:READ]}")).items():
        word, level = _numbered(raw)
        if level:
            found[word] += count
            levels[word] = level
    scale = _scale()
    weighed = sorted((-scale[levels[word]][min(count, _REPEATS)], word) for word, count in found.items())
    kept = sorted((word, -weight) for weight, word in weighed[:MOST])
    return Bag(np.array([word for word, _ in kept], np.uint32), np.array([weight for _, weight in kept], np.uint8))


def alike(bags: Sequence[Bag]) -> Likeness:
    """How alike each two of some bags are: a square matrix of whole numbers from 0 (no word in common, an empty bag) to ``ALIKE`` (cosine 1)."""
    sizes = [len(bag.words) for bag in bags]
    if not sum(sizes):
        return np.zeros((len(bags), len(bags)))
    columns, column = np.unique(np.concatenate([bag.words for bag in bags]), return_inverse=True)
    table = np.zeros((len(bags), len(columns)), np.float32)  # sums of products of small whole numbers stay below 2**24 and are exact
    table[np.repeat(np.arange(len(bags)), sizes), column] = np.concatenate([bag.weights for bag in bags])
    return _cosines((table @ table.T).astype(np.float64))


def alike_to(one: Bag, bags: Sequence[Bag]) -> list[int]:
    """How alike one bag is to each of some, as :func:`alike` says it."""
    sizes = [len(bag.words) for bag in bags]
    if not len(one.words) or not sum(sizes):
        return [0] * len(bags)
    words, weights = np.concatenate([bag.words for bag in bags]), np.concatenate([bag.weights for bag in bags]).astype(np.float64)
    at = np.minimum(np.searchsorted(one.words, words), len(one.words) - 1)
    own = one.weights.astype(np.float64)
    owner = np.repeat(np.arange(len(bags)), sizes)
    shared = np.bincount(owner, np.where(one.words[at] == words, weights * own[at], 0.0), len(bags))
    lengths = np.bincount(owner, weights * weights, len(bags)) * (own @ own)
    return [int(value) for value in _rounded(shared / np.sqrt(np.maximum(lengths, 1.0)))]


def key_of(word: str) -> str:
    """What a word counts as: its first letters without case, accents or a possessive; a number with all its digits."""
    plain = fold(_POSSESSIVE.sub("", word))
    return plain.replace(",", "") if plain[:1].isdigit() else plain[:KEY]


def _cosines(products: Likeness) -> Likeness:
    own = np.sqrt(np.maximum(products.diagonal(), 1.0))
    return _rounded(products / (own[:, None] * own[None, :]))


def _rounded(cosines: Likeness) -> Likeness:
    return np.floor(cosines * ALIKE + 0.5)


def _pair(one: int, other: int) -> int:
    return int.from_bytes(blake2b(f"{one} {other}".encode(), digest_size=_TERM_BYTES).digest())


@lru_cache(maxsize=1 << 16)
def _numbered(raw: str) -> tuple[int, int]:
    """The hash of a word and its level."""
    levels, rare = _levels()
    key = key_of(raw)
    level = levels.get(key, rare)
    if _YEAR.fullmatch(key):
        level = YEAR_LEVEL
    elif key[:1].isdigit():
        level = int(NUMBER * (max(level, NUMBER_LEVEL) if len(key) > 1 else level))
    return crc32(key.encode("utf-8", "surrogatepass")), level


@cache
def _scale() -> tuple[tuple[int, ...], ...]:
    """What a word of each level weighs when it is said so many times."""
    return tuple(
        tuple(int(level * _SCALE * (1 + 0.5 * log(max(1, count)))) for count in range(_REPEATS + 1))
        for level in range(int(NUMBER * _levels()[1]) + 1)
    )


@cache
def _levels() -> tuple[dict[str, int], int]:
    """The level of each common word in half nats, 0 for words that say nothing; and the level of all others."""
    table = language("en").table("common_words")
    return {word: int(level) for level, lines in table["levels"].items() for line in lines for word in line.split()}, table["rare"]
