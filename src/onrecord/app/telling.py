"""What is new in saved searches is told: in a digest, or posted to webhooks. What was told is remembered, and not told again."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import FetchError

if TYPE_CHECKING:
    from onrecord.brief.digest import Told
    from onrecord.desk import Desk
    from onrecord.desk.news import Item
    from onrecord.desk.searches import Search
    from onrecord.store import View

Post = Callable[[str, bytes, Mapping[str, str]], int]
"""Sends a JSON body with headers to an address and returns the status; raises FetchError."""
SHOWN = 60
"""So many entries of a search are in a digest."""
_POSTED = 100
"""About so many records are posted at once."""


def told(store: str | Path, *, since: str | None = None) -> list[Told]:
    """What is new in each search that is in the digest, since the last digest or since a day. Nothing is remembered yet: see :func:`remember`.

    Raises StoreError.
    """
    from onrecord.brief.digest import Told  # noqa: PLC0415 - loaded where something is told
    from onrecord.brief.entries import entries  # noqa: PLC0415
    from onrecord.desk import news, open_desk, searches  # noqa: PLC0415
    from onrecord.store import open_store  # noqa: PLC0415

    found = []
    with open_store(store) as opened, opened.view() as view:
        desk = open_desk(store)
        for search in (each for each in searches.searches(desk, every=True) if each.digest):
            news.look(desk, view, [search])
            first = search.told if since is None else news.before(desk, search, since)
            items = news.news(desk, view, search, since=first, limit=SHOWN)
            more = news.count(desk, search, first) - len(items)
            found.append(Told(search, tuple(entries(view, search, items)), max(0, more), view.version()))
    return found


def remember(store: str | Path, digest: list[Told]) -> None:
    """Note that a digest was given out: the next one begins behind it."""
    from onrecord.desk import news, open_desk  # noqa: PLC0415

    desk = open_desk(store)
    for each in digest:
        news.told(desk, each.search.id, each.through, how="told")


def post(store: str | Path, send: Post, *, say: Callable[[str, str], None] = lambda _name, _what: None) -> bool:
    """Post what is new in each search to its webhook, the first added first; whether all of it was taken.

    A webhook has taken a body when it answers with a status of 200 to 299; what was not taken is posted the next time, and nothing behind it before.
    ``X-Onrecord-Delivery`` is the same when a body is posted again, for an answer can be lost on its way. ``say``: told what became of each search.
    """
    from onrecord.desk import open_desk, searches  # noqa: PLC0415
    from onrecord.store import open_store  # noqa: PLC0415

    whole = True
    with open_store(store) as opened, opened.view() as view:
        desk = open_desk(store)
        for search in (each for each in searches.searches(desk, every=True) if each.webhook):
            try:
                say(search.name, f"{_deliver(desk, view, search, send)} posted")
            except FetchError as error:
                whole = False
                say(search.name, "; ".join(filter(None, (f"not taken, and posted again the next time: {error.message}", error.hint))))
    return whole


def _deliver(desk: Desk, view: View, search: Search, send: Post) -> int:
    from onrecord.desk import news  # noqa: PLC0415

    news.look(desk, view, [search])
    posted = 0
    for items in _batches(news.news(desk, view, search, since=search.posted, limit=news.KEPT)):
        delivery = f"{search.id}-{items[-1].seq}"
        body = _body(view, search, items, delivery)
        signed = hmac.new(search.secret.encode(), body, hashlib.sha256).hexdigest()
        status = send(search.webhook or "", body, {"X-Onrecord-Delivery": delivery, "X-Onrecord-Signature": f"sha256={signed}"})
        if not 200 <= status < 300:
            raise FetchError(f"{search.webhook}: it answers with status {status}", code="bad-status", hint="its own log says why")
        news.told(desk, search.id, items[-1].seq, how="posted")
        posted += len(items)
    return posted


def _batches(newest_first: list[Item]) -> Iterator[list[Item]]:
    """The first added first; what one change brought stays together."""
    batch: list[Item] = []
    for _, group in groupby(reversed(newest_first), key=lambda item: item.seq):
        batch += group
        if len(batch) >= _POSTED:
            yield batch
            batch = []
    if batch:
        yield batch


def _body(view: View, search: Search, items: list[Item], delivery: str) -> bytes:
    from onrecord.brief.entries import entries  # noqa: PLC0415
    from onrecord.desk.searches import fields  # noqa: PLC0415

    asked = {"id": search.id, "name": search.name, "query": search.query, "filter": fields(search.wanted)}
    body = {"search": asked, "delivery": delivery, "entries": [entry.full() for entry in entries(view, search, items)]}
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
