"""A text's words as numbers, how two texts overlap, and which few numbers a text can be found by. Knows no documents, decides nothing.

Words are compared by their letters and digits alone, whatever their case and the marks between them; each Chinese or Japanese character is a word of
its own. What stands inside quotation marks counts a tenth (``QUOTED`` to ``PLAIN``): two reporters who quote one speech at length share the speaker's
words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

GRAM = 3
"""Words that must agree in a row for two texts to share them."""
GAP = 2
"""Up to so many words may differ within a shared stretch: misprints, a changed verb."""
STRETCH = 6
"""A shared stretch is at least so many words long; shorter ones are phrases that everybody uses."""
INDEX_GRAM = 5
"""Words in a row that a text is found by: longer than ``GRAM``, so that few unrelated texts are found."""
FEWEST, EVERY, MOST = 32, 12, 512
"""A text is found by its lowest ``FEWEST`` hashes, or by one of ``EVERY`` where that is more, but never by more than ``MOST``."""
PLAIN, QUOTED = 10, 1
HALF = 0.5
"""Where less than this of both texts is shared, it is not asked whether an opening echoes the other text."""

_MARKS = {'"': "toggle", "“": "open", "„": "open", "«": "open", "”": "close", "»": "close", "\n": "line"}
_BETWEEN, _LETTER, _SIGN, _MARK = range(4)
_KNOWN = 0x30000
"""Characters beyond are in private or hardly used planes, and belong to no word."""
_SIGNS = ((0x3040, 0x3100), (0x3400, 0xA000))
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD)
_PLACES = 64
_TERM_BITS = 40

Numbers = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """A text's words in order: ``ids`` are 16-bit hashes, ``quoted`` says which stand inside quotation marks.

    Sixteen bits tell words well enough: three in a row must agree. What is derived from them is worked out once, when first asked for.
    """

    ids: NDArray[np.uint16]
    quoted: Flags

    def __len__(self) -> int:
        """The number of words."""
        return len(self.ids)

    @cached_property
    def weight_before(self) -> Places:
        """The weight of all words before each place, and of all."""
        out = np.zeros(len(self.ids) + 1, np.int64)
        np.cumsum(np.where(self.quoted, QUOTED, PLAIN), out=out[1:])
        return out

    @cached_property
    def grams(self) -> Numbers:
        """One number for each run of ``GRAM`` words."""
        wide = self.ids.astype(np.uint64)
        out = wide[: max(0, len(wide) - GRAM + 1)]
        for offset in range(1, GRAM):
            out = out << np.uint64(16) | wide[offset : offset + len(out)]
        return out

    @cached_property
    def sorted_grams(self) -> tuple[Numbers, Places]:
        """The different grams in order, and for each place which of them stands there."""
        different, which = np.unique(self.grams, return_inverse=True)
        return different, which

    def to_bytes(self) -> bytes:
        """Two bytes a word and a bit for each mark; :meth:`from_bytes` reads them."""
        return self.ids.astype("<u2").tobytes() + np.packbits(self.quoted).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes, count: int) -> Words:
        """The ``count`` words that ``to_bytes`` wrote."""
        ids = np.frombuffer(data, "<u2", count)
        marks = np.frombuffer(data, np.uint8, offset=2 * count)
        return cls(ids, np.unpackbits(marks, count=count).view(np.bool_))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share. Shares are 0 to 1 of each text's weight.

    ``words``, ``stretch``: the weight of all that is shared and of its longest stretch, in unquoted words, in the text where that is less.
    ``left_head``, ``right_head``: how much of each text comes before the first stretch they share; 1 where they share nothing. ``echo``: of the pairs
    of neighbouring words in one of these openings, how many the other text has, too; 0 where less than ``HALF`` of both texts is shared.
    """

    left: float
    right: float
    left_head: float
    right_head: float
    words: float
    stretch: float
    echo: float = 0.0

    @property
    def swapped(self) -> Overlap:
        """The same with the texts the other way round."""
        return replace(self, left=self.right, right=self.left, left_head=self.right_head, right_head=self.left_head)


NOTHING_SHARED = Overlap(0.0, 0.0, 1.0, 1.0, 0.0, 0.0)


def words_of(text: str) -> tuple[Words, tuple[int, ...]]:
    """The words of ``text``, and the terms it can be found by: non-negative numbers of 40 bits, the same on every machine."""
    codes = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _kinds()[np.minimum(codes, _KNOWN)]
    inside = kinds == _LETTER
    begins = kinds > _LETTER
    begins[:1] |= inside[:1]
    begins[1:] |= inside[1:] & ~inside[:-1]
    starts = np.flatnonzero(begins)
    if not len(starts):
        return Words(np.zeros(0, np.uint16), np.zeros(0, np.bool_)), ()
    is_word = kinds[starts] != _MARK
    marks = np.flatnonzero(~is_word)
    quoted = _quoted(codes[starts], marks, starts)[is_word]
    hashes = _hashes(codes, kinds != _BETWEEN, starts)[is_word]
    return Words(hashes.astype(np.uint16), quoted), _terms(hashes)


