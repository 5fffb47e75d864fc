"""Help: what every code means; and what this desk stands on: data, models, licences, figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fastapi import APIRouter, Request, Response

from onrecord.codebook.lookup import KINDS, codes_of, meanings
from onrecord.errors import CodebookError, NotThere
from onrecord.knowledge import tables
from onrecord.web.filters import check
from onrecord.web.render import page, piece
from onrecord.web.serving import serving
from onrecord.web.static_files import files, static

router = APIRouter()


@router.get("/help")
def every(request: Request) -> Response:
    """Every code by its kind."""
    check(request, ())
    return page(request, "codes", kinds=[(kind, codes_of(kind)) for kind in KINDS])


@router.get("/help/{code:path}")
def code(request: Request, code: str) -> Response:
    """All that a code means; for htmx and ``codes.js`` the piece alone."""
    check(request, ())
    try:
        found = meanings(code)
    except CodebookError as error:
        raise NotThere(error.message[:300], hint=error.hint) from error
    if "hx-request" in request.headers:
        return piece(request, "parts_help", "meanings", found, False)
    return page(request, "help", meanings=found)


@router.get("/about")
def about(request: Request) -> Response:
    """What this desk is, whose data and models it stands on, and how its figures are measured."""
    check(request, ())
    with serving(request).view() as view:
        runs = list(view.runs())
    header, rows = tables.rows("sources")
    return page(request, "about", runs=runs, sources=[dict(zip(header, row, strict=True)) for row in rows], shipped=shipped())


@cache
def shipped() -> tuple[tuple[str, str, str, str], ...]:
    """Third-party files of the page by the table in ``static/vendor/README.md``: package, version, licence, address of its text."""
    return tuple(_rows(files()["vendor/README.md"].body.decode()))


def _rows(table: str) -> Iterator[tuple[str, str, str, str]]:
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and "](" in cells[3]:
            licence, _, target = cells[3].partition(" ([text](")
            yield cells[1], cells[2], licence, static("vendor/" + target.rstrip(")"))
