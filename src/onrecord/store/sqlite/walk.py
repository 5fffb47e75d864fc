"""Which way to a page is the quickest: to read in order until it is full, or to look up the rows of the smallest set. Measures, and trusts nobody.

The first rows in order are looked at, from where the page begins: mostly they hold the page already. Where they hold little of it, what it would cost
to read on is held against what it costs to look up the smallest set, by the costs that each set tells of itself.
"""

# ruff: noqa: S608 - the SQL is put together from this package's own words only

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.store.sqlite.sets import Among, Condition, asking_all, joined

LOOK, SPENT, LEAST = 2_000, 20_000.0, 100
"""So many rows are looked at first, or so many as can be in these microseconds, but not fewer than the least."""
PAGE = 64
"""So many records are wanted at first by whoever does not say."""
MANY = 120_000
"""Sets are counted up to so many where it must be told what they cost."""
_GLANCE = 8
"""First an eighth of them: mostly it is enough."""
_LITTLE = 3_000.0
"""What reading on may cost without a look at what else there is, in microseconds."""
READ, FETCHED, _LEFT = 0.15, 4.0, 0.3
"""Microseconds to read a row of an index, and to look a record up; how many of a set's records another set leaves: about."""
LISTED = "WITH l(key) AS ({keys}) SELECT DISTINCT key FROM l"
"""Each of some keys once."""
Way = Literal["found", "on", "list"]


@dataclass(frozen=True, slots=True)
class Table:
    """What is read: the table with its short name, and its key."""

    source: str
    key: str


RECORDS, DOCUMENTS = Table("records r", "r.key"), Table("documents d", "d.key")


@dataclass(frozen=True, slots=True)
class Walked:
    """What the first records in order have told. ``way``: the page is ``found`` (``keys``), read ``on``, or ``list`` the keys of a set.

    ``conditions``: the sets as conditions; where keys are listed, of those that are left, with the key as ``l.key``.
    """

    way: Way
    keys: Sequence[int] = ()
    listed: Condition = ("", ())
    conditions: Sequence[Condition] = ()


def walked(
    db: sqlite3.Connection,
    table: Table,
    parts: Sequence[Condition],
    sets: Sequence[Among],
    *,
    limit: int | None,
    rows: float,
    row: float = READ,
    again: Callable[[], Sequence[Among]] | None = None,
) -> Walked:
    """Look at the first rows.

    ``parts``: questions for (key, whether its columns fit) in order, one behind the other; ``rows``: how many they have in all, about, and ``row``:
    what it costs to read one. ``again``: the same sets, considered more closely, where the first rows do not hold the page.
    """
    enough = PAGE if limit is None else limit
    look = max(LEAST, min(LOOK, int(SPENT / (asking_all(sets) or 1))))
    # What is dear to ask of each row, as words are, is mostly quicker listed once.
    asked = joined((_cheaper(db, each, look, table.key)[1] if each.dear else each.probe for each in sorted(sets, key=lambda s: s.asking)), " AND ")
    read: list[tuple[int, int]] = []
    found: Sequence[int] = ()
    for so_many in (look // _GLANCE + 1, look):
        read = _read(db, parts, so_many)
        fitting, whole = [key for key, fits in read if fits], len(read) < so_many
        found = _meeting(db, table, fitting, asked, len(read) if whole and limit is None else enough)
        if whole or (limit is not None and len(found) >= limit):
            return Walked("found", found)
        if limit is None and len(found) * _GLANCE >= enough:
            break  # whoever reads on will soon have enough
    ahead = min(rows, len(read) * enough / len(found)) if found else rows
    return _further(db, table, again() if again else sets, ahead * row, ahead * len(fitting) / len(read))


def _further(db: sqlite3.Connection, table: Table, sets: Sequence[Among], ahead: float, fit: float) -> Walked:
    """Whether to read on, which costs ``ahead``, with ``fit`` rows whose columns fit, or to list a set."""
    on = [_cheaper(db, each, fit, table.key) for each in sets]
    reading = ahead + sum(cost for cost, _ in on)
    if reading > _LITTLE:
        sized = [(each, each.size(db, MANY)) for each in sets]
        (least, size), *others = sorted(sized, key=lambda pair: pair[1] * (1 + pair[0].listing) + pair[0].fixed)
        rest = sorted((_cheaper(db, each, size, "l.key") for each, _ in others), key=lambda choice: choice[0])
        listing = least.fixed + size * (least.listing + FETCHED * _LEFT ** len(rest)) + sum(cost for cost, _ in rest)
        if listing < reading:
            # What is dear to ask is asked where the columns are known to fit; a list has key columns of its own and is left as it is.
            rest_of = [
                (sql if "MATCH" in sql or sql.startswith("+l.key IN ") else sql.replace(table.key, "l.key"), values) for _, (sql, values) in rest
            ]
            return Walked("list", listed=least.keys, conditions=rest_of)
    return Walked("on", conditions=[condition for _, condition in on])


def _cheaper(db: sqlite3.Connection, each: Among, rows: float, key: str) -> tuple[float, Condition]:
    """What it costs to ask so many rows, and how it is cheaper: each by itself, or all by a list of the set's keys."""
    asking = rows * each.asking
    most_listed = int(min(MANY, max(0.0, asking - each.fixed) / each.listing))
    size = each.size(db, most_listed)
    listing = each.fixed + size * each.listing
    return (listing, each.list(key)) if size <= most_listed and listing < asking else (asking, each.probe)


def _read(db: sqlite3.Connection, parts: Sequence[Condition], so_many: int) -> list[tuple[int, int]]:
    read: list[tuple[int, int]] = []
    for sql, values in parts:
        read += db.execute(f"{sql} LIMIT ?", (*values, so_many - len(read)))
    return read


def _meeting(db: sqlite3.Connection, table: Table, keys: Sequence[int], condition: Condition, enough: int) -> Sequence[int]:
    """The first of these keys whose rows meet the condition."""
    where, values = condition
    if not keys or not where:
        return keys[:enough]
    sql = f"SELECT {table.key} FROM json_each(?) l CROSS JOIN {table.source} ON {table.key} = l.value WHERE {where} LIMIT ?"
    return [key for (key,) in db.execute(sql, (json.dumps(keys), *values, enough))]


def most(db: sqlite3.Connection, table: str) -> float:
    """How many rows a table has at most."""
    return float(db.execute(f"SELECT coalesce(max(key), 0) FROM {table}").fetchone()[0])
