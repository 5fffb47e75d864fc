"""The pages of issues: all of a store, and of each who stands where, what changed, what is contested, what was said and done of late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.codebook.issues import packaged, words_of
from onrecord.codebook.own_issues import OWN
from onrecord.errors import NotThere, QueryError
from onrecord.query import QUERIES, Filter, events, positions, statements
from onrecord.query.latest import latest
from onrecord.store import View
from onrecord.web.filters import address, asked, number_in
from onrecord.web.pages import sections
from onrecord.web.pages.sections import FIELDS, MOST, Part, Place, passing, section, told
from onrecord.web.render import page, piece
from onrecord.web.serving import serving

router = APIRouter()

SIDES = (("for", "against"), ("support", "oppose"), ("neutral", "declines-comment"))
"""Where parties stand, those side by side that are opposites; support and oppose where the words do not tell the side."""
A_SIDE, A_PAGE, RECENT = 6, 50, 5
_FIELDS = (*FIELDS, "actor")

Wanted = Annotated[Filter, Depends(asked(QUERIES["standing"], ("group", "start"), _FIELDS))]
Listed = Annotated[Filter, Depends(asked(QUERIES["issues"], ("words",), _FIELDS))]


@dataclass(frozen=True, slots=True)
class Side:
    """The parties of one side: ``rows`` of standing from number ``start`` on, of ``total``."""

    side: str
    total: int
    start: int
    rows: Sequence[Mapping[str, Any]]


@router.get("/issues")
def issues(request: Request, wanted: Listed) -> Response:
    """The issues of the store that hold the words asked for."""
    words = request.query_params.get("words", "").strip()
    desk = serving(request)
    with desk.view() as view:
        answer = desk.answers.get(view, "issues", wanted, count=MOST)
        context = {
            "answer": answer, "rows": [row for row in answer.rows if _holds(row, words)], "words": words, "wanted": wanted,
            "here": address("/issues", wanted, words=words), "empty": not view.size(),
        }  # fmt: skip
    if request.headers.get("hx-request"):
        return passing(piece(request, "parts_subjects", "issue_list", context), [answer])
    return passing(page(request, "issues", at="issues", context=context, wanted=wanted, words=words), [answer])


@router.get("/issues/{issue}")
def one(request: Request, issue: str, wanted: Wanted) -> Response:
    """An issue: its sections, which load by themselves."""
    with serving(request).view() as view:
        place = _place(view, issue, wanted)
    if place.asked.issue != issue:
        return RedirectResponse(address(place.path, wanted), 307)
    return page(request, "issue", at="issues", place=place, entry=packaged().rows.get(issue))


@router.get("/issues/{issue}/standing")
def standing(request: Request, issue: str, wanted: Wanted) -> Response:
    """Who stands where. ``group``: only this side, from row ``start``."""
    only, start = request.query_params.get("group"), number_in(request, "start")
    desk = serving(request)
    with desk.view() as view:
        place = _place(view, issue, wanted)
        answer = desk.answers.get(view, "standing", place.asked, count=MOST)
        sides = _sides(answer.rows, only, start)
        said = told(view, (row["record_id"] for pair in sides for side in pair for row in side.rows))
    context = {"answer": answer, "sides": sides, "said": said, "parties": sections.parties(said)}
    return section(request, place, Part("standing", "Who stands where", context, [answer]))


@router.get("/issues/{issue}/changes")
def changes(request: Request, issue: str, wanted: Wanted) -> Response:
    """What changed."""
    return sections.answered(request, lambda view: _place(view, issue, wanted), sections.changes)


@router.get("/issues/{issue}/contested")
def contested(request: Request, issue: str, wanted: Wanted) -> Response:
    """What reports tell differently."""
    return sections.answered(request, lambda view: _place(view, issue, wanted), sections.contested)


@router.get("/issues/{issue}/latest")
def recent(request: Request, issue: str, wanted: Wanted) -> Response:
    """What was said and done on it of late."""
    with serving(request).view() as view:
        place = _place(view, issue, wanted)
        said, done = latest(view, statements, place.asked, RECENT), latest(view, events, place.asked, RECENT)
    lists = [
        ("Statements", "All statements", address("/search", place.asked, kind="statement"), said),
        ("Events", "All events", address("/timeline", place.asked), done),
    ]
    return section(request, place, Part("recent", "Latest", {"lists": lists}))


def _place(view: View, issue: str, wanted: Filter) -> Place:
    """The page of an issue, named by its id or label. Raises NotThere, with near matches."""
    try:
        full = replace(wanted, issue=issue)
    except QueryError as error:
        hint = error.hint if "did you mean" in error.hint else "the list of issues has all"
        raise NotThere(f"no issue is called {issue[:80]!r}", hint=hint) from None
    found = str(full.issue)
    entry = packaged().rows.get(found)
    shown = None if entry else next(iter(positions(view, Filter(issue=found, limit=1))), None)
    if entry is None and shown is None:
        raise NotThere(f"this store has nothing on {issue[:80]!r}", hint=f"issues of your own begin with {OWN}; the list of issues has all")
    return Place("issues", f"/issues/{found}", entry.label if entry else (shown and shown.issue_label) or found, wanted, full)


def _holds(row: Mapping[str, Any], words: str) -> bool:
    """Whether the issue's id, label, definition or cues hold all the words, each the beginning of one of theirs."""
    entry = packaged().rows.get(row["issue"])
    texts = (row["issue"], row["issue_label"], *((entry.definition, *entry.cues, *entry.weak) if entry else ()))
    there = {word for text in texts for word in words_of(text)}
    return all(any(word.startswith(wanted) for word in there) for wanted in words_of(words))


def _sides(rows: Sequence[Mapping[str, Any]], only: str | None, start: int) -> list[list[Side]]:
    """Parties by side, the best attested first, so many of each as are shown; opposites in one list, if anybody takes one of them."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda r: (-r["documents"], -r["positions"], r["holder"])):
        found.setdefault(row["side"] or row["stance"], []).append(row)
    if only:
        return [[Side(only, len(found[only]), start, found[only][start : start + A_PAGE])]] if only in found else []
    pairs = [pair for pair in SIDES if not found.keys().isdisjoint(pair)]
    return [[Side(side, len(found.get(side, [])), 0, found.get(side, [])[:A_SIDE]) for side in pair] for pair in pairs]
