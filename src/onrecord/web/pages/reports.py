"""Reports: a list of them, and one with its records marked in place."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from onrecord.query import QUERIES, Filter, documents
from onrecord.web.choices import choices
from onrecord.web.filters import address, asked, check, number_in, tidied
from onrecord.web.reader import shown
from onrecord.web.render import page
from onrecord.web.serving import serving

router = APIRouter()
_LISTED = 30
_FIELDS = tuple(name for name in QUERIES["documents"].fields if name not in ("limit", "document_id"))


@router.get("/reports")
def reports(request: Request, wanted: Annotated[Filter, Depends(asked(QUERIES["documents"], fields=_FIELDS))]) -> Response:
    """Reports by date, those that a filter lets through."""
    if (elsewhere := tidied(request)) is not None:
        return elsewhere
    with serving(request).view() as view:
        rows = list(islice(documents(view, replace(wanted, limit=_LISTED + 1)), _LISTED + 1))
    following = address("/reports", wanted, after=rows[_LISTED - 1].id) if len(rows) > _LISTED else None
    return page(request, "reports", at="reports", rows=rows[:_LISTED], wanted=wanted, following=following, issues=choices()["issue"])


@router.get("/reports/{document_id}")
def report(request: Request, document_id: str) -> Response:
    """A report with its records marked in its text; a long one in parts."""
    check(request, {"part"})
    with serving(request).view() as view:
        reading = view.reading(document_id)
        states = {r.record_id: r.state for r in view.reviewed(document_id=reading.document.id)}
    return page(request, "report", at="reports", shown=shown(reading, states, number_in(request, "part", 1)))
