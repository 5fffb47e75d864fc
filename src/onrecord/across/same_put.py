"""Keep the links that a linker found for a report's records, and take back those that held before. Finds nothing.

Forty reports of one happening need no 780 links: beyond the surest few, a partner that is one with a partner chosen before needs no link of its own,
for those two are joined already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from onrecord.model import Link
from onrecord.store import Linking, Trace

P = TypeVar("P")
SUREST = 4
"""Links that a record gets when it is first linked: its partners may not all have been compared with each other."""
Found = tuple[str, Link, P]
"""One of the own records, the link, and its partner."""


def candidates(linking: Linking, keys: Collection[int], former: Iterable[Link], space: str) -> list[Trace]:
    """The traces with these keys, and those of the documents that the ``former`` links lead to."""
    found = {trace.document_id: trace for trace in linking.traces(keys).values()}
    linked = {end for link in former for end in (link.left, link.right)}
    for document_id in {linking.view.record(id_).document_id for id_ in linked} - found.keys():
        there = linking.trace(space, document_id)
        if there is not None:
            found[document_id] = there[1]
    return list(found.values())


def own_links(linking: Linking, own: Sequence[str], by: str) -> list[Link]:
    """The links that a linker made for these records before."""
    return [link for link in linking.links(own) if link.by == by]


def put(linking: Linking, former: Iterable[Link], found: Sequence[Found[P]], one: Callable[[P, P], bool], always: Iterable[Link] = ()) -> None:
    """Keep what it takes of the links that were ``found``, the surest first, and take back ``former`` ones that were not found again.

    ``one``: whether two partners are linked with each other. ``always``: links that are kept in any case.
    """
    there = {_ends(link): link for link in former}
    kept = {_ends(link): link for link in always}
    for ends in there.keys() - kept.keys() - {_ends(link) for _, link, _ in found}:
        linking.unlink(*ends, there[ends].type, there[ends].by)
    for id_ in dict.fromkeys(record for record, _, _ in found):
        kept.update((_ends(link), link) for link in _few([(link, p) for record, link, p in found if record == id_], there, one))
    for link in kept.values():
        linking.link(link)


def _few(found: Sequence[tuple[Link, P]], former: Collection[tuple[str, str]], one: Callable[[P, P], bool]) -> Iterator[Link]:
    """The links that are there already, or else the surest, and those to partners that are not one with a partner that has a link."""
    there = [(link, p) for link, p in found if _ends(link) in former] or list(found[:SUREST])
    linked = [p for _, p in there]
    yield from (link for link, _ in there)
    for link, partner in found:
        if not any(partner is other or one(partner, other) for other in linked):
            linked.append(partner)
            yield link


def _ends(link: Link) -> tuple[str, str]:
    return link.left, link.right
