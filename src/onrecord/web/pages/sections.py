"""Sections of a page that are loaded by themselves: a piece for htmx, a page of its own for whoever has no scripts. Asks nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from onrecord.across.claims import party
from onrecord.errors import QueryError
from onrecord.model import Position
from onrecord.query.rows import Row, timeline_row
from onrecord.store import View
from onrecord.web.render import page, piece

MOST = 2_000
"""So many rows of an answer are looked at for a section."""


def section(request: Request, macro: str, heading: str, back: tuple[str, str], at: str, context: Mapping[str, Any]) -> Response:
    """What ``macro`` of parts_subjects.jinja makes of ``context``. ``back``: address and name of the page it belongs to."""
    if request.headers.get("hx-request"):
        return piece(request, "parts_subjects", macro, context)
    return page(request, "section", at=at, heading=heading, back=back, macro=macro, context=context)


def told(view: View, ids: Iterable[str]) -> dict[str, Row]:
    """The records with these ids as rows, with their report. What the store no longer has is left out: a kept answer may name it still."""
    found: dict[str, Row] = {}
    for record_id in dict.fromkeys(ids):
        try:
            record = view.record(record_id)
        except QueryError:
            continue
        found[record_id] = timeline_row(record, view.document(record.document_id))
    return found


def party_ids(said: Mapping[str, Row]) -> dict[str, str]:
    """Position → the address of its party's page: the country whose power the holder has, else the holder's own id; none for who was not resolved."""
    held = {record_id: row.record for record_id, row in said.items()}
    return {record_id: party(r.holder) for record_id, r in held.items() if isinstance(r, Position) and r.holder.actor}


def by_day(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Shifts, the latest first, the doubtful behind the real."""
    return sorted(sorted(rows, key=lambda row: row["until"] or "", reverse=True), key=lambda row: row["verdict"] != "real")


def quoted(view: View, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Row | None, Row | None]]:
    """Shifts with the records whose words they have from before and after."""
    return [(row, _with(view, row["id_before"], row["words_before"]), _with(view, row["id"], row["words"])) for row in rows]


def _with(view: View, ids: Sequence[str], words: str) -> Row | None:
    """The first of these records that has these words."""
    return next((row for i in ids for row in told(view, [i]).values() if row.words == words), None)
