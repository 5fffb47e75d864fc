"""Questions for records as SQL: a page of those that a Selection wants, or all of them.

Every value a user gave travels as a parameter, never as SQL. What the fields of a Selection mean is said in ``conditions``; how a page is found in
``walk``; documents are in ``select_documents``.
"""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import get_args

from onrecord.store.days import first_day
from onrecord.store.sqlite import sets
from onrecord.store.sqlite.conditions import NARROW, POSITIONS, columns_of, dates, in_kinds, kind_of, kinds_of, sets_of
from onrecord.store.sqlite.sets import NONE_COUNTED, Among, Condition, behind, joined, ordered, place, planned, question, where_all
from onrecord.store.sqlite.walk import FETCHED, LISTED, READ, RECORDS, most, walked
from onrecord.store.values import RecordKind, Selection

RECORD_ORDER = "r.first_day, r.document_id, r.start, r.id"
_SURE_ORDER = "r.confidence, r.id"
_IN_KINDS = frozenset({"since", "until", "stance", "status", "form", "confidence", "limit", "after", "order"})
"""What the index records_by_kind answers by itself, and what says nothing when records are counted."""
_NOT_IN_SURENESS = ("status", "form", "since", "until")
"""What the index records_by_confidence does not know of a record."""
_BY_DAYS, _BY_SURENESS = "records r INDEXED BY records_of_days", "records r INDEXED BY records_by_confidence"
_JSON = "SELECT r.kind, r.json FROM"
_NOTHING: Condition = ("SELECT '', '' WHERE 0", [])
_OF_KIND, _OF_TYPE = 0.3, 0.02
"""How many of all records are of one kind, of one type or on one issue, about."""


class _Asked:
    """What is asked for. Raises QueryError for text without words and a date that is none."""

    def __init__(self, db: sqlite3.Connection, kind: str | None, selection: Selection, *, narrow: bool = False) -> None:
        """``narrow``: something else leaves few records."""
        self._db, self.selection = db, selection
        self.kinds = kinds_of(kind, selection)
        self.sets = sets_of(db, self.kinds, selection)
        self.narrow = narrow or not self.kinds or any(getattr(selection, name) is not None for name in NARROW)

    def many(self) -> bool:
        """Whether all sets are too big to look up their records."""
        return bool(self.sets) and not self.narrow and all(each.fixed or each.size(self._db, sets.FEW) > sets.FEW for each in self.sets)

    def rows(self) -> float:
        """About how many records there are of the kind, type or issue."""
        return most(self._db, "records") * (_OF_TYPE if self.by_column() else _OF_KIND if len(self.kinds) == 1 else 1)

    def by_column(self) -> bool:
        """Whether a column tells which records are read: their type, or the issue of positions."""
        return self.selection.type is not None or (self.selection.issue is not None and self.kinds == POSITIONS)

    def plain(self, *, few: bool = False, dated: bool = False) -> list[Condition]:
        """What columns tell. ``few``: a set says which records are read; ``dated``: all of them have days."""
        s, plus = self.selection, "+" if few or self.narrow else ""
        kind = kind_of(s, self.kinds, plus="+" if plus or s.type is not None else "")
        return [*columns_of(s, self.kinds, plus=plus), *kind, *dates(f"{plus}r", s, dated=dated)]

    def conditions(self, *, dated: bool = False) -> list[Condition]:
        """What a record must meet. ``dated``: all of them have days."""
        met, few = planned(self._db, self.sets, narrow=self.narrow)
        return [*self.plain(few=few, dated=dated), *met]

    def keys(self, source: str, conditions: Sequence[Condition], order: str) -> Condition:
        """The question for keys in order, and whether the columns fit that no index begins with."""
        s = self.selection
        leading = [f"r.{name} = ?" for name in ("type", "issue")] if self.by_column() else ["r.kind = ?"]
        given = [*columns_of(s, self.kinds), *kind_of(s, self.kinds)]
        fits, values = joined((each for each in given if each[0] not in leading), " AND ")
        return question(
            f"SELECT r.key, {fits or 1} FROM {source}", [*(each for each in given if each[0] in leading), *conditions], order, None, values
        )


