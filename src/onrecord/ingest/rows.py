"""JSONL, one report a line, and JSON.

A bad line is one problem with its line number; the rest goes on. No line longer than the limit is held in memory.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.ingest.escapes import escapes
from onrecord.ingest.fields import make_document
from onrecord.ingest.items import Item, RefusedError, Settings
from onrecord.ingest.problems import problem
from onrecord.text.offsets import OffsetMap

BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20
_JSON_NAMES = {list: "an array", str: "a string", int: "a number", float: "a number", bool: "true or false", type(None): "null"}
_ESCAPE = 6
"""Bytes that JSON may spend on one code unit ("\\u00e9")."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its file, its line from 1, and its first byte."""

    name: str
    number: int
    start: int

    @property
    def where(self) -> str:
        """For people."""
        return f"{self.name}, line {self.number}"


def jsonl_items(stream: BinaryIO, head: bytes, name: str, settings: Settings) -> Iterator[Item]:
    """One item a row of ``stream``, whose first bytes ``head`` were read already. ``name`` stands in keys and problems; blank lines are no rows."""
    position = 0
    for number, (line, size) in enumerate(lines(stream, head, _ESCAPE * settings.max_characters), 1):
        start, position = position, position + size
        where = f"{name}, line {number}"
        if line is None:
            yield Item(f"{name}#{number}", problem=problem("too-long", where, f"a line of {size:,} bytes"))
            continue
        row = line.removeprefix(BOM) if number == 1 else line
        if row.strip():
            yield _item(row, Place(name, number, start + len(line) - len(row)), settings)


def json_items(raw: bytes, name: str, settings: Settings) -> Iterator[Item]:
    """The rows of a JSON document: one object, or an array of them. Raises RefusedError where it is no JSON."""
    found = _parsed(raw.removeprefix(BOM), name)
    rows = found if isinstance(found, list) else [found]
    for number, row in enumerate(rows, 1):
        where = f"{name}, item {number}" if isinstance(found, list) else name
        digest = hashlib.sha256(json.dumps(row).encode()).hexdigest()
        key = f"{name}#{number}#{digest[:16]}"
        try:
            if settings.skips(key):
                yield Item(key)
                continue
            taken = make_document(_checked(row, where)["text"], row, settings, where, digest)
            yield Item(key, taken.document, taken.note)
        except RefusedError as refused:
            yield Item(key, problem=refused.problem)


def _item(line: bytes, place: Place, settings: Settings) -> Item:
    digest = hashlib.sha256(line).hexdigest()
    key = f"{place.name}#{place.number}#{digest[:16]}"
    if settings.skips(key):
        return Item(key)
    try:
        row = _checked(_parsed(line, place.where), place.where)
        taken = make_document(row["text"], row, settings, place.where, digest)
    except RefusedError as refused:
        return Item(key, problem=refused.problem)
    layers = (*taken.layers, escapes(line.decode("utf-8")))
    return Item(key, taken.document, taken.note, OffsetMap(layers, first_byte=place.start))


def _parsed(raw: bytes, where: str) -> Any:
    """The JSON value that ``raw`` spells. Raises RefusedError."""
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise RefusedError("bad-encoding", where, f"JSON is UTF-8; broken at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise RefusedError("bad-json", where, f"{error.msg.removesuffix(' at')} at column {error.colno}") from error
    except ValueError as error:
        raise RefusedError("bad-json", where, str(error).partition(";")[0]) from error  # the rest is advice to programmers
    except RecursionError as error:
        raise RefusedError("bad-json", where, "nested too deeply") from error


def _checked(row: Any, where: str) -> dict[str, Any]:
    """``row`` as a row of the contract. Raises RefusedError."""
    if not isinstance(row, dict):
        raise RefusedError("bad-json", where, f"{_JSON_NAMES[type(row)]} instead of an object")
    if not isinstance(row.get("text"), str):
        raise RefusedError("bad-row", where, "no text" if row.get("text") is None else "text is no string")
    if not isinstance(row.get("id", ""), str | int) or isinstance(row.get("id"), bool):
        raise RefusedError("bad-row", where, "id is neither a string nor a whole number")
    return row


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def lines(stream: BinaryIO, head: bytes, limit: int) -> Iterator[tuple[bytes | None, int]]:
    """Lines with their size in bytes, line end included; one longer than ``limit`` comes as None and is passed over piece by piece."""
    *whole, rest = head.split(b"\n")
    for line in whole:
        yield line + b"\n", len(line) + 1
    while True:
        line = rest + stream.readline(limit)
        rest = b""
        if not line:
            return
        size = len(line)
        piece = line
        while piece and not piece.endswith(b"\n") and size >= limit:
            piece = stream.readline(_CHUNK)
            size += len(piece)
        yield (line if size == len(line) else None), size
