"""Whoever takes part in a record: the words that name them, and the actor they were resolved to, or the reason they were not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.spans import Span

ActorKind = Literal["state", "person", "body", "organisation", "group", "outlet", "place", "people"]
Reason = Literal["unknown-name", "ambiguous", "no-antecedent", "generic"]


@dataclass(frozen=True, slots=True)
class ActorRef:
    """A resolved actor as seen on the document's date.

    ``id``: Wikidata QID or a local ``or:slug``; ``country``: ISO 3166-1 alpha-3 of the state it acts for, None for international bodies;
    ``sectors``: PLOVER sector codes; ``role``: the office held on the document's date; ``score``: 0 to 1.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Participant:
    """A mention with its actor. Where ``actor`` is None, ``reason`` says why; it is never a guess."""

    mention: Span | None
    actor: ActorRef | None = None
    reason: Reason | None = None
