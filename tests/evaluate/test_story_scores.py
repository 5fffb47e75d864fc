"""How stories are scored, and that they reach what they are said to reach, on topics that chose no setting."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from onrecord.across.terms import alike, bag_of
from onrecord.evaluate.stories import Row, Setting, average, b_cubed, by_nearest, crossed, earlier, joined, main, single
from onrecord.model import document_id

ROWS = [Row(f"text {n}", topic="t", story=story) for n, story in enumerate("aabbb")]


@pytest.mark.parametrize(
    ("labels", "p", "r"),
    [([1, 1, 2, 2, 2], 100, 100), ([1, 2, 3, 4, 5], 100, 40), ([1, 1, 1, 1, 1], 52, 100), ([1, 1, 2, 2, 1], 73.33, 73.33)],
)
def test_b_cubed(labels: list[int], p: float, r: float) -> None:
    figures = b_cubed(labels, ROWS, range(5))
    assert (figures.p, figures.r) == (p, r)


def test_simpler_designs_do_what_they_say() -> None:
    likeness = np.array([[1024, 600, 500, 0], [600, 1024, 0, 0], [500, 0, 1024, 0], [0, 0, 0, 1024]], dtype=float)
    assert len(set(single(likeness, 0.45))) == 2
    assert len(set(earlier(likeness, 0.45))) == 2
    assert len(set(average(likeness, 0.45))) == 3
    assert joined(3, [(0, 2)])[0] == joined(3, [(0, 2)])[2]
    assert len(set(by_nearest(likeness, list("abcd"), Setting()))) == 2


def test_what_is_best_on_other_topics_is_scored() -> None:
    rows = [Row("", topic=str(n // 2), story=str(n // 2)) for n in range(20)]
    tried = {"right": [n // 2 for n in range(20)], "wrong": list(range(20))}
    assert crossed(rows, tried, seed=1) == {"p": 100.0, "r": 100.0, "f1": 100.0, "chosen": ["right"] * 5}


def test_the_program_prints_what_the_linker_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = {"z": "The ferry Zenda sank off Strelsau with 23 missing, {}.", "h": "Lund and Çelik opened talks on the Rell dam in Hentzau, {}."}
    rows = [
        {"id": f"{s}{n}", "topic": s, "story": s, "text": text.format(w)} for s, text in told.items() for n, w in enumerate(("one", "boats", "again"))
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    main([str(path), "--seeds", "1", "--linker"])
    found = json.loads(capsys.readouterr().out)
    assert found["now"] == found["linker"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert found["order_changes_nothing"] is True


@pytest.mark.shared
def test_stories_of_one_kind_are_told_apart_as_well_as_claimed(root: Path) -> None:
    path = root.parent / "shared/data/stories/ecbplus_dev.jsonl"
    if not path.is_file():
        pytest.skip("no development data here")
    read = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    rows = [Row(r["text"], str(r["topic"]), r["story"]) for r in read]
    likeness, places = alike([bag_of(row.text) for row in rows]), [document_id(row.text, None, None) for row in rows]
    assert b_cubed(by_nearest(likeness, places, Setting()), rows, range(len(rows))).f1 >= 92.5
