"""The network: who has most to do with whom, period by period. Drawn by a script from the queries network, dyads and course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as Param

from onrecord.query import QUERIES, Filter
from onrecord.query.periods import ALL, PERIODS
from onrecord.store import View
from onrecord.web.answers import Answers, NotYet
from onrecord.web.charted import data, in_period
from onrecord.web.choices import choices
from onrecord.web.filters import address, asked, tidied
from onrecord.web.render import page
from onrecord.web.serving import serving
from onrecord.web.tolerant import written

router = APIRouter()
FIELDS = QUERIES["dyads"].fields
OWN = ("at", "weight", "parties")
"""Parameters of this page alone: the period that is shown, the least volume of a tie, the most parties."""
SHOWN = (25, 50, 100, 200)
_USUAL = 50
_TIES_EACH, _READ_EACH = 3, 20
_PERIODS = 2_000
_OF_PARTIES = (
    "actor", "actor_id", "actor_kind", "actor_country", "degree", "acts", "received", "joint", "cooperation", "conflict", "pagerank", "community",
)  # fmt: skip
_OF_TIES = (
    "actor", "actor_id", "recipient", "recipient_id", "directed", "volume", "mentions", "documents", "tone", "cooperation", "conflict", "back",
    "since", "until", "type", "id", "date", "publisher", "words", "document_id",
)  # fmt: skip
_TYPES = 4
Wanted = Annotated[Filter, Depends(asked(QUERIES["dyads"], OWN))]


@router.get("/network")
def network_page(request: Request) -> Response:
    """The form, and where the network is drawn."""
    if (elsewhere := tidied(request)) is not None:
        return elsewhere
    form = written(request, FIELDS, OWN)
    own = {name: request.query_params.get(name) for name in OWN}
    wanted = replace(form.wanted, period=form.wanted.period or "month")
    plain = replace(form.wanted, period=None)
    return page(
        request, "network", at="network", asked=form, wanted=wanted, own=own, choices=choices(), shown=SHOWN, usual=_USUAL,
        periods=[name for name in PERIODS if name not in (ALL, "day")], data=address("/network/data", wanted),
        exports=[(label, address(f"/api/{query}/export", plain, format="csv")) for label, query in (("ties", "dyads"), ("parties", "network"))],
        whole=[(suffix.upper(), address("/api/network/export", wanted, format=suffix)) for suffix in ("gexf", "graphml")],
    )  # fmt: skip


@router.get("/network/data")
def network_data(
    request: Request,
    wanted: Wanted,
    at: Annotated[str, Param(max_length=10)] = ALL,
    weight: Annotated[int, Param(ge=1, le=2**31)] = 1,
    parties: Annotated[int, Param(ge=1, le=max(SHOWN))] = _USUAL,
) -> Response:
    """The busiest parties and ties of the period ``at``, and which periods there are."""
    desk = serving(request)
    with desk.view() as view:
        periods = _periods(desk.answers, view, wanted)
        network = _network(desk.answers, view, wanted if at != ALL else replace(wanted, period=None), at, weight, parties)
    if isinstance(periods, NotYet):
        return data(request, periods)
    return data(request, network if isinstance(network, NotYet) else {"periods": periods, "at": at, **network})


def _periods(answers: Answers, view: View, wanted: Filter) -> list[tuple[str, str, str, int]] | NotYet:
    """The periods in which there are records that may tie somebody: label, first and last day, records."""
    kind = wanted.kind or "event"
    found = answers.get(view, "course", replace(wanted, kind=kind), count=_PERIODS, wait=0.5)
    return found if isinstance(found, NotYet) else [(r["period"], r["since"], r["until"], r["records"]) for r in found.rows if r["since"]]


def _network(answers: Answers, view: View, wanted: Filter, at: str, weight: int, most: int) -> dict[str, Any] | NotYet:  # noqa: PLR0917 - one place
    nodes = in_period(answers, view, "network", wanted, label=at, count=most)
    ties = in_period(answers, view, "dyads", wanted, label=at, count=most * _READ_EACH)
    if isinstance(nodes, NotYet):
        return nodes
    if isinstance(ties, NotYet):
        return ties
    among = {row["actor_id"] for row in nodes.rows}
    heavy = [row for row in ties.rows if row["volume"] >= weight and {row["actor_id"], row["recipient_id"]} <= among][: most * _TIES_EACH]
    tied = {key for row in heavy for key in (row["actor_id"], row["recipient_id"])}
    return {
        "parties": [_columns(row, _OF_PARTIES) for row in nodes.rows if row["actor_id"] in tied],
        "parties_total": nodes.total,
        "ties": [{**_columns(row, _OF_TIES), "type": row["type"][:_TYPES]} for row in heavy],
        "ties_total": ties.total,
        "as_of": ties.as_of,
        "worked_out": ties.at,
        "fresh": ties.fresh and nodes.fresh,
    }


def _columns(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}
