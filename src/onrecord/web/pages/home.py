"""The first page: what the store holds, and where to go on."""

from __future__ import annotations

from collections import deque

from fastapi import APIRouter, Request, Response

from onrecord.query import Filter
from onrecord.web.pages.reports import latest_day
from onrecord.web.render import page
from onrecord.web.serving import serving

router = APIRouter()
_SHOWN = 8


@router.get("/")
def home(request: Request) -> Response:
    """What the store holds, and the first steps."""
    desk = serving(request)
    with desk.view() as view:
        latest = deque(view.documents(Filter(since=latest_day(view))), _SHOWN)
        return page(request, "home", size=view.size(), reports=[*reversed(latest)])
