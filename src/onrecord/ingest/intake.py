"""Paths → items: each file is opened once, told what it is, and handed to the module that reads its format."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from onrecord.ingest.files import failure, files
from onrecord.ingest.items import MAX_CHARACTERS, Item, RefusedError, Settings
from onrecord.ingest.plain import text_item
from onrecord.ingest.problems import problem
from onrecord.ingest.rows import jsonl_items
from onrecord.model import Problem

STDIN = "-"
_ROWS = frozenset({".jsonl", ".ndjson"})


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
    skip: Callable[[str], bool] | None = None,
) -> Iterator[Item]:
    """Every report under ``paths`` (files, folders, ``-`` for standard input), one at a time and in a fixed order.

    The document fields (``published`` an ISO date) fill in what an input does not say about itself; what it says wins. ``skip`` tells which keys
    the caller has already: those come back as an Item without document and without problem. Never raises for what an input contains.
    """
    settings = Settings(raw_text, published, publisher, title, language, url, max_characters, skip)
    for path in paths:
        if str(path) == STDIN:
            yield from _stream_items(sys.stdin.buffer, STDIN, _looks_like_rows, settings)
            continue
        for found in files(Path(path)):
            if isinstance(found, Problem):
                yield Item(found.where, problem=found)
            else:
                yield from _file_items(found, settings)


def _file_items(path: Path, settings: Settings) -> Iterator[Item]:
    try:
        name = str(path.resolve())
        with path.open("rb") as stream:
            yield from _stream_items(stream, name, lambda _: path.suffix.lower() in _ROWS, settings)
    except OSError as error:
        yield Item(str(path), problem=failure(error, str(path)))


def _stream_items(stream: BinaryIO, name: str, rows: Callable[[bytes], bool], settings: Settings) -> Iterator[Item]:
    if rows(stream.peek(512)[:512] if hasattr(stream, "peek") else b""):
        yield from jsonl_items(stream, name, settings)
        return
    raw = stream.read(settings.max_bytes + 1)
    if len(raw) > settings.max_bytes:
        yield Item(name, problem=problem("too-long", name, f"more than {settings.max_bytes:,} bytes"))
        return
    key = f"{name}#{hashlib.sha256(raw).hexdigest()[:16]}"
    try:
        yield Item(key) if settings.skips(key) else text_item(raw, name, key, settings)
    except RefusedError as refused:
        yield Item(key, problem=refused.problem)


def _looks_like_rows(head: bytes) -> bool:
    """Whether a stream without a name holds JSONL: its first character opens an object."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
