"""Write a trained tagger as ONNX with int8 weights, sealed for ``onrecord_models``; say what rounding cost.

    python -m training.statements.export --run DIR --prepared DIR --dev polnear_dev --out models/src/onrecord_models/statements --version 1.0

Calibration is added by ``python -m training.statements.calibrate``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from onrecord.extract.statements.model import INTERFACE, tagged
from onrecord.reading.encoder import Encoder
from onrecord.reading.weights import weights
from training.int8 import to_int8
from training.statements.examples import Prepared
from training.statements.prepare import load, tokenizer
from training.statements.scoring import Said, scores
from training.statements.tagger import Tagger
from training.statements.train import decoded
from training.weights import seal

INPUTS = ("input_ids", "attention_mask", "pos", "dependencies", "rules")


def to_onnx(model: Tagger, path: Path) -> None:
    """Write the network; axes are called batch and length."""
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        model.eval(), (example,) * 5, str(path), input_names=list(INPUTS), output_names=["tags", "links"],
        dynamic_axes={**dict.fromkeys((*INPUTS, "tags"), axes), "links": {0: "batch", 2: "length", 3: "length"}}, opset_version=17, dynamo=False,
    )  # fmt: skip


def shipped(folder: Path, documents: list[Prepared]) -> list[tuple[Prepared, list[Said]]]:
    """What the sealed network makes of ``documents``, one document at a time, as the Reader runs it."""
    network = Encoder(weights(folder.name, folder.parent))
    made = []
    for document in documents:
        found = tagged(network, [e.window for e in document.examples]).attributions
        made.append((document, [Said.tagged(a) for a in found]))
    return made


def main() -> None:
    """Export as told on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--prepared", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--dev", default="polnear_dev")
    parser.add_argument("--version", required=True)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    model = Tagger()
    model.load_state_dict(torch.load(asked.run / "tagger.pt", weights_only=True))
    asked.out.mkdir(parents=True, exist_ok=True)
    to_onnx(model, asked.run / "full.onnx")
    to_int8(asked.run / "full.onnx", asked.out / "model.onnx")
    tokenizer().save(str(asked.out / "tokenizer.json"))
    seal(asked.out, version=asked.version, interface=INTERFACE)
    documents = load(asked.prepared, asked.dev)
    told = {"float": scores(decoded(model, documents)), "int8": scores(shipped(asked.out, documents))}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    (asked.run / "export.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
