"""A Selection as SQL conditions. Every value a user gave travels as a parameter, never as SQL."""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import get_args

from onrecord.errors import QueryError
from onrecord.store.columns import ACTING, CONCERNED, fold
from onrecord.store.days import first_day, last_day
from onrecord.store.sqlite.sets import FEW, SOME, Among, Condition, any_of, planned
from onrecord.store.values import RecordKind, Selection
from onrecord.store.words import match_expression

RECORD_ORDER = "r.first_day, r.document_id, r.start, r.id"
DOCUMENT_ORDER = "d.first_day, d.id"
_EQUAL = ("type", "stance", "status", "form")
_NARROW = ("document_id", "statement_id", "record_id")
_IN_KINDS = frozenset({"since", "until", "stance", "status", "form", "confidence", "limit", "after"})
"""What the index records_by_kind answers by itself, and what says nothing when records are counted."""
_PER_REPORT = 25  # records of one report, about
FEW_DOCUMENTS = 1_000
"""So many documents with some words are looked up and sorted for a page."""
_LARGEST = 2**63 - 1


def records_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of the records wanted, in order. Raises QueryError for text without words, a date that is none, an unknown ``after``."""
    conditions = [*_record_conditions(db, kind, selection), *_after_record(db, selection.after)]
    if selection.since is not None and selection.limit is not None:
        return _since(conditions, first_day(selection.since), selection.limit)
    return _query("SELECT r.kind, r.json FROM records r", conditions, RECORD_ORDER, selection.limit)


def _since(conditions: Sequence[Condition], day: str, limit: int) -> Condition:
    """A page from a day on, without reading what lies before: the few records of several days that reach into it, then those that begin later."""
    columns = "r.kind, r.json, r.first_day, r.document_id, r.start, r.id"
    wide = [("r.last_day > r.first_day", []), ("r.first_day < ?", [day]), *conditions]
    one, values = _query(f"SELECT {columns} FROM records r INDEXED BY records_of_days", wide, RECORD_ORDER, limit)
    two, others = _query(f"SELECT {columns} FROM records r", [("r.first_day >= ?", [day]), *conditions], RECORD_ORDER, limit)
    sql = f"SELECT kind, json FROM (SELECT * FROM ({one}) UNION ALL SELECT * FROM ({two}))"
    return _query(sql, [], RECORD_ORDER.replace("r.", ""), limit, [*values, *others])


def from_end_query(db: sqlite3.Connection, number: int, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the first day of the record that is the ``number``th from the end. Raises QueryError like :func:`records_query`."""
    backwards = ", ".join(f"{column} DESC" for column in RECORD_ORDER.split(", "))
    sql, values = _query("SELECT r.first_day FROM records r", _record_conditions(db, kind, selection), backwards, 1)
    return f"{sql} OFFSET ?", [*values, number - 1]


def parts_query(db: sqlite3.Connection, roles: Collection[str], selection: Selection) -> Condition:
    """The SQL for those who take part in the records wanted. Raises QueryError like :func:`records_query`."""
    where, values = _where(_record_conditions(db, None, selection))
    among = ", ".join("?" * len(roles))
    return (
        "SELECT r.id, r.kind, r.first_day, r.last_day, p.role, p.position, a.id, a.name, a.kind, nullif(a.country, '')"
        f" FROM records r CROSS JOIN participants p ON p.record = r.key AND +p.role IN ({among}) CROSS JOIN actors a ON a.key = p.actor"
        f"{where} ORDER BY {RECORD_ORDER}"
    ), [*roles, *values]


def published_query(db: sqlite3.Connection, selection: Selection) -> Condition:
    """The SQL for what each publisher brought of the documents wanted: as documents and, by kind, as records of them. Raises QueryError."""
    where, values = _where(_document_conditions(db, selection))
    return (
        f"WITH wanted AS MATERIALIZED (SELECT d.id, d.publisher, nullif(d.published, '') AS published FROM documents d{where})"
        " SELECT publisher, '', count(*), min(published), max(published) FROM wanted GROUP BY publisher UNION ALL"
        " SELECT w.publisher, r.kind, count(*), NULL, NULL FROM wanted w CROSS JOIN records r ON r.document_id = w.id GROUP BY w.publisher, r.kind"
    ), values


