"""Saved searches: keeping, naming, sharing, removing them. Reading them is open to whoever may read; everything else needs a token."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.desk import searches
from onrecord.desk.searches import Search
from onrecord.desk.tokens import Person
from onrecord.errors import QueryError
from onrecord.web.access import Denied, Form, posted, reader, visitor
from onrecord.web.filters import address
from onrecord.web.pages.search import ASKED
from onrecord.web.render import page
from onrecord.web.serving import serving
from onrecord.web.tolerant import read

router = APIRouter()
_BACK = 200
"""A new feed begins so many changes back, so that it is not empty."""
_TAB = {query: tab for tab, query in ASKED.items()}


@router.get("/searches")
def kept(request: Request) -> Response:
    """The visitor's own searches and the shared ones."""
    return _page(request)


@router.post("/searches")
def save(request: Request, who: Annotated[Person, Depends(reader)], form: Annotated[Form, Depends(posted)]) -> Response:
    """Keep the search of an address: ``asked`` is its query string."""
    fields = dict(parse_qsl(form.get("asked", "")[:8_000]))
    query = ASKED.get(fields.pop("view", "all"), "timeline")
    written = read({name: value for name, value in fields.items() if name not in ("after", "limit")})
    desk = serving(request)
    with desk.view() as view:
        version = view.version()
    wrong = next((QueryError(each.message, hint=each.hint) for each in written.wrong.values()), None)
    try:
        if wrong is None:
            searches.save(desk.book, form.get("name", ""), who.name, query, written.wanted, version=version, back=_BACK, shared="shared" in form)
    except QueryError as error:
        wrong = error
    if wrong is not None:
        return _page(request, wrong=wrong, asked=form.get("asked", "")[:8_000], name=form.get("name", "")[:200], status=400)
    return RedirectResponse("/searches", 303)


@router.post("/searches/{search_id}")
def change(request: Request, search_id: str, who: Annotated[Person, Depends(reader)], form: Annotated[Form, Depends(posted)]) -> Response:
    """Rename, share, follow by digest or webhook, give a new key, or remove: what the pressed button (``do``) says."""
    book = serving(request).book
    own(request, search_id, who)
    try:
        if form.get("do") == "remove":
            searches.remove(book, search_id)
        elif form.get("do") == "key":
            searches.new_key(book, search_id)
        else:
            webhook = form.get("webhook", "")
            searches.change(book, search_id, name=form.get("name"), shared="shared" in form, digest="digest" in form, webhook=webhook)
    except QueryError as error:
        return _page(request, wrong=error, status=400)
    return RedirectResponse("/searches", 303)


def own(request: Request, search_id: str, who: Person) -> Search:
    """The search, if it is this person's. Raises Denied, and QueryError where there is none."""
    found = searches.search(serving(request).book, search_id)
    if found.owner != who.name:
        raise Denied(403, f"this search is {found.owner}'s" if found.shared else "this search is somebody else's", "save it under your own name")
    return found


def shown_at(found: Search) -> str:
    """The address of the page that shows what a search finds."""
    tab = _TAB[found.query]
    return address("/search", found.wanted, view=None if tab == "all" else tab)


def _page(request: Request, *, wrong: QueryError | None = None, asked: str = "", name: str = "", status: int = 200) -> Response:
    who = visitor(request).person
    found = searches.searches(serving(request).book, who.name if who else None)
    return page(
        request, "searches", status=status, at="watch", searches=found, shown_at=shown_at, labels=_LABELS, wrong=wrong, asked=asked, called=name,
        me=who.name if who else None,
    )  # fmt: skip


_LABELS = {"timeline": "records of all kinds", "documents": "reports"}
