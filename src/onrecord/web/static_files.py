"""The files of the page: read once from the package, so that no path of a request ever reaches the disk; compressed once; kept by browsers for good.

A file's address holds its digest (``/static/0123456789ab/desk.css``): it changes when the file does.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request, Response

_TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8",
}  # fmt: skip
_FOR_GOOD = "public, max-age=31536000, immutable"
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the page."""

    body: bytes
    small: bytes
    kind: str
    digest: str


@cache
def files() -> Mapping[str, File]:
    """All files by their name under ``static/``."""
    return dict(_under(resources.files("onrecord.web").joinpath("static"), ""))


def _under(folder: Traversable, prefix: str) -> Iterator[tuple[str, File]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        suffix = entry.name[entry.name.rfind(".") :]
        if entry.is_dir():
            yield from _under(entry, f"{prefix}{entry.name}/")
        elif suffix in _TYPES:
            body = entry.read_bytes()
            small = gzip.compress(body, 9, mtime=0)
            yield prefix + entry.name, File(body, small, _TYPES[suffix], hashlib.sha256(body).hexdigest()[:12])


def static(name: str) -> str:
    """The address of a file. Raises KeyError for one that is not there, which is a fault of a template."""
    return f"/static/{files()[name].digest}/{name}"


@router.get("/static/{digest}/{name:path}")
def file(request: Request, digest: str, name: str) -> Response:
    """A file of the page; 404 for any other name."""
    found = files().get(name)
    if found is None:
        return Response("there is no such file\n", 404, media_type="text/plain")
    headers = {"Cache-Control": _FOR_GOOD if digest == found.digest else "no-cache", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.small, media_type=found.kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(found.body, media_type=found.kind, headers=headers)
