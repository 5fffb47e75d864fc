"""The child process that reads a feed: RSS, Atom and JSON Feed, by bytes. It runs alone, under limits, and may be killed at any moment.

Started by ``feed`` as a script. A message is a line of JSON (``url``, ``content_type``) and the bytes after it; the answer says what they are
(``kind``: ``feed``, ``page``, ``entities`` for XML that declares its own, ``other``) and what a feed holds. No connection is opened, whatever a feed
asks for: feedparser is given bytes only, and XML that declares entities is refused before any parser sees it, in whatever encoding it hides them.
Formats: RSS 0.9 to 2.0 and Atom (RFC 4287) by feedparser; JSON Feed 1.1 here, which feedparser does not read.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from onrecord.ingest.page_worker import serve
from onrecord.text.cleaning import scrub

MOST_ENTRIES = 200
"""Of one feed at a time, the first ones: feeds put what is new on top."""
_LONGEST_TEXT, _LONGEST_KEY, _LONGEST_URL = 500, 500, 2000
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_ENCODINGS = re.compile(r"utf-8|ascii|utf-16(-[lb]e)?|iso8859-\d+|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|iso2022_jp")
"""Encodings that feeds come in. Others that Python knows fail on plain text, or mean something else than text, and are not believed."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[<]*\[", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?>(?:<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)\s*)*+(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,1000}>")
Found = dict[str, Any]


def answer(message: bytes) -> Found:
    """What the bytes after the message's first line are, and hold."""
    head, _, raw = message.partition(b"\n")
    said = json.loads(head)
    text = decoded(raw, said["content_type"])
    if text.lstrip().startswith("{"):
        return _json_feed(text, said["url"])
    if _PAGE.match(text):
        return {"kind": "page"}
    if _ENTITIES.search(text):
        return {"kind": "entities"}
    return _xml_feed(text, said["url"])


def decoded(raw: bytes, content_type: str) -> str:
    """The bytes as text: by byte order mark, by what HTTP says, by what XML says, else as UTF-8. What does not fit is replaced."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    said, declared = _CHARSET.search(content_type), _DECLARED.match(raw.lstrip())
    for name in ([said[1]] if said else []) + ([declared[1].decode("ascii")] if declared else []):
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        if _ENCODINGS.fullmatch(known):
            return raw.decode(known, "replace")
    return raw.decode("utf-8", "replace")


def _xml_feed(text: str, url: str) -> Found:
    import feedparser  # noqa: PLC0415 - after the limits are set, and only where there is a feed

    raw = io.BytesIO(_DECLARATION.sub("", text).encode("utf-8"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(raw, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version:
        return {"kind": "other"}
    entries = (
        _entry(
            url, entry.get("id"), entry.get("link"), entry.get("title"), entry.get("published") or entry.get("updated"),
            language=(entry.get("title_detail") or {}).get("language"), publisher=(entry.get("source") or {}).get("title"),
        )
        for entry in parsed.entries[:MOST_ENTRIES]
    )  # fmt: skip
    return _feed(parsed.feed.get("title"), parsed.feed.get("link"), parsed.feed.get("language"), entries)


def _json_feed(text: str, url: str) -> Found:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return {"kind": "other"}
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version", "")):
        return {"kind": "other"}
    items = feed.get("items")
    entries = (
        _entry(
            url, item.get("id"), item.get("url") or item.get("external_url"), item.get("title"), item.get("date_published"),
            language=item.get("language"),
        )
        for item in (items if isinstance(items, list) else [])[:MOST_ENTRIES]
        if isinstance(item, Mapping)
    )  # fmt: skip
    return _feed(feed.get("title"), feed.get("home_page_url"), feed.get("language"), entries)


def _feed(title: Any, site: Any, language: Any, entries: Iterable[Found | None]) -> Found:
    listed = {entry["key"]: entry for entry in entries if entry is not None}
    return {"kind": "feed", "title": _plain(title), "site": _plain(site), "language": _plain(language)[:20], "entries": list(listed.values())}


def _entry(url: str, key: Any, link: Any, title: Any, published: Any, *, language: Any = None, publisher: Any = None) -> Found | None:
    """One entry; None where it leads nowhere. Its key is the feed's own id for it, or its link."""
    link = link.strip() if isinstance(link, str) else ""
    try:
        link = urljoin(url, link) if link else ""
    except ValueError:
        link = ""
    if not link or len(link) > _LONGEST_URL:
        return None
    key = _plain(key) or link
    if len(key) > _LONGEST_KEY:
        key = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
    return {
        "key": key, "url": link, "title": _plain(title)[:_LONGEST_TEXT], "published": _plain(published)[:80], "language": _plain(language)[:20],
        "publisher": _plain(publisher)[:_LONGEST_TEXT],
    }  # fmt: skip


def _plain(value: Any) -> str:
    """A value as one line of text, without markup, entities, and characters that no text should hold."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    return scrub(html.unescape(_TAG.sub(" ", value[:5000])))


if __name__ == "__main__":
    serve(answer)
