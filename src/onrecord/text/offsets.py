"""The way back from ``document.text`` to the raw file it was taken from.

A text is changed in layers (a header taken off, entities resolved, invisible characters dropped). Each layer is a sorted list of edits; between
edits the text is unchanged, so a clean text costs nothing. Offsets are code points; ``byte_span`` turns them into bytes of the file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

Edit = tuple[int, int, int, int]
"""(start, length) in the changed text, then (start, length) of what stood there before."""
Layer = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads any span of ``document.text`` back to the raw item it came from.

    ``layers`` run from the document's text down to the decoded item. ``encoding`` is the item's, ``bom`` the length of its byte order mark in
    bytes, and ``first_byte`` where the item begins in its file (0 for a file that holds one report, the line's beginning for a JSONL row).
    ``exact`` is False where the text was extracted from a page: a span then leads to the stretch of the page that its words were found in.
    """

    layers: tuple[Layer, ...] = ()
    encoding: str = "utf-8"
    bom: int = 0
    first_byte: int = 0
    exact: bool = True

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start, end)`` of ``document.text`` stood in the decoded item, in code points; what was dropped inside it is included."""
        for layer in self.layers:
            old_start, old_end = _start_before(layer, start), _end_before(layer, end)
            start, end = old_start, max(old_start, old_end)
        return start, end

    def byte_span(self, start: int, end: int, item: bytes) -> tuple[int, int]:
        """The bytes of the file that hold ``[start, end)`` of ``document.text``.

        ``item`` is the raw item: the file's bytes, or one line of a JSONL file. Raises UnicodeDecodeError where it is not the item that was read.
        """
        first, last = self.raw_span(start, end)
        text = item[self.bom :].decode(self.encoding)
        before = self.first_byte + self.bom + len(text[:first].encode(self.encoding))
        return before, before + len(text[first:last].encode(self.encoding))


def _start_before(layer: Layer, offset: int) -> int:
    """Where the character at ``offset`` began before ``layer``'s edits."""
    at = bisect_right(layer, offset, key=_changed_start) - 1
    if at < 0:
        return offset
    new, new_length, old, old_length = layer[at]
    return old if offset < new + new_length else offset - new - new_length + old + old_length


def _end_before(layer: Layer, offset: int) -> int:
    """Where the character that ends at ``offset`` ended before ``layer``'s edits. Something dropped right after it does not count."""
    at = bisect_left(layer, offset, key=_changed_start) - 1
    if at < 0:
        return offset
    new, new_length, old, old_length = layer[at]
    return old + old_length if offset < new + new_length else offset - new - new_length + old + old_length


def _changed_start(edit: Edit) -> int:
    return edit[0]


def cut(length: int) -> Layer:
    """The layer of a text whose first ``length`` code points were taken off."""
    return ((0, 0, 0, length),) if length else ()
