"""How every part of the API answers: JSON that holds any text, problems by RFC 9457, and how both are described. Knows no question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from inspect import cleandoc
from threading import Lock
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from onrecord.errors import StoreBusy
from onrecord.export.rows import json_line
from onrecord.query import HELP
from onrecord.web.answers import NotYet
from onrecord.web.api.schemas import Schema, closed, component
from onrecord.web.problems import PROBLEM, problem
from onrecord.web.serving import serving

F = TypeVar("F", bound=Callable[..., Any])
JSON = "application/json"
MEANING = {
    400: "The question makes no sense: an unknown parameter or code, an impossible date, a cursor that leads nowhere.",
    401: "This desk is private, and the request has no valid token.",
    404: "Nothing has that id.",
    409: "The answer was worked out anew since the page before; begin again.",
    503: "Too much is being asked at once, or the answer could not be worked out: ask again after the seconds that Retry-After says.",
}
WORKING: dict[str, Any] = {
    "description": "The answer is being worked out; ask again after the seconds that Retry-After says.",
    "content": {
        JSON: {
            "schema": closed(
                {
                    "detail": {"type": "string"},
                    "retry_after": {"type": "integer"},
                    "before": {"type": "integer", "description": "So many others are worked out before it."},
                    "since": {
                        "anyOf": [{"type": "string"}, {"type": "null"}],
                        "description": "Since when it is being worked on; null while it waits.",
                    },
                }
            )
        }
    },
}
PATIENCE = 2.0
"""Seconds that a request waits for its turn at what is done one at a time: threads that wait are missed by others."""
_NOTHING = {"type": "null"}


def reply(request: Request, body: Any, *, media_type: str = JSON, headers: Mapping[str, str] | None = None) -> Response:
    """``body`` as JSON."""
    return Response(json_line(body).encode(), media_type=media_type, headers={**kept_by(request), **(headers or {})})


def kept_by(request: Request) -> dict[str, str]:
    """The header that says who may keep an answer: anybody who asks whether it still holds, of a private desk only the asker."""
    return {"Cache-Control": "private, no-cache" if serving(request).settings.closed else "no-cache"}


def not_yet(found: NotYet) -> Response:
    """Why there is no answer yet: it is being worked out (202), or that failed (503)."""
    again = {"Retry-After": str(found.again), "Cache-Control": "no-store"}
    if found.failed is not None:
        answer = problem(503, found.failed.message, found.failed.advice)
        answer.headers.update(again)
        return answer
    told = f"{found.before} others are worked out before this answer" if found.before > 1 else "the answer is being worked out"
    body = {"detail": told, "retry_after": found.again, "before": found.before, "since": found.since}
    return JSONResponse(body, 202, again)


@contextmanager
def alone(turn: Lock, others: str) -> Iterator[None]:
    """Do something that is done one at a time. Raises StoreBusy, naming the ``others``, where its turn does not come soon."""
    if not turn.acquire(timeout=PATIENCE):
        raise StoreBusy(f"other {others} are being worked on", hint="try again in a moment")
    try:
        yield
    finally:
        turn.release()


def listed(columns: Sequence[str], rows: Sequence[Any], *, following: str | None, total: int | None, as_of: int) -> dict[str, Any]:
    """The form of all answers with rows. ``following``: the address of the next page, None behind the last."""
    return {"columns": list(columns), "rows": rows, "next": following, "total": total, "as_of": as_of}


def listing(row: Schema) -> Schema:
    """The schema of such an answer."""
    return closed(
        {
            "columns": {"type": "array", "items": {"type": "string"}, "description": "The columns that a table of these rows has."},
            "rows": {"type": "array", "items": row},
            "next": {"anyOf": [{"type": "string"}, _NOTHING], "description": "The address of the next page; null behind the last."},
            "total": {"anyOf": [{"type": "integer"}, _NOTHING], "description": "How many rows there are in all; null where nobody counted."},
            "as_of": {"type": "integer", "description": "The change number of the store that the answer is of."},
        }
    )


def answers(found: Schema, *errors: int, media_type: str = JSON, about: str = "The answer.") -> dict[int | str, dict[str, Any]]:
    """How an operation answers: with ``found``, and with problems."""
    problem = {PROBLEM: {"schema": component("Refusal", _problem)}}
    described: dict[int | str, dict[str, Any]] = {
        200: {"description": about.replace("``", "`"), "content": {media_type: {"schema": found}}},
        304: {"description": "Nothing changed since the answer whose ETag was sent as If-None-Match."},
    }
    for status in sorted({400, 401, 503, *errors}):
        described[status] = {"description": MEANING[status], "content": problem}
    return described


def told(docstring: str | None, example: str) -> dict[str, Any]:
    """How an operation is described: the first sentence as its summary, and all of it, with an example."""
    text = cleandoc(docstring or "").replace("``wanted.", "``").replace("``", "`")
    for name in HELP:
        text = text.replace(f"--{name.replace('_', '-')}", f"`{name}`")
    summary = text.partition("\n")[0].partition(". ")[0].rstrip(".:") + "."
    return {"summary": summary, "description": f"{text}\n\nExample: `GET {example}`", "response_class": Response}


def operation(router: APIRouter, path: str, example: str, responses: Mapping[int | str, dict[str, Any]], name: str = "") -> Callable[[F], F]:
    """Have a function answer GET requests of ``path`` under ``/api``, described by its docstring. ``name``: the operation's, if not its own."""

    def add(function: F) -> F:
        described = told(function.__doc__, f"/api{example}")
        router.add_api_route(path, function, methods=["GET"], operation_id=name or function.__name__, responses=dict(responses), **described)
        return function

    return add


def _problem() -> Schema:
    text = {"type": "string"}
    properties: dict[str, Schema] = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text, "hint": text}
    return {
        "type": "object",
        "description": "What is wrong (RFC 9457); `hint` says what to do.",
        "properties": properties,
        "required": ["type", "title", "status"],
    }
