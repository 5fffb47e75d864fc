"""Keep the links that a linker found for a report's records, and take back those that held before. Finds nothing.

Forty reports of one happening need no 780 links: of each record the surest few are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.store import Linking

MOST = 5
"""Links of a record with those of reports that were linked before it."""


def put(linking: Linking, own: Sequence[str], links: Iterable[Link], type_: LinkType, by: str) -> None:
    """Keep the surest of ``links``, each with one of the ``own`` records at an end; a link that is there already stays if it still holds."""
    mine = set(own)
    found = {(link.left, link.right): link for link in links}
    former = [link for link in linking.links(own, (type_,)) if link.by == by]
    kept = {(link.left, link.right) for link in former}
    told = Counter(end for link in former for end in (link.left, link.right) if (link.left, link.right) in found)
    for ends in kept - found.keys():
        linking.unlink(*ends, type_, by)
    for ends, link in sorted(found.items(), key=lambda f: (f[0] not in kept, -f[1].score, f[0])):
        one = link.left if link.left in mine else link.right
        if ends in kept:
            linking.link(link)
        elif told[one] < MOST:
            told[one] += 1
            linking.link(link)
