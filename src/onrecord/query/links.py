"""Decisions that records or reports belong together, as rows: who decided what on which ground, with the words of both ends. Decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import check_fields
from onrecord.query.rows import Flat
from onrecord.store import View

LINKS = ("type", "confidence", "document_id", "record_id", "limit")
_CACHED = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow(Flat):
    """One decision. ``left``, ``right``: ids of records, reports or stories; of a copy and its original, or an answer and what it
    answers, in this order.

    ``left_given_id``: the id that the input gave to a report, None for anything else; ``left_words``: a record's evidence, a report's title. What the
    store no longer holds, or a story, has no words.
    """

    left: str
    right: str
    type: str
    judgement: str
    score: float
    detail: str
    by: str
    created_at: str
    withdrawn_at: str | None
    left_given_id: str | None
    right_given_id: str | None
    left_words: str | None
    right_words: str | None


def links(view: View, wanted: Filter = EVERYTHING) -> Iterator[LinkRow]:
    """Decisions that records or reports belong together, by linkers, readings and people, withdrawn ones too.

    ``type``: of this type; ``document_id``, ``record_id``: with this report or record at one end; ``confidence``: with at least this score.
    """
    check_fields(wanted, LINKS, "links")
    types = _types(wanted.type)
    end = wanted.record_id or wanted.document_id
    return _rows(view, view.links(None if end is None else [end], types), wanted)


def _rows(view: View, found: Iterator[Link], wanted: Filter) -> Iterator[LinkRow]:
    ends = lru_cache(_CACHED)(lambda end: _end(view, end))
    left_to_give = wanted.limit
    for link in found:
        if left_to_give == 0:
            return
        if wanted.confidence is not None and link.score < wanted.confidence:
            continue
        (left_given, left_words), (right_given, right_words) = ends(link.left), ends(link.right)
        fields = {name: getattr(link, name) for name in Link.__dataclass_fields__}
        yield LinkRow(**fields, left_given_id=left_given, right_given_id=right_given, left_words=left_words, right_words=right_words)
        left_to_give = None if left_to_give is None else left_to_give - 1


def _types(wanted: str | None) -> Collection[LinkType] | None:
    if wanted is None:
        return None
    types = [t for t in get_args(LinkType) if t == wanted]
    if not types:
        raise QueryError(f"type: {wanted} is no type of link", hint="one of " + ", ".join(get_args(LinkType)))
    return types


def _end(view: View, end: str) -> tuple[str | None, str | None]:
    """The id that the input gave, and the words, of one end of a link."""
    try:
        return None, view.record(end).evidence.text
    except QueryError:
        pass
    try:
        document = view.document(end)
    except QueryError:
        return None, None
    given = document.meta.get("id")
    return None if given is None else str(given), document.title
