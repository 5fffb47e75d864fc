"""What the tools answer: rows of a query, and the sources of those rows. Knows no protocol.

A row that speaks of records names their ids; the sources give, for each of the first few ids, the exact words, who published them, when, and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from onrecord.codebook import meanings
from onrecord.errors import QueryError
from onrecord.model import Document, Record
from onrecord.query import QUERIES, Filter, show, suggestions
from onrecord.query.show import Shown
from onrecord.store import View

ROWS = 20
MOST_ROWS = 100
_EACH = 5
"""Sources given for one row at most; the row lists the ids of all."""
_TEXT = 1_500
"""Characters of one text at most: an answer is for somebody who reads it."""
_RECORDS = ("id", "record_id", "left", "right", "other_id", "also_id")


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows from ``start``, ``more`` if there are others behind them; ``sources`` by record id; ``hints`` where nothing was found."""

    rows: list[dict[str, Any]]
    more: bool
    sources: dict[str, dict[str, Any]]
    hints: list[str]


def ask(view: View, name: str, given: Mapping[str, Any]) -> Answered:
    """Ask one query. ``given``: Filter fields; ``limit`` rows at most (by default 20, at most 100). Raises QueryError."""
    fields = {field: value for field, value in given.items() if value is not None}
    count = min(int(fields.get("limit", ROWS)), MOST_ROWS)
    wanted = Filter(**{**fields, **({"limit": count + 1} if "limit" in QUERIES[name].fields else {})})
    found = [row.full() for row in islice(QUERIES[name].function(view, wanted), count + 1)]
    rows = found[:count]
    return Answered(
        rows=[_short(row) for row in rows],
        more=len(found) > count,
        sources=dict(_sources(view, rows)),
        hints=[] if rows else suggestions(view, wanted),
    )


def record(view: View, record_id: str) -> dict[str, Any]:
    """Everything about one record: its words where they stand, who relayed them, what hangs on it. Raises QueryError."""
    shown: Shown = show(view, record_id)
    return {**_short(shown.full()), "sources": {shown.record.id: source(shown.record, shown.document)}}


def report(view: View, document_id: str) -> dict[str, Any]:
    """A report as it was published, with where it comes from. Raises QueryError."""
    document = view.document(document_id)
    about = {name: value for name, value in asdict(document).items() if name in ("id", "title", "publisher", "published", "language", "url", "text")}
    return {**about, "records": dict(view.counts(document.id))}


def explain(code: str) -> list[dict[str, Any]]:
    """What a code means, in each codebook that has it. Raises CodebookError."""
    return [asdict(meaning) for meaning in meanings(code)]


def source(of: Record, document: Document) -> dict[str, Any]:
    """Where a record's words stand."""
    return {
        "words": of.evidence.text, "start": of.evidence.start, "end": of.evidence.end, "document_id": document.id, "title": document.title,
        "publisher": document.publisher, "published": document.published, "url": document.url, "kind": of.kind, "confidence": of.confidence,
    }  # fmt: skip


def _sources(view: View, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    known: dict[str, Document] = {}
    for record_id in dict.fromkeys(i for row in rows for i in islice(_ids(row), _EACH)):
        try:
            found = view.record(record_id)
        except QueryError:
            continue  # a report's id: the row has its title, publisher and date itself
        if found.document_id not in known:
            known[found.document_id] = view.document(found.document_id)
        yield record_id, source(found, known[found.document_id])


def _ids(row: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the records a row speaks of, the nearest first."""
    for name in _RECORDS:
        value = row.get(name)
        for one in [value] if isinstance(value, str) else value or ():
            if isinstance(one, str) and one:
                yield one


def _short(value: Any) -> Any:
    """``value`` with over-long texts cut, and said to be."""
    if isinstance(value, str):
        return value if len(value) <= _TEXT else value[:_TEXT] + f" … [{len(value) - _TEXT} more characters]"
    if isinstance(value, Mapping):
        return {name: _short(inner) for name, inner in value.items()}
    return [_short(inner) for inner in value] if isinstance(value, list | tuple) else value
