"""One host is asked at its own pace; what it asks for is heeded."""

from __future__ import annotations

import pytest

from fetch.hostile import Hostile, Reached, client, hostile, moved, ok
from onrecord.errors import FetchError
from onrecord.fetch import Pace, Polite
from onrecord.fetch.pace import retry_after


class Clock:
    def __init__(self):
        self.now, self.slept = 1000.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def polite(server: Hostile, clock: Clock, **settings) -> Polite:
    return Polite(client(Reached(server), **settings), Pace(clock=clock, sleep=clock.sleep))


def test_a_pause_between_two_requests_to_one_host_only():
    clock = Clock()
    pace = Pace(pause_s=2, clock=clock, sleep=clock.sleep)
    for host in ("a.example", "b.example", "a.example"):
        pace.turn(host)
    assert clock.slept == [2]
    clock.now += 10
    pace.turn("a.example")
    assert clock.slept == [2]


def test_robots_redirects_and_pages_keep_the_pace():
    clock = Clock()
    with hostile({"/a": moved("/b"), "/b": ok("fine")}) as server:
        assert polite(server, clock).fetch("http://example.org/a").body == b"fine"
        assert server.paths == ["/robots.txt", "/a", "/b"]
    assert clock.slept == [2, 2]


def test_a_crawl_delay_is_kept():
    clock = Clock()
    with hostile({"/robots.txt": ok("User-agent: *\nCrawl-delay: 9"), "*": ok("fine")}) as server:
        follower = polite(server, clock)
        for path in "abc":
            follower.fetch(f"http://example.org/{path}")
    assert clock.slept == [2, 9, 9]


def test_a_site_that_asks_for_patience_gets_it():
    clock = Clock()
    with hostile({"/a": ok("", "Retry-After: 20", status="429 Slow down"), "/b": ok("", "Retry-After: 3600", status="503 Busy")}) as server:
        follower = polite(server, clock)
        with pytest.raises(FetchError) as caught:
            follower.fetch("http://example.org/a")
        assert (caught.value.code, round(caught.value.wait_s)) == ("asked-to-wait", 20)
        with pytest.raises(FetchError):
            follower.fetch("http://example.org/b")
        assert clock.slept == [2, 20]
        count = len(server.requests)
        with pytest.raises(FetchError) as caught:
            follower.fetch("http://example.org/c")
        assert (caught.value.code, round(caught.value.wait_s)) == ("asked-to-wait", 3600)
        assert len(server.requests) == count


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0), (" 0 ", 0.0), (None, None), ("soon", None), ("-5", None), ("", None), ("9" * 400, 999_999_999.0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Thu, 99 Jan 1970 00:00:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None):
    assert retry_after(value, 100.0) == seconds


def test_statuses_are_said():
    clock = Clock()
    with hostile({"/410": ok("", status="410 Gone"), "/500": ok("", status="500 No"), "/304": b"HTTP/1.1 304 Same\r\n\r\n"}) as server:
        follower = polite(server, clock)
        for path, code in (("/404", "not-there"), ("/410", "not-there"), ("/500", "bad-status")):
            with pytest.raises(FetchError) as caught:
                follower.fetch(f"http://example.org{path}")
            assert caught.value.code == code
        assert follower.fetch("http://example.org/304", etag='"x"').status == 304


def test_a_redirect_from_outside_does_not_even_ask_a_private_hosts_robots():
    clock = Clock()
    with hostile({"/out": moved("http://nas.intranet/")}) as server:
        answers = {"nas.intranet": ["192.168.0.10"], "example.org": ["93.184.215.14"]}
        with pytest.raises(FetchError) as caught:
            polite(server, clock, resolver=lambda host, _: answers[host], allow_private=["nas.intranet"]).fetch("http://example.org/out")
        assert caught.value.code == "private-address"
        assert [server.header("host", i) for i in range(len(server.requests))] == ["example.org", "example.org"]
