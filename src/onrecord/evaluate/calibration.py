"""How far confidences can be trusted: of the records told with 0.8, are 80 in 100 right? Numbers only; what is right is decided by who calls.

Bins of equal width, expected calibration error and Brier score are those of Guo et al. 2017, "On calibration of modern neural networks"; the monotone
map is fitted by pooling adjacent violators (Ayer et al. 1955).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Told = tuple[float, bool]
"""A confidence, 0 to 1, and whether the record was right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Records of like confidence: from ``low`` to ``high``, their mean confidence, the share of them that was right, how many."""

    low: float
    high: float
    confidence: float
    right: float
    count: int


def reliability(told: Iterable[Told], count: int = 10) -> tuple[Bin, ...]:
    """The bins that hold anything, of ``count`` of equal width, in order."""
    held: dict[int, list[Told]] = {}
    for sure, right in told:
        held.setdefault(min(count - 1, int(sure * count)), []).append((sure, right))
    return tuple(
        Bin(place / count, (place + 1) / count, sum(s for s, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside), len(inside))
        for place, inside in sorted(held.items())
    )


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (ECE), 0 to 1: the mean distance of confidence from share right, each bin by its count; 0 for no bins."""
    whole = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.right) for b in bins) / whole if whole else 0.0


def brier(told: Sequence[Told]) -> float:
    """Mean squared distance of confidence from the truth, 0 to 1; lower is better, and telling right from wrong counts, not only honesty."""
    return sum((sure - right) ** 2 for sure, right in told) / len(told) if told else 0.0


def monotone(told: Iterable[Told], least: int = 25) -> tuple[tuple[float, float], ...]:
    """Knots (raw score, probability) of a map that rises, with at least ``least`` records behind each knot where there are so many.

    Rates are drawn towards one half by one record on either side, so that no knot says 0 or 1. Empty for no records.
    """
    pooled: list[_Pool] = []
    for step in _steps(told, least):
        pooled.append(step)
        while len(pooled) > 1 and pooled[-2].rate >= pooled[-1].rate:
            last = pooled.pop()
            pooled[-1] += last
    return tuple((p.scores / p.count, p.rate) for p in pooled)


def mapped(knots: Sequence[tuple[float, float]], raw: float) -> float:
    """The probability that :func:`monotone`'s knots give a raw score: straight lines between them, level beyond; without knots the score itself."""
    at = bisect_left(knots, raw, key=lambda knot: knot[0])
    if not knots or at in (0, len(knots)):
        return knots[min(at, len(knots) - 1)][1] if knots else raw
    (low, start), (high, end) = knots[at - 1 : at + 1]
    return start + (end - start) * (raw - low) / (high - low)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Records of neighbouring scores: the sum of these, how many were right, how many there are."""

    scores: float
    right: int
    count: int

    def __add__(self, other: _Pool) -> _Pool:
        return _Pool(self.scores + other.scores, self.right + other.right, self.count + other.count)

    @property
    def rate(self) -> float:
        return (self.right + 1) / (self.count + 2)


def _steps(told: Iterable[Told], least: int) -> list[_Pool]:
    """Records in the order of their scores, ``least`` or more at a time; those of one score are never parted."""
    alike: dict[float, _Pool] = {}
    for sure, right in told:
        alike[sure] = alike.get(sure, _Pool(0.0, 0, 0)) + _Pool(sure, int(right), 1)
    steps: list[_Pool] = []
    for _, pool in sorted(alike.items()):
        if steps and steps[-1].count < least:
            steps[-1] += pool
        else:
            steps.append(pool)
    if len(steps) > 1 and steps[-1].count < least:
        steps[-2:] = [steps[-2] + steps[-1]]
    return steps
