"""Rounds over the followed feeds: ask those that are due, list what is new, fetch it politely, hand it on. Reads no records and keeps no documents.

Whatever goes wrong with a feed or an article is written down with it and costs nothing else. All state is in the desk: killed at any moment, the next
round goes on where this one was.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from onrecord.desk import Desk, feeds
from onrecord.desk.database import iso
from onrecord.desk.feeds import Followed, Listed
from onrecord.errors import FetchError, InputError
from onrecord.fetch import Fetched, Polite
from onrecord.follow.article import article, foreign, site
from onrecord.follow.feed import FEEDS, FeedReader, refused
from onrecord.ingest import Item
from onrecord.ingest.page import PageReader
from onrecord.model import Problem

LONGEST = timedelta(days=1)
"""Between two questions to a feed that fails, or that says its answer is good for longer."""
RETRIES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4), timedelta(days=1))
"""After how long an article is tried again."""
GIVEN_UP = timedelta(days=30)
MOST_OF_A_FEED, MOST_ARTICLES = 50, 1_000
"""Articles fetched in one round."""
_PASSING = frozenset({"no-such-host", "unreachable", "bad-certificate", "too-slow", "bad-packing", "bad-answer", "robots-unknown", "bad-status"})
_HOST_FAULTS = frozenset({"no-such-host", "unreachable", "bad-certificate", "too-slow", "robots-unknown"})
_PATIENCE_WITH_A_HOST = 2
"""Faults of a host in one round, after which its other articles are left for the next."""
_UNCHANGED = 304
_MAX_AGE = re.compile(r"max-age\s*=\s*([0-9]{1,9})")


@dataclass(slots=True)
class Follower:
    """Follows what ``desk`` says.

    ``has``: whether the store holds the input with this key; ``keep``: reads an item and stores it, or logs its problem; True where it was stored.
    ``every``: between two questions to one feed; ``say``: told of each step that went well or is put off (address, what became of it); ``now``: for
    tests to replace.
    """

    desk: Desk
    polite: Polite
    feed_reader: FeedReader
    pages: PageReader
    has: Callable[[str], bool]
    keep: Callable[[Item], bool]
    every: timedelta
    say: Callable[[str, str], None]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _faults: Counter[str] = field(default_factory=Counter, init=False)

    def round(self) -> None:
        """Ask every feed that is due, then fetch what waits, the hosts in turn, for as long as feeds may be left alone.

        Raises StoreError where the store or the desk cannot be written.
        """
        self._faults.clear()
        for feed in sorted(feeds.due(self.desk, self.now()), key=lambda f: self._wait_s(_host(f.url))):
            self._ask(feed)
        known = {feed.key: feed for feed in feeds.followed(self.desk)}
        queues: dict[str, deque[Listed]] = {}
        for item in {i.url: i for i in feeds.waiting(self.desk, now=self.now(), of_each=MOST_OF_A_FEED, limit=MOST_ARTICLES)}.values():
            queues.setdefault(_host(item.url), deque()).append(item)
        until = self.now() + self.every
        while queues and self.now() < until:
            host = min(queues, key=self._wait_s)
            item = queues[host].popleft()
            if not queues[host]:
                del queues[host]
            if item.feed in known:
                self._take(item, known[item.feed])

    def idle_s(self) -> float:
        """Seconds until there is something to do; infinite where nothing is followed."""
        at = feeds.next_due(self.desk)
        return max(0.0, (datetime.fromisoformat(at) - self.now()).total_seconds()) if at else float("inf")

    def _wait_s(self, host: str) -> float:
        return self.polite.pace.wait_s(host)

    def _ask(self, feed: Followed) -> None:
        """Ask one feed, and list what is new in it."""
        try:
            got = self.polite.fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified, accept=FEEDS)
            said = "nothing new" if got.status == _UNCHANGED else self._read(feed, got)
        except (FetchError, InputError) as error:
            self._failed(feed, error)
            return
        kept = (feed.etag, feed.last_modified) if got.status == _UNCHANGED else (None, None)
        etag, last_modified = got.headers.get("etag") or kept[0], got.headers.get("last-modified") or kept[1]
        feeds.answered(self.desk, feed, now=self.now(), again=self._again(got), etag=etag, last_modified=last_modified)
        self.say(feed.url, said)

    def _read(self, feed: Followed, got: Fetched) -> str:
        """List what the answer holds; what became of it in words. Raises InputError."""
        read = self.feed_reader.read(got)
        if (feed.kind, read.kind) == ("feed", "page"):
            raise refused("feed-gone", feed.url)
        host = site(read.site) or site(got.url)
        feed = feeds.describe(self.desk, feed, kind=read.kind, title=read.title, site=host, language=read.language)
        if read.kind == "page":
            return self._page(feed, got)
        items = [Listed(feed.key, e.key, e.url, e.title, e.published, e.language, e.publisher) for e in read.entries]
        found = feeds.list_items(self.desk, items, now=self.now())
        return f"{found} new of {len(items)}" if found else "nothing new"

    def _page(self, feed: Followed, got: Fetched) -> str:
        """A page that is followed for itself: its article is a new one when its text is. Raises InputError where there is none."""
        item = article(got, Listed(feed.key, "", feed.url), feed, self.pages, now=self.now())
        if item.document is None:
            raise InputError(item.problem.message, code=item.problem.code, hint=item.problem.hint) if item.problem else InputError("no article")
        listed = Listed(feed.key, item.document.id, f"{feed.url}#{item.document.id}")
        if not feeds.list_items(self.desk, [listed], now=self.now()):
            return "nothing new"
        self._keep(listed, replace(item, key=listed.url))
        return "1 new"

    def _take(self, listed: Listed, feed: Followed) -> None:
        """Fetch one article and hand it on."""
        host = _host(listed.url)
        if self.has(listed.url):  # read before the last stop, and not written down
            feeds.settle(self.desk, listed, "done")
        elif unreadable := foreign(listed, feed):
            self._give_up(listed, unreadable.problem)
        elif self._faults[host] >= _PATIENCE_WITH_A_HOST:
            feeds.postpone(self.desk, listed, until=self.now() + RETRIES[0], tried=False, code="unreachable", problem=f"{host} did not answer others")
        else:
            try:
                got = self.polite.fetch(listed.url, accept="text/html, application/xhtml+xml;q=0.9, */*;q=0.1", led_by=feed.url)
            except FetchError as error:
                self._faults[host] += error.code in _HOST_FAULTS
                self._later(listed, error)
            else:
                self._keep(listed, article(got, listed, feed, self.pages, now=self.now()))

    def _keep(self, listed: Listed, item: Item) -> None:
        if item.document is not None:
            feeds.means(self.desk, listed, item.document.id)
        if self.keep(item):
            feeds.settle(self.desk, listed, "done")
            self.say(listed.url, "read")
        else:
            problem = item.problem if item.document is None else None
            feeds.settle(self.desk, listed, "failed", *((problem.code, problem.message) if problem else ("reading-failed", "it could not be read")))

    def _later(self, listed: Listed, error: FetchError) -> None:
        """Try an article again, or not: what is refused for good is not, nor what failed often or for long."""
        now, patience = self.now(), error.code == "asked-to-wait"
        old = bool(listed.found_at) and now - datetime.fromisoformat(listed.found_at) > GIVEN_UP
        if old or not (patience or (error.code in _PASSING and listed.tries < len(RETRIES))):
            self._give_up(listed, _problem(error, listed.url))
            return
        wait = timedelta(seconds=error.wait_s or 0)
        until = now + (wait if patience else max(wait, RETRIES[listed.tries]))
        feeds.postpone(self.desk, listed, until=until, tried=not patience, code=error.code, problem=error.message)
        self.say(listed.url, f"{error.code}, again at {iso(until)}")

    def _give_up(self, listed: Listed, problem: Problem) -> None:
        self._keep(listed, Item(listed.url, problem=problem))

    def _failed(self, feed: Followed, error: FetchError | InputError) -> None:
        """Write down why a feed failed, and ask it again, ever more seldom; a site that asks for patience gets just that."""
        wait = timedelta(seconds=getattr(error, "wait_s", None) or 0)
        again = wait if error.code == "asked-to-wait" else max(wait, self.every, min(LONGEST, self.every * 2 ** min(feed.failures, 10)))
        feeds.failed(self.desk, feed, error.code, error.message, now=self.now(), again=again)
        if error.code == "asked-to-wait":
            self.say(feed.url, error.message)
        else:
            self.keep(Item(feed.url, problem=_problem(error, feed.url)))

    def _again(self, got: Fetched) -> timedelta:
        """When to ask a feed again that answered: as often as wanted, but not before its answer is stale (Cache-Control, RFC 9111)."""
        fresh = _MAX_AGE.search(got.headers.get("cache-control", ""))
        return max(self.every, min(LONGEST, timedelta(seconds=int(fresh[1])))) if fresh else self.every


def _problem(error: FetchError | InputError, where: str) -> Problem:
    return Problem(error.code, error.message.removeprefix(f"{where}: "), where, error.hint)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
