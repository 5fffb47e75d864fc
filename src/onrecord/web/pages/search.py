"""Search: words and filters that live in the address; records of all kinds or of one, reports, and where to go on with the same filter."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from onrecord.codebook import plover
from onrecord.query import QUERIES, Filter, documents
from onrecord.query.filters import meant
from onrecord.query.marks import looked_for, marked
from onrecord.query.records import kind_of
from onrecord.query.rows import Flat
from onrecord.store import View
from onrecord.store.values import Counted, Named
from onrecord.web.choices import choices
from onrecord.web.filters import address, check, given, here, tidied
from onrecord.web.render import page
from onrecord.web.serving import serving
from onrecord.web.tolerant import Written, written

router = APIRouter()

TABS = (
    ("all", "timeline", "All"), ("statements", "statements", "Statements"), ("positions", "positions", "Positions"), ("events", "events", "Events"),
    ("relations", "relations", "Relations"), ("reports", "documents", "Reports"),
)  # fmt: skip
"""What may be looked at: the name in the address, the query, the heading."""
ASKED = {name: query for name, query, _ in TABS}
FIELDS = tuple(dict.fromkeys(field for query in ASKED.values() for field in QUERIES[query].fields if field not in ("limit", "record_id")))
PAGE = 30
_BESIDE, _NAMES, _LONGEST_NAME = 3, 12, 80
_COUNTED = 10_000
"""So many are counted at most."""
_STEPS = (10_000, 5_000, 2_000, 1_000, 500, 200, 100)
"""Where not all are counted, of how many it is said that there are more: one answer for the same question, however busy the machine is."""
_PATIENCE, _IN_ALL = 0.04, 0.1
"""Seconds that counting may take, and with what was asked before it."""
_OF_ONE_KIND: Mapping[str, Counted] = {
    "statements": "statement", "positions": "position", "events": "event", "relations": "relation", "reports": "document",
}  # fmt: skip
_MORE = ("type", "speaker", "via", "publisher", "language", "status", "form", "confidence", "corroboration")
_ELSEWHERE = (("timeline", "timeline", "Timeline"), ("network", "network", "Network"), ("map", "events", "Map"))


@dataclass(frozen=True, slots=True)
class Found:
    """A page of an answer.

    ``counted``: how many records or reports there are, and whether in all; None where that is not quickly told. ``beside``: reports that hold the
    words, shown above records; ``meant``: where nothing was found, near names by field.
    """

    rows: list[Flat]
    following: str | None
    counted: tuple[int, bool] | None
    beside: list[Flat]
    meant: dict[str, list[str]]


@router.get("/search")
def search(request: Request) -> Response:
    """Words and filters, and what they find."""
    asked = written(request, FIELDS, ("view",))
    if (elsewhere := tidied(request)) is not None:
        return elsewhere
    view = request.query_params.get("view", "all")
    view = view if view in ASKED else "all"
    taken, left = _parted(asked.wanted, ASKED[view])
    found = None
    if not asked.wrong:
        with serving(request).view() as store:
            found = _found(store, view, taken)
    answer = page(
        request, "search", at="search", view=view, tabs=TABS, asked=asked, wanted=asked.wanted, left=left, found=found,
        issues=choices()["issue"], statuses=choices()["status"], types=sorted(plover.types()), words=looked_for(taken.text), marked=marked,
        following=_following(view, asked, found), more=any(name in asked.values for name in _MORE),
        export=address(f"/api/{ASKED[view]}/export", replace(taken, after=None), format="csv"),
        elsewhere=_elsewhere(asked.wanted), fields=given(replace(asked.wanted, order=None)),
    )  # fmt: skip
    if "hx-request" in request.headers:
        answer.headers["HX-Push-Url"] = here(request)
    return answer


@router.get("/search/names")
def names(request: Request) -> Response:
    """Names in the store that begin as what somebody is typing: ``of`` is actor or publisher."""
    check(request, ("of", "begin"))
    of: Named = "publisher" if request.query_params.get("of") == "publisher" else "actor"
    begin = request.query_params.get("begin", "")[:_LONGEST_NAME]
    with serving(request).view() as view:
        return JSONResponse({"names": list(view.beginning(begin, of, _NAMES)) if begin.strip() else []})


def _found(store: View, view: str, wanted: Filter) -> Found:
    query, began = QUERIES[ASKED[view]], time.monotonic()
    rows = list(islice(query.function(store, replace(wanted, limit=PAGE + 1)), PAGE + 1))
    following = getattr(rows[PAGE - 1], "id", None) if len(rows) > PAGE else None
    beside: Iterable[Flat] = ()
    if view == "all" and wanted.text and wanted.after is None:
        beside = documents(store, replace(_parted(wanted, "documents")[0], limit=_BESIDE))
    patience = min(_PATIENCE, _IN_ALL - (time.monotonic() - began))
    counted = _count(store, view, wanted, patience) if following or wanted.after else (len(rows), True)
    return Found(rows[:PAGE], following, counted, list(beside), {} if rows or wanted.after else meant(store, wanted))


def _count(store: View, view: str, wanted: Filter, seconds: float) -> tuple[int, bool] | None:
    """How many there are, and whether in all; None where that is not quickly told, as of how many independent voices tell each."""
    if (wanted.corroboration or 0) > 1 or seconds <= 0:
        return None
    found, whole = store.count(_OF_ONE_KIND.get(view, kind_of(wanted)), wanted, _COUNTED, seconds)
    step = found if whole else next((step for step in _STEPS if step <= found), 0)
    return (step, whole) if step else None


def _parted(wanted: Filter, query: str) -> tuple[Filter, tuple[str, ...]]:
    """The fields that the query takes, and the names of those that say nothing in it."""
    left = tuple(name for name in given(wanted) if name not in QUERIES[query].fields)
    return replace(wanted, **dict.fromkeys(left)), left


def _following(view: str, asked: Written, found: Found | None) -> str | None:
    return address("/search", asked.wanted, view=None if view == "all" else view, after=found.following) if found and found.following else None


def _elsewhere(wanted: Filter) -> list[tuple[str, str]]:
    """Other pages with as much of this filter as they take: label and address."""
    plain = replace(wanted, after=None, order=None)
    return [(label, address(f"/{name}", _parted(plain, query)[0])) for name, query, label in _ELSEWHERE]
