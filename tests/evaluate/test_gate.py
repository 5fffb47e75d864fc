"""No score falls below its floor: on the project's own gold always, on the sets beside the repository where they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from onrecord import Reader, app
from onrecord.evaluate.across import HALVES
from onrecord.evaluate.across_gold import load
from onrecord.evaluate.across_scores import tallies
from onrecord.evaluate.gate import below, digest, flat, load_floors, own_scores, shared_scores
from onrecord.store import open_store

ROOT = Path(__file__).parents[2]
FLOORS = load_floors(ROOT / "gold/floors.toml")


def test_the_floors_belong_to_the_gold_that_is_here() -> None:
    assert tomllib.loads((ROOT / "gold/floors.toml").read_text(encoding="utf8"))["digest"] == digest(ROOT)


def test_the_samples_hold_their_floors(full_reader: Reader) -> None:
    scores = own_scores(ROOT, full_reader)
    assert set(FLOORS["samples"]) == set(scores)
    assert not below(scores, FLOORS["samples"])


def test_what_is_linked_across_reports_holds_its_floors(full_reader: Reader, tmp_path: Path) -> None:
    app.add(tmp_path / "store", [ROOT / "gold/across/reports.jsonl"], reader=full_reader)
    with open_store(tmp_path / "store") as store, store.view() as view:
        for held, name in enumerate(HALVES):
            scores = {kind: tally.figures["f1"] for kind, tally in tallies(view, load(ROOT / "gold/across"), held=bool(held)).items()}
            assert set(FLOORS[name]) == set(scores)
            assert not below(scores, FLOORS[name])


@pytest.mark.shared
@pytest.mark.parametrize("command", [name for name in FLOORS if name not in ("samples", *HALVES)])
def test_the_sets_beside_the_repository_hold_their_floors(command: str) -> None:
    scores = shared_scores(command, ROOT)
    if scores is None:
        pytest.skip("the set is not beside the repository")
    assert set(FLOORS[command]) <= set(scores)
    assert not below(scores, FLOORS[command])


def test_a_fall_is_told() -> None:
    assert below({"events": 48.9}, {"events": 50.0}) == ["events is 48.9, its floor 50.0"]
    assert not below({"events": 49.1}, {"events": 50.0})
    assert below({}, {"events": 50.0}) == ["events is 0.0, its floor 50.0"]


def test_forbidden_records_have_a_ceiling() -> None:
    assert below({"absent": 1.0}, {"absent": 0.0})
    assert not below({"absent": 0.0}, {"absent": 0.0})


def test_scores_are_flattened() -> None:
    given = {
        "documents": 2,
        "attr": {"p": 1.0, "r": 2.0, "f1": 1.3, "gold": 5, "predicted": 4},
        "recall_by_form": {"direct": 80.0},
        "speaker_accuracy": 95.0,
    }
    assert flat(given) == {"attr": 1.3, "recall_by_form.direct": 80.0, "speaker_accuracy": 95.0}
