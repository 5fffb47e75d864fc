"""Make the shipped weights of a trained run: ONNX, int8, calibrated, described.

Usage: ``python -m training.stance.export --run FOLDER --data FOLDER --corpus FOLDER --out models/src/onrecord_models/stance --version 1.0``.
Temperature, bias and odds are fitted on the tuning share of DSE's training half with an int8 network. Prints scores of the
network before and after quantisation as JSON, and writes them with a reliability plot into the run's folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.reading.encoder import Encoder
from onrecord.reading.stance import INTERFACE, LONGEST
from onrecord.reading.weights import weights
from training.int8 import to_int8
from training.stance import data
from training.stance.data import Pair, Row
from training.stance.network import StanceNetwork, backbone
from training.stance.plots import reliability
from training.stance.scores import Floats, bins, decide, expected_error, macro_f1, probabilities, read_as_dse
from training.stance.train import load_tokenizer, predict
from training.weights import seal

LEADS = [round(-1 + 0.1 * n, 1) for n in range(41)]
"""Leads over neutral that are tried for taking a stance."""


def network_of(run: Path) -> StanceNetwork:
    """The trained network of a run. Raises FileNotFoundError where training has not come to its end."""
    kept = torch.load(run / "model.pt", weights_only=True)
    network = StanceNetwork(backbone(), ordered=kept["settings"]["ordered"])
    network.load_state_dict(kept["weights"])
    return network.eval()


def to_onnx(network: StanceNetwork, path: Path) -> None:
    """Write the network with axes called batch and length."""
    row = torch.ones(2, 8, dtype=torch.long)
    types = torch.tensor([[0, 2, 2, 0, 0, 3, 0, 0]] * 2)
    axes = {0: "batch", 1: "length"}
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        network, (row, row, types), str(path), input_names=names, output_names=["logits"],
        dynamic_axes={**dict.fromkeys(names, axes), "logits": {0: "batch"}}, opset_version=17, dynamo=False,
    )  # fmt: skip


def run_int8(folder: Path, rows: Sequence[Row]) -> Floats:
    """Logits (rows, 2, 3) of a sealed folder, each row by itself as ``Reader.stance_pair`` runs it."""
    network = Encoder(weights(folder.name, folder.parent))
    found = [network.run([{"input_ids": r.ids, "token_type_ids": r.types}])[0]["logits"] for r in rows]
    return np.stack(found)


def fit(logits: Floats, gold: Sequence[Sequence[int]]) -> tuple[float, list[float]]:
    """Temperature and bias (neutral 0) that make the labels of both ways likeliest; UNKNOWN is left out."""
    scores, labels = torch.tensor(logits).reshape(-1, 3), torch.tensor(gold).reshape(-1)
    free = torch.zeros(3, requires_grad=True)
    optimiser = torch.optim.LBFGS([free], max_iter=100)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        bias = torch.cat([torch.zeros(1), free[1:]])
        told = torch.nn.functional.cross_entropy(scores / free[0].exp() + bias, labels, ignore_index=data.UNKNOWN)
        told.backward()
        return told

    optimiser.step(loss)
    told = free.detach().tolist()
    return float(np.exp(told[0])), [0.0, told[1], told[2]]


def odds(logits: Floats, gold: Sequence[int], temperature: float, bias: Sequence[float], lead: float | None = None) -> tuple[float, float]:
    """The least odds (support, oppose) against neutral at which a stance is taken.

    One lead of the stance's raw logit over neutral's, the same for both stances, is searched, and neighbours are averaged: the tuning share has a few
    dozen of the rare classes, and two free thresholds fit its chances. A ``lead`` that is given is taken as it is.
    """
    chances = probabilities(logits, temperature, bias)

    def at(lead: float) -> tuple[float, float]:
        return float(np.exp(lead / temperature + bias[1])), float(np.exp(lead / temperature + bias[2]))

    if lead is not None:
        return at(lead)
    found = [macro_f1(gold, read_as_dse(chances, at(lead))) for lead in LEADS]
    smooth = np.convolve(np.pad(found, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    return at(LEADS[int(smooth.argmax())])


def ways(chances: Floats, rows: Sequence[Row]) -> tuple[Floats, list[int]]:
    """(n, 3) probabilities and labels of every direction that has one."""
    known = [(at, way, label) for at, r in enumerate(rows) for way, label in enumerate(r.labels) if label != data.UNKNOWN]
    return np.stack([chances[at, way] for at, way, _ in known]), [label for _, _, label in known]


@dataclass(frozen=True)
class Fitted:
    """Calibration and thresholds, as ``model.json`` holds them."""

    temperature: float
    bias: list[float]
    support: float
    oppose: float

    def chances(self, logits: Floats) -> Floats:
        """Calibrated probabilities."""
        return probabilities(logits, self.temperature, self.bias)

    def card(self) -> dict[str, Any]:
        """What ``onrecord.reading.stance.Calibration`` reads."""
        least = {"support": round(self.support, 4), "oppose": round(self.oppose, 4)}
        return {"temperature": round(self.temperature, 4), "bias": [round(b, 4) for b in self.bias], "least": least}


def fitted(logits: Floats, rows: Sequence[Row], lead: float | None = None) -> Fitted:
    """Calibration fitted on DSE rows."""
    temperature, bias = fit(logits, [r.labels for r in rows])
    support, oppose = odds(logits, [data.five(r.labels) for r in rows], temperature, bias, lead)
    return Fitted(temperature, bias, support, oppose)


def scores(logits: Floats, rows: Sequence[Row], how: Fitted) -> dict[str, float]:
    """Macro-F1 over DSE's five classes for its rows, over the three labels of each direction for others; and the calibration error."""
    chances, least = how.chances(logits), (how.support, how.oppose)
    told, labels = ways(chances, rows)
    error = expected_error(told, labels)
    if rows[0].origin == "dse":
        return {"macro_f1": macro_f1([data.five(r.labels) for r in rows], read_as_dse(chances, least)), "ece": error}
    return {"macro_f1": macro_f1(labels, [decide(t, least) for t in told]), "ece": error}


