"""Confidences against the truth: bins and errors worked out by hand, maps that never fall, and what counts as right."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.statements.calibration import main, report, verdicts
from training.statements.examples import Gold

from onrecord.evaluate.calibration import brier, expected_error, mapped, monotone, reliability
from onrecord.model import Participant, Span, Statement

TOLD = [(0.1, False), (0.1, True), (0.82, True), (0.86, True), (1.0, True), (1.0, False)]
MANY = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200)


def test_bins_by_hand():
    found = reliability(TOLD)
    assert [(b.low, b.count, b.right) for b in found] == [(0.1, 2, 0.5), (0.8, 2, 1.0), (0.9, 2, 0.5)]
    assert expected_error(found) == pytest.approx((2 * 0.4 + 2 * 0.16 + 2 * 0.5) / 6)
    assert brier(TOLD) == pytest.approx((0.01 + 0.81 + 0.18**2 + 0.14**2 + 0 + 1) / 6)
    assert (reliability([]), expected_error([]), brier([])) == ((), 0.0, 0.0)


@given(told=MANY, count=st.integers(1, 20))
def test_bins_lose_nothing_and_errors_stay_within_one(told: list[tuple[float, bool]], count: int):
    found = reliability(told, count)
    assert sum(b.count for b in found) == len(told)
    assert 0 <= expected_error(found) <= 1
    assert all(b.low <= b.confidence + 1e-9 and b.confidence <= b.high + 1e-9 for b in found)


@given(told=MANY, least=st.integers(1, 30))
def test_a_fitted_map_never_falls_and_says_neither_0_nor_1(told: list[tuple[float, bool]], least: int):
    knots = monotone(told, least)
    assert bool(knots) == bool(told)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(knots))
    assert all(mapped(knots, raw) == pytest.approx(sure) for raw, sure in knots)
    assert all(0 < sure < 1 for _, sure in knots)


def test_a_fitted_map_finds_the_rates():
    told = [(0.3, i % 10 < 2) for i in range(100)] + [(0.6, i % 10 < 1) for i in range(100)] + [(0.9, i % 10 < 9) for i in range(100)]
    assert monotone(told) == (pytest.approx((0.45, 31 / 202)), pytest.approx((0.9, 91 / 102)))


@pytest.mark.parametrize(("raw", "sure"), [(0.0, 0.2), (0.3, 0.2), (0.45, 0.5), (0.6, 0.8), (1.0, 0.8)])
def test_a_map_is_straight_between_knots_and_level_beyond(raw: float, sure: float):
    assert mapped(((0.3, 0.2), (0.6, 0.8)), raw) == pytest.approx(sure)
    assert mapped((), raw) == raw


TEXT = "Ana Lund said the harbour was closed. The mayor denied it. Boats lay at anchor, a fisherman said."


def spoken(speaker: str, content: str, score: float) -> Statement:
    def span(words: str) -> Span:
        return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))

    who = Participant(span(speaker), None, "unknown-name")
    return Statement(
        id=content, document_id="d", evidence=span(content), speaker=who, cue=None, content=(span(content),), form="indirect",
        confidence=score,
    )  # fmt: skip


def at(words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(words), TEXT.index(words) + len(words))]


def test_right_is_what_the_scorer_counts():
    gold = [Gold(at("Ana Lund"), at("said"), at("the harbour was closed")), Gold(at("a fisherman"), at("said"), at("Boats lay at anchor"))]
    read = [spoken("Ana Lund", "the harbour was closed", 0.9), spoken("The mayor", "it", 0.4), spoken("The mayor", "Boats lay at anchor", 0.6)]
    assert verdicts(TEXT, gold, read) == [(0.9, True), (0.4, False), (0.6, False)]
    assert report(verdicts(TEXT, gold, read))["ece"] == pytest.approx((0.1 + 0.4 + 0.6) / 3, abs=1e-3)


@pytest.mark.shared
def test_the_command_measures(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    gold = root / "../shared/data/attribution/polnear_dev.jsonl"
    if not gold.is_file():
        pytest.skip("no ../shared here")
    monkeypatch.setattr("sys.argv", ["calibration", "--gold", str(gold), "--limit", "2", "--rules-only"])
    main()
    found = json.loads(capsys.readouterr().out)["as read"]
    assert found["count"] == sum(b["count"] for b in found["bins"]) > 10
