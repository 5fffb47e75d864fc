"""Running a network: filling up, cutting back, order, and what is said of weights that cannot be used. The network is tiny; see ``tiny_models``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelAbsent, ModelError
from onrecord.reading.encoder import Encoder
from onrecord.reading.weights import all_weights, weights

TINY = Path(__file__).parent / "tiny_models"
PIECES = st.lists(st.integers(1, 30_000), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def tiny() -> Encoder:
    return Encoder(weights("pieces", TINY))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(TINY / "pieces", tmp_path / "pieces")
    return tmp_path


def row(pieces: list[int], pairs: int = 1) -> dict[str, object]:
    return {"input_ids": pieces, "cues": [7] * len(pieces), "pair_ends": np.arange(2 * pairs).reshape(pairs, 2)}


def test_a_row_gives_its_scores_without_the_batch(tiny: Encoder):
    (found,) = tiny.run([row([1, 2, 3], pairs=2)])
    assert found["labels"].tolist() == [[8, 16], [9, 18], [10, 20]]
    assert found["links"].tolist() == [1, 5]
    assert found["whole"].tolist() == [27]


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(PIECES, st.integers(0, 4)), max_size=12), most=st.integers(1, 200))
def test_neighbours_change_nothing(tiny: Encoder, rows: list[tuple[list[int], int]], most: int):
    """Whatever is run together, each row has its own sizes and scores, in the order given."""
    together = tiny.run([row(*r) for r in rows], max_pieces=most)
    assert [len(t["labels"]) for t in together] == [len(pieces) for pieces, _ in rows]
    assert [len(t["links"]) for t in together] == [pairs for _, pairs in rows]
    for r, found in zip(rows, together, strict=True):
        (alone,) = tiny.run([row(*r)])
        assert all(np.array_equal(alone[name], found[name]) for name in tiny.outputs)


def test_a_mask_that_is_given_is_used(tiny: Encoder):
    (found,) = tiny.run([{**row([1, 2, 3]), "attention_mask": [1, 0, 1]}])
    assert found["labels"][:, 0].tolist() == [8, 0, 10]


@pytest.mark.parametrize(
    ("change", "message"),
    [({"cues": [1, 1]}, "cues has 2 along length, not 3"), ({"pair_ends": [[1, 2, 3]]}, "pair_ends has 3"), ({"more": [1]}, r"unknown: \['more'\]")],
)
def test_rows_that_do_not_fit_are_refused(tiny: Encoder, change: dict[str, object], message: str):
    with pytest.raises(ValueError, match=message):
        tiny.run([{**row([1, 2, 3]), **change}])


def test_a_row_that_lacks_an_input_is_refused(tiny: Encoder):
    with pytest.raises(ValueError, match=r"missing: \['cues', 'pair_ends'\]"):
        tiny.run([{"input_ids": [1]}])


def test_the_tokenizer_neither_fills_nor_cuts(tiny: Encoder):
    found = tiny.tokenizer.encode("the minister said nothing")
    assert (found.ids, found.offsets) == ([1, 2, 3, 4], [(0, 3), (4, 12), (13, 17), (18, 25)])


def test_weights_are_described_without_being_loaded():
    (found,) = all_weights(TINY)
    assert (found.name, found.version, found.interface, found.card["labels"]) == ("pieces", "0.1.0", 1, ["once", "twice"])
    assert len(found.digest) == 12


def test_absent_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ModelAbsent, match="no weights called stance"):
        weights("stance", TINY)
    with pytest.raises(ModelError, match="no folder"):
        weights("stance", tmp_path / "nowhere")
    monkeypatch.setattr("onrecord.reading.weights.PACKAGE", "onrecord_models_that_nobody_has")
    with pytest.raises(ModelAbsent, match="not installed") as raised:
        weights("stance")
    assert raised.value.hint == "install onrecord-models"
    assert all_weights() == ()


@pytest.mark.parametrize(
    ("asked", "message", "hint"), [(2, "too old for this onrecord", "upgrade onrecord-models"), (0, "need a newer onrecord", "upgrade onrecord,")]
)
def test_weights_made_for_other_code(asked: int, message: str, hint: str):
    with pytest.raises(ModelError, match=message) as raised:
        weights("pieces", TINY).for_interface(asked)
    assert hint in raised.value.hint
    assert not isinstance(raised.value, ModelAbsent)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"name": "pieces", "version": 1, "interface": "x", "sha256": {}}', '{"version": 1, "interface": 1, "sha256": []}']
)
def test_a_damaged_description(copy: Path, content: str):
    (copy / "pieces" / "model.json").write_text(content)
    with pytest.raises(ModelError, match="description of the weights is damaged") as raised:
        weights("pieces", copy)
    assert "install onrecord-models again" in raised.value.hint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_damaged_files(copy: Path, name: str):
    path = copy / "pieces" / name
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ModelError, match=f"{name}: the file is damaged"):
        Encoder(weights("pieces", copy))
    path.unlink()
    with pytest.raises(ModelError, match=f"{name}: cannot be read"):
        Encoder(weights("pieces", copy))


def test_a_file_that_is_as_described_but_no_network(copy: Path):
    import hashlib

    folder = copy / "pieces"
    (folder / "model.onnx").write_bytes(b"no network")
    card = json.loads((folder / "model.json").read_text())
    card["sha256"]["model.onnx"] = hashlib.sha256(b"no network").hexdigest()
    (folder / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="cannot be loaded"):
        Encoder(weights("pieces", copy))


def test_nothing_waits_for_the_run_time():
    code = "import sys, onrecord.cli.main, onrecord.reading.encoder; print({'onnxruntime', 'tokenizers', 'spacy'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
