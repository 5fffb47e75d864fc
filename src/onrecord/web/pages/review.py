"""Reviews: a queue beside the words, one post for each decision, corrections and additions by form, what was decided, how far reviewers agree."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Annotated, TypeVar, get_args

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord import app
from onrecord.across.judging import OF_DOCUMENTS, Verdict
from onrecord.desk.tokens import Person
from onrecord.errors import QueryError
from onrecord.model import Decision
from onrecord.model.links import LinkType
from onrecord.query import QUERIES, Filter
from onrecord.query.agreement import LINK, agreement
from onrecord.query.reviews import reviews
from onrecord.review import CHOICES
from onrecord.review.forms import read_form
from onrecord.review.parties import named
from onrecord.store import RecordKind
from onrecord.store.standing import State
from onrecord.web.access import Form, posted, reviewer
from onrecord.web.choices import choices
from onrecord.web.filters import address, asked, tidied
from onrecord.web.render import page
from onrecord.web.reviewing import PAIRS, at_hand, board, typed
from onrecord.web.serving import serving

router = APIRouter()
_LISTED = 40
_KINDS = get_args(RecordKind)
_STATES = ("undecided", "decided", *get_args(State))
_FIELDS = tuple(name for name in QUERIES["queue"].fields if name != "limit")
_EXTRA = ("record", "edit", "of")
T = TypeVar("T", bound=str)
Who = Annotated[Person, Depends(reviewer)]
Posted = Annotated[Form, Depends(posted)]
Queued = Annotated[Filter, Depends(asked(QUERIES["queue"], extra=_EXTRA, fields=_FIELDS))]


@router.get("/review")
def review(request: Request, who: Who, wanted: Queued) -> Response:
    """The queue, and the record at hand beside its words. Of orphans no words are left to judge: they are listed with the decisions on them."""
    if wanted.state == "orphan":
        return RedirectResponse(address("/review/decisions", Filter(state=wanted.state, kind=wanted.kind, publisher=wanted.publisher)), 302)
    return tidied(request) or _page(request, who, wanted)


@router.post("/review/decide")
def decide(request: Request, who: Who, form: Posted, wanted: Queued) -> Response:
    """Accept, reject, agree or withdraw; the next record comes to hand."""
    choice = _one_of("choice", form.get("choice", ""), CHOICES)
    app.decide(
        serving(request).store, _needed(form, "record"), choice, by=who.name, note=form.get("note", ""), like=form.get("like"),
        settles="settles" in form, admin=who.may("admin"),
    )  # fmt: skip
    return _to(wanted, form["record"] if choice == "withdraw" else form.get("next", ""))


@router.post("/review/correct")
def correct(request: Request, who: Who, form: Posted, wanted: Queued) -> Response:
    """Correct the record by its form; what cannot be kept comes back with what is wrong."""
    try:
        with serving(request).view() as view:
            record = at_hand(view, _needed(form, "record"))
            reading = view.reading(record.document_id)
            change = read_form(record.kind, form, record, reading, lambda name: named(view, reading, name))
        app.decide(
            serving(request).store, form["record"], "correct", by=who.name, note=form.get("note", ""), change=change,
            settles="settles" in form, admin=who.may("admin"),
        )  # fmt: skip
    except QueryError as error:
        return _again(request, who, wanted, form, error)
    return _to(wanted, form.get("next", ""))


@router.post("/review/add")
def add(request: Request, who: Who, form: Posted, wanted: Queued) -> Response:
    """Add a record that the machine did not read."""
    kind = _one_of("of", request.query_params.get("of", ""), _KINDS)
    try:
        with serving(request).view() as view:
            reading = view.reading(_needed(form, "document"))
            fields = read_form(kind, form, None, reading, lambda name: named(view, reading, name))
        made = app.add_record(serving(request).store, reading.document.id, {**fields, "kind": kind}, by=who.name, note=form.get("note", ""))
    except QueryError as error:
        return _again(request, who, wanted, form, error)
    return _to(wanted, made.record_id)


@router.post("/review/undo")
def undo(request: Request, who: Who, wanted: Queued) -> Response:
    """Withdraw the reviewer's own latest decision that still counts, on a record or a link; its record comes to hand."""
    made = app.undo(serving(request).store, by=who.name)
    if isinstance(made, Decision):
        return _to(wanted, made.record_id)
    return _to(wanted, "" if made.type in OF_DOCUMENTS else made.left)


