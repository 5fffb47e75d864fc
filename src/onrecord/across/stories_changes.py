"""Which stories became one and which fell apart when links between their reports changed, written as links between the stories. Groups nothing else.

A story is named after the report of it that was the first to arrive, so that it keeps its id as it grows, and an id leads to the story that report is
in now. Where two stories become one, the one whose report came later is linked to the other (positive); where one falls apart, the part that lost its
first report is linked to what it was part of (negative). The last change of the same two stories is the one that counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.across.joined import counting
from onrecord.model import Link
from onrecord.model.links import Judgement, LinkType
from onrecord.store import Linking

PREFIX = "story-"
_TYPES: tuple[LinkType, ...] = ("same-story",)


def story_id(document_id: str) -> str:
    """The id of the story of which the report with this id was the first to arrive."""
    return PREFIX + document_id


def report_of(id_: str) -> str:
    """The id of the report that a story with this id is named after; any other id as it is."""
    return id_.removeprefix(PREFIX)


def is_story(id_: str) -> bool:
    """True for the id of a story: links between stories have it at their ends."""
    return id_.startswith(PREFIX)


class Changes:
    """Watches what a change of links does to stories; ``before`` is called before links are written, ``after`` when they are."""

    def __init__(self, linking: Linking, by: str) -> None:
        self._linking = linking
        self._by = by
        self._firsts: list[str] = []

    def before(self, added: Collection[tuple[str, str]]) -> None:
        """Note which stories the reports of new links are in. Looks no further than until they are found to be in one."""
        given = {end for pair in added for end in pair}
        ends = given & _ends(self._linking.links(given, _TYPES)) if given else given
        self._firsts = []
        while ends:
            start = min(ends)
            group = self._group(start, until=ends)
            if self._firsts or not ends <= group:
                self._firsts.append(self._first(self._group(start)))
            ends -= group

    def after(self, removed: Collection[tuple[str, str]]) -> None:
        """Write what became one, and what fell apart where links were taken away."""
        merged: dict[str, str] = {}
        for first in self._firsts if len(self._firsts) > 1 else ():
            now = self._first(self._group(first))
            if now != first:
                merged[first] = now
        for former, now in sorted(merged.items()):
            self._write(former, now, "positive", "became one story with it")
        for one, other in sorted(removed):
            group = self._group(one, until={other})
            if other not in group:
                self._parted(group, self._group(other))

    def _parted(self, *groups: set[str]) -> None:
        old, new = sorted(groups, key=lambda group: self._linking.arrival(self._first(group)))
        if len(new) > 1:
            self._write(self._first(new), self._first(old), "negative", "was part of it, and is a story of its own")

    def _write(self, left: str, right: str, judgement: Judgement, detail: str) -> None:
        self._linking.link(Link(story_id(left), story_id(right), "same-story", judgement, 1.0, detail, self._by, ""))

    def _first(self, group: Iterable[str]) -> str:
        return min(group, key=self._linking.arrival)

    def _group(self, start: str, until: Collection[str] | None = None) -> set[str]:
        """The reports that links lead to from one, itself included; not all of them once those wanted are found."""
        found, new = {start}, {start}
        while new and (until is None or not set(until) <= found):
            new = _ends(self._linking.links(new, _TYPES)) - found
            found |= new
        return found


def _ends(links: Iterable[Link]) -> set[str]:
    return {end for link in counting(links, _TYPES) if link.judgement == "positive" for end in (link.left, link.right)}
