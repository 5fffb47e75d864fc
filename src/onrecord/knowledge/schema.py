"""What the columns of the knowledge tables may hold, and how a row is told from others: for tables that users bring. Reads no file.

The columns of a table are those of the packaged one; their meaning goes by their name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

from onrecord.codebook import sectors
from onrecord.errors import KnowledgeError
from onrecord.knowledge.facts import SituationKind
from onrecord.knowledge.names import squeeze
from onrecord.knowledge.roles import body_kind
from onrecord.knowledge.tables import day
from onrecord.model import ActorKind

ACTOR_TABLES: dict[str, ActorKind] = {
    "states": "state",
    "organisations": "organisation",
    "bodies": "body",
    "groups": "group",
    "peoples": "people",
    "outlets": "outlet",
    "persons": "person",
}
"""The tables of actors, each with the kind of its rows."""
TABLES = ("sources", *ACTOR_TABLES, "offices", "memberships", "situations")
"""Every packaged table, in the order in which an overlay's are applied: a row may name what stands in a table before its own."""

KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("code",),
    **dict.fromkeys((*ACTOR_TABLES, "situations"), ("id",)),
    "offices": ("person", "role", "country", "body", "start"),
    "memberships": ("organisation", "member", "status", "start"),
}
"""The columns that tell a row of a table from all others."""
NEEDED: dict[str, tuple[str, ...]] = {
    "sources": ("code", "what"),
    "states": ("id", "name", "country"),
    "bodies": ("id", "name", "country", "sectors"),
    "outlets": ("id", "name"),
    **dict.fromkeys(("organisations", "groups", "peoples", "persons"), ("id", "name", "sectors")),
    "offices": ("person", "title"),
    "memberships": ("organisation", "member"),
    "situations": ("id", "name", "kind", "first"),
}
"""The cells that a row of a fact nobody knew yet cannot do without."""
DEFAULTS: dict[tuple[str, str], str] = {
    ("states", "sectors"): "GOV",
    ("outlets", "sectors"): "JRN",
    ("persons", "rank"): "3",
    ("memberships", "status"): "member",
}
"""What a new row without that cell is taken to mean."""
WITHDRAWN = ("table", "id", "person", "role", "country", "body", "organisation", "member", "status", "start", "why")
"""The columns of withdrawn.tsv, in which an overlay names rows that hold no longer."""
MANY = frozenset({"names", "acronyms", "demonyms", "people", "capitals", "metonyms", "surnames", "first", "second"})
"""Columns with several values in a cell, parted by "|"."""

MAX_CELL, MAX_VALUES = 4_000, 200
_ID = re.compile(r"Q[1-9]\d{0,11}|or:[a-z0-9][a-z0-9-]{0,80}")
_CODE = re.compile(r"[A-Z]{3}")
_YEARS = range(1000, 2101)


def _an_id(value: str) -> str | None:
    return None if _ID.fullmatch(value) else "is no id; write a Wikidata QID (Q42) or or: with small letters, digits and hyphens (or:jane-roe)"


def is_party(value: str) -> bool:
    """Whether a value has the form of an id or a state's code."""
    return _a_party(value) is None


def _a_party(value: str) -> str | None:
    return None if _CODE.fullmatch(value) else _an_id(value)


def _a_country(value: str) -> str | None:
    return None if _CODE.fullmatch(value) else "is no country code; write ISO 3166-1 alpha-3 in capitals (NOR, KOS for Kosovo)"


def _a_date(value: str) -> str | None:
    try:
        found = day(value)
    except (KnowledgeError, ValueError):
        return "is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
    return None if found and found.year in _YEARS else f"is no likely date; years are {_YEARS.start} to {_YEARS.stop - 1}"


def _sectors(value: str) -> str | None:
    wrong = [code for code in value.split() if code not in sectors()]
    return f"names no PLOVER sector with {' '.join(wrong)}; onrecord explain sectors lists them" if wrong else None


def _one_of(*known: str) -> Callable[[str], str | None]:
    return lambda value: None if value in known else f"is not among {', '.join(known)}"


def _a_kind_of_body(value: str) -> str | None:
    return None if body_kind(value) else "is no kind of body; leave it empty, or write one that every state has (foreign ministry, parliament)"


def _a_name(value: str) -> str | None:
    if not squeeze(value):
        return "holds no letter or digit"
    return "is too long for a name (200 characters at most)" if len(value) > 200 else None


_ALIKE: dict[str, Callable[[str], str | None]] = {
    "id": _an_id, "person": _an_id, "organisation": _an_id, "member": _a_party, "first": _a_party, "second": _a_party, "country": _a_country,
    **dict.fromkeys(("start", "end", "as_of", "founded", "dissolved"), _a_date), "sectors": _sectors, "rank": _one_of("1", "2", "3", "4"),
    "kind": _one_of(*get_args(SituationKind)), "table": _one_of(*TABLES[1:]), "name": _a_name,
    **dict.fromkeys(MANY - {"first", "second"}, _a_name),
}  # fmt: skip


def values(cell: str) -> tuple[str, list[str]]:
    """A cell of several values: "+" (add these), "-" (take these away) or "" (these and no others), and the values."""
    found = cell.split("|")
    return (found[0], found[1:]) if found[0] in ("+", "-") else ("", found)


def wrong(table: str, column: str, cell: str) -> str | None:
    """What is wrong with a cell that is not empty, as the end of a sentence that begins with its value; None where nothing is."""
    if cell == "-" and column not in KEYS.get(table, WITHDRAWN):
        return None
    if len(cell) > MAX_CELL:
        return f"is too long ({len(cell)} characters; {MAX_CELL} at most)"
    if not cell.isprintable():
        return "holds a character that cannot be printed; write it with plain letters and spaces"
    if cell != cell.strip() or "  " in cell:
        return "has a space too many"
    check = _a_kind_of_body if (table, column) == ("bodies", "body") else _an_id if column == "body" else _ALIKE.get(column)
    parts = values(cell)[1] if column in MANY else [cell]
    if not parts or not all(parts):
        return "has an empty value between two |"
    if len(parts) > MAX_VALUES:
        return f"has {len(parts)} values ({MAX_VALUES} at most)"
    return next((found for part in parts if check and (found := check(part))), None)


def key_of(table: str, cells: dict[str, str]) -> tuple[str, ...]:
    """What tells a row from the others of its file: its key, with the title for a role that is left out."""
    role = {} if "role" in cells else {"role": cells.get("title", "")}
    return tuple({**cells, **role}.get(c, "") for c in KEYS.get(table, WITHDRAWN))


def ends_before_it_starts(start: str, end: str) -> bool:
    """Whether two dates of a row, possibly empty, contradict each other."""
    first, last = day(start), day(end, last=True)
    return first is not None and last is not None and last < first


def open_without_date(table: str, cells: dict[str, str]) -> bool:
    """Whether a dated fact has neither an end nor the day up to which it is known: it would hold for ever."""
    return table in ("offices", "memberships", "situations") and not cells.get("end") and not cells.get("as_of")
