"""Plots of a run: the learning curve and the reliability of its probabilities. Writes SVG without dates, so that the same run gives the same file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt


def curve(path: Path, losses: Sequence[tuple[int, float]], epochs: Sequence[dict[str, float]]) -> None:
    """``losses``: (step, mean loss since the last); ``epochs``: per epoch its last ``step`` and the scores by name."""
    figure, axis = plt.subplots(figsize=(7, 4))
    axis.plot([step for step, _ in losses], [loss for _, loss in losses], color="0.6", label="loss")
    axis.set(xlabel="step", ylabel="loss")
    scores = axis.twinx()
    scores.set(ylabel="macro-F1", ylim=(0, 100))
    for name in sorted({key for told in epochs for key in told} - {"epoch", "step"}):
        scores.plot([told["step"] for told in epochs], [told[name] for told in epochs], marker="o", label=name)
    figure.legend(loc="upper center", ncols=4, frameon=False)
    _save(figure, path)


def reliability(path: Path, bins: dict[str, Sequence[tuple[float, float, int]]]) -> None:
    """``bins`` by set: (mean probability, share that came true, count) of each bin."""
    figure, axis = plt.subplots(figsize=(4.5, 4.5))
    axis.plot([0, 1], [0, 1], color="0.8")
    for name, found in bins.items():
        axis.plot([sure for sure, _, _ in found], [true for _, true, _ in found], marker="o", label=name)
    axis.set(xlabel="probability of the likeliest label", ylabel="share that was right", xlim=(0, 1), ylim=(0, 1))
    axis.legend(frameon=False)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    mpl.rcParams["svg.hashsalt"] = "onrecord"
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, bbox_inches="tight")
    plt.close(figure)
