"""Compare ways to train the tagger, small and fast: each trial has the same share of the training windows and one pass; prints a table.

    python -m training.statements.trials --prepared DIR --out DIR [--limit 800] [--only NAME …]

Scores are on every fourth development document, with averaged weights unless the trial says otherwise. They rank ways; they say nothing about the
level that a full run reaches. A trial that is done is not done again.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import torch

from training.statements.examples import Example, Gold, Prepared, example
from training.statements.prepare import load
from training.statements.scoring import scores
from training.statements.tagger import Tagger
from training.statements.train import Settings, decoded, train

BASE = Settings(epochs=1.0)
TRIALS: dict[str, Settings] = {
    "as shipped": BASE,
    "text alone (no parse, no rules)": replace(BASE, features=False),
    "rate 1.5e-4": replace(BASE, rate=1.5e-4),
    "rate 6e-4": replace(BASE, rate=6e-4),
    "no layer-wise decay": replace(BASE, decay=1.0),
    "layer-wise decay 0.8": replace(BASE, decay=0.8),
    "label smoothing 0.1": replace(BASE, smoothing=0.1),
    "links weigh 1": replace(BASE, links=1.0),
    "second seed": replace(BASE, seed=2),
}


def run(name: str, settings: Settings, material: list[tuple[Example, float]], out: Path) -> Tagger:
    """A trial's model, trained unless it was before."""
    folder = out / name.replace(" ", "-").replace("(", "").replace(")", "").replace(",", "")
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "tagger.pt"
    if done.exists():
        model = Tagger()
        model.load_state_dict(torch.load(done, weights_only=True))
        return model
    return train(settings, material, [], folder, save_every=10_000, score_every=10_000)


def averaged(models: list[Tagger]) -> Tagger:
    """One model with the mean of the models' weights."""
    made = Tagger()
    states = [m.state_dict() for m in models]
    made.load_state_dict({k: torch.stack([s[k].float() for s in states]).mean(0) for k in states[0]})
    return made


def own_labels(model: Tagger, windows: list[Example]) -> list[tuple[Example, float]]:
    """Windows labelled by ``model`` itself, weighed by half: what self-training learns from."""
    made = []
    for number, e in enumerate(windows):
        ((_, said),) = decoded(model, [Prepared(str(number), "", [], [e])])
        sure = [Gold(s.source, s.cue, s.content) for s in said if s.score > 0.5]
        made.append((example(e.window, sure), 0.5))
    return made


def second(model: Tagger, documents: list[Prepared]) -> list[Prepared]:
    """The documents with what ``model`` found in place of what the rules found: speakers, cues and contents marked for a second reading."""
    made = []
    for document, said in decoded(model, documents):
        gold = [Gold(s.source, s.cue, s.content) for s in said]
        marked = []
        for e in document.examples:
            found = example(e.window, gold).tags
            rules = [(0, 9, 18, 3, 6, 1, 2)[tag] for tag in found]
            marked.append(replace(e, window=replace(e.window, rules=rules)))
        made.append(replace(document, examples=marked))
    return made


def main() -> None:
    """Run the trials and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=800)
    parser.add_argument("--only", nargs="+")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    pool = [e for d in load(asked.prepared, "polnear_train") for e in d.examples]
    pool = [pool[i] for i in torch.randperm(len(pool), generator=torch.Generator().manual_seed(0)).tolist()]
    material, unlabelled = [(e, 1.0) for e in pool[: asked.limit]], pool[asked.limit : 2 * asked.limit]
    dev = load(asked.prepared, "polnear_dev")[::4]
    table: dict[str, dict[str, float]] = {}

    def tell(name: str, model: Callable[[], Tagger], features: bool = True, documents: list[Prepared] | None = None) -> None:
        if not asked.only or name in asked.only:
            table[name] = scores(decoded(model(), dev if documents is None else documents, features=features))
            sys.stdout.write(f"{name}\t{json.dumps(table[name])}\n")
            sys.stdout.flush()

    for name, settings in TRIALS.items():
        tell(name, lambda name=name, settings=settings: run(name, settings, material, asked.out), settings.features)
    base = lambda: run("as shipped", BASE, material, asked.out)  # noqa: E731
    with patch("onrecord.extract.statements.decoding.best_path", lambda scores_: scores_.argmax(axis=1).tolist()):
        tell("greedy tags", base)
    tell("second pass over its own reading", base, documents=second(base(), dev))
    tell("two seeds averaged", lambda: averaged([base(), run("second seed", TRIALS["second seed"], material, asked.out)]))
    tell("self-training", lambda: run("self-training", BASE, material + own_labels(base(), unlabelled), asked.out))
    (asked.out / "trials.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
