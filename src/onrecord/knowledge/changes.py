"""What differs between two knowledge bases, row by row, in people's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.knowledge.base import KnowledgeBase
from onrecord.knowledge.schema import ACTOR_TABLES, KEYS

_PERIODS = ("offices", "memberships", "situations")


@dataclass(frozen=True, slots=True)
class Change:
    """``change``: added, changed or removed; ``what``: the fact in words; ``details``: the cells that changed, as "column: before → after"."""

    change: str
    table: str
    what: str
    details: tuple[str, ...] = ()


def changes(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[Change]:
    """What must be done to ``before`` to get ``after``: tables in order, what is new first, then what is different, then what is gone."""
    for table in (*ACTOR_TABLES, *_PERIODS):
        header, old_rows = before.table(table)
        new_rows = after.table(table)[1]
        if old_rows is new_rows:
            continue
        old, new = {tuple(row): None for row in old_rows}, {tuple(row): None for row in new_rows}
        gone, come = [row for row in old if row not in new], [row for row in new if row not in old]
        key = [header.index(name) for name in KEYS[table]]
        was = {tuple(row[n] for n in key): row for row in gone}
        pairs = [(was.pop(tuple(row[n] for n in key), None), row) for row in come]
        yield from (Change("added", table, _words(after, table, header, row)) for earlier, row in pairs if earlier is None)
        for earlier, row in pairs:
            if earlier is not None:
                details = tuple(f"{name}: {a or 'none'} → {b or 'none'}" for name, a, b in zip(header, earlier, row, strict=True) if a != b)
                yield Change("changed", table, _words(after, table, header, row), details)
        yield from (Change("removed", table, _words(before, table, header, row)) for row in was.values())


def _words(kb: KnowledgeBase, table: str, header: list[str], row: tuple[str, ...]) -> str:
    """A row as somebody would say it."""
    cells = dict(zip(header, row, strict=True))
    if table == "offices":
        place = ", ".join(filter(None, (cells["country"], _name(kb, cells["body"]))))
        return f"{_name(kb, cells['person'])}, {cells['title']} ({place}), {_period(cells)}"
    if table == "memberships":
        return f"{_name(kb, cells['member'])}, {cells['status']} of {_name(kb, cells['organisation'])}, {_period(cells)}"
    of = f", {cells['country']}" if cells.get("country") else ""
    return f"{cells['name']} ({cells['id']}{of})" + (f", {cells['kind']}, {_period(cells)}" if table == "situations" else "")


def _name(kb: KnowledgeBase, actor: str) -> str:
    return f"{kb.actor(actor).name} ({actor})" if actor in kb else actor


def _period(cells: dict[str, str]) -> str:
    return f"{cells['start'] or 'start unknown'} to {cells['end'] or 'open'}"
