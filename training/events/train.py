"""Train the event network.

    python -m training.events.train --sets DIR --out DIR [--start RUN] [--settings '{"epochs": 8}']

``--sets`` has what ``training.events.examples`` prepared. Run again after an interruption it goes on from the last checkpoint in ``--out``. Writes
``model.pt``
(averaged weights) and ``curve.json``. ``training.events.cross`` is the cross-validation over the PLV set, ``training.events.export`` makes the
shipped weights.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.events.examples import LABELS, UNKNOWN, Example, load
from training.events.network import FEATURES, EventNetwork, definitions
from training.events.scores import own_scores, plv_scores

Batch = list[Example]
TYPES_OF = sorted({name.partition("/")[0] for name in LABELS[1:]}, key=[n.partition("/")[0] for n in LABELS[1:]].index)
_MASK = 103


@dataclass(frozen=True)
class Settings:
    """What a run is made of."""

    seed: int = 1
    layers: int = 6
    """How many of the encoder's layers, from the bottom; a run with fewer may go on from one with more."""
    epochs: int = 8
    rate: float = 2e-4
    head_rate: float = 6e-4
    layer_decay: float = 0.85
    tokens: int = 2000
    nothing: float = 0.4
    """Weight of a pair without event that no line tells of."""
    nothing_found: float = 0.12
    """The same among the parties that reading finds, which are many."""
    own: float = 1.0
    plv: float = 1.0
    codebook: float = 0.5
    silver: float = 0.4
    rules_hidden: float = 0.3
    """Share of texts whose rule findings are hidden, so that the network can do without."""
    masked: float = 0.15
    """Share of parties whose words are hidden, so that names alone decide less."""
    smoothing: float = 0.05
    average: float = 0.99
    held_back: bool = False
    """Take in the held-back half and the tuning share too (never for shipped weights)."""
    sets: tuple[str, ...] = ("own", "codebook", "plv")
    autocast: bool = True


def chosen(folder: Path, settings: Settings) -> list[Example]:
    """The examples that a run learns from."""
    rows = [e for name in settings.sets for e in load(folder, name)]
    return [e for e in rows if settings.held_back or not (e.held_back or e.tuning)]


def batches(rows: Sequence[Example], tokens: int, draw: random.Random) -> list[Batch]:
    """Rows of about the same length together, batches in random order."""
    made: list[Batch] = [[]]
    for row in sorted(rows, key=lambda r: (width([r]), draw.random())):
        if made[-1] and width([row]) * (len(made[-1]) + 1) > tokens:
            made.append([])
        made[-1].append(row)
    draw.shuffle(made)
    return made


