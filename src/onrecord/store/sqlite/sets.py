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
    ``listing``: SQL that is true of such a record by a list, which is quick enough to make whatever its size.
    """

    keys: Condition
    probe: Condition
    counted: Condition | None = None
    worth: int = 1
    dear: bool = False
    listing: Condition | None = None

    def size(self, db: sqlite3.Connection) -> int:
        """About how many records meet it; more than SOME are not told apart."""
        sql, values = self.counted or self.keys
        most = SOME // self.worth + 1
        return self.worth * int(db.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) LIMIT {most})", tuple(values)).fetchone()[0])

    def asked(self, size: int) -> Condition:
        """As a list of keys that is asked for each record, but does not say which records are read; of many keys as a question to each."""
        if self.listing is not None:
            return self.listing
        return (f"+r.key IN ({self.keys[0]})", self.keys[1]) if size <= SOME else self.probe


def any_of(db: sqlite3.Connection, sets: Sequence[Among]) -> Among:
    """The records that meet one of these conditions."""
    sized = [(each, size) for each in sets if (size := each.size(db))] or [(sets[0], 0)]
    keys = _joined((each.keys for each, _ in sized), " UNION ALL ")
    probe = _joined((each.asked(size) if each.dear else each.probe for each, size in sized), " OR ")
    return Among(keys, (f"({probe[0]})", probe[1]))


def planned(db: sqlite3.Connection, sets: Sequence[Among], *, narrow: bool = False) -> tuple[list[Condition], bool]:
    """These conditions as SQL, and whether they leave few records. ``narrow``: something else leaves few, so that each of those is asked."""
    if narrow or not sets:
        return [each.probe for each in sets], narrow
    (least, first), *others = sorted((each.size(db), number) for number, each in enumerate(sets))
    if least <= FEW:
        rest = [sets[number].asked(size) if sets[number].dear else sets[number].probe for size, number in others]
        return [(f"r.key IN ({sets[first].keys[0]})", sets[first].keys[1]), *rest], True
    rest = [each.asked(size) if each.dear or each.listing else each.probe for size, number in others for each in [sets[number]]]
    return [sets[first].asked(least), *rest], False


def _joined(conditions: Iterable[Condition], glue: str) -> Condition:
    conditions = list(conditions)
    return glue.join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]
