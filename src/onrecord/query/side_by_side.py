"""Two reports side by side: what both tell, what only one has, how each words it, what they tell differently. Decides no links; it asks them.

Records tell of the same where links say so (same-event, same-statement), or where they make the same claim: the same stance of the same party on the
same issue, the same type of relation between the same two (:mod:`onrecord.across.claims`). As rows: :mod:`onrecord.query.beside`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.across.claims import claim_of
from onrecord.across.joined import COPIES, SAME_EVENT, SAME_STATEMENT, Joined, counting
from onrecord.errors import QueryError
from onrecord.model import Link, Position, Reading, Record, Relation, Statement
from onrecord.query.contradictions import ContradictionRow, between
from onrecord.query.wordings import Difference, content, difference
from onrecord.store import View

How = Literal["same-event", "same-statement", "same-claim"]
_LINKED = (*SAME_EVENT, *SAME_STATEMENT)


@dataclass(frozen=True, slots=True)
class Pair:
    """What both reports tell: the records of each, in order of place. ``number`` counts from 1 by place in the left one.

    ``links``: the decisions that join a record of the one with a record of the other; none where a third report joins them, or for a same claim.
    ``differs``: of a statement, what the right one's first wording leaves out of the left one's, adds and words otherwise; None for anything else.
    """

    number: int
    how: How
    left: tuple[Record, ...]
    right: tuple[Record, ...]
    links: tuple[Link, ...]
    differs: Difference | None

    def has(self, record_id: str) -> bool:
        """Whether the record is one of it."""
        return any(r.id == record_id for r in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two reports: ``pairs`` of what both tell, ``contradictions`` of what they tell differently; whatever is in no pair only one of them has."""

    left: Reading
    right: Reading
    pairs: tuple[Pair, ...]
    contradictions: tuple[ContradictionRow, ...]

    def only(self, reading: Reading) -> list[Record]:
        """The records of one of the two that the other has not, by place."""
        paired = {r.id for pair in self.pairs for r in (*pair.left, *pair.right)}
        return _placed(r for r in reading.records if r.id not in paired)


def side_by_side(view: View, left_id: str, right_id: str) -> SideBySide:
    """Two reports, by their ids or beginnings of them; a copy contradicts nothing in its original.

    Raises QueryError where there is none, or both are the same.
    """
    left, right = view.reading(left_id), view.reading(right_id)
    if left.document.id == right.document.id:
        raise QueryError("a report cannot be compared with itself", hint="give two reports")
    found = sorted([*_linked(view, left, right), *_claimed(left, right)], key=lambda pair: (pair[1][0].evidence.start, pair[1][0].id))
    links = _between(view, [r.id for how, some, _ in found if how != "same-claim" for r in some])
    pairs = tuple(
        Pair(n, how, some, others, tuple(links(some, others)), _differs(some[0], others[0])) for n, (how, some, others) in enumerate(found, 1)
    )
    linked = [(a, b) for p in pairs if p.how != "same-claim" for a in p.left for b in p.right]
    copies = Joined.around(view, [left.document.id], COPIES).others(left.document.id)
    return SideBySide(left, right, pairs, () if right.document.id in copies else tuple(between(left, right, linked)))


_Found = tuple[How, tuple[Record, ...], tuple[Record, ...]]


def _linked(view: View, left: Reading, right: Reading) -> Iterator[_Found]:
    ways: tuple[tuple[How, Sequence[Record], Sequence[Record]], ...] = (
        ("same-event", left.events, right.events), ("same-statement", left.statements, right.statements),
    )  # fmt: skip
    for how, some, others in ways:
        joined = Joined.around(view, [r.id for r in some], SAME_EVENT if how == "same-event" else SAME_STATEMENT)
        yield from _together(how, [(joined.first(r.id), r) for r in some], [(joined.first(r.id), r) for r in others])


def _claimed(left: Reading, right: Reading) -> Iterator[_Found]:
    some, others = ([(claim_of(r), r) for r in reading.records if isinstance(r, Position | Relation)] for reading in (left, right))
    yield from _together("same-claim", some, others)


def _together(how: How, some: Iterable[tuple[Any, Record]], others: Iterable[tuple[Any, Record]]) -> Iterator[_Found]:
    """Records of both sides with one key; None is no key."""
    groups: dict[Any, tuple[list[Record], list[Record]]] = {}
    for at, side in enumerate((some, others)):
        for key, record in side:
            if key is not None:
                groups.setdefault(key, ([], []))[at].append(record)
    for one, other in groups.values():
        if one and other:
            yield how, tuple(_placed(one)), tuple(_placed(other))


def _between(view: View, ids: Sequence[str]) -> Callable[[Iterable[Record], Iterable[Record]], Iterator[Link]]:
    """A look-up of the links that count and join one of some records with one of others; ``ids``: those of all the former."""
    joining: dict[frozenset[str], list[Link]] = {}
    for link in counting(view.links(ids, _LINKED) if ids else (), _LINKED):
        if link.judgement == "positive":
            joining.setdefault(frozenset((link.left, link.right)), []).append(link)
    return lambda some, others: (link for one in some for other in others for link in joining.get(frozenset((one.id, other.id)), ()))


def _differs(one: Record, other: Record) -> Difference | None:
    return difference(content(one), content(other)) if isinstance(one, Statement) and isinstance(other, Statement) else None


def _placed(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda r: (r.evidence.start, -r.evidence.end, r.id))
