"""Questions for documents as SQL: those that a Selection wants, by what they are or by the records they hold.

Every value a user gave travels as a parameter, never as SQL. How a page is found is said in ``walk``.
"""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import fields, replace

from onrecord.store.columns import fold
from onrecord.store.sqlite.conditions import NARROW, columns_of, dates, everything_is_in, in_kinds, kind_of, kinds_of, match, sets_of, spoken_by
from onrecord.store.sqlite.sets import NONE_COUNTED, SOME, Among, Condition, asking_all, behind, ordered, place, probes, question, where_all
from onrecord.store.sqlite.walk import DOCUMENTS, FETCHED, LISTED, MANY, READ, most, walked
from onrecord.store.values import Selection

DOCUMENT_ORDER = "d.first_day, d.id"
FEW_DOCUMENTS = 1_000
"""So many documents of a publisher are looked up and sorted for a page."""
_PER_REPORT = 25  # records of one report, about
_IN_ORDER = "documents d INDEXED BY documents_in_order"


def documents_query(db: sqlite3.Connection, selection: Selection) -> Condition:
    """The SQL for the keys of the documents wanted, in order. Raises QueryError like :func:`onrecord.store.sqlite.select.records_query`."""
    s = selection
    after: list[Condition] = []
    order, dated = ordered(DOCUMENT_ORDER, s.order), False
    if s.after is not None:
        at = place(db, "SELECT first_day, id FROM documents WHERE id = ?", s.after)
        after.append(behind(DOCUMENT_ORDER, s.order, at))
        dated = bool(at[0]) and s.order != "newest"
    sets, own = _sets(db, s), [*_columns(db, s), *dates("d", s, dated=dated), *after]
    if s.document_id is not None or _few_published(db, s):
        return question("SELECT d.key FROM documents d", [*own, *(each.probe for each in sets)], order, s.limit)
    if not sets:
        return question(f"SELECT d.key FROM {_IN_ORDER}", own, order, s.limit)
    parts = [question(f"SELECT d.key, 1 FROM {_IN_ORDER}", own, order, None)]
    way = walked(db, DOCUMENTS, parts, sets, limit=s.limit, rows=most(db, "documents"), again=lambda: _sets(db, s, closely=True))
    if way.way == "found":
        return question("SELECT d.key FROM documents d", [("d.key IN (SELECT value FROM json_each(?))", [json.dumps(way.keys)])], order, None)
    if way.way == "on":
        return question(f"SELECT d.key FROM {_IN_ORDER}", [*own, *way.conditions], order, s.limit)
    keys, values = way.listed
    source = f"({LISTED.format(keys=keys)}) l CROSS JOIN documents d ON d.key = l.key"
    return question(f"SELECT d.key FROM {source}", [*way.conditions, *own], order, s.limit, values)


def published_query(db: sqlite3.Connection, selection: Selection) -> Condition:
    """The SQL for what each publisher brought of the documents wanted: as documents and, by kind, as records of them. Raises QueryError."""
    where, values = _whole(db, selection)
    return (
        f"WITH wanted AS MATERIALIZED (SELECT d.id, d.publisher, nullif(d.published, '') AS published FROM documents d{where})"
        " SELECT publisher, '', count(*), min(published), max(published) FROM wanted GROUP BY publisher UNION ALL"
        " SELECT w.publisher, r.kind, count(*), NULL, NULL FROM wanted w CROSS JOIN records r ON r.document_id = w.id GROUP BY w.publisher, r.kind"
    ), values


def document_count_query(db: sqlite3.Connection, selection: Selection, most: int) -> Condition:
    """The SQL with a row for each document wanted, up to ``most``. Raises QueryError."""
    where, values = _whole(db, selection)
    return f"SELECT 1 FROM documents d{where} LIMIT {most:d}", values


def _whole(db: sqlite3.Connection, selection: Selection) -> Condition:
    """What all documents that are wanted meet, where no order is asked for."""
    met = [each.list("d.key") if each.size(db, MANY) <= MANY else each.probe for each in _sets(db, selection)]
    return where_all([*_columns(db, selection), *dates("d", selection), *met])


def _columns(db: sqlite3.Connection, s: Selection) -> list[Condition]:
    conditions: list[Condition] = []
    if s.document_id is not None:
        conditions.append(("d.id = ?", [s.document_id]))
    if s.publisher is not None:
        conditions.append((f"{'' if _few_published(db, s) else '+'}d.publisher_folded = ?", [fold(s.publisher)]))
    if s.language is not None and not everything_is_in(db, s.language):
        conditions.append(("+d.language = ?", [s.language]))
    return conditions


