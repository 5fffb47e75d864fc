"""A saved search as a feed: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Entries have ids that never change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from onrecord.brief.entries import Entry, asked, plain
from onrecord.desk.searches import Search

_ATOM = "http://www.w3.org/2005/Atom"
_AUTHORITY = "onrecord.invalid,2026"
"""Of the ids (RFC 4151): a name that can be nobody's, for a store may move from host to host."""


def atom(search: Search, found: Sequence[Entry], base: str, here: str) -> bytes:
    """The Atom feed. ``base``: the desk's address, without a last slash; ``here``: the feed's own."""
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "id", _id(search))
    _add(feed, "title", plain(search.name) or "")
    _add(feed, "subtitle", asked(search))
    _add(feed, "updated", max((e.added for e in found), default=search.made_at))
    _add(feed, "generator", "onrecord")
    _add(_add(feed, "author"), "name", "onrecord")
    _add(feed, "link", rel="self", type="application/atom+xml", href=here)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}/watch/{search.id}")
    for e in found:
        entry = _add(feed, "entry")
        _add(entry, "id", _id(search, e))
        _add(entry, "title", e.title)
        _add(entry, "updated", e.added)
        _add(entry, "link", rel="alternate", type="text/html", href=base + e.path)
        if e.url:
            _add(entry, "link", rel="via", href=e.url)
        _add(_add(entry, "author"), "name", e.publisher or "unknown")
        _add(entry, "category", term=e.kind)
        _add(entry, "summary", e.words)
        _add(entry, "content", _text(e), type="text")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(search: Search, found: Sequence[Entry], base: str, here: str) -> bytes:
    """The JSON feed; ``_onrecord`` of an item has what no other field has a place for."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": search.name, "description": asked(search),
        "home_page_url": f"{base}/watch/{search.id}", "feed_url": here, "language": "en", "authors": [{"name": "onrecord"}],
        "items": [_item(search, e, base) for e in found],
    }  # fmt: skip
    return json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")


def _item(search: Search, e: Entry, base: str) -> dict[str, Any]:
    item = {
        "id": _id(search, e), "url": base + e.path, "external_url": e.url, "title": e.title, "content_text": _text(e), "summary": e.words,
        "date_published": e.added, "authors": [{"name": e.publisher}] if e.publisher else None, "tags": [e.kind],
        "_onrecord": {name: value for name, value in e.full().items() if name not in ("title", "url", "path", "words")},
    }  # fmt: skip
    return {name: value for name, value in item.items() if value is not None}


def _text(e: Entry) -> str:
    """The whole entry as plain text."""
    said = f"{e.speaker}: “{e.words}”" if e.speaker else e.words if e.kind == "report" else f"“{e.words}”"
    told = (*(f"via {name}" for name in e.via), e.publisher or "unknown publisher", e.report, e.date)
    return "\n".join([said, " · ".join(each for each in told if each), "", "Why this is shown:", *(f"- {why}" for why in e.why)])


def _id(search: Search, e: Entry | None = None) -> str:
    return f"tag:{_AUTHORITY}:search/{search.id}" + (f"/{e.id}" if e else "")


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text
    return child
