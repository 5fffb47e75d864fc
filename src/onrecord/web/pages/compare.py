"""Two reports side by side: what both tell, numbered; what only one has; what they tell differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.errors import QueryError
from onrecord.model import Document, Reading, Record
from onrecord.query import Filter, others
from onrecord.query.rows import Row
from onrecord.query.side_by_side import Pair, SideBySide, side_by_side
from onrecord.store import View
from onrecord.web.filters import check
from onrecord.web.marking import Paragraph, cut, numbered, stretches
from onrecord.web.reader import row_of
from onrecord.web.render import page, piece
from onrecord.web.serving import serving

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports as the page shows it.

    ``pairs``: the pair of each marked record by its number; ``first``: the numbers that are the first of their pair; ``only``: what the other
    has not; ``goes_on``: whether the text is longer than what is shown.
    """

    name: str
    document: Document
    paragraphs: list[Paragraph]
    pairs: Mapping[int, Pair]
    first: frozenset[int]
    only: list[Row]
    goes_on: bool


@router.get("/compare")
def compare(request: Request) -> Response:
    """Two reports side by side; with one alone, a choice of others to set beside it."""
    check(request, {"left", "right"})
    left, right = (request.query_params.get(name, "") for name in ("left", "right"))
    with serving(request).view() as view:
        if not left or not right:
            return _choice(request, view, left or right)
        found = side_by_side(view, left, right)
    return page(
        request, "compare", at="reports", found=found, sides=(_side("left", found, found.left), _side("right", found, found.right)), line=_line
    )


@router.get("/reports/{document_id}/others")
def beside(request: Request, document_id: str) -> Response:
    """Reports to set beside one: a piece of the reader; without scripts the page of the choice."""
    check(request, ())
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/compare?left={document_id}", 302)
    with serving(request).view() as view:
        document = view.document(document_id)
        return piece(request, "parts_reader", "others", document.id, others(view, Filter(document_id=document.id)))


def _choice(request: Request, view: View, chosen: str) -> Response:
    if not chosen:
        raise QueryError("a comparison needs two reports", hint="open a report and choose one to compare it with")
    document = view.document(chosen)
    return page(request, "choice", at="reports", document=document, others=others(view, Filter(document_id=document.id)))


def _side(name: str, found: SideBySide, reading: Reading) -> Side:
    """One report with what both tell marked in it."""
    of = {r.id: pair for pair in found.pairs for r in (*pair.left, *pair.right)}
    marked = numbered(r for r in reading.records if r.id in of)
    pieces = stretches(reading.document.text, marked)
    pairs = {m.number: of[m.record.id] for m in marked}
    first = {pair.number: number for number, pair in reversed(pairs.items())}
    only = [_line(reading, r) for r in found.only(reading)]
    return Side(name, reading.document, cut(reading.document.text, pieces[0]), pairs, frozenset(first.values()), only, len(pieces) > 1)


def _line(reading: Reading, record: Record) -> Row:
    return row_of(record, reading.document)
