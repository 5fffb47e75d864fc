"""The timeline: how much there is when, as a chart on which a span is chosen, and the records of that span. Counted by the query course."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from onrecord.query import QUERIES, Filter, timeline
from onrecord.query.course import COURSE
from onrecord.query.periods import PERIODS
from onrecord.web.answers import NotYet
from onrecord.web.charted import data
from onrecord.web.choices import choices
from onrecord.web.filters import address, asked, here, tidied
from onrecord.web.render import page
from onrecord.web.serving import serving
from onrecord.web.tolerant import written

router = APIRouter()
PAGE = 30
FIELDS = (*(name for name in QUERIES["timeline"].fields if name != "limit"), "period")
_SPAN = ("since", "until", "after", "order")
_MOST = 40_000
Counted = Annotated[Filter, Depends(asked(QUERIES["course"], fields=COURSE))]


@router.get("/timeline")
def timeline_page(request: Request) -> Response:
    """The chart and the records of the span that is chosen."""
    if (elsewhere := tidied(request)) is not None:
        return elsewhere
    form = written(request, FIELDS)
    plain = replace(form.wanted, period=None)
    rows = []
    if not form.wrong:
        with serving(request).view() as view:
            rows = list(islice(timeline(view, replace(plain, limit=PAGE + 1)), PAGE + 1))
    following = address("/timeline", form.wanted, after=rows[PAGE - 1].id) if len(rows) > PAGE else None
    chart = replace(form.wanted, **dict.fromkeys(_SPAN), period=form.wanted.period or "month")
    answer = page(
        request, "timeline", at="timeline", asked=form, wanted=form.wanted, rows=rows[:PAGE], following=following,
        periods=[name for name in PERIODS if name != "all"], choices=choices(), data=address("/timeline/data", chart),
        first=address("/timeline", form.wanted, after=None), export=address("/api/timeline/export", replace(plain, after=None), format="csv"),
    )  # fmt: skip
    if "hx-request" in request.headers:
        answer.headers["HX-Replace-Url"] = here(request)
    return answer


@router.get("/timeline/data")
def timeline_data(request: Request, wanted: Counted) -> Response:
    """How many records of each kind there are by period: the rows of the query course, each as [first day, last day, kind, records]."""
    desk = serving(request)
    with desk.view() as view:
        found = desk.answers.get(view, "course", wanted, count=_MOST, wait=1.0)
    if isinstance(found, NotYet):
        return data(request, found)
    dated = [(r["since"], r["until"], r["kind"], r["records"]) for r in found.rows if r["since"]]
    loose = sum(r["records"] for r in found.rows if not r["since"])
    return data(request, {"rows": dated, "loose": loose, "period": wanted.period, "as_of": found.as_of, "at": found.at, "fresh": found.fresh})
