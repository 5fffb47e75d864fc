"""Who supports or opposes whom between two marked spans of a text: the stance model as code sees it.

One pass of a small encoder (the weights ``stance``; training/stance) reads both directions of a pair. Finds no spans, writes no records and knows
nothing of actors or issues: whoever asks says where holder and target stand. The method (a mark on both spans, their pooled states, a head over
holder, target, their product and the words that the pair asks for) follows the entity-pair readers of relation extraction; the labels are those of
DSE (Park et al. 2021, "Who blames or endorses whom?").
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError, SchemaError
from onrecord.model.stances import PairLabel, PairStance
from onrecord.reading.encoder import Encoder, encoder, nearest
from onrecord.reading.weights import REINSTALL, home_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Offsets = tuple[int, int]
"""Half-open range of code points of a text."""
Directed = tuple[Offsets, Offsets]
"""(holder, target)."""

INTERFACE = 1
LONGEST = 160
"""Word pieces that are read at most; the weights saw no more."""
FIRST, SECOND = 2, 3
AROUND = 2_000
"""Code points on either side of the pair that are looked at; of them, LONGEST word pieces are read."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become probabilities and a decision; fitted with the weights and kept in their ``model.json``.

    Probabilities are the softmax of ``logits / temperature + bias``. ``least``: how many times as likely as neutral a stance must be to be taken;
    where both are, the one that is further above.
    """

    labels: tuple[PairLabel, ...]
    temperature: float
    bias: tuple[float, ...]
    least: Mapping[PairLabel, float]

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Calibration:
        """The calibration that a model's ``model.json`` holds. Raises ModelError where it has none."""
        try:
            told = card["calibration"]
            labels = tuple(card["labels"])
            return cls(labels, float(told["temperature"]), tuple(map(float, told["bias"])), {k: float(v) for k, v in told["least"].items()})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(f"the stance weights say nothing of use about their calibration ({error!r})", hint=REINSTALL) from error

    def read(self, logits: NDArray[np.float32]) -> PairStance:
        """The answer for one direction."""
        scaled = logits.astype(np.float64) / self.temperature + np.asarray(self.bias)
        powers = np.exp(scaled - scaled.max())
        scores = dict(zip(self.labels, (powers / powers.sum()).tolist(), strict=True))
        above = {label: scores[label] / (least * scores["neutral"]) for label, least in self.least.items()}
        surest = max(above, key=above.__getitem__)
        return PairStance(surest if above[surest] >= 1 else "neutral", scores)


def stances(text: str, pairs: Sequence[Directed], *, folder: Path | None = None) -> list[PairStance]:
    """The stance of each (holder, target), in order; offsets are code points of ``text``.

    Both directions of two spans cost one pass, and all pairs are run together: ask once per sentence or paragraph. ``folder``: weights of one's own.
    Raises SchemaError for spans that are empty, outside the text or overlapping, ModelAbsent where the weights are not installed, ModelError where
    they are damaged.
    """
    for holder, target in pairs:
        _check(text, holder, target)
    if not pairs:
        return []
    network = encoder("stance", interface=INTERFACE, folder=home_folder(folder))
    calibration = Calibration.of(network.weights.card)
    logits = _logits(network, text, tuple(dict.fromkeys(map(_ordered, pairs))))
    return [calibration.read(logits[_ordered(pair)][int(pair[0] > pair[1])]) for pair in pairs]


@functools.lru_cache(maxsize=4)
def _logits(network: Encoder, text: str, pairs: tuple[Directed, ...]) -> dict[Directed, NDArray[np.float32]]:
    """Both ways' logits of each ordered pair, shape (2, 3); the last are kept, for who asks one way and then the other."""
    outputs = network.run([row(network.tokenizer, text, *pair) for pair in pairs])
    return {pair: scores["logits"] for pair, scores in zip(pairs, outputs, strict=True)}


def row(tokenizer: Tokenizer, text: str, *spans: Offsets) -> dict[str, list[int]]:
    """What the network takes for two spans in their order in the text: word pieces, and which of them belong to which span.

    A piece belongs to a span that it overlaps, so half a word is the word. Long texts are cut: what stands around the spans is read, and where they
    are far apart what stands around each. Raises SchemaError where a span has no word piece (nothing but spaces).
    """
    near, moved = _around(text, spans)
    encoding = tokenizer.encode(near)
    kinds = [0] * len(encoding.ids)
    for kind, (start, end) in zip((FIRST, SECOND), moved, strict=False):
        for at, (a, b) in enumerate(encoding.offsets):
            if max(a, start) < min(b, end):
                kinds[at] = kind
        if kind not in kinds:
            raise SchemaError(f"{near[start:end]!r} has no words", hint="give the span of the words that name holder or target")
    kept = nearest(np.asarray(kinds), LONGEST).tolist()
    return {"input_ids": [encoding.ids[at] for at in kept], "token_type_ids": [kinds[at] for at in kept]}


def _around(text: str, spans: Sequence[Offsets]) -> tuple[str, list[Offsets]]:
    """The words around the spans, which may be two stretches put together, and where the spans stand in them."""
    (a, b), (c, d) = spans[0], spans[-1]
    start, end = max(0, a - AROUND), min(len(text), d + AROUND)
    left, right = (b, b) if c - b <= 2 * AROUND else (b + AROUND, c - AROUND)
    gone = start + right - left
    return text[start:left] + text[right:end], [(a - start, b - start), *((x - gone, y - gone) for x, y in spans[1:])]


def _ordered(pair: Directed) -> Directed:
    return (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])


def _check(text: str, holder: Offsets, target: Offsets) -> None:
    for role, (start, end) in (("holder", holder), ("target", target)):
        if not 0 <= start < end <= len(text):
            message = f"the {role} {start}:{end} is no part of a text of {len(text)} characters"
            raise SchemaError(message, hint="a span is (start, end), counted in characters, its end not included")
    if holder[0] < target[1] and target[0] < holder[1]:
        raise SchemaError("holder and target overlap", hint="give two spans that share no character")