def sets(folder: Path, corpus: Path | None) -> dict[str, list[Pair]]:
    """What is scored: the tuning share, the development half, its texts that are not in the training half, the corpus's held-back quarter."""
    train, dev = data.dse(folder / "dse_train.jsonl"), data.dse(folder / "dse_dev.jsonl")
    known = {p.text for p in train}
    found = {"tune": [p for p in train if data.tuning(p.text)], "dev": dev, "dev, new texts": [p for p in dev if p.text not in known]}
    if corpus:
        found["corpus, held back"] = data.positions(corpus, held_back=True)
    return found


def small_network(run: Path, out: Path, version: str) -> StanceNetwork:
    """Write the int8 network of a run, sealed but not yet calibrated; returns the network it was made of."""
    network = network_of(run)
    out.mkdir(parents=True, exist_ok=True)
    to_onnx(network, run / "full.onnx")
    to_int8(run / "full.onnx", out / "model.onnx")
    load_tokenizer().save(str(out / "tokenizer.json"))
    seal(out, version=version, interface=INTERFACE)
    return network


def main() -> None:
    """Export as told on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--data", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--calibrated-by", type=Path, help="the run that --run went on from, where --run has seen the tuning share")
    parser.add_argument("--lead", type=float, help="the lead over neutral at which a stance is taken (default: the best on the tuning share)")
    parser.add_argument("--version", required=True)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    rows = {name: data.encode(load_tokenizer(), pairs) for name, pairs in sets(asked.data, asked.corpus).items()}
    network = small_network(asked.run, asked.out, asked.version)
    small = {name: run_int8(asked.out, some) for name, some in rows.items()}
    full = {name: predict(network, some).numpy() for name, some in rows.items()}
    by = asked.calibrated_by or asked.run
    before = fitted(predict(network_of(by), rows["tune"]).numpy(), rows["tune"], asked.lead)
    small_network(by, by / asked.out.name, asked.version)
    how = fitted(run_int8(by / asked.out.name, rows["tune"]), rows["tune"], asked.lead)
    seal(asked.out, version=asked.version, interface=INTERFACE, labels=data.LABELS, longest=LONGEST, calibration=how.card())
    told = {
        "int8": {name: scores(small[name], rows[name], how) for name in rows},
        "float": {name: scores(full[name], rows[name], before) for name in rows},
        "pairs": {name: len(some) for name, some in rows.items()},
        "calibration": how.card(),
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    (asked.run / "report.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    reliability(asked.run / "reliability.svg", {name: bins(*ways(how.chances(small[name]), rows[name])) for name in rows if name != "tune"})


if __name__ == "__main__":
    main()
