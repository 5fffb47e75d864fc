"""Conditions that a set of records meets, and the quickest way to ask for them: a page must be quick in a store of any size.

A small set is read first, and its records are looked up and put in order. Of a bigger one the keys are listed, and of the biggest each record is
asked, while records are read in order until the page is full. How big a set is, is counted up to a bound; nobody keeps statistics.
"""

# ruff: noqa: S608 - the SQL is put together from this package's own words only

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Condition = tuple[str, Sequence[object]]
FEW = 4_000
"""So many records are looked up and sorted for a page."""
SOME = 20_000
"""Of so many records the keys are listed for a page."""


@dataclass(frozen=True, slots=True)
class Among:
    """One condition. ``keys``: SQL for the keys of all records that meet it, some perhaps twice; ``probe``: SQL that is true of such a record ``r``.

    ``counted``: SQL whose rows are counted in place of ``keys``, each for ``worth`` records; ``dear``: asking a record costs more than listing keys.
    """

    keys: Condition
    probe: Condition
    counted: Condition | None = None
    worth: int = 1
    dear: bool = False

    def size(self, db: sqlite3.Connection) -> int:
        """About how many records meet it; more than SOME are not told apart."""
        sql, values = self.counted or self.keys
        most = SOME // self.worth + 1
        return self.worth * int(db.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) LIMIT {most})", tuple(values)).fetchone()[0])

    def listed(self) -> Condition:
        """As a list of keys that is asked for each record, but does not say which records are read."""
        return f"+r.key IN ({self.keys[0]})", self.keys[1]


def any_of(db: sqlite3.Connection, sets: Sequence[Among]) -> Among:
    """The records that meet one of these conditions."""
    sized = [(each, size) for each in sets if (size := each.size(db))] or [(sets[0], 0)]
    keys, probe = _joined((each.keys for each, _ in sized), " UNION ALL "), _joined((_asked(*one) for one in sized), " OR ")
    return Among(keys, (f"({probe[0]})", probe[1]))


def planned(db: sqlite3.Connection, sets: Sequence[Among], *, narrow: bool = False) -> tuple[list[Condition], bool]:
    """These conditions as SQL, and whether they leave few records. ``narrow``: something else leaves few, so that each of those is asked."""
    if narrow or not sets:
        return [each.probe for each in sets], narrow
    by_size = sorted(((each.size(db), number) for number, each in enumerate(sets)))
    (least, first), *others = by_size
    conditions = [_asked(sets[number], size) for size, number in others]
    if least <= FEW:
        return [(f"r.key IN ({sets[first].keys[0]})", sets[first].keys[1]), *conditions], True
    return [sets[first].listed() if least <= SOME else sets[first].probe, *conditions], False


def _asked(each: Among, size: int) -> Condition:
    return each.listed() if each.dear and size <= SOME else each.probe


def _joined(conditions: Iterable[Condition], glue: str) -> Condition:
    conditions = list(conditions)
    return glue.join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]
