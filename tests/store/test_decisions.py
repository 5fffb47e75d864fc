"""Decisions in the SQLite store cannot be changed unseen, are kept wholly or not at all, and get along with readings that come in meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.model import Link
from onrecord.store import open_store
from store.builders import key_of, sample
from store.contract import content
from store.durable import fork
from store.judging import ENDS, judge, word
from store.reviews import better, decide, decision, filled
from store.test_faults import killed_at, status


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store:
        filled(store, sample(1))
        decide(store, *(decision(record, "accept", by, note="seen") for record in sample(1).records for by in ("Ada", "Ben")))
    return path


@pytest.mark.parametrize("sql", ["UPDATE decisions SET json = replace(json, 'Ada', 'Eve')", "DELETE FROM decisions WHERE seq = 2"])
def test_a_decision_is_never_changed_nor_taken_away(path: Path, sql: str) -> None:
    db = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(sql)
    db.close()


@pytest.mark.parametrize(
    ("trigger", "sql", "first"),
    [
        ("decisions_stay", "UPDATE decisions SET json = replace(json, ':\"seen\"', ':\"sound\"') WHERE seq = 3", 3),
        ("decisions_stay", "UPDATE decisions SET json = replace(json, 'Ada', 'Eve') WHERE seq = 1", 1),
        ("decisions_remain", "DELETE FROM decisions WHERE seq = 2", 2),
    ],
)
def test_where_one_was_changed_all_the_same_the_check_says_so(path: Path, trigger: str, sql: str, first: int) -> None:
    db = sqlite3.connect(path)
    db.execute(f"DROP TRIGGER {trigger}")
    db.execute(sql)
    db.commit()
    db.close()
    with open_store(path) as store:
        (problem,) = store.check()
        assert problem.startswith(f"decision {first} ")


def test_a_damaged_decision_is_said_to_be_damaged(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER decisions_stay")
    db.execute("UPDATE decisions SET json = '{' WHERE seq = 1")
    db.commit()
    db.close()
    with open_store(path) as store:
        assert any("Decision is damaged" in problem for problem in store.check())


@pytest.fixture
def judged(path: Path) -> Path:
    """The store, and a judgement of a link in the chain, as its thirteenth."""
    with open_store(path) as store:
        judge(store, word("Cleo", "positive", detail="seen"))
        decide(store, decision(sample(1).records[0], "accept", "Dora"))
    return path


@pytest.mark.parametrize("sql", ["UPDATE links SET json = replace(json, 'Cleo', 'Eve') WHERE seq > 0", "DELETE FROM links"])
def test_a_judgement_is_never_changed_nor_taken_away(judged: Path, sql: str) -> None:
    db = sqlite3.connect(judged)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        db.execute(sql)
    db.close()
    with open_store(judged) as store, store.writer() as w, pytest.raises(StoreError):
        w.link(Link(*ENDS, "same-statement", "negative", 1.0, "", "Cleo", word("Cleo", "positive").created_at))


@pytest.mark.parametrize(
    ("trigger", "sql", "first"),
    [
        ("judgements_stay", "UPDATE links SET json = replace(json, ':\"seen\"', ':\"sound\"') WHERE seq > 0", "positive by Cleo on "),
        ("judgements_remain", "DELETE FROM links WHERE seq > 0", "accept by Dora on "),
    ],
)
def test_where_a_judgement_was_changed_all_the_same_the_check_says_so(judged: Path, trigger: str, sql: str, first: str) -> None:
    db = sqlite3.connect(judged)
    db.execute(f"DROP TRIGGER {trigger}")
    db.execute(sql)
    db.commit()
    db.close()
    with open_store(judged) as store:
        (problem,) = store.check()
        assert first in problem


def test_killed_between_any_two_statements_of_a_decision_nothing_is_half_done(path: Path, tmp_path: Path) -> None:
    made = decision(sample(1).positions[0], "correct", "Cleo", record_now=better(sample(1).positions[0]), settles=True)
    with open_store(path) as store:
        old = content(store)
    with open_store(shutil.copy(path, tmp_path / "new")) as store:
        decide(store, made)
        new = content(store)
    for step in range(80):
        mine = Path(shutil.copy(path, tmp_path / f"{step}"))

        def work(mine: Path = mine, step: int = step) -> None:
            with open_store(mine) as store, store.writer() as w:
                killed_at(step, w._connection)
                w.decide(made)

        ended = status(fork(work))
        with open_store(mine) as store:
            assert store.check() == []
            assert content(store) in (old, new)
        if ended == 0:
            break
    assert (ended, step > 10) == (0, True)


def test_reviewers_and_readings_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    """Three reviewers decide on every record while the reports are read again: all decisions are kept, the chain holds, and all of them stand."""
    path = tmp_path / "s.onrecord"
    readings = [sample(n) for n in range(6)]
    records = [r for reading in readings for r in reading.records]
    with open_store(path, create=True) as store, store.writer() as w:
        for reading in readings:
            w.add(reading, key_of(reading))

    def reviewing(by: str) -> None:
        with open_store(path) as store:
            for record in records:
                decide(store, decision(record, "reject", by))

    def reading_again(run: int) -> None:
        with open_store(path) as store, store.writer() as w:
            for n in range(6):
                w.add(sample(n, f"run-{run}"), key_of(readings[n]))

    with ThreadPoolExecutor(5) as pool:
        for done in [*(pool.submit(reviewing, by) for by in "ABC"), *(pool.submit(reading_again, run) for run in (2, 3))]:
            done.result()
    with open_store(path) as store, store.view() as view:
        assert store.check() == []
        assert len(list(view.decisions())) == 3 * len(records)
        assert view.states() == {"rejected": len(records)}
        assert list(view.records()) == []
