"""The pages of issues: all of a store, and of each who stands where, what changed, what is contested, what happened of late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.codebook.issues import IssueEntry, packaged, words_of
from onrecord.codebook.own_issues import OWN
from onrecord.errors import QueryError
from onrecord.query import QUERIES, Filter, events, positions, statements
from onrecord.query.latest import latest
from onrecord.store import View
from onrecord.web.filters import address, asked
from onrecord.web.pages import sections
from onrecord.web.pages.sections import MOST, section, told
from onrecord.web.problems import NotThere
from onrecord.web.render import page, piece
from onrecord.web.serving import serving

router = APIRouter()

FIELDS = ("since", "until", "actor", "publisher", "confidence")
"""The filters that all sections of an issue take."""
SIDES = ("for", "against", "neutral", "support", "oppose", "declines-comment")
"""Where parties stand, in the order in which they are shown; support and oppose where the words do not tell the side."""
A_SIDE, ROWS, RECENT = 8, 30, 6
_KINDS = ("change", "silence", "return")

Wanted = Annotated[Filter, Depends(asked(QUERIES["standing"], fields=FIELDS))]
Listed = Annotated[Filter, Depends(asked(QUERIES["issues"], ("words",), FIELDS))]


@router.get("/issues")
def issues(request: Request, wanted: Listed) -> Response:
    """The issues of the store that hold the words asked for."""
    words = request.query_params.get("words", "").strip()
    desk = serving(request)
    with desk.view() as view:
        answer = desk.answers.get(view, "issues", wanted, count=MOST)
        rows = [] if answer is None else [row for row in answer.rows if _holds(row, words)]
        empty = not view.size()
    here = address("/issues", wanted, words=words)
    context = {"answer": answer, "rows": rows, "words": words, "wanted": wanted, "here": here, "codebook": packaged().rows, "empty": empty}
    if request.headers.get("hx-request"):
        return piece(request, "parts_subjects", "issue_list", context)
    return page(request, "issues", at="issues", context=context, wanted=wanted, words=words)


@router.get("/issues/{issue}")
def one(request: Request, issue: str, wanted: Wanted) -> Response:
    """An issue: its sections, which load by themselves."""
    with serving(request).view() as view:
        found = _issue(view, issue)
        if found.issue != issue:
            return RedirectResponse(address(_path(found.issue), wanted), 307)
        label = _label(view, found)
    entry = packaged().rows.get(issue)
    return page(request, "issue", at="issues", issue=issue, label=label, entry=entry, wanted=wanted, path=_path(issue), asked=replace(wanted, issue=issue))


@router.get("/issues/{issue}/standing")
def standing(request: Request, issue: str, wanted: Wanted) -> Response:
    """Who stands where. ``group``: only this side, from row ``start``."""
    side, start = request.query_params.get("group"), _start(request)
    desk = serving(request)
    with desk.view() as view:
        full = replace(_issue(view, issue), **_set(wanted))
        answer = desk.answers.get(view, "standing", full, count=MOST)
        sides = _sides([] if answer is None else answer.rows, side, start)
        said = told(view, (row["record_id"] for group in sides for row in group["rows"]))
    context = {
        "answer": answer, "sides": sides, "said": said, "ids": sections.party_ids(said), "entry": packaged().rows.get(issue), "issue": issue, "here": _here(issue, "standing", wanted),
        "wanted": wanted, "asked": full,
    }  # fmt: skip
    return section(request, "standing", "Who stands where", (address(_path(issue), wanted), issue), "issues", context)


@router.get("/issues/{issue}/changes")
def changes(request: Request, issue: str, wanted: Wanted) -> Response:
    """Turns, silences and returns, and who spoke for the first time, the latest first."""
    desk = serving(request)
    with desk.view() as view:
        full = replace(_issue(view, issue), **_set(wanted))
        answers = [desk.answers.get(view, "shifts", replace(full, kind=kind), count=MOST) for kind in (*_KINDS, "first")]
        done = [answer for answer in answers if answer is not None]
        turned, first = [row for answer in done[:-1] for row in answer.rows], done[-1].rows if done else ()
        told_of = [sections.quoted(view, sections.by_day(rows)[:ROWS]) for rows in (turned, first)]
    context = {
        "answer": None if len(done) < len(answers) else min(done, key=lambda a: a.as_of), "turned": told_of[0], "all_turned": len(turned),
        "first": told_of[1], "all_first": len(first), "here": _here(issue, "changes", wanted), "asked": full,
    }  # fmt: skip
    return section(request, "changes", "What changed", (address(_path(issue), wanted), issue), "issues", context)


@router.get("/issues/{issue}/contested")
def contested(request: Request, issue: str, wanted: Wanted) -> Response:
    """On whom reports disagree, and what they tell differently."""
    desk = serving(request)
    with desk.view() as view:
        full = replace(_issue(view, issue), **_set(wanted))
        stands = desk.answers.get(view, "standing", full, count=MOST)
        differ = desk.answers.get(view, "contradictions", replace(full, confidence=None), count=ROWS)
        both = [row for row in (stands.rows if stands else ()) if row["otherwise"]]
        both.sort(key=lambda row: (-row["otherwise"], row["holder"]))
        said = told(view, [row["record_id"] for row in both[:ROWS]] + [row[i] for row in (differ.rows if differ else ()) for i in ("id", "other_id")])
    context = {
        "stands": stands, "differ": differ, "both": both[:ROWS], "total": len(both), "said": said, "ids": sections.party_ids(said), "here": _here(issue, "contested", wanted),
        "asked": full, "of_actor": False,
    }  # fmt: skip
    return section(request, "contested", "What is contested", (address(_path(issue), wanted), issue), "issues", context)


@router.get("/issues/{issue}/latest")
def recent(request: Request, issue: str, wanted: Wanted) -> Response:
    """What was said and done on it of late."""
    with serving(request).view() as view:
        full = replace(_issue(view, issue), **_set(wanted))
        context = {"lists": [("Statements", address("/search", full, kind="statement"), latest(view, statements, full, RECENT)), ("Events", address("/timeline", full), latest(view, events, full, RECENT))]}
    context["asked"] = full
    return section(request, "recent", "Of late", (address(_path(issue), wanted), issue), "issues", context)


def _path(issue: str) -> str:
    return f"/issues/{issue}"


def _here(issue: str, name: str, wanted: Filter, **more: object) -> str:
    return address(f"{_path(issue)}/{name}", wanted, **more)


def _set(wanted: Filter) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in FIELDS}


def _start(request: Request) -> int:
    value = request.query_params.get("start", "0")
    return min(int(value), MOST) if value.isascii() and value.isdigit() else 0


def _issue(view: View, issue: str) -> Filter:
    """The filter of an issue, named by its id or label. Raises NotThere, with near matches."""
    try:
        found = Filter(issue=issue)
    except QueryError as error:
        raise NotThere(f"no issue is called {issue[:80]!r}", hint=error.hint if "did you mean" in error.hint else "the list of issues has all") from None
    if (found.issue or "").startswith(OWN) and next(view.records("position", replace(found, limit=1)), None) is None:
        raise NotThere(f"this store has nothing on {issue[:80]!r}", hint="the list of issues has all")
    return found


def _label(view: View, wanted: Filter) -> str:
    entry = packaged().rows.get(wanted.issue or "")
    row = None if entry else next(iter(positions(view, replace(wanted, limit=1))), None)
    return entry.label if entry else row.issue_label if row and row.issue_label else str(wanted.issue)


def _holds(row: Mapping[str, Any], words: str) -> bool:
    """Whether the issue's id, label, definition or cues hold all the words, each the beginning of one of theirs."""
    entry: IssueEntry | None = packaged().rows.get(row["issue"])
    texts = (row["issue"], row["issue_label"], *((entry.definition, *entry.cues, *entry.weak) if entry else ()))
    there = {word for text in texts for word in words_of(text)}
    return all(any(word.startswith(wanted) for word in there) for wanted in words_of(words))


def _sides(rows: Sequence[Mapping[str, Any]], only: str | None, start: int) -> list[dict[str, Any]]:
    """Parties by side, the best attested first, so many of each as are shown."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["side"] or row["stance"], []).append(row)
    count, shown = (ROWS, [side for side in SIDES if side == only]) if only else (A_SIDE, [side for side in SIDES if side in found])
    return [
        {
            "side": side, "total": len(group), "start": start if only else 0,
            "rows": sorted(group, key=lambda r: (-r["documents"], -r["positions"], r["holder"]))[start if only else 0 :][:count],
        } for side in shown for group in [found.get(side, [])]
    ]  # fmt: skip
