"""How far parties agree over issues, and the one dimension that tells most of it. Arithmetic on arrays of stances; reads no store.

``stances`` has the shape (parties, issues, 3): the probability of each state (for, against, neutral), all zero where a party's stance is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PLACES = np.array([1.0, -1.0, 0.0])
"""Where the states lie: for, against, neutral."""
_Z = 1.96
_ROUNDS, _RIDGE = 60, 1.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Arrays of (parties, parties). ``shared``: issues on which the stances of both are known; ``score``: -1 to 1, NaN where there is none."""

    shared: Array
    score: Array


def agreement(stances: Array) -> Agreement:
    """The mean over shared issues of 1 - |x - y|: 1 on one side, -1 on opposite ones, 0 where one of them is neutral (Lijphart 1963, for votes)."""
    known = _known(stances)
    shared = known @ known.T
    apart = np.zeros_like(shared)
    for one, x in enumerate(PLACES):
        for two, y in enumerate(PLACES):
            if x != y:
                apart += abs(x - y) * (stances[:, :, one] @ stances[:, :, two].T)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Agreement(shared, np.where(shared > 0, 1 - apart / shared, np.nan))


def interval(score: Array, shared: Array) -> tuple[Array, Array]:
    """The 95 % intervals of agreements over so many issues, taken as shares of agreeing ones (Wilson 1927), from -1 to 1; NaN for no issue."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share, spread = (1 + score) / 2, _Z * _Z / shared
        middle = (share + spread / 2) / (1 + spread)
        half = _Z * np.sqrt(np.maximum(0, share * (1 - share)) / shared + spread / shared / 4) / (1 + spread)
    return np.maximum(-1, 2 * (middle - half) - 1), np.minimum(1, 2 * (middle + half) - 1)


def allies_elsewhere(stances: Array, party: int) -> NDArray[np.bool_]:
    """Of one party, for each other and each issue: whether both surely agree on the other issues (the interval without it lies above 0)."""
    known = _known(stances)
    both = known * known[party]
    apart = np.einsum("pia,ab,ib->pi", stances, np.abs(PLACES[:, None] - PLACES), stances[party])
    agreed = np.where(both > 0, 1 - apart, 0)
    shared = both.sum(axis=1, keepdims=True) - both
    with np.errstate(invalid="ignore", divide="ignore"):
        low, _ = interval((agreed.sum(axis=1, keepdims=True) - agreed) / shared, shared)
    allied: NDArray[np.bool_] = low > 0
    allied[party] = False
    return allied


def first_dimension(stances: Array) -> Array:
    """A place for each party on the one line that explains most of the stances, with mean 0 and spread 1; NaN for who has no stance.

    The expected stance of party i on issue j is taken as b_j + u_i v_j, fitted to the known ones by least squares in turns (a singular value
    decomposition with gaps, ridge 1 on u and v, so that who spoke once stays near the middle). Which end is positive means nothing: it is that of the
    party with the most known stances, the first of several. A line says nothing of its own meaning.
    """
    known = _known(stances)
    x = stances @ PLACES
    u = _start(x, known)
    for _ in range(_ROUNDS):
        v, b = _issues(x, known, u)
        u = _solved((known * (x - b)) @ v, known @ (v * v))
        u = u / (u.std() or 1.0)
    spoke = known.any(axis=1)
    if not spoke.any():
        return np.full(len(u), np.nan)
    u = (u - u[spoke].mean()) / (u[spoke].std() or 1.0)
    sign = 1.0 if u[int(known.sum(axis=1).argmax())] >= 0 else -1.0
    return np.where(spoke, sign * u, np.nan)


def _known(stances: Array) -> Array:
    known: Array = (stances.sum(axis=2) > 0).astype(float)
    return known


def _start(x: Array, known: Array) -> Array:
    """The first left singular vector of the stances less their issue's mean, gaps filled with that mean."""
    count = np.maximum(known.sum(axis=0), 1)
    left: Any = np.linalg.svd(known * (x - (known * x).sum(axis=0) / count), full_matrices=False)[0]
    found: Array = left[:, 0] * sqrt(len(x))
    return found


def _issues(x: Array, known: Array, u: Array) -> tuple[Array, Array]:
    """Slope and level of each issue, given the places of the parties."""
    count = np.maximum(known.sum(axis=0), 1)
    mean_u, mean_x = (known.T @ u) / count, (known * x).sum(axis=0) / count
    slope = _solved((known * x).T @ u - count * mean_u * mean_x, known.T @ (u * u) - count * mean_u**2)
    return slope, mean_x - slope * mean_u


def _solved(product: Array, square: Array) -> Array:
    solved: Array = product / (square + _RIDGE)
    return solved
