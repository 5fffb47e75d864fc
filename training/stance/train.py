"""Train the stance model.

Usage: ``python -m training.stance.train --data FOLDER --corpus FOLDER --out FOLDER``. FOLDER of data has ``dse_train.jsonl``, ``dse_dev.jsonl`` and
``newsmtsc_train.jsonl``. Run again after an interruption it goes on from the last checkpoint in ``--out``. Writes ``model.pt`` (the averaged
weights), ``curve.json`` and ``curve.svg``. ``training.stance.export`` makes the shipped weights of it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.stance import data
from training.stance.data import Row
from training.stance.network import StanceNetwork, backbone
from training.stance.plots import curve
from training.stance.scores import macro_f1, probabilities, read_as_dse

Batch = list[Row]


@dataclass(frozen=True)
class Settings:
    """What a run is made of. Defaults are the shipped weights' (docs/decisions/0016-stance-model.md tells what else was tried)."""

    seed: int = 1
    epochs: int = 5
    rate: float = 2e-4
    head_rate: float = 6e-4
    layer_decay: float = 0.85
    tokens: int = 2000
    """Tokens of a batch, padding included."""
    neutrals: float = 0.6
    """Share of DSE's neutral pairs that each epoch sees, another part each time."""
    sentiment_epochs: int = 2
    """In how many epochs, the first ones, NewsMTSC is mixed in."""
    sentiment_weight: float = 0.5
    corpus_weight: float = 1.0
    whole: float = 0.25
    """Share of the corpus's pairs that are read in their whole paragraph; the others in their sentences."""
    rare: float = 0.5
    """Exponent of the weights against class shares: 0 none, 1 fully balanced."""
    smoothing: float = 0.05
    masked: float = 0.1
    """Share of spans whose tokens are hidden, so that names alone decide less."""
    ordered: bool = False
    joint: bool = True
    """Whether DSE's five classes are one softmax (a stance one way at most), or each way has its own."""
    average: float = 0.995
    """Decay of the moving average of the weights that is kept."""
    everything: bool = False
    """Take in the tuning share too: for a last epoch, calibrated by the run that it goes on from (``--start``)."""
    limit: int = 0
    """Pairs and sentiments at most, for trials; 0 takes all."""
    autocast: bool = True


@dataclass(frozen=True)
class Material:
    """Rows to learn from and to look at. The corpus is there twice: whole paragraphs, and nothing but the sentences of the pair."""

    dse: list[Row]
    paragraphs: list[Row]
    sentences: list[Row]
    sentiment: list[Row]
    tune: list[Row]
    held_back: list[Row]


def material(folder: Path, corpus: Path | None, tokenizer: Tokenizer, settings: Settings) -> Material:
    """Everything a run needs, from the folders of data and corpus."""
    limit = settings.limit
    pairs = data.dse(folder / "dse_train.jsonl")
    train = [p for p in pairs if settings.everything or not data.tuning(p.text)]
    tune = [p for p in pairs if data.tuning(p.text)]
    feelings = [p for p in data.sentiments(folder / "newsmtsc_train.jsonl") if not data.tuning(p.text)]
    if limit:
        train, feelings = train[:limit], feelings[:limit]
    own = data.positions(corpus, held_back=False) if corpus else []
    kept = data.positions(corpus, held_back=True) if corpus else []
    rows = [data.encode(tokenizer, some) for some in (train, own, [data.sentences(p) for p in own], feelings, tune, kept)]
    return Material(*rows)


def batches(rows: Sequence[Row], tokens: int, draw: random.Random) -> list[Batch]:
    """Rows of about the same length together, batches in random order."""
    made: list[Batch] = [[]]
    for row in sorted(rows, key=lambda r: (_width([r]), draw.random())):
        if made[-1] and _width([row]) * (len(made[-1]) + 1) > tokens:
            made.append([])
        made[-1].append(row)
    draw.shuffle(made)
    return made


