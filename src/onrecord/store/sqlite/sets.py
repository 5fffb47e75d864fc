"""Conditions that a set of records meets, and the quickest way to ask for them: a page must be quick in a store of any size.

A small set is read first, and its records are looked up and put in order. Of a bigger one the keys are listed, and of the biggest each record is
asked, while records are read in order (see ``walk``). How big a set is, is counted up to a bound; nobody keeps statistics.
"""

# ruff: noqa: S608 - the SQL is put together from this package's own words only

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.errors import QueryError

Condition = tuple[str, Sequence[object]]
FEW = 4_000
"""So many records are looked up and sorted for a page."""
SOME = 20_000
"""Of so many records the keys are listed for a page."""
NONE_COUNTED: Condition = ("SELECT 1 WHERE 0", [])
_DEAR, _LEFT = 10.0, 0.3
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Among:
    """One condition. ``keys``: SQL for the keys of all records that meet it, some perhaps twice; ``probe``: SQL that is true of such a record ``r``.

    ``counted``: SQL whose rows are counted in place of ``keys``, each for ``worth`` records. What it costs, in microseconds, about: ``asking`` one
    record, ``listing`` one key, and ``fixed``, to make the list besides. ``by_key``: the key of a record is all that ``probe`` must know.
    """

    keys: Condition
    probe: Condition
    counted: Condition | None = None
    worth: int = 1
    asking: float = 1.0
    listing: float = 0.4
    fixed: float = 0.0
    by_key: bool = False

    def size(self, db: sqlite3.Connection, most: int) -> int:
        """About how many records meet it; more than ``most`` are not told apart."""
        sql, values = self.counted or self.keys
        rows = most // self.worth + 1
        return self.worth * int(db.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) LIMIT {rows})", tuple(values)).fetchone()[0])

    def asked(self, size: int) -> Condition:
        """As a list of keys that is asked for each record, but does not say which records are read; of many keys as a question to each."""
        return self.list() if size <= SOME else self.probe

    def list(self, key: str = "r.key") -> Condition:
        """As a list of keys that is asked for each record, but does not say which records are read."""
        return f"+{key} IN ({self.keys[0]})", self.keys[1]

    @property
    def dear(self) -> bool:
        """Whether asking a record costs so much that a list of the keys is better as long as there are not very many."""
        return self.asking > _DEAR


def asking_all(sets: Iterable[Among]) -> float:
    """What it costs to ask one record for all of these, the cheapest first, each of which leaves a part of them, about."""
    return sum(asking * _LEFT**number for number, asking in enumerate(sorted(each.asking for each in sets)))


def probes(sets: Iterable[Among]) -> list[Condition]:
    """These conditions as questions to each record, the cheapest first."""
    return [each.probe for each in sorted(sets, key=lambda each: each.asking)]


def any_of(db: sqlite3.Connection, sets: Sequence[Among]) -> Among:
    """The records that meet one of these conditions."""
    sized = [(each, size) for each in sets if (size := each.size(db, SOME if each.dear else 0))] or [(sets[0], 0)]
    keys = joined((each.keys for each, _ in sized), " UNION ALL ")
    probe = joined((each.asked(size) if each.dear else each.probe for each, size in sized), " OR ")
    asking = sum(0.5 if each.dear and size <= SOME else each.asking for each, size in sized)
    by_key = all(each.by_key for each, _ in sized)
    return Among(keys, (f"({probe[0]})", probe[1]), asking=asking, listing=max(each.listing for each, _ in sized), by_key=by_key)


def planned(db: sqlite3.Connection, sets: Sequence[Among], *, narrow: bool = False) -> tuple[list[Condition], bool]:
    """These conditions as SQL, and whether they leave few records. ``narrow``: something else leaves few, so that each of those is asked."""
    if narrow or not sets:
        return [each.probe for each in sets], narrow
    least, first = min((each.size(db, FEW), number) for number, each in enumerate(sets))
    others = [each for number, each in enumerate(sets) if number != first]
    if least <= FEW:
        rest = [(each.asked(each.size(db, SOME)) if each.dear else each.probe, each.by_key) for each in others]
        where, more = where_all((sql.replace("r.key", "l.key"), values) for (sql, values), by_key in rest if by_key)
        keys, values = sets[first].keys
        listed = f"r.key IN (SELECT l.key FROM (WITH l(key) AS ({keys}) SELECT key FROM l) l{where})", [*values, *more]
        return [listed, *(condition for condition, by_key in rest if not by_key)], True
    _, first = min((each.size(db, SOME), number) for number, each in enumerate(sets))
    return [each.asked(each.size(db, SOME)) if number == first or each.dear else each.probe for number, each in enumerate(sets)], False


def joined(conditions: Iterable[Condition], glue: str) -> Condition:
    """Conditions, or questions, as one."""
    conditions = list(conditions)
    return glue.join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]


def where_all(conditions: Iterable[Condition]) -> Condition:
    """That all of these conditions are met, as the end of a question."""
    sql, values = joined(conditions, " AND ")
    return (f" WHERE {sql}" if sql else ""), values


def question(select: str, conditions: Sequence[Condition], order: str, limit: int | None, before: Sequence[object] = ()) -> Condition:
    """The whole question. ``before``: the values of ``select``."""
    where, own = where_all(conditions)
    values = [*before, *own]
    sql = f"{select}{where} ORDER BY {order}"
    return (sql, values) if limit is None else (f"{sql} LIMIT ?", [*values, min(max(limit, 0), _LARGEST)])


def ordered(order: str, way: str | None) -> str:
    """Columns to put rows in order by, or, the ``way`` newest, in the opposite order."""
    return ", ".join(f"{column} DESC" for column in order.split(", ")) if way == "newest" else order


def behind(order: str, way: str | None, at: Sequence[object]) -> Condition:
    """That a row stands behind the one whose columns of the order are ``at``."""
    return f"({order}) {'<' if way == 'newest' else '>'} ({', '.join('?' * len(at))})", at


def place(db: sqlite3.Connection, sql: str, after: str) -> Sequence[object]:
    """Where in an order the row stands behind which a page begins. Raises QueryError where there is none."""
    row = db.execute(sql, (after,)).fetchone()
    if row is None:
        raise QueryError(f"after: nothing has the id {after!r}", hint="give the id of the last row of the page before")
    return tuple(row)
