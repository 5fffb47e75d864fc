"""A Selection as SQL conditions. Every value a user gave travels as a parameter, never as SQL."""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from onrecord.errors import QueryError
from onrecord.store.base import Selection
from onrecord.store.columns import ACTING, CONCERNED, fold
from onrecord.store.days import first_day, last_day
from onrecord.store.words import match_expression

Condition = tuple[str, Sequence[object]]
RECORD_ORDER = "r.first_day, r.document_id, r.start, r.id"
DOCUMENT_ORDER = "d.first_day, d.id"
_EQUAL = ("type", "stance", "status", "form", "document_id", "statement_id", "record_id")
_LARGEST = 2**63 - 1


def records_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of the records wanted, in order. Raises QueryError for text without words, a date that is none, an unknown ``after``."""
    conditions = [*_record_conditions(db, kind, selection), *_after_record(db, selection.after)]
    return _query("SELECT r.kind, r.json FROM records r", conditions, RECORD_ORDER, selection.limit)


def undecided_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of the records wanted on which no decision counts, the least sure first. Raises QueryError like :func:`records_query`.

    A page goes on behind the record named by ``after``, also where that was rejected since.
    """
    conditions = [*_record_conditions(db, kind, selection), ("r.id NOT IN (SELECT record_id FROM reviewed)", [])]
    if selection.after is not None:
        conditions.append(("(r.confidence, r.id) > (?, ?)", _position(db, _SURENESS, selection.after)))
    return _query("SELECT r.kind, r.json FROM records r", conditions, "r.confidence, r.id", selection.limit)


# How sure the machine was of a record, and its id.
_SURENESS = """
SELECT sure, ?1 FROM (
  SELECT coalesce((SELECT json ->> '$.confidence' FROM overridden WHERE record_id = ?1), (SELECT confidence FROM records WHERE id = ?1)) AS sure
) WHERE sure IS NOT NULL
"""


def documents_query(db: sqlite3.Connection, selection: Selection) -> Condition:
    """The SQL for the keys of the documents wanted, in order. Raises QueryError like :func:`records_query`."""
    s = selection
    conditions: list[Condition] = []
    if s.document_id is not None:
        conditions.append(("d.id = ?", [s.document_id]))
    if s.publisher is not None:
        conditions.append(("d.publisher_folded = ?", [fold(s.publisher)]))
    conditions += _dates("d", s)
    if s.text is not None:
        conditions.append(("d.key IN (SELECT rowid FROM document_words WHERE document_words MATCH ?)", [_match(s.text)]))
    of_records = replace(s, document_id=None, publisher=None, since=None, until=None, text=None, limit=None, after=None)
    if any(getattr(of_records, field.name) is not None for field in fields(Selection)):
        sql, values = _where(_record_conditions(db, None, of_records))
        conditions.append((f"d.id IN (SELECT r.document_id FROM records r{sql})", values))
    if s.after is not None:
        conditions.append((f"({DOCUMENT_ORDER}) > (?, ?)", _position(db, "SELECT first_day, id FROM documents WHERE id = ?", s.after)))
    return _query("SELECT d.key FROM documents d", conditions, DOCUMENT_ORDER, s.limit)


def _query(select: str, conditions: Sequence[Condition], order: str, limit: int | None) -> Condition:
    where, values = _where(conditions)
    sql = f"{select}{where} ORDER BY {order}"
    return (sql, values) if limit is None else (f"{sql} LIMIT ?", [*values, min(max(limit, 0), _LARGEST)])


def _where(conditions: Iterable[Condition]) -> Condition:
    conditions = list(conditions)
    sql = " AND ".join(sql for sql, _ in conditions)
    return (f" WHERE {sql}" if sql else ""), [value for _, values in conditions for value in values]


