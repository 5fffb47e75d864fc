"""A made-up newspaper on loopback with feeds and articles, and a follower whose clock a test turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fetch.hostile import Hostile, Reached, client, hostile, ok
from onrecord.desk import Desk, feeds, open_desk
from onrecord.fetch import Pace, Polite
from onrecord.follow import FeedReader, Follower
from onrecord.ingest import Item
from onrecord.ingest.page import PageReader

FEED = "http://paper.example/rss"


def page(words: str, *, name: str = "Paper") -> bytes:
    return ok(
        f'<!doctype html><html lang="en"><head><title>{words} | {name}</title><meta property="og:site_name" content="{name}"></head><body><article>'
        f"<h1>{words}</h1><p>STRELSAU — The ministers of Ruritania and Borduria met and spoke of {words}, an official said on Thursday.</p>"
        "<p>The talks went on for three hours, and the two sides will meet again before the harvest, he told reporters.</p></article></body></html>"
    )


def entry(number: int | str, *, day: int = 4, link: str | None = None) -> str:
    link = link or f"http://www.paper.example/{number}"
    when = f"Thu, {day:02} Jul 2024 10:00:00 GMT"
    return f"<item><guid isPermaLink='false'>id-{number}</guid><title>Story {number}</title><link>{link}</link><pubDate>{when}</pubDate></item>"


def rss(
    *entries: str, title: str = "The Paper", site: str = "http://www.paper.example/", language: str = "en-gb", headers: tuple[str, ...] = ()
) -> bytes:
    body = f"<rss version='2.0'><channel><title>{title}</title><link>{site}</link><language>{language}</language>{''.join(entries)}</channel></rss>"
    return ok(body, *headers, kind="application/rss+xml")


@dataclass
class World:
    """A newspaper, its reader, and what came of it."""

    server: Hostile
    desk: Desk
    follower: Follower
    now: list[datetime]
    kept: dict[str, Item] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)

    def follow(self, *urls: str, publisher: str | None = None) -> None:
        for url in urls or (FEED,):
            feeds.follow(self.desk, url, publisher=publisher, now=self.now[0])

    def round(self, **later: float) -> list[str]:
        """A round after that time; the paths that were asked for, robots.txt left out."""
        self.now[0] += timedelta(**later)
        asked = len(self.server.requests)
        self.follower.round()
        return [path for path in self.server.paths[asked:] if path != "/robots.txt"]

    def feed(self, url: str = FEED) -> feeds.Followed:
        return next(h for h in feeds.health(self.desk) if h.url == url)

    def keep(self, item: Item) -> bool:
        if item.document is None:
            self.problems.append(item.problem.code)
            return False
        self.kept[item.key] = item
        return True


@contextmanager
def world(folder: Path, says: dict, **settings) -> Iterator[World]:
    """A world without pauses: waiting moves the clock of the pace only."""
    with hostile(says) as server, FeedReader() as feed_reader, PageReader() as pages:
        seconds = [0.0]

        def sleep(s: float) -> None:
            seconds[0] += s

        now = [datetime(2024, 7, 5, tzinfo=UTC)]
        polite = Polite(client(Reached(server), **settings), Pace(clock=lambda: seconds[0] + now[0].timestamp(), sleep=sleep))
        desk = open_desk(folder / "w.onrecord")
        follower = Follower(
            desk, polite, feed_reader, pages, has=lambda key: key in made.kept, keep=lambda item: World.keep(made, item), every=timedelta(minutes=30),
            say=lambda url, what: made.said.append((url, what)), now=lambda: now[0],
        )  # fmt: skip
        made = World(server, desk, follower, now)
        yield made
