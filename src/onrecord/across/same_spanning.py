"""Links that put records together, as few as it takes. Finds nothing: it is told which pairs belong together.

Forty reports of one happening need 39 links, not 780. Of a record's partners that are joined already, only the surest is linked; the groups that come
out are those that all links would make, in whatever order the records come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.across.joined import Joined
from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.store import Linking


def put(linking: Linking, own: Sequence[str], links: Iterable[Link], type_: LinkType, by: str) -> None:
    """Keep what it takes of ``links``, each with one of the ``own`` records at an end, and take back what held before and no longer does."""
    mine = set(own)
    pairs = {_ends(link, mine): link for link in links}
    others = sorted({other for _, other in pairs})
    known = linking.links([*own, *others], (type_,)) if pairs or own else []
    joined = Joined([link for link in known if not {link.left, link.right} & mine], (type_,))
    wanted: dict[tuple[str, str], Link] = {}
    reached: set[tuple[str, str]] = set()
    for (one, other), link in sorted(pairs.items(), key=lambda p: (-p[1].score, p[0])):
        if (one, joined.first(other)) not in reached:
            reached.add((one, joined.first(other)))
            wanted[link.left, link.right] = link
    for link in known:
        if link.by == by and {link.left, link.right} & mine and (link.left, link.right) not in wanted:
            linking.unlink(link.left, link.right, type_, by)
    for link in wanted.values():
        linking.link(link)


def _ends(link: Link, mine: set[str]) -> tuple[str, str]:
    """Its own end first; a link within the report has two."""
    return (link.left, link.right) if link.left in mine else (link.right, link.left)
