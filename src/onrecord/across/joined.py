"""Which documents, or records, links put together. Decides nothing itself; it reads the links, and a withdrawn one joins nothing.

What people's judgements of a pair come to (``onrecord.store.standing``) outweighs what machines say of the same two: a rejected pair comes into one
group by no way, and one judged unsure is not joined by its own link. Where people differ, what machines say stands until somebody settles it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Self, TypeVar

from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.store import Tie, View
from onrecord.store.standing import judgements, upheld

SAME_EVENT: tuple[LinkType, ...] = ("same-event",)
SAME_STATEMENT: tuple[LinkType, ...] = ("same-statement",)
ANSWERS: tuple[LinkType, ...] = ("responds-to",)
COPIES: tuple[LinkType, ...] = ("duplicate", "syndicated")
L = TypeVar("L", Link, Tie, Link | Tie)


class Joined:
    """Groups of ids from the positive, unwithdrawn links of some types, the surest first; one that would join a pair kept apart joins nothing.

    Memory grows with the number of links.
    """

    def __init__(self, links: Iterable[Link | Tie], types: Collection[LinkType]) -> None:
        self._first: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}
        judged = counting(links, types)
        for link in judged:
            if link.judgement == "negative":
                self._apart.setdefault(link.left, set()).add(link.right)
                self._apart.setdefault(link.right, set()).add(link.left)
        positive = [link for link in judged if link.judgement == "positive"]
        if self._apart:  # only then the order says which of several links gives way
            positive.sort(key=lambda link: (not link.created_at, -link.score, link.left, link.right))
        for link in positive:
            self._join(link.left, link.right)

    @classmethod
    def of(cls, view: View, *types: LinkType) -> Self:
        """The groups that all links of these types make."""
        return cls(view.ties(types), types)

    @classmethod
    def around(cls, view: View, ids: Iterable[str], types: Collection[LinkType]) -> Self:
        """The groups that these ids are in, from the links that lead there: a question about a few asks for few links."""
        found: dict[tuple[str, ...], Link] = {}
        known: set[str] = set()
        new = set(ids)
        while new:
            known |= new
            links = list(view.links(new, types))
            found.update(((link.left, link.right, link.type, link.by, link.created_at), link) for link in links)
            new = {end for link in links if link.withdrawn_at is None for end in (link.left, link.right)} - known
        return cls(found.values(), types)

    def __bool__(self) -> bool:
        """True if anything is joined."""
        return bool(self._first)

    def first(self, key: str) -> str:
        """The id that stands for all of its group: the one that sorts first."""
        root = key
        while root in self._first:
            root = self._first[root]
        while key != root:  # the next one finds it at once
            self._first[key], key = root, self._first[key]
        return root

    def others(self, key: str) -> tuple[str, ...]:
        """The other ids of its group, in order."""
        return tuple(other for other in self._members.get(self.first(key), ()) if other != key)

    def groups(self) -> list[list[str]]:
        """Every group of two or more, ids in order."""
        return sorted(self._members.values())

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for joined in sorted({*self._first, *self._first.values()}):
            found.setdefault(self.first(joined), []).append(joined)
        return found

    def _join(self, left: str, right: str) -> None:
        low, high = sorted((self.first(left), self.first(right)))
        if low == high or self._kept_apart(low, high):
            return
        self._first[high] = low
        if high in self._apart:
            self._apart.setdefault(low, set()).update(self._apart.pop(high))

    def _kept_apart(self, low: str, high: str) -> bool:
        """Whether somebody keeps a member of the one from a member of the other. A group's first id has the sets of all its members."""
        return any(self.first(other) == high for other in self._apart.get(low, ())) or any(
            self.first(other) == low for other in self._apart.get(high, ())
        )


def counting(links: Iterable[L], types: Collection[LinkType]) -> list[L]:
    """The links of these types that count: of each pair and type what people's judgements come to, else all that machines say. None is withdrawn.

    All that is said of a pair must be among ``links``, for who counts depends on it.
    """
    asked = [link for link in links if link.type in types and (link.created_at or link.withdrawn_at is None)]
    if not any(link.created_at or link.judgement == "negative" for link in asked):
        return asked  # none outweighs another
    found: dict[tuple[frozenset[str], str], list[L]] = {}
    for link in asked:
        found.setdefault((frozenset((link.left, link.right)), link.type), []).append(link)
    return [link for said in found.values() for link in _outweighing(said)]


def _outweighing(said: list[L]) -> list[L]:
    stands = upheld(judgements(said), lambda link: link.judgement)
    if stands is not None:
        return [stands]
    found = [link for link in said if not link.created_at]
    return [link for link in found if link.judgement == "negative"] or found


def same_event(view: View) -> Joined:
    """The records that tell of one happening."""
    return Joined.of(view, *SAME_EVENT)
