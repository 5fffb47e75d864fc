"""Which reports are nearest to which, kept up to date as reports come: a window into what a store remembers. Decides nothing about stories.

Every report has the few reports most alike to it (``NEAR``) among those published within ``DAYS`` of it. Undated reports know only undated ones.
A report that says nearly the same as an earlier one counts as its copy and is near to nobody, so that ten papers with one agency's text do not hide
all others from each other. Which reports are near depends on nothing but the reports, whatever order they came in, as long as no word is shared by
more than ``HOLDERS`` reports of one window and no report is near to more than that.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from onrecord.across.terms import Bag, alike_to, bag_of
from onrecord.model import Document
from onrecord.store import UNDATED, Linking, Trace
from onrecord.store.days import first_day, ordinal

NEAR = 6
"""Reports a report is near to."""
LEAST = 154
"""Less alike (0.15) is nothing."""
COPY = 922
"""So much alike (0.9) a report is a copy of an earlier one."""
DAYS = 7
"""Reports further apart are not compared."""
HOLDERS = 128
"""Reports looked up of one word, the latest, and reports that have another among their nearest."""
CANDIDATES = 96
"""Reports compared with one, those that share most."""

WORDS, NEAREST = "stories", "stories-near"
_TERM_BYTES = 5


@dataclass(slots=True)
class Node:
    """A report among others. ``near``: how alike its nearest are, the most alike first; ``joined``: those of them it is in one story with."""

    id: str
    day: int
    copy: bool = False
    near: dict[str, int] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in the order of reports: by day, then id."""
        return self.day, self.id

    def to_bytes(self) -> bytes:
        """Everything but id and day; :meth:`of` reads it."""
        near = [[other, score, int(other in self.joined)] for other, score in self.near.items()]
        return json.dumps([int(self.copy), near], separators=(",", ":")).encode("utf-8")

    @classmethod
    def of(cls, trace: Trace) -> Node:
        """The node that ``to_bytes`` wrote."""
        copy, near = json.loads(trace.data)
        return cls(trace.owner, trace.day, bool(copy), {o: score for o, score, _ in near}, {o for o, _, joined in near if joined})


