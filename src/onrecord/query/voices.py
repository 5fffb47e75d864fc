"""Records that at least so many independent voices tell: the filter ``corroboration``. Whose voices count as one is said in ``across.independence``.

The same claim is: the same happening or statement, as links say; the same stance of the same party on the same issue; the same type of relation
between the same two (:mod:`onrecord.across.claims`). A position on no issue stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import cast

from onrecord.across.claims import claim_of, party
from onrecord.across.independence import Voices
from onrecord.across.joined import Joined
from onrecord.model import Document, Event, Position, Record, Relation, Statement
from onrecord.model.links import LinkType
from onrecord.store import RecordKind, Selection, View

_LINKED: Mapping[type[Record], LinkType] = {Event: "same-event", Statement: "same-statement"}
_DOCUMENTS, _CLAIMS = 1_024, 1_024


def corroborated(view: View, kind: RecordKind | None, wanted: Selection) -> Iterator[Record]:
    """The records wanted, in order; where ``wanted.corroboration`` is more than one, those that so many independent voices tell."""
    least = wanted.corroboration or 0
    if least < 2:
        return view.records(kind, wanted)
    count = counting(view)
    return islice((record for record in view.records(kind, replace(wanted, limit=None)) if count(record) >= least), wanted.limit)


def counting(view: View) -> Callable[[Record], int]:
    """How many independent voices tell what a record claims; asked for many records, each claim is counted once."""
    document = lru_cache(_DOCUMENTS)(view.document)
    known: dict[object, int] = {}

    def count(record: Record) -> int:
        claim = record.id if type(record) in _LINKED else claim_of(record) or record.id
        if claim not in known:
            if len(known) >= _CLAIMS:
                known.clear()
            records = same_claim(view, record)
            voices = independent(view, records, document)
            known.update(dict.fromkeys([r.id for r in records] if claim == record.id else [claim], voices))
        return known[claim]

    return count


def independent(view: View, records: Iterable[Record], document: Callable[[str], Document]) -> int:
    """How many independent voices stand behind records that make one claim."""
    records = list(records)
    return Voices(view, {r.document_id for r in records}, document).independent(records)


def same_claim(view: View, record: Record) -> list[Record]:
    """The records that make the same claim as this one, which comes first."""
    return [record, *(other for other in _others(view, record) if other.id != record.id)]


def _others(view: View, record: Record) -> Iterable[Record]:
    linked = _LINKED.get(type(record))
    if linked is not None:
        return list(view.among(Joined.around(view, [record.id], (linked,)).others(record.id)))
    claim = claim_of(record)
    return [] if claim is None else [r for r in view.records(cast(RecordKind, record.kind), _narrowed(record)) if claim_of(r) == claim]


def _narrowed(record: Record) -> Selection:
    """A selection that every record with the same claim fits, and not many others."""
    if isinstance(record, Position):
        return Selection(issue=record.issue.id if record.issue else None, stance=record.stance, actor=party(record.holder) or None)
    return Selection(type=record.type if isinstance(record, Relation) else None)
