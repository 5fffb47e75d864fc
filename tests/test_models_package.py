"""The package of trained weights: installed beside onrecord, whole, each model with its card; and what its wheel holds."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import onrecord_models
import pytest

from onrecord.reading.weights import Weights, all_weights

ROOT = Path(__file__).parents[1]
INSTALLED = all_weights()


def test_it_is_installed_beside_onrecord():
    assert version("onrecord-models")
    assert onrecord_models.folder("stance").parent == onrecord_models.folder() == Path(onrecord_models.__file__).parent


@pytest.mark.parametrize("found", INSTALLED, ids=[w.name for w in INSTALLED])
def test_a_model_is_whole_and_has_its_card(found: Weights):
    """Its files are what their description says, and its card tells where it comes from."""
    assert {found.file(name).name for name in found.files} == {"model.onnx", "tokenizer.json"}
    card = ROOT / "models" / "cards" / f"{found.name}.md"
    assert card.is_file()
    assert found.version in card.read_text(encoding="utf-8")


def test_its_wheel_holds_code_weights_and_licence(tmp_path: Path, root: Path):
    """Built from the real set-up with tiny weights."""
    project, package = tmp_path / "models", tmp_path / "models/src/onrecord_models"
    package.mkdir(parents=True)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / "models" / name, project)
    for name in ("__init__.py", "py.typed"):
        shutil.copy(root / "models/src/onrecord_models" / name, package)
    shutil.copytree(root / "tests/reading/tiny_models/pieces", package / "pieces")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", tmp_path, project]
    subprocess.run(pip, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if "dist-info" not in name or "LICENSE" in name}
    assert {Path(name).name for name in held} == {"__init__.py", "py.typed", "model.onnx", "model.json", "tokenizer.json", "LICENSE"}
