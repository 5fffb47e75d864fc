"""Every query of the catalogue under its own name, its parameters the fields of the Filter. Lists are asked live; what is aggregated is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as Param

from onrecord.errors import QueryError
from onrecord.query import QUERIES, Filter, Query, with_whole_ids
from onrecord.store import View
from onrecord.web.answers import LIVE, NotYet
from onrecord.web.api import schemas
from onrecord.web.api.replies import WORKING, answers, listed, listing, not_yet, reply, told
from onrecord.web.filters import address, asked, check
from onrecord.web.problems import problem
from onrecord.web.serving import serving

router = APIRouter(tags=["questions"])
USUAL, MOST = 50, 1_000
DEEPEST = 10_000
"""So far a search goes on; who wants more exports it, or asks more closely."""
_LARGEST = 2**53 - 1
EXAMPLES: Mapping[str, str] = {
    "statements": "actor=Norway&limit=2",
    "positions": "about=fishing&stance=support",
    "events": "type=CONSULT&since=2024",
    "relations": "type=membership",
    "timeline": "since=2024-07&until=2025&limit=5",
    "search": "text=%22the+talks%22",
    "documents": "publisher=North+Wire",
    "course": "period=month&kind=event",
    "sources": "since=2024",
    "issues": "since=2024",
    "actors": "actor=Norway",
    "standing": "issue=taiwan-status",
    "shifts": "kind=first",
    "alignment": "period=year",
    "blocs": "until=2025",
    "occurrences": "type=CONSULT",
    "ties": "type=office",
    "corroboration": "record_id=209d",
    "links": "type=same-event",
    "beside": "document_id=4cf2&other_document_id=033f",
    "others": "document_id=4cf2",
    "stories": "limit=3",
    "dyads": "kind=statement&period=year",
    "network": "period=all",
    "wordings": "until=2030",
    "contradictions": "actor=Norway",
    "places": "since=2024&type=CONSULT",
    "threads": "limit=5",
}
"""Of an example of each question, which a test asks of the sample store, the parameters; without any where there are none."""

Limit = Annotated[int, Param(ge=1, le=MOST, description="At most so many rows.")]
Start = Annotated[int, Param(ge=0, le=_LARGEST, description="From this row on, the first being 0; `next` says it.")]
AsOf = Annotated[
    int | None, Param(ge=0, le=_LARGEST, description="Only of this change number of the store: a page of the same answer; `next` says it.")
]
Make = Callable[[Query, Any], Callable[..., Response]]


def example(query: Query, path: str = "", **more: str) -> str:
    """An example of a question, as an address; ``path``: what stands behind the query's name."""
    parameters = "&".join([*filter(None, [EXAMPLES.get(query.name)]), *(f"{name}={value}" for name, value in more.items())])
    return f"/api/{query.name}{path}{f'?{parameters}' if parameters else ''}"


def _live(query: Query, asking: Any) -> Callable[..., Response]:
    """A list, a page at a time; the last row's id leads to the next."""

    def endpoint(request: Request, wanted: Filter = asking, limit: Limit = USUAL) -> Response:
        check(request, {*query.fields, "limit"})
        with serving(request).view() as view:
            wanted = whole(view, wanted, query)
            rows = _full(view, query, wanted, 0, limit + 1)
            as_of = view.version()
        more = len(rows) > limit
        following = address(request.url.path, wanted, limit=limit, after=rows[limit - 1]["id"]) if more else None
        total = len(rows) if wanted.after is None and not more else None
        return reply(request, listed(query.columns, rows[:limit], following=following, total=total, as_of=as_of))

    return endpoint


def _numbered(query: Query, asking: Any) -> Callable[..., Response]:
    """A list that has no id to go on from: rows are counted off."""

    def endpoint(
        request: Request,
        wanted: Filter = asking,
        limit: Limit = USUAL,
        start: Annotated[int, Param(ge=0, le=DEEPEST, description=f"From this row on, the first being 0, at most {DEEPEST}; `next` says it.")] = 0,
    ) -> Response:
        check(request, {*query.fields, "limit", "start"})
        with serving(request).view() as view:
            rows = _full(view, query, whole(view, wanted, query), start, limit + 1)
            as_of = view.version()
        end = start + limit
        following = address(request.url.path, wanted, limit=limit, start=end) if len(rows) > limit and end <= DEEPEST else None
        total = start + len(rows) if len(rows) <= limit else None
        return reply(request, listed(query.columns, rows[:limit], following=following, total=total, as_of=as_of))

    return endpoint


def _kept(query: Query, asking: Any) -> Callable[..., Response]:
    """An answer that counts or compares all there is, a page of it at a time."""

    def endpoint(request: Request, wanted: Filter = asking, limit: Limit = USUAL, start: Start = 0, as_of: AsOf = None) -> Response:
        check(request, {*query.fields, "limit", "start", "as_of"})
        desk = serving(request)
        with desk.view() as view:
            wanted = whole(view, wanted, query)
            found = desk.answers.get(view, query.name, wanted, start=start, count=limit)
        if isinstance(found, NotYet):
            return not_yet(found)
        if as_of is not None and found.as_of != as_of:
            return problem(409, f"the answer is now of change {found.as_of}, and no longer of {as_of}", "begin again with the first page")
        following = None
        if found.following is not None:
            following = address(request.url.path, wanted, limit=limit, start=found.following, as_of=found.as_of)
        return reply(request, listed(found.columns, found.rows, following=following, total=found.total, as_of=found.as_of))

    return endpoint


def whole(view: View, wanted: Filter, query: Query) -> Filter:
    """``wanted`` with whole ids. Raises QueryError for one that nothing has: the question makes no sense, though what it asks for is there."""
    try:
        return with_whole_ids(view, wanted, query)
    except QueryError as error:
        raise QueryError(f"the question names an id: {error.message}", hint=error.hint) from error


def _full(view: View, query: Query, wanted: Filter, start: int, count: int) -> list[dict[str, Any]]:
    end = start + count
    return [row.full() for row in islice(query.function(view, replace(wanted, limit=end)), start, end)]


def _add(query: Query) -> None:
    make: Make = _kept if query.name not in LIVE else _live if "after" in query.fields else _numbered
    taken = [name for name in query.fields if name != "limit"]
    described = answers(listing(schemas.row(query.row)), *([409] if make is _kept else []), about=query.row.__doc__ or "")
    if make is _kept:
        described[202] = WORKING
    router.add_api_route(
        f"/{query.name}", make(query, Depends(asked(query, ("limit", "start", "as_of"), taken))), methods=["GET"], operation_id=query.name,
        responses=described, **told(query.function.__doc__, example(query)),
    )  # fmt: skip


for _query in QUERIES.values():
    _add(_query)
