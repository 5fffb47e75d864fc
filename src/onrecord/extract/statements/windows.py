"""What the statement tagger reads: runs of whole paragraphs as word pieces, with part of speech, dependency, and what the rules made of each.

Neighbouring paragraphs share a window, so that a quotation that runs on stays whole; a paragraph longer than a window is cut behind a sentence.
Shared by training and reading; knows no weights. Offsets are code points of the document text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining

from onrecord.reading.analysis import Block, Spoken
from onrecord.reading.grammar import dependency_number, pos_number

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 224
"""Most word pieces of a window, its marks included."""
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""What the tagger may call a piece. PolNeAR's attributions do not overlap, so that one tag a piece says all."""
RULES = 27
"""How many things the rules may say of a piece: outside, beginning or inside of a source (×9), of a cue (×3) and of a content (×1)."""


@dataclass(slots=True)
class Window:
    """Word pieces of one or more paragraphs; all arrays are as long as ``ids``. Marks have the empty range (0, 0) in ``offsets``."""

    ids: list[int] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    pos: list[int] = field(default_factory=list)
    dependencies: list[int] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)

    def add(self, pieces: Sequence[_Piece]) -> None:
        """Append ``pieces``."""
        self.ids += [p.id for p in pieces]
        self.offsets += [p.offsets for p in pieces]
        self.pos += [p.pos for p in pieces]
        self.dependencies += [p.dependency for p in pieces]
        self.rules += [p.rule for p in pieces]

    def __len__(self) -> int:
        """How many pieces, marks included."""
        return len(self.ids)


class _Piece(NamedTuple):
    id: int
    offsets: tuple[int, int] = (0, 0)
    pos: int = 0
    dependency: int = 0
    rule: int = 0
    ends_sentence: bool = False


def windows(blocks: Sequence[Block], spoken: Iterable[Spoken], tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of ``blocks`` in order. ``spoken`` is what the rules found; ``tokenizer`` must not truncate or pad."""
    begin, end = ([_Piece(mark)] for mark in tokenizer.encode("").ids)
    spans = _spans_by_block(blocks, spoken)
    window = Window()
    for block in blocks:
        encoding = tokenizer.encode(block.text, add_special_tokens=False)  # one by one: a batch starts threads that gain nothing here
        for chunk in _chunks(_pieces(block, encoding.ids, encoding.offsets, spans.get(block.index, []))):
            if len(window) and len(window) + len(chunk) + 1 > LONGEST:
                yield window
                window = Window()
            window.add([*([] if len(window) else begin), *chunk, *end])
    if len(window):
        yield window


def _chunks(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """``pieces`` in runs that fit a window, cut behind the last sentence that does."""
    room = LONGEST - 2
    while len(pieces) > room:
        cut = next((i + 1 for i in range(room - 1, room // 3, -1) if pieces[i].ends_sentence), room)
        yield pieces[:cut]
        pieces = pieces[cut:]
    if pieces:
        yield pieces


def _spans_by_block(blocks: Sequence[Block], spoken: Iterable[Spoken]) -> dict[int, list[tuple[int, int, int]]]:
    """Where the rules see contents (role 0), cues (1) and speakers (2), by block; statements within statements are left out, as in PolNeAR."""
    starts = [b.offset for b in blocks]
    found: dict[int, list[tuple[int, int, int]]] = {}
    for s in spoken:
        if s.parent is not None:
            continue
        mention = s.speaker.mention
        parts = [*((c, 0) for c in s.content), *([(s.cue, 1)] if s.cue else []), *([(mention, 2)] if mention else [])]
        for span, role in parts:
            at = bisect_right(starts, span.start) - 1
            if at >= 0:
                found.setdefault(blocks[at].index, []).append((span.start, span.end, role))
    return found


def _pieces(block: Block, ids: list[int], offsets: list[tuple[int, int]], spans: list[tuple[int, int, int]]) -> list[_Piece]:
    """The pieces of a block; a piece that a span of the rules overlaps has its state (1: first, 2: further) in the digit of the span's role."""
    tokens = block.tokens
    starts_at = [t.idx for t in tokens]
    last = {s.end - 1 for s in block.sentences}
    states = [[0, 0, 0] for _ in ids]
    starts = [block.offset + a for a, _ in offsets]
    for start, end, role in spans:
        first = max(bisect_right(starts, start) - 1, 0)
        if first < len(ids) and block.offset + offsets[first][1] <= start:
            first += 1
        for i in range(first, bisect_left(starts, end)):
            states[i][role] = 1 if i == first else 2
    found, at = [], -1
    pos, dependency, ends_at = 0, 0, 0
    for piece, (a, b), (content, cue, speaker) in zip(ids, offsets, states, strict=True):
        if at < 0 or (at + 1 < len(tokens) and starts_at[at + 1] <= a):
            at = max(bisect_right(starts_at, a) - 1, 0)
            token = tokens[at]
            pos, dependency = pos_number(token.pos_), dependency_number(token.dep_)
            ends_at = token.idx + len(token) if at in last else len(block.text) + 1
        rule = content + 3 * cue + 9 * speaker
        end = _with_accents(block.text, b)
        found.append(_Piece(piece, (block.offset + a, block.offset + end), pos, dependency, rule, end >= ends_at))
    return found


def _with_accents(text: str, end: int) -> int:
    """``end``, or behind the accents there that are characters of their own: the tokenizer drops them at the end of a word."""
    while end < len(text) and combining(text[end]):
        end += 1
    return end
