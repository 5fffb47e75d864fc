"""Text files: one report each, with or without a small header.

A header is lines of ``Key: value`` up to the first blank line, and only where the first line's key is one of ``HEADER_KEYS``::

    Title: Ministers meet in Vienna
    Publisher: Example Wire
    Published: 2024-07-04
    Note: written as an example

    VIENNA, July 4 (EW) -- Ministers met ...

It is taken off the text and fills the document's fields (``Note`` and any further key go to ``meta``). In raw mode there is no header: all is text.
"""

from __future__ import annotations

import hashlib
import re

from onrecord.ingest.decoding import Decoded, decode
from onrecord.ingest.fields import make_document
from onrecord.ingest.items import Item, Settings
from onrecord.ingest.problems import problem
from onrecord.model import Problem
from onrecord.text.offsets import Layer, OffsetMap, cut

HEADER_KEYS = ("title", "publisher", "published", "url", "language", "note", "id")
_FIELD = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}):[ \t]*([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")


def text_item(raw: bytes, name: str, key: str, settings: Settings) -> Item:
    """The report that ``raw`` holds. Raises RefusedError."""
    decoded = decode(raw, name)
    fields, length = ({}, 0) if settings.raw_text else header(decoded.text)
    taken = make_document(decoded.text[length:], fields, settings, name, hashlib.sha256(raw).hexdigest())
    offsets = offset_map(decoded, (*taken.layers, cut(length)))
    return Item(key, taken.document, assumed_encoding(decoded, name) or taken.note, offsets)


def header(text: str) -> tuple[dict[str, str], int]:
    """The fields of ``text``'s header and its length in code points, blank line included; ({}, 0) where it has none."""
    fields: dict[str, str] = {}
    at = 0
    while match := _FIELD.match(text, at):
        key = match.group(1).strip().lower()
        if not fields and key not in HEADER_KEYS:
            return {}, 0
        fields[key] = match.group(2).strip()
        at = match.end()
    blank = _BLANK.match(text, at)
    return (fields, blank.end()) if fields and blank else ({}, 0)


def offset_map(decoded: Decoded, layers: tuple[Layer, ...]) -> OffsetMap:
    """The offset map of a text decoded from a whole file."""
    return OffsetMap(tuple(layer for layer in layers if layer), decoded.encoding, decoded.bom)


def assumed_encoding(decoded: Decoded, where: str) -> Problem | None:
    """The note that the encoding was guessed, where it was."""
    return problem("encoding-assumed", where, decoded.encoding) if decoded.assumed else None
