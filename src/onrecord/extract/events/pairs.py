"""What marked parties of a passage do to each other: the event model as code sees it. Finds no parties and writes no records.

One pass of a small encoder (the weights ``events``; training/events) reads a passage, whatever the number of pairs; a head of a few questions a pair
gives PLOVER type with mode, status and the word that tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.extract.events.inputs import LONGEST, Pair, Passage, joined, nearest, passage, row
from onrecord.extract.events.lexicon import lexicon
from onrecord.model import PairCoding
from onrecord.model.codings import NOTHING
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.weights import REINSTALL

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from onrecord.reading.encoder import Encoder

INTERFACE = 1
"""Which weights this code can feed."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become probabilities: softmax of ``logits / temperature``, fitted with the weights and kept in their ``model.json``."""

    labels: tuple[str, ...]
    statuses: tuple[str, ...]
    temperature: float

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Calibration:
        """The calibration that a model's ``model.json`` holds. Raises ModelError where it has none."""
        try:
            return cls(tuple(card["labels"]), tuple(card["statuses"]), float(card["calibration"]["temperature"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the event weights say nothing of use about their calibration ({error!r})", hint=REINSTALL) from error


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees between two parties. ``types``: a probability for "none" and for each type; ``modes``: of each "TYPE/mode" and of each type alone.

    ``status``: the likeliest; ``trigger``: offsets of the word piece that tells of it.
    """

    types: Mapping[str, float]
    modes: Mapping[str, float]
    status: str
    trigger: Offsets

    @property
    def nothing(self) -> float:
        """The probability that there is no event between the two."""
        return self.types[NOTHING]

    def best(self) -> str:
        """The likeliest type."""
        return max((kind for kind in self.types if kind != NOTHING), key=self.types.__getitem__)

    def mode(self, kind: str) -> str | None:
        """The likeliest mode of a type; None where none is likelier than the type alone."""
        own = {label: chance for label, chance in self.modes.items() if label.partition("/")[0] == kind}
        return max(own, key=own.__getitem__).partition("/")[2] or None

    def coding(self) -> PairCoding:
        """The answer for whoever asked about the pair."""
        best = self.best()
        kind = best if self.types[best] > self.nothing else None
        return PairCoding(kind, self.mode(kind) if kind else None, dict(self.types))


def passage_of(analysis: Analysis, parties: Sequence[Offsets], tokenizer: Tokenizer) -> Passage | None:
    """The sentences from the first party to the last, as the model reads them; None where no word of the text is prose.

    ``analysis`` has been read as far as the events of the rules.
    """
    start, end = min(a for a, _ in parties), max(b for _, b in parties)
    parts = []
    for block in analysis.blocks:
        inside = [s for s in block.sentences if block.offset + s.start_char < end and start < block.offset + s.end_char]
        if inside:
            parts.append(passage(block, inside[0].start, inside[-1].end, tokenizer, lexicon("en"), analysis.events))
    return joined(parts) if parts else None


def seen(network: Encoder, asked: Iterable[tuple[Passage, Sequence[Offsets], Sequence[Pair]]]) -> list[list[Seen]]:
    """What the network sees in each passage between each of its pairs, in order. A party must have a piece in its passage."""
    how = Calibration.of(network.weights.card)
    passages = list(asked)
    outputs = network.run([row(*one) for one in passages])
    found = []
    for (made, parties, pairs), scores in zip(passages, outputs, strict=True):
        offsets = [made.offsets[i] for i in _kept(made, parties)]
        chances = _softmax(scores["labels"].astype(np.float64) / how.temperature)
        found.append([_seen(how, chances[n], scores["status"][n], scores["trigger"][n], offsets) for n in range(len(pairs))])
    return found


def _kept(made: Passage, parties: Sequence[Offsets]) -> NDArray[np.int64]:
    marks = np.zeros(len(made), dtype=np.int64)
    for party in parties:
        marks[made.within(party)] = 1
    return nearest(marks, LONGEST)


def _seen(how: Calibration, chances: NDArray[np.float64], status: NDArray[Any], trigger: NDArray[Any], offsets: Sequence[Offsets]) -> Seen:
    types: dict[str, float] = {}
    for label, chance in zip(how.labels, chances.tolist(), strict=True):
        kind = label.partition("/")[0]
        types[kind] = types.get(kind, 0.0) + chance
    modes = dict(zip(how.labels[1:], chances[1:].tolist(), strict=True))
    return Seen(types, modes, how.statuses[int(status.argmax())], offsets[1 + int(trigger[1:-1].argmax())])


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    total: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return total
