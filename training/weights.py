"""Closes a folder of weights: writes ``model.json`` with the digests of the files beside it, as ``onrecord.reading.weights`` reads it.

Needs nothing but the standard library, and knows no model.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

FILES = ("model.onnx", "tokenizer.json")


def seal(folder: Path, *, version: str, interface: int, **card: Any) -> None:
    """Write ``folder/model.json``. ``interface``: the number that onrecord's code for this model asks for; ``card``: whatever that code needs.

    To be called last: a file that changes afterwards counts as damaged. Raises FileNotFoundError where a file is missing.
    """
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    described = {"name": folder.name, "version": version, "interface": interface, "sha256": digests, **card}
    (folder / "model.json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
