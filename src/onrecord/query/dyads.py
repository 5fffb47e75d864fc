"""Dyads: what two parties do to each other, period by period. Counts happenings, and measures nothing of the network as a whole.

Sources of the measures: docs/decisions/0030-network.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Any, cast

from onrecord.across.independence import Copies
from onrecord.errors import QueryError
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.happenings import Happening, Parties, Side, Telling, happenings
from onrecord.query.periods import period_of
from onrecord.query.records import EVENTS, POSITIONS, STATEMENTS, check_fields, document_of
from onrecord.query.rows import Flat, Names
from onrecord.store import RecordKind, View

_PAGING = ("limit", "after", "record_id", "statement_id")
_OF_KIND = {"event": EVENTS, "position": POSITIONS, "statement": STATEMENTS}
DYADS = (*dict.fromkeys(name for names in _OF_KIND.values() for name in names if name not in _PAGING), "kind", "period")
Key = tuple[Side, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadRow(Flat):
    """What one party did to another (``directed``), or two did together, in a period: "all", or None for what cannot be dated so closely.

    ``volume``: happenings; ``mentions``: records that tell of them; ``documents``: independent ones (copies count once). ``tone``: mean intensity of
    the happenings, -10 (conflict) to 10 (cooperation), of all but ``tone_unknown``; None for stances and words, which have no such scale.
    The four counts by PLOVER's quad leave out ``uncoded`` ones; ``cooperation`` and ``conflict`` are shares (0 to 1) of all others: events of quads
    1 and 2, 3 and 4; positions that support, oppose. ``back``: volume of the recipient's acts on the actor in the period, ``reciprocity`` the smaller
    of the two volumes by the larger, ``tone_back`` the tone of those acts and ``tone_gap`` the actor's tone less theirs; None where two act together,
    and where ``actor`` or ``about`` chose one side. ``since``, ``until``: first and last day. ``type`` (or stance, or form): the oftenest first.
    ``id``, ``words``, ``date``, ``publisher``, ``via``: the surest record that tells of them, as an example.
    """

    period: str | None
    kind: str
    actor: str
    actor_id: str
    recipient: str
    recipient_id: str
    directed: bool
    volume: int
    mentions: int
    documents: int
    tone: float | None
    tone_unknown: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    uncoded: int
    cooperation: float | None
    conflict: float | None
    back: int | None
    reciprocity: float | None
    tone_back: float | None
    tone_gap: float | None
    since: str | None
    until: str | None
    type: Names
    id: str
    date: str | None
    publisher: str | None
    via: Names
    words: str
    document_id: str

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """With an arrow for the direction, and numbers short enough for a table."""
        return {**short(self.flat()), "directed": "→" if self.directed else "↔"}


@dataclass(frozen=True, slots=True)
class Dyads:
    """The rows; ``parties`` says who they are. ``loose``: how many happenings are in no dyad, by the reason.

    The reasons: alone (nobody is said to be on the other side), unresolved (somebody is, and it is not known who), within (both sides are one party).
    """

    rows: tuple[DyadRow, ...]
    parties: Parties
    loose: Counter[str]


@dataclass(slots=True)
class _Tally:
    """What is counted of one dyad in one period."""

    volume: int = 0
    mentions: int = 0
    documents: set[str] = field(default_factory=set)
    tones: list[float] = field(default_factory=list)
    quads: Counter[int | None] = field(default_factory=Counter)
    signs: Counter[int | None] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    since: str = ""
    until: str = ""
    best: Telling | None = None

    def add(self, happening: Happening) -> None:
        """Count one more."""
        self.volume += 1
        self.mentions += len(happening.tellings)
        self.quads[happening.quad] += 1
        self.signs[happening.sign] += 1
        if happening.intensity is not None:
            self.tones.append(happening.intensity)
        if happening.first:
            self.since = min(self.since or happening.first, happening.first)
            self.until = max(self.until, happening.last)
        self.types.update({t.code for t in happening.tellings})
        for telling in happening.tellings:
            self.documents.add(telling.document_id)
            if self.best is None or telling.rank < self.best.rank:
                self.best = telling

    @property
    def tone(self) -> float | None:
        """The mean of the known intensities, whatever the order they came in."""
        return fsum(self.tones) / len(self.tones) if self.tones else None

    def share(self, sign: int) -> float | None:
        """Of those that are known to be something, how many are this."""
        known = self.volume - self.signs[None]
        return self.signs[sign] / known if known else None


def dyads(view: View, wanted: Filter = EVERYTHING) -> list[DyadRow]:
    """Who does how much of what to whom, by period. One row for each two parties, direction and period, by period and then the busiest first.

    ``wanted.kind`` says what counts: events (unless another is asked for; without ``status``, those that are actual or historical), positions on
    an actor, or statements to an addressee. ``wanted.period``: year, quarter, month, week, or all.
    """
    return list(read_dyads(view, wanted).rows)


def read_dyads(view: View, wanted: Filter = EVERYTHING) -> Dyads:
    """The same with what they leave out."""
    kind = wanted.kind or "event"
    if kind not in _OF_KIND:
        raise QueryError(f"kind: {kind} ties no two parties", hint="one of " + ", ".join(_OF_KIND))
    narrowed = replace(wanted, kind=None, period=None)
    check_fields(narrowed, [name for name in _OF_KIND[kind] if name in DYADS], f"{kind}s")
    parties, loose, tallies = Parties(), Counter[str](), defaultdict[Key, _Tally](_Tally)
    for happening in happenings(view, cast(RecordKind, kind), narrowed, parties, loose):
        period = period_of(happening.first, happening.last, wanted.period)
        tallies[happening.side, period].add(happening)
    best = {key: tally.best for key, tally in tallies.items() if tally.best}
    copies, document = Copies(view), document_of(view)

    def row(key: Key) -> DyadRow:
        (actor, recipient, directed), period = key
        back = tallies.get(((recipient, actor, True), period), _Tally()) if directed and not (wanted.actor or wanted.about) else None
        tally = tallies[key]
        return DyadRow(
            period=period,
            kind=kind,
            actor=parties.named(actor)[0],
            actor_id=actor,
            recipient=parties.named(recipient)[0],
            recipient_id=recipient,
            directed=directed,
            **_counted(tally),
            documents=copies.independent(tally.documents),
            **_answered(tally, back),
            **best[key].example(document(best[key].document_id)),
        )

    by_document = sorted(best, key=lambda key: best[key].document_id)  # so that few documents are looked up twice
    found = sorted(map(row, by_document), key=lambda r: (r.period is None, r.period or "", -r.volume, r.actor_id, r.recipient_id, r.directed))
    return Dyads(tuple(found), parties, loose)


def _counted(tally: _Tally) -> dict[str, Any]:
    """The columns of the dyad's own happenings."""
    return {
        "volume": tally.volume,
        "mentions": tally.mentions,
        "tone": tally.tone,
        "tone_unknown": tally.volume - len(tally.tones),
        "verbal_cooperation": tally.quads[1],
        "material_cooperation": tally.quads[2],
        "verbal_conflict": tally.quads[3],
        "material_conflict": tally.quads[4],
        "uncoded": tally.signs[None],
        "cooperation": tally.share(1),
        "conflict": tally.share(-1),
        "since": tally.since or None,
        "until": tally.until or None,
        "type": tuple(sorted(tally.types, key=lambda code: (-tally.types[code], code))),
    }


def _answered(tally: _Tally, back: _Tally | None) -> dict[str, Any]:
    """The columns that hold a dyad against what comes back; ``back`` None where nothing can be said of that."""
    gap = tally.tone - back.tone if back and tally.tone is not None and back.tone is not None else None
    return {
        "back": back.volume if back else None,
        "reciprocity": min(tally.volume, back.volume) / max(tally.volume, back.volume) if back else None,
        "tone_back": back.tone if back else None,
        "tone_gap": gap,
    }


def short(row: Mapping[str, str | int | float | bool | None]) -> dict[str, str | int | float | bool | None]:
    """A row with its numbers cut to three digits behind the point."""
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()}
