"""``onrecord watch`` and ``onrecord feeds``: followed, listed, forgotten; refusals are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fetch.hostile import hostile, ok
from onrecord.cli.exits import Exit
from onrecord.desk import feeds, open_desk


def test_feeds_are_followed_listed_and_forgotten(onrecord, tmp_path: Path):
    store = tmp_path / "w.onrecord"
    empty = ok("<rss version='2.0'><channel><title>The \x1b[2J Paper</title></channel></rss>", kind="application/rss+xml")
    with hostile({"/rss": empty}) as server:
        url = f"http://127.0.0.1:{server.port}/rss"
        refused = onrecord("watch", store, url, "--once", "--rules-only")
        assert (refused.status, server.requests) == (Exit.some_failed, [])
        assert "private-address" in refused.err
        assert "--allow-private" in refused.err
        done = onrecord("watch", store, url, "--once", "--rules-only", "--allow-private", "127.0.0.1", "--contact", "desk@paper.example")
        assert (done.status, done.out) == (Exit.ok, "")
        assert "0 read" in done.err
        assert server.header("User-Agent").endswith("(+desk@paper.example)")
    (row,) = onrecord("feeds", store).rows
    assert (row["feed"], row["state"], row["title"], row["read"], row["failures"]) == (url, "ok", "The [2J Paper", 0, 0)
    assert onrecord("watch", store, "--forget", url).status == Exit.ok
    assert onrecord("feeds", store).rows == []
    assert onrecord("watch", store, "--forget", url).status == Exit.usage


def test_what_cannot_be_followed_is_said(onrecord, tmp_path: Path):
    store = tmp_path / "w.onrecord"
    for arguments in (("paper.example/rss",), ("--every", "1"), ("--allow-private", "a b")):
        assert onrecord("watch", store, *arguments, "--once", "--rules-only").status == Exit.usage
    assert onrecord("feeds", tmp_path / "none").status == Exit.store


def test_a_table_shows_who_is_in_trouble(onrecord, sample_store: Path, tmp_path: Path):
    store = tmp_path / "w.onrecord"
    store.write_bytes(sample_store.read_bytes())
    desk = open_desk(store)
    for n in range(3):
        feeds.follow(desk, f"https://paper.example/{n}", now=datetime.now(UTC))
    feeds.failed(desk, feeds.followed(desk)[2], "too-slow", "the answer took too long", now=datetime.now(UTC), again=timedelta(hours=1))
    lines = onrecord("feeds", store, "--format", "table").out.splitlines()
    assert lines[2].startswith("failing")
    assert "https://paper.example/2" in lines[2]
