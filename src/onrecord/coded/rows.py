"""The rows of a comparison as flat columns: theirs under ``their_…``, ours under the names of the record contract."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coded.event import CodedEvent
from onrecord.model import Document, Event, Record
from onrecord.query.rows import Flat, head


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRow(Flat):
    """Their row, ours, or both.

    ``match``: what agrees (type, quad, dyad: the parties alone), or whose row it is (theirs, ours); ``days``: our day minus theirs; ``again``:
    another row of theirs had met this one of ours before. What one side does not have is None.
    """

    match: str
    days: int | None
    again: bool
    their_line: int | None
    their_id: str | None
    their_date: str | None
    their_type: str | None
    their_mode: str | None
    their_cameo: str | None
    their_actor: str | None
    their_actor_country: str | None
    their_recipient: str | None
    their_recipient_country: str | None
    their_publisher: str | None
    their_url: str | None
    id: str | None
    date: str | None
    type: str | None
    mode: str | None
    status: str | None
    actor: str | None
    recipient: str | None
    words: str | None
    publisher: str | None
    title: str | None
    url: str | None
    document_id: str | None
    start: int | None
    end: int | None


_OURS = ("id", "date", "words", "publisher", "title", "url", "document_id", "start", "end")


def compare_row(
    match: str,
    theirs: CodedEvent | None,
    record: Record | None = None,
    document: Document | None = None,
    sides: tuple[str | None, str | None] = (None, None),
    *,
    days: int | None = None,
    again: bool = False,
) -> CompareRow:
    """The row of a pairing; ``sides``: the names of our actor and recipient."""
    common = head(record, document) if record and document else {}
    event = record if isinstance(record, Event) else None
    return CompareRow(
        match=match,
        days=days,
        again=again,
        their_line=theirs.line if theirs else None,
        their_id=theirs.id if theirs else None,
        their_date=theirs.date or theirs.published if theirs else None,
        their_type=theirs.type if theirs else None,
        their_mode=theirs.mode if theirs else None,
        their_cameo=theirs.cameo if theirs else None,
        their_actor=theirs.actor or theirs.actor_words if theirs else None,
        their_actor_country=theirs.actor_country if theirs else None,
        their_recipient=theirs.recipient or theirs.recipient_words if theirs else None,
        their_recipient_country=theirs.recipient_country if theirs else None,
        their_publisher=theirs.publisher if theirs else None,
        their_url=theirs.url if theirs else None,
        type=event.type if event else None,
        mode=event.mode if event else None,
        status=event.status if event else None,
        actor=sides[0],
        recipient=sides[1],
        **{name: common.get(name) for name in _OURS},
    )
