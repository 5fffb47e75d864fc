"""Why a record was made: kept with it, through stores old and new, and told in words."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Reader, app
from onrecord.model import Document, Reading, Span, Statement, Why, from_dict, to_dict
from onrecord.model.participants import Participant
from onrecord.query import show
from onrecord.query.rows import statement_row
from onrecord.store import open_store
from onrecord.store.sqlite.migrations import migrate, migrations

SCORES = st.none() | st.floats(0, 1)
GROUNDS = st.lists(st.builds(Why, st.sampled_from(["rule", "model"]), st.text(st.characters(exclude_categories=["Cs"])), SCORES), max_size=3)
TEXT = "The minister said the talks had failed."
DOCUMENT = Document(id="d", text=TEXT)
WHY = (Why("rule", "verb say that", 0.87), Why("model", "statements content", 0.931), Why("rule", "x"))
SAID = Statement(
    id="s", document_id="d", evidence=Span.of(TEXT, 0, 38), speaker=Participant(Span.of(TEXT, 0, 12), None, "generic"), cue=Span.of(TEXT, 13, 17),
    content=(Span.of(TEXT, 18, 38),), form="indirect", why=WHY,
)  # fmt: skip


@given(grounds=GROUNDS)
def test_grounds_go_through_json(grounds: list[Why]):
    record = replace(SAID, why=tuple(grounds))
    assert from_dict(Statement, json.loads(json.dumps(to_dict(record)))) == record


def test_records_of_versions_that_kept_no_grounds_are_read():
    old = {key: value for key, value in to_dict(SAID).items() if key != "why"}
    assert from_dict(Statement, old) == replace(SAID, why=())


def test_every_record_says_why(reader: Reader, samples: Path):
    readings = list(app.read(samples, reader=reader))
    silent = [r.id for reading in readings for r in reading.records if not r.why]
    assert silent == []
    assert all(w.score is None or 0 <= w.score <= 1 for reading in readings for r in reading.records for w in r.why)


def test_a_row_has_its_grounds_in_one_column():
    row = statement_row(SAID, DOCUMENT)
    assert row.flat()["why"] == "rule verb say that 0.87; model statements content 0.93; rule x"
    assert row.full()["why"][0] == {"by": "rule", "name": "verb say that", "score": 0.87}


def test_shown_in_words(tmp_path: Path):
    with open_store(tmp_path / "s", create=True) as store, store.writer() as writer:
        writer.add(Reading(DOCUMENT, statements=(SAID,)), "d", "run")
    with open_store(tmp_path / "s") as store, store.view() as view:
        assert [g.meaning for g in show(view, "s").why] == [
            "the rule “verb say that”, of those that were right in 87% of the cases measured",
            "the model “statements content” gives it a probability of 0.93",
            "the rule “x”, not measured by itself",
        ]


@pytest.fixture
def old_store(sample_store: Path, tmp_path: Path) -> Path:
    """The sample store as the first version would have left it: its tables, filled from the present ones."""
    path = tmp_path / "old.onrecord"
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, path, migrations()[:1])
    db.execute("ATTACH ? AS new", (str(sample_store),))
    for table in ("runs", "documents", "layers", "records", "actors", "participants", "inputs", "problems", "links"):
        names = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")  # noqa: S608 - our own names
    db.execute("UPDATE main.records SET json = json_remove(json, '$.why')")
    db.close()
    return path


def test_a_store_of_before_is_brought_up_to_date_and_read(old_store: Path, sample_store: Path):
    with open_store(old_store) as store, store.view() as view, open_store(sample_store) as new, new.view() as newer:
        assert store.check() == []
        assert list(view.records()) == [replace(r, why=()) for r in newer.records()]
        some = next(r for r in view.records("position") if r.record_id)
        assert show(view, some.id).why == ()
    db = sqlite3.connect(old_store)
    assert db.execute("PRAGMA user_version").fetchone() == (len(migrations()),)
    db.close()


def test_show_tells_why_when_asked(onrecord, sample_store: Path, old_store: Path):
    with open_store(sample_store) as store, store.view() as view:
        some = next(r for r in view.records("position") if r.record_id)
        shown = show(view, some.id)

    def told(*arguments: object) -> str:
        return " ".join(onrecord("show", *arguments, "--format", "table").out.split())  # however lines are broken

    assert "the rule “" not in told(sample_store, some.id)
    asked = told(sample_store, some.id, "--why")
    assert f"the rule “{shown.why[0].name}”" in asked
    assert f"{some.record_id[:8]} it hangs on" in asked
    assert "rule " in told(sample_store, some.document_id, "--why")
    assert "not kept when this was read" in told(old_store, some.id, "--why")
    assert json.loads(onrecord("show", sample_store, some.id, "--format", "json").out)["why"] == to_dict(shown.why)
