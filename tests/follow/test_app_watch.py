"""app.watch: what feeds list ends in the store once and linked, however often it is stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fetch.hostile import Hostile, Reached, client, hostile, ok
from follow.site import FEED, entry, page, rss
from onrecord import app
from onrecord.desk import Desk, feeds, open_desk
from onrecord.errors import QueryError, StoreBusy
from onrecord.fetch import Pace, Polite
from onrecord.follow import Follower, alone
from onrecord.store import dump, open_store

if TYPE_CHECKING:
    from onrecord import Reader

STORY = "Ruritania condemned the decision of Borduria and demanded that it withdraw from {}"
SAYS = {
    "/rss": rss(entry(1), entry("gone"), entry(2), entry(3)),
    "/1": page(STORY.format("the bridge")),
    "/2": page(STORY.format("the harbour")),
    "/3": page(STORY.format("the bridge") + ", a wire said"),
    "/broken": ok("garbage"),
}


def polite(server: Hostile) -> Polite:
    return Polite(client(Reached(server)), Pace(sleep=lambda _: None))


def once(store: Path, server: Hostile, reader: Reader, *urls: str, **settings) -> app.Tally:
    return app.watch(store, urls, once=True, reader=reader, polite=polite(server), **settings)


def contents(store: Path) -> list[str]:
    """All that the store holds, but for how often things were tried."""
    with open_store(store) as kept, kept.view() as view:
        return [line for line in dump(view) if "http://paper.example/" not in line]


def test_what_feeds_list_is_read_kept_and_linked_once(tmp_path: Path, reader: Reader):
    store, problems = tmp_path / "w.onrecord", []
    with hostile(dict(SAYS)) as server:
        tally = once(store, server, reader, FEED, "http://paper.example/broken", on_problem=problems.append)
        assert (tally.read, tally.failed) == (3, 2)
        assert sorted(p.code for p in problems) == ["no-feed", "not-there"]
        assert once(store, server, reader).inputs == 0
    with app.open_record(store) as kept, kept.view() as view:
        documents = list(view.documents())
        assert {(d.publisher, d.published, d.url) for d in documents} == {
            ("The Paper", "2024-07-04T10:00:00+00:00", f"http://www.paper.example/{n}") for n in (1, 2, 3)
        }
        assert {p.problem.code for p in view.problems()} == {"no-feed", "not-there"}
        assert list(view.records())
        assert "same-story" in {link.type for link in view.links()}


def test_stopped_at_every_step_it_ends_as_if_it_had_not_been(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch):
    with hostile(dict(SAYS)) as server:
        whole = tmp_path / "whole.onrecord"
        once(whole, server, reader, FEED, on_problem=lambda _: None)
        wanted = contents(whole)
        writing, left = Desk.writing, [0]

        def stopping(desk: Desk):
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
            return writing(desk)

        monkeypatch.setattr(Desk, "writing", stopping)
        stops = 0
        for at in range(1, 40, 4):
            store = tmp_path / f"{at}.onrecord"
            left[0] = at
            try:
                once(store, server, reader, FEED, on_problem=lambda _: None)
            except KeyboardInterrupt:
                stops += 1
                left[0] = -1
                once(store, server, reader, FEED, on_problem=lambda _: None)
            assert contents(store) == wanted, at
            if left[0] > 0:
                break
        assert stops >= 3


def test_two_do_not_follow_at_once(tmp_path: Path, reader: Reader):
    store = tmp_path / "w.onrecord"
    with hostile(dict(SAYS)) as server:
        once(store, server, reader, FEED, on_problem=lambda _: None)
        with alone(tmp_path / "w.onrecord.desk.watch"), pytest.raises(StoreBusy):
            once(store, server, reader)
        once(store, server, reader)


def test_it_sleeps_until_something_is_due_and_ends_when_stopped(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch):
    naps = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.app.watching.time.sleep", nap)
    tally = app.Tally()
    with hostile(dict(SAYS)) as server, pytest.raises(KeyboardInterrupt):
        app.watch(tmp_path / "w.onrecord", [FEED], reader=reader, polite=polite(server), on_problem=lambda _: None, tally=tally)
    assert (naps, tally.read) == ([30.0] * 3, 3)


@pytest.mark.parametrize("url", ["paper.example/rss", "file:///etc/passwd", "http://127.1/", "http://a@b.example/", ""])
def test_what_is_no_web_address_is_not_followed(tmp_path: Path, url: str):
    with pytest.raises(QueryError):
        feeds.follow(open_desk(tmp_path / "w.onrecord"), url, now=datetime.now(UTC))


def test_a_busy_store_is_waited_for(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch):
    said, rounds, whole = [], [], Follower.round

    def busy(follower: Follower) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise StoreBusy("another process is writing")
        if len(rounds) == 3:
            raise KeyboardInterrupt
        whole(follower)

    monkeypatch.setattr(Follower, "round", busy)
    monkeypatch.setattr("onrecord.app.watching.time.sleep", lambda _: None)
    tally = app.Tally()
    settings = {"reader": reader, "on_problem": lambda _: None, "say": lambda _, what: said.append(what), "tally": tally}
    with hostile(dict(SAYS)) as server, pytest.raises(KeyboardInterrupt):
        app.watch(tmp_path / "w.onrecord", [FEED], polite=polite(server), **settings)
    assert (said[0], tally.read) == ("another process is writing", 3)
    rounds.clear()
    with hostile() as server, pytest.raises(StoreBusy):
        once(tmp_path / "w.onrecord", server, reader)
