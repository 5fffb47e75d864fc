"""Figures of agreement against published examples, and what is compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import app
from onrecord.query import Filter
from onrecord.query.agreement import agreement
from onrecord.query.concord import alpha, kappa, raw
from onrecord.store import open_store
from review.world import HELD, PACT, SAID, STRUCK

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units, gaps.
OBSERVERS = ("1233 2141 2...", "1233 2241 25.3", ".333 2342 251.", "1233 2441 251.")


def krippendorff() -> list[tuple[str, ...]]:
    rows = [o.replace(" ", "") for o in OBSERVERS]
    return [tuple(row[i] for row in rows if row[i] != ".") for i in range(12)]


def test_alpha_of_the_published_example() -> None:
    assert alpha([u for u in krippendorff() if u]) == pytest.approx(0.743, abs=0.001)


def test_kappa_of_a_table_of_counts() -> None:
    """20 and 15 agreed of 50, with margins of 25/25 and 30/20: (0.7 - 0.5) / 0.5."""
    assert kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15) == pytest.approx(0.4)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_figures_stay_within_their_bounds(pairs: list[tuple[str, str]]) -> None:
    figures = kappa(pairs), alpha(pairs)
    assert all(f is None or f <= 1 + 1e-9 for f in figures)
    assert 0 <= raw(pairs) <= 1
    if all(a == b for a, b in pairs):
        assert {f if f is None else round(f, 9) for f in figures} <= {None, 1}
        assert raw(pairs) == 1


def rows(path: Path, **wanted: Any) -> dict[tuple[str, ...], tuple[int, float]]:
    with open_store(path) as store, store.view() as view:
        return {("+".join(r.by), r.kind, r.what): (r.records, r.agreed) for r in agreement(view, Filter(**wanted))}


def test_verdicts_and_fields_are_compared_kind_by_kind(path: Path) -> None:
    for record in (SAID, HELD, STRUCK, PACT):
        app.decide(path, record.id, "accept", by="Ada")
    for record in (SAID, STRUCK):
        app.decide(path, record.id, "accept", by="Ben")
    app.decide(path, HELD.id, "correct", change={"stance": "oppose"}, by="Ben")
    found = rows(path)
    assert found["Ada+Ben", "all", "verdict"] == (3, 0.6667)
    assert found["Ada+Ben", "position", "verdict"] == (1, 0.0)
    assert found["Ada+Ben", "position", "stance"] == (1, 0.0)
    assert found["Ada+Ben", "position", "holder"] == (1, 1.0)
    assert ("Ada+Ben", "relation", "verdict") not in found
    assert set(rows(path, kind="event")) == {("Ada+Ben", "event", what) for what in ("verdict", "type", "actors", "recipients", "status")}


def test_what_settles_a_dispute_is_no_second_opinion(path: Path) -> None:
    app.decide(path, HELD.id, "reject", by="Ada")
    app.decide(path, HELD.id, "correct", change={"stance": "oppose"}, by="Ben")
    app.decide(path, HELD.id, "agree", like="Ada", settles=True, by="Cleo")
    assert {by for by, _, _ in rows(path)} == {"Ada+Ben"}


def test_three_reviewers_are_compared_pairwise_and_together(path: Path) -> None:
    for by in ("Ada", "Ben", "Cleo"):
        app.decide(path, PACT.id, "reject" if by == "Cleo" else "accept", by=by)
    found = {by: agreed for (by, _, what), (_, agreed) in rows(path).items() if what == "verdict"}
    assert found == {"Ada+Ben": 1.0, "Ada+Cleo": 0.0, "Ben+Cleo": 0.0, "Ada+Ben+Cleo": 0.3333}
    assert {by for by, _, _ in rows(path, by="Cleo")} == {"Ada+Cleo", "Ben+Cleo"}
