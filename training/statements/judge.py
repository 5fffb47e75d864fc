"""Fit what decides between rules and tagger, and how sure a statement is; write it into the weights' ``model.json``.

    python -m training.statements.judge --weights models/src/onrecord_models/statements \
        --attributions ../shared/data/attribution/polnear_dev.jsonl [--least 0.25 0.16 0.34]

The documents must be ones the tagger was not trained on. Each candidate statement is right or wrong by the rule of the public scorer (half the
content in common, overlapping speakers). Half of the documents fit the weights that the other half is measured with, and the other way round;
what is shipped is fitted on all. Thresholds are those with the best attr F1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord import Reader
from onrecord.evaluate.calibration import expected_error, reliability
from onrecord.extract.statements.lexicon import lexicon
from onrecord.extract.statements.merge import Candidate, candidates
from onrecord.extract.statements.model import INTERFACE, read
from onrecord.reading.encoder import Encoder
from onrecord.reading.weights import weights
from training.statements.examples import Gold
from training.statements.prepare import STEPS, of_row
from training.statements.scoring import Said, pairs
from training.weights import seal

Floats = npt.NDArray[np.float64]
WAYS = ("both", "rule", "tagger")


@dataclass(slots=True)
class Judged:
    """A candidate of document ``document``, and whether it is right."""

    document: int
    found: str
    signs: tuple[float, ...]
    right: bool


def judged(folder: Path, rows: Sequence[str], bias: float) -> tuple[list[Judged], int]:
    """Every candidate of the documents, and how many attributions gold has."""
    network, reader, words = Encoder(weights(folder.name, folder.parent)), Reader(pipeline=STEPS), lexicon("en")
    made, total = [], 0
    for number, line in enumerate(rows):
        document, gold = of_row(json.loads(line))
        gold = [g for g in gold if g.content]
        analysis = reader.analyse(document)
        found = [c for c in candidates(analysis, read(analysis, network, bias), words) if c.rule is None or c.rule.parent is None]
        made += _marked(number, document.text, gold, found)
        total += len(gold)
    return made, total


def _marked(number: int, text: str, gold: list[Gold], found: list[Candidate]) -> list[Judged]:
    right = {k for _, k, good in pairs(text, gold, [Said.told(c.spoken) for c in found]) if good}
    return [Judged(number, c.found, c.signs, k in right) for k, c in enumerate(found)]


def fitted(some: Sequence[Judged], ridge: float = 1.0) -> Floats:
    """Logistic regression by Newton's method, with a light ridge on all but the constant."""
    x, y = np.array([j.signs for j in some]), np.array([float(j.right) for j in some])
    w, penalty = np.zeros(x.shape[1]), np.diag([1e-3] + [ridge] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, x.T @ (y - p) - penalty @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def sure(some: Sequence[Judged], by: dict[str, Floats]) -> list[float]:
    """The probability of each candidate."""
    return [float(1 / (1 + np.exp(-np.dot(by[j.found], j.signs)))) for j in some]


def f1(some: Sequence[Judged], told: Sequence[float], least: dict[str, float], total: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of the candidates that stand."""
    kept = [j.right for j, p in zip(some, told, strict=True) if p >= least[j.found]]
    precision, recall = sum(kept) / max(1, len(kept)), sum(kept) / max(1, total)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def thresholds(some: Sequence[Judged], told: Sequence[float], total: int) -> dict[str, float]:
    """The least confidence for each way of being found with the best F1, coordinate by coordinate."""
    least = dict.fromkeys(WAYS, 0.35)
    for _ in range(3):
        for way in WAYS:
            least[way] = max(np.arange(0.1, 0.7, 0.02).round(2).tolist(), key=lambda t, way=way: f1(some, told, least | {way: t}, total)[2])
    return least


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--attributions", type=Path, required=True)
    parser.add_argument("--bias", type=float, default=0.0)
    metavar = tuple(way.upper() for way in WAYS)
    parser.add_argument("--least", type=float, nargs=3, metavar=metavar, help="thresholds to ship (default: those with the best F1)")
    asked = parser.parse_args()
    some, total = judged(asked.weights, asked.attributions.read_text(encoding="utf-8").splitlines(), asked.bias)
    crossed = [0.0] * len(some)
    for half in (0, 1):
        by = {way: fitted([j for j in some if j.found == way and j.document % 2 != half]) for way in WAYS}
        for i, p in enumerate(sure(some, by)):
            if some[i].document % 2 == half:
                crossed[i] = p
    by = {way: fitted([j for j in some if j.found == way]) for way in WAYS}
    told = sure(some, by)
    least = dict(zip(WAYS, asked.least, strict=True)) if asked.least else thresholds(some, told, total)
    kept = [(p, j.right) for p, j in zip(crossed, some, strict=True) if p >= least[j.found]]
    bins = reliability(kept)
    report = {
        "candidates": {way: [sum(j.found == way for j in some), sum(j.found == way and j.right for j in some)] for way in WAYS},
        "weights": {way: [round(float(x), 3) for x in w] for way, w in by.items()},
        "least": least,
        "p, r, f1": [round(100 * x, 1) for x in f1(some, told, least, total)],
        "p, r, f1 across halves": [round(100 * x, 1) for x in f1(some, crossed, least, total)],
        "ece across halves": round(expected_error(bins), 3),
        "bins": [[b.low, round(b.confidence, 2), round(b.right, 2), b.count] for b in bins],
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    found = weights(asked.weights.name, asked.weights.parent)
    card = {k: v for k, v in found.card.items() if k not in ("name", "version", "interface", "sha256", "judge")}
    seal(asked.weights, version=found.version, interface=INTERFACE, **card, judge={**report["weights"], "least": least, "bias": asked.bias})


if __name__ == "__main__":
    main()
