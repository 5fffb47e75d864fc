"""Followed feeds and what they list, as the desk keeps them: which are due, what became of each, how they fare. Fetches and reads nothing.

Times are given by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from onrecord.desk.database import Desk, iso
from onrecord.errors import FetchError, QueryError
from onrecord.fetch.addresses import taken_apart

Kind = Literal["feed", "page"]
State = Literal["new", "ok", "waiting", "failing"]
STATES: dict[State, str] = {
    "new": "it was not asked yet: onrecord watch does that",
    "ok": "it answered the last time it was asked",
    "waiting": "it asked for patience, and gets it",
    "failing": "it did not answer as it should; it is asked again, ever more seldom",
}
"""How a feed fares, and what that means."""
MOST_FEEDS = 5_000
_COLUMNS = (
    "key, url, added_at, added_by, kind, title, site, publisher, language, etag, last_modified, due_at, tried_at, answered_at, failures,"
    " code, problem, done, waiting, failed, newest"
)


@dataclass(frozen=True, slots=True)
class Followed:
    """A followed feed or page as it is kept; the columns are explained in ``migrations/003_feeds.sql``."""

    key: int
    url: str
    added_at: str
    added_by: str
    kind: Kind | None
    title: str
    site: str
    publisher: str | None
    language: str
    etag: str | None
    last_modified: str | None
    due_at: str
    tried_at: str | None
    answered_at: str | None
    failures: int
    code: str | None
    problem: str | None
    done: int = 0
    waiting: int = 0
    failed: int = 0
    newest: str | None = None

    @property
    def state(self) -> State:
        """How it fares."""
        if self.tried_at is None:
            return "new"
        if self.code is None:
            return "ok"
        return "waiting" if self.code == "asked-to-wait" else "failing"

    def row(self) -> dict[str, str | int | None]:
        """How it fares, as a row of a table; times in UTC."""
        return {
            "feed": self.url, "state": self.state, "publisher": self.publisher, "title": self.title or None, "kind": self.kind, "read": self.done,
            "waiting": self.waiting, "failed": self.failed, "newest": self.newest, "answered_at": self.answered_at, "due_at": self.due_at,
            "failures": self.failures, "code": self.code, "problem": self.problem, "added_at": self.added_at, "added_by": self.added_by or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One article that a feed listed and that is to be fetched."""

    feed: int
    key: str
    url: str
    title: str = ""
    published: str = ""
    language: str = ""
    publisher: str = ""
    found_at: str = ""
    tries: int = 0
    document_id: str | None = None


def follow(desk: Desk, url: str, *, by: str = "", publisher: str | None = None, now: datetime) -> bool:
    """Follow ``url`` from now on; False where it was followed already, and is then asked at once unless it asked for patience.

    ``publisher``: what its articles count as published by. Raises QueryError for what is no web address, and where too many are followed.
    """
    url = _address(url)
    with desk.writing() as db:
        if publisher is not None:
            db.execute("UPDATE feeds SET publisher = ? WHERE url = ?", (publisher, url))
        if db.execute("SELECT 1 FROM feeds WHERE url = ?", (url,)).fetchone():
            db.execute("UPDATE feeds SET due_at = min(due_at, ?) WHERE url = ? AND code IS NOT 'asked-to-wait'", (iso(now), url))
            return False
        if db.execute("SELECT count(*) FROM feeds").fetchone()[0] >= MOST_FEEDS:
            raise QueryError(f"{MOST_FEEDS:,} feeds are followed, and not more than that", hint="forget some with onrecord watch STORE --forget FEED")
        sql = "INSERT INTO feeds (url, added_at, added_by, publisher, due_at) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, (url, iso(now), by, publisher, iso(now)))
        return True


def forget(desk: Desk, url: str) -> None:
    """Follow ``url`` no longer; what was read of it stays in the store. Raises QueryError where it is not followed."""
    with desk.writing() as db:
        if not db.execute("DELETE FROM feeds WHERE url IN (?, ?)", (url, _address(url))).rowcount:
            raise QueryError(f"{url} is not followed", hint="onrecord feeds STORE names those that are")


def _address(url: str) -> str:
    """The address as it is kept: what would be asked. Raises QueryError."""
    try:
        return taken_apart(url).url
    except FetchError as error:
        raise QueryError(error.message, hint=error.hint) from error


