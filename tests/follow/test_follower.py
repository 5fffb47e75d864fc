"""Following: what is new is read once, whatever is killed, repeated or broken; nobody is asked more than they want to be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fetch.hostile import moved, ok
from follow.site import FEED, entry, page, rss, world
from onrecord.desk import feeds


def test_what_a_feed_lists_is_read_once(tmp_path: Path):
    says = {"/rss": rss(entry(1), entry(2)), "/1": page("the bridge"), "/2": page("the fishing fleet")}
    with world(tmp_path, says) as w:
        w.follow()
        assert w.round() == ["/rss", "/1", "/2"]
        document = w.kept["http://www.paper.example/1"].document
        assert (document.title, document.publisher, document.published) == ("Story 1", "The Paper", "2024-07-04T10:00:00+00:00")
        assert (document.url, document.language) == ("http://www.paper.example/1", "en")
        assert w.round() == []
        w.server.says["/rss"] = rss(entry(3), entry(1), entry(2))
        w.server.says["/3"] = page("the harvest")
        assert w.round(minutes=31) == ["/rss", "/3"]
        health = w.feed()
        assert (health.done, health.waiting, health.failed) == (3, 0, 0)
        assert (health.kind, health.title, health.state, health.publisher) == ("feed", "The Paper", "ok", "The Paper")
        assert w.said[0] == (FEED, "2 new of 2")
        assert w.problems == []


def test_questions_are_conditional_and_answers_may_say_how_long_they_are_good(tmp_path: Path):
    headers = ('ETag: "v1"', "Last-Modified: Thu, 04 Jul 2024 10:00:00 GMT", "Cache-Control: public, max-age=7200")
    with world(tmp_path, {"/rss": rss(headers=headers)}) as w:
        w.follow()
        w.round()
        assert w.round(minutes=60) == []
        w.server.says["/rss"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        assert w.round(minutes=61) == ["/rss"]
        assert w.server.header("If-None-Match") == '"v1"'
        assert w.server.header("If-Modified-Since") == "Thu, 04 Jul 2024 10:00:00 GMT"
        assert w.said[-1] == (FEED, "nothing new")
        w.round(minutes=31)
        assert w.server.header("If-None-Match") == '"v1"'
        assert w.server.header("User-Agent").startswith("onrecord/")


def test_a_bad_feed_and_a_bad_article_stop_no_other(tmp_path: Path):
    says = {
        "/rss": rss(
            entry(1), entry("gone"), entry("empty"), entry("pdf"), entry("evil", link="http://127.0.0.1/"), entry("js", link="javascript:x"), entry(2)
        ),
        "/1": page("the bridge"), "/2": page("the fishing fleet"),
        "/empty": ok("<html><body></body></html>"), "/pdf": ok("%PDF", kind="application/pdf"),
        "/broken": ok("garbage"), "/none": ok("", status="500 No"), "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss",
    }  # fmt: skip
    with world(tmp_path, says) as w:
        w.follow("http://a.example/broken", "http://b.example/none", "http://c.example/cut", FEED)
        w.round()
        assert sorted(w.kept) == ["http://www.paper.example/1", "http://www.paper.example/2"]
        codes = {h.url: (h.state, h.code) for h in feeds.health(w.desk)}
        assert codes == {
            "http://a.example/broken": ("failing", "no-feed"),
            "http://b.example/none": ("failing", "bad-status"),
            "http://c.example/cut": ("failing", "bad-answer"),
            FEED: ("ok", None),
        }
        assert sorted(w.problems) == sorted(
            ["no-feed", "bad-status", "bad-answer", "not-there", "no-article", "unsupported-format", "private-address", "bad-address"]
        )
        assert (w.feed().done, w.feed().failed) == (2, 5)


def test_a_failing_feed_is_asked_ever_more_seldom(tmp_path: Path):
    with world(tmp_path, {"/rss": ok("", status="500 No")}) as w:
        w.follow()
        asked = [minute for minute in range(0, 3000, 30) if w.round(minutes=30 if minute else 0)]
        assert asked == [0, 30, 90, 210, 450, 930, 1890]
        assert (w.feed().state, w.feed().failures, w.feed().answered_at) == ("failing", 7, None)
        w.server.says["/rss"] = rss()
        w.round(days=1)
        assert (w.feed().state, w.feed().failures, w.feed().problem) == ("ok", 0, None)


def test_an_article_is_tried_again_and_then_given_up(tmp_path: Path):
    with world(tmp_path, {"/rss": rss(entry(1)), "/1": ok("", status="502 No")}) as w:
        w.follow()
        tries = sum("/1" in w.round(hours=0 if not hour else 3) for hour in range(20))
        assert tries == 5
        assert (w.feed().failed, w.problems) == (1, ["bad-status"])


def test_an_article_that_comes_back_is_read(tmp_path: Path):
    with world(tmp_path, {"/rss": rss(entry(1)), "/1": ok("", status="502 No")}) as w:
        w.follow()
        w.round()
        w.server.says["/1"] = page("the bridge")
        w.round(minutes=6)
        assert (w.feed().done, w.problems) == (1, [])


def test_a_site_that_asks_for_patience_gets_it(tmp_path: Path):
    with world(tmp_path, {"/rss": ok("", "Retry-After: 7200", status="503 Busy")}) as w:
        w.follow()
        w.round()
        assert (w.feed().state, w.problems) == ("waiting", [])
        assert w.round(minutes=90) == []
        w.server.says["/rss"] = rss()
        assert w.round(minutes=31) == ["/rss"]
        assert w.feed().state == "ok"


def test_a_dead_host_costs_two_tries_a_round(tmp_path: Path):
    links = [entry(n, link=f"http://dead.example/{n}") for n in range(20)]
    answers = {"paper.example": ["93.184.215.14"], "www.paper.example": ["93.184.215.14"]}
    with world(tmp_path, {"/rss": rss(*links, entry("a")), "/a": page("the bridge")}, resolver=lambda host, _: answers.get(host, [])) as w:
        w.follow()
        w.round()
        assert [what for url, what in w.said if "dead" in url and what.startswith("no-such-host")].__len__() == 2
        assert (w.feed().done, w.feed().waiting) == (1, 20)


def test_robots_are_heeded_for_feeds_and_articles(tmp_path: Path):
    says = {"/robots.txt": ok("User-agent: onrecord\nDisallow: /1\nDisallow: /secret"), "/rss": rss(entry(1), entry(2)), "/2": page("the bridge")}
    with world(tmp_path, says) as w:
        w.follow(FEED, "http://paper.example/secret.xml")
        assert sorted(w.round()) == ["/2", "/rss"]
        assert sorted(w.problems) == ["robots-disallowed", "robots-disallowed"]
        assert w.feed("http://paper.example/secret.xml").code == "robots-disallowed"


@pytest.mark.parametrize("stopped_before", ["store", "desk"])
def test_killed_between_store_and_desk_it_goes_on_without_duplicates(tmp_path: Path, stopped_before: str):
    with world(tmp_path, {"/rss": rss(entry(1), entry(2)), "/1": page("the bridge"), "/2": page("the harvest")}) as w:
        w.follow()
        keep = w.keep

        def killed(item) -> bool:
            if stopped_before == "desk":
                keep(item)
            raise KeyboardInterrupt

        w.follower.keep = killed
        with pytest.raises(KeyboardInterrupt):
            w.round()
        w.follower.keep = keep
        asked = w.round()
        assert asked == (["/1", "/2"] if stopped_before == "store" else ["/2"])
        assert (w.feed().done, w.feed().waiting, len(w.kept)) == (2, 0, 2)
        with w.desk.reading() as db:
            named = {row[0] for row in db.execute("SELECT document_id FROM items")}
        assert named == {item.document.id for item in w.kept.values()}


def test_one_article_in_two_feeds_is_fetched_once(tmp_path: Path):
    says = {"/rss": rss(entry(1)), "/world": rss(entry(1), title="The Paper: World"), "/1": page("the bridge"), "/late": rss(entry(1))}
    with world(tmp_path, says) as w:
        w.follow(FEED, "http://paper.example/world")
        assert sorted(w.round()) == ["/1", "/rss", "/world"]
        w.follow("http://paper.example/late")
        assert w.round() == ["/late"]
        assert [h.done for h in feeds.health(w.desk)] == [1, 1, 1]
        assert {h.publisher for h in feeds.health(w.desk)} == {"The Paper"}


def test_who_published_an_article(tmp_path: Path):
    elsewhere = (
        entry(2, link="http://www.other.example/2"),
        entry(3, link="http://wire.example/3").replace("</item>", "<source>The Wire</source></item>"),
    )
    says = {"/rss": rss(entry(1), *elsewhere), "/1": page("the bridge"), "/2": page("the harvest"), "/3": page("the fleet")}
    with world(tmp_path, says) as w:
        w.follow(publisher="The Ruritanian Paper")
        w.round()
        assert {key: item.document.publisher for key, item in w.kept.items()} == {
            "http://www.paper.example/1": "The Ruritanian Paper",
            "http://www.other.example/2": "other.example",
            "http://wire.example/3": "The Wire",
        }


@pytest.mark.parametrize(
    "date", ["Mon, 01 Jan 2035 00:00:00 GMT", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "2024-13-45", "", "0001-01-01T00:00:00+14:00"]
)
def test_a_date_that_cannot_be_true_is_not_believed(tmp_path: Path, date: str):
    listed = entry(1).replace("Thu, 04 Jul 2024 10:00:00 GMT", date)
    with world(tmp_path, {"/rss": rss(listed), "/1": page("the bridge")}) as w:
        w.follow()
        w.round()
        assert w.kept["http://www.paper.example/1"].document.published is None


def test_a_feed_in_a_language_that_cannot_be_read_costs_no_fetches(tmp_path: Path):
    with world(tmp_path, {"/rss": rss(entry(1), entry(2), language="fr")}) as w:
        w.follow()
        assert w.round() == ["/rss"]
        assert w.problems == ["unsupported-language"] * 2


def test_a_page_is_followed_for_itself(tmp_path: Path):
    with world(tmp_path, {"/statement": page("the bridge")}) as w:
        w.follow("http://ministry.example/statement")
        w.round()
        w.server.says["/statement"] = page("the bridge").replace(b"<body>", b"<body><!--  -->").replace(b"Content-Length: 5", b"Content-Length: 6")
        w.server.says["/statement"] = ok(page("the bridge").partition(b"\r\n\r\n")[2].replace(b"<body>", b"<body><!-- 7 -->"))
        w.round(minutes=31)
        assert len(w.kept) == 1
        w.server.says["/statement"] = page("the tunnel")
        w.round(minutes=31)
        assert len(w.kept) == 2
        health = w.feed("http://ministry.example/statement")
        assert (health.kind, health.done, health.publisher) == ("page", 2, "ministry.example")
        w.server.says["/statement"] = ok("<html></html>")
        w.round(minutes=31)
        assert w.feed("http://ministry.example/statement").code == "no-article"


def test_a_feed_that_moved_is_followed_to_where_it_is(tmp_path: Path):
    with world(tmp_path, {"/rss": moved("/new/rss", "301 Moved"), "/new/rss": rss(entry(1)), "/1": page("the bridge")}) as w:
        w.follow()
        assert w.round() == ["/rss", "/new/rss", "/1"]
        assert w.feed().done == 1


def test_a_huge_feed_is_taken_in_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("onrecord.follow.follower.MOST_OF_A_FEED", 5)
    says = {f"/{n}": page(f"matter {n}") for n in range(8)}
    with world(tmp_path, {"/rss": rss(*(entry(n) for n in range(8))), **says}) as w:
        w.follow()
        assert len(w.round()) == 6
        assert w.follower.idle_s() == 0
        assert len(w.round()) == 3


def test_forgetting_keeps_what_was_read(tmp_path: Path):
    with world(tmp_path, {"/rss": rss(entry(1)), "/1": page("the bridge")}) as w:
        w.follow()
        w.round()
        feeds.forget(w.desk, FEED)
        assert feeds.followed(w.desk) == []
        w.follow()
        assert w.round() == ["/rss"]
        assert w.feed().done == 1
        assert w.follower.idle_s() == 1800


def test_a_page_in_place_of_a_feed_is_not_read(tmp_path: Path):
    """Feeds that are given up often lead to the paper's first page."""
    with world(tmp_path, {"/rss": rss(entry(1)), "/1": page("the bridge")}) as w:
        w.follow()
        w.round()
        w.server.says["/rss"] = page("everything")
        w.round(minutes=31)
        assert (w.feed().code, w.feed().title, len(w.kept)) == ("feed-gone", "The Paper", 1)


def test_a_round_ends_when_feeds_are_due_again(tmp_path: Path):
    """However slow the articles are: here each takes ten minutes."""
    says = {f"/{n}": page(f"matter {n}") for n in range(9)}
    with world(tmp_path, {"/rss": rss(*(entry(n) for n in range(9))), **says}) as w:
        w.follow()
        keep = w.keep

        def slow(item) -> bool:
            w.now[0] += timedelta(minutes=10)
            return keep(item)

        w.follower.keep = slow
        assert w.round() == ["/rss", "/0", "/1", "/2"]
        assert w.round() == ["/rss", "/3", "/4", "/5"]
