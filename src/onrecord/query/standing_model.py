"""How sure a stance is, and whether it changed: a party's stance as a hidden state that reports show with errors. Arithmetic only; reads no store.

A party is in one of three states on a question (for it, against it, neutral). Each independent voice shows the state, or, where it was misread or
misreported, one of the other two. States last: a change comes once in five years (``CHANGES``), to either other state alike. This is a hidden Markov
model (Rabiner 1989, A tutorial on hidden Markov models) with K = 3. What is asked of it: the filtered probability of each state on a day
(:func:`posterior`), the likeliest path (:func:`path`), and the odds of one change against none between two stretches (:func:`change`; a Bayes factor
over an unknown change point, Smith 1975, Biometrika 62). Days are ordinals of ``datetime.date``; logs are natural.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, log, log1p
from typing import Protocol

STATES = range(3)
FOR, AGAINST, NEUTRAL = STATES
CHANGES = 0.2 / 365.25
"""Changes of stance a day that are expected of a party on an issue: an assumption, not a measurement (docs/decisions/0029)."""
SILENCES = 0.2 / 365.25
"""Silences a day that are expected of who speaks regularly, likewise."""
SILENT_DAYS = 365.25
"""How long a silence lasts on average, likewise."""
REAL = 0.95
"""From this probability on a shift is called real."""
LIKELY = 0.5
"""What is no more probable is left open."""
_SUREST, _LEAST = 0.98, 0.4
_LEANING = 0.9
_STEADY = 10


class Run(Protocol):
    """Voices in a row that show one value: ``logs`` is the log-likelihood of their evidence in each state, ``first`` and ``last`` are days."""

    @property
    def value(self) -> int:
        """The state that they show."""

    @property
    def logs(self) -> Sequence[float]:
        """For each state the log-likelihood of what they say."""

    @property
    def first(self) -> int:
        """The day of the first."""

    @property
    def last(self) -> int:
        """The day of the last."""


@dataclass(frozen=True, slots=True)
class Tested:
    """``factor``: the Bayes factor, how much better the evidence fits a change than none; ``probability``: of a change, with the prior."""

    factor: float
    probability: float

    @property
    def real(self) -> bool:
        """Whether the probability reaches ``REAL``."""
        return self.probability >= REAL


def reliability(confidence: float, strength: int) -> float:
    """The probability that a voice shows the true state: the record's calibrated confidence, less for words that only lean (strength 1).

    At most 0.98, since reports err even where the reading is right; at least 0.4, since a poor reading is weak evidence and none for the contrary.
    """
    return min(_SUREST, max(_LEAST, confidence * (_LEANING if strength < 2 else 1)))


def evidence(value: int, sure: float) -> tuple[float, ...]:
    """The log-likelihood of one voice in each state: ``sure`` where it shows the state, else half of the rest."""
    return tuple(log(sure) if state == value else log((1 - sure) / 2) for state in STATES)


def gained(value: int, before: float, sure: float) -> tuple[float, ...]:
    """What the log-likelihoods of a voice gain where it turns out to be ``sure`` and not only as sure as ``before``."""
    return tuple(new - old for old, new in zip(evidence(value, before), evidence(value, sure), strict=True))


def posterior(runs: Sequence[Run], on: int) -> tuple[float, ...]:
    """The probability of each state on the day ``on``, from runs up to it in order of time. Without runs, a third each."""
    current = [0.0] * len(STATES)
    day = runs[0].first if runs else on
    for run in runs:
        current = [p + e for p, e in zip(_moved(current, run.first - day), run.logs, strict=True)]
        day = run.last
    current = _moved(current, on - day)
    total = _sum(current)
    return tuple(exp(p - total) for p in current)


def path(runs: Sequence[Run], end: int) -> list[int]:
    """The likeliest state for each run, where the last is in state ``end`` (Viterbi)."""
    best: list[float] = list(runs[0].logs)
    came: list[list[int]] = []
    for before, run in pairwise(runs):
        stay, move = _jump(run.first - before.last)
        back = [max(STATES, key=lambda s, to=state: best[s] + (stay if s == to else move)) for state in STATES]  # type: ignore[misc]
        best = [best[back[s]] + (stay if back[s] == s else move) + run.logs[s] for s in STATES]
        came.append(back)
    found = [end]
    for back in reversed(came):
        found.append(back[found[-1]])
    return found[::-1]


def change(before: Sequence[Run], after: Sequence[Run]) -> Tested:
    """One change of state at an unknown time between the runs of both stretches, against none.

    The odds are the sum over the gaps t between runs of P(change in t) · mean over s ≠ s' of L(before t | s) L(after t | s'), over the mean over s of
    L(all | s); the factor leaves out P(change in t).
    """
    runs = [*before, *after]
    all_ = [sum(run.logs[s] for run in runs) for s in STATES]
    left = [0.0] * len(STATES)
    changed, prior = [], []
    for one, two in pairwise(runs):
        left = [p + e for p, e in zip(left, one.logs, strict=True)]
        _, move = _jump(two.first - one.last)
        changed += [move + left[s] + all_[t] - left[t] for s in STATES for t in STATES if s != t]
        prior.append(move + log(len(STATES) - 1))
    odds = _sum(changed) - _sum(all_)
    return Tested(_exp(odds - _sum(prior)), _probability(odds))


def excursion(before: Run | None, run: Run, after: Run | None, state: int) -> Tested:
    """Whether a party that else is in ``state`` was where ``run`` shows it, or what ``run`` shows is in error. The factor leaves out the moves."""
    factor = run.logs[run.value] - run.logs[state]
    moves = (_move(before, run) if before is not None else 0.0) + (_move(run, after) if after is not None else 0.0)
    return Tested(_exp(factor), _probability(factor + moves))


def silence(gaps: int, total: int, squares: int, days: int, *, ended: bool) -> Tested:
    """Whether ``days`` without a word are a silence of one who spoke at ``gaps`` + 1 occasions over ``total`` days, or chance.

    While one speaks, the days to the next word are exponential with a rate learned from the gaps, which gives P(more than g) = (T / (T + g))^k with
    k = gaps, or fewer where gaps vary more than such gaps do (k = gaps / CV², which is drawn towards 1 as if ten more gaps had that; ``squares`` is
    the sum of their squares). A silence is exponential with ``SILENT_DAYS``. Where it ``ended`` the densities are compared, else the chances of
    lasting so long.
    """
    mean = total / gaps
    varied = (squares / gaps) / mean**2 - 1
    k = gaps / max(1.0, (gaps * varied + _STEADY) / (gaps + _STEADY))
    speaking = k * (log(total) - log(total + days))
    silent = -days / SILENT_DAYS
    if ended:
        speaking += log(k) - log(total + days)
        silent -= log(SILENT_DAYS)
    factor = silent - speaking
    return Tested(_exp(factor), _probability(factor + log(SILENCES * mean)))


def _move(one: Run, two: Run) -> float:
    return _jump(two.first - one.last)[1]


def _jump(days: int) -> tuple[float, float]:
    """The log-probability to be in the same state after so many days (one at least), and in each other."""
    changed = -CHANGES * max(1, days) * len(STATES) / (len(STATES) - 1)
    other = (1 - exp(changed)) / len(STATES)
    return log1p(-other * (len(STATES) - 1)), log(other)


def _moved(logs: Sequence[float], days: int) -> list[float]:
    if days <= 0:
        return list(logs)
    stay, move = _jump(days)
    return [_sum([p + (stay if s == to else move) for s, p in enumerate(logs)]) for to in STATES]


def _sum(logs: Sequence[float]) -> float:
    most = max(logs)
    return most + log(sum(exp(p - most) for p in logs))


def _exp(value: float) -> float:
    return exp(value) if value < 700 else inf


def _probability(odds: float) -> float:
    return 1 / (1 + _exp(-odds))
