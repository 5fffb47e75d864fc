"""Whom a reviewer means by a name: somebody of the report, somebody of the store, or somebody new. Never a guess between several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import cast, get_args

from onrecord.errors import QueryError
from onrecord.model import ActorKind, ActorRef, Reading
from onrecord.review.forms import people
from onrecord.store import Selection, View
from onrecord.store.columns import Mentions, fold, participants

_WITH_ID = re.compile(r".*\[([^\[\]]+)\]\s*")
_NEW = re.compile(r"(.+?)\s*\(\s*([a-z]+)\s*(?:,\s*([A-Z]{3})\s*)?\)\s*")
_LOOKED_AT = 50


def named(view: View, reading: Reading, given: str) -> ActorRef:
    """Whom ``given`` means: "Ana Lund [Q4]", "Q4", "Ana Lund", or for somebody new "Ana Lund (person, RUR)".

    Somebody of another report comes without the office held there. Raises QueryError where nobody, or more than one, is meant.
    """
    bracketed = _WITH_ID.fullmatch(given)
    wanted = bracketed[1] if bracketed else given
    found = _fitting(people(reading).values(), wanted)
    if not found:
        records = islice(view.records(None, Selection(actor=wanted, limit=_LOOKED_AT)), _LOOKED_AT)
        everybody = (p.actor for record in records for _, p in participants(record, Mentions(())) if p.actor is not None)
        found = [replace(actor, role=None, score=1.0) for actor in _fitting(everybody, wanted)]
    if len({actor.id for actor in found}) == 1:
        return found[0]
    if found:
        raise QueryError(f"{given!r} may be several: " + ", ".join(sorted({f"{a.name} [{a.id}]" for a in found})), hint="give the id in brackets")
    new = _NEW.fullmatch(given)
    if new is None:
        raise QueryError(f"nobody known is called {given!r}", hint="somebody new is written with kind and country: Ana Lund (person, NOR)")
    if new[2] not in get_args(ActorKind):
        raise QueryError(f"kind: {new[2]!r} is not known", hint="one of " + ", ".join(get_args(ActorKind)))
    slug = "-".join(re.findall(r"\w+", fold(new[1]))) or "unnamed"
    return ActorRef(f"or:{slug}", new[1], cast(ActorKind, new[2]), new[3])


def _fitting(actors: Iterable[ActorRef], wanted: str) -> list[ActorRef]:
    """Those with this id, else those with this name."""
    listed = list(actors)
    return [a for a in listed if a.id == wanted] or [a for a in listed if fold(a.name) == fold(wanted)]
