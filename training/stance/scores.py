"""Scores of the stance model: probabilities, DSE's five classes, macro-F1, calibration error. Needs numpy only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluate import calibration

Floats = NDArray[np.floating]


def probabilities(logits: Floats, temperature: float = 1.0, bias: Sequence[float] = (0.0, 0.0, 0.0)) -> Floats:
    """Softmax over the last axis of ``logits / temperature + bias``."""
    scaled = logits / temperature + np.asarray(bias)
    powers = np.exp(scaled - scaled.max(-1, keepdims=True))
    found: Floats = powers / powers.sum(-1, keepdims=True)
    return found


def read_as_dse(chances: Floats, least: Sequence[float] | None = None) -> list[int]:
    """DSE's class of each row of (rows, 2, 3) probabilities, as the scorer takes it: the surer of the two ways.

    ``least``: the least odds (support, oppose) against neutral at which a stance is taken; without, the likeliest label is.
    """
    found = []
    for ways in chances:
        best, sure = 0, 0.0
        for way, told in enumerate(ways):
            stance = decide(told, least)
            if stance and told[stance] > sure:
                best, sure = stance + 2 * way, float(told[stance])
        found.append(best)
    return found


def decide(told: Floats, least: Sequence[float] | None) -> int:
    """0 neutral, 1 support, 2 oppose."""
    if least is None:
        return int(told.argmax())
    ratio = [float(told[stance]) / (float(told[0]) * least[stance - 1]) for stance in (1, 2)]
    return 1 + int(ratio[1] > ratio[0]) if max(ratio) >= 1 else 0


def macro_f1(gold: Sequence[int], found: Sequence[int]) -> float:
    """Mean F1 over the classes that gold has, 0 to 100."""
    scores = []
    for label in sorted(set(gold)):
        hit = sum(g == label == f for g, f in zip(gold, found, strict=True))
        scores.append(2 * hit / (list(gold).count(label) + list(found).count(label)))
    return round(100 * sum(scores) / len(scores), 1)


def bins(chances: Floats, gold: Sequence[int], count: int = 10) -> list[tuple[float, float, int]]:
    """(mean probability, share right, number) of the likeliest labels of (n, 3) probabilities, by probability."""
    return [(b.confidence, b.right, b.count) for b in _reliability(chances, gold, count)]


def expected_error(chances: Floats, gold: Sequence[int]) -> float:
    """Expected calibration error of the likeliest label, in ten bins, 0 to 1."""
    return round(calibration.expected_error(_reliability(chances, gold)), 4)


def _reliability(chances: Floats, gold: Sequence[int], count: int = 10) -> tuple[calibration.Bin, ...]:
    right = chances.argmax(-1) == np.asarray(gold)
    return calibration.reliability(zip(chances.max(-1).tolist(), right.tolist(), strict=True), count)