class Neighbours:
    """What the store remembers of reports and their nearest, with the changes that one report brings."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking
        self._bags: dict[str, Bag] = {}
        self._nodes: dict[str, Node] = {}
        self._former: dict[str, Node] = {}
        self._read: set[int] = set()

    def place(self, document: Document) -> list[Node]:
        """Put a report among the others, or put it right; returns those whose nearest changed, itself always."""
        day = day_of(document)
        self._remember(document, day)
        node = self.nodes([document.id]).get(document.id) or Node(document.id, day)
        node.day = day
        self._nodes[node.id] = node
        before = {node.id: dict(node.near)}
        found = self._alike(node)
        others = self.nodes(found)
        gone = [id_ for id_ in node.near if id_ not in self.nodes(node.near)]
        anew = {holder.id for holder in self.holders(gone)} if gone else set()
        for other in others.values():
            if found[other.id] >= COPY and other.place > node.place and not other.copy:
                other.copy = True
                anew |= {holder.id for holder in self.holders([other.id])}
        copy = any(found[other.id] >= COPY and other.place < node.place for other in others.values())
        if copy and not node.copy:
            anew |= {holder.id for holder in self.holders([node.id])}
        node.copy = copy
        self._choose(node, found)
        for other in others.values():
            before.setdefault(other.id, dict(other.near))
            if not copy:
                other.near = _nearest({**other.near, node.id: found[other.id]})
        for id_ in sorted(anew - {node.id}):
            again = self._nodes[id_]
            before.setdefault(id_, dict(again.near))
            self._choose(again, self._alike(again))
        changed = [self._nodes[id_] for id_, near in before.items() if id_ == node.id or self._nodes[id_].near != near]
        for other in changed:
            other.joined &= other.near.keys()
        return changed

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """The reports with these ids; those that are not among the others (yet, or any more) are left out."""
        wanted = list(ids)
        missing = [_own(id_) for id_ in wanted if id_ not in self._nodes]
        if missing:
            self._load(missing)
        return {id_: self._nodes[id_] for id_ in wanted if id_ in self._nodes}

    def holders(self, ids: Collection[str]) -> list[Node]:
        """The reports that have one of these among their nearest."""
        self._load(map(_term, ids))
        wanted = set(ids)
        return [node for node in self._nodes.values() if not wanted.isdisjoint(node.near)]

    def bags(self, ids: Iterable[str]) -> dict[str, Bag]:
        """The words of these reports; those of a report that is gone are left out."""
        wanted = list(ids)
        missing = [_own(id_) for id_ in wanted if id_ not in self._bags]
        keys = [key for _, key in self._linking.find(WORDS, missing, at_most=1)] if missing else []
        for trace in self._linking.traces(keys).values() if keys else ():
            self._bags[trace.owner] = Bag.from_bytes(trace.data)
        return {id_: self._bags[id_] for id_ in wanted if id_ in self._bags}

    def former(self, ids: Iterable[str]) -> dict[str, Node]:
        """The reports with these ids as the store remembers them, before what was changed here."""
        return {id_: self._former[id_] for id_ in self.nodes(ids) if id_ in self._former}

    def changed(self) -> list[Node]:
        """The reports that are not as the store remembers them."""
        return [node for node in self._nodes.values() if node != self._former.get(node.id)]

    def keep(self, nodes: Iterable[Node]) -> None:
        """Have the store remember these reports as they are now."""
        for node in nodes:
            self._linking.remember(Trace(NEAREST, node.id, node.id, node.day, (_own(node.id), *map(_term, node.near)), node.to_bytes()))

    def _remember(self, document: Document, day: int) -> None:
        bag = self._bags[document.id] = bag_of(document.text, document.title)
        known = self._linking.trace(WORDS, document.id)
        if known is None or (known[1].day, known[1].data) != (day, bag.to_bytes()):
            self._linking.remember(Trace(WORDS, document.id, document.id, day, (_own(document.id), *bag.terms), bag.to_bytes()))

    def _alike(self, node: Node) -> dict[str, int]:
        """How alike the reports of its time are to it, where it is worth saying."""
        bag = self.bags([node.id])[node.id]
        window = (node.day - DAYS, node.day + DAYS) if node.day != UNDATED else (UNDATED, UNDATED)
        shared = Counter(key for _, key in self._linking.find(WORDS, bag.terms, days=window, at_most=HOLDERS, newest=True))
        best = sorted(shared, key=lambda key: (-shared[key], key))[: CANDIDATES + 1]
        traces = [trace for trace in self._linking.traces(best).values() if trace.owner != node.id]
        for trace in traces:
            self._bags.setdefault(trace.owner, Bag.from_bytes(trace.data))
        scores = alike_to(bag, [self._bags[trace.owner] for trace in traces])
        return {trace.owner: score for trace, score in zip(traces, scores, strict=True) if score >= LEAST}

    def _choose(self, node: Node, found: Mapping[str, int]) -> None:
        node.near = _nearest({id_: found[id_] for id_, other in self.nodes(found).items() if not other.copy})

    def _load(self, terms: Iterable[int]) -> None:
        """Read the reports filed under these terms; those read before stay as they have become."""
        keys = {key for _, key in self._linking.find(NEAREST, terms, at_most=HOLDERS, newest=True)} - self._read
        self._read |= keys
        for trace in self._linking.traces(keys).values() if keys else ():
            if trace.owner not in self._nodes:
                node = self._nodes[trace.owner] = Node.of(trace)
                self._former[node.id] = Node(node.id, node.day, node.copy, node.near, set(node.joined))


def day_of(document: Document) -> int:
    """The day a report was published, as a proleptic ordinal; UNDATED where unknown."""
    return ordinal(first_day(document.published))


def _nearest(found: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:NEAR])


def _own(document_id: str) -> int:
    """What a report's own traces are filed under."""
    return _term(f"own {document_id}")


@lru_cache(maxsize=1 << 16)
def _term(document_id: str) -> int:
    """What the reports are filed under that have this one among their nearest."""
    return int.from_bytes(blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=_TERM_BYTES).digest())
