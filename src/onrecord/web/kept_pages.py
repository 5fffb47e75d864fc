"""Answers to GET requests: their ETag, 304 where the browser has them, compression, and a short memory of what was asked just now. Plain ASGI.

Only what anybody may see is kept: a request with a cookie or a token is always answered anew. A kept answer is given as long as neither the store nor
the desk changed, and for ``lag`` seconds where they did. Streams (exports) and big answers pass through untouched.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BIGGEST = 2_000_000
"""Bytes of an answer that is held back for its ETag; a longer one passes."""
ROOM = 48_000_000
"""Bytes of all kept answers."""
_SHORT = 600
_COMPRESSED = (b"text/", b"application/json", b"application/problem+json", b"application/ld+json", b"application/atom+xml", b"application/feed+json")
Tick = Callable[[], object]


@dataclass(slots=True)
class Kept:
    """A whole answer: its head without length and encoding, its body plain and compressed (None where that is not worth it)."""

    status: int
    headers: list[tuple[bytes, bytes]]
    plain: bytes
    small: bytes | None
    etag: bytes
    tick: object
    at: float

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return len(self.plain) + len(self.small or b"")


class Pages:
    """Gives ETags, 304, compression, and keeps what was answered just now."""

    def __init__(self, app: ASGIApp, tick: Tick, lag: float) -> None:
        """``tick``: something that differs whenever the store or the desk changed; called in the event loop, so it must be quick."""
        self._app, self._tick, self._lag = app, tick, lag
        self._kept: OrderedDict[tuple[str, bytes], Kept] = OrderedDict()
        self._size = 0
        self._making: dict[tuple[str, bytes], asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if b"cookie" in headers or b"authorization" in headers:
            await self._answer(scope, receive, send, headers, None)
            return
        # htmx asks for pieces of pages at the address of the page.
        key = (scope["path"], scope["query_string"] + b" " + headers.get(b"hx-request", b"") + b" " + headers.get(b"accept", b"")[:100])
        kept = await self._known(key)
        if kept is not None:
            await _give(kept, headers, send)
            return
        self._making[key] = done = asyncio.Event()
        try:
            await self._answer(scope, receive, send, headers, key)
        finally:
            self._making.pop(key, None)
            done.set()

    async def _known(self, key: tuple[str, bytes]) -> Kept | None:
        """A kept answer that may be given; waits where the same is being made for somebody else."""
        if key in self._making:
            await self._making[key].wait()
        kept = self._kept.get(key)
        if kept is None or (kept.tick != self._tick() and time.monotonic() - kept.at >= self._lag):
            return None
        self._kept.move_to_end(key)
        return kept

    async def _answer(self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], key: tuple[str, bytes] | None) -> None:
        tick = self._tick()
        head: Message | None = None
        body = bytearray()
        passing = False

        async def held(message: Message) -> None:
            nonlocal head, passing
            if passing:
                await send(message)
            elif message["type"] == "http.response.start":
                head = message
            elif message["type"] == "http.response.body" and head is not None:
                body.extend(message.get("body", b""))
                more = message.get("more_body", False)
                if len(body) > BIGGEST or (more and _streams(head)):
                    passing = True
                    await send(head)
                    await send({"type": "http.response.body", "body": bytes(body), "more_body": more})
                    body.clear()
                elif not more:
                    kept = _whole(head, bytes(body), tick)
                    if key is not None and kept.status == 200 and b"no-store" not in dict(kept.headers).get(b"cache-control", b""):
                        self._keep(key, kept)
                    await _give(kept, headers, send)

        await self._app(scope, receive, held)

    def _keep(self, key: tuple[str, bytes], kept: Kept) -> None:
        former = self._kept.pop(key, None)
        self._size += kept.size - (former.size if former else 0)
        self._kept[key] = kept
        while self._size > ROOM:
            _, gone = self._kept.popitem(last=False)
            self._size -= gone.size


def _streams(head: Message) -> bool:
    """Whether an answer is meant to flow: what is to be saved as a file."""
    return any(name.lower() == b"content-disposition" for name, _ in head["headers"])


def _whole(head: Message, body: bytes, tick: object) -> Kept:
    headers = [(n, v) for n, v in head["headers"] if n.lower() not in (b"content-length", b"etag")]
    kind = next((v for n, v in headers if n.lower() == b"content-type"), b"")
    encoded = any(n.lower() == b"content-encoding" for n, _ in headers)
    small = gzip.compress(body, 5, mtime=0) if len(body) >= _SHORT and not encoded and kind.startswith(_COMPRESSED) else None
    if not any(n.lower() == b"cache-control" for n, _ in headers):
        headers.append((b"cache-control", b"no-cache"))
    if small is not None:
        headers.append((b"vary", b"Accept-Encoding, HX-Request"))
    etag = b'"' + hashlib.sha256(body).hexdigest()[:24].encode() + b'"'
    return Kept(head["status"], headers, body, small, etag, tick, time.monotonic())


async def _give(kept: Kept, asked: dict[bytes, bytes], send: Send) -> None:
    headers = list(kept.headers)
    if kept.status == 200:
        headers.append((b"etag", kept.etag))
        if kept.etag in [tag.strip().removeprefix(b"W/") for tag in asked.get(b"if-none-match", b"").split(b",")]:
            await send({"type": "http.response.start", "status": 304, "headers": [h for h in headers if h[0].lower() != b"content-type"]})
            await send({"type": "http.response.body", "body": b""})
            return
    body = kept.plain
    if kept.small is not None and b"gzip" in asked.get(b"accept-encoding", b""):
        body = kept.small
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": kept.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
