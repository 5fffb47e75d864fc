"""An answer → the feed that it is, read in a limited child process. Fetches nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from onrecord.errors import InputError
from onrecord.fetch import Fetched
from onrecord.follow import feed_worker
from onrecord.ingest.child import Child, ChildError, ChildLimits

FEEDS = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.1"
"""What is asked for with Accept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article. ``key`` tells it from the feed's others; all but ``key`` and ``url`` may be empty, and none is checked."""

    key: str
    url: str
    title: str = ""
    published: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What an address turned out to be: a ``feed`` with its entries, newest first as a rule, or a ``page`` that is followed for itself."""

    kind: Literal["feed", "page"]
    title: str = ""
    site: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()


class FeedReader:
    """Reads feeds in a child process that it starts when first needed. Use it as a context manager."""

    def __init__(self, limits: ChildLimits | None = None) -> None:
        self._child = Child(lambda: feed_worker.__file__, limits or ChildLimits(wall=10.0, processor=8, memory=600_000_000))

    def __enter__(self) -> Self:
        """Nothing to prepare."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the child."""
        self._child.close()

    def read(self, got: Fetched) -> Read:
        """The feed or page. Raises InputError (``no-feed``, ``feed-entities``, ``feed-too-hard``)."""
        head = json.dumps({"url": got.url, "content_type": got.headers.get("content-type", "")[:200]})
        try:
            found = self._child.ask(head.encode() + b"\n" + got.body)
        except ChildError as error:
            raise refused("feed-too-hard", got.url, error.detail) from error
        kind = found["kind"]
        if kind not in ("feed", "page"):
            raise refused("feed-entities" if kind == "entities" else "no-feed", got.url)
        if kind == "page":
            return Read("page")
        return Read("feed", found["title"], found["site"], found["language"], tuple(Entry(**entry) for entry in found["entries"]))


CODES: dict[str, tuple[str, str]] = {
    "no-feed": ("neither a feed nor a page", "give the address of an RSS, Atom or JSON feed, or of a page"),
    "feed-gone": ("where there was a feed, there is a page now", "open it in a browser; the feed may have moved"),
    "feed-entities": ("its XML declares entities of its own, which no feed needs", "nothing of it was read; tell its owner"),
    "feed-too-hard": ("reading it took too much time or memory", "nothing of it was read; tell its owner"),
}
"""Code → (meaning, hint)."""


def refused(code: str, where: str, detail: str = "") -> InputError:
    """The error ``code`` about the address ``where``; ``detail`` says what is special about this case."""
    meaning, hint = CODES[code]
    return InputError(f"{where}: {meaning}{f' ({detail})' if detail else ''}", code=code, hint=hint)
