"""What is new in a saved search, made ready to be told: a line, the words, through whom, where it stands, and why it is told. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.brief.safe import clean, link
from onrecord.desk.news import Item
from onrecord.desk.searches import Search, fields
from onrecord.model import Statement
from onrecord.query.headings import heading
from onrecord.query.reasons import reasons
from onrecord.query.rows import name_of, timeline_row
from onrecord.store import View

_LONGEST_WORDS, _LONGEST_LINE = 600, 160
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELDS = {"documents": "report"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell; all texts are one line and can be shown.

    ``path``: where the desk shows it; ``url``: the report's own address, if it is safe; ``date``: of the record, or of the report; ``added``: when it
    came into the store, UTC; ``why``: see :mod:`onrecord.query.reasons`.
    """

    id: str
    kind: str
    title: str
    words: str
    speaker: str | None
    via: tuple[str, ...]
    publisher: str | None
    report: str | None
    document_id: str
    date: str | None
    added: str
    confidence: float | None
    path: str
    url: str | None
    why: tuple[str, ...]

    def full(self) -> dict[str, Any]:
        """As JSON has it."""
        return {name: list(value) if isinstance(value := getattr(self, name), tuple) else value for name in self.__dataclass_fields__}


def entries(view: View, search: Search, items: Iterable[Item]) -> list[Entry]:
    """The entries of what was found."""
    return [entry(view, search, item) for item in items]


def entry(view: View, search: Search, item: Item) -> Entry:
    """The entry of one record or report."""
    document, record = item.document, item.record
    why = (*(str(reason) for reason in reasons(view, search.wanted, document, record)), f"added {item.at}")
    head: dict[str, Any] = {
        "id": item.id, "added": item.at, "publisher": plain(document.publisher), "report": plain(heading(document)), "document_id": document.id,
        "url": link(document.url),
    }  # fmt: skip
    if record is None:
        first = document.text.lstrip().partition("\n")[0]
        return Entry(
            **head, kind="report", title=plain(heading(document)) or "", words=_cut(first, _LONGEST_WORDS), speaker=None,
            via=tuple(clean(name) for name in document.credits), date=document.published, confidence=None, path=f"/reports/{document.id}",
            why=tuple(clean(each) for each in why),
        )  # fmt: skip
    row = timeline_row(record, document)
    said = record.speaker if isinstance(record, Statement) else None
    why = (*why, f"the reading is {record.confidence:.0%} sure")
    parts = (", ".join(row.actor), row.stance or row.type or row.kind, ", ".join(row.about) or row.words)
    return Entry(
        **head, kind=record.kind, title=_cut(" – ".join(part for part in parts if part), _LONGEST_LINE), words=_cut(row.words, _LONGEST_WORDS),
        speaker=plain(name_of(said)), via=tuple(clean(name) for name in row.via), date=row.date, confidence=record.confidence,
        path=f"/records/{record.id}", why=tuple(clean(each) for each in dict.fromkeys(why)),
    )  # fmt: skip


def asked(search: Search) -> str:
    """What a search asks for, in a line."""
    given = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in fields(search.wanted).items())
    return plain(f"{_FIELDS.get(search.query, search.query)}: {given}") or ""


def plain(text: str | None) -> str | None:
    """A text that can be shown and be part of XML."""
    return None if text is None else _NOT_IN_XML.sub("\ufffd", clean(text))


def _cut(text: str, longest: int) -> str:
    text = plain(text) or ""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
