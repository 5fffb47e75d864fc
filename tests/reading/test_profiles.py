"""With weights, without them, and told to do without: which components run, what is said, and that runs are told apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from onrecord import Document, Reader, app
from onrecord.errors import ModelError
from onrecord.model import Problem
from onrecord.reading import reader as module
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Component, Step, component, find
from onrecord.reading.encoder import Encoder
from onrecord.reading.weights import Weights

TINY = Path(__file__).parent / "tiny_models"
PIPELINE = ("parse.spacy", "pieces.model")


@component("pieces.model", requires=["parse"], assigns=[], weights="pieces")
def pieces(weights: Weights) -> Step:
    """A component that runs on the tiny network and leaves what it found in the issues log."""
    network = Encoder(weights.for_interface(1))

    def step(analysis: Analysis) -> None:
        (found,) = network.run([{"input_ids": network.tokenizer.encode("the minister said").ids, "cues": [0, 0, 1], "pair_ends": [[0, 1]]}])
        analysis.problems.append(Problem("seen", str(found["whole"].tolist())))

    return step


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch):
    def known(name: str) -> Component:
        return pieces if name == "pieces.model" else find(name)

    monkeypatch.setattr(module, "find", known)


def names(reader: Reader) -> list[str]:
    return [c.name for c in reader.components]


def test_a_component_runs_on_its_weights():
    reader = Reader(PIPELINE, models=TINY)
    reading = reader.read(Document(id="d", text="Talks went on."))
    assert names(reader) == list(PIPELINE)
    assert [p.message for p in reading.issues_log] == ["[7.0]"]
    assert reader.problems == ()
    assert app.describe_run(reader).config["models"] == {"pieces": {"version": "0.1.0", "digest": reader.weights["pieces"].digest}}
    assert "onnxruntime" in app.describe_run(reader).versions


def test_without_its_weights_it_is_left_out_and_that_is_said_once(tmp_path: Path):
    reader = Reader(PIPELINE, models=tmp_path)
    assert names(reader) == ["parse.spacy"]
    (problem,) = reader.problems
    assert (problem.code, problem.where) == ("models-absent", str(tmp_path))
    assert problem.message == "there are no trained weights for pieces, which are read by rules only"
    assert [reader.read(Document(id="d", text=text)).issues_log for text in ("One.", "Two.")] == [(), ()]


def test_rules_only_asks_for_no_weights(tmp_path: Path):
    reader = Reader(PIPELINE, models=tmp_path / "nowhere", rules_only=True)
    assert (names(reader), reader.problems) == (["parse.spacy"], ())


def test_damaged_weights_are_no_reason_to_fall_back(tmp_path: Path):
    shutil.copytree(TINY / "pieces", tmp_path / "pieces")
    (tmp_path / "pieces" / "model.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="damaged") as raised:
        Reader(PIPELINE, models=tmp_path)
    assert "--rules-only" in raised.value.hint


def test_runs_with_other_weights_are_other_runs(tmp_path: Path):
    shutil.copytree(TINY / "pieces", tmp_path / "pieces")
    described = tmp_path / "pieces" / "model.json"
    described.write_text(json.dumps({**json.loads(described.read_text()), "threshold": 0.4}))
    runs = [
        Reader(PIPELINE, models=TINY), Reader(PIPELINE, models=tmp_path), Reader(PIPELINE, rules_only=True), Reader(PIPELINE[:1], models=TINY),
    ]  # fmt: skip
    ids = [reader.run_id for reader in runs]
    assert ids[2] == ids[3]
    assert len(set(ids[:3])) == 3


def test_reading_says_once_what_it_does_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Reader.__init__, "__defaults__", (PIPELINE,))
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"The minister spoke in {name}.\n")
    told: list[Problem] = []
    assert len(list(app.read(tmp_path / "a.txt", tmp_path / "b.txt", models=tmp_path, on_problem=told.append))) == 2
    assert [p.code for p in told] == ["models-absent"]
    told.clear()
    tally = app.add(tmp_path / "s.onrecord", [tmp_path / "a.txt"], rules_only=True, on_problem=told.append)
    assert (tally.read, told) == (1, [])
    with app.open_record(tmp_path / "s.onrecord") as store, store.view() as view:
        assert [run.config["models"] for run in view.runs()] == [{}]


def test_weights_that_turn_out_damaged_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Loaded with the first document, they would cost every document, one by one."""

    def broken(_: Reader, __: Document) -> None:
        raise ModelError("damaged")

    monkeypatch.setattr(Reader, "read", broken)
    (tmp_path / "a.txt").write_text("The minister spoke.\n")
    with pytest.raises(ModelError, match="damaged"):
        list(app.read(tmp_path / "a.txt", reader=Reader(PIPELINE[:1])))
