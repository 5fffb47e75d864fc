"""Who else says so: every record that makes the claim of one record, with the voice that it rests on. Decides no links; it asks them.

The same claim is: the same happening or statement, as links say; the same stance of the same party on the same issue; the same type of relation
between the same two (:mod:`onrecord.across.claims`). A position on no issue stands alone. Whose voices count as one is said in
:mod:`onrecord.across.independence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar, cast

from onrecord.across.claims import claim_of, party
from onrecord.across.independence import Voices
from onrecord.across.joined import Joined
from onrecord.errors import QueryError
from onrecord.model import Event, Position, Record, Relation, Statement
from onrecord.model.links import LinkType
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import check_fields, document_of
from onrecord.query.rows import Names, TimelineRow, timeline_row
from onrecord.store import RecordKind, Selection, View

CORROBORATION = ("record_id",)
_LINKED: Mapping[type[Record], LinkType] = {Event: "same-event", Statement: "same-statement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorroborationRow(TimelineRow):
    """A record that makes the claim asked about.

    ``voice``: whose word it rests on, None where nobody is named; ``voice_kind``: relay, agency, publisher or unknown; ``heard``: in how many of the
    reports this voice is; ``independent``: how many independent voices make the claim in all; ``record_id``: the record asked about.
    """

    own: ClassVar[Names] = ("voice", "voice_kind", "heard", "independent")
    voice: str | None
    voice_kind: str
    heard: int
    independent: int
    record_id: str


def corroboration(view: View, wanted: Filter = EVERYTHING) -> list[CorroborationRow]:
    """Every record that makes the claim of one record, itself included, and on whose word.

    By date. ``independent`` counts copies, relays of one voice and reports of one publisher once. Raises QueryError where no record is named, or none
    has that id.
    """
    check_fields(wanted, CORROBORATION, "corroboration")
    if wanted.record_id is None:
        raise QueryError("corroboration of what?", hint="give the id of a record")
    record = view.record(wanted.record_id)
    document = document_of(view)
    records = same_claim(view, record)
    testimony = Voices(view, {r.document_id for r in records}, document).testimony(records)
    heard = {h.voice.key: h.documents for h in testimony.heard}
    found = []
    for each in records:
        voice = testimony.of[each.id]
        row = timeline_row(each, document(each.document_id))
        found.append(
            CorroborationRow(
                **{f.name: getattr(row, f.name) for f in fields(TimelineRow)},
                voice=voice.name,
                voice_kind=voice.kind,
                heard=heard[voice.key],
                independent=testimony.independent,
                record_id=record.id,
            )
        )
    return sorted(found, key=lambda r: (r.date or "", r.document_id, r.start, r.id))


def same_claim(view: View, record: Record) -> list[Record]:
    """The records that make the same claim as this one, which comes first."""
    return [record, *(other for other in _others(view, record) if other.id != record.id)]


def _others(view: View, record: Record) -> Iterable[Record]:
    linked = _LINKED.get(type(record))
    if linked is not None:
        return [view.record(i) for i in Joined.around(view, [record.id], (linked,)).others(record.id)]
    claim = claim_of(record)
    return [] if claim is None else [r for r in view.records(cast(RecordKind, record.kind), _narrowed(record)) if claim_of(r) == claim]


def _narrowed(record: Record) -> Selection:
    """A selection that every record with the same claim fits, and not many others."""
    if isinstance(record, Position):
        return Selection(issue=record.issue.id if record.issue else None, stance=record.stance, actor=party(record.holder) or None)
    return Selection(type=record.type if isinstance(record, Relation) else None)