def overlap(left: Words, right: Words) -> Overlap:
    """What two texts share, in stretches of at least ``STRETCH`` words. Swapping the texts swaps the sides of the answer."""
    if min(len(left), len(right)) < STRETCH:
        return NOTHING_SHARED
    if np.array_equal(left.ids, right.ids) and np.array_equal(left.quoted, right.quoted):
        words = int(left.weight_before[-1]) / PLAIN
        return Overlap(1.0, 1.0, 0.0, 0.0, words, words)
    different, which = left.sorted_grams
    grams = right.grams
    place = different.searchsorted(grams)
    place[place == len(different)] = 0
    in_left = different[place] == grams
    shared = np.zeros(len(different), np.bool_)
    shared[place[in_left]] = True
    ours, theirs = _covered(left, shared[which]), _covered(right, in_left)
    if ours is None or theirs is None:
        return NOTHING_SHARED
    echo = 0.0
    if max(ours[0], theirs[0]) >= HALF:
        echo = max(_echo(left, ours[1], right), _echo(right, theirs[1], left))
    return Overlap(ours[0], theirs[0], ours[1], theirs[1], min(ours[2], theirs[2]), min(ours[3], theirs[3]), echo)


def _echo(words: Words, head: float, other: Words) -> float:
    """Of the pairs of neighbouring words before ``head`` of a text's weight, the share that another text has; 0 where there are few."""
    weight = words.weight_before
    opening = words.ids[: int(np.searchsorted(weight, head * weight[-1]))]
    if len(opening) < GRAM * STRETCH:
        return 0.0
    pairs = opening[:-1].astype(np.uint64) << np.uint64(16) | opening[1:]
    return float(np.isin(pairs, other.grams >> np.uint64(16)).mean())


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character is: part of a word, a word of its own, a mark, or between words."""
    kinds = np.frombuffer(bytes(map(str.isalnum, map(chr, range(_KNOWN + 1)))), np.uint8).copy()
    for first, end in _SIGNS:
        kinds[first:end] *= _SIGN
    kinds[[ord(mark) for mark in _MARKS]] = _MARK
    kinds[_KNOWN] = _BETWEEN
    return kinds


@cache
def _powers() -> Numbers:
    """Odd multipliers for a character's place in its word; after ``_PLACES`` they begin again."""
    return np.array([pow(_MULTIPLIERS[0], place, 1 << 64) for place in range(_PLACES)], np.uint64)


def _hashes(codes: NDArray[np.uint32], solid: Flags, starts: Places) -> Numbers:
    """A hash of 64 bits for each word: the sum of its characters, each times the multiplier of its place, stirred."""
    first = int(starts[0])
    lengths = np.diff(starts, append=len(codes))
    places = np.arange(first, len(codes)) - np.repeat(starts, lengths)
    parts = codes[first:].astype(np.uint64)
    parts *= _powers()[places & (_PLACES - 1)]
    parts *= solid[first:]
    sums = np.add.reduceat(parts, starts - first)
    sums ^= sums >> np.uint64(29)
    sums *= np.uint64(_MULTIPLIERS[1])
    sums ^= sums >> np.uint64(32)
    return sums


def _quoted(codes: NDArray[np.uint32], marks: Places, starts: Places) -> Flags:
    """Which words and marks stand between quotation marks; a quotation that nobody closes ends with its paragraph.

    ``codes``: the first character of each; ``marks``: which of them are marks; ``starts``: where each stands in the text.
    """
    out = np.zeros(len(codes), np.bool_)
    opened, line = -1, -1
    for at in marks.tolist():
        role = _MARKS[chr(codes[at])]
        new_paragraph = role == "line" and line == starts[at] - 1
        line = starts[at] if role == "line" else line
        if opened < 0:
            opened = at if role in ("open", "toggle") else -1
        elif role in ("close", "toggle") or new_paragraph:
            out[opened:at] = True
            opened = -1
    if opened >= 0:
        out[opened:] = True
    return out


def _terms(hashes: Numbers) -> tuple[int, ...]:
    """The lowest hashes of runs of ``INDEX_GRAM`` words: texts that share many runs share many of their lowest (Broder 1997)."""
    count = len(hashes) - INDEX_GRAM + 1
    if count < 1:
        return ()
    mixed = hashes[:count] * np.uint64(_MULTIPLIERS[0])
    for offset in range(1, INDEX_GRAM):
        mixed += (hashes[offset : offset + count] ^ (mixed >> np.uint64(29))) * np.uint64(_MULTIPLIERS[offset])
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MULTIPLIERS[1])
    mixed >>= np.uint64(64 - _TERM_BITS)
    mixed.sort()
    different = mixed[np.concatenate(([True], mixed[1:] != mixed[:-1]))]
    return tuple(different[: min(MOST, max(FEWEST, count // EVERY))].tolist())


def _covered(words: Words, hit: Flags) -> tuple[float, float, float, float] | None:
    """Of the stretches whose grams were hit: their share of the text, the share before the first, their words, the longest's. None without any."""
    hits = hit.nonzero()[0]
    if not len(hits):
        return None
    breaks = (hits[1:] - hits[:-1] > GRAM + GAP).nonzero()[0]
    starts = np.empty(len(breaks) + 1, np.int64)
    ends = np.empty(len(breaks) + 1, np.int64)
    starts[0], starts[1:] = hits[0], hits[breaks + 1]
    ends[-1], ends[:-1] = hits[-1], hits[breaks]
    ends += GRAM
    long = ends - starts >= STRETCH
    if not long.all():
        starts, ends = starts[long], ends[long]
        if not len(starts):
            return None
    weight = words.weight_before
    each = weight[ends] - weight[starts]
    whole, covered = int(weight[-1]), int(each.sum())
    return covered / whole, int(weight[starts[0]]) / whole, covered / PLAIN, int(each.max()) / PLAIN
