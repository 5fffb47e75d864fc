"""Decisions in the SQLite store cannot be changed, and where somebody changes them all the same it is seen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from onrecord.store import open_store
from store.builders import sample
from store.reviews import decide, decision, filled


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