def among_query(db: sqlite3.Connection, ids: Collection[str], kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of those of the records with these ids that are wanted, in order. Raises QueryError like :func:`records_query`."""
    these = ("r.id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(ids))])
    return _query("SELECT r.kind, r.json FROM records r", [these, *_record_conditions(db, kind, selection, narrow=True)], RECORD_ORDER, None)


def days_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL that counts the records wanted by kind and days. Raises QueryError like :func:`records_query`.

    Each kind is counted by itself: its index holds all that most questions need, and no record has to be fetched.
    """
    asked = {f.name for f in fields(Selection) if getattr(selection, f.name) is not None}
    index = " INDEXED BY records_by_kind" if asked <= _IN_KINDS else ""
    parts: list[str] = []
    values: list[object] = []
    for one in get_args(RecordKind) if kind is None else (kind,):
        where, own = _where(_record_conditions(db, one, selection))
        parts.append(f"SELECT r.kind, r.first_day, r.last_day, count(*) FROM records r{index}{where} GROUP BY r.first_day, r.last_day")
        values += own
    return f"{' UNION ALL '.join(parts)} ORDER BY 2, 3, 1", values


def undecided_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of the records wanted on which no decision counts, the least sure first. Raises QueryError like :func:`records_query`.

    A page goes on behind the record named by ``after``, also where that was rejected since.
    """
    conditions = [*_record_conditions(db, kind, selection), ("r.id NOT IN (SELECT record_id FROM reviewed)", [])]
    if selection.after is not None:
        conditions.append(("(r.confidence, r.id) > (?, ?)", _position(db, _SURENESS, selection.after)))
    asked = {field.name for field in fields(Selection) if getattr(selection, field.name) is not None}
    # The planner would sort all records of a kind or type: what the index of sureness says by itself is read there, in order.
    source = "records r" + (" INDEXED BY records_by_confidence" if asked <= _IN_SURENESS else "")
    return _query(f"SELECT r.kind, r.json FROM {source}", conditions, "r.confidence, r.id", selection.limit)


_IN_SURENESS = {"type", "stance", "confidence", "limit", "after"}

# How sure the machine was of a record, and its id.
_SURENESS = """
SELECT sure, ?1 FROM (
  SELECT coalesce((SELECT json ->> '$.confidence' FROM overridden WHERE record_id = ?1), (SELECT confidence FROM records WHERE id = ?1)) AS sure
) WHERE sure IS NOT NULL
"""


def documents_query(db: sqlite3.Connection, selection: Selection) -> Condition:
    """The SQL for the keys of the documents wanted, in order. Raises QueryError like :func:`records_query`."""
    conditions = _document_conditions(db, selection)
    if selection.after is not None:
        conditions.append((f"({DOCUMENT_ORDER}) > (?, ?)", _position(db, "SELECT first_day, id FROM documents WHERE id = ?", selection.after)))
    return _query("SELECT d.key FROM documents d", conditions, DOCUMENT_ORDER, selection.limit)


def _document_conditions(db: sqlite3.Connection, selection: Selection) -> list[Condition]:
    s = selection
    conditions: list[Condition] = []
    if s.document_id is not None:
        conditions.append(("d.id = ?", [s.document_id]))
    if s.publisher is not None:
        conditions.append(("d.publisher_folded = ?", [fold(s.publisher)]))
    if s.language is not None:
        conditions.append(("d.language = ?", [s.language]))
    conditions += _dates("d", s)
    if s.text is not None:
        conditions.append(_document_words(db, _match(s.text)))
    of_records = replace(s, document_id=None, publisher=None, language=None, since=None, until=None, text=None, limit=None, after=None)
    if any(getattr(of_records, field.name) is not None for field in fields(Selection)):
        conditions.append(_with_records(db, of_records))
    return conditions


def _query(select: str, conditions: Sequence[Condition], order: str, limit: int | None, before: Sequence[object] = ()) -> Condition:
    """``before``: the values of ``select``."""
    where, own = _where(conditions)
    values = [*before, *own]
    sql = f"{select}{where} ORDER BY {order}"
    return (sql, values) if limit is None else (f"{sql} LIMIT ?", [*values, min(max(limit, 0), _LARGEST)])


def _where(conditions: Iterable[Condition]) -> Condition:
    conditions = list(conditions)
    sql = " AND ".join(sql for sql, _ in conditions)
    return (f" WHERE {sql}" if sql else ""), [value for _, values in conditions for value in values]


def _record_conditions(db: sqlite3.Connection, kind: str | None, selection: Selection, *, narrow: bool = False) -> list[Condition]:
    """What a record must meet. ``narrow``: something else leaves few records."""
    s, kind = selection, kind or _kind_of(selection)
    narrow = narrow or any(getattr(s, name) is not None for name in _NARROW)
    plus = "+" if narrow else ""  # where few are left, no other column says which records are read
    found: list[Condition] = [(f"r.{name} = ?", [value]) for name in _NARROW if (value := getattr(s, name)) is not None]
    found += [(f"{plus}r.{name} = ?", [value]) for name in _EQUAL if (value := getattr(s, name)) is not None]
    found += [("r.confidence >= ?", [s.confidence])] if s.confidence is not None else []
    found += [(f"{plus}r.issue = ?", [s.issue])] if s.issue is not None and kind == "position" else []
    found += _dates("r", s)
    sets, few = planned(db, list(_sets(db, kind, s)), narrow=narrow)
    if kind is not None:
        told = few or s.type is not None or (s.issue is not None and kind == "position")
        found.append((f"{'+' if told else ''}r.kind = ?", [kind]))
    return [*found, *sets]


def _kind_of(s: Selection) -> str | None:
    """The kind of record that alone has what is asked for."""
    return "position" if s.stance is not None or s.record_id is not None else "statement" if s.form is not None else None


def _sets(db: sqlite3.Connection, kind: str | None, s: Selection) -> Iterator[Among]:
    """The conditions that no column of a record answers."""
    if s.publisher is not None:
        yield _published_by(fold(s.publisher))
    if s.language is not None:
        yield _written_in(s.language)
    if s.corroboration is not None and s.corroboration > 1 and kind not in ("position", "relation"):
        yield _linked(kind)
    if s.issue is not None and kind != "position":
        yield _on(s.issue, kind)
    if s.actor is not None:
        yield _participants(db, s.actor, ACTING)
    if s.speaker is not None:
        yield _said_by(db, s.speaker)
    if s.via is not None:
        yield _participants(db, s.via, ("via",))
    if s.about is not None:
        yield _concerning(db, s.about)
    if s.text is not None:
        yield _words(_match(s.text, "words"))


def _with_records(db: sqlite3.Connection, s: Selection) -> Condition:
    """Documents that hold such a record: of few records by theirs, else each document is asked."""
    kind, alone = _kind_of(s), [field.name for field in fields(Selection) if getattr(s, field.name) is not None]
    if alone == ["issue"]:
        kind = "position"  # what shows or holds one is in the same report
        few = len(db.execute("SELECT 1 FROM records WHERE issue = ? LIMIT ?", (s.issue, SOME + 1)).fetchall()) <= SOME
    elif sets := list(_sets(db, kind, s)):
        few = planned(db, sets, narrow=any(name in alone for name in _NARROW))[1]
    else:
        few = _few(db, kind, s)
    if few:
        sql, values = _where(_record_conditions(db, kind, s))
        return f"d.id IN (SELECT r.document_id FROM records r{sql})", values
    sql, values = _where([("r.document_id = d.id", []), *_record_conditions(db, kind, s, narrow=True)])
    return f"EXISTS (SELECT 1 FROM records r{sql})", values


def _few(db: sqlite3.Connection, kind: str | None, s: Selection) -> bool:
    """Whether few records have what columns tell."""
    sql, values = _where(_record_conditions(db, kind, s))
    return bool(db.execute(f"SELECT count(*) FROM (SELECT 1 FROM records r{sql} LIMIT ?)", (*values, FEW + 1)).fetchone()[0] <= FEW)


def _document_words(db: sqlite3.Connection, expression: str) -> Condition:
    """Documents with these words: of few the keys are listed, else each is asked."""
    found = "SELECT rowid FROM document_words WHERE document_words MATCH ?"
    few = db.execute(f"SELECT count(*) FROM ({found} LIMIT {FEW_DOCUMENTS + 1})", (expression,)).fetchone()[0] <= FEW_DOCUMENTS
    return (f"d.key IN ({found})" if few else f"EXISTS ({found} AND rowid = d.key)"), [expression]


def _published_by(folded: str) -> Among:
    documents = "SELECT id FROM documents WHERE publisher_folded = ?"
    keys = f"SELECT key FROM records WHERE document_id IN ({documents})"
    return Among((keys, [folded]), (f"+r.document_id IN ({documents})", [folded]), (documents, [folded]), _PER_REPORT)


def _written_in(language: str) -> Among:
    documents = "SELECT id FROM documents WHERE language = ?"
    keys = f"SELECT key FROM records WHERE document_id IN ({documents})"
    probe = "EXISTS (SELECT 1 FROM documents d WHERE d.id = r.document_id AND +d.language = ?)"
    return Among((keys, [language]), (probe, [language]), (documents, [language]), _PER_REPORT)


_SAME = "type IN ('same-event', 'same-statement')"


def _linked(kind: str | None) -> Among:
    """Records that some link calls the same as another; of all kinds also those that no such link could join."""
    ends = f'SELECT "left" FROM links WHERE {_SAME} UNION ALL SELECT "right" FROM links WHERE {_SAME}'
    others = "" if kind else " UNION ALL SELECT key FROM records WHERE kind IN ('position', 'relation')"
    found = " OR ".join(f'EXISTS (SELECT 1 FROM links WHERE "{end}" = r.id AND +{_SAME})' for end in ("left", "right"))
    either = "" if kind else "r.kind IN ('position', 'relation') OR "
    counted = f"SELECT 1 FROM links WHERE {_SAME}" if kind else "SELECT 1 FROM records"
    return Among((f"SELECT key FROM records WHERE id IN ({ends}){others}", []), (f"({either}{found})", []), (counted, []), 2)


# Statements and events that show, or hold, a position on an issue.
_SHOWN = (
    "SELECT record_id FROM records WHERE issue = ? AND record_id IS NOT NULL"
    " UNION ALL SELECT statement_id FROM records WHERE issue = ? AND statement_id IS NOT NULL"
)
# The same, asked of one record.
_SHOWS = " OR ".join(f"EXISTS (SELECT 1 FROM records p WHERE p.{name} = r.id AND +p.issue = ?)" for name in ("record_id", "statement_id"))


def _on(issue: str, kind: str | None = None) -> Among:
    """Positions on an issue, and what shows or holds them."""
    keys = f"SELECT key FROM records WHERE issue = ? UNION ALL SELECT key FROM records WHERE id IN ({_SHOWN})"
    own, values = ("", [issue] * 2) if kind in ("statement", "event") else ("r.issue IS ? OR ", [issue] * 3)
    return Among(
        (keys, [issue] * 3),
        (f"({own}{_SHOWS})", values),
        ("SELECT 1 FROM records WHERE issue = ?", [issue]),
        worth=3,
        listing=(f"({own}+r.id IN ({_SHOWN}))", values),
    )


def _words(expression: str) -> Among:
    found = "SELECT rowid FROM record_words WHERE record_words MATCH ?"
    return Among((found, [expression]), (f"EXISTS ({found} AND rowid = r.key)", [expression]), dear=True)


# The issues with an id or label.
_ISSUES = (
    "SELECT issue FROM (SELECT issue FROM records WHERE issue = ? LIMIT 1)"
    " UNION SELECT issue FROM records WHERE issue_folded = ? AND issue IS NOT NULL"
)


def _concerning(db: sqlite3.Connection, about: str) -> Among:
    """Records about an issue, an actor or a word."""
    issues = [row[0] for row in db.execute(_ISSUES, (about, fold(about)))]
    expression = match_expression(about, "about")
    return any_of(db, [_participants(db, about, CONCERNED), *map(_on, issues), *([_words(expression)] if expression else [])])


def _said_by(db: sqlite3.Connection, term: str) -> Among:
    """Statements of the speaker that ``term`` names, and what is said in them."""
    own = _participants(db, term, ("speaker",))
    inside = f"SELECT i.key FROM records s JOIN records i ON i.statement_id = s.id WHERE s.key IN ({own.keys[0]})"
    around = own.probe[0].replace("r.key", "(SELECT key FROM records WHERE id = r.statement_id)")
    return Among(
        (f"{own.keys[0]} UNION ALL {inside}", [*own.keys[1], *own.keys[1]]), (f"({own.probe[0]} OR {around})", [*own.probe[1], *own.probe[1]])
    )


def _participants(db: sqlite3.Connection, term: str, roles: Sequence[str]) -> Among:
    """Records in which the actor that ``term`` names has one of ``roles``."""
    where, values = _actors(db, term)
    among, named = ", ".join("?" * len(roles)), f"SELECT key FROM actors WHERE {where}"
    keys = f"SELECT record FROM participants WHERE role IN ({among}) AND actor IN ({named})"
    mentioned = f"SELECT record FROM participants WHERE role IN ({among}) AND mention_folded = ?"
    probe = (
        f"EXISTS (SELECT 1 FROM participants p WHERE p.record = r.key AND +p.role IN ({among}) AND (+p.actor IN ({named}) OR +p.mention_folded = ?))"
    )
    word = fold(term)
    return Among((f"{keys} UNION ALL {mentioned}", [*roles, *values, *roles, word]), (probe, [*roles, *values, word]))


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
