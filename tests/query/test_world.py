"""Standings and shifts in a small world whose truth is known; benchmarks/world.py measures larger ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.world import World, fill, make_world, score_standing, score_turns

from onrecord.query import shifts
from onrecord.store import open_store

FLOOR = 0.95


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(parties=7, issue_count=4, years=4, seed=6)


def test_the_same_number_makes_the_same_world(world: World) -> None:
    again = make_world(parties=7, issue_count=4, years=4, seed=6)
    assert (again.texts, again.told) == (world.texts, world.told)


def test_with_perfect_reading_the_record_tells_the_truth(world: World, tmp_path: Path) -> None:
    fill(tmp_path / "store", world, 0, seed=6)
    with open_store(tmp_path / "store") as store, store.view() as view:
        told, _, sure = score_standing(view, world)
        scores = [told, score_turns([r for r in shifts(view) if r.verdict == "real"], world)]
    assert sure.precision == 1
    assert all(score.true >= 10 and min(score.precision, score.recall) >= FLOOR for score in scores), scores


def test_real_turns_stay_right_where_one_text_in_ten_is_misread(world: World, tmp_path: Path) -> None:
    fill(tmp_path / "store", world, 0.1, seed=6)
    with open_store(tmp_path / "store") as store, store.view() as view:
        score = score_turns([r for r in shifts(view) if r.verdict == "real"], world)
    assert min(score.precision, score.recall) >= 0.9, score
