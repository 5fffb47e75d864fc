"""Queries for documents and for words: search, documents, sources. Words are found whole, without regard to case or accents."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from onrecord.errors import QueryError
from onrecord.model import Document
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.headings import heading
from onrecord.query.records import ORDER, check_fields, document_of
from onrecord.query.rows import Flat, Names, names_of
from onrecord.store import View
from onrecord.store.days import days, first_day

SEARCH = (
    "actor", "speaker", "about", "issue", "type", "stance", "status", "form", "since", "until", "publisher", "language", "via", "text", "confidence",
    "document_id", "limit",
)  # fmt: skip
DOCUMENTS = (*SEARCH, "after")
SOURCES = tuple(name for name in SEARCH if name != "limit")
_AROUND = 80  # characters shown on either side of a word found in a document


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow(Flat):
    """A record or a document (``kind``) that holds the words. ``words``: a record's evidence, or a stretch of the document around a word."""

    id: str
    kind: str
    date: str | None
    publisher: str | None
    via: Names
    words: str
    title: str | None
    url: str | None
    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(Flat):
    """A document and how much was read from it. ``via``: whose copy it uses; ``words``: its first line; ``characters``: in code points."""

    id: str
    date: str | None
    publisher: str | None
    title: str | None
    language: str | None
    url: str | None
    via: Names
    words: str
    characters: int
    statements: int
    events: int
    positions: int
    relations: int
    heading: str = field(repr=False, metadata={"column": False})

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """With what it is called as its title."""
        return {**self.flat(), "title": self.heading}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherRow(Flat):
    """A publisher (None: unknown) with its documents and records, and its first and last date."""

    publisher: str | None
    documents: int
    statements: int
    events: int
    positions: int
    relations: int
    since: str | None
    until: str | None


def search(view: View, wanted: Filter) -> Iterator[SearchRow]:
    """Documents and records that hold all the words.

    By date and document; a document stands before its records, with the newest first behind them. Raises QueryError where ``wanted.text`` is missing.
    """
    check_fields(wanted, (*SEARCH, *ORDER), "search")
    if wanted.text is None:
        raise QueryError("search needs text", hint="give the words to look for")
    both = _documents_with(view, wanted, wanted.text), _records_with(view, wanted)
    found = heapq.merge(*both, key=lambda item: item[0], reverse=wanted.order == "newest")
    return islice((row for _, row in found), wanted.limit)


def documents(view: View, wanted: Filter = EVERYTHING) -> Iterator[DocumentRow]:
    """Documents by date.

    With a filter of records, those that hold such a record.
    """
    check_fields(wanted, (*DOCUMENTS, *ORDER), "documents")
    return (_document_row(view, d) for d in view.documents(wanted))


def sources(view: View, wanted: Filter = EVERYTHING) -> list[PublisherRow]:
    """Publishers, with what the store has of them.

    By name, the unknown one last; a filter chooses the documents that count.
    """
    check_fields(wanted, SOURCES, "sources")
    found = sorted(view.published(wanted), key=lambda p: (p.publisher is None, p.publisher or ""))
    return [
        PublisherRow(
            publisher=p.publisher,
            documents=p.documents,
            statements=p.records["statement"],
            events=p.records["event"],
            positions=p.records["position"],
            relations=p.records["relation"],
            since=p.since,
            until=p.until,
        )
        for p in found
    ]


def _document_row(view: View, document: Document) -> DocumentRow:
    d, counts = document, view.counts(document.id)
    return DocumentRow(
        id=d.id,
        date=d.published,
        publisher=d.publisher,
        title=d.title,
        language=d.language,
        url=d.url,
        via=d.credits,
        words=d.text.lstrip().partition("\n")[0],
        characters=len(d.text),
        statements=counts["statement"],
        events=counts["event"],
        positions=counts["position"],
        relations=counts["relation"],
        heading=heading(d),
    )


_Key = tuple[str, str, int, str]


def _documents_with(view: View, wanted: Filter, text: str) -> Iterator[tuple[_Key, SearchRow]]:
    for d in view.documents(wanted):
        start, end = found_at(d.text, text)
        row = SearchRow(
            id=d.id, kind="document", date=d.published, publisher=d.publisher, via=d.credits, words=d.text[start:end], title=d.title, url=d.url,
            document_id=d.id, start=start, end=end,
        )  # fmt: skip
        yield (first_day(d.published), d.id, -1, d.id), row


def _records_with(view: View, wanted: Filter) -> Iterator[tuple[_Key, SearchRow]]:
    document = document_of(view)
    for r in view.records(None, wanted):
        d = document(r.document_id)
        row = SearchRow(
            id=r.id, kind=r.kind, date=r.date.start or d.published, publisher=d.publisher, via=names_of(r.via), words=r.evidence.text, title=d.title,
            url=d.url, document_id=d.id, start=r.evidence.start, end=r.evidence.end,
        )  # fmt: skip
        yield (days(r.date, d.published)[0], d.id, r.evidence.start, r.id), row


def found_at(text: str, wanted: str) -> tuple[int, int]:
    """A stretch of ``text`` around the first of the wanted words that can be found as written (its beginning where none can), cut at line ends."""
    at = _first_word(text, re.findall(r"\w+", wanted))
    start = max(text.rfind("\n", 0, at) + 1, at - _AROUND)
    line_end = text.find("\n", at)
    return start, min(len(text) if line_end < 0 else line_end, at + _AROUND)


def _first_word(text: str, words: Iterable[str]) -> int:
    for word in words:
        found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
        if found:
            return found.start()
    return 0
