"""Reports: a list of them, and one with its records marked in place."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from onrecord.query import QUERIES, Filter, documents
from onrecord.store import View
from onrecord.web.choices import choices
from onrecord.web.filters import address, asked, check, given, number_in, tidied
from onrecord.web.reader import shown
from onrecord.web.render import page
from onrecord.web.serving import serving

router = APIRouter()
_LISTED = 30
_LAST = 750
"""So many records are those of about thirty reports."""
_FIELDS = tuple(name for name in QUERIES["documents"].fields if name not in ("limit", "document_id"))


@router.get("/reports")
def reports(request: Request, wanted: Annotated[Filter, Depends(asked(QUERIES["documents"], fields=_FIELDS))]) -> Response:
    """Reports by date, those that a filter lets through."""
    if (elsewhere := tidied(request)) is not None:
        return elsewhere
    with serving(request).view() as view:
        rows = list(islice(documents(view, replace(wanted, limit=_LISTED + 1)), _LISTED + 1))
        latest = latest_day(view) if len(rows) > _LISTED and not given(wanted) else None
    following = address("/reports", wanted, after=rows[_LISTED - 1].id) if len(rows) > _LISTED else None
    return page(
        request, "reports", at="reports", rows=rows[:_LISTED], wanted=wanted, following=following, latest=latest, issues=choices()["issue"]
    )  # fmt: skip


def latest_day(view: View) -> str | None:
    """A day from which on there are some pages of reports, not too many; some records tell of days that lie ahead of all reports."""
    for number in (_LAST, 10 * _LAST, 100 * _LAST):
        day = view.day_from_end(number)
        if day is not None and next(iter(view.documents(Filter(since=day, limit=1))), None) is not None:
            return day
    return None


@router.get("/reports/{document_id}")
def report(request: Request, document_id: str) -> Response:
    """A report with its records marked in its text; a long one in parts."""
    check(request, {"part"})
    with serving(request).view() as view:
        reading = view.reading(document_id)
        states = {r.record_id: r.state for r in view.reviewed(document_id=reading.document.id)}
    return page(request, "report", at="reports", shown=shown(reading, states, number_in(request, "part", 1)))
