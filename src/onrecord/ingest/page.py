"""HTML pages: the article is taken out in a child process with wall, processor and memory limits, so no page can hang or bring down the run.

One child serves many pages; after a kill a fresh one is started for the next page. Nothing is fetched: a page is the bytes it was given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

from onrecord.ingest import page_worker
from onrecord.ingest.child import Child, ChildError, ChildLimits
from onrecord.ingest.decoding import decode
from onrecord.ingest.fields import make_document
from onrecord.ingest.items import Item, RefusedError, Settings
from onrecord.ingest.plain import assumed_encoding
from onrecord.text.offsets import Edit, Layer, OffsetMap

MAX_PAGE_BYTES = 10_000_000


class PageReader:
    """Reads pages in a child process that it starts when first needed. Close it, or use it as a context manager."""

    def __init__(self, limits: ChildLimits | None = None) -> None:
        self.child = Child(lambda: page_worker.__file__, limits or ChildLimits())

    def __enter__(self) -> Self:
        """Nothing to prepare."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the child."""
        self.child.close()

    def article(self, page: str, where: str) -> dict[str, Any]:
        """What ``page_worker.article`` finds. Raises RefusedError (``page-time``, ``page-memory``, ``page-crashed``, ``no-article``)."""
        try:
            found = self.child.ask(page.encode("utf-8"))
        except ChildError as error:
            raise RefusedError(f"page-{error.fault}", where, error.detail) from error
        if not found:
            raise RefusedError("no-article", where)
        return found


def page_item(raw: bytes, name: str, key: str, settings: Settings, reader: PageReader) -> Item:
    """The report on the page ``raw``. Raises RefusedError."""
    decoded = decode(raw, name, page=True)
    found = reader.article(decoded.text, name)
    fields = {k: v for k, v in found["fields"].items() if getattr(settings, k, None) is None}
    taken = make_document(found["text"], fields, settings, name, hashlib.sha256(raw).hexdigest())
    document = replace(taken.document, meta={**taken.document.meta, "from_page": sorted(fields)})
    layers = (*taken.layers, page_layer(found["lines"], len(found["text"]), len(decoded.text)))
    offsets = OffsetMap(tuple(layer for layer in layers if layer), decoded.encoding, decoded.bom, exact=False)
    return Item(key, document, assumed_encoding(decoded, name) or taken.note, offsets)


def page_layer(lines: Iterable[tuple[int, int, int, int]], length: int, page_length: int) -> Layer:
    """The located lines as a layer: each leads to its stretch of the page as a whole, what lies between to the gap between their stretches."""
    edges: list[Edit] = [(0, 0, 0, 0), *((a, b, c, d) for a, b, c, d in lines), (length, 0, page_length, 0)]
    layer: list[Edit] = []
    for (start, size, old, old_size), (following, _, next_old, _) in pairwise(edges):
        layer.append((start, size, old, old_size))
        end, old_end = start + size, old + old_size
        if following > end or next_old > old_end:
            layer.append((end, following - end, old_end, next_old - old_end))
    return tuple(edit for edit in layer if edit[1] or edit[3])
