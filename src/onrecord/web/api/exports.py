"""Answers as files: a ZIP with a manifest, sent while it is made, of one snapshot of the store. Each holds a snapshot, so few go at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import chain, islice
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Query as Param
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from onrecord.errors import StoreBusy, StoreError
from onrecord.export import known
from onrecord.export.annotation import Names
from onrecord.export.bundle import Answered, Export, bundle, formats_of
from onrecord.query import HELP, QUERIES, Filter, Query
from onrecord.store import View, open_store
from onrecord.web.answers import LIVE, NotYet
from onrecord.web.api.kept_rows import KeptRow
from onrecord.web.api.queries import example, whole
from onrecord.web.api.replies import WORKING, answers, kept_by, not_yet, told
from onrecord.web.filters import asked, check
from onrecord.web.serving import Serving, serving

router = APIRouter(tags=["exports"])
ZIP = "application/zip"
AT_ONCE = 4
"""Exports that may be under way."""
LONGEST = 3_600.0
"""Seconds after which an export is broken off: a client that hardly reads must not hold a snapshot for good."""
ANY = "any"
Pieces = Generator[bytes, None, None]
_CACHE_KIB = 8_192
_going = threading.BoundedSemaphore(AT_ONCE)

_ABOUT = "All rows, not a page of them, of one snapshot of the store; `manifest.json` counts and digests every file."
_STATUS = f"{HELP['status'].rstrip('.')}; {ANY}: all of them, which is usual but for exchange formats, where actual is."


def _endpoint(query: Query, asking: Any) -> Callable[..., Response]:
    # Defaults, not annotations, for those cannot see the query.
    written: Any = Param("csv", description="How it is written.", json_schema_extra={"enum": [*formats_of(query)]})
    state: Any = Param(None, description=_STATUS, max_length=80, include_in_schema="status" in query.fields)

    def endpoint(request: Request, wanted: Filter = asking, format: str = written, status: str | None = state) -> Response:  # noqa: A002
        check(request, {*query.fields, "format"})
        if not status and format in known():
            status = "actual"
        wanted = replace(wanted, status=None if status in ("", ANY) else status)
        return _answer(request, serving(request), query, wanted, format)

    return endpoint


def _answer(request: Request, desk: Serving, query: Query, wanted: Filter, format_: str) -> Response:
    """The export; 304 where the asker has it, 202 while the answer is worked out, 503 where that failed."""
    with ExitStack() as stack:
        view = _snapshot(desk, stack)
        wanted = whole(view, wanted, query)
        found = _rows(desk, view, query, wanted)
        if isinstance(found, NotYet):
            return not_yet(found)
        rows, as_of = found
        etag = f'W/"{as_of}-{sha256((version("onrecord") + request.url.query).encode()).hexdigest()[:16]}"'
        if etag in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers={"ETag": etag})
        names = Names(f"{request.base_url}api/")
        pieces = _sent(bundle(view, Export(query, wanted, format_, rows, as_of, datetime.now(UTC), names)), stack.pop_all())
    next(pieces)  # it begins, so that it will also end, and what is wrong with the question is said now
    headers = {
        "ETag": etag,
        **kept_by(request),
        "Content-Disposition": f'attachment; filename="onrecord-{query.name}-{as_of}.zip"',
    }
    return _Sending(pieces, headers)


class _Sending(StreamingResponse):
    """An answer that is closed when it ends, also where the client went away: nobody else would, before memory is tidied up."""

    def __init__(self, pieces: Pieces, headers: dict[str, str]) -> None:
        super().__init__(pieces, media_type=ZIP, headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._pieces.close()


def _snapshot(desk: Serving, stack: ExitStack) -> View:
    """A snapshot of its own, for the others are for quick questions. Raises StoreBusy where enough are under way."""
    if not _going.acquire(blocking=False):
        raise StoreBusy(f"{AT_ONCE} exports are under way", hint="try again when one is done")
    stack.callback(_going.release)
    return stack.enter_context(stack.enter_context(open_store(desk.store, cache_kib=_CACHE_KIB)).view())


def _sent(pieces: Pieces, held: ExitStack) -> Pieces:
    """An empty piece when the question turned out to make sense, then the pieces; in the end, whatever it is, what was held is given back."""
    with held, closing(pieces):
        ends = time.monotonic() + LONGEST
        first = next(pieces)
        yield b""
        for piece in chain((first,), pieces):
            yield piece
            if time.monotonic() > ends:
                raise StoreError("an export took too long", hint="ask for less at a time")


def _rows(desk: Serving, view: View, query: Query, wanted: Filter) -> tuple[Iterable[Answered], int] | NotYet:
    """The rows, and of which change they are: those that the page shows."""
    if query.name in LIVE:
        return query.function(view, wanted), view.version()
    if desk.answers.at_once(view, wanted):
        return islice(query.function(view, replace(wanted, limit=None)), wanted.limit), view.version()  # rows, as on the page; not conversations
    found = desk.answers.get(view, query.name, wanted, count=1)
    if isinstance(found, NotYet):
        return found
    if (kept := desk.answers.whole(query.name, wanted)) is None:
        return NotYet()
    as_of, rows = kept
    return islice((KeptRow(query, row) for row in rows), wanted.limit), as_of


for _query in QUERIES.values():
    _taken = [name for name in _query.fields if name != "status"]
    router.add_api_route(
        f"/{_query.name}/export", _endpoint(_query, Depends(asked(_query, ("format", "status"), _taken))),
        methods=["GET"], operation_id=f"export_{_query.name}",
        responses={**answers({"type": "string", "format": "binary"}, media_type=ZIP, about="The files, and manifest.json, in a ZIP."), 202: WORKING},
        **told(f"The answer of {_query.name} as files. {_ABOUT}", example(_query, "/export", format="jsonl")),
    )  # fmt: skip
