"""Watch: what is new in saved searches, and their feeds. A feed is read by whoever has its key, for feed readers cannot sign in."""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.brief.entries import Entry, entries
from onrecord.brief.feed import atom, json_feed
from onrecord.desk import news, searches
from onrecord.desk.searches import Search
from onrecord.desk.tokens import Person
from onrecord.errors import NotThere
from onrecord.store import View
from onrecord.web.access import reader, visitor
from onrecord.web.filters import address
from onrecord.web.pages.searches import own, shown_at
from onrecord.web.render import page
from onrecord.web.serving import Serving, serving

router = APIRouter()
feeds = APIRouter()
"""Routes that let nobody in but by a key, or to what everybody may read."""
_ENTRIES, _FIRST = 50, 3
_PATIENCE = 0.1
"""Seconds in which a page looks through what was added; what is left is looked through by the next."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A search with how many are new since its owner looked, and the newest."""

    search: Search
    fresh: int
    newest: list[Entry]


@feeds.get("/watch/{search_id}.atom")
def as_atom(request: Request, search_id: str, key: str = "") -> Response:
    """The search as an Atom feed."""
    found, newest = _fed(request, search_id, key)
    return Response(atom(found, newest, _base(request), _here(request)), media_type="application/atom+xml; charset=utf-8")


@feeds.get("/watch/{search_id}.json")
def as_json(request: Request, search_id: str, key: str = "") -> Response:
    """The search as a JSON feed."""
    found, newest = _fed(request, search_id, key)
    return Response(json_feed(found, newest, _base(request), _here(request)), media_type="application/feed+json; charset=utf-8")


@router.get("/watch")
def watch(request: Request) -> Response:
    """What is new in each of the visitor's searches and the shared ones."""
    desk, who = serving(request), visitor(request).person
    kept = searches.searches(desk.book, who.name if who else None)
    with desk.view() as view:
        whole = news.look(desk.book, view, kept, seconds=_PATIENCE)
        watched = [_watched(desk, view, each, who) for each in kept]
    return page(request, "watch", at="watch", watched=watched, whole=whole, shown_at=shown_at, me=who.name if who else None)


@router.get("/watch/{search_id}")
def one(request: Request, search_id: str) -> Response:
    """What one search found, the last added first, and where its feeds are."""
    desk, who = serving(request), visitor(request).person
    found = _readable(request, search_id)
    with desk.view() as view:
        whole = news.look(desk.book, view, [found], seconds=_PATIENCE)
        items = news.news(desk.book, view, found, limit=_ENTRIES)
        newest, fresh = entries(view, found, items), {item.id for item in items if item.seq > found.seen}
        through = view.version()
    mine = who is not None and who.name == found.owner
    key = found.key if mine or not found.shared else None
    addresses = [(label, _base(request) + address(f"/watch/{found.id}.{end}", key=key)) for end, label in (("atom", "Atom"), ("json", "JSON"))]
    return page(
        request, "watch_one", at="watch", search=found, entries=newest, fresh=fresh if mine else set(), through=through, whole=whole, mine=mine,
        addresses=addresses, shown_at=shown_at,
    )  # fmt: skip


@router.post("/watch/{search_id}")
def looked(request: Request, search_id: str, who: Annotated[Person, Depends(reader)]) -> Response:
    """Note that the owner has seen what is shown."""
    found = own(request, search_id, who)
    searches.looked(serving(request).book, found.id, found.through)
    return RedirectResponse("/watch", 303)


def _watched(desk: Serving, view: View, found: Search, who: Person | None) -> Watched:
    mine = who is not None and who.name == found.owner
    fresh = news.count(desk.book, found, found.seen) if mine else 0
    return Watched(found, fresh, entries(view, found, news.news(desk.book, view, found, limit=_FIRST)))


def _fed(request: Request, search_id: str, key: str) -> tuple[Search, list[Entry]]:
    desk = serving(request)
    found = _readable(request, search_id, key)
    with desk.view() as view:
        news.look(desk.book, view, [found], seconds=_PATIENCE)
        return found, entries(view, found, news.news(desk.book, view, found, limit=_ENTRIES))


def _readable(request: Request, search_id: str, key: str = "") -> Search:
    """The search, if whoever asks may read it: its owner, a reader where it is shared, whoever has its key. Raises NotThere."""
    desk, who = serving(request), visitor(request).person
    with suppress(NotThere):
        found = searches.search(desk.book, search_id)
        keyed = hmac.compare_digest(key.encode(), found.key.encode())
        shared = found.shared and (who is not None or not desk.settings.closed)
        if keyed or shared or (who is not None and who.name == found.owner):
            return found
    raise NotThere("no search of yours has this id", hint="it was removed, or is somebody's own; its feed needs the address that the page shows")


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _here(request: Request) -> str:
    return str(request.url)
