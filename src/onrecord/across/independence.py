"""Which documents are independent of each other: copies, joined by positive links, count as one."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.across.joined import COPIES, Joined
from onrecord.store import View


class Copies(Joined):
    """Groups of documents that are copies of one text, from the duplicate and syndicated links of a view."""

    def __init__(self, view: View) -> None:
        super().__init__(view.links(types=COPIES), COPIES)

    def independent(self, document_ids: Iterable[str]) -> int:
        """How many of these documents are independent of each other."""
        return len({self.first(document_id) for document_id in document_ids})
