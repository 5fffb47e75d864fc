"""The first page: what the store holds, and where to go on."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from onrecord.query import Filter
from onrecord.web.render import page
from onrecord.web.serving import serving

router = APIRouter()
_SHOWN = 8


@router.get("/")
def home(request: Request) -> Response:
    """What the store holds, and the first steps."""
    desk = serving(request)
    with desk.view() as view:
        return page(request, "home", size=view.size(), reports=list(view.documents(Filter(order="newest", limit=_SHOWN))))
