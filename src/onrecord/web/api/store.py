"""What the store keeps besides records: the log of changes, what could not be read, the runs of the reader."""

from __future__ import annotations

from dataclasses import fields
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Query as Param

from onrecord.errors import QueryError
from onrecord.model import Problem, to_dict
from onrecord.store import Change, Run
from onrecord.web.api.queries import DEEPEST, MOST, USUAL, Limit
from onrecord.web.api.replies import answers, listed, listing, operation, reply
from onrecord.web.api.schemas import Schema, closed, component, schema
from onrecord.web.filters import address, check
from onrecord.web.serving import serving

router = APIRouter(tags=["store"])
_COLUMNS = tuple(f.name for f in fields(Change))
_LOGGED = ("input_key", "document_id", "code", "message", "where", "hint")
Since = Annotated[int, Param(ge=0, le=2**53 - 1, description="Only what changed behind this number; 0 for all. An answer's as_of is such a number.")]
Start = Annotated[int, Param(ge=0, le=DEEPEST, description="From this row on, the first being 0; `next` says it.")]


def _logged() -> Schema:
    return closed({name: schema(str | None if name == "document_id" else str) for name in _LOGGED}, Problem.__doc__)


@operation(router, "/changes", "/changes?since=0&limit=10", answers(listing(schema(Change))))
def changes(request: Request, since: Since = 0, limit: Annotated[int, Param(ge=1, le=MOST, description="At most so many.")] = MOST) -> Response:
    """What was added, changed or withdrawn behind a change number, in order.

    A report that was added or changed stands for all the records it has now; records are named where they were withdrawn, or where a review brought
    or changed them. Follow `next` until it is null; later, ask again with the last answer's `as_of` as `since`.
    """
    check(request, ("since", "limit"))
    with serving(request).view() as view:
        as_of = view.version()
        if since > as_of:
            raise QueryError(f"since: the store has {as_of} changes, not {since}", hint="it is another store, or was made anew: begin with since=0")
        found = list(view.changes(since, limit + 1))
    following = address(request.url.path, None, since=found[limit - 1].seq, limit=limit) if len(found) > limit else None
    return reply(request, listed(_COLUMNS, to_dict(found[:limit]), following=following, total=None, as_of=as_of))


@operation(router, "/issues-log", "/issues-log?limit=5", answers(listing(component("Logged", _logged))))
def issues_log(request: Request, limit: Limit = USUAL, start: Start = 0) -> Response:
    """What could not be read, and why."""
    check(request, ("limit", "start"))
    with serving(request).view() as view:
        as_of = view.version()
        found = list(islice(view.problems(), start, start + limit + 1))
    rows = [{"input_key": p.input_key, "document_id": p.document_id, **to_dict(p.problem)} for p in found[:limit]]
    end = start + limit
    following = address(request.url.path, None, limit=limit, start=end) if len(found) > limit and end <= DEEPEST else None
    total = start + len(found) if len(found) <= limit else None
    return reply(request, listed(_LOGGED, rows, following=following, total=total, as_of=as_of))


@operation(router, "/runs", "/runs", answers(listing(schema(Run))))
def runs(request: Request) -> Response:
    """The settings of the reader that made the store, with how many documents and records each read."""
    check(request, ())
    with serving(request).view() as view:
        as_of = view.version()
        rows = to_dict(list(view.runs()))
    return reply(request, listed(tuple(f.name for f in fields(Run)), rows, following=None, total=len(rows), as_of=as_of))
