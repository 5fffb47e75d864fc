"""``onrecord read`` on good and bad inputs. Commands run in this process; one runs as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.exits import Exit
from onrecord.model import Reading, from_dict, to_dict
from onrecord.reading.component import find
from onrecord.reading.reader import DEFAULT_PIPELINE
from onrecord.reading.weights import all_weights

PARTS = {"document", "statements", "events", "positions", "relations", "times", "places", "mentions", "issues_log", "links"}
GOOD = 'Norway thanked Chile on Monday. "We will meet again," Norwegian Foreign Minister Ola Vikstad said.'


def test_one_object_per_report_with_every_part(onrecord, samples: Path):
    result = onrecord("read", samples, "--rules-only")
    assert (result.status, result.err) == (Exit.ok, "")
    assert len(result.rows) == 6
    assert all(set(r) == PARTS for r in result.rows)
    assert all(to_dict(from_dict(Reading, r)) == r for r in result.rows)


def test_rows_keep_their_ids_and_raw_text_stays_as_it_is(onrecord, tmp_path: Path):
    texts = [f"\ufeff  {GOOD}\r\n\r\n\x0b{GOOD} ", "Ola 🙏🏽 said: “Nei.”\u2028Norway\x85 agreed.", "Title: not a header\n\n" + GOOD]
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"id": f"r{i}", "text": t}, ensure_ascii=i % 2 == 0) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
    result = onrecord("read", rows, "--format", "json", "--raw-text")
    assert result.status == Exit.ok
    assert [(r["document"]["meta"]["id"], r["document"]["text"]) for r in result.rows] == [(f"r{i}", t) for i, t in enumerate(texts)]


def test_flags_fill_in_what_a_report_does_not_say(onrecord, tmp_path: Path):
    plain, headed = tmp_path / "a.txt", tmp_path / "b.txt"
    plain.write_text(GOOD, encoding="utf-8")
    headed.write_text(f"Publisher: Own Wire\nPublished: 2024-02-03\n\n{GOOD}\n", encoding="utf-8")
    result = onrecord("read", plain, headed, "--publisher", "Given Wire", "--published", "2025-05-06")
    said = [(r["document"]["publisher"], r["document"]["published"]) for r in result.rows]
    assert said == [("Given Wire", "2025-05-06"), ("Own Wire", "2024-02-03")]


def test_standard_input(onrecord, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    result = onrecord("read", "-")
    assert (result.status, len(result.rows)) == (Exit.ok, 1)


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n\t", "empty"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "row.jsonl": (b'{"text": 7}\n', "bad-row"),
    "cut.jsonl": (b'{"text": "Norw\n', "bad-json"),
    "date.jsonl": (b'{"text": "Norway met Chile.", "published": "2025-02-30"}\n', "bad-date"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_one_clear_line(onrecord, name: str, tmp_path: Path):
    content, code = BAD[name]
    (tmp_path / name).write_bytes(content)
    result = onrecord("read", tmp_path / name)
    assert (result.status, result.out) == (Exit.nothing_read, "")
    assert len(result.err.splitlines()) == 1
    assert name in result.err
    assert f"[{code}]" in result.err


def test_the_rest_goes_on(onrecord, tmp_path: Path):
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "surrogate.jsonl").write_bytes(b'{"text": "Norway \\ud83d met Chile on Monday."}\n')
    result = onrecord("read", tmp_path, tmp_path / "missing.txt", "--rules-only")
    assert result.status == Exit.some_failed
    assert len(result.rows) == 2
    assert len(result.err.splitlines()) == len(BAD) + 2  # the missing file, and the note about half a surrogate pair


def test_nothing_to_read(onrecord, tmp_path: Path):
    assert onrecord("read", tmp_path).status == Exit.nothing_read


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["read"], Exit.usage, "Missing argument"),
        (["read", "x.txt", "--format", "csv"], Exit.usage, "read does not write csv"),
        (["read", "x.txt", "--colour"], Exit.usage, "No such option"),
        (["read", "no-such-file.txt"], Exit.nothing_read, "no such file"),
        (["nonsense"], Exit.usage, "No such command"),
        (["read", "x.txt", "--published", "2025-02-30"], Exit.usage, "is no date"),
        (["read", ""], Exit.nothing_read, "a path is empty"),
    ],
)
def test_wrong_calls_say_what_is_wrong(onrecord, arguments: list[str], status: Exit, words: str):
    result = onrecord(*arguments)
    assert result.status == status
    assert words in result.err


def test_the_page_marks_the_words_and_drops_control_characters(onrecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / "a.txt"
    path.write_text(GOOD.replace("thanked", "tha\x1b]0;nked\x07 \u202e"), encoding="utf-8")
    result = onrecord("read", path, "--raw-text", "--format", "table")
    assert result.status == Exit.ok
    assert "Who said what" in result.out
    assert "We will meet again" in result.out
    assert not set("\x1b\x07\u202e") & set(result.out)


def test_as_a_process_without_a_terminal(samples: Path):
    tool = Path(sys.executable).with_name("onrecord")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    command = [tool, "read", samples / "caspian-aktau.txt", "--rules-only"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["document"]["publisher"] == "Steppe Dispatch (sample)"


def test_starting_does_not_load_the_language_model():
    code = "import sys, onrecord.cli.main; sys.exit('spacy' in sys.modules or 'pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_weights_it_reads_by_rules_and_says_so(onrecord, tmp_path: Path):
    report = tmp_path / "a.txt"
    report.write_text(GOOD, encoding="utf-8")
    trained = any(find(name).weights for name in DEFAULT_PIPELINE)
    fallen = onrecord("read", report, "--models", tmp_path)
    assert fallen.err.count("[models-absent]") == trained
    asked = onrecord("read", report, "--rules-only")
    assert (asked.status, asked.err) == (Exit.ok, "")
    assert [row["statements"] for row in fallen.rows] == [row["statements"] for row in asked.rows] != [[]]
    if trained:
        wrong = onrecord("read", report, "--models", tmp_path / "nowhere")
        assert wrong.status == Exit.broken
        assert "there is no folder" in wrong.err


def test_the_version_names_the_weights(onrecord):
    told = onrecord("--version").out
    assert all(f"{w.name} {w.version} ({w.digest})" in told for w in all_weights())
    assert ("none, reads by rules only" in told) == (not all_weights())
