"""``onrecord read`` on good and bad inputs. Commands run in this process; one runs as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli.exits import Exit
from onrecord.cli.main import cli, main
from onrecord.model import SCHEMA_VERSION, Reading, from_dict, to_dict

RUNNER = CliRunner()
PARTS = {"document", "statements", "events", "positions", "relations", "times", "places", "mentions", "issues_log"}
GOOD = 'Norway thanked Chile on Monday. "We will meet again," Norwegian Foreign Minister Ola Vikstad said.'


def run(*arguments: object, stdin: bytes | None = None) -> tuple[int, list[dict[str, object]], str]:
    """Exit status, JSON lines of standard output, standard error."""
    done = RUNNER.invoke(cli, [str(a) for a in arguments], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_one_object_per_report_with_every_part(samples: Path):
    status, readings, errors = run("read", samples)
    assert (status, errors) == (Exit.ok, "")
    assert len(readings) == 6
    assert all(set(r) == PARTS for r in readings)
    assert all(to_dict(from_dict(Reading, r)) == r for r in readings)


def test_rows_keep_their_ids_and_raw_text_stays_as_it_is(tmp_path: Path):
    texts = [f"\ufeff  {GOOD}\r\n\r\n\x0b{GOOD} ", "Ola 🙏🏽 said: “Nei.”\u2028Norway\x85 agreed.", "Title: not a header\n\n" + GOOD]
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"id": f"r{i}", "text": t}, ensure_ascii=i % 2 == 0) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
    status, readings, _ = run("read", rows, "--format", "json", "--raw-text")
    assert status == Exit.ok
    assert [(r["document"]["meta"]["id"], r["document"]["text"]) for r in readings] == [(f"r{i}", t) for i, t in enumerate(texts)]


def test_flags_fill_in_what_a_report_does_not_say(tmp_path: Path):
    plain, headed = tmp_path / "a.txt", tmp_path / "b.txt"
    plain.write_text(GOOD, encoding="utf-8")
    headed.write_text(f"Publisher: Own Wire\nPublished: 2024-02-03\n\n{GOOD}\n", encoding="utf-8")
    _, readings, _ = run("read", plain, headed, "--publisher", "Given Wire", "--published", "2025-05-06")
    assert [(r["document"]["publisher"], r["document"]["published"]) for r in readings] == [("Given Wire", "2025-05-06"), ("Own Wire", "2024-02-03")]


def test_standard_input():
    status, readings, _ = run("read", "-", stdin=GOOD.encode())
    assert (status, len(readings)) == (Exit.ok, 1)


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n\t", "empty"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "row.jsonl": (b'{"text": 7}\n', "bad-row"),
    "cut.jsonl": (b'{"text": "Norw\n', "bad-json"),
    "date.jsonl": (b'{"text": "Norway met Chile.", "published": "2025-02-30"}\n', "bad-date"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_one_clear_line(name: str, tmp_path: Path):
    content, code = BAD[name]
    (tmp_path / name).write_bytes(content)
    status, readings, errors = run("read", tmp_path / name)
    assert (status, readings) == (Exit.nothing_read, [])
    assert len(errors.splitlines()) == 1
    assert name in errors
    assert f"[{code}]" in errors


def test_the_rest_goes_on(tmp_path: Path):
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "surrogate.jsonl").write_bytes(b'{"text": "Norway \\ud83d met Chile on Monday."}\n')
    status, readings, errors = run("read", tmp_path, tmp_path / "missing.txt")
    assert status == Exit.some_failed
    assert len(readings) == 2
    assert len(errors.splitlines()) == len(BAD) + 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["read"], Exit.usage, "Missing argument"),
        (["read", "x.txt", "--format", "csv"], Exit.usage, "read does not write csv"),
        (["read", "x.txt", "--colour"], Exit.usage, "No such option"),
        (["read", "x.txt", "--published", "tomorrow"], Exit.nothing_read, "no such file"),
        (["nonsense"], Exit.usage, "No such command"),
    ],
)
def test_wrong_calls_say_what_is_wrong(
    arguments: list[str], status: Exit, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    errors = capsys.readouterr().err
    assert stopped.value.code == status
    assert words in errors
    assert "Traceback" not in errors


def test_the_page_marks_the_words_and_drops_control_characters(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(GOOD.replace("thanked", "tha\x1b]0;nked\x07 \u202e"), encoding="utf-8")
    done = RUNNER.invoke(cli, ["read", str(path), "--raw-text", "--format", "table"], env={"COLUMNS": "100"})
    assert done.exit_code == Exit.ok
    assert "We will meet again" in done.stdout
    assert not set("\x1b\x07\u202e") & set(done.stdout)


def test_as_a_process_without_a_terminal(samples: Path):
    tool = Path(sys.executable).with_name("onrecord")
    done = subprocess.run(
        [tool, "read", samples / "caspian-aktau.txt"], capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["document"]["publisher"] == "Steppe Dispatch (sample)"
    first = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True)
    assert first.stdout.startswith("onrecord ")
    assert SCHEMA_VERSION == 1
