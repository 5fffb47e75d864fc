"""Looking things up: actors by part of a name, and all that a knowledge base holds on one of them, each fact with its origin. Reads no text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.errors import KnowledgeError, QueryError
from onrecord.knowledge import roles
from onrecord.knowledge.base import KnowledgeBase
from onrecord.knowledge.facts import Actor, standing
from onrecord.knowledge.names import fold, squeeze
from onrecord.knowledge.schema import ACTOR_TABLES, MANY
from onrecord.knowledge.tables import day
from onrecord.model import ActorKind

LOWEST = 4
"""The rank of offices that are left out of a state's profile: ambassadors, governors, judges."""


@dataclass(frozen=True, slots=True)
class Found:
    """An actor found by ``name``, a surface form of it; ``role``: the titles it holds on the day asked for, else all it ever held, highest first."""

    actor: Actor
    name: str
    how: str
    role: str | None


def search(kb: KnowledgeBase, text: str, kind: ActorKind | None = None, on: date | None = None) -> list[Found]:
    """Actors by name or part of one: the same name first, then the beginnings, then whatever holds it; of each the best known first.

    With a day, persons who held or may have held an office on it, and all other actors. Raises QueryError for a text without a letter or digit.
    """
    part = fold(squeeze(text))
    if not part:
        raise QueryError(f"{text!r} holds no letter or digit", hint="write a name or part of one")
    found = [Found(actor, name, how, _roles(kb, actor, on)) for actor, name, how in kb.holding(text) if kind in (None, actor.kind)]
    found.sort(key=lambda f: ((key := fold(squeeze(f.name))) != part, not key.startswith(part), f.actor.rank))
    return found if on is None else [f for f in found if f.role is not None or f.actor.kind != "person"]


def _roles(kb: KnowledgeBase, actor: Actor, on: date | None) -> str | None:
    if actor.kind != "person":
        return None
    held = dict.fromkeys(o.title + ("" if o.standing(on) == "held" else " (perhaps)") for o in kb.offices(actor.id, on))
    return "; ".join(held) or None


def only(kb: KnowledgeBase, wanted: str) -> Actor:
    """The one actor with that id, or of that name, or the state with that ISO code. Raises QueryError where there is none, or several."""
    if wanted in kb:
        return kb.actor(wanted)
    exact = list(dict.fromkeys(a.actor for a in kb.find(wanted))) or _by_code(kb, wanted)
    found = exact if exact or not squeeze(wanted) else list(dict.fromkeys(f.actor for f in search(kb, wanted)))
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"nobody is called {wanted!r}", hint="onrecord kb search finds parts of names; onrecord kb add adds somebody")
    listed = ", ".join(f"{a.id} {a.name}{f' ({a.country})' if a.country else ''}" for a in found[:8])
    raise QueryError(f"{wanted!r} may be {listed}{' and others' if len(found) > 8 else ''}", hint="say which one by its id")


def _by_code(kb: KnowledgeBase, code: str) -> list[Actor]:
    """The state with an ISO code, if there is one."""
    try:
        return [kb.state(code)]
    except KnowledgeError:
        return []


def profile(kb: KnowledgeBase, actor: Actor, on: date | None = None) -> dict[str, Any]:
    """An actor with names, the days an organisation began and ended, offices, memberships (its own and its members'), situations, and the sources.

    With a day only what held then or may have, each with its ``standing``, and of a state those in its higher offices. Dates are as in the tables,
    so they may be a month.
    """
    table_of = {kind: table for table, kind in ACTOR_TABLES.items()}
    row = next(cells for cells in _cells(kb, table_of[actor.kind]) if cells["id"] == actor.id)
    shown: dict[str, Any] = {
        "id": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country, "sectors": list(actor.sectors), "rank": actor.rank,
        "founded": row.get("founded") or None, "dissolved": row.get("dissolved") or None, "source": row["source"], "as_of": row["as_of"],
        "names": [{"name": name, "kind": kind} for name, kind in kb.names(actor.id)],
    }  # fmt: skip
    parties = {actor.id, actor.country if actor.kind == "state" else actor.id}
    within = ("country",) if actor.kind == "state" and on else ("body",)
    for part, table, columns in (
        ("offices", "offices", ("person",)),
        ("held_in_it", "offices", within),
        ("memberships", "memberships", ("member",)),
        ("members", "memberships", ("organisation",)),
        ("situations", "situations", ("first", "second")),
    ):
        about = (cells for cells in _cells(kb, table) if any(not parties.isdisjoint(cells[c].split("|")) for c in columns))
        dated = [{**_named(kb, cells), "standing": _standing(cells, on)} for cells in about]
        if columns == ("country",):
            dated = [d for d in dated if roles.rank(d["role"]) < LOWEST]
        shown[part] = sorted((d for d in dated if d["standing"] != "no"), key=lambda d: (d["standing"] != "held", *_newest(d["start"])))
    facts = [shown, *(fact for part in ("offices", "held_in_it", "memberships", "members", "situations") for fact in shown[part])]
    codes = {code for fact in facts for code in fact["source"].split()}
    shown["sources"] = [cells for cells in _cells(kb, "sources") if cells["code"] in codes]
    return shown


def _cells(kb: KnowledgeBase, table: str) -> Iterator[dict[str, str]]:
    header, body = kb.table(table)
    return (dict(zip(header, row, strict=True)) for row in body)


def _standing(cells: dict[str, str], on: date | None) -> str:
    return standing(day(cells["start"]), day(cells["end"], last=True), day(cells["as_of"]), on)


def _newest(start: str) -> tuple[int]:
    return (-(day(start) or date.min).toordinal(),)


def _named(kb: KnowledgeBase, cells: dict[str, str]) -> dict[str, Any]:
    """The cells of a fact with the names of the actors it is about beside their ids."""
    shown: dict[str, Any] = {c: cell.split("|") if c in MANY and cell else [] if c in MANY else cell or None for c, cell in cells.items()}
    for column in ("person", "body", "organisation", "member"):
        if cells.get(column, "") in kb:
            shown[f"{column}_name"] = kb.actor(cells[column]).name
    for column in ("first", "second"):
        if column in cells:
            shown[f"{column}_names"] = [kb.actor(p).name if p in kb else kb.state(p).name for p in shown[column]]
    return shown
