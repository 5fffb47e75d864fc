"""Every question goes on being answered when records are rejected, corrected and added: what hangs on them may be gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from onrecord import app
from onrecord.brief import brief, html
from onrecord.errors import QueryError
from onrecord.export import find
from onrecord.model import Statement, to_dict
from onrecord.query import QUERIES, Filter, show
from onrecord.store import open_store
from query.needed import needed
from store.reviews import decision


@pytest.fixture(scope="module")
def reviewed(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store with half of its statements and events rejected, some records corrected and one in dispute."""
    path = tmp_path_factory.mktemp("reviewed") / "s.onrecord"
    shutil.copy(sample_store, path)
    with open_store(path) as store:
        with store.view() as view:
            records = list(view.records())
        with store.writer() as w:
            for n, record in enumerate(records):
                if n % 2 == 0 and record.kind in ("statement", "event"):
                    w.decide(decision(record, "reject"))
                elif n % 5 == 0:
                    w.decide(decision(record, "accept"))
                elif n % 7 == 0:
                    w.decide(decision(record, "accept", "Ada"))
                    w.decide(decision(record, "reject", "Ben"))
    relation = next(r for r in records if r.kind == "relation")
    app.decide(path, relation.id, "correct", by="Cleo", change={"status": "former", "since": "1999"}) if relation.status != "former" else None
    return path


@pytest.fixture
def view(reviewed: Path) -> Iterator[Any]:
    with open_store(reviewed) as store, store.view() as view:
        yield view


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_query_answers(view: Any, query: Any) -> None:
    wanted = Filter(**needed(query.name, view, "said"))
    rejected = {r.record_id for r in view.reviewed(state="rejected")}
    for row in query.function(view, wanted):
        ids = getattr(row, "id", None)
        if query.name not in ("reviews", "stories"):
            assert not rejected & set(ids if isinstance(ids, tuple) else [ids])
        assert row.full()


def test_everything_about_every_record_is_shown(view: Any) -> None:
    hanging = 0
    there = {r.id for r in view.records()}
    for record in view.records():
        shown = show(view, record.id).full()
        assert shown["record"] == to_dict(record)
        around = record.nested_in or record.statement_id if isinstance(record, Statement) else record.statement_id
        hanging += around is not None and around not in there
    assert hanging > 10  # else this tests nothing


def test_briefs_and_exports_are_made(view: Any) -> None:
    issue = next(p.issue.id for p in view.records("position") if p.issue)
    assert html(brief(view, Filter(issue=issue)))
    for name in ("polecat", "gdelt"):
        exporter = find(name)
        counts = app.export(view, exporter, {part: BytesIO() for part in exporter.parts}, Filter(status="actual"))
        assert sum(counts.values())


def test_linking_anew_leaves_rejected_records_alone(reviewed: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.onrecord"
    shutil.copy(reviewed, path)
    app.link(path, anew=True)
    with open_store(path) as store:
        with store.view() as view:
            made = {end for link in view.links() if link.by != "events.linking" for end in (link.left, link.right)}
            rejected = {r.record_id for r in view.reviewed(state="rejected")}
            of_linkers = {end for link in view.links() if not link.created_at and "." not in link.by for end in (link.left, link.right)}
            assert made
            assert not rejected & of_linkers
        assert store.check() == []


def test_a_record_that_was_rejected_is_not_found_by_its_id(view: Any) -> None:
    with pytest.raises(QueryError):
        show(view, next(iter(view.reviewed(state="rejected"))).record_id)
