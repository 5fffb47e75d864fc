"""Scoring copies on texts: a bar chosen on one half of the groups, scored on the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.across.copies import BAR, Bar
from onrecord.evaluate import copies

WORDS = (
    "harbour",
    "minister",
    "treaty",
    "granary",
    "envoy",
    "ferry",
    "lantern",
    "quarry",
    "spillway",
    "orchard",
    "census",
    "railway",
    "glacier",
    "tariff",
)


def body(number: int, size: int = 90) -> str:
    """Words in an order that no other number has."""
    return " ".join(f"{WORDS[(number * 7 + place * (number + 3)) % len(WORDS)]}{number}{place % 23}" for place in range(size))


ROWS = [
    {"id": f"{number}{part}", "group": str(number), "text": text}
    for number in range(8)
    for part, text in (("a", body(number)), ("b", body(number, 60)), ("c", body(number, 60) + " " + body(number + 20, 40)))
]
SHARED = Path(__file__).parents[3] / "shared/data/duplicates/syndication_dev.jsonl"


def test_the_shipped_bar_and_a_hopeless_one() -> None:
    data = copies.sample(ROWS)
    assert copies.f1(data, BAR) == 100
    assert copies.wrong(data, BAR) == (set(), set(), 24)
    assert copies.f1(data, Bar(words=10_000, flash=10_000)) == 0
    assert copies.wrong(data, Bar(words=10_000, flash=10_000))[2] == 24


def test_wrong_pairs_are_those_of_the_groups_made() -> None:
    data = copies.sample([*ROWS, {"id": "stray", "group": "stray", "text": body(0, 50)}])
    extra, missing, _ = copies.wrong(data, BAR)
    assert extra == {("0a", "stray"), ("0b", "stray"), ("0c", "stray")}
    assert missing == set()


def test_halves_choose_on_one_and_score_on_the_other() -> None:
    found = copies.halves(copies.sample(ROWS), times=2)
    assert found == [100.0] * 4


def test_nothing_to_find() -> None:
    assert copies.f1(copies.sample([]), BAR) == 100


def test_the_command_prints_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    assert copies.main([str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["documents"], told["pairs"], told["f1"], told["other_half"]["worst"]) == (24, 24, 100.0, 100.0)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared sets")
def test_the_development_set() -> None:
    with SHARED.open(encoding="utf-8") as lines:
        data = copies.sample(map(json.loads, lines))
    assert copies.f1(data, BAR) >= 97.5
    assert min(copies.halves(data, times=2)) >= 96
