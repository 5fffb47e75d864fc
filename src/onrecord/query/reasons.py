"""Why a record answers a filter: for each field that is set, what of the record meets it. Explains records that were found; finds none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.model import Document, Participant, Position, Record, Statement
from onrecord.query.filters import Filter
from onrecord.query.marks import looked_for, marked
from onrecord.query.rows import name_of
from onrecord.store import View
from onrecord.store.columns import ACTING, CONCERNED, Mentions, about_spans, columns, fold, participants

_ROLES = {"actors": "actor", "recipients": "recipient", "addressees": "addressee", "via": "relayed by", "about": "named in it", "target": "target"}


@dataclass(frozen=True, slots=True)
class Reason:
    """``field`` of the filter, what was ``asked`` for, and ``how`` the record meets it; an empty ``how``: as asked."""

    field: str
    asked: str
    how: str

    def __str__(self) -> str:
        """In a line."""
        return f"{self.field.replace('_', ' ')} {self.asked}" + (f": {self.how}" if self.how else "")


def reasons(view: View, wanted: Filter, document: Document, record: Record | None = None) -> list[Reason]:
    """One reason for each field that is set. ``record``: None where the report itself was found; then it is said that one of its records fits."""
    found = []
    for name in Filter.__dataclass_fields__:
        value = getattr(wanted, name)
        if value is not None and name not in ("limit", "after"):
            how = _of_record(view, name, str(value), record) if record else _of_report(name, str(value), document)
            how = how or _of_either(name, document)
            if not how and record is None and name != "document_id":
                how = "so in a record of this report"
            found.append(Reason(name, str(value), how))
    return found


def _of_either(name: str, document: Document) -> str:
    if name == "publisher":
        return f"published by {document.publisher}"
    return f"written in {document.language}" if name == "language" else ""


def _of_report(name: str, value: str, document: Document) -> str:
    if name == "text":
        return f"the report holds {_words(f'{document.title} {document.text}', value)}"
    return f"dated {document.published}" if name in ("since", "until") else ""


def _of_record(view: View, name: str, value: str, record: Record) -> str:
    if name in ("actor", "via"):
        return _who(value, record, ACTING if name == "actor" else ("via",))
    if name == "speaker":
        said = record if isinstance(record, Statement) else _statement(view, record.statement_id)
        return f"said by {name_of(said.speaker) or 'somebody unnamed'}" if isinstance(said, Statement) else ""
    if name == "about":
        return _concerns(value, record)
    if name == "text":
        return f"its words hold {_words(columns(record, None).words, value)}"
    if name in ("since", "until"):
        return f"dated {record.date.start}" if record.date.start else "dated by its report"
    if name == "confidence":
        return f"the reading is {record.confidence:.0%} sure"
    if name == "issue" and not isinstance(record, Position):
        return "a position in it is on this issue"
    return ""


def _concerns(value: str, record: Record) -> str:
    if isinstance(record, Position) and record.issue and fold(value) in (fold(record.issue.id), fold(record.issue.label)):
        return f"its issue is {record.issue.label}"
    words = _words(" ".join(span.text for span in about_spans(record)), value)
    return _who(value, record, CONCERNED) or (f"it speaks of {words}" if words else "")


def _who(value: str, record: Record, roles: Collection[str]) -> str:
    """The participants whom ``value`` names. Where only the whole store tells whom (all who act for a state), those of whom it can be one."""
    among = [(role, p) for role, p in participants(record, Mentions(())) if role in roles]
    named = [(role, p) for role, p in among if _names(value, p)]
    possible = named or [(role, p) for role, p in among if p.actor and p.actor.country and roles is not CONCERNED]
    shown = list(dict.fromkeys(f"{_ROLES.get(role, role)} {_shown(p)}" for role, p in possible))
    return ("" if named or len(shown) < 2 else "one of ") + ", ".join(shown)


def _shown(p: Participant) -> str:
    country = p.actor.country if p.actor else None
    return f"{name_of(p)}" + (f" ({country})" if country else "")


def _names(value: str, p: Participant) -> bool:
    wanted = fold(value)
    if p.mention is not None and fold(p.mention.text) == wanted:
        return True
    return p.actor is not None and (value == p.actor.id or value.upper() == p.actor.country or f" {wanted} " in f" {fold(p.actor.name)} ")


def _words(text: str, value: str) -> str:
    hits: Iterator[str] = (piece for piece, hit in marked(text, looked_for(value)) if hit)
    return ", ".join(f"“{word}”" for word in dict.fromkeys(hits))


def _statement(view: View, statement_id: str | None) -> Record | None:
    with suppress(QueryError):
        return view.record(statement_id) if statement_id else None
    return None
