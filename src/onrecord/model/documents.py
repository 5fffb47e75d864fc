"""One published report, as it was taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def document_id(text: str, publisher: str | None, published: str | None) -> str:
    """The id of a document: 16 hexadecimal digits derived from its text, publisher and date, so that reading it twice gives one document."""
    key = "\x1f".join((text, publisher or "", published or ""))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """A report. ``text`` is fixed at ingest and every offset points into it.

    ``published`` is an ISO date (or date-time); ``credits`` names those whose copy it uses; ``raw_sha256`` is the digest of the raw bytes;
    ``meta`` keeps whatever the input said besides, with the input's own id under ``"id"``.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    credits: tuple[str, ...] = ()
    raw_sha256: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
