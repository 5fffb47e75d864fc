"""Trained weights for onrecord, one folder each: ``model.onnx``, ``tokenizer.json``, ``model.json``. Finds them; runs nothing."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder"]


def folder(name: str = "") -> Path:
    """The folder of the weights called ``name``, there or not; without a name, the folder that holds them all."""
    return Path(__file__).parent / name
