"""A text's words as numbers, how two texts overlap, and which few numbers a text can be found by. Knows no documents, decides nothing.

Words are compared by their letters and digits alone, whatever their case and the marks between them; each Chinese or Japanese character is a word of
its own. What stands inside quotation marks counts a tenth (``QUOTED`` to ``PLAIN``): two reporters who quote one speech at length share the speaker's
words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

GRAM = 3
"""Words that must agree in a row for two texts to share them."""
GAP = 3
"""Up to so many words may differ within a shared stretch: misprints, a changed verb."""
STRETCH = 6
"""A shared stretch is at least so many words long; shorter ones are phrases that everybody uses."""
INDEX_GRAM = 5
"""Words in a row that a text is found by: longer than ``GRAM``, so that few unrelated texts are found."""
FEWEST, EVERY, MOST = 32, 12, 512
"""A text is found by its lowest ``FEWEST`` hashes, or by one of ``EVERY`` where that is more, but never by more than ``MOST``."""
PLAIN, QUOTED = 10, 1

_CJK = r"\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|[\"“”„«»]|\n\s*\n")
_PARAGRAPH, _TOGGLE, _OPEN, _CLOSE, _FIRST_WORD = range(5)
_MARKS = {'"': _TOGGLE, "“": _OPEN, "„": _OPEN, "«": _OPEN, "”": _CLOSE, "»": _CLOSE}
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD)
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
    """What two texts share. Shares are 0 to 1 of each text's weight; ``words`` counts the words of the fewer, quoted ones too.

    ``left_head``, ``right_head``: how much of each text comes before the first stretch they share; 1 where they share nothing.
    """

    left: float
    right: float
    left_head: float
    right_head: float
    words: int


NOTHING_SHARED = Overlap(0.0, 0.0, 1.0, 1.0, 0)


def words_of(text: str) -> tuple[Words, tuple[int, ...]]:
    """The words of ``text``, and the terms it can be found by: non-negative numbers of 40 bits, the same on every machine."""
    tokens = _TOKEN.findall(text.lower())
    numbers = np.fromiter(map(_NUMBERS.__getitem__, tokens), np.uint32, len(tokens))
    is_word = numbers >= _FIRST_WORD
    marks = np.flatnonzero(~is_word)
    quoted = _quoted(numbers, marks)[is_word] if len(marks) else np.zeros(len(numbers), np.bool_)
    hashes = numbers[is_word]
    return Words(hashes.astype(np.uint16), quoted), _terms(hashes)


def overlap(left: Words, right: Words) -> Overlap:
    """What two texts share, in stretches of at least ``STRETCH`` words. Swapping the texts swaps the sides of the answer."""
    if min(len(left), len(right)) < STRETCH:
        return NOTHING_SHARED
    different, which = left.sorted_grams
    place = np.searchsorted(different, right.grams)
    place[place == len(different)] = 0
    in_left = different[place] == right.grams
    shared = np.zeros(len(different), np.bool_)
    shared[place[in_left]] = True
    ours, theirs = _covered(left, shared[which]), _covered(right, in_left)
    if ours is None or theirs is None:
        return NOTHING_SHARED
    return Overlap(ours[0], theirs[0], ours[1], theirs[1], min(ours[2], theirs[2]))


class _Numbers(dict[str, int]):
    """A word's 32-bit hash, worked out once; small numbers are kept for marks."""

    _most = 1 << 18

    def __missing__(self, token: str) -> int:
        if len(self) >= self._most:
            self.clear()
        number = _MARKS.get(token)
        if number is None:
            number = _PARAGRAPH if token[0] == "\n" else max(_FIRST_WORD, crc32(token.encode("utf-8", "surrogatepass")))
        self[token] = number
        return number


_NUMBERS = _Numbers()


def _quoted(numbers: NDArray[np.uint32], marks: Places) -> Flags:
    """Which tokens stand between quotation marks; a quotation that nobody closes ends with its paragraph."""
    out = np.zeros(len(numbers), np.bool_)
    opened = -1
    for at in marks.tolist():
        mark = numbers[at]
        if mark == _OPEN or (mark == _TOGGLE and opened < 0):
            opened = at if opened < 0 else opened
        elif opened >= 0:
            out[opened:at] = True
            opened = -1
    if opened >= 0:
        out[opened:] = True
    return out


def _terms(hashes: NDArray[np.uint32]) -> tuple[int, ...]:
    """The lowest hashes of runs of ``INDEX_GRAM`` words: texts that share many runs share many of their lowest (Broder 1997)."""
    count = len(hashes) - INDEX_GRAM + 1
    if count < 1:
        return ()
    wide = hashes.astype(np.uint64)
    mixed = wide[:count] * np.uint64(_MULTIPLIERS[0])
    for offset in range(1, INDEX_GRAM):
        mixed += (wide[offset : offset + count] ^ (mixed >> np.uint64(29))) * np.uint64(_MULTIPLIERS[offset])
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MULTIPLIERS[1])
    lowest = np.unique(mixed >> np.uint64(64 - _TERM_BITS))
    return tuple(lowest[: min(MOST, max(FEWEST, count // EVERY))].tolist())


def _covered(words: Words, hit: Flags) -> tuple[float, float, int] | None:
    """The share of a text's weight in stretches whose grams were hit, the share before the first, and how many words; None without a stretch."""
    hits = np.flatnonzero(hit)
    if not len(hits):
        return None
    breaks = np.flatnonzero(np.diff(hits) > GRAM + GAP)
    starts = hits[np.concatenate(([0], breaks + 1))]
    ends = hits[np.concatenate((breaks, [len(hits) - 1]))] + GRAM
    long = ends - starts >= STRETCH
    starts, ends = starts[long], ends[long]
    if not len(starts):
        return None
    weight = words.weight_before
    whole = float(weight[-1])
    return float((weight[ends] - weight[starts]).sum()) / whole, float(weight[starts[0]]) / whole, int((ends - starts).sum())
