"""Which documents are independent of each other: copies, joined by positive links, count as one. Decides nothing itself; it reads the links."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.store import View

_COPIES = ("duplicate", "syndicated")


class Copies:
    """Groups of documents that are copies of one text, from the positive, unwithdrawn duplicate and syndicated links of a view."""

    def __init__(self, view: View) -> None:
        self._first: dict[str, str] = {}
        for link in view.links():
            if link.type in _COPIES and link.judgement == "positive" and link.withdrawn_at is None:
                self._join(link.left, link.right)

    def first(self, document_id: str) -> str:
        """The document that stands for all copies of this one: the copy whose id sorts first."""
        while document_id in self._first:
            document_id = self._first[document_id]
        return document_id

    def independent(self, document_ids: Iterable[str]) -> int:
        """How many of these documents are independent of each other."""
        return len({self.first(document_id) for document_id in document_ids})

    def groups(self) -> list[list[str]]:
        """Every group of two or more copies, ids in order."""
        found: dict[str, list[str]] = {}
        for document_id in {*self._first, *self._first.values()}:
            found.setdefault(self.first(document_id), []).append(document_id)
        return sorted(sorted(group) for group in found.values())

    def _join(self, left: str, right: str) -> None:
        low, high = sorted((self.first(left), self.first(right)))
        if low != high:
            self._first[high] = low
