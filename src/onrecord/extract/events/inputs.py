"""What the event model reads: word pieces of a passage with part of speech, dependency, what lexicon and rules make of each, and marked parties.

Shared by training and reading; knows no weights. Offsets are code points of the document text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.codebook import plover
from onrecord.extract.events.lexicon import Lexicon, plain
from onrecord.model import Event
from onrecord.reading.analysis import Block, Offsets
from onrecord.reading.encoder import nearest
from onrecord.reading.grammar import dependency_number, pos_number

if TYPE_CHECKING:
    from spacy.tokens import Token
    from tokenizers import Tokenizer

LONGEST = 160
"""Most word pieces of a passage, its marks included; of a longer one, those nearest to the parties are read."""
TYPES = tuple(plover.types())
"""PLOVER's types in the codebook's order; the model knows them by number, 0 for none."""
ACTOR, RECIPIENT = 1, 2
"""Roles of a pair's pieces."""
RULES = 2 * len(TYPES) + 1
"""How many things the rules may say of a piece: nothing, a trigger of each type, a party of an event of each type."""
_TYPE = {name: number for number, name in enumerate(TYPES, 1)}

Pair = tuple[int, int | None]
"""(actor, recipient) by their places among the marked parties; None for an act without recipient."""


@dataclass(slots=True)
class Passage:
    """The pieces of one stretch of text; all lists are as long as ``ids``. The first and last piece are marks with the empty range (0, 0)."""

    ids: list[int]
    offsets: list[Offsets]
    pos: list[int]
    dependencies: list[int]
    lexicon: list[int]
    rules: list[int]

    def __len__(self) -> int:
        """How many pieces, marks included."""
        return len(self.ids)

    def within(self, span: Offsets) -> list[int]:
        """Which pieces overlap ``span``."""
        return [i for i, (a, b) in enumerate(self.offsets) if a < b and a < span[1] and span[0] < b]


def passage(block: Block, words: tuple[int, int], tokenizer: Tokenizer, lexicon: Lexicon, events: Iterable[Event]) -> Passage:
    """The tokens ``words`` (first, behind the last) of a block. ``events``: what the rules found; ``tokenizer`` must neither cut nor fill up."""
    tokens = block.tokens[slice(*words)]
    begin = tokens[0].idx
    text = block.text[begin : tokens[-1].idx + len(tokens[-1])]
    encoding = tokenizer.encode(text)
    starts = [t.idx - begin for t in tokens]
    features = [(pos_number(t.pos_), dependency_number(t.dep_), _lexical(t, lexicon)) for t in tokens]
    base = block.offset + begin
    offsets: list[Offsets] = []
    said: list[tuple[int, int, int]] = []
    for a, b in encoding.offsets:
        if a == b:
            offsets.append((0, 0))
            said.append((0, 0, 0))
        else:
            offsets.append((base + a, base + b))
            said.append(features[max(bisect_right(starts, a) - 1, 0)])
    made = Passage(encoding.ids, offsets, [s[0] for s in said], [s[1] for s in said], [s[2] for s in said], [0] * len(offsets))
    _mark_rules(made, events, base, base + len(text))
    return made


def unparsed(text: str, tokenizer: Tokenizer) -> Passage:
    """A whole text of which nothing is known but its words."""
    encoding = tokenizer.encode(text)
    nothing = [0] * len(encoding.ids)
    return Passage(encoding.ids, list(encoding.offsets), nothing, list(nothing), list(nothing), list(nothing))


def joined(passages: Sequence[Passage]) -> Passage:
    """Several passages as one: those of a pair that stands in two paragraphs."""
    one, *others = passages
    if not others:
        return one
    end = [one.ids[-1], one.offsets[-1], one.pos[-1], one.dependencies[-1], one.lexicon[-1], one.rules[-1]]
    parts: list[list[object]] = []
    for at, name in enumerate(("ids", "offsets", "pos", "dependencies", "lexicon", "rules")):
        values = [v for n, p in enumerate(passages) for v in getattr(p, name)[int(n > 0) : -1]]
        parts.append([*values, end[at]])
    return Passage(*parts)  # type: ignore[arg-type]


def _lexical(token: Token, lexicon: Lexicon) -> int:
    """The type that the word tells of when nothing is known of what stands around it, by number; 0 where none."""
    frames = (lexicon.nouns if token.pos_ in ("NOUN", "PROPN") else lexicon.verbs).get(token.lemma_.lower(), ())
    meant = plain(frames)
    return _TYPE[meant.type] if meant else 0


def _mark_rules(made: Passage, events: Iterable[Event], start: int, end: int) -> None:
    """Say of each piece which event of the rules it tells or takes part in; a trigger outweighs a party."""
    starts = [a if a < b else -1 for a, b in made.offsets]
    starts[-1] = end
    for event in events:
        number = _TYPE[event.type]
        parties = [p.mention for p in (*event.actors, *event.recipients) if p.mention is not None]
        for span, value in (*((m, number + len(TYPES)) for m in parties), (event.trigger, number)):
            if span.end <= start or end <= span.start:
                continue
            first = max(bisect_right(starts, span.start) - 1, 1)
            for i in range(first, min(bisect_left(starts, span.end), len(made) - 1)):
                if made.offsets[i][1] > span.start and (value <= len(TYPES) or not 0 < made.rules[i] <= len(TYPES)):
                    made.rules[i] = value


def row(made: Passage, parties: Sequence[Offsets], pairs: Sequence[Pair]) -> dict[str, NDArray[np.int64]]:
    """What the network takes for the ``pairs`` of a passage: all of its pieces, or LONGEST of them, and the role of each piece in each pair.

    Whoever has no piece in what is read has no role there.
    """
    inside = [made.within(p) for p in parties]
    marks = _marks(made, inside)
    kept = nearest(marks, LONGEST)
    roles = np.zeros((len(pairs), len(made)), dtype=np.int64)
    for at, (actor, recipient) in enumerate(pairs):
        roles[at, inside[actor]] = ACTOR
        if recipient is not None:
            roles[at, inside[recipient]] = RECIPIENT
    return {
        "input_ids": np.asarray(made.ids)[kept],
        "pos": np.asarray(made.pos)[kept],
        "dependencies": np.asarray(made.dependencies)[kept],
        "lexicon": np.asarray(made.lexicon)[kept],
        "rules": np.asarray(made.rules)[kept],
        "marks": marks[kept],
        "roles": roles[:, kept],
    }


def read_pieces(made: Passage, parties: Sequence[Offsets]) -> NDArray[np.int64]:
    """Which pieces of a passage :func:`row` hands to the network, by number."""
    if len(made) <= LONGEST:
        return np.arange(len(made))
    return nearest(_marks(made, [made.within(p) for p in parties]), LONGEST)


def _marks(made: Passage, inside: Iterable[list[int]]) -> NDArray[np.int64]:
    """1 on the pieces of parties, of which ``inside`` has one list each."""
    marks = np.zeros(len(made), dtype=np.int64)
    for pieces in inside:
        marks[pieces] = 1
    return marks