def width(rows: Sequence[Example]) -> int:
    """The length to which a batch is filled up."""
    return -(-max(len(r.inputs["input_ids"]) for r in rows) // 8) * 8


def tensors(rows: Batch, settings: Settings | None = None) -> dict[str, Tensor]:
    """The network's inputs; with ``settings`` some words of parties and some findings of the rules are hidden."""
    size, most = width(rows), max(len(r.answers) for r in rows)
    names = ("input_ids", "attention_mask", *FEATURES)
    out = {name: torch.zeros(len(rows), size, dtype=torch.long) for name in names}
    out["roles"] = torch.zeros(len(rows), most, size, dtype=torch.long)
    for at, r in enumerate(rows):
        length = len(r.inputs["input_ids"])
        for name in ("input_ids", *FEATURES):
            out[name][at, :length] = torch.from_numpy(r.inputs[name])
        out["attention_mask"][at, :length] = 1
        out["roles"][at, : len(r.answers), :length] = torch.from_numpy(r.inputs["roles"])
        if settings is not None:
            if torch.rand(()) < settings.rules_hidden:
                out["rules"][at] = 0
            for party in {tuple(p.nonzero().flatten().tolist()) for p in (out["roles"][at] == 1)}:
                if party and torch.rand(()) < settings.masked:
                    out["input_ids"][at, list(party)] = _MASK
    return out


def allowed(rows: Batch, pairs: int) -> Tensor:
    """(rows, pairs, labels): True for labels of which one is right; all False beyond a row's pairs."""
    out = torch.zeros(len(rows), pairs, len(LABELS), dtype=torch.bool)
    for at, r in enumerate(rows):
        for n, a in enumerate(r.answers):
            out[at, n, list(a.labels)] = True
    return out


class Loss:
    """The loss of a batch."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def weight(self, r: Example, n: int) -> float:
        """How much pair ``n`` of an example counts."""
        a = r.answers[n]
        if r.id.startswith("PLV"):
            return self.settings.plv
        if r.id.startswith(("plover-", "cameo-")):
            return self.settings.codebook
        if r.id.startswith("silver-"):
            return self.settings.silver
        nothing = self.settings.nothing_found if "#" in r.id else self.settings.nothing
        return self.settings.own * (1.0 if any(a.labels) or (r.reason and a.trigger) else nothing)

    def __call__(self, rows: Batch, outputs: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Mean over pairs."""
        labels, status, trigger = (o.float() for o in outputs)
        pairs = labels.shape[1]
        right = allowed(rows, pairs)
        weights = torch.zeros(len(rows), pairs)
        for at, r in enumerate(rows):
            for n in range(len(r.answers)):
                weights[at, n] = self.weight(r, n)
        chances = labels.log_softmax(-1)
        told = -chances.masked_fill(~right, -1e9).logsumexp(-1).clamp(min=-1e8)
        told = (1 - self.settings.smoothing) * told - self.settings.smoothing * chances.mean(-1)
        total = (told * weights).sum() / weights.sum().clamp(min=1e-6)
        gold = torch.full((len(rows), pairs), UNKNOWN)
        points = torch.zeros(trigger.shape, dtype=torch.bool)
        for at, r in enumerate(rows):
            for n, a in enumerate(r.answers):
                gold[at, n] = a.status
            points[at, : r.trigger.shape[0], : r.trigger.shape[1]] = torch.from_numpy(r.trigger).bool()
        if (gold >= 0).any():
            total = total + 0.5 * nn.functional.cross_entropy(status.reshape(-1, status.shape[-1]), gold.reshape(-1), ignore_index=UNKNOWN)
        some = points.any(-1)
        if some.any():
            pointed = -trigger.log_softmax(-1).masked_fill(~points, -1e9).logsumexp(-1)
            total = total + 0.3 * pointed[some].mean()
        return total


class Run:
    """One training run in a folder, from its last checkpoint on."""

    def __init__(self, out: Path, settings: Settings, rows: Sequence[Example], start: Path | None = None, looked_at: Sequence[Example] = ()) -> None:
        torch.manual_seed(settings.seed)
        self.out, self.settings, self.looked_at = out, settings, looked_at
        self.epochs = [batches(rows, settings.tokens, random.Random(settings.seed * 1000 + e)) for e in range(settings.epochs)]  # noqa: S311
        self.network = EventNetwork(definitions(), settings.layers)
        if start is not None:
            known = self.network.state_dict()
            given = torch.load(start / "model.pt", weights_only=True)["weights"]
            self.network.load_state_dict({k: v for k, v in given.items() if k in known})
        self.loss = Loss(settings)
        self.optimiser = torch.optim.AdamW(self.network.groups(settings.rate, settings.layer_decay, settings.head_rate), betas=(0.9, 0.98))
        self.mean = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.step, self.curve = 0, list[dict[str, float]]()
        self.total = sum(map(len, self.epochs))
        self.path = out / "checkpoint.pt"
        if self.path.is_file():
            self.resume()

    def resume(self) -> None:
        """Take up the state of the last checkpoint. Raises ValueError where it was made with other settings."""
        kept = torch.load(self.path, weights_only=True)
        if kept["settings"] != asdict(self.settings):
            raise ValueError(f"{self.path} was made with other settings: {kept['settings']}")
        self.network.load_state_dict(kept["network"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.mean, self.step, self.curve = kept["mean"], kept["step"], kept["curve"]
        torch.set_rng_state(kept["random"])

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        kept = {
            "settings": asdict(self.settings), "network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(),
            "mean": self.mean, "step": self.step, "curve": self.curve, "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(kept, self.path.with_suffix(".new"))
        self.path.with_suffix(".new").rename(self.path)

    def go(self, every: int = 100, *, keep: bool = True) -> None:
        """Train to the end; a checkpoint every ``every`` steps and after each epoch, unless not to ``keep`` any."""
        done = 0
        for epoch, made in enumerate(self.epochs):
            recent: list[float] = []
            for batch in made[max(0, self.step - done) :]:
                recent.append(self.learn(batch))
                if keep and self.step % every == 0:
                    self.save()
                    sys.stderr.write(f"{time.strftime('%H:%M:%S')} step {self.step}/{self.total} loss {sum(recent) / len(recent):.3f}\n")
            done += len(made)
            if keep and len(self.curve) <= epoch:
                self.curve.append(
                    {"epoch": epoch + 1, "step": self.step, "loss": sum(recent) / max(len(recent), 1), **scores(self.averaged(), self.looked_at)}
                )
                sys.stderr.write(json.dumps(self.curve[-1]) + "\n")
                (self.out / "curve.json").write_text(json.dumps(self.curve, indent=1) + "\n", encoding="utf-8")
                self.save()

    def learn(self, batch: Batch) -> float:
        """One step; returns its loss."""
        self.network.train()
        share = self.step / self.total
        scale = min(1.0, share / 0.06 + 1e-3) * max(0.0, (1 - share) / 0.94)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * scale
        with torch.autocast("cpu", torch.bfloat16, enabled=self.settings.autocast):
            outputs = self.network(**tensors(batch, self.settings))
        loss = self.loss(batch, outputs)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        decay = min(self.settings.average, (1 + self.step) / (10 + self.step))
        for name, value in self.network.state_dict().items():
            if value.dtype.is_floating_point and "word_embeddings" not in name:
                self.mean[name].lerp_(value, 1 - decay)
        return float(loss.detach())

    def averaged(self) -> EventNetwork:
        """A network with the averaged weights."""
        made = EventNetwork(definitions(), self.settings.layers)
        made.load_state_dict(self.mean)
        return made.eval()


@torch.no_grad()
def predict(network: EventNetwork, rows: Sequence[Example], *, autocast: bool = True, tokens: int = 4000) -> dict[str, tuple[Tensor, Tensor, Tensor]]:
    """The outputs for each example by its id: labels, status, trigger, cut to its pairs and pieces."""
    network.eval()
    found = {}
    for batch in batches(rows, tokens, random.Random(0)) if rows else []:  # noqa: S311
        with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
            labels, status, trigger = network(**tensors(batch))
        for at, r in enumerate(batch):
            pairs, length = len(r.answers), len(r.inputs["input_ids"])
            found[r.id] = (labels[at, :pairs].float(), status[at, :pairs].float(), trigger[at, :pairs, :length].float())
    return found


def scores(network: EventNetwork, rows: Sequence[Example]) -> dict[str, float]:
    """All figures over the examples that a run did not learn from."""
    outputs = predict(network, rows)
    of_plv, of_own = [e for e in rows if e.id.startswith("PLV")], [e for e in rows if not e.id.startswith("PLV")]
    found = {}
    if of_plv:
        found |= {f"plv_{k}": v for k, v in plv_scores(of_plv, {i: o[0] for i, o in outputs.items()}).items()}
    if of_own:
        found |= own_scores(of_own, outputs)
    return found


def main() -> None:
    """Train as told on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--sets", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--settings", type=json.loads, default={})
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    settings = Settings(**{k: tuple(v) if isinstance(v, list) else v for k, v in asked.settings.items()})
    rows = chosen(asked.sets, settings)
    seen = {e.id for e in rows}
    looked_at = [e for name in ("own", "plv") if (asked.sets / f"{name}.pkl").is_file() for e in load(asked.sets, name) if e.id not in seen]
    sys.stderr.write(f"{len(rows)} texts to learn from, {len(looked_at)} to look at\n")
    run = Run(asked.out, settings, rows, asked.start, looked_at)
    run.go()
    torch.save({"settings": asdict(settings), "weights": run.mean}, asked.out / "model.pt")


if __name__ == "__main__":
    main()
