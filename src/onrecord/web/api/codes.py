"""What a code means, and whom a phrase names. Neither asks the store; the second loads the reader when it is first asked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as Part
from fastapi import Query as Param

from onrecord import app
from onrecord.codebook import Explanation, codes_of, kind_of, meanings
from onrecord.errors import CodebookError, NotThere, QueryError
from onrecord.query.who import NamedRow
from onrecord.query.who import who as named
from onrecord.web.api.replies import alone, answers, operation, reply
from onrecord.web.api.schemas import closed, row, schema
from onrecord.web.filters import check

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader

router = APIRouter(tags=["codes"])
_MEANINGS = closed({"rows": {"type": "array", "items": schema(Explanation)}})
_turn = Lock()


@operation(router, "/explain/{code:path}", "/explain/CONSULT", answers(_MEANINGS, 404))
def explain(request: Request, code: Annotated[str, Part(max_length=200, description="A code, or a kind of code.", examples=["CONSULT"])]) -> Response:
    """What a code means. Several meanings where codebooks share one; given a kind of code (type, mode, issue …), every code of it."""
    check(request, ())
    kind = kind_of(code)
    try:
        found = meanings(code) if kind is None else codes_of(kind)
    except CodebookError as error:
        raise NotThere(error.message, hint=error.hint) from error
    return reply(request, {"rows": [asdict(e) for e in found]})


@operation(router, "/who", "/who?name=the+Norwegian+police&on=2024-07-03", answers(closed({"rows": {"type": "array", "items": row(NamedRow)}})))
def who(
    request: Request,
    name: Annotated[str, Param(min_length=1, max_length=200, description="A name or a description of actors.")],
    on: Annotated[str | None, Param(max_length=20, description="A day, YYYY-MM-DD.")] = None,
) -> Response:
    """Whom a phrase by itself names. With `on`, offices are those of that day."""
    check(request, ("name", "on"))
    day = _day(on) if on else None
    with alone(_turn, "phrases"):
        rows = [row.full() for row in named(_reader(), name, day)] if name.strip() else []
    return reply(request, {"rows": rows})


@cache
def _reader() -> Reader:
    return app.default_reader()


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise QueryError(f"on: {value!r} is no day", hint="write 2024-07-03") from None
