"""Figures of agreement between people who judge the same things: raw share, Cohen's kappa, Krippendorff's alpha. Plain arithmetic, no records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

Judged = Sequence[Hashable]
"""What each judge said of one thing; those who said nothing are left out."""


def raw(units: Sequence[Judged]) -> float:
    """The share of pairs of judgements on the same thing that are equal, 0 to 1, each thing weighing the same."""
    shares = [_equal_pairs(said) / (len(said) * (len(said) - 1)) for said in units]
    return sum(shares) / len(shares)


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa (1960) of two judges: agreement beyond what their own habits would give by chance. None where chance alone gives all of it."""
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[value] * right[value] for value in left) / n**2
    observed = sum(a == b for a, b in pairs) / n
    return None if chance == 1 else (observed - chance) / (1 - chance)


def alpha(units: Sequence[Judged]) -> float | None:
    """Krippendorff's alpha for nominal data, any number of judges, gaps allowed. None where nothing varies.

    Method: K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section C.
    """
    compared = [said for said in units if len(said) > 1]
    values = Counter(value for said in compared for value in said)
    n = values.total()
    expected = n**2 - sum(count**2 for count in values.values())
    if not expected:
        return None
    observed = n - sum(_equal_pairs(said) / (len(said) - 1) for said in compared)
    return 1 - (n - 1) * observed / expected


def _equal_pairs(said: Judged) -> int:
    """How many ordered pairs of judgements on one thing are equal."""
    return sum(count * (count - 1) for count in Counter(said).values())
