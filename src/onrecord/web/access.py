"""Who may do what: tokens in the Authorization header for programs, a cookie for browsers. Decides; ``onrecord.desk.tokens`` keeps.

A browser that signed in must send, with everything that changes something, the secret its pages hold (the header X-CSRF or the form field csrf), and
its request must come from this server's own pages. Tokens are never taken from an address, and never logged.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request

from onrecord.desk import tokens
from onrecord.desk.tokens import Person, Scope
from onrecord.web.serving import Serving, serving

COOKIE = "onrecord"
_FIELDS = 400
_TRIES, _WITHIN = 10, 60.0


class Denied(Exception):
    """A request that may not be answered. ``status`` 401: nobody is signed in, 403: it is not allowed, 429: too many wrong tokens."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.hint = status, message, hint


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. ``person`` is None for somebody unknown; ``csrf`` is what the forms of a signed-in browser must hold."""

    person: Person | None
    csrf: str = ""


Form = dict[str, str]


async def posted(request: Request) -> Form:
    """The fields of a posted form; of a field given twice, the last. Raises Denied (400 as status) for a body that is no form."""
    if request.method in ("GET", "HEAD"):
        return {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if not body:
        return {}
    if kind != "application/x-www-form-urlencoded":
        return {}
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise Denied(400, "the form cannot be read", "send fewer fields, in UTF-8") from None
    return {name: values[-1] for name, values in fields.items()}


def visitor(request: Request) -> Visitor:
    """Who asks, by header or cookie. Raises Denied for a header that holds no valid token: a program should hear of it."""
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None:
        known = request.state.visitor = _visitor(request, serving(request))
    return known


def _visitor(request: Request, desk: Serving) -> Visitor:
    header = request.headers.get("authorization")
    if header is not None:
        kind, _, token = header.partition(" ")
        person = tokens.person(desk.book, token.strip()) if kind.lower() == "bearer" else None
        if person is None:
            raise Denied(401, "the token is unknown, ended or revoked", "make one with: onrecord token make STORE NAME --scope reader")
        return Visitor(person)
    cookie = request.cookies.get(COOKIE)
    found = tokens.signed_in(desk.book, cookie) if cookie else None
    return Visitor(None) if found is None else Visitor(*found)


def _allowed(request: Request, form: Form, scope: Scope) -> Person:
    who = visitor(request)
    if who.person is None:
        raise Denied(401, "this needs a token", "sign in, or send Authorization: Bearer TOKEN")
    if not who.person.may(scope):
        raise Denied(403, f"this needs the scope {scope}; the token of {who.person.name} has {who.person.scope}", "ask for a token with that scope")
    if who.csrf and request.method not in ("GET", "HEAD", "OPTIONS"):
        own_page(request, form, who.csrf)
    return who.person


def own_page(request: Request, form: Form, csrf: str) -> None:
    """Raise Denied unless a request of a signed-in browser comes from one of our own pages."""
    sent = request.headers.get("x-csrf") or form.get("csrf", "")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") or not hmac.compare_digest(sent.encode(), csrf.encode()):
        raise Denied(403, "this request does not come from a page of this desk", "load the page again and repeat it")


def anyone(request: Request) -> Visitor:
    """Whoever may read: everybody, unless the desk is private. Raises Denied."""
    who = visitor(request)
    if who.person is None and serving(request).settings.closed:
        raise Denied(401, "reading needs a token here", "sign in, or send Authorization: Bearer TOKEN")
    return who


def reader(request: Request, form: Annotated[Form, Depends(posted)]) -> Person:
    """Somebody with a token of any scope. Raises Denied."""
    return _allowed(request, form, "reader")


def reviewer(request: Request, form: Annotated[Form, Depends(posted)]) -> Person:
    """Somebody who may review. Raises Denied."""
    return _allowed(request, form, "reviewer")


def admin(request: Request, form: Annotated[Form, Depends(posted)]) -> Person:
    """Somebody who may adjudicate and name feeds. Raises Denied."""
    return _allowed(request, form, "admin")


class Tries:
    """Wrong tokens at the sign-in, over all callers: guessing 256 bits is hopeless, but it should not keep the server busy either."""

    def __init__(self) -> None:
        self._failed: list[float] = []

    def check(self) -> None:
        """Raise Denied where there were too many in the last minute."""
        now = time.monotonic()
        self._failed = [at for at in self._failed if now - at < _WITHIN]
        if len(self._failed) >= _TRIES:
            raise Denied(429, "too many wrong tokens", "wait a minute")

    def failed(self) -> None:
        """Note a wrong one."""
        self._failed.append(time.monotonic())
