"""Makes the tiny networks that tests run: ``python tests/reading/tiny_models/make.py`` with the packages of the extra ``train``.

``pieces``: three named axes. ``labels`` [batch, length, 2] is (input_ids + cues) * mask, and twice that; ``links`` [batch, pairs] adds a pair's two
columns; ``whole`` [batch, 1] is the sum over a row. All of it can be worked out by hand. Its tokenizer knows five words.
"""

from __future__ import annotations

from pathlib import Path

import onnx
from onnx import TensorProto, helper
from tokenizers import Tokenizer, models, pre_tokenizers
from training.weights import seal

HERE = Path(__file__).parent


def network() -> onnx.ModelProto:
    """The graph described above."""
    node = helper.make_node
    nodes = [
        node("Add", ["input_ids", "cues"], ["both"]),
        node("Mul", ["both", "attention_mask"], ["kept"]),
        node("Cast", ["kept"], ["single"], to=TensorProto.FLOAT),
        node("Add", ["single", "single"], ["double"]),
        node("Unsqueeze", ["single", "last"], ["first_column"]),
        node("Unsqueeze", ["double", "last"], ["second_column"]),
        node("Concat", ["first_column", "second_column"], ["labels"], axis=-1),
        node("ReduceSum", ["pair_ends", "last"], ["links_whole"], keepdims=0),
        node("Cast", ["links_whole"], ["links"], to=TensorProto.FLOAT),
        node("ReduceSum", ["single", "last"], ["whole"], keepdims=1),
    ]
    taken = [
        helper.make_tensor_value_info(name, TensorProto.INT64, axes)
        for name, axes in (
            ("input_ids", ["batch", "length"]),
            ("attention_mask", ["batch", "length"]),
            ("cues", ["batch", "length"]),
            ("pair_ends", ["batch", "pairs", 2]),
        )
    ]
    given = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, axes)
        for name, axes in (("labels", ["batch", "length", 2]), ("links", ["batch", "pairs"]), ("whole", ["batch", 1]))
    ]
    last = helper.make_tensor("last", TensorProto.INT64, [1], [-1])
    graph = helper.make_graph(nodes, "pieces", taken, given, [last])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def main() -> None:
    """Write the folder ``pieces``."""
    folder = HERE / "pieces"
    folder.mkdir(exist_ok=True)
    onnx.save(network(), folder / "model.onnx")
    words = models.WordLevel({"[PAD]": 0, "the": 1, "minister": 2, "said": 3, "[UNK]": 4}, unk_token="[UNK]")  # noqa: S106 - no password
    tokenizer = Tokenizer(words)
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    seal(folder, version="0.1.0", interface=1, labels=["once", "twice"])


if __name__ == "__main__":
    main()