def followed(desk: Desk) -> list[Followed]:
    """All followed feeds, by address."""
    with desk.reading() as db:
        return [Followed(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM feeds ORDER BY url")]  # noqa: S608 - our own columns


def health(desk: Desk) -> list[Followed]:
    """All followed feeds: those in trouble first, then by address."""
    return sorted(followed(desk), key=lambda feed: (feed.state != "failing", feed.state != "waiting", feed.url))


def due(desk: Desk, now: datetime) -> list[Followed]:
    """The feeds that are to be asked, the one that has waited longest first."""
    with desk.reading() as db:
        rows = db.execute(f"SELECT {_COLUMNS} FROM feeds WHERE due_at <= ? ORDER BY due_at, url", (iso(now),))  # noqa: S608 - our own columns
        return [Followed(*row) for row in rows]


def next_due(desk: Desk) -> str | None:
    """When the next feed or article is to be asked; None where there is none."""
    with desk.reading() as db:
        sql = "SELECT min(due_at) FROM (SELECT due_at FROM feeds UNION ALL SELECT due_at FROM items WHERE state = 'waiting')"
        found: str | None = db.execute(sql).fetchone()[0]
        return found


def answered(desk: Desk, feed: Followed, *, now: datetime, again: timedelta, etag: str | None, last_modified: str | None) -> None:
    """It answered; ask it ``again`` after that time. ``etag``, ``last_modified``: what it calls this answer."""
    sql = (
        "UPDATE feeds SET tried_at = ?1, answered_at = ?1, due_at = ?2, etag = ?3, last_modified = ?4, failures = 0, code = NULL, problem = NULL"
        " WHERE key = ?5"
    )
    with desk.writing() as db:
        db.execute(sql, (iso(now), iso(now + again), etag, last_modified, feed.key))


def failed(desk: Desk, feed: Followed, code: str, problem: str, *, now: datetime, again: timedelta) -> None:
    """It did not answer as it should; ask it ``again`` after that time."""
    sql = "UPDATE feeds SET tried_at = ?, due_at = ?, failures = failures + 1, code = ?, problem = ? WHERE key = ?"
    with desk.writing() as db:
        db.execute(sql, (iso(now), iso(now + again), code, problem, feed.key))


def describe(desk: Desk, feed: Followed, *, kind: Kind, title: str, site: str, language: str) -> Followed:
    """Keep what the feed says of itself.

    Where nobody named a publisher, it is the one of another feed with the same ``site``, so that two sections of a paper do not count as two papers;
    else the feed's title; else the site.
    """
    with desk.writing() as db:
        same = db.execute("SELECT publisher FROM feeds WHERE site = ? AND publisher IS NOT NULL ORDER BY key", (site,)).fetchone()
        publisher = same[0] if same and site else title or site
        sql = "UPDATE feeds SET kind = ?, title = ?, site = ?, language = ?, publisher = coalesce(publisher, ?) WHERE key = ?"
        db.execute(sql, (kind, title, site, language, publisher, feed.key))
    return replace(feed, kind=kind, title=title, site=site, language=language, publisher=feed.publisher or publisher)


def list_items(desk: Desk, items: Sequence[Listed], *, now: datetime) -> int:
    """Keep what is new among ``items`` and return how many that were. One whose address another feed led to already is as done, or failed, as it."""
    sql = (
        "INSERT INTO items (feed, key, url, title, published, language, publisher, found_at, state, due_at, document_id, code, problem)"
        " SELECT f.key, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(o.state, 'waiting'), ?8, o.document_id, o.code, o.problem FROM feeds f"
        " LEFT JOIN (SELECT * FROM items WHERE url = ?3 AND state <> 'waiting' LIMIT 1) o ON true WHERE f.key = ?1 ON CONFLICT DO NOTHING"
    )
    with desk.writing() as db:
        rows = ((i.feed, i.key, i.url, i.title, i.published, i.language, i.publisher, iso(now)) for i in items)
        return sum(db.execute(sql, row).rowcount for row in rows)


def waiting(desk: Desk, *, now: datetime, of_each: int, limit: int) -> list[Listed]:
    """The articles that are to be fetched now, the first found first: at most so many of each feed, and in all."""
    sql = (
        "SELECT feed, key, url, title, published, language, publisher, found_at, tries, document_id FROM"
        " (SELECT *, row_number() OVER (PARTITION BY feed ORDER BY found_at, key) AS place FROM items WHERE state = 'waiting' AND due_at <= ?)"
        " WHERE place <= ? ORDER BY found_at, feed, key LIMIT ?"
    )
    with desk.reading() as db:
        return [Listed(*row) for row in db.execute(sql, (iso(now), of_each, limit))]


def postpone(desk: Desk, item: Listed, *, until: datetime, tried: bool, code: str, problem: str) -> None:
    """Fetch an article later; ``tried``: it counts as a try."""
    with desk.writing() as db:
        sql = "UPDATE items SET due_at = ?, tries = tries + ?, code = ?, problem = ? WHERE url = ? AND state = 'waiting'"
        db.execute(sql, (iso(until), tried, code, problem, item.url))


def means(desk: Desk, item: Listed, document_id: str) -> None:
    """Say which document an article is, before the store has it: after a kill between the two, it is known what was meant."""
    with desk.writing() as db:
        db.execute("UPDATE items SET document_id = ? WHERE url = ? AND state = 'waiting'", (document_id, item.url))


def settle(desk: Desk, item: Listed, state: Literal["done", "failed"], code: str | None = None, problem: str | None = None) -> None:
    """What became of an article, whichever feeds list it."""
    with desk.writing() as db:
        sql = (
            "UPDATE items SET state = ?1, code = ?2, problem = ?3, document_id = iif(?1 = 'done', document_id, NULL)"
            " WHERE url = ?4 AND state = 'waiting'"
        )
        db.execute(sql, (state, code, problem, item.url))
