"""The answer to a question about one pair of spans: what does the actor do to the recipient?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING = "none"
"""The label of a pair between which the text tells no event."""


@dataclass(frozen=True, slots=True)
class PairCoding:
    """What the words around two marked spans tell in PLOVER 2.0.

    ``type``: one of the sixteen, None where most likely there is no event between the two. ``mode``: the likeliest mode of that type, None where
    none is likelier than the type alone. ``scores``: a calibrated probability for each type and for "none", summing to 1.
    """

    type: str | None
    mode: str | None
    scores: Mapping[str, float] = field(hash=False)
