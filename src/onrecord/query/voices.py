"""Records that at least so many independent voices tell: the filter ``corroboration``. Whose voices count as one is said in ``across.independence``.

The same claim is: the same happening or statement, as links say; the same stance of the same party on the same issue; the same type of relation
between the same two (:mod:`onrecord.across.claims`). A position on no issue stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import cast

from onrecord.across.claims import claim_of, party, side
from onrecord.across.independence import Voices
from onrecord.across.joined import Joined
from onrecord.model import Document, Event, Position, Record, Relation, Statement
from onrecord.model.links import LinkType
from onrecord.store import ALL, RecordKind, Selection, View

_LINKED: Mapping[type[Record], LinkType] = {Event: "same-event", Statement: "same-statement"}
_DOCUMENTS = 1_024
_TOGETHER = 32
"""Records whose links are looked up at once."""
_FIRST, _MORE = 6, 3
"""So many records for each voice wanted are heard first; where they are not enough, so many times as many."""


def corroborated(view: View, kind: RecordKind | None, wanted: Selection) -> Iterator[Record]:
    """The records wanted, in order; where ``wanted.corroboration`` is more than one, those that so many independent voices tell.

    The voices of a claim are heard by date until there are enough, so that one of thousands costs no more than one of a dozen. (A later report may
    tell where an earlier one had it from: the whole count, which ``corroboration`` gives, can then be lower.)
    """
    if (wanted.corroboration or 0) < 2:
        return view.records(kind, wanted)
    return islice(_corroborated(view, kind, replace(wanted, limit=None), wanted.corroboration or 0), wanted.limit)


def _corroborated(view: View, kind: RecordKind | None, wanted: Selection, least: int) -> Iterator[Record]:
    records, document = view.records(kind, wanted), lru_cache(_DOCUMENTS)(view.document)
    like = Voices(view, (), document)
    known: dict[Hashable, bool] = {}
    while some := list(islice(records, _TOGETHER)):
        linked = [r.id for r in some if type(r) in _LINKED]
        joined = Joined.around(view, linked, tuple(_LINKED.values()))
        members = {r.id: r for r in view.among({other for i in linked for other in (i, *joined.others(i))})}
        for record in some:
            claim: Hashable = joined.first(record.id) if record.id in members else claim_of(record) or record.id
            if claim not in known:
                group = {record.id, *joined.others(record.id)}
                same = [member for i, member in members.items() if i in group]
                known[claim] = _enough(view, same or _others(view, record, _FIRST * least), least, document, like)
            if known[claim]:
                yield record


def _enough(view: View, records: Iterable[Record], least: int, document: Callable[[str], Document], like: Voices) -> bool:
    """Whether so many independent voices are among those behind records that make one claim."""
    records, heard, size = iter(records), list[Record](), _FIRST * least
    while more := list(islice(records, size)):
        heard += more
        documents = {r.document_id for r in heard}
        if len(documents) >= least and Voices(view, documents, document, like).independent(heard) >= least:
            return True
        size = _MORE * len(heard)
    return False


def same_claim(view: View, record: Record) -> list[Record]:
    """The records that make the same claim as this one, which comes first."""
    return [record, *(other for other in _others(view, record) if other.id != record.id)]


def _others(view: View, record: Record, first: int | None = None) -> Iterable[Record]:
    """The records that make the same claim. ``first``: mostly so many are enough."""
    linked = _LINKED.get(type(record))
    if linked is not None:
        return list(view.among(Joined.around(view, [record.id], (linked,)).others(record.id)))
    claim = claim_of(record)
    return () if claim is None else (r for r in _in_parts(view, record, first) if claim_of(r) == claim)


def _in_parts(view: View, record: Record, first: int | None) -> Iterator[Record]:
    """The records that may make the same claim: the ``first`` of them, the others where they are asked for."""
    kind, wanted = cast(RecordKind, record.kind), _narrowed(record)
    found = list(view.records(kind, replace(wanted, limit=first)))
    yield from found
    if len(found) == first:
        yield from view.records(kind, replace(wanted, after=found[-1].id))


def _narrowed(record: Record) -> Selection:
    """A selection that every record with the same claim fits, and not many others."""
    if isinstance(record, Position):
        return Selection(issue=record.issue.id if record.issue else None, stance=record.stance, actor=party(record.holder) or None)
    if isinstance(record, Relation):
        return Selection(type=record.type, actor=side(record.subject) or None, about=side(record.object) or None)
    return ALL
