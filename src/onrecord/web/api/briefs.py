"""What is on record about an issue or an actor, as one document. Made when it is asked for, one at a time: it reads much."""

from __future__ import annotations

from enum import StrEnum
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as Param

from onrecord.brief import FIELDS, Brief, brief, html, markdown
from onrecord.model import to_dict
from onrecord.query import QUERIES, Filter
from onrecord.web.api.replies import JSON, alone, answers, kept_by, reply, told
from onrecord.web.api.schemas import schema
from onrecord.web.filters import asked, check
from onrecord.web.serving import serving

router = APIRouter(tags=["questions"])
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""A brief brings its style with it; nothing in it may run."""
_turn = Lock()


class Form(StrEnum):
    """How a brief is written."""

    json = "json"
    html = "html"
    md = "md"


_KINDS = {Form.html: "text/html; charset=utf-8", Form.md: "text/markdown; charset=utf-8"}
_TOLD = told(
    "Who stands where, what changed, what is contested, what happened: one document with all its sources. Give an issue, an actor or both.",
    "/api/brief?issue=migration&format=html",
)
_ANSWERS = answers(schema(Brief), about="The brief; every sentence names its records.")
_ANSWERS[200]["content"] = {
    JSON: _ANSWERS[200]["content"][JSON],
    **{kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in _KINDS.values()},
}
_asking = Depends(asked(QUERIES["timeline"], ("format",), FIELDS))


@router.get("/brief", operation_id="brief", responses=_ANSWERS, **_TOLD)
def ask(
    request: Request,
    wanted: Filter = _asking,
    format: Annotated[Form, Param(description="How it is written.")] = Form.json,  # noqa: A002
) -> Response:
    """A brief."""
    check(request, {*FIELDS, "format"})
    with alone(_turn, "briefs"), serving(request).view() as view:
        made = brief(view, wanted)
    if format is Form.json:
        return reply(request, to_dict(made))
    text = html(made) if format is Form.html else markdown(made)
    return Response(text.encode("utf-8", "replace"), media_type=_KINDS[format], headers={"Content-Security-Policy": POLICY, **kept_by(request)})
