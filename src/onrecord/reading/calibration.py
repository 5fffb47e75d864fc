"""From raw scores to confidences: monotone maps that were fitted beforehand. Fits nothing; ``python -m training.statements.calibrate`` does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.errors import ModelError
from onrecord.model import Why
from onrecord.reading.weights import REINSTALL

Found = Literal["rule", "model", "both"]
"""Who found a record."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between knots (raw score, probability), level beyond the first and last; without knots the raw score itself."""

    knots: tuple[tuple[float, float], ...] = ()

    def __call__(self, raw: float) -> float:
        """The probability for a raw score, both 0 to 1."""
        at = bisect_left(self.knots, (raw,))
        if not self.knots:
            return raw
        if at in (0, len(self.knots)):
            return self.knots[min(at, len(self.knots) - 1)][1]
        (low, start), (high, end) = self.knots[at - 1 : at + 1]
        return start + (end - start) * (raw - low) / (high - low)


@dataclass(frozen=True, slots=True)
class Curves:
    """A curve for each way of being found."""

    by: Mapping[Found, Curve]

    @classmethod
    def of(cls, told: Mapping[str, Sequence[Sequence[float]]]) -> Curves:
        """The curves of a model's ``model.json`` ({"both": [[0.2, 0.1], …], …}); raises ModelError where they are none or fall."""
        try:
            by: dict[Any, Curve] = {found: Curve(tuple((float(raw), float(sure)) for raw, sure in knots)) for found, knots in told.items()}
        except (TypeError, ValueError, AttributeError) as error:
            raise ModelError(f"the calibration of the weights is damaged ({error})", hint=REINSTALL) from error
        for curve in by.values():
            if any(a[0] >= b[0] or a[1] > b[1] for a, b in zip(curve.knots, curve.knots[1:], strict=False)):
                raise ModelError("the calibration of the weights falls", hint="fit it again: python -m training.statements.calibrate")
        return cls(by)

    def confidence(self, why: Sequence[Why]) -> float:
        """The confidence of a record with these grounds, two decimals: the curve of who found it, at the score of the first ground."""
        score = why[0].score if why and why[0].score is not None else 0.5
        return round(self.by.get(found_by(why), Curve())(score), 2)


def found_by(why: Sequence[Why]) -> Found:
    """Who found a record with these grounds; a record without any is taken for a rule's."""
    both = {w.by for w in why}
    return "both" if len(both) > 1 else "model" if both == {"model"} else "rule"
