"""Saved searches on the page, what is new in them, and their feeds: who may see what, and what a feed reader gets."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from desk.made import add, reject
from onrecord.desk import open_desk, searches, tokens
from onrecord.desk.searches import Search
from onrecord.web.server import create
from onrecord.web.settings import Settings
from web.visiting import BASE, signed_in

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "world.onrecord"
    add(made, *range(3))
    return made


def visitor(path: Path, name: str = "", **settings: bool) -> TestClient:
    """Somebody at the desk; signed in where a name is given."""
    client = TestClient(create(path, Settings(**settings)), base_url=BASE, follow_redirects=False)  # type: ignore[arg-type]
    if name:
        csrf = signed_in(client, tokens.make(open_desk(path), name, "reader"))
        client.headers["X-CSRF"] = csrf
    return client


@pytest.fixture
def ada(path: Path) -> Iterator[TestClient]:
    with visitor(path, "Ada") as client:
        yield client


def save(client: TestClient, path: Path, asked: str = "text=harbour&view=positions", name: str = "Harbour", **more: str) -> Search:
    answer = client.post("/searches", data={"asked": asked, "name": name, **more})
    assert answer.status_code == 303, answer.text
    return next(s for s in searches.searches(open_desk(path), every=True) if s.name == name)


def feed(search: Search, end: str = "atom", key: str | None = None) -> str:
    return f"/watch/{search.id}.{end}?key={search.key if key is None else key}"


def test_without_a_token_nothing_is_saved_and_nothing_is_lost(path: Path) -> None:
    with visitor(path) as client:
        assert client.post("/searches", data={"asked": "text=harbour", "name": "x"}).status_code == 401
        assert client.get("/searches").status_code == 200
        assert "/sign-in?to=" in client.get("/search?text=harbour").text


def test_a_search_is_saved_from_its_page_and_leads_back_there(ada: TestClient, path: Path) -> None:
    page = ada.get("/search?text=harbour&view=positions").text
    asked = html.unescape(re.search(r'name="asked" value="([^"]+)"', page)[1])  # type: ignore[index]
    save(ada, path, asked)
    assert 'href="/search?text=harbour&amp;view=positions"' in ada.get("/searches").text


@pytest.mark.parametrize(("asked", "name"), [("stance=suport", "x"), ("", "x"), ("text=harbour", " "), ("text=harbour&view=reports&akter=1", "x")])
def test_what_cannot_be_saved_is_said_and_the_form_is_kept(ada: TestClient, asked: str, name: str) -> None:
    answer = ada.post("/searches", data={"asked": asked, "name": name})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_post_from_elsewhere_changes_nothing(ada: TestClient, path: Path) -> None:
    search = save(ada, path)
    for address, sent in (("/searches", {"asked": "text=x", "name": "y"}), (f"/searches/{search.id}", {"do": "remove"}), (f"/watch/{search.id}", {})):
        assert ada.post(address, data=sent, headers={"X-CSRF": "wrong"}).status_code == 403
    assert [s.name for s in searches.searches(open_desk(path), every=True)] == ["Harbour"]


def test_only_the_owner_changes_a_search_and_only_shared_ones_are_seen(ada: TestClient, path: Path) -> None:
    search = save(ada, path)
    with visitor(path, "Ben") as ben:
        assert "Harbour" not in ben.get("/searches").text
        assert ben.get(f"/watch/{search.id}").status_code == 404
        assert ben.post(f"/searches/{search.id}", data={"do": "remove"}).status_code == 403
        ada.post(f"/searches/{search.id}", data={"name": "Harbours", "shared": "on", "digest": "on"})
        assert "Harbours" in ben.get("/searches").text
        shown = ben.get(f"/watch/{search.id}").text
        assert search.key not in shown
        assert search.secret not in ben.get("/searches").text
    assert searches.search(open_desk(path), search.id).digest
    assert ada.post(f"/searches/{search.id}", data={"do": "remove"}).status_code == 303
    assert ada.get(f"/watch/{search.id}").status_code == 404


def test_what_is_added_is_new_until_it_was_seen(ada: TestClient, path: Path) -> None:
    search = save(ada, path)
    assert " new</span>" not in ada.get("/watch").text
    add(path, 4, 5)
    overview = html.unescape(ada.get("/watch").text)
    assert "2 new</span>" in overview
    assert overview.count("Why am I seeing this?") == overview.count("its words hold “harbour”") >= 2
    shown = ada.get(f"/watch/{search.id}").text
    assert shown.count("Why am I seeing this?") >= 2
    assert "text harbour: its words hold “harbour”" in html.unescape(shown)
    assert ada.post(f"/watch/{search.id}").status_code == 303
    assert " new</span>" not in ada.get("/watch").text


def test_atom_is_what_a_feed_reader_takes(ada: TestClient, path: Path) -> None:
    search = save(ada, path)
    add(path, 4, 5)
    answer = ada.get(feed(search))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    parsed = feedparser.parse(answer.content)
    assert (parsed.bozo, parsed.version, parsed.feed.title) == (False, "atom10", "Harbour")
    assert len(parsed.entries) == 2 + searches_before(path)
    ids = [entry.id for entry in parsed.entries]
    assert len(set(ids)) == len(ids)
    for entry in parsed.entries:
        assert entry.id.startswith(f"tag:onrecord.invalid,2026:search/{search.id}/")
        assert entry.link.startswith(f"{BASE}/records/")
        assert entry.author
        assert "Why this is shown:" in entry.content[0].value
        assert "% sure" in entry.content[0].value
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - made by this test
    for needed in ("id", "title", "updated", "author", "link"):
        assert root.find(ATOM + needed) is not None
    times = [each.findtext(f"{ATOM}updated") or "" for each in root.iter(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    assert [entry.id for entry in feedparser.parse(ada.get(feed(search)).content).entries] == ids, "ids never change"


def searches_before(path: Path) -> int:
    """Positions that were there when the search was saved: a new feed is not empty."""
    from onrecord.query import Filter, positions
    from onrecord.store import open_store

    with open_store(path) as store, store.view() as view:
        return len(list(positions(view, Filter(text="harbour")))) - 2


def test_json_feed_has_the_same(ada: TestClient, path: Path) -> None:
    search = save(ada, path)
    add(path, 4, 5)
    answer = ada.get(feed(search, "json"))
    found = json.loads(answer.content)
    assert answer.headers["content-type"].startswith("application/feed+json")
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in found["items"]] == [e.id for e in feedparser.parse(ada.get(feed(search)).content).entries]
    for item in found["items"]:
        assert {"id", "url", "title", "content_text", "date_published", "tags", "_onrecord"} <= set(item)
        assert item["_onrecord"]["why"]


def test_a_withdrawn_record_leaves_the_feed(ada: TestClient, path: Path) -> None:
    search = save(ada, path)
    add(path, 4)
    items = json.loads(ada.get(feed(search, "json")).content)["items"]
    reject(path, items[0]["_onrecord"]["id"])
    assert [item["id"] for item in json.loads(ada.get(feed(search, "json")).content)["items"]] == [item["id"] for item in items[1:]]


def test_a_feed_is_asked_for_conditionally(path: Path, ada: TestClient) -> None:
    search = save(ada, path)
    with visitor(path) as reader:
        first = reader.get(feed(search))
        tag = first.headers["etag"]
        assert reader.get(feed(search), headers={"If-None-Match": tag}).status_code == 304
        add(path, 4)
        second = reader.get(feed(search), headers={"If-None-Match": tag})
        assert second.status_code == 200
        assert second.headers["etag"] != tag


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("shared", [False, True])
def test_who_has_the_key_reads_the_feed_and_nothing_else(path: Path, ada: TestClient, private: bool, shared: bool) -> None:
    search = save(ada, path, **({"shared": "on"} if shared else {}))
    with visitor(path, private=private) as stranger:
        assert stranger.get(feed(search)).status_code == 200
        open_to_all = 200 if shared and not private else 404
        assert stranger.get(feed(search, key="")).status_code == open_to_all
        assert stranger.get(feed(search, key="x" * len(search.key))).status_code == open_to_all
        page = stranger.get(f"/watch/{search.id}?key={search.key}").status_code
        assert page == (401 if private else 200 if shared else 404)
        ada.post(f"/searches/{search.id}", data={"do": "key"})
        assert stranger.get(feed(search)).status_code == open_to_all, "the old address is dead"


def test_words_of_a_name_are_escaped_everywhere(ada: TestClient, path: Path) -> None:
    search = save(ada, path, name="<script>alert(1)</script>]]>&")
    for url in ("/searches", "/watch", f"/watch/{search.id}", feed(search)):
        assert "<script>alert" not in ada.get(url).text
    assert feedparser.parse(ada.get(feed(search)).content).bozo is False
