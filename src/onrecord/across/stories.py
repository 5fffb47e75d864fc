"""Which reports are about one story, linked while documents are added. Reads their words and dates, no records; groups nothing itself.

Two reports are of one story when one is among the other's nearest (:mod:`onrecord.across.stories_near`) and both are alike together with their own
nearest: each report's words are added up with those of its nearest, by how alike these are, and the two sums must be ``TOGETHER`` alike. Reports of
two stories of one kind (two arrests, two fires) share many words with each other, but each shares more with its own, so that the sums part where
single reports do not. docs/decisions/0026-stories.md has the figures. The links are a pure function of the reports a store holds, whatever order
they came in; a report that comes changes only what is near it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from onrecord.across.stories_changes import Changes
from onrecord.across.stories_near import Neighbours, Node
from onrecord.across.terms import ALIKE, Bag, alike
from onrecord.model import Link, Reading
from onrecord.model.links import LinkType
from onrecord.store import Linking

NAME = "stories"
SAME_STORY: tuple[LinkType, ...] = ("same-story",)

WEIGHT = 2
"""How much a report's nearest count beside itself, for each as much as it is alike."""
TOGETHER = 0.8
"""So much alike two reports are with their nearest if they are of one story."""

Pair = tuple[str, str]


class Stories:
    """Links reports of one story (same-story, from the later to the earlier one), and says which stories became one or fell apart."""

    name = NAME

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link a document with the reports of its story, and take back what holds no longer."""
        neighbours = Neighbours(linking)
        changed = neighbours.place(reading.document)
        _join(neighbours, changed)
        unlike = neighbours.changed()
        ids = {node.id for node in (*changed, *unlike)}
        around = {node.id: node for node in neighbours.holders(ids)}
        around.update(neighbours.nodes({id_ for node in neighbours.nodes(ids).values() for id_ in (node.id, *node.joined)}))
        former = neighbours.former(around)
        former.update(neighbours.former({id_ for one in ids & former.keys() for id_ in former[one].joined}))
        wanted = _wanted(ids, around)
        present = {pair for pair in _wanted(ids, former) if reading.document.id not in pair}
        known = linking.links([reading.document.id], SAME_STORY)  # what was forgotten with it, no node tells
        present |= {(link.left, link.right) for link in known if link.by == NAME and not link.withdrawn_at}
        added, removed = sorted(wanted.keys() - present), sorted(present - wanted.keys())
        changes = Changes(linking, NAME)
        changes.before(_across(added, former))
        for left, right in removed:
            linking.unlink(left, right, "same-story", NAME)
        for left, right in added:
            linking.link(_link(left, right, wanted[left, right]))
        changes.after(_across(removed, around))
        neighbours.keep(unlike)


def together(near: Mapping[str, Mapping[str, int]], pairs: Sequence[Pair], bags: Mapping[str, Bag]) -> dict[Pair, float]:
    """How alike the two reports of each pair are with their nearest, 0 to 1.

    ``near``: the nearest of each report and how alike they are; ``bags``: their words. Reports without a bag are left out.
    """
    ids = sorted({id_ for one in {end for pair in pairs for end in pair} for id_ in (one, *near[one])} & bags.keys())
    at = {id_: number for number, id_ in enumerate(ids)}
    rows = sorted({end for pair in pairs for end in pair} & bags.keys())
    shares = np.zeros((len(rows), len(ids)))
    for row, one in enumerate(rows):
        shares[row, at[one]] = ALIKE
        for other, score in near[one].items():
            if other in at:
                shares[row, at[other]] = WEIGHT * score
    sums = shares @ alike([bags[id_] for id_ in ids]) @ shares.T  # whole numbers below 2**53: exact in any order
    lengths = np.sqrt(np.maximum(sums.diagonal(), 1.0))
    place = {one: row for row, one in enumerate(rows)}
    known = [(one, other) for one, other in pairs if one in place and other in place]
    return {(a, b): float(sums[place[a], place[b]] / (lengths[place[a]] * lengths[place[b]])) for a, b in known}


def _join(neighbours: Neighbours, changed: Sequence[Node]) -> None:
    """Find anew which of the changed reports and of those they are near to, or that are near to them, belong together."""
    ids = {node.id for node in changed}
    held = neighbours.holders(ids)
    nodes = {node.id: node for node in (*held, *neighbours.nodes({id_ for node in changed for id_ in (node.id, *node.near)}).values())}
    pairs = {
        (min(node.id, other), max(node.id, other))
        for node in nodes.values()
        for other in node.near
        if other in nodes and (node.id in ids or other in ids)
    }
    near = {id_: node.near for id_, node in nodes.items()}
    bags = neighbours.bags({id_ for ends in near.values() for id_ in ends} | near.keys())
    for (first, second), score in together(near, sorted(pairs), bags).items():
        for this, that in ((nodes[first], second), (nodes[second], first)):
            if that in this.near:
                (this.joined.add if score >= TOGETHER else this.joined.discard)(that)


def _wanted(ids: Collection[str], nodes: Mapping[str, Node]) -> dict[Pair, int]:
    """The links that the reports with these ids should have among some, later report first, with how alike the two are.

    A pair is left out where a third report, near to both and of their story, is more like either of them than they are like each other: what it
    links stays linked, and taking one link back parts what it joined.
    """
    wanted: dict[Pair, int] = {}
    for node in nodes.values():
        for id_ in node.joined:
            if id_ in nodes and (node.id in ids or id_ in ids):
                other = nodes[id_]
                later, earlier = (node, other) if node.place > other.place else (other, node)
                if (later.id, earlier.id) not in wanted and not _led_around(node, other, node.near[id_]):
                    wanted[later.id, earlier.id] = node.near[id_]
    return wanted


def _across(pairs: Sequence[Pair], nodes: Mapping[str, Node]) -> list[Pair]:
    """The pairs that these nodes do not show to be of one story; all reports that they show to be of one story are named by one of them."""
    story: dict[str, str] = {}

    def first(id_: str) -> str:
        while id_ in story:
            id_ = story[id_]
        return id_

    for node in nodes.values() if pairs else ():
        for id_ in node.joined:
            one, other = first(node.id), first(id_)
            if one != other:
                story[one] = other
    return [(first(one), first(other)) for one, other in pairs if first(one) != first(other)]


def _led_around(one: Node, other: Node, score: int) -> bool:
    own = _rank(one.id, other.id, score)
    return any(
        min(one.near[third], other.near[third]) >= score
        and _rank(one.id, third, one.near[third]) > own
        and _rank(other.id, third, other.near[third]) > own
        for third in one.joined & other.joined
    )


def _rank(one: str, other: str, score: int) -> tuple[int, str, str]:
    """A strict order of pairs: no two are equally alike, so that of any three reports exactly one pair is the least alike."""
    return score, min(one, other), max(one, other)


def _link(left: str, right: str, score: int) -> Link:
    share = round(score / ALIKE, 3)
    detail = f"words, names and numbers {share:.2f} alike; their nearest reports belong together"
    return Link(left, right, "same-story", "positive", share, detail, NAME, "")
