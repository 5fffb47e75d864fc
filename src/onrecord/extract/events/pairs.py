"""What marked parties of a passage do to each other: the event model as code sees it. Finds no parties and writes no records.

One pass of a small encoder (the weights ``events``; training/events) reads a passage, whatever the number of pairs; a head of a few questions a pair
gives PLOVER type with mode, status and the word that tells of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.extract.events.inputs import Pair, Passage, joined, passage, read_pieces, row
from onrecord.extract.events.lexicon import lexicon
from onrecord.model import PairCoding
from onrecord.model.records import Status
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.weights import REINSTALL

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from onrecord.reading.encoder import Encoder

Floats = NDArray[np.float64]
INTERFACE = 1
"""Which weights this code can feed."""


@dataclass(frozen=True)
class Calibration:
    """How logits become probabilities: softmax of ``logits / temperature``, fitted with the weights and kept in their ``model.json``.

    ``labels``: "none", each type alone, and each type with each of its modes.
    """

    labels: tuple[str, ...]
    statuses: tuple[Status, ...]
    temperature: float

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Calibration:
        """The calibration that a model's ``model.json`` holds. Raises ModelError where it has none."""
        try:
            return cls(tuple(card["labels"]), tuple(card["statuses"]), float(card["calibration"]["temperature"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the event weights say nothing of use about their calibration ({error!r})", hint=REINSTALL) from error

    @functools.cached_property
    def kinds(self) -> tuple[str, ...]:
        """The types in the order of the labels, "none" first."""
        return tuple(dict.fromkeys(label.partition("/")[0] for label in self.labels))

    @functools.cached_property
    def groups(self) -> Floats:
        """(labels, kinds): 1 where a label is of a kind."""
        return np.asarray([[float(label.partition("/")[0] == kind) for kind in self.kinds] for label in self.labels])


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees between two parties: probabilities of kinds, labels and statuses (in the order of ``how``), and the word that tells."""

    how: Calibration
    kinds: Floats
    labels: Floats
    statuses: Floats
    trigger: Offsets

    @property
    def status(self) -> Status:
        """The likeliest status."""
        return self.how.statuses[int(self.statuses.argmax())]

    @property
    def nothing(self) -> float:
        """The probability that there is no event between the two."""
        return float(self.kinds[0])

    def chance(self, kind: str) -> float:
        """The probability of a type."""
        return float(self.kinds[self.how.kinds.index(kind)])

    def best(self) -> str:
        """The likeliest type."""
        return self.how.kinds[1 + int(self.kinds[1:].argmax())]

    def mode(self, kind: str) -> str | None:
        """The likeliest mode of a type; None where none is likelier than the type alone."""
        own = [(chance, label) for chance, label in zip(self.labels.tolist(), self.how.labels, strict=True) if label.partition("/")[0] == kind]
        return max(own)[1].partition("/")[2] or None

    def runners_up(self, kind: str, most: int = 3) -> list[tuple[str, float]]:
        """The likeliest kinds but ``kind``, with their probabilities, likeliest first."""
        others = sorted(zip(self.kinds.tolist(), self.how.kinds, strict=True), reverse=True)
        return [(name, chance) for chance, name in others if name != kind][:most]

    def coding(self) -> PairCoding:
        """The answer for whoever asked about the pair."""
        best = self.best()
        kind = best if self.chance(best) > self.nothing else None
        return PairCoding(kind, self.mode(kind) if kind else None, dict(zip(self.how.kinds, self.kinds.tolist(), strict=True)))


def passage_of(analysis: Analysis, parties: Sequence[Offsets], tokenizer: Tokenizer) -> Passage | None:
    """The sentences from the first party to the last, as the model reads them; None where no word of the text is prose.

    ``analysis`` has been read as far as the events of the rules.
    """
    start, end = min(a for a, _ in parties), max(b for _, b in parties)
    parts = []
    for block in analysis.blocks:
        inside = [s for s in block.sentences if block.offset + s.start_char < end and start < block.offset + s.end_char]
        if inside:
            parts.append(passage(block, (inside[0].start, inside[-1].end), tokenizer, lexicon("en"), analysis.events))
    return joined(parts) if parts else None


def seen(network: Encoder, asked: Iterable[tuple[Passage, Sequence[Offsets], Sequence[Pair]]]) -> list[list[Seen]]:
    """What the network sees in each passage between each of its pairs, in order. A party must have a piece in its passage."""
    how = calibration(network)
    passages = list(asked)
    outputs = network.run([row(*one) for one in passages])
    found = []
    for (made, parties, _), scores in zip(passages, outputs, strict=True):
        offsets = [made.offsets[i] for i in read_pieces(made, parties)]
        labels = _softmax(scores["labels"].astype(np.float64) / how.temperature)
        kinds, statuses = labels @ how.groups, _softmax(scores["status"].astype(np.float64))
        trigger = scores["trigger"][:, 1:-1].argmax(-1).tolist()
        found.append([Seen(how, k, ls, s, offsets[1 + t]) for k, ls, s, t in zip(kinds, labels, statuses, trigger, strict=True)])
    return found


@functools.lru_cache(maxsize=4)
def calibration(network: Encoder) -> Calibration:
    """The calibration of a loaded network."""
    return Calibration.of(network.weights.card)


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    total: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return total
