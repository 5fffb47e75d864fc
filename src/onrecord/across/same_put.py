"""Keep the links that a linker found for a report's records, and take back those that held before. Finds nothing.

Forty reports of one happening need no 780 links: beyond the surest few, a partner that is one with a partner chosen before needs no link of its own,
for those two are joined already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from onrecord.model import Link
from onrecord.store import Linking

P = TypeVar("P")
SUREST = 4
"""Links that a record has in any case: its partners may not all have been compared with each other."""


def few(partners: Sequence[P], one: Callable[[P, P], bool]) -> list[P]:
    """Of a record's partners, the surest first: the first ``SUREST``, and those that are not ``one`` with a partner chosen before them."""
    chosen: list[P] = []
    for n, partner in enumerate(partners):
        if n < SUREST or not any(one(partner, other) for other in chosen):
            chosen.append(partner)
    return chosen


def put(linking: Linking, own: Sequence[str], found: Iterable[Link], wanted: Iterable[Link], *, by: str) -> None:
    """Keep the ``wanted`` links of the ``own`` records; of the links that are there already, those that are still ``found`` stay."""
    holding = {(link.left, link.right): link for link in found}
    keep = {(link.left, link.right): link for link in wanted}
    for link in linking.links(own):
        ends = (link.left, link.right)
        if link.by == by and ends in holding:
            keep[ends] = holding[ends]
        elif link.by == by:
            linking.unlink(*ends, link.type, by)
    for link in keep.values():
        linking.link(link)
