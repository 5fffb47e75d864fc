"""The pages of actors: all of a store, and of each its roles, where it stands, what it said and did, with whom and against whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.codebook.issues import packaged
from onrecord.errors import NotThere
from onrecord.query import QUERIES, Filter, events, relations, statements
from onrecord.query.latest import latest
from onrecord.query.subjects import named
from onrecord.store import View
from onrecord.web.answers import Answer, Answers, NotYet
from onrecord.web.filters import address, asked, number_in
from onrecord.web.pages import sections
from onrecord.web.pages.sections import FIELDS, MOST, Part, Place, passing, section, told
from onrecord.web.pages.whom import Whom, facts, perhaps, sources, whom
from onrecord.web.render import page, piece
from onrecord.web.serving import serving

router = APIRouter()

A_PAGE, STANDS, RECENT, TIES = 50, 12, 5, 20
_FIELDS = (*FIELDS, "issue")

Wanted = Annotated[Filter, Depends(asked(QUERIES["standing"], ("start",), _FIELDS))]
Listed = Annotated[Filter, Depends(asked(QUERIES["actors"], ("words", "start"), _FIELDS))]


@router.get("/actors")
def actors(request: Request, wanted: Listed) -> Response:
    """The actors of the store whom the words name: whole words of a name, a country with all who act for it, or an id."""
    words, start = request.query_params.get("words", "").strip(), number_in(request, "start")
    desk, listed_at = serving(request), partial(address, "/actors", wanted, words=words)
    with desk.view() as view:
        answer = desk.answers.get(view, "actors", wanted, start=0 if words else start, count=MOST * 10 if words else A_PAGE)
        rows, total = answer.rows, answer.total
        if words:
            numbers = named(words, [(row["actor_id"], row["actor"], row["kind"], row["actor_country"]) for row in rows])
            rows, total = [rows[n] for n in numbers[start : start + A_PAGE]], len(numbers)
        close = perhaps(view, words) if words and not rows else []
        context = {
            "answer": answer, "rows": rows, "total": total, "start": start, "words": words, "wanted": wanted, "empty": not view.size(), "near": close,
            "here": listed_at(start=start or None), "following": listed_at(start=start + A_PAGE) if start + A_PAGE < total else None,
        }  # fmt: skip
    if request.headers.get("hx-request"):
        return passing(piece(request, "parts_subjects", "actor_list", context), [answer])
    return passing(page(request, "actors", at="actors", context=context, wanted=wanted, words=words), [answer])


@router.get("/actors/{actor:path}/roles")
def roles(request: Request, actor: str, wanted: Wanted) -> Response:
    """Roles over time: what the knowledge base has, and what reports say, each with its source."""
    with serving(request).view() as view:
        who, place = _found(view, actor, wanted)
        known = facts(who)
        plain = replace(place.asked, issue=None)
        held = [row for kind in ("office", "membership") for row in latest(view, relations, replace(plain, type=kind), RECENT)]
    context = {"known": known, "sources": sources(known), "held": held}
    return section(request, place, Part("roles", "Roles over time", context))


@router.get("/actors/{actor:path}/standing")
def standing(request: Request, actor: str, wanted: Wanted) -> Response:
    """Where it stands on each issue, the best attested first, from row ``start``."""
    start = number_in(request, "start")
    desk = serving(request)
    with desk.view() as view:
        _, place = _found(view, actor, wanted)
        answer = desk.answers.get(view, "standing", place.asked, count=MOST)
        rows = sorted(answer.rows, key=lambda row: (-row["documents"], -row["positions"], row["issue"]))
        rows = rows[start : start + STANDS]
        said = told(view, (row["record_id"] for row in rows))
    after = start + STANDS if start + STANDS < answer.total else None
    context = {"answer": answer, "rows": rows, "after": after, "said": said, "parties": sections.parties(said)}
    return section(request, place, Part("stances", "Where it stands", context, [answer]))


@router.get("/actors/{actor:path}/changes")
def changes(request: Request, actor: str, wanted: Wanted) -> Response:
    """What changed."""
    return sections.answered(request, lambda view: _found(view, actor, wanted)[1], sections.changes)


@router.get("/actors/{actor:path}/contested")
def contested(request: Request, actor: str, wanted: Wanted) -> Response:
    """What reports tell differently of it."""
    return sections.answered(request, lambda view: _found(view, actor, wanted)[1], sections.contested)


@router.get("/actors/{actor:path}/latest")
def recent(request: Request, actor: str, wanted: Wanted) -> Response:
    """What it said, did, and what was done to it of late."""
    with serving(request).view() as view:
        _, place = _found(view, actor, wanted)
        on_it = replace(place.asked, actor=None, about=actor)
        lists = [
            ("Statements", "All statements", address("/search", place.asked, kind="statement"), latest(view, statements, place.asked, RECENT)),
            ("Acts", "All acts", address("/timeline", place.asked), latest(view, events, place.asked, RECENT)),
            ("Acted on", "All that was done to it", address("/timeline", on_it), latest(view, events, on_it, RECENT)),
        ]
    return section(request, place, Part("recent", "Latest", {"lists": lists}))


@router.get("/actors/{actor:path}/allies")
def allies(request: Request, actor: str, wanted: Wanted) -> Response:
    """With whom it stands and against whom, over all issues of the store; and its ties as reports put them."""
    desk = serving(request)
    with desk.view() as view:
        who, place = _found(view, actor, wanted)
        blocs = desk.answers.get(view, "blocs", Filter(), count=MOST)
        plain = replace(place.asked, issue=None)
        ties = desk.answers.get(view, "ties", plain, count=TIES)
        bloc = _bloc(view, blocs.rows, who)
        said = told(view, (row["id"][0] for row in ties.rows))
    context = {"answers": (blocs, ties), "bloc": bloc, "ties": ties, "said": said, "who": who, "plain": plain, "labels": _labels()}
    return section(request, place, Part("allies", "Allies and opponents", context, (blocs, ties)))


@router.get("/actors/{actor:path}/alignment")
def alignment(request: Request, actor: str, wanted: Wanted) -> Response:
    """How far it agrees with each other party."""
    desk = serving(request)
    with desk.view() as view:
        who, place = _found(view, actor, wanted)
        answer = _alignment(desk.answers, view, who, number_in(request, "start"))
    return section(request, place, Part("alignment", "Agreement with each party", {"answer": answer, "who": who, "labels": _labels()}, [answer]))


@router.get("/actors/{actor:path}")
def one(request: Request, actor: str, wanted: Wanted) -> Response:
    """An actor: its sections, which load by themselves. The last route, for ids may hold a slash."""
    with serving(request).view() as view:
        who = whom(view, actor)
        if who is None:
            return page(request, "actor_missing", status=404, at="actors", called=actor, near=perhaps(view, actor))
        if who.id != actor:
            return RedirectResponse(address(_path(who), wanted), 307)
        place = _place(who, wanted)
        there = any(next(view.records(None, wanted_), None) for wanted_ in (Filter(actor=who.id, limit=1), Filter(about=who.id, limit=1)))
    return page(request, "actor", at="actors", whom=who, place=place, there=there)


def _alignment(answers: Answers, view: View, who: Whom, start: int) -> Answer | NotYet:
    return answers.get(view, "alignment", Filter(actor=who.party[0] if who.party else who.id), start=start, count=A_PAGE)


def _labels() -> dict[str, str]:
    """What the issues of the codebook are called; those of a user's own are shown by their ids."""
    return {issue: entry.label for issue, entry in packaged().rows.items()}


def _path(who: Whom) -> str:
    return f"/actors/{quote(who.id, safe='')}"


def _place(who: Whom, wanted: Filter) -> Place:
    return Place("actors", _path(who), who.name, wanted, replace(wanted, actor=who.id))


def _found(view: View, actor: str, wanted: Filter) -> tuple[Whom, Place]:
    """Raises NotThere for somebody nobody knows."""
    who = whom(view, actor)
    if who is None:
        raise NotThere(f"nobody is called {actor[:80]!r}", hint="the list of actors has all")
    return who, _place(who, wanted)


def _bloc(view: View, rows: Sequence[Mapping[str, Any]], who: Whom) -> Mapping[str, Any] | None:
    """The row of the actor's party among ``blocs``; rows name no ids, so that the record of one of its stances is asked."""
    if who.party is None:
        return None
    party, name = who.party
    likely = [row for row in rows if row["id"] and row["actor_country"] == who.country and (row["actor"] == name or who.country == party)]
    return next((row for row in likely if party in {id_ for id_, _ in sections.parties(told(view, row["id"][:1])).values()}), None)
