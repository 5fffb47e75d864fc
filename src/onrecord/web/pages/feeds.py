"""Followed feeds and how they fare; an admin names and forgets them. Nothing is ever fetched from here: that is for ``onrecord watch``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.desk import feeds
from onrecord.desk.tokens import Person
from onrecord.errors import QueryError
from onrecord.fetch import CODES as FETCHING
from onrecord.follow import CODES as READING
from onrecord.ingest import KINDS
from onrecord.web.access import Form, admin, posted, visitor
from onrecord.web.filters import check
from onrecord.web.render import page
from onrecord.web.serving import serving

router = APIRouter()
_LISTED = 300


@router.get("/feeds")
def followed(request: Request) -> Response:
    """The feeds, those in trouble first."""
    check(request, set())
    return _page(request)


@router.post("/feeds")
def change(request: Request, who: Annotated[Person, Depends(admin)], form: Annotated[Form, Depends(posted)]) -> Response:
    """Follow the address ``feed`` from now on, or, where the pressed button (``do``) says so, no longer."""
    book, url = serving(request).book, form.get("feed", "")
    try:
        if form.get("do") == "forget":
            feeds.forget(book, url)
        else:
            publisher = form.get("publisher", "").strip()[:200] or None
            feeds.follow(book, url, by=who.name, publisher=publisher, now=datetime.now(UTC))
    except QueryError as error:
        return _page(request, wrong=error, named=url[:2000], status=400)
    return RedirectResponse("/feeds", 303)


def _page(request: Request, *, wrong: QueryError | None = None, named: str = "", status: int = 200) -> Response:
    person = visitor(request).person
    listed = feeds.health(serving(request).book)
    asked = max((feed.tried_at for feed in listed if feed.tried_at), default=None)
    return page(
        request, "feeds", status=status, at="feeds", feeds=listed[:_LISTED], total=len(listed), asked=asked, states=feeds.STATES, wrong=wrong,
        named=named, may=person is not None and person.may("admin"), open_address=open_address, why=why,
    )  # fmt: skip


def open_address(url: str) -> str:
    """A feed's address for everybody: what follows the ``?`` may be somebody's key to a feed that is paid for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}" + ("?…" if parts.query else "")


def why(code: str) -> str:
    """What a feed's problem is, in words that give no address away."""
    kind = KINDS.get(code)
    return kind.meaning if kind else {**FETCHING, **READING}.get(code, (code, ""))[0]
