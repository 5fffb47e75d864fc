"""Train the statement tagger; killed and run again it goes on where it stopped.

    python -m training.statements.train --attributions ../shared/data/attribution/polnear_train.jsonl \
        --dev ../shared/data/attribution/polnear_dev.jsonl --corpus training/corpus/paragraphs --out DIR [--epochs 4 …]

Writes DIR/state.pt (the checkpoint), DIR/log.jsonl, DIR/curve.svg and DIR/tagger.pt (the averaged weights). One thread trains an epoch of
PolNeAR in about 8 minutes (bfloat16 where the processor has it; attention written out, since the fused one is slow backwards on a CPU).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.extract.statements.decoding import probabilities
from onrecord.extract.statements.model import said
from training.statements.examples import Example, Prepared
from training.statements.prepare import prepared, sets
from training.statements.scoring import Said, scores
from training.statements.tagger import Tagger

TOKENS = 2048
"""Pieces of a step, padding included."""
_DROPPED = 0.15
"""Share of training windows whose features are blanked, so that the tagger does not lean on the rules alone."""


@dataclass(slots=True)
class Settings:
    """What a run depends on; kept in the checkpoint and compared when it goes on."""

    epochs: float = 4.0
    rate: float = 3e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    weight_decay: float = 0.01
    smoothing: float = 0.0
    dropout: float = 0.1
    warm_up: float = 0.06
    links: float = 0.3
    average: float = 0.995
    corpus_weight: float = 1.0
    features: bool = True
    seed: int = 1
    start: str = ""
    limit: int = 0


@dataclass(slots=True)
class Batch:
    """Tensors [batch, length] and the links as rows (window, content piece, cue piece, source piece)."""

    inputs: list[Tensor]
    tags: Tensor
    links: Tensor
    weights: Tensor


def batches(examples: list[tuple[Example, float]], rng: random.Random) -> Iterator[list[tuple[Example, float]]]:
    """Shuffled batches of windows of like length, about ``TOKENS`` pieces each."""
    pool = sorted(examples, key=lambda e: len(e[0].window) + rng.random() * 24)
    made: list[list[tuple[Example, float]]] = [[]]
    for e in pool:
        if made[-1] and len(e[0].window) * (len(made[-1]) + 1) > TOKENS:
            made.append([])
        made[-1].append(e)
    rng.shuffle(made)
    yield from made


def batch(examples: list[tuple[Example, float]], rng: random.Random | None, features: bool = True) -> Batch:
    """Pad ``examples``; with ``rng``, blank the features of some."""
    size, longest = len(examples), max(len(e.window) for e, _ in examples)
    arrays = np.zeros((6, size, longest), dtype=np.int64)
    arrays[5] = -100
    links, weights = [], np.ones((size, longest), dtype=np.float32)
    for row, (e, weight) in enumerate(examples):
        w, n = e.window, len(e.window)
        keep = features and (rng is None or rng.random() >= _DROPPED)
        for layer, values in enumerate((w.ids, [1] * n, w.pos, w.dependencies, w.rules, e.tags)):
            if layer in (0, 1, 5) or keep:
                arrays[layer, row, :n] = values
        links += [(row, *link) for link in e.links]
        weights[row] = weight
    tensors = [torch.from_numpy(a) for a in arrays]
    return Batch(tensors[:5], tensors[5], torch.tensor(links, dtype=torch.int64).reshape(-1, 4), torch.from_numpy(weights))


def loss(model: Tagger, b: Batch, settings: Settings) -> Tensor:
    """Cross entropy of tags, and of the links of every annotated content."""
    with torch.autocast("cpu", torch.bfloat16):
        tags, links = model(*b.inputs)
    flat = tags.float().flatten(0, 1)
    each = functional.cross_entropy(flat, b.tags.flatten(), ignore_index=-100, label_smoothing=settings.smoothing, reduction="none")
    total = (each * b.weights.flatten()).sum() / (b.tags != -100).sum()
    if len(b.links):
        row, content, *heads = b.links.unbind(1)
        for kind, head in enumerate(heads):
            total = total + settings.links * functional.cross_entropy(links[row, kind, content], head)
    return total


def decoded(model: Tagger, documents: list[Prepared], bias: float = 0.0, features: bool = True) -> Iterator[tuple[Prepared, list[Said]]]:
    """Every document with what the model makes of it."""
    model.eval()
    for document in documents:
        found: list[Said] = []
        for start in range(0, len(document.examples), 8):
            part = [(e, 1.0) for e in document.examples[start : start + 8]]
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                tags, links = model(*batch(part, None, features).inputs)
            chances = probabilities(tags.float().numpy())
            for (e, _), chance, link in zip(part, chances, links.numpy(), strict=True):
                found += map(Said.tagged, said(e.window, chance, link, bias))
        yield document, found
    model.train()


@dataclass(slots=True)
class Run:
    """A training run with its place in the data."""

    settings: Settings
    model: Tagger
    optimiser: torch.optim.Optimizer
    step: int = 0
    average: dict[str, Tensor] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {"settings": vars_of(self.settings), "model": self.model.state_dict(), "optimiser": self.optimiser.state_dict()}
        torch.save(state | {"step": self.step, "average": self.average}, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint. Raises SystemExit where it belongs to other settings."""
        state = torch.load(path, weights_only=True)
        if state["settings"] != vars_of(self.settings):
            raise SystemExit(f"{path} was made with other settings: {state['settings']}; choose another --out or remove it")
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.average = state["step"], state["average"]