def _width(rows: Sequence[Row]) -> int:
    return -(-max(len(r.ids) for r in rows) // 8) * 8


def plan(rows: Material, settings: Settings) -> list[list[Batch]]:
    """The batches of each epoch; the same for the same settings."""
    neutral = [r for r in rows.dse if not any(r.labels)]
    taken = [r for r in rows.dse if any(r.labels)]
    epochs = []
    for epoch in range(settings.epochs):
        draw = random.Random(settings.seed * 1000 + epoch)  # noqa: S311
        some = draw.sample(neutral, round(settings.neutrals * len(neutral)))
        own = [whole if draw.random() < settings.whole else part for whole, part in zip(rows.paragraphs, rows.sentences, strict=True)]
        made = batches(taken + some + own, settings.tokens, draw)
        if epoch < settings.sentiment_epochs:
            made += batches(rows.sentiment, settings.tokens, draw)
            draw.shuffle(made)
        epochs.append(made)
    return epochs


def tensors(rows: Batch, masked: float = 0.0, mask_id: int = 0) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """(ids, attention mask, types, labels) of a batch, padded with 0 to a multiple of eight: few shapes make the arithmetic a good deal faster."""
    width = _width(rows)
    ids, types = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros(len(rows), width, dtype=torch.long)
    for at, row in enumerate(rows):
        size = len(row.ids)
        ids[at, :size], types[at, :size], mask[at, :size] = torch.tensor(row.ids), torch.tensor(row.types), 1
        for kind in (2, 3):
            if masked and torch.rand(()) < masked:
                ids[at][types[at] == kind] = mask_id
    return ids, mask, types, torch.tensor([r.labels for r in rows])


class Loss:
    """The loss of a batch, weighted against the shares of the classes in ``rows``."""

    def __init__(self, rows: Sequence[Row], settings: Settings) -> None:
        self.settings = settings
        shares = [sum(data.five(r.labels) == c for r in rows) for c in range(5)]
        weights = torch.tensor([float(n) or 1.0 for n in shares]) ** -settings.rare
        self.weights = weights / (weights * torch.tensor(shares)).sum() * max(sum(shares), 1)

    def pairs(self, logits: Tensor, labels: Tensor, own: Tensor) -> Tensor:
        """Pairs of DSE and of the corpus (``own``), by row."""
        way = nn.functional.cross_entropy(
            logits.reshape(-1, 3), labels.reshape(-1), ignore_index=data.UNKNOWN, reduction="none", label_smoothing=self.settings.smoothing
        )
        way = way.reshape(-1, 2).sum(1)
        known = labels.clamp(min=0)
        five = torch.where(known[:, 0] > 0, known[:, 0], torch.where(known[:, 1] > 0, known[:, 1] + 2, 0))
        if self.settings.joint:
            told = nn.functional.cross_entropy(joint(logits), five, reduction="none", label_smoothing=self.settings.smoothing)
            way = torch.where(own, way, told)
        return way * torch.where(own, self.settings.corpus_weight, self.weights[five])

    def sentiment(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Sentiments towards targets."""
        told = nn.functional.cross_entropy(logits, labels[:, 0], label_smoothing=self.settings.smoothing)
        return told * self.settings.sentiment_weight


def joint(logits: Tensor) -> Tensor:
    """(rows, 2, 3) → (rows, 5): the scores of DSE's classes, where a stance is held one way at most."""
    forward, backward = logits[:, 0], logits[:, 1]
    return torch.cat([forward[:, :1] + backward[:, :1], forward[:, 1:] + backward[:, :1], backward[:, 1:] + forward[:, :1]], -1)


def optimiser(network: StanceNetwork, settings: Settings) -> torch.optim.AdamW:
    """AdamW with a lower rate for each lower layer."""
    groups = []
    layers = network.encoder.config.num_hidden_layers
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        rate = settings.head_rate
        if name.startswith("encoder."):
            depth = int(name.split(".")[3]) + 1 if ".layer." in name else 0
            rate = settings.rate * settings.layer_decay ** (layers - depth)
        rate = settings.rate if "token_type" in name else rate
        groups.append({"params": [weight], "lr": rate, "peak": rate, "weight_decay": 0.01 if weight.dim() > 1 else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


class Run:
    """One training run in a folder, from its last checkpoint on."""

    def __init__(self, out: Path, settings: Settings, rows: Material, tokenizer: Tokenizer, start: Path | None = None) -> None:
        torch.manual_seed(settings.seed)
        self.out, self.settings, self.rows = out, settings, rows
        self.mask_id: int = tokenizer.token_to_id("[MASK]")
        self.epochs = plan(rows, settings)
        self.network = StanceNetwork(backbone(), ordered=settings.ordered)
        if start is not None:
            self.network.load_state_dict(torch.load(start / "model.pt", weights_only=True)["weights"])
        self.loss = Loss(rows.dse, settings)
        self.optimiser = optimiser(self.network, settings)
        self.mean = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        self.step, self.curve, self.losses = 0, list[dict[str, float]](), list[tuple[int, float]]()
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
        self.mean, self.step, self.curve, self.losses = kept["mean"], kept["step"], kept["curve"], kept["losses"]
        torch.set_rng_state(kept["random"])

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        kept = {
            "settings": asdict(self.settings), "network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(),
            "mean": self.mean, "step": self.step, "curve": self.curve, "losses": self.losses, "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(kept, self.path.with_suffix(".new"))
        self.path.with_suffix(".new").rename(self.path)

    def go(self, every: int = 100) -> None:
        """Train to the end; a checkpoint every ``every`` steps and after each epoch."""
        done = 0
        for epoch, made in enumerate(self.epochs):
            recent: list[float] = []
            for batch in made[max(0, self.step - done) :]:
                recent.append(self.learn(batch))
                if self.step % every == 0:
                    self.losses.append((self.step, sum(recent) / len(recent)))
                    recent.clear()
                    self.save()
                    sys.stderr.write(f"{time.strftime('%H:%M:%S')} step {self.step}/{self.total} loss {self.losses[-1][1]:.3f}\n")
            done += len(made)
            if len(self.curve) <= epoch:
                self.finish_epoch(epoch)

    def finish_epoch(self, epoch: int) -> None:
        """Score, note, draw, save."""
        self.curve.append({"epoch": epoch + 1, "step": self.step, **self.look()})
        sys.stderr.write(json.dumps(self.curve[-1]) + "\n")
        (self.out / "curve.json").write_text(json.dumps({"losses": self.losses, "epochs": self.curve}, indent=1) + "\n", encoding="utf-8")
        curve(self.out / "curve.svg", self.losses, self.curve)
        self.save()

    def learn(self, batch: Batch) -> float:
        """One step; returns its loss."""
        self.network.train()
        share = self.step / self.total
        scale = min(1.0, share / 0.06 + 1e-3) * max(0.0, (1 - share) / 0.94)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * scale
        ids, mask, types, labels = tensors(batch, self.settings.masked, self.mask_id)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.settings.autocast):
            if batch[0].origin == "sentiment":
                logits = self.network.towards(ids, mask, types)
                loss = self.loss.sentiment(logits.float(), labels)
            else:
                own = torch.tensor([r.origin == "corpus" for r in batch])
                loss = self.loss.pairs(self.network(ids, mask, types).float(), labels, own).mean()
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

    def look(self) -> dict[str, float]:
        """Scores of the averaged weights on the tuning share and the corpus's held-back quarter."""
        now = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.network.load_state_dict(self.mean)
        tune = predict(self.network, self.rows.tune, autocast=self.settings.autocast)
        kept = predict(self.network, self.rows.held_back, autocast=self.settings.autocast)
        self.network.load_state_dict(now)
        gold = [data.five(r.labels) for r in self.rows.tune]
        scores = {"tune": macro_f1(gold, read_as_dse(probabilities(tune.numpy())))}
        told = [
            (int(w.argmax()), g) for r, logits in zip(self.rows.held_back, kept, strict=True) for w, g in zip(logits, r.labels, strict=True) if g >= 0
        ]
        if told:
            scores["held_back"] = macro_f1([g for _, g in told], [w for w, _ in told])
        return scores


@torch.no_grad()
def predict(network: StanceNetwork, rows: Sequence[Row], *, autocast: bool = False) -> Tensor:
    """Logits (rows, 2, 3), in the order of ``rows``."""
    network.eval()
    order = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
    found = torch.zeros(len(rows), 2, 3)
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        ids, mask, types, _ = tensors([rows[at] for at in chosen])
        with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
            found[chosen] = network(ids, mask, types).float()
    return found


def load_tokenizer() -> Tokenizer:
    """The encoder's tokenizer, without padding or cutting."""
    tokenizer = Tokenizer.from_file(str(backbone() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def main() -> None:
    """Train as told on the command line; every setting is a flag."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="the folder of a finished run to go on from")
    parser.add_argument("--threads", type=int, default=1)
    for field in fields(Settings):
        kind = type(field.default)
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=(lambda v: v == "true") if kind is bool else kind, default=field.default)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    settings = Settings(**{f.name: getattr(asked, f.name) for f in fields(Settings)})
    asked.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer()
    run = Run(asked.out, settings, material(asked.data, asked.corpus, tokenizer, settings), tokenizer, asked.start)
    run.go()
    torch.save({"settings": asdict(settings), "weights": run.mean}, asked.out / "model.pt")


if __name__ == "__main__":
    main()
