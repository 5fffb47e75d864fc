"""``onrecord add``: idempotent, resumable, honest about what failed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord import app
from onrecord.app import adding
from onrecord.cli.exits import Exit
from onrecord.store import dump, open_store

TOOL = Path(sys.executable).with_name("onrecord")


def contents(store: Path) -> str:
    with open_store(store) as opened, opened.view() as view:
        return "\n".join(map(str, dump(view)))


def test_adding_twice_adds_nothing(onrecord, samples: Path, tmp_path: Path):
    store = tmp_path / "s"
    first = onrecord("add", store, samples)
    assert (first.status, first.out) == (Exit.ok, "")
    assert "6 read" in first.err
    before = contents(store)
    second = onrecord("add", store, samples)
    assert "0 read (0 records), 6 already there, 0 failed" in second.err
    assert contents(store) == before


def test_bad_inputs_are_logged_and_the_rest_is_kept(onrecord, samples: Path, tmp_path: Path):
    folder, store = tmp_path / "in", tmp_path / "s"
    folder.mkdir()
    shutil.copy(samples / "shoal-patrol.txt", folder / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 8)
    result = onrecord("add", store, folder, folder / "missing.txt", "--rules-only")
    assert result.status == Exit.some_failed
    assert len(result.err.splitlines()) == 4
    log = onrecord("issues-log", store).rows
    assert {row["code"] for row in log} == {"empty", "binary", "missing"}
    assert all(row["hint"] for row in log)
    assert len(onrecord("documents", store).rows) == 1


def test_a_component_that_fails_costs_one_report(samples: Path, tmp_path: Path, reader, monkeypatch: pytest.MonkeyPatch):
    class Fragile:
        run_id, components, weights, knowledge = reader.run_id, reader.components, reader.weights, reader.knowledge

        def read(self, document):
            if "Aktau" in document.text[:20].title():
                raise ZeroDivisionError("by hand")
            return reader.read(document)

    problems = []
    tally = app.add(tmp_path / "s", [samples], reader=Fragile(), on_problem=problems.append)
    assert (tally.read, tally.failed) == (5, 1)
    assert [(p.code, "ZeroDivisionError" in p.message) for p in problems] == [("reading-failed", True)]
    again = app.add(tmp_path / "s", [samples], reader=reader)
    assert (again.read, again.skipped, again.failed) == (1, 5, 0)


def test_killed_at_any_moment_it_goes_on_where_it_stopped(samples: Path, tmp_path: Path, reader):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    app.add(whole, [samples], reader=reader)
    process = subprocess.Popen([TOOL, "add", cut, samples, "--rules-only"], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (cut.exists() and cut.stat().st_size):
        time.sleep(0.01)
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with open_store(cut) as store:
        assert store.check() == []
    app.add(cut, [samples], reader=reader)
    assert contents(cut) == contents(whole)


def test_ctrl_c_leaves_a_usable_store(onrecord, samples: Path, tmp_path: Path, reader, monkeypatch: pytest.MonkeyPatch):
    seen = []

    def interrupted(document):
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(document.id)
        return reader.read(document)

    slow = SimpleNamespace(run_id=reader.run_id, components=(), weights={}, knowledge=reader.knowledge, read=interrupted)
    monkeypatch.setattr(adding, "default_reader", lambda _knowledge, **_: slow)
    result = onrecord("add", tmp_path / "s", samples)
    assert result.status == Exit.interrupted
    assert "the same command goes on" in result.err
    assert len(onrecord("documents", tmp_path / "s").rows) == 2