def _record_conditions(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Iterator[Condition]:
    s = selection
    if kind is not None:
        yield "r.kind = ?", [kind]
    for name in _EQUAL:
        if getattr(s, name) is not None:
            yield f"r.{name} = ?", [getattr(s, name)]
    if s.confidence is not None:
        yield "r.confidence >= ?", [s.confidence]
    if s.publisher is not None:
        yield "r.document_id IN (SELECT id FROM documents WHERE publisher_folded = ?)", [fold(s.publisher)]
    yield from _dates("r", s)
    if s.issue is not None:
        yield ("r.issue = ?", [s.issue]) if kind == "position" else (f"(r.issue = ?1 OR r.id IN ({_SHOWN}))".replace("?1", "?"), [s.issue] * 3)
    if s.actor is not None:
        yield _any([_participants(db, s.actor, ACTING)])
    if s.via is not None:
        yield _any([_participants(db, s.via, ("via",))])
    if s.about is not None:
        yield _any(_concerning(db, s.about))
    if s.text is not None:
        yield _any([_words(_match(s.text, "words"))])


# Statements and events that show, or hold, a position on an issue.
_SHOWN = (
    "SELECT record_id FROM records WHERE issue = ?1 AND record_id IS NOT NULL"
    " UNION ALL SELECT statement_id FROM records WHERE issue = ?1 AND statement_id IS NOT NULL"
)


def _any(subqueries: Sequence[Condition]) -> Condition:
    """The record's key is among those any of the subqueries gives."""
    sql = " UNION ALL ".join(sql for sql, _ in subqueries)
    return f"r.key IN ({sql})", [value for _, values in subqueries for value in values]


def _words(expression: str) -> Condition:
    return "SELECT rowid FROM record_words WHERE record_words MATCH ?", [expression]


def _concerning(db: sqlite3.Connection, about: str) -> list[Condition]:
    """Keys of records about an issue, an actor or a word."""
    found = [_participants(db, about, CONCERNED)]
    issues = [row[0] for row in db.execute("SELECT DISTINCT issue FROM records WHERE issue = ? OR issue_folded = ?", (about, fold(about)))]
    for issue in issues:
        found.append(("SELECT key FROM records WHERE issue = ?", [issue]))
        found.append((f"SELECT key FROM records WHERE id IN ({_SHOWN})".replace("?1", "?"), [issue, issue]))
    expression = match_expression(about, "about")
    return [*found, _words(expression)] if expression else found


def _participants(db: sqlite3.Connection, term: str, roles: Sequence[str]) -> Condition:
    """Keys of records in which the actor that ``term`` names has one of ``roles``."""
    where, values = _actors(db, term)
    among = ", ".join("?" * len(roles))
    sql = f"SELECT record FROM participants WHERE role IN ({among}) AND actor IN (SELECT key FROM actors WHERE {where})"
    mention = f"SELECT record FROM participants WHERE role IN ({among}) AND mention_folded = ?"
    return f"{sql} UNION ALL {mention}", [*roles, *values, *roles, fold(term)]


def _actors(db: sqlite3.Connection, term: str) -> Condition:
    """Which rows of actors ``term`` names: an id; a country; a whole name (a state's stands for all who act for it); else whole words of a name."""
    name = fold(term)
    if db.execute("SELECT 1 FROM actors WHERE id = ?", (term,)).fetchone():
        return "id = ?", [term]
    if db.execute("SELECT 1 FROM actors WHERE country = ? AND country <> ''", (term.upper(),)).fetchone():
        return "country = ?", [term.upper()]
    countries = {row[0] for row in db.execute("SELECT country FROM actors WHERE folded = ? AND kind = 'state' AND country <> ''", (name,))}
    if countries:
        return f"folded = ? OR country IN ({', '.join('?' * len(countries))})", [name, *sorted(countries)]
    if db.execute("SELECT 1 FROM actors WHERE folded = ?", (name,)).fetchone():
        return "folded = ?", [name]
    return "instr(' ' || folded || ' ', ?) > 0", [f" {name} "]


def _dates(table: str, selection: Selection) -> Iterator[Condition]:
    """The row's days touch those asked for; a row without any does not."""
    if selection.since is not None:
        yield f"{table}.last_day >= ?", [_day("since", selection.since, first_day(selection.since))]
    if selection.until is not None:
        yield f"{table}.first_day BETWEEN '0' AND ?", [_day("until", selection.until, last_day(selection.until))]


def _day(name: str, value: str, day: str) -> str:
    if not day:
        raise QueryError(f"{name}: {value!r} is no date", hint="write 2024, 2024-07 or 2024-07-03")
    return day


def _match(text: str, column: str | None = None) -> str:
    expression = match_expression(text, column)
    if expression is None:
        raise QueryError(f"text: {text!r} holds no word to look for", hint="give a word or a number")
    return expression


def _after_record(db: sqlite3.Connection, after: str | None) -> list[Condition]:
    if after is None:
        return []
    return [(f"({RECORD_ORDER}) > (?, ?, ?, ?)", _position(db, "SELECT first_day, document_id, start, id FROM records WHERE id = ?", after))]


def _position(db: sqlite3.Connection, sql: str, after: str) -> Sequence[object]:
    row = db.execute(sql, (after,)).fetchone()
    if row is None:
        raise QueryError(f"after: nothing has the id {after!r}", hint="give the id of the last row of the page before")
    return tuple(row)