@router.post("/review/pair")
def pair(request: Request, who: Who, form: Posted, wanted: Queued) -> Response:
    """Merge or split: judge whether two tell of the same, or answer each other; ``settles`` ends a dispute."""
    verdict = _one_of("verdict", form.get("verdict", ""), get_args(Verdict))
    kind: LinkType | None = _one_of("type", form["type"], get_args(LinkType)) if form.get("type") else None
    record = _needed(form, "record")
    app.judge(
        serving(request).store, record, _needed(form, "other"), verdict, by=who.name, type=kind, note=form.get("note", ""),
        settles="settles" in form, admin=who.may("admin"),
    )  # fmt: skip
    return _to(wanted, form.get("next", record))


@router.get("/review/decisions", dependencies=[Depends(reviewer)])
def decisions(request: Request, wanted: Annotated[Filter, Depends(asked(QUERIES["reviews"]))]) -> Response:
    """What was decided, the latest first."""
    with serving(request).view() as view:
        rows = list(islice(reviews(view, replace(wanted, limit=_LISTED + 1)), _LISTED + 1))
        names = list(view.reviewers())
    following = address("/review/decisions", wanted, after=rows[_LISTED - 1].id) if len(rows) > _LISTED else None
    return page(
        request, "review_decisions", at="review", rows=rows[:_LISTED], following=following, wanted=wanted, names=names, kinds=_KINDS, states=_STATES
    )


@router.get("/review/agreement", dependencies=[Depends(reviewer)])
def agreeing(request: Request, wanted: Annotated[Filter, Depends(asked(QUERIES["agreement"]))]) -> Response:
    """How far reviewers agree."""
    with serving(request).view() as view:
        rows = agreement(view, wanted)
    return page(request, "review_agreement", at="review", rows=rows, wanted=wanted, kinds=(*_KINDS, LINK))


def _page(request: Request, who: Person, wanted: Filter, *, sent: Form | None = None, wrong: QueryError | None = None) -> Response:
    asked_for = {name: request.query_params.get(name, "") for name in _EXTRA}
    with serving(request).view() as view:
        shown = board(view, who, wanted, record=asked_for["record"], edit=asked_for["edit"], kind=asked_for["of"])
    form = typed(shown.form, sent) if shown.form is not None and sent is not None else shown.form
    status = 422 if wrong is not None and "hx-request" not in request.headers else 200  # htmx shows nothing of what is not 200
    return page(
        request, "review", status=status, at="review", board=shown, form=form, wanted=wanted, wrong=wrong, note=(sent or {}).get("note", ""),
        choices=choices(), kinds=_KINDS, states=_STATES, pairs=PAIRS,
    )  # fmt: skip


def _again(request: Request, who: Person, wanted: Filter, sent: Form, error: QueryError) -> Response:
    """The form as it was sent, with what is wrong in it."""
    return _page(request, who, wanted, sent=sent, wrong=error)


def _to(wanted: Filter, record: str) -> Response:
    """Back to the queue with a record at hand, by a GET, so that loading again decides nothing twice."""
    return RedirectResponse(address("/review", wanted, record=record), 303)


def _needed(form: Form, name: str) -> str:
    if not form.get(name):
        raise QueryError(f"{name} is missing", hint="use the page of reviews")
    return form[name]


def _one_of(name: str, given: str, known: tuple[T, ...]) -> T:
    """The one of ``known`` that was given. Raises QueryError."""
    for value in known:
        if value == given:
            return value
    raise QueryError(f"{name}: {given[:80]!r} is not known", hint="one of " + ", ".join(map(str, known)))
