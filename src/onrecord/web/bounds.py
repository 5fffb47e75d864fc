"""What stands before every request, as plain ASGI: host names, sizes and times of what is sent, the headers of every answer. Knows no route."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Collection

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("onrecord.web")
BODY = 2_000_000
"""Bytes that a request may send; a correction of a record has far fewer."""
QUERY = 8_192
PARAMETERS = 100
SECONDS = 20.0
"""How long a body may take."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Refused(Exception):
    """A body that is too long or too slow. ``status``: 413 or 408."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Bounds:
    """Refuses foreign host names, over-long addresses, too many parameters, bodies that are too big or too slow; adds the safe headers."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], fault: Callable[[Request, Exception], Response]) -> None:
        """``fault``: what is answered where a fault of ours is met; it says nothing of the fault itself."""
        self._app, self._hosts, self._fault = app, hosts, fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((n, v) for n, v in HEADERS if n not in there)]
            elif head_only:
                message = {**message, "body": b""}
            await send(message)

        head_only = scope["method"] == "HEAD"  # answered as GET, without its body
        if head_only:
            scope = {**scope, "method": "GET"}
        refused = self._refused(scope)
        if refused is not None:
            await _answer(guarded, *refused)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await guarded(message)

        try:
            await self._app(scope, _bounded(receive), sending)
        except Refused as error:
            if not started:
                await _answer(guarded, error.status, error.message)
        except Exception as error:  # the boundary: one request that fails must not say how, nor go without the safe headers
            log.exception("answering %s failed", scope["path"])
            if not started:
                await self._fault(Request(scope), error)(scope, receive, guarded)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason where the request's head is enough to refuse it."""
        headers = {name.lower(): value for name, value in scope["headers"]}
        if _host(headers.get(b"host", b"")) not in self._hosts:
            return 421, "this desk does not go by that name; name it with --name when it is started"
        query: bytes = scope["query_string"]
        if len(query) + len(scope.get("raw_path") or b"") > QUERY:
            return 414, f"the address is longer than {QUERY} bytes"
        if query.count(b"&") >= PARAMETERS:
            return 400, f"the address has more than {PARAMETERS} parameters"
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 18:
            return 400, "the content length is no number"
        if int(length) > BODY:
            return 413, f"the body is longer than {BODY} bytes"
        return None


def _host(header: bytes) -> str:
    name = header.decode("latin-1").lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0]


def _bounded(receive: Receive) -> Receive:
    """``receive`` that raises Refused where a body is too long or takes too long."""
    read, ends = 0, asyncio.get_running_loop().time() + SECONDS
    whole = False

    async def bounded() -> Message:
        nonlocal read, whole
        if whole:
            return await receive()  # only the end of the connection is still to come
        try:
            async with asyncio.timeout_at(ends):
                message = await receive()
        except TimeoutError:
            raise Refused(408, f"the body took longer than {SECONDS:.0f} seconds") from None
        read += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if read > BODY:
            raise Refused(413, f"the body is longer than {BODY} bytes")
        return message

    return bounded


async def _answer(send: Send, status: int, message: str) -> None:
    body = json.dumps({"type": "about:blank", "title": message, "status": status}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
