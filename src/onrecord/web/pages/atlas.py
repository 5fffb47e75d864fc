"""The map: events by the place that their report names. Drawn by a script from the query places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as Param

from onrecord.query import QUERIES, Filter
from onrecord.web.answers import NotYet
from onrecord.web.charted import data
from onrecord.web.choices import choices
from onrecord.web.filters import address, asked, tidied
from onrecord.web.pages.sections import told
from onrecord.web.render import page, piece
from onrecord.web.serving import serving
from onrecord.web.tolerant import written

router = APIRouter()
FIELDS = QUERIES["places"].fields
MOST = 600
"""Places that are drawn, those with the most events."""
_EVERY = 1_000_000
_COLUMNS = (
    "place", "country", "precision", "lat", "lon", "events", "mentions", "documents", "cooperation", "conflict", "since", "until", "latest", "id",
    "date", "publisher", "words",
)  # fmt: skip
_TYPES = 5
Wanted = Annotated[Filter, Depends(asked(QUERIES["places"]))]


@router.get("/map")
def map_page(request: Request) -> Response:
    """The form, and where the map is drawn."""
    if (elsewhere := tidied(request)) is not None:
        return elsewhere
    form = written(request, FIELDS)
    return page(
        request, "map", at="map", asked=form, wanted=form.wanted, choices=choices(), data=address("/map/data", form.wanted),
        export=address("/api/places/export", form.wanted, format="csv"), events=address("/timeline", form.wanted, kind="event"),
    )  # fmt: skip


@router.get("/map/data")
def map_data(request: Request, wanted: Wanted) -> Response:
    """The places with the most events; and how many events have a place that is known, one that is not, and none."""
    desk = serving(request)
    with desk.view() as view:
        found = desk.answers.get(view, "places", wanted, count=_EVERY, wait=0.5)
    if isinstance(found, NotYet):
        return data(request, found)
    known = [row for row in found.rows if row["lat"] is not None]
    counted = {
        "places": [{**{name: row[name] for name in _COLUMNS}, "type": row["type"][:_TYPES]} for row in known[:MOST]],
        "places_total": len(known),
        "events": _events(found.rows),
        "on_map": _events(known),
        "unknown": [(row["place"], row["events"]) for row in found.rows if row["place"] is not None and row["lat"] is None][:MOST],
        "nowhere": _events([row for row in found.rows if row["place"] is None]),
    }
    return data(request, {**counted, "as_of": found.as_of, "at": found.at, "fresh": found.fresh})


@router.get("/map/latest")
def map_latest(request: Request, ids: Annotated[str, Param(pattern="^[0-9a-f]{20}(,[0-9a-f]{20}){0,11}$")]) -> Response:
    """The records with these ids, as a piece of a page; those that the store has no longer are left out."""
    with serving(request).view() as view:
        rows = told(view, ids.split(","))
    return piece(request, "parts_charts", "records", list(rows.values()))


def _events(rows: Sequence[dict[str, Any]]) -> int:
    return sum(row["events"] for row in rows)
