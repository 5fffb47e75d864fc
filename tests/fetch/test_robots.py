"""robots.txt as RFC 9309 reads it, and what happens where it cannot be had."""

from __future__ import annotations

import pytest

from fetch.hostile import Hostile, Reached, client, hostile, moved, ok
from onrecord.errors import FetchError
from onrecord.fetch.addresses import taken_apart
from onrecord.fetch.robots import Robots, Rule, Rules, parse

# (robots.txt, path, allowed)
CASES = [
    ("", "/a", True),
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ("User-agent: *\nDisallow:", "/a", True),
    ("User-agent: *\nDisallow: /private", "/private/x", False),
    ("User-agent: *\nDisallow: /private", "/public", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
    ("User-agent: *\nDisallow: /\nUser-agent: onrecord\nAllow: /", "/a", True),
    ("User-agent: OnRecord/2.0\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a", False),
    ("User-agent: other\nUser-agent: onrecord\nDisallow: /a", "/a", False),
    ("User-agent: onrecord\nDisallow: /a\nUser-agent: onrecord\nDisallow: /b", "/b", False),
    ("User-agent: onrecorder\nDisallow: /", "/a", True),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("Disallow: /", "/a", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    ("User-agent: *\nDisallow: /x$", "/x", False),
    ("User-agent: *\nDisallow: /x$", "/xy", True),
    ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
    ("User-agent: *\nDisallow: /a*b*c", "/a1c2b", True),
    ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9/x", False),
    ("User-agent: *\nDisallow: /café", "/caf%C3%A9", False),
    ("user-AGENT :  *  # all\r\ndisallow : /a # this", "/a", False),
    ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    ("User-agent: *\nCrawl-delay: 5\nDisallow: /a", "/a", False),
    ("User-agent: *\nSitemap: https://example.org/s.xml\nDisallow: /a", "/a", False),
    ("<html>not a robots file</html>", "/a", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), CASES, ids=range(len(CASES)))
def test_rules(text: str, path: str, allowed: bool):
    assert parse(text).allow(path) is allowed


def test_the_delay_is_read_and_bounded():
    assert parse("User-agent: *\nCrawl-delay: 7.5").delay_s == 7.5
    assert parse("User-agent: *\nCrawl-delay: 999999").delay_s == 3600
    assert parse("User-agent: *\nCrawl-delay: soon").delay_s == 0
    assert parse("User-agent: *\nCrawl-delay: 9\nUser-agent: onrecord\nAllow: /").delay_s == 0


def test_stars_do_not_make_matching_slow():
    rule = Rule(False, b"/" + b"*a" * 5_000 + b"$")
    assert not rule.matches(b"/" + b"a" * 4_000 + b"b")
    assert Rules((rule,)).allow("/x")


def check(server: Hostile, url: str = "http://example.org/a") -> str:
    try:
        Robots(client(Reached(server))).check(taken_apart(url))
    except FetchError as error:
        return error.code
    return "allowed"


# (answer to /robots.txt, what becomes of /a)
ANSWERS = {
    "allows": (ok("User-agent: *\nAllow: /", kind="text/plain"), "allowed"),
    "forbids": (ok("User-agent: *\nDisallow: /", kind="text/plain"), "robots-disallowed"),
    "not found": (ok("", status="404 Not Found"), "allowed"),
    "forbidden": (ok("", status="403 Forbidden"), "allowed"),
    "asked too often": (ok("", status="429 Too Many Requests"), "robots-unknown"),
    "fault": (ok("", status="500 Internal Server Error"), "robots-unknown"),
    "unavailable": (ok("", status="503 Service Unavailable"), "robots-unknown"),
    "no HTTP": (b"hello\r\n", "robots-unknown"),
    "too big": (ok("", "Content-Length: 999999999"), "robots-unknown"),
    "sends on for ever": (moved("/robots.txt"), "allowed"),
    "sends on into the network": (moved("http://127.0.0.1/robots.txt"), "private-address"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_the_answer_means(name: str):
    said, wanted = ANSWERS[name]
    if name == "too big":
        said = said.replace(b"Content-Length: 0\r\n", b"")
    with hostile({"/robots.txt": said}) as server:
        assert check(server) == wanted


def test_no_answer_is_no_permission():
    reached = Reached()
    with pytest.raises(FetchError) as caught:
        Robots(client(reached)).check(taken_apart("http://example.org/a"))
    assert caught.value.code == "unreachable"


def test_a_site_is_asked_once_a_day_and_again_sooner_where_it_failed():
    now = [0.0]
    with hostile({"/robots.txt": ok("User-agent: *\nDisallow: /b")}) as server:
        robots = Robots(client(Reached(server)), clock=lambda: now[0])
        for path in ("/a", "/c", "/d"):
            robots.check(taken_apart(f"http://example.org{path}"))
        assert server.paths == ["/robots.txt"]
        robots.check(taken_apart("https://example.org:8443/a".replace("https", "http")))
        assert server.paths == ["/robots.txt"] * 2
        now[0] = 86_401
        server.says["/robots.txt"] = ok("", status="500 No")
        for _ in range(2):
            with pytest.raises(FetchError):
                robots.check(taken_apart("http://example.org/a"))
        assert server.paths == ["/robots.txt"] * 3
        now[0] += 1_801
        server.says["/robots.txt"] = ok("")
        robots.check(taken_apart("http://example.org/a"))
        assert server.paths == ["/robots.txt"] * 4
