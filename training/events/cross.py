"""Cross-validation over the PLV set: five folds by sentence, each coded by a network that never saw it.

    python -m training.events.cross --sets DIR --out DIR [--start RUN] [--settings '{"epochs": 5}'] [--folds 0 1 2 3 4]

``--start`` is a run that learned from the sentences and the codebook only; each fold goes on from it with the other four folds (and the sentences
again, as far
as the settings name them). Writes the outputs of each fold; with all five it prints macro-F1 over roots and quads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import torch

from training.events.examples import Example, load
from training.events.scores import plv_scores
from training.events.train import Run, Settings, chosen, predict

FOLDS = 5


def fold_of(e: Example) -> int:
    """The fold of a row: by its words, so that repetitions of a sentence stay together."""
    return hashlib.sha256(e.inputs["input_ids"].tobytes()).digest()[0] % FOLDS


def main() -> None:
    """Run the folds that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--sets", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--settings", type=json.loads, default={})
    parser.add_argument("--folds", type=int, nargs="*", default=range(FOLDS))
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    settings = Settings(**{k: tuple(v) if isinstance(v, list) else v for k, v in asked.settings.items()})
    rows, plv = chosen(asked.sets, settings), load(asked.sets, "plv")
    for fold in asked.folds:
        kept = [e for e in plv if fold_of(e) == fold]
        names = {e.id for e in kept}
        run = Run(asked.out, settings, [e for e in rows if e.id not in names], asked.start)
        run.go(keep=False)
        outputs = {i: o[0] for i, o in predict(run.averaged(), kept).items()}
        torch.save(outputs, asked.out / f"fold{fold}.pt")
        sys.stderr.write(f"fold {fold}: {json.dumps(plv_scores(kept, outputs))}\n")
    paths = [asked.out / f"fold{f}.pt" for f in range(FOLDS)]
    if all(p.is_file() for p in paths):
        labels = {k: v for p in paths for k, v in torch.load(p, weights_only=True).items()}
        sys.stdout.write(json.dumps(plv_scores(plv, labels)) + "\n")


if __name__ == "__main__":
    main()
