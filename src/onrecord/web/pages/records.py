"""One record: where its words are, and all about it, for a page of its own or a piece of the reader."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.errors import NotThere
from onrecord.query import QUERIES, Filter, show
from onrecord.web.filters import check
from onrecord.web.reader import part_with
from onrecord.web.render import page, piece
from onrecord.web.serving import serving

router = APIRouter()
ASKED = ("corroboration", "wordings", "contradictions", "threads")
"""What is asked about one record only when somebody wants to know: queries by their names."""


@router.get("/records/{record_id}")
def record(request: Request, record_id: str) -> Response:
    """Into the report, at the record; the beginning of an id will do."""
    check(request, ())
    with serving(request).view() as view:
        found = view.record(record_id)
        part = part_with(view.reading(found.document_id), found.id)
    return RedirectResponse(f"/reports/{found.document_id}{f'?part={part}' if part > 1 else ''}#r-{found.id}", 302)


@router.get("/records/{record_id}/full")
def full(request: Request, record_id: str) -> Response:
    """All about one record: why it was made, what it hangs on and what hangs on it, what tells of the same, what it answers."""
    check(request, ())
    with serving(request).view() as view:
        found = show(view, record_id)
        reviewed = next(view.reviewed(record_id=found.record.id), None)
    if "hx-request" in request.headers:
        return piece(request, "parts_reader", "full", found, reviewed)
    return page(request, "record", at="reports", shown=found, reviewed=reviewed)


@router.get("/records/{record_id}/{query}")
def of_others(request: Request, record_id: str, query: str) -> Response:
    """What other reports have to do with a record: a piece of the reader; without scripts a page of its own."""
    check(request, ())
    if query not in ASKED:
        raise NotThere(f"a record has no {query[:40]!r}", hint="one of " + ", ".join(ASKED))
    with serving(request).view() as view:
        record = view.record(record_id)
        rows = list(QUERIES[query].function(view, Filter(record_id=record.id)))
    if "hx-request" in request.headers:
        return piece(request, "parts_reader", query, rows)
    return page(request, "of_others", at="reports", record=record, query=query, rows=rows)
