"""How far the confidences of statements can be trusted, and the maps that make them so.

    python -m training.statements.calibrate --gold DEV.jsonl [--plot reliability.svg]              what they are worth now
    python -m training.statements.calibrate --gold DEV.jsonl --fit TRAIN.jsonl [--into FOLDER]     fit maps, measure them, write them

Reads the documents of both files (PolNeAR's rows) with the Reader, up to statements. A statement is right where the scorer's ``attr`` counts it: its
content shares half its characters with an attribution of the gold, one to one, and their sources overlap; statements inside others are left out, as
PolNeAR annotates none. Maps are monotone, one for each way of being found (rule, model, both), from the score of a statement's first ground to the
share that was right. ``--into`` writes them into ``FOLDER/model.json`` as ``calibration``. Prints one JSON object; the plot needs matplotlib.

Maps are to be fitted on documents that the weights were not trained on: on others a model is surer than it should be.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from onrecord import Reader
from onrecord.evaluate.calibration import Told, brier, expected_error, monotone, reliability
from onrecord.model import Statement, Why
from onrecord.reading.calibration import Curves, Found, found_by
from training.statements.examples import Gold
from training.statements.prepare import of_row
from training.statements.scoring import Said, pairs
from training.weights import amend


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement's grounds and confidence, and whether it was right."""

    why: tuple[Why, ...]
    confidence: float
    right: bool


def judged(reader: Reader, rows: Iterable[dict[str, Any]]) -> list[Judged]:
    """Every statement of the rows' documents that is not inside another."""
    found: list[Judged] = []
    for row in rows:
        document, gold = of_row(row)
        read = [s for s in reader.analyse(document, until="statements").statements if s.nested_in is None]
        found += verdicts(document.text, gold, read)
    return found


def verdicts(text: str, gold: list[Gold], read: Sequence[Statement]) -> list[Judged]:
    """The statements of one document, right where the scorer's ``attr`` counts them."""
    said = [Said([(m.start, m.end)] if (m := s.speaker.mention) else [], [], [(c.start, c.end) for c in s.content]) for s in read]
    right = {k for _, k, good in pairs(text, gold, said) if good}
    return [Judged(s.why, s.confidence, k in right) for k, s in enumerate(read)]


def fitted(statements: Sequence[Judged], least: int = 40) -> dict[str, tuple[tuple[float, float], ...]]:
    """Knots for each way of being found."""
    raw: dict[Found, list[Told]] = {found: [] for found in get_args(Found)}
    for s in statements:
        raw[found_by(s.why)].append((Curves({}).confidence(s.why), s.right))
    return {found: monotone(told, least) for found, told in raw.items() if told}


def report(told: Sequence[Told]) -> dict[str, Any]:
    """Bins, ECE and Brier score, rounded."""
    bins = reliability(told)
    rows = [{name: round(value, 3) for name, value in asdict(b).items()} for b in bins]
    return {"count": len(told), "ece": round(expected_error(bins), 4), "brier": round(brier(told), 4), "bins": rows}


def whole(statements: Sequence[Judged], confidences: Sequence[float]) -> dict[str, Any]:
    """The report on all statements, and on each way of being found."""
    told = [(sure, s.right) for s, sure in zip(statements, confidences, strict=True)]
    by = {found: [t for t, s in zip(told, statements, strict=True) if found_by(s.why) == found] for found in get_args(Found)}
    return {**report(told), "by": {found: {k: v for k, v in report(some).items() if k != "bins"} for found, some in by.items() if some}}


def plot(path: Path, lines: dict[str, Sequence[Told]]) -> None:
    """The reliability diagram, a line for each set, as SVG without a date."""
    from training.stance.plots import reliability as draw  # noqa: PLC0415 - matplotlib comes with the extra train

    draw(path, {name: [(b.confidence, b.right, b.count) for b in reliability(told)] for name, told in lines.items()})


def main() -> None:
    """Measure, and fit where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--into", type=Path, help="a folder of weights, whose model.json takes the maps")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--limit", type=int, help="so many documents of each file")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--rules-only", action="store_true")
    asked = parser.parse_args()
    reader = Reader(models=asked.models, rules_only=asked.rules_only)

    def statements(path: Path) -> list[Judged]:
        with path.open(encoding="utf-8") as lines:
            return judged(reader, map(json.loads, islice(lines, asked.limit)))

    held = statements(asked.gold)
    sure = {"as read": [s.confidence for s in held]}
    found: dict[str, Any] = {"as read": whole(held, sure["as read"])}
    if asked.fit is not None:
        knots = fitted(statements(asked.fit))
        curves = Curves.of(knots)
        sure["fitted"] = [curves.confidence(s.why) for s in held]
        found |= {"fitted": whole(held, sure["fitted"]), "calibration": knots}
        if asked.into is not None:
            amend(asked.into, calibration=knots)
    if asked.plot is not None:
        plot(asked.plot, {name: [(c, s.right) for c, s in zip(values, held, strict=True)] for name, values in sure.items()})
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
