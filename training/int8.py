"""Makes an ONNX network small: int8 weights, activations scaled as they come. Knows no model."""

from __future__ import annotations

from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process


def to_int8(full: Path, path: Path) -> None:
    """Write the network ``full`` with int8 weights to ``path``. Seven bits of eight, so that processors without VNNI do not overflow."""
    ready = path.with_suffix(".ready")
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    extra = {"DefaultTensorType": onnx.TensorProto.FLOAT}  # what shape inference loses track of behind a matrix product with a bias
    quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=extra)
    ready.unlink()
