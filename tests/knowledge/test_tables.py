"""The tables as files: their sources, their dates, and that the recipe still makes them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge import schema, tables
from onrecord.knowledge.tables import day, rows

ROOT = Path(__file__).parents[2]
ACTORS = ROOT / ".." / "shared" / "data" / "actors"
TABLES = ["states", "organisations", "bodies", "groups", "peoples", "outlets", "persons", "offices", "memberships"]


@pytest.mark.parametrize("table", TABLES)
def test_every_fact_names_its_source_and_day(table: str) -> None:
    known = {row[0] for row in rows("sources")[1]}
    header, body = rows(table)
    source, as_of = header.index("source"), header.index("as_of")
    assert [row for row in body if not set(row[source].split()) <= known or not row[source] or not day(row[as_of])] == []


@pytest.mark.parametrize("table", schema.TABLES)
def test_what_is_asked_of_users_tables_holds_for_ours(table: str) -> None:
    header, body = rows(table)
    bad = [
        (row[0], name, cell, found)
        for row in body
        for name, cell in zip(header, row, strict=True)
        if cell and (found := schema.wrong(table, name, cell.replace("\u200f", "")))  # a direction mark in one name of the source
    ]
    assert bad == []
    assert [row for row in body for name in schema.NEEDED[table] if not row[header.index(name)]] == []


def test_the_tables_stay_small() -> None:
    assert sum(p.stat().st_size for p in (ROOT / "src/onrecord/knowledge/tables").glob("*.tsv")) < 9_000_000


def test_partial_dates_have_a_first_and_a_last_day() -> None:
    assert [str(day(t)) for t in ("2019", "2019-02", "2019-02-07")] == ["2019-01-01", "2019-02-01", "2019-02-07"]
    assert [str(day(t, last=True)) for t in ("2019", "2020-02", "2019-02-07")] == ["2019-12-31", "2020-02-29", "2019-02-07"]
    assert day("") is None
    with pytest.raises(KnowledgeError, match="no date"):
        day("2014s")


def test_a_bad_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "bad.tsv").write_text("id\tname\nQ1\tOne\nQ2\n", encoding="utf8")
    monkeypatch.setattr(tables.resources, "files", lambda _: tmp_path)
    with pytest.raises(KnowledgeError, match=r"bad\.tsv, line 3"):
        rows("bad")
    with pytest.raises(KnowledgeError, match="missing"):
        rows("absent")


@pytest.mark.shared
@pytest.mark.skipif(not ACTORS.is_dir(), reason="../shared is not here")
def test_the_recipe_makes_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from training.knowledge import build, memberships, officials, states

    curated = build.HERE / "curated"
    persons, offices = officials.build(ACTORS, curated, build.TABLES)
    made = {
        "states": [states.HEADER, *states.build(ACTORS, curated)],
        "persons": [officials.PERSONS, *persons],
        "offices": [officials.OFFICES, *offices],
        "memberships": [memberships.HEADER, *memberships.build(ACTORS, curated, build.TABLES)],
    }
    for table, lines in made.items():
        header, body = rows(table)
        assert lines == [header, *body], f"run python -m training.knowledge.build for {table}"
    assert "training.knowledge.build" in sys.modules
