"""The fields of a document as an input gives them: checked, cleaned, and turned into the document."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from onrecord.ingest.items import RefusedError, Settings
from onrecord.ingest.language import READABLE, check_language
from onrecord.ingest.problems import problem
from onrecord.languages import language
from onrecord.model import Document, Problem, document_id
from onrecord.text.cleaning import CONTROL, SURROGATE, clean, scrub
from onrecord.text.layout import Layout
from onrecord.text.offsets import Layer
from onrecord.text.paragraphs import credits  # noqa: A004 - the contract's word for it

NAMED = ("title", "publisher", "published", "language", "url")
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A document, the layers from its text down to the text that was given, and what should be known about that text."""

    document: Document
    layers: tuple[Layer, ...]
    note: Problem | None = None


def make_document(text: str, given: Mapping[str, Any], settings: Settings, where: str, digest: str) -> Taken:
    """The document of ``text`` with the fields ``given`` for it (others go to ``meta``). Raises RefusedError for what it cannot be."""
    layers: tuple[Layer, ...] = ()
    note = None
    if settings.raw_text:
        if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
            raise RefusedError("lone-surrogate", where)
    else:
        note = _mended(text, where)
        text, layers = clean(text)
    if not text.strip():
        raise RefusedError("empty", where)
    if len(text) > settings.max_characters:
        raise RefusedError("too-long", where, f"{len(text):,} characters; at most {settings.max_characters:,} are taken")
    named = {name: _named(name, given.get(name), where) or getattr(settings, name) for name in NAMED}
    published = iso_date(named["published"], where) if named["published"] else None
    spoken = check_language(text, named["language"], where)
    meta = {_safe(key): _safe(value) for key, value in given.items() if key not in (*NAMED, "text")}
    return Taken(
        Document(
            id=document_id(text, named["publisher"], published),
            text=text,
            title=named["title"],
            publisher=named["publisher"],
            published=published,
            language=spoken,
            url=named["url"],
            credits=tuple(name for name in credits(text, _layout()) if not _same(name, named["publisher"])),
            raw_sha256=digest,
            meta=meta,
        ),
        layers,
        note,
    )


def _mended(text: str, where: str) -> Problem | None:
    """The note that cleaning takes out or replaces what no text holds, where it does."""
    controls, halves = len(CONTROL.findall(text)), len(SURROGATE.findall(text))
    found = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in ((controls, "control character"), (halves, "lone surrogate")) if n]
    return problem("characters-mended", where, ", ".join(found)) if found else None


def _same(name: str, publisher: str | None) -> bool:
    """Whether a credit names the publisher itself ("Example Wire" in the dateline of "Example Wire (sample)")."""
    return publisher is not None and re.match(rf"{re.escape(name)}\b", publisher, re.IGNORECASE) is not None


def iso_date(value: str, where: str) -> str:
    """``value`` as an ISO date or date-time; RFC 2822 dates, as feeds write them, are accepted too. Raises RefusedError (``bad-date``)."""
    value = value.strip()
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, IndexError, OverflowError) as error:
        raise RefusedError("bad-date", where, f"{value[:40]!r}") from error


def _named(name: str, value: Any, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise RefusedError("bad-row", where, f"{name} is {type(value).__name__}, not a string")
    return scrub(value) or None


def _safe(value: Any, depth: int = 0) -> Any:
    """A value of ``meta`` that any encoding can write: lone surrogates replaced, nesting cut off at a depth no reader chokes on."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if depth >= _DEPTH:
        return None
    if isinstance(value, dict):
        return {_safe(key): _safe(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, list):
        return [_safe(entry, depth + 1) for entry in value]
    return value


@functools.cache
def _layout() -> Layout:
    return Layout.of(language(READABLE).table("layout"))
