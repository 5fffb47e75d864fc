"""Fit the weights of languages/en/places.toml: what speaks for and against a name being a place's.

Usage: ``python -m training.places CORPUS.jsonl``. The corpus has rows ``{"text", "toponyms": [{"start", "end"}]}`` (LGL); every third is left out.
A logistic regression over the features of ``reading.toponyms`` and ``reading.places``, by gradient descent with a little shrinkage; rare features are
left out. Writes the section [evidence] anew and prints precision and recall on both parts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from onrecord.model import Document
from onrecord.reading.analysis import Analysis
from onrecord.reading.names import find_names
from onrecord.reading.parse import parse
from onrecord.reading.places import weigh
from onrecord.reading.toponyms import Toponym, toponyms

TABLE = Path(__file__).parents[1] / "src" / "onrecord" / "languages" / "en" / "places.toml"
HEADING = "[evidence]\n"
LEAST = 8
"""Uses a feature needs to get a weight."""
STEPS, RATE, SHRINK = 4000, 1.0, 0.0005


def examples(path: Path) -> list[tuple[int, bool, list[str]]]:
    """(row number, whether it is a place, features) of every candidate."""
    step = parse.factory()
    made = []
    for number, line in enumerate(path.read_text(encoding="utf8").rstrip("\n").split("\n")):
        row = json.loads(line)
        gold = {(t["start"], t["end"]) for t in row["toponyms"]}
        analysis = Analysis(Document(id=str(number), text=row["text"]))
        step(analysis)
        candidates: list[Toponym] = []
        for block in analysis.blocks:
            analysis.names[block.index] = find_names(block.doc, block.tokens)
            candidates += toponyms(block, analysis.names[block.index])
        weigh(analysis.blocks, analysis.names, candidates)
        for toponym in candidates:
            block = analysis.blocks[toponym.block]
            span = block.start(block.tokens[toponym.start]), block.end(block.tokens[toponym.end - 1])
            made.append((number, span in gold, toponym.evidence))
    return made


def fit(made: list[tuple[int, bool, list[str]]]) -> dict[str, float]:
    """The weight of each feature, and "bias"."""
    uses = Counter(feature for _, _, features in made for feature in features)
    columns = {feature: n for n, feature in enumerate(sorted(f for f, n in uses.items() if n >= LEAST))}
    x = np.zeros((len(made), len(columns) + 1))
    x[:, -1] = 1
    for n, (_, _, features) in enumerate(made):
        x[n, [columns[f] for f in features if f in columns]] = 1
    y = np.array([is_place for _, is_place, _ in made], dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        w -= RATE * (x.T @ (1 / (1 + np.exp(-x @ w)) - y) / len(y) + SHRINK * w)
    return {**{feature: float(w[n]) for feature, n in columns.items()}, "bias": float(w[-1])}


def report(name: str, made: list[tuple[int, bool, list[str]]], weights: dict[str, float]) -> str:
    """Precision and recall among the candidates."""
    taken = [weights["bias"] + sum(weights.get(f, 0.0) for f in features) > 0 for _, _, features in made]
    right = sum(t and is_place for t, (_, is_place, _) in zip(taken, made, strict=True))
    return f"{name}: precision {right / max(1, sum(taken)):.3f}, recall {right / max(1, sum(m[1] for m in made)):.3f} of {len(made)} candidates\n"


def main() -> None:
    """Fit, write and report."""
    parser = argparse.ArgumentParser(description="Fit the weights of places.")
    parser.add_argument("corpus", type=Path)
    made = examples(parser.parse_args().corpus)
    kept, left = [m for m in made if m[0] % 3], [m for m in made if not m[0] % 3]
    weights = fit(kept)
    body = "".join(f'"{feature}" = {weight:.2f}\n' for feature, weight in sorted(weights.items()))
    TABLE.write_text(TABLE.read_text(encoding="utf8").partition(HEADING)[0] + HEADING + body, encoding="utf8")
    sys.stdout.write(report("fitted on", kept, weights) + report("left out", left, weights))


if __name__ == "__main__":
    main()
