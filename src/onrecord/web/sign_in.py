"""Signing in with a token, and out again: a cookie that scripts cannot read and that no other site's page can send."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.desk import tokens
from onrecord.web.access import COOKIE, Denied, Form, Tries, own_page, posted, visitor
from onrecord.web.render import page
from onrecord.web.serving import serving

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def form(request: Request, to: str = "/") -> Response:
    """The form, or how to make a token where there is none."""
    return page(request, "sign_in", to=inside(to), wrong=False, made=tokens.any_made(serving(request).book))


@router.post("/sign-in")
def sign_in(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Set the cookie and go where one was going."""
    tries: Tries = request.app.state.tries
    tries.check()
    found = tokens.sign_in(serving(request).book, form.get("token", "").strip())
    to = inside(form.get("to", "/"))
    if found is None:
        tries.failed()
        return page(request, "sign_in", status=401, to=to, wrong=True, made=tokens.any_made(serving(request).book))
    answer = RedirectResponse(to, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, found[0], max_age=int(tokens.SIGNED_IN_FOR.total_seconds()), httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Forget the cookie."""
    who = visitor(request)
    if who.person is None or not who.csrf:
        raise Denied(401, "nobody is signed in")
    own_page(request, form, who.csrf)
    tokens.sign_out(serving(request).book, request.cookies[COOKIE])
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer


def inside(to: str) -> str:
    """``to`` if it is an address of this desk, else its first page: no link may lead away through the sign-in."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() else "/"
