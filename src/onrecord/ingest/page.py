"""HTML pages: the article is taken out in a child process with wall, processor and memory limits, so no page can hang or bring down the run.

One child serves many pages; after a kill a fresh one is started for the next page. Nothing is fetched: a page is the bytes it was given.
"""

from __future__ import annotations

import hashlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from onrecord.ingest import page_worker
from onrecord.ingest.decoding import decode
from onrecord.ingest.fields import make_document
from onrecord.ingest.items import Item, RefusedError, Settings
from onrecord.ingest.plain import assumed_encoding
from onrecord.text.offsets import Edit, Layer, OffsetMap

MAX_PAGE_BYTES = 10_000_000
_HEAD = page_worker.LENGTH.size
_CHUNK = 1 << 16
_MAX_ANSWER = 64_000_000


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What one page may cost: wall-clock and processor seconds, and the child's whole address space in bytes (about 400 MB when idle)."""

    wall: float = 15.0
    processor: int = 10
    memory: int = 1_500_000_000


class PageReader:
    """Reads pages in a child process that it starts when first needed. Close it, or use it as a context manager."""

    def __init__(self, limits: PageLimits | None = None) -> None:
        self._limits = limits or PageLimits()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Nothing to prepare."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child process, if one runs."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()

    def article(self, page: str, where: str) -> dict[str, Any]:
        """What ``page_worker.article`` finds. Raises RefusedError (``page-time``, ``page-memory``, ``page-crashed``, ``no-article``)."""
        payload = page.encode("utf-8")
        child = self._running()
        try:
            answer = _exchange(child, page_worker.LENGTH.pack(len(payload)) + payload, time.monotonic() + self._limits.wall)
        except TimeoutError as error:
            self.close()
            raise _too_slow(where, self._limits) from error
        except (EOFError, BrokenPipeError) as error:
            status = child.wait()
            self.close()
            raise _death(status, where, self._limits) from error
        if not answer:
            raise RefusedError("no-article", where)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(  # noqa: S603 - our own script with two numbers
                [sys.executable, "-I", str(Path(page_worker.__file__)), str(self._limits.memory), str(self._limits.processor)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    os.set_blocking(pipe.fileno(), False)
        return self._child


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


def _death(status: int, where: str, limits: PageLimits) -> RefusedError:
    """What a child's end means, by its exit status (negative: the signal that killed it)."""
    if status == page_worker.OUT_OF_MEMORY:
        return RefusedError("page-memory", where, f"more than {limits.memory:,} bytes")
    if status == -signal.SIGXCPU:
        return _too_slow(where, limits)
    return RefusedError("page-crashed", where, f"status {status}")


def _too_slow(where: str, limits: PageLimits) -> RefusedError:
    """Whichever limit was met first: a page that is tried again may meet the other, and is still the same row of the issues log."""
    return RefusedError("page-time", where, f"more than {limits.processor} s of processor time, or {limits.wall:g} s in all")


def _exchange(child: subprocess.Popen[bytes], request: bytes, deadline: float) -> dict[str, Any]:
    """Send ``request`` and read the answer. Raises TimeoutError at ``deadline``, EOFError or BrokenPipeError where the child has ended."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    to_child, from_child = child.stdin.fileno(), child.stdout.fileno()
    left, answer, size = memoryview(request), bytearray(), None
    with selectors.DefaultSelector() as ready:
        ready.register(from_child, selectors.EVENT_READ)
        ready.register(to_child, selectors.EVENT_WRITE)
        while size is None or len(answer) < size:
            events = ready.select(max(0.0, deadline - time.monotonic()))
            if not events:
                raise TimeoutError
            for event, _ in events:
                if event.fd == to_child:
                    left = left[os.write(to_child, left[:_CHUNK]) :]
                    if not left:
                        ready.unregister(to_child)
                    continue
                piece = os.read(from_child, _CHUNK)
                if not piece:
                    raise EOFError
                answer += piece
            if size is None and len(answer) >= _HEAD:
                size = _HEAD + page_worker.LENGTH.unpack(answer[:_HEAD])[0]
                if size > _MAX_ANSWER:
                    raise TimeoutError
    found: dict[str, Any] = json.loads(bytes(answer[_HEAD:]))
    return found
