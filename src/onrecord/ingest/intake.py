"""Paths → items: each file is opened once, told what it is, and handed to the module that reads its format."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from onrecord.ingest.child import ChildLimits
from onrecord.ingest.files import failure, files, shown
from onrecord.ingest.items import MAX_CHARACTERS, Item, RefusedError, Settings
from onrecord.ingest.page import MAX_PAGE_BYTES, PageReader, page_item
from onrecord.ingest.plain import text_item
from onrecord.ingest.problems import problem
from onrecord.ingest.rows import json_items, jsonl_items
from onrecord.ingest.tables import table_items
from onrecord.model import Problem

STDIN = "-"
Format = Literal["text", "page", "jsonl", "json", "table", "xml"]
_SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "page", ".htm": "page", ".xhtml": "page", ".shtml": "page",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "table", ".tsv": "table",
}  # fmt: skip
_HEAD = 1024
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MAX_JSON_BYTES = 100_000_000
"""A JSON document is parsed whole; JSONL has no such limit."""


def documents(
    paths: Iterable[str | Path],
    *,
    raw_text: bool = False,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    language: str | None = None,
    url: str | None = None,
    max_characters: int = MAX_CHARACTERS,
    page_limits: ChildLimits | None = None,
    skip: Callable[[str], bool] | None = None,
) -> Iterator[Item]:
    """Every report under ``paths`` (files, folders, ``-`` for standard input), one at a time and in a fixed order.

    The document fields (``published`` an ISO date) fill in what an input does not say about itself; what it says wins, except what is only guessed
    from a page. With ``raw_text``, ``document.text`` is the input's text unchanged. ``max_characters`` is the longest text taken. ``skip`` tells
    which keys the caller has already: those come back as an Item without document and without problem. Never raises for what an input contains.
    """
    settings = Settings(raw_text, published, publisher, title, language, url, max_characters, skip)
    with PageReader(page_limits) as pages:
        for path in paths:
            if str(path) == STDIN:
                yield from _stream_items(sys.stdin.buffer, STDIN, "", settings, pages)
                continue
            for found in files(Path(path).absolute()):
                if isinstance(found, Problem):
                    yield Item(found.where, problem=found)
                else:
                    yield from _file_items(found, settings, pages)


def _file_items(path: Path, settings: Settings, pages: PageReader) -> Iterator[Item]:
    try:
        name = shown(path.resolve())
        with path.open("rb") as stream:
            yield from _stream_items(stream, name, path.suffix.lower(), settings, pages)
    except OSError as error:
        yield Item(shown(path), problem=failure(error, shown(path)))


def _stream_items(stream: BinaryIO, name: str, suffix: str, settings: Settings, pages: PageReader) -> Iterator[Item]:
    """The items of one open input. Only JSONL and tables may be longer than one report."""
    head = stream.read(_HEAD)
    form = _SUFFIXES.get(suffix) or _sniffed(head)
    if form in ("jsonl", "table"):
        yield from (jsonl_items if form == "jsonl" else table_items)(stream, head, name, settings)
        return
    limit = {"page": MAX_PAGE_BYTES, "json": MAX_JSON_BYTES}.get(form, settings.max_bytes)
    raw = head + stream.read(max(0, limit + 1 - len(head)))
    if len(raw) > limit:
        yield Item(name, problem=problem("too-long", name, f"more than {limit:,} bytes"))
        return
    key = f"{name}#{hashlib.sha256(raw).hexdigest()[:16]}"
    try:
        if form == "json":
            yield from json_items(raw, name, settings)
        elif settings.skips(key):
            yield Item(key)
        elif form == "page":
            yield page_item(raw, name, key, settings, pages)
        else:
            yield text_item(raw, name, key, settings) if form == "text" else Item(key, problem=problem("unsupported-format", name, form))
    except RefusedError as refused:
        yield Item(key, problem=refused.problem)


def _sniffed(head: bytes) -> Format:
    """What an input without a telling name holds, by its first bytes."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\x00", b"").lstrip()
    if _PAGE.search(head) and head.startswith(b"<"):
        return "page"
    if head.startswith(b"{"):
        return "jsonl"
    return "xml" if head.startswith(b"<?xml") else "text"
