"""Which documents, or records, links put together. Decides nothing itself; it reads the links, and a withdrawn one joins nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.store import View

SAME_EVENT: tuple[LinkType, ...] = ("same-event",)


class Joined:
    """Groups of ids from the positive, unwithdrawn links of some types. A link between two that another, negative one keeps apart joins nothing.

    Memory grows with the number of links.
    """

    def __init__(self, links: Iterable[Link], types: Collection[LinkType]) -> None:
        self._first: dict[str, str] = {}
        standing = [link for link in links if link.type in types and link.withdrawn_at is None]
        apart = {frozenset((link.left, link.right)) for link in standing if link.judgement == "negative"}
        for link in standing:
            if link.judgement == "positive" and frozenset((link.left, link.right)) not in apart:
                self._join(link.left, link.right)
        self._members: dict[str, list[str]] = {}
        for joined in sorted({*self._first, *self._first.values()}):
            self._members.setdefault(self.first(joined), []).append(joined)

    def __bool__(self) -> bool:
        """True if anything is joined."""
        return bool(self._first)

    def first(self, key: str) -> str:
        """The id that stands for all of its group: the one that sorts first."""
        while key in self._first:
            key = self._first[key]
        return key

    def others(self, key: str) -> tuple[str, ...]:
        """The other ids of its group, in order."""
        return tuple(other for other in self._members.get(self.first(key), ()) if other != key)

    def groups(self) -> list[list[str]]:
        """Every group of two or more, ids in order."""
        return sorted(self._members.values())

    def _join(self, left: str, right: str) -> None:
        low, high = sorted((self.first(left), self.first(right)))
        if low != high:
            self._first[high] = low


def same_event(view: View) -> Joined:
    """The records that tell of one happening."""
    return Joined(view.links(), SAME_EVENT)
