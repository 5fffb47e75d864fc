"""Who else says so: every record that makes the claim of one record, with the voice that it rests on. Decides no links; it asks them.

What the same claim is, is said in :mod:`onrecord.query.voices`; whose voices count as one, in :mod:`onrecord.across.independence`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from onrecord.across.independence import Voices
from onrecord.errors import QueryError
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import check_fields, document_of
from onrecord.query.rows import Names, TimelineRow, timeline_row
from onrecord.query.voices import same_claim
from onrecord.store import View

CORROBORATION = ("record_id",)


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
