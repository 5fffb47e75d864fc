"""Keep the links that a linker found for a report's records, and take back those that held before. Finds nothing.

Forty reports of one happening need no 780 links: beyond the surest few, a partner that the links there are join with one chosen before needs none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from onrecord.across.joined import Joined
from onrecord.model import Link
from onrecord.store import Linking, Trace

SUREST = 2
"""Links that a record gets when it is first linked, so that one that is withdrawn is not all there was."""
Found = tuple[str, Link]
"""One of the own records, and a link with a partner."""


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


def put(linking: Linking, former: Iterable[Link], found: Sequence[Found], always: Iterable[Link] = ()) -> None:
    """Keep what it takes of the links that were ``found``, the surest first, and take back ``former`` ones that were not found again.

    ``always``: links that are kept in any case.
    """
    there = {_ends(link): link for link in former}
    kept = {_ends(link): link for link in always}
    for ends in there.keys() - kept.keys() - {_ends(link) for _, link in found}:
        linking.unlink(*ends, there[ends].type, there[ends].by)
    for id_ in dict.fromkeys(record for record, _ in found):
        of_one = [link for record, link in found if record == id_]
        kept.update((_ends(link), link) for link in _few(id_, of_one, there, linking))
    for link in kept.values():
        linking.link(link)


def _few(own: str, found: Sequence[Link], former: Collection[tuple[str, str]], linking: Linking) -> Iterator[Link]:
    """The links that are there already, else the surest; and of the others those to partners that no link of theirs joins with one chosen before."""
    first = [link for link in found if _ends(link) in former] or list(found[:SUREST])
    yield from first
    rest = [link for link in found if link not in first]
    if not rest:
        return
    partners = [_other(link, own) for link in found]
    near = Joined((link for link in linking.links(partners, [found[0].type]) if own not in _ends(link)), [found[0].type])
    joined = {near.first(_other(link, own)) for link in first}
    for link in rest:
        if near.first(_other(link, own)) not in joined:
            joined.add(near.first(_other(link, own)))
            yield link


def _other(link: Link, own: str) -> str:
    return link.right if link.left == own else link.left


def _ends(link: Link) -> tuple[str, str]:
    return link.left, link.right
