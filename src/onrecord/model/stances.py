"""The answer to a question about one pair of spans: where does the holder stand on the target?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PairLabel = Literal["support", "oppose", "neutral"]


@dataclass(frozen=True, slots=True)
class PairStance:
    """The stance of a holder on a target, read from the words around two marked spans.

    ``scores``: a calibrated probability for each label, summing to 1. ``stance`` is not always the likeliest label: a stance is taken where it
    is likely enough against neutral, by odds that came with the weights and make up for how rare stances are in running text.
    """

    stance: PairLabel
    scores: Mapping[str, float] = field(hash=False)