def _few_published(db: sqlite3.Connection, s: Selection) -> bool:
    """Whether few documents are of the publisher that is asked for."""
    if s.publisher is None:
        return False
    sql = f"SELECT count(*) FROM (SELECT 1 FROM documents WHERE publisher_folded = ? LIMIT {FEW_DOCUMENTS + 1})"
    return bool(db.execute(sql, (fold(s.publisher),)).fetchone()[0] <= FEW_DOCUMENTS)


def _sets(db: sqlite3.Connection, s: Selection, *, closely: bool = False) -> list[Among]:
    """What no column of a document tells: its words, and what records it holds. ``closely``: see :func:`_holding`."""
    found = []
    if s.text is not None:
        words = "SELECT rowid FROM document_words WHERE document_words MATCH ?"
        expression = match(s.text)
        found.append(Among((words, [expression]), (f"EXISTS ({words} AND rowid = d.key)", [expression]), asking=25.0, listing=0.2))
    of_records = replace(s, document_id=None, publisher=None, language=None, since=None, until=None, text=None, limit=None, after=None, order=None)
    if any(getattr(of_records, field.name) is not None for field in fields(Selection)):
        found.append(_holding(db, of_records, closely=closely))
    return found


def _holding(db: sqlite3.Connection, s: Selection, *, closely: bool = False) -> Among:
    """Documents that hold such a record. ``closely``: records with what columns tell are counted, too, and so all of a kind may be looked at."""
    kinds = kinds_of("position" if _only(s, "issue") else None, s)  # what shows or holds one is in the same report
    sets = [spoken_by(db, s.speaker)] if _only(s, "speaker") and s.speaker else sets_of(db, kinds, s)
    columns = [*columns_of(s, kinds), *kind_of(s, kinds), *in_kinds(kinds)]
    each, asked = where_all([("r.document_id = d.id", []), *columns_of(s, kinds, plus="+"), *kind_of(s, kinds, plus="+"), *probes(sets)])
    probe, asking = (f"EXISTS (SELECT 1 FROM records r{each})", asked), _PER_REPORT * (0.3 + asking_all(sets))
    by_columns = _of(*_records(columns, sets))
    if not sets or not kinds or any(getattr(s, name) is not None for name in NARROW):
        return Among(by_columns, probe, NONE_COUNTED, asking=asking, fixed=0.0 if sets else READ * most(db, "records"))
    sized = [(a.size(db, MANY if closely else SOME), number) for number, a in enumerate(sets)]
    _, first = min((size * (1 + sets[number].listing), number) for size, number in sized)
    least, others = sets[first], [(sets[number], size) for size, number in sized if number != first]
    listing = least.listing + FETCHED + asking_all(a for a, _ in others)
    if closely and columns:
        where, values = where_all(columns)
        fitting = int(db.execute(f"SELECT count(*) FROM (SELECT 1 FROM records r{where} LIMIT {SOME + 1})", values).fetchone()[0])
        if fitting <= SOME and fitting * (FETCHED + asking_all(sets)) < sized[first][0] * listing:
            return Among(by_columns, probe, NONE_COUNTED, asking=asking, fixed=fitting * (FETCHED + asking_all(sets)))
    rest = [a.asked(size) if a.dear else a.probe for a, size in sorted(others, key=lambda pair: pair[0].asking)]
    where, more = where_all([*((sql.replace("r.key", "l.key"), values) for sql, values in rest), *columns])
    keys, values = least.keys
    found = _of(f"({LISTED.format(keys=keys)}) l CROSS JOIN records r ON r.key = l.key{where}", [*values, *more])
    return Among(found, probe, least.counted or least.keys, least.worth, asking, listing)


def _records(columns: Sequence[Condition], sets: Sequence[Among]) -> Condition:
    where, values = where_all([*columns, *probes(sets)])
    return f"records r{where}", values


def _of(records: str, values: Sequence[object]) -> Condition:
    """The keys of the documents of some records."""
    return f"SELECT d.key FROM (SELECT DISTINCT r.document_id AS id FROM {records}) w CROSS JOIN documents d ON d.id = w.id", values


def _only(s: Selection, name: str) -> bool:
    return [field.name for field in fields(Selection) if getattr(s, field.name) is not None] == [name]
