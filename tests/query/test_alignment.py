"""Who stands with whom: agreement by hand, blocs and who leaves them, trend, and the line that a made-up world is divided along."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from benchmarks.alignment import correlations, ideal_points, spatial_world
from benchmarks.world import fill
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.model import ActorRef, Issue, Participant, Reading
from onrecord.query import Filter, alignment, blocs
from onrecord.query.alignment_matrix import agreement, first_dimension, interval
from onrecord.store import View, open_store
from store.builders import document, position, span

POINTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "stance" / "unga_idealpoints_all_2020.csv"
ISSUES = [Issue(f"own-{n}", f"Question {n}") for n in range(6)]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    number, opened = count(), []

    def make(*readings: Reading) -> View:
        store = open_store(tmp_path / f"{next(number)}", create=True)
        with store.writer() as w:
            for reading in readings:
                w.add(reading, reading.document.id)
        opened.append(store.view())
        store.close()
        return opened[-1]

    yield make
    for view in opened:
        view.close()


def votes(holder: str, stances: str, day: str = "2031-01-01") -> list[Reading]:
    """Two reports of each stance of a state: + supports, - opposes, 0 is neutral on the issue of that number, a space says nothing."""
    found = []
    for issue, mark in zip(ISSUES, stances, strict=False):
        for publisher in ("Herald", "Wire") if mark != " " else ():
            stance: Any = {"+": "support", "-": "oppose", "0": "neutral"}[mark]
            doc = document(f"{holder} on {issue.label}: {stance}, {day}.", publisher, day)
            who = Participant(span(doc, holder), ActorRef(f"or:{holder}", holder, "state", holder[:3].upper()))
            found.append(Reading(doc, positions=(position(doc, who, stance, issue.label, issue, confidence=0.97),)))
    return found


def world(**stances: str) -> list[Reading]:
    return [reading for holder, marks in stances.items() for reading in votes(holder, marks)]


def test_agreement_of_pairs_the_nearest_first(ask: Callable[..., View]) -> None:
    rows = alignment(ask(*world(Avaria="++++", Borduria="+++-", Carpania="----", Drachen="00  ")))
    found = {(r.actor, r.other): (r.issues, round(r.agreement, 1)) for r in rows}
    assert found == {
        ("Avaria", "Borduria"): (4, 0.5), ("Borduria", "Carpania"): (4, -0.5), ("Avaria", "Carpania"): (4, -1.0),
        ("Avaria", "Drachen"): (2, 0.0), ("Borduria", "Drachen"): (2, 0.0), ("Carpania", "Drachen"): (2, 0.0),
    }  # fmt: skip
    assert (rows[0].actor, rows[0].other) == ("Avaria", "Borduria")
    assert all(r.low <= r.agreement <= r.high for r in rows)
    assert (rows[0].agree_on, rows[0].differ_on) == (("own-0", "own-1", "own-2"), ("own-3",))


def test_one_actor_is_compared_with_all_others(ask: Callable[..., View]) -> None:
    view = ask(*world(Avaria="++++", Borduria="+++-", Carpania="----"))
    assert [(r.actor, r.other) for r in alignment(view, Filter(actor="Borduria"))] == [("Borduria", "Avaria"), ("Borduria", "Carpania")]
    assert [r.actor for r in blocs(view, Filter(actor="CAR"))] == ["Carpania"]


def test_a_trend_shows_by_period(ask: Callable[..., View]) -> None:
    both = [*votes("Avaria", "+++"), *votes("Borduria", "++-"), *votes("Borduria", "  -", "2031-02-01"), *votes("Borduria", "-  ", "2032-03-01")]
    rows = alignment(ask(*both, *votes("Borduria", "-  ", "2032-05-01")), Filter(period="year"))
    assert [(r.period, r.until, r.issues) for r in rows] == [("2031", "2031-12-31", 3), ("2032", "2032-05-01", 3)]
    assert rows[0].change is None
    assert rows[1].change is not None and rows[1].change < -0.3


def test_who_leaves_his_bloc_on_an_issue_is_named(ask: Callable[..., View]) -> None:
    view = ask(*world(Avaria="++++++", Borduria="++++++", Carpania="++++++", Drachen="+++++-", Esk="------", Fenland="------"))
    rows = {r.actor: r for r in blocs(view)}
    assert rows["Drachen"].outliers == ("own-5: oppose, as 0 of 3 allies",)
    assert not any(rows[name].outliers for name in ("Avaria", "Borduria", "Carpania"))
    assert [ally.split()[0] for ally in rows["Esk"].allies] == ["Fenland"]
    assert [opponent.split()[0] for opponent in rows["Esk"].opponents] == ["Avaria", "Borduria", "Carpania"]
    places = [rows[name].place or 0.0 for name in rows]
    assert (max(places[:2]) < 0 < min(places[2:])) or (max(places[:4]) < 0 < min(places[4:]))


def test_no_stance_no_row(ask: Callable[..., View]) -> None:
    view = ask(*votes("Avaria", "+"))
    assert alignment(view) == []
    assert [(r.actor, r.issues, r.allies) for r in blocs(view)] == [("Avaria", 1, ())]
    assert blocs(ask()) == []


def _stances(marks: Sequence[str]) -> Any:
    return np.array([[[mark == "+", mark == "-", mark == "0"] for mark in row] for row in marks], dtype=float)


def test_agreement_by_hand() -> None:
    found = agreement(_stances(["++- ", "+0- ", "   +"]))
    assert found.shared[:2, :2].tolist() == [[3, 3], [3, 3]]
    assert found.score[0, 1] == pytest.approx(2 / 3)
    assert np.isnan(found.score[0, 2])


def test_interval_is_wilsons() -> None:
    low, high = interval(np.array([1.0, 0.0, 0.0]), np.array([10, 4, 40]))
    assert (1 + low[0]) / 2 == pytest.approx(10 / (10 + 1.96**2))
    assert high[0] == pytest.approx(1.0)
    assert high[1] - low[1] > high[2] - low[2]


@given(arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(0, 3)))
def test_agreement_is_even_and_bounded_and_places_are_finite(states: Any) -> None:
    stances = np.eye(4)[states][:, :, :3]
    found = agreement(stances)
    known = found.shared > 0
    assert np.array_equal(known, known.T)
    assert np.all(np.abs(found.score[known]) <= 1)
    assert np.allclose(found.score[known], found.score.T[known])
    places = first_dimension(stances)
    assert np.array_equal(np.isfinite(places), stances.any(axis=(1, 2)))


def test_the_line_that_a_world_is_made_from_is_found(tmp_path: Path) -> None:
    rng = Random(6)  # noqa: S311 - a seed makes the test repeatable
    points = [rng.gauss(0, 1) for _ in range(30)]
    fill(tmp_path / "store", spatial_world(points, 30, 0.5, seed=6), 0, seed=6)
    with open_store(tmp_path / "store") as store, store.view() as view:
        places, agreements = correlations(view, points)
    assert places >= 0.9
    assert agreements >= 0.5


@pytest.mark.shared
@pytest.mark.skipif(not POINTS.exists(), reason="../shared is absent")
def test_the_line_of_votes_in_the_general_assembly_is_found(tmp_path: Path) -> None:
    points = ideal_points(POINTS, 74)[::5]
    fill(tmp_path / "store", spatial_world(points, 30, 0.5, seed=6), 0, seed=6)
    with open_store(tmp_path / "store") as store, store.view() as view:
        places, _ = correlations(view, points)
    assert places >= 0.8
