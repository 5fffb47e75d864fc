"""Precision, recall and F1 of a reading against the project's own gold.

A statement fits where its content covers the same characters (Jaccard of at least one half) and the speaker is the same actor; an event where its
type, one actor and one recipient fit and the evidence overlaps; a position where holder and stance fit and the evidence overlaps; a relation where
type, subject and object fit. Actors are compared by name, id, role or country. One to one; a second copy of a found record is a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.evaluate.gold import Expected, Gold
from onrecord.model import Event, Participant, Position, Reading, Relation, Span, Statement


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one record kind: ``hit`` of ``gold`` expected records found, ``made`` records produced."""

    hit: int = 0
    made: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        """Counts summed over documents."""
        return Score(self.hit + other.hit, self.made + other.made, self.gold + other.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 100."""
        return 200 * self.hit / (self.made + self.gold) if self.made + self.gold else 0.0


def score(reading: Reading, gold: Gold) -> dict[str, Score]:
    """Score one reading; the keys are statements, events, positions, relations and ``absent`` (gold = forbidden, hit = produced all the same)."""
    kinds: dict[str, tuple[Sequence[Any], tuple[Expected, ...], Callable[[Expected, Any], bool]]] = {
        "statements": (reading.statements, gold.statements, _statement_fits),
        "events": ([e for e in reading.events if e.status != "negated"], gold.events, _event_fits),
        "positions": (reading.positions, gold.positions, _position_fits),
        "relations": (reading.relations, gold.relations, _relation_fits),
    }
    out = {
        name: Score(len(matching([[i for i, r in enumerate(made) if fits(x, r)] for x in wanted])), len(made), len(wanted))
        for name, (made, wanted, fits) in kinds.items()
    }
    broken = sum(any(kinds[x.fields["kind"] + "s"][2](x, r) for r in kinds[x.fields["kind"] + "s"][0]) for x in gold.absent)
    return {**out, "absent": Score(broken, broken, len(gold.absent))}


def matching(options: Sequence[Sequence[int]], order: Iterable[int] | None = None) -> dict[int, int]:
    """Record → wanted of a largest one-to-one matching (augmenting paths); ``options``: the records that fit each wanted one.

    ``order``: in which the wanted ones are served; whoever is served stays so, if with another record.
    """
    owner: dict[int, int] = {}

    def place(k: int, seen: set[int]) -> bool:
        for i in options[k]:
            if i not in seen:
                seen.add(i)
                if i not in owner or place(owner[i], seen):
                    owner[i] = k
                    return True
        return False

    for k in range(len(options)) if order is None else order:
        place(k, set())
    return owner


def _is(name: str, participant: Participant) -> bool:
    """Does a name, id, country code or role written in the gold fit a participant? ``?`` asks for one that stays unresolved."""
    actor = participant.actor
    if actor is None:
        return name == "?"
    known = {actor.name, actor.id, actor.role or actor.name}
    return name in known or (name == actor.country and actor.kind in ("state", "people", "body", "person"))


def _any(names: Iterable[str], participants: Sequence[Participant]) -> bool:
    return any(_is(n, p) for n in names for p in participants)


def _cells(spans: Iterable[Span]) -> set[int]:
    return {i for s in spans for i in range(s.start, s.end)}


def _overlaps(x: Expected, span: Span) -> bool:
    return x.start < span.end and span.start < x.end


def _statement_fits(x: Expected, record: Statement) -> bool:
    want, have = set(range(x.start, x.end)), _cells(record.content)
    return len(want & have) >= 0.5 * len(want | have) and _any(x.names("speaker"), (record.speaker,))


def _event_fits(x: Expected, record: Event) -> bool:
    if record.type not in x.names("type") or not _overlaps(x, record.evidence):
        return False
    return _any(x.names("actors"), record.actors) and (not x.names("recipients") or _any(x.names("recipients"), record.recipients))


def _position_fits(x: Expected, record: Position) -> bool:
    return record.stance == x.fields["stance"] and _overlaps(x, record.evidence) and _any(x.names("holder"), (record.holder,))


def _relation_fits(x: Expected, record: Relation) -> bool:
    straight = _any(x.names("subject"), (record.subject,)) and _any(x.names("object"), (record.object,))
    turned = not record.directed and _any(x.names("subject"), (record.object,)) and _any(x.names("object"), (record.subject,))
    return record.type in x.names("type") and (straight or turned)
