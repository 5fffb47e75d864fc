"""An article that was fetched → an item, as any page that is added: what the feed says of it fills in what is certain. Fetches and stores nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from onrecord.desk.feeds import Followed, Listed
from onrecord.errors import InputError
from onrecord.fetch import Fetched
from onrecord.ingest import Item
from onrecord.ingest.fields import iso_date
from onrecord.ingest.items import RefusedError, Settings
from onrecord.ingest.language import check_language
from onrecord.ingest.page import PageReader, page_item
from onrecord.ingest.problems import problem
from onrecord.text.cleaning import scrub

_PAGES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = timedelta(days=2)
"""Nothing was published on the web before, nor is later than tomorrow: such a date is a mistake, and the page is asked for it instead."""


def article(got: Fetched, listed: Listed, feed: Followed, pages: PageReader, *, now: datetime) -> Item:
    """The item that ``listed`` is, keyed by its address. A refused one carries its problem."""
    settings = Settings(
        published=published(listed.published, now), publisher=scrub(publisher(got.url, listed, feed)), title=scrub(listed.title) or None, url=got.url
    )
    if got.content_type not in _PAGES:
        return Item(listed.url, problem=problem("unsupported-format", got.url, got.content_type[:40]))
    try:
        return page_item(got.body, got.url, listed.url, settings, pages)
    except RefusedError as refused:
        return Item(listed.url, problem=refused.problem)


def foreign(listed: Listed, feed: Followed) -> RefusedError | None:
    """Why it need not be fetched: the feed says that it is in a language which cannot be read. Where it says English, the text is still asked."""
    try:
        check_language("", listed.language or feed.language, listed.url)
    except RefusedError as refused:
        return refused
    return None


def published(value: str, now: datetime) -> str | None:
    """The feed's date of an article as an ISO date-time, in its own time zone; None where it is none, or cannot be true."""
    try:
        at = datetime.fromisoformat(iso_date(value, "a feed")) if value else None
    except InputError:
        return None
    if at is None or not _EARLIEST <= (at if at.tzinfo else at.replace(tzinfo=UTC)) <= now + _LATEST:
        return None
    return value if len(value) == len("2024-07-04") else at.isoformat()


def publisher(url: str, listed: Listed, feed: Followed) -> str:
    """Who published what was found at ``url``: the feed's publisher on its own site; elsewhere whom the feed names, else the host."""
    host = site(url)
    if feed.publisher and (same_site(host, feed.site) or same_site(host, site(feed.url))):
        return feed.publisher
    return listed.publisher or host


def site(url: str) -> str:
    """The host of an address, without the www; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one, or one lies under the other."""
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))