def vars_of(settings: Settings) -> dict[str, Any]:
    """The settings by name."""
    return {name: getattr(settings, name) for name in settings.__slots__}


def train(
    settings: Settings, material: list[tuple[Example, float]], dev: list[Prepared], out: Path, *, save_every: int = 50, score_every: int = 420
) -> Tagger:
    """Train and return the model with averaged weights; every result is also in ``out``."""
    torch.manual_seed(settings.seed)
    model = Tagger(settings.dropout)
    if settings.start:
        model.load_state_dict(torch.load(settings.start, weights_only=True))
    run = Run(settings, model, torch.optim.AdamW(model.groups(settings.rate, settings.decay, settings.head_rate, settings.weight_decay)))
    if (out / "state.pt").exists():
        run.load(out / "state.pt")
    plan = list(_plan(settings, material))
    clock = time.monotonic()
    for step in range(run.step, len(plan)):
        random_state = random.Random(settings.seed * 1_000_003 + step)  # noqa: S311 - not for secrets
        torch.manual_seed(settings.seed * 1_000_003 + step)
        share = min((step + 1) / (settings.warm_up * len(plan)), (len(plan) - step) / ((1 - settings.warm_up) * len(plan)), 1.0)
        for group in run.optimiser.param_groups:
            group["lr"] = group["base"] * share
        value = loss(model, batch(plan[step], random_state, settings.features), settings)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        run.optimiser.step()
        run.optimiser.zero_grad(set_to_none=True)
        run.step = step + 1
        _averaged(run)
        last = run.step == len(plan)
        row = {"step": run.step, "of": len(plan), "loss": round(float(value.detach()), 4), "seconds": round(time.monotonic() - clock)}
        if run.step % score_every == 0 or last:
            row |= _scored(run, dev)
        if run.step % 10 == 0 or last:
            with (out / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(row) + "\n")
        if run.step % save_every == 0 or last:
            run.save(out / "state.pt")
    model.load_state_dict(run.average or model.state_dict(), strict=False)
    torch.save(model.state_dict(), out / "tagger.pt")
    return model


def _plan(settings: Settings, material: list[tuple[Example, float]]) -> Iterator[list[tuple[Example, float]]]:
    """Every batch of the whole run, the same each time it is made."""
    rng = random.Random(settings.seed)  # noqa: S311 - not for secrets
    if settings.limit:
        material = rng.sample(material, min(settings.limit, len(material)))
    whole = math.floor(settings.epochs)
    for _ in range(whole):
        yield from batches(material, rng)
    if settings.epochs > whole:
        rest = list(batches(material, rng))
        yield from rest[: round(len(rest) * (settings.epochs - whole))]


def _averaged(run: Run) -> None:
    """Move the running mean of the weights; it begins once the rate falls."""
    share = min(run.settings.average, (run.step + 1) / (run.step + 10))
    with torch.no_grad():
        for name, parameter in run.model.named_parameters():
            if parameter.requires_grad:
                if name in run.average:
                    run.average[name].lerp_(parameter, 1 - share)
                else:
                    run.average[name] = parameter.detach().clone()


def _scored(run: Run, dev: list[Prepared]) -> dict[str, float]:
    """Development scores with the averaged weights."""
    own = {name: p.detach().clone() for name, p in run.model.named_parameters() if name in run.average}
    run.model.load_state_dict(run.average, strict=False)
    made = scores(decoded(run.model, dev, features=run.settings.features))
    run.model.load_state_dict(own, strict=False)
    return made


def curve(log: Path, picture: Path) -> None:
    """Draw the loss (mean of 50 steps) and the development scores over the steps."""
    import matplotlib  # noqa: PLC0415 - only the recipe draws

    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415

    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    left.plot([r["step"] for r in rows], [float(np.mean([x["loss"] for x in rows[max(0, i - 5) : i + 1]])) for i, r in enumerate(rows)])
    left.set(xlabel="step", ylabel="training loss", ylim=(0, 1.5))
    scored = [r for r in rows if "attr" in r]
    for name in ("source", "cue", "content", "attr"):
        right.plot([r["step"] for r in scored], [r[name] for r in scored], marker="o", label=name)
    right.set(xlabel="step", ylabel="F1 on PolNeAR's development half")
    right.legend()
    figure.savefig(picture, metadata={"Date": None})


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attributions", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, help="folder of prepared sets (default: OUT)")
    parser.add_argument("--as-prepared", action="store_true", help="take prepared sets as they are, though rules or data changed since")
    parser.add_argument("--threads", type=int, default=1)
    for name, default in vars_of(Settings()).items():
        kind = {bool: lambda s: s not in ("0", "no", "false")}.get(type(default), type(default))
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=default, help=f"default: {default}")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(asked.threads)
    settings = Settings(**{name: getattr(asked, name) for name in Settings.__slots__})
    folder = asked.prepared or asked.out
    ready = {name: prepared(name, rows, folder, 2, keep=asked.as_prepared) for name, rows in sets([asked.attributions, asked.dev], asked.corpus)}
    dev = ready[asked.dev.stem]
    material = [(e, 1.0) for d in ready[asked.attributions.stem] for e in d.examples]
    material += [(e, settings.corpus_weight) for d in ready.get("corpus", []) if not d.held_back for e in d.examples]
    train(settings, material, dev, asked.out)
    curve(asked.out / "log.jsonl", asked.out / "curve.svg")


if __name__ == "__main__":
    main()
