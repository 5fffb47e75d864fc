"""The values the knowledge base hands out: actors, their names, dated offices, memberships and situations. No look-up, no files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.model import ActorKind

AliasKind = Literal["name", "acronym", "demonym", "people", "capital", "metonym", "surname"]
Standing = Literal["held", "unknown", "no"]
SituationKind = Literal["alliance", "dispute", "war", "sanctions"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the knowledge base knows.

    ``id``: Wikidata QID or ``or:slug``; ``kind``: as in ``ActorRef``; ``country``: ISO 3166-1 alpha-3 (KOS for Kosovo) of the state it acts for,
    None for international bodies; ``sectors``: PLOVER codes; ``surname``: how a person is called on second mention;
    ``rank``: 1 (leaders, states) to 4 (minor offices), for choosing between namesakes.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...] = ()
    surname: str | None = None
    rank: int = 2


@dataclass(frozen=True, slots=True)
class Alias:
    """One reading of a surface form: whom it names and in which manner (``demonym``: "Russian", ``people``: "Russians", ``metonym``: "Kremlin")."""

    actor: Actor
    kind: AliasKind


def standing(start: date | None, end: date | None, as_of: date | None, on: date | None) -> Standing:
    """Whether a dated fact holds on a day.

    A fact without an end is known to hold only up to ``as_of``, the day its origin was read; after that it is unknown, never current.
    ``on`` None asks nothing about time: every fact holds.
    """
    if on is None:
        return "held"
    if (start and on < start) or (end and on > end):
        return "no"
    if end is None and as_of is not None and on > as_of:
        return "unknown"
    return "held"


class _Dated:
    """What holds from ``start`` to ``end``, and without an end up to ``as_of``."""

    __slots__ = ()
    start: date | None
    end: date | None
    as_of: date | None

    def standing(self, on: date | None) -> Standing:
        """Whether it held on a day: "held", "no", or "unknown" (open-ended and older than its origin)."""
        return standing(self.start, self.end, self.as_of, on)


@dataclass(frozen=True, slots=True)
class Office(_Dated):
    """A role held from ``start`` to ``end``, both days included; None is unknown or open.

    ``role``: canonical ("foreign minister"); ``title``: as the country says it ("Foreign Secretary"); ``country``: ISO alpha-3 or None;
    ``body``: id of the organisation or body it belongs to; ``as_of``: day the origin was read; ``origin``: code of sources.tsv.
    """

    person: str
    role: str
    title: str
    country: str | None
    body: str | None
    start: date | None
    end: date | None
    as_of: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Membership(_Dated):
    """``member`` (an actor id) in ``organisation`` with a ``status`` (member, observer, partner, invited …) and dates as in Office."""

    organisation: str
    member: str
    status: str
    start: date | None
    end: date | None
    as_of: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Situation(_Dated):
    """An alliance, territorial dispute, war or sanctions regime, with its dates as in Office.

    ``first``: ids of the allies, the claimants, one side of a war, or those who impose sanctions; ``second``: ids of the other side, or of those
    the sanctions are on, empty for alliances and disputes; ``over``: what it is about, in words.
    """

    id: str
    name: str
    kind: SituationKind
    names: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    over: str
    start: date | None
    end: date | None
    as_of: date | None
    origin: str
