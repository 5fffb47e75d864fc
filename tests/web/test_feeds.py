"""The page of feeds: how they fare, who may name them, and that nothing said by a feed becomes markup. Nothing is fetched."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.desk import Desk, feeds, open_desk
from web.visiting import Tokens, bearer, signed_in

NOW = datetime(2024, 7, 5, 12, tzinfo=UTC)
EVIL = "<script>window.pwned=1</script>\"'><img src=x onerror=alert(1)>\u202e"


@pytest.fixture
def book(own_store: Path) -> Desk:
    """The desk of ``own_store`` with three feeds: one answered, one failing, one new; one has a key in its address."""
    desk = open_desk(own_store)
    for name in ("good", "bad", "new?key=secret"):
        feeds.follow(desk, f"https://paper.example/{name}", now=NOW)
    good, bad = (next(f for f in feeds.followed(desk) if f.url.endswith(name)) for name in ("good", "bad"))
    good = feeds.describe(desk, good, kind="feed", title="The Paper", site="paper.example", language="en")
    feeds.list_items(desk, [feeds.Listed(good.key, str(n), f"https://paper.example/{n}") for n in range(1200)], now=NOW)
    feeds.answered(desk, good, now=NOW, again=timedelta(minutes=30), etag=None, last_modified=None)
    feeds.failed(desk, bad, "too-slow", f"it said {EVIL}", now=NOW, again=timedelta(hours=1))
    return desk


def test_a_desk_without_feeds_says_what_to_do(client: TestClient):
    answer = client.get("/feeds")
    assert answer.status_code == 200
    assert "No feed is followed yet" in answer.text
    assert client.get("/feeds?x=1").status_code == 400


def test_how_feeds_fare(own_client: TestClient, book: Desk):
    text = own_client.get("/feeds").text
    assert text.index("paper.example/bad") < text.index("The Paper")
    for said in ("failing", "the answer took too long", "1\u202f200", "2024-07-05 12:30", "last asked at", "3 followed"):
        assert said in text
    assert "Forget" not in text


def test_a_key_in_an_address_is_shown_to_admins_only(own_client: TestClient, own_tokens: Tokens, book: Desk):
    for headers in ({}, bearer(own_tokens.reader), bearer(own_tokens.reviewer)):
        text = own_client.get("/feeds", headers=headers).text
        assert "secret" not in text
        assert "window.pwned" not in text
        assert "https://paper.example/new?…" in text
    assert "key=secret" in own_client.get("/feeds", headers=bearer(own_tokens.admin)).text


def test_what_a_feed_says_is_never_markup(own_client: TestClient, own_tokens: Tokens, book: Desk):
    bad = next(f for f in feeds.followed(book) if f.url.endswith("bad"))
    feeds.describe(book, bad, kind="page", title=EVIL, site=EVIL, language=EVIL)
    feeds.follow(book, "https://paper.example/x?%3Cscript%3E", publisher=EVIL, now=NOW)
    for headers in ({}, bearer(own_tokens.admin)):
        text = own_client.get("/feeds", headers=headers).text
        assert "&lt;script&gt;window.pwned" in text
        assert "<script>window" not in text
        assert "<img" not in text
        assert "\u202e" not in text


def test_an_admin_follows_and_forgets(own_store: Path, own_client: TestClient, own_tokens: Tokens, monkeypatch: pytest.MonkeyPatch):
    def no_network(*_):
        raise AssertionError("the server would connect somewhere")

    desk = open_desk(own_store)
    csrf = {"X-CSRF": signed_in(own_client, own_tokens.admin)}
    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    answer = own_client.post("/feeds", data={"feed": "https://Paper.example/rss#top", "publisher": " The Paper "}, headers=csrf)
    assert (answer.status_code, answer.headers["location"]) == (303, "/feeds")
    (feed,) = feeds.followed(desk)
    assert (feed.url, feed.publisher, feed.added_by, feed.state) == ("https://paper.example/rss", "The Paper", "Cleo", "new")
    assert own_client.post("/feeds", data={"feed": feed.url, "do": "forget"}, headers=csrf).status_code == 303
    assert feeds.followed(desk) == []


NO_ADDRESSES = ["", "javascript:alert(1)", "file:///etc/passwd", "http://127.1/", "http://a@b.example/", "paper.example", "http://" + "a" * 3000]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_web_address_is_refused_and_said(own_client: TestClient, own_tokens: Tokens, own_store: Path, url: str):
    answer = own_client.post("/feeds", data={"feed": url}, headers=bearer(own_tokens.admin))
    assert answer.status_code == 400
    assert "no web address" in answer.text
    assert feeds.followed(open_desk(own_store)) == []


def test_nobody_else_names_feeds(own_client: TestClient, own_tokens: Tokens, own_store: Path):
    data = {"feed": "https://paper.example/rss"}
    assert own_client.post("/feeds", data=data).status_code == 401
    for token in (own_tokens.reader, own_tokens.reviewer):
        assert own_client.post("/feeds", data=data, headers=bearer(token)).status_code == 403
    signed_in(own_client, own_tokens.admin)
    assert own_client.post("/feeds", data=data).status_code == 403
    assert own_client.post("/feeds", data=data | {"csrf": "x"}).status_code == 403
    assert feeds.followed(open_desk(own_store)) == []
