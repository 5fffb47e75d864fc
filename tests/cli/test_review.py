"""The commands of reviewers, from the queue to gold."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.store import open_store
from review.world import DOC, HELD, PACT, READING, SAID, STRUCK

Call = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as w:
        w.add(READING, "a.txt", "run-1")
    return path


def test_from_the_queue_to_gold(onrecord: Call, path: Path, tmp_path: Path) -> None:
    rows = onrecord("queue", path).rows
    assert {row["id"] for row in rows} == {r.id for r in READING.records}
    change = tmp_path / "change.json"
    change.write_text('{"stance": "oppose"}', encoding="utf-8")
    for record in (SAID, STRUCK):
        assert onrecord("review", path, record.id[:8], "accept", "--by", "Ada").rows[0]["verdict"] == "accept"
    assert onrecord("review", path, HELD.id, "correct", "--with", change, "--by", "Ada", "--note", "clear").rows[0]["record"]["stance"] == "oppose"
    assert (
        onrecord("gold", path, "-o", tmp_path / "gold").err
        == f"left out: {DOC.id} (Canal talks): 1 undecided\n0 reports written to {tmp_path}/gold\n"
    )
    onrecord("review", path, PACT.id, "reject", "--by", "Ada")
    assert onrecord("gold", path, "-o", tmp_path / "gold").err == f"1 report written to {tmp_path}/gold\n"
    assert json.loads((tmp_path / "gold" / "gold.json").read_text(encoding="utf-8"))["documents"][0]["doc_id"] == DOC.id
    assert onrecord("queue", path).rows == []
    assert [row["verdict"] for row in onrecord("reviews", path).rows] == ["reject", "correct", "accept", "accept"]
    assert onrecord("positions", path).rows[0]["stance"] == "oppose"


def test_disputes_and_agreement(onrecord: Call, path: Path) -> None:
    onrecord("review", path, HELD.id, "accept", "--by", "Ada")
    onrecord("review", path, HELD.id, "reject", "--by", "Ben")
    (row,) = onrecord("queue", path, "--state", "disputed").rows
    assert (row["id"], row["by"]) == (HELD.id, ["Ada", "Ben"])
    assert onrecord("queue", path, "--state", "disputed", "--by", "Ada").rows == []
    assert onrecord("agreement", path).rows[0]["agreed"] == 0
    refused = onrecord("review", path, HELD.id, "accept", "--settle", "--by", "Ben")
    assert (refused.status, "is a party" in refused.err) == (2, True)
    onrecord("review", path, HELD.id, "agree", "--like", "Ben", "--settle", "--by", "Cleo")
    assert {row["state"] for row in onrecord("reviews", path, "--record-id", HELD.id[:6]).rows} == {"rejected"}
    assert onrecord("review", path, HELD.id, "withdraw", "--by", "Cleo").status == 0
    assert {row["state"] for row in onrecord("reviews", path).rows} == {"disputed"}


def test_pages_of_decisions_go_on_behind_the_last(onrecord: Call, path: Path) -> None:
    for record in READING.records:
        onrecord("review", path, record.id, "accept", "--by", "Ada")
    first = onrecord("reviews", path, "--limit", "3").rows
    rest = onrecord("reviews", path, "--after", first[-1]["id"]).rows
    assert [row["record_id"] for row in first + rest] == [r.id for r in READING.records][::-1]


def test_a_record_is_added_from_standard_input(onrecord: Call, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {"kind": "relation", "type": "war", "evidence": {"start": 29, "end": 65}, "subject": {"mention": {"start": 29, "end": 37}}}
    fields["object"] = {"mention": {"start": 57, "end": 65}}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(fields)))
    monkeypatch.setenv("ONRECORD_REVIEWER", "Ada")
    (made,) = onrecord("review", path, DOC.id[:6], "add", "--with", "-").rows
    assert made["by"] == "Ada"
    assert made["record_id"] in {row["id"] for row in onrecord("relations", path).rows}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((HELD.id, "burn", "--by", "Ada"), (2, "choice: 'burn' is not known")),
        ((HELD.id, "accept"), (2, "has to be signed")),
        (("ffff", "accept", "--by", "Ada"), (2, "no record has the id")),
        ((HELD.id, "correct", "--by", "Ada"), (2, "has to say what")),
        ((HELD.id, "correct", "--with", "nowhere.json", "--by", "Ada"), (4, "cannot be read as JSON")),
        ((DOC.id, "add", "--by", "Ada"), (2, "kind")),
    ],
)
def test_what_cannot_be_done_is_said(
    onrecord: Call, path: Path, arguments: tuple[str, ...], expected: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_REVIEWER", raising=False)
    result = onrecord("review", path, *arguments)
    assert result.status == expected[0]
    assert expected[1] in result.err


def test_json_that_is_no_object_is_refused(onrecord: Call, path: Path, tmp_path: Path) -> None:
    for text in ("[1]", '"oppose"', "{", "[" * 100_000):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        assert onrecord("review", path, HELD.id, "correct", "--with", tmp_path / "x.json", "--by", "Ada").status in (2, 4)


def test_undo_withdraws_the_latest_and_then_the_one_before(onrecord: Call, path: Path) -> None:
    for record in (SAID, STRUCK):
        onrecord("review", path, record.id, "reject", "--by", "Ada")
    onrecord("review", path, HELD.id, "accept", "--by", "Ben")
    for record in (STRUCK, SAID):
        (row,) = onrecord("review", path, "--undo", "--by", "Ada").rows
        assert (row["verdict"], row["record_id"], row["by"]) == ("withdraw", record.id, "Ada")
    assert {row["state"] for row in onrecord("reviews", path, "--by", "Ada").rows} == {"undecided"}
    assert {row["state"] for row in onrecord("reviews", path, "--by", "Ben").rows} == {"accepted"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--undo", "--by", "Ada"), "nothing to undo"), (("--undo",), "signed"), ((HELD.id, "--undo", "--by", "Ada"), "by itself"),
        (("--by", "Ada"), "a record and a choice"), ((HELD.id, "--by", "Ada"), "a record and a choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_undone_is_said(onrecord: Call, path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = onrecord("review", path, *arguments)
    assert (done.status, says in done.err) == (2, True)
