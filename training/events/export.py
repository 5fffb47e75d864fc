"""Make weights of a trained run: ONNX, int8, described.

    python -m training.events.export --run RUN --sets DIR --out FOLDER/events --version 1.0 [--judge judge.json]

The temperature is fitted on the held-back half of the sentences and on PLV rows that the run did not see, if any (one number; no decision rests on
it alone).
``--judge``: the weights and thresholds that ``training.events.judge`` fitted; without it everything that the rules find stands and little is added.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.extract.events.pairs import INTERFACE
from onrecord.reading.encoder import Encoder
from onrecord.reading.weights import weights
from training.events.examples import LABELS, Example, load
from training.events.markup import STATUSES
from training.events.network import FEATURES, EventNetwork, definitions
from training.events.scores import own_scores, plv_scores
from training.events.train import allowed
from training.int8 import to_int8
from training.statements.prepare import tokenizer
from training.weights import seal

OPEN_JUDGE = {
    "rule": [2.0, 0.0, 0.0, 0.0],
    "model": [-2.0, 1.0, 0.0, 0.0, 0.0, 0.0],
    "least": {"rule": 0.0, "model": 0.9, "said": 0.9, "status": 0.9},
}
"""Until a judge is fitted."""


def network_of(run: Path) -> EventNetwork:
    """The trained network of a run. Raises FileNotFoundError where training has not come to its end."""
    kept = torch.load(run / "model.pt", weights_only=True)
    network = EventNetwork(definitions(), kept["settings"].get("layers", 6))
    network.load_state_dict(kept["weights"])
    return network.eval()


def to_onnx(network: EventNetwork, path: Path) -> None:
    """Write the network with axes called batch, length and pairs."""
    names = ["input_ids", "attention_mask", *FEATURES, "roles"]
    row = torch.ones(2, 8, dtype=torch.long)
    roles = torch.tensor([[[0, 1, 1, 0, 0, 2, 0, 0]] * 3] * 2)
    axes: dict[str, dict[int, str]] = {name: {0: "batch", 1: "length"} for name in names[:-1]}
    axes |= {"roles": {0: "batch", 1: "pairs", 2: "length"}, "labels": {0: "batch", 1: "pairs"}, "status": {0: "batch", 1: "pairs"}}
    axes["trigger"] = {0: "batch", 1: "pairs", 2: "length"}
    torch.onnx.export(
        network, (*([row] * (len(names) - 1)), roles), str(path), input_names=names, output_names=["labels", "status", "trigger"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def run_int8(folder: Path, rows: Sequence[Example]) -> dict[str, tuple[Tensor, Tensor, Tensor]]:
    """The outputs of a sealed folder for each example, run one by one as ``Reader.code_pair`` does."""
    network = Encoder(weights(folder.name, folder.parent))
    found = {}
    for r in rows:
        scores = network.run([r.inputs])[0]
        found[r.id] = tuple(torch.from_numpy(np.asarray(scores[name])) for name in ("labels", "status", "trigger"))
    return found  # type: ignore[return-value]


def temperature(rows: Sequence[Example], labels: dict[str, Tensor]) -> float:
    """What the logits are to be divided by for the right labels to be likeliest."""
    logits = torch.cat([labels[r.id] for r in rows])
    right = torch.cat([allowed([r], len(r.answers))[0] for r in rows])
    free = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([free], max_iter=50)

    def loss() -> Tensor:
        optimiser.zero_grad()
        told = -(logits / free.exp()).log_softmax(-1).masked_fill(~right, -1e9).logsumexp(-1).mean()
        told.backward()
        return told

    optimiser.step(loss)
    return float(free.detach().exp())


def main() -> None:
    """Export as told on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--sets", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--judge", type=Path)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    to_onnx(network_of(asked.run), asked.run / "full.onnx")
    to_int8(asked.run / "full.onnx", asked.out / "model.onnx")
    tokenizer().save(str(asked.out / "tokenizer.json"))
    seal(asked.out, version=asked.version, interface=INTERFACE)
    rows = [e for e in load(asked.sets, "own") if e.held_back]
    outputs = run_int8(asked.out, rows)
    heat = temperature(rows, {i: o[0] for i, o in outputs.items()})
    judge = json.loads(asked.judge.read_text(encoding="utf8")) if asked.judge else OPEN_JUDGE
    seal(
        asked.out,
        version=asked.version,
        interface=INTERFACE,
        labels=LABELS,
        statuses=STATUSES,
        calibration={"temperature": round(heat, 4)},
        judge=judge,
    )
    plv = load(asked.sets, "plv")
    told = {
        "held_back": own_scores(rows, outputs),
        "plv": plv_scores(plv, {i: o[0] for i, o in run_int8(asked.out, plv).items()}),
        "temperature": heat,
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    (asked.run / "report.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