def records_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of the records wanted, in order. Raises QueryError for text without words, a date that is none, an unknown ``after``."""
    asked, (after, begin) = _Asked(db, kind, selection), _behind(db, selection)
    if not asked.kinds:
        return _NOTHING
    order, forward = ordered(RECORD_ORDER, selection.order), selection.order != "newest"
    since = first_day(selection.since)
    if forward and begin is not None and begin >= since:
        since = ""  # the page before has reached it
    dated = bool((forward and begin) or since)
    if not asked.sets and selection.status is not None and len(asked.kinds) > 1 and selection.type is None:
        asked.sets.append(_with_columns(asked))
    if not asked.many():
        conditions = [*asked.conditions(dated=dated), *after]
    else:
        parts = [asked.keys("records r", [*dates("r", selection, dated=dated), *after, *_begun(since)], order)]
        if since:
            parts.insert(0 if forward else 1, asked.keys(_BY_DAYS, [*_reaching(since), *dates("r", selection), *after], order))
        found, met = _page(asked, parts, [*asked.plain(dated=dated), *after], order)
        if found is not None:
            return found
        conditions = [*asked.plain(dated=dated), *met, *after]
    if since and selection.limit is not None:
        return _since(conditions, since, order, selection.limit)
    return question(f"{_JSON} records r", conditions, order, selection.limit)


def _page(
    asked: _Asked, parts: Sequence[Condition], plain: Sequence[Condition], order: str, row: float = READ
) -> tuple[Condition | None, Sequence[Condition]]:
    """A page as SQL where a look at the first records, or a list of some set's keys, gives it; else what to ask of each record that is read.

    ``parts``: questions for the keys, one behind the other, in ``order``; ``plain``: what a record must meet besides the sets; ``row``: what it
    costs to read one.
    """
    db, limit = asked._db, asked.selection.limit
    way = walked(db, RECORDS, parts, asked.sets, limit=limit, rows=asked.rows(), row=row)
    if way.way == "found":
        return _these(way.keys, order), ()
    if way.way == "on":
        return None, way.conditions
    keys, values = way.listed
    source = f"({LISTED.format(keys=keys)}) l CROSS JOIN records r ON r.key = l.key"
    conditions = [*way.conditions, *plain]
    if limit is not None:
        return question(f"{_JSON} {source}", conditions, order, limit, values), ()
    where, more = where_all(conditions)
    found = [key for (key,) in db.execute(f"SELECT r.key FROM {source}{where} LIMIT {sets.FEW + 1}", (*values, *more))]
    return (_these(found, order), ()) if len(found) <= sets.FEW else (None, planned(db, asked.sets)[0])


def _these(keys: Sequence[int], order: str) -> Condition:
    """The records with these keys."""
    return question(f"{_JSON} records r", [("r.key IN (SELECT value FROM json_each(?))", [json.dumps(keys)])], order, None)


def _since(conditions: Sequence[Condition], day: str, order: str, limit: int) -> Condition:
    """A page from a day on, without reading what lies before: the few records of several days that reach into it, and those that begin later."""
    columns = "r.kind, r.json, r.first_day, r.document_id, r.start, r.id"
    one, values = question(f"SELECT {columns} FROM {_BY_DAYS}", [*_reaching(day), *conditions], order, limit)
    two, others = question(f"SELECT {columns} FROM records r", [*_begun(day), *conditions], order, limit)
    sql = f"SELECT kind, json FROM (SELECT * FROM ({one}) UNION ALL SELECT * FROM ({two}))"
    return question(sql, [], order.replace("r.", ""), limit, [*values, *others])


def _reaching(day: str) -> list[Condition]:
    """Records of several days that begin before this one."""
    return [("r.last_day > r.first_day", []), ("r.first_day < ?", [day])]


def _begun(day: str) -> list[Condition]:
    """Records that begin on this day or later; any where there is none."""
    return [("r.first_day >= ?", [day])] if day else []


def count_query(db: sqlite3.Connection, kind: str | None, selection: Selection, most: int) -> Condition:
    """The SQL with a row for each record wanted, up to ``most``. Raises QueryError like :func:`records_query`."""
    asked, since = _Asked(db, kind, selection), first_day(selection.since)
    if not asked.kinds:
        return _NOTHING
    conditions = asked.conditions()
    read = [("records r", [*_begun(since), *conditions]), *([(_BY_DAYS, [*_reaching(since), *conditions])] if since else [])]
    found = [(source, *where_all(own)) for source, own in read]
    sql = " UNION ALL ".join(f"SELECT 1 FROM {source}{where}" for source, where, _ in found)
    return f"{sql} LIMIT {most:d}", [value for *_, values in found for value in values]


def parts_query(db: sqlite3.Connection, roles: Collection[str], selection: Selection) -> Condition:
    """The SQL for those who take part in the records wanted. Raises QueryError like :func:`records_query`."""
    where, values = where_all(_Asked(db, None, selection).conditions())
    among = ", ".join("?" * len(roles))
    return (
        "SELECT r.id, r.kind, r.first_day, r.last_day, p.role, p.position, a.id, a.name, a.kind, nullif(a.country, '')"
        f" FROM records r CROSS JOIN participants p ON p.record = r.key AND +p.role IN ({among}) CROSS JOIN actors a ON a.key = p.actor"
        f"{where} ORDER BY {RECORD_ORDER}"
    ), [*roles, *values]


def among_query(db: sqlite3.Connection, ids: Collection[str], kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of those of the records with these ids that are wanted, in order. Raises QueryError like :func:`records_query`."""
    these = ("r.id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(ids))])
    return question("SELECT r.kind, r.json FROM records r", [these, *_Asked(db, kind, selection, narrow=True).conditions()], RECORD_ORDER, None)


def days_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL that counts the records wanted by kind and days. Raises QueryError like :func:`records_query`.

    Each kind is counted by itself: its index holds all that most questions need, and no record has to be fetched.
    """
    asked = {f.name for f in fields(Selection) if getattr(selection, f.name) is not None}
    index = " INDEXED BY records_by_kind" if asked <= _IN_KINDS else ""
    parts: list[str] = []
    values: list[object] = []
    for one in get_args(RecordKind) if kind is None else (kind,):
        where, own = where_all(_Asked(db, one, selection).conditions())
        parts.append(f"SELECT r.kind, r.first_day, r.last_day, count(*) FROM records r{index}{where} GROUP BY r.first_day, r.last_day")
        values += own
    return f"{' UNION ALL '.join(parts)} ORDER BY 2, 3, 1", values


def undecided_query(db: sqlite3.Connection, kind: str | None, selection: Selection) -> Condition:
    """The SQL for the JSON of the records wanted on which no decision counts, the least sure first. Raises QueryError like :func:`records_query`.

    A page goes on behind the record named by ``after``, also where that was rejected since.
    """
    asked = _Asked(db, kind, selection)
    open_: list[Condition] = [("r.id NOT IN (SELECT record_id FROM reviewed)", [])]
    if selection.after is not None:
        open_.append(("(r.confidence, r.id) > (?, ?)", place(db, _SURENESS, selection.after)))
    if not asked.kinds:
        return _NOTHING
    if asked.narrow or (asked.sets and not asked.many()):
        return question(f"{_JSON} records r", [*asked.conditions(), *open_], _SURE_ORDER, selection.limit)
    fetched = (selection.issue is not None and asked.kinds == POSITIONS) or any(getattr(selection, name) is not None for name in _NOT_IN_SURENESS)
    if fetched and not asked.sets:
        asked.sets.append(_with_columns(asked))
        fetched = False
    met: Sequence[Condition] = ()
    if asked.sets:
        equal: list[Condition] = [(f"r.{name} = ?", [value]) for name in ("type", "stance") if (value := getattr(selection, name)) is not None]
        sure: list[Condition] = [("r.confidence >= ?", [selection.confidence])] if selection.confidence is not None else []
        fits, values = joined(asked.plain() if fetched else [*equal, *kind_of(selection, asked.kinds)], " AND ")
        parts = [question(f"SELECT r.key, {fits or 1} FROM {_BY_SURENESS}", [*open_, *sure], _SURE_ORDER, None, values)]
        found, met = _page(asked, parts, [*asked.plain(), *open_], _SURE_ORDER, row=FETCHED if fetched else READ)
        if found is not None:
            return found
    # The planner would sort all records of a kind or type.
    return question(f"{_JSON} {_BY_SURENESS}", [*asked.plain(), *met, *open_], _SURE_ORDER, selection.limit)


def _with_columns(asked: _Asked) -> Among:
    """The records with columns as they are asked for, of which an index knows without a look at each."""
    plain = [*asked.plain(), *in_kinds(asked.kinds)]
    where, values = where_all(plain)
    probe, same = joined(plain, " AND ")
    return Among((f"SELECT r.key FROM records r{where}", values), (probe, same), NONE_COUNTED, asking=4.0, fixed=READ * asked.rows())


# How sure the machine was of a record, and its id.
_SURENESS = """
SELECT sure, ?1 FROM (
  SELECT coalesce((SELECT json ->> '$.confidence' FROM overridden WHERE record_id = ?1), (SELECT confidence FROM records WHERE id = ?1)) AS sure
) WHERE sure IS NOT NULL
"""


def _behind(db: sqlite3.Connection, selection: Selection) -> tuple[list[Condition], str | None]:
    """That a record stands behind the one that ``selection.after`` names, and the first day of that one."""
    if selection.after is None:
        return [], None
    at = place(db, "SELECT first_day, document_id, start, id FROM records WHERE id = ?", selection.after)
    return [behind(RECORD_ORDER, selection.order, at)], str(at[0])
