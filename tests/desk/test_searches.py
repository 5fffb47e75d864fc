"""Saved searches: kept and checked, and what is new in them by the order in which it came, however old its date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desk.made import add, reject
from onrecord.desk import Desk, news, open_desk, searches
from onrecord.desk.searches import Search
from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.query import Filter, positions, timeline
from onrecord.query.reasons import reasons
from onrecord.store import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "world.onrecord"
    add(made, *range(4))
    return made


@pytest.fixture
def desk(path: Path) -> Desk:
    return open_desk(path)


def save(path: Path, desk: Desk, query: str = "positions", name: str = "Harbour", owner: str = "Ada", **wanted: Any) -> Search:
    with open_store(path) as store, store.view() as view:
        return searches.save(desk, name, owner, query, Filter(**(wanted or {"text": "harbour"})), version=view.version())


def found(path: Path, desk: Desk, search: Search, **more: Any) -> list[str]:
    """Ids of what is new, the last added first."""
    with open_store(path) as store, store.view() as view:
        assert news.look(desk, view, [search])
        return [item.id for item in news.news(desk, view, search, **more)]


def test_a_search_is_kept_as_it_was_asked(path: Path, desk: Desk) -> None:
    kept = save(path, desk, text="harbour", stance="oppose", confidence=0.5)
    assert searches.search(desk, kept.id) == kept
    assert kept.wanted == Filter(text="harbour", stance="oppose", confidence=0.5)
    assert len(kept.key) >= 32
    assert not {kept.key, kept.secret} & set(map(str, kept.row().values()))


@pytest.mark.parametrize(
    ("query", "wanted", "says"),
    [
        ("network", {"actor": "BOR"}, "cannot be saved"), ("events", {"stance": "oppose"}, "events have no stance"),
        ("timeline", {"limit": 5}, "nothing"), ("documents", {"corroboration": 2}, "no corroboration"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_followed_is_not_kept(path: Path, desk: Desk, query: str, wanted: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        save(path, desk, query, **wanted)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "bell\a"])
def test_a_name_says_something(path: Path, desk: Desk, name: str) -> None:
    with pytest.raises(QueryError, match="printable"):
        save(path, desk, name=name)


def test_one_owner_has_one_search_of_a_name_and_sees_shared_ones(path: Path, desk: Desk) -> None:
    own = save(path, desk)
    with pytest.raises(QueryError, match="already"):
        save(path, desk)
    other = save(path, desk, owner="Ben")
    assert [s.id for s in searches.searches(desk, "Ada")] == [own.id]
    searches.change(desk, other.id, shared=True)
    assert {s.id for s in searches.searches(desk, "Ada")} == {own.id, other.id}
    assert [s.id for s in searches.searches(desk)] == [other.id]
    searches.remove(desk, own.id)
    with pytest.raises(QueryError, match="no search"):
        searches.remove(desk, own.id)


@pytest.mark.parametrize(
    "url", ["ftp://hook.example/x", "https://user@hook.example/", "javascript:alert(1)", "https://", "https://a b/", "https://é.example/"]
)
def test_a_webhook_is_a_web_address(path: Path, desk: Desk, url: str) -> None:
    with pytest.raises(QueryError, match="webhook"):
        searches.change(desk, save(path, desk).id, webhook=url)


def test_what_is_added_later_is_new_the_last_first_however_old(path: Path, desk: Desk) -> None:
    search = save(path, desk)
    assert found(path, desk, search) == []
    add(path, 5)
    add(path, 4)
    with open_store(path) as store, store.view() as view:
        by_report = {row.document_id: row.id for row in positions(view, Filter(text="harbour"))}
        reports = [change.id for change in view.changes() if change.kind == "document"]
    assert found(path, desk, search) == [by_report[reports[-1]], by_report[reports[-2]]]
    assert found(path, desk, search) == found(path, desk, search, limit=9)


def test_each_is_found_once_and_what_fits_no_longer_is_not_told(path: Path, desk: Desk) -> None:
    search = save(path, desk)
    add(path, 4, 5)
    both = found(path, desk, search)
    assert len(both) == 2
    reject(path, both[0])
    assert found(path, desk, search) == both[1:]
    add(path, 4, 5, run="run-2", positions=())
    assert found(path, desk, search) == []
    with desk.reading() as db:
        assert db.execute("SELECT count(DISTINCT id), count(*) FROM found WHERE gone").fetchone() == (2, 2)
    add(path, 5, run="run-3")
    again = found(path, desk, search)
    assert set(again) < set(both), "read anew, the same record is there again"
    with desk.reading() as db:
        assert db.execute("SELECT count(*) FROM found").fetchone() == (2,), "and is not new a second time"


def test_reports_can_be_followed(path: Path, desk: Desk) -> None:
    search = save(path, desk, "documents", text="straits")
    add(path, 6)
    assert len(found(path, desk, search)) == 1


def test_a_claim_becomes_news_when_another_report_tells_it(path: Path, desk: Desk) -> None:
    search = save(path, desk, "statements", corroboration=2)
    with open_store(path) as store:
        with store.view() as view:
            one, *others = (row for row in timeline(view) if row.kind == "statement" and row.publisher)
            other = next(row for row in others if row.publisher != one.publisher)
        assert found(path, desk, search) == []
        with store.writer() as w:
            w.link(Link(one.id, other.id, "same-statement", "positive", 0.9, "", "test", "2031-01-01T00:00:00Z"))
    told = found(path, desk, search)
    assert set(told) <= {one.id, other.id}


def test_looking_can_stop_and_go_on(path: Path, desk: Desk) -> None:
    search = save(path, desk)
    add(path, *range(4, 9))
    with open_store(path) as store, store.view() as view:
        assert not news.look(desk, view, [search], seconds=0)
        assert news.look(desk, view, [search])
        assert news.look(desk, view, [search], seconds=0)
        assert searches.search(desk, search.id).through == view.version()


def test_every_field_of_a_search_is_a_reason(path: Path) -> None:
    with open_store(path) as store, store.view() as view:
        row = next(row for row in positions(view, Filter(text="harbour")) if row.holder_country)
        wanted = Filter(actor=row.holder_country, text="the harbour", stance=row.stance, confidence=0.1, about="harbour", publisher=row.publisher)
        said = {reason.field: str(reason) for reason in reasons(view, wanted, view.document(row.document_id), row.record)}
    assert set(said) == {"actor", "about", "stance", "text", "confidence", *(["publisher"] if row.publisher else [])}
    assert f"holder {row.holder}" in said["actor"]
    assert "“harbour”" in said["about"]
    assert "% sure" in said["confidence"]


def test_a_new_key_ends_the_old_address(path: Path, desk: Desk) -> None:
    search = save(path, desk)
    assert searches.new_key(desk, search.id).key != search.key
