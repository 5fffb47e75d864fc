"""Trained weights on disk: found in the package ``onrecord_models`` or in a folder of one's own, and described. Loads and runs nothing.

A folder of weights has one folder per model, ``<name>/{model.onnx,tokenizer.json,model.json}``; ``models/README.md`` says what each file holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord.errors import ModelAbsent, ModelError

PACKAGE = "onrecord_models"
DISTRIBUTION = "onrecord-models"
REINSTALL = f"install {DISTRIBUTION} again, or read with --rules-only"


@dataclass(frozen=True, slots=True)
class Weights:
    """One model on disk. ``digest``: 12 hexadecimal digits of ``model.json``, which itself holds the digests of the other files.

    ``interface``: the number of the agreement between the weights and the code that feeds them; ``files``: the SHA-256 of each; ``card``: all that
    ``model.json`` says.
    """

    name: str
    folder: Path
    version: str
    interface: int
    digest: str
    files: Mapping[str, str] = field(repr=False)
    card: Mapping[str, Any] = field(repr=False)

    def for_interface(self, number: int) -> Weights:
        """These weights; raises ModelError where they were made for other code than what asks for them."""
        if self.interface < number:
            raise ModelError(
                f"the weights {self.name} {self.version} are too old for this onrecord", hint=f"upgrade {DISTRIBUTION}, or read with --rules-only"
            )
        if self.interface > number:
            raise ModelError(f"the weights {self.name} {self.version} need a newer onrecord", hint="upgrade onrecord, or read with --rules-only")
        return self

    def file(self, name: str) -> Path:
        """A file of the model, whole; raises ModelError where it is missing or not what ``model.json`` says it is."""
        path = self.folder / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror or error})", hint=REINSTALL) from error
        if found != self.files.get(name):
            raise ModelError(f"{path}: the file is damaged, or not the one that model.json describes", hint=REINSTALL)
        return path


def weights(name: str, folder: Path | None = None) -> Weights:
    """The weights called ``name`` under ``folder``, else in the installed package.

    Raises ModelAbsent where there are none, ModelError where there is no such folder or their ``model.json`` cannot be used.
    """
    home = home_folder(folder) / name
    described = home / "model.json"
    if not described.is_file():
        raise ModelAbsent(f"there are no weights called {name} in {home.parent}", hint=f"install or upgrade {DISTRIBUTION}")
    try:
        raw = described.read_bytes()
        card = json.loads(raw)
        digests = {str(file): str(digest) for file, digest in card["sha256"].items()}
        digest = hashlib.sha256(raw).hexdigest()[:12]
        return Weights(name, home, str(card["version"]), int(card["interface"]), digest, digests, card)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"{described}: the description of the weights is damaged ({error})", hint=REINSTALL) from error


def all_weights(folder: Path | None = None) -> tuple[Weights, ...]:
    """Every model under ``folder``, else in the installed package, by name; none where the package is not installed."""
    try:
        home = home_folder(folder)
    except ModelAbsent:
        return ()
    return tuple(weights(path.parent.name, folder) for path in sorted(home.glob("*/model.json")))


def home_folder(folder: Path | None = None) -> Path:
    """``folder``, else the package's; raises ModelError where ``folder`` is not there, ModelAbsent where the package is not."""
    if folder is not None:
        if not folder.is_dir():
            raise ModelError(f"there is no folder {folder}", hint="name a folder that holds one folder of weights per model")
        return folder
    if find_spec(PACKAGE) is None:
        raise ModelAbsent(f"the weights are not installed ({DISTRIBUTION})", hint=f"install {DISTRIBUTION}")
    return Path(import_module(PACKAGE).folder())
