"""What is kept of the positions of one party on one issue: runs of voices with one stance, and the gaps between its words. Reads no store.

A run keeps so many ids and its best words, not its records, so that memory grows with the changes of stance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.query.rows import Names
from onrecord.query.standing_model import evidence, gained, reliability

KEPT = 50
"""So many ids, reports, publishers and names are kept of a run, and in a row."""
SIDES = ("for", "against", "neutral")
STANCES = ("support", "oppose", "neutral")
"""What states are called where sides are told, and where they are not."""
_BEST = 4
_REMEMBERED = 1000
_WEEK = 7
_OCCASION = 3
"""Words within so many days of the last are told of one occasion."""
_QUOTES = '"“”«»'


@dataclass(frozen=True, slots=True)
class Piece:
    """A position as evidence: what a row needs of it. ``day`` is ISO."""

    id: str
    document_id: str
    day: str
    party: str
    holder: str | None
    country: str | None
    stance: str
    target: str | None
    words: str
    via: Names
    statement_id: str | None
    confidence: float
    strength: int
    publisher: str | None

    @property
    def quoted(self) -> bool:
        """Whether there is a quotation in the words."""
        return any(mark in self.words for mark in _QUOTES)

    @property
    def rank(self) -> tuple[float, ...]:
        """What makes words good evidence, the best lowest: said and not only told, quoted, not relayed, sure, emphatic."""
        return (self.statement_id is None, not self.quoted, len(self.via), -self.confidence, -self.strength)


@dataclass(slots=True)
class Run:
    """Voices in a row that show one value; ``first``, ``last``: ordinals of days (0: unknown); ``voices`` are independent, ``positions`` all."""

    value: int
    first: int
    last: int
    logs: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    voices: int = 0
    positions: int = 0
    best: list[Piece] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    documents: dict[str, None] = field(default_factory=dict)
    publishers: dict[str, None] = field(default_factory=dict)
    holders: dict[str, None] = field(default_factory=dict)
    stances: dict[str, None] = field(default_factory=dict)
    voice: str = ""
    _sure: float = 0.0
    _worst: tuple[float, ...] = ()

    def hear(self, voice: str, sure: float, day: int) -> None:
        """Count an independent voice."""
        self.voices += 1
        self.last, self.voice, self._sure = day, voice, sure
        self.logs = [old + new for old, new in zip(self.logs, evidence(self.value, sure), strict=True)]

    def hear_better(self, sure: float) -> None:
        """The last voice again: it counts at its surest."""
        if sure > self._sure:
            self.logs = [old + new for old, new in zip(self.logs, gained(self.value, self._sure, sure), strict=True)]
            self._sure = sure

    def keep(self, piece: Piece) -> None:
        """Keep a position as evidence."""
        self.positions += 1
        if len(self.ids) < KEPT:
            self.ids.append(piece.id)
        told = (self.documents, piece.document_id), (self.publishers, piece.publisher), (self.holders, piece.holder), (self.stances, piece.stance)
        for kept, value in told:
            if value is not None and len(kept) < KEPT:
                kept[value] = None
        if self._worst and piece.rank >= self._worst:
            return
        self.best.append(piece)
        if len(self.best) > _BEST:
            self.best.sort(key=lambda p: p.rank)
            self.best.pop()
            self._worst = self.best[-1].rank


@dataclass(slots=True)
class Track:
    """The runs of a party on one question, in order of time. ``sided``: values 0 and 1 are for and against the issue, not just support and oppose."""

    sided: bool
    runs: list[Run] = field(default_factory=list)
    _heard: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, piece: Piece, value: int, voice: str, day: int) -> None:
        """Add a position; days never go back. A voice that says the same again within a week counts once."""
        again = day - self._heard.get((voice, value), day - _WEEK) < _WEEK
        run = next((r for r in reversed(self.runs) if r.value == value), None) if again else self.runs[-1] if self.runs else None
        if run is None or run.value != value:
            self.runs.append(run := Run(value, day, day))
        sure = reliability(piece.confidence, piece.strength)
        if not again:
            run.hear(voice, sure, day)
            self._heard.pop((voice, value), None)
            self._heard[voice, value] = day
        elif run.voice == voice:
            run.hear_better(sure)
        run.keep(piece)
        if len(self._heard) > _REMEMBERED:
            del self._heard[next(iter(self._heard))]

    def label(self, value: int) -> str:
        """A value in words: the side where sides are told, else the stance."""
        return (SIDES if self.sided else STANCES)[value]

    @property
    def voices(self) -> int:
        """Independent voices on the question."""
        return sum(run.voices for run in self.runs)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a word from ``start`` to ``end``, after ``gaps`` others that took ``total`` days, with the sum of their ``squares``.

    ``before`` and ``after`` are the words around it; None after one that goes on.
    """

    start: int
    end: int
    gaps: int
    total: int
    squares: int
    before: Piece
    after: Piece | None


@dataclass(slots=True)
class Talk:
    """When a party spoke: how many gaps there were between occasions, and those that were too long to be chance."""

    last: int = 0
    gaps: int = 0
    total: int = 0
    squares: int = 0
    long: list[Gap] = field(default_factory=list)
    _words: Piece | None = None

    def spoke(self, day: int, piece: Piece, is_long: Callable[[Gap], bool]) -> None:
        """A word on that day. A gap that ``is_long`` is no part of how often the party speaks."""
        gap = self.gap(day, piece)
        if gap is not None and gap.end - gap.start > _OCCASION:
            if is_long(gap):
                self.long.append(gap)
            else:
                self.gaps += 1
                self.total += gap.end - gap.start
                self.squares += (gap.end - gap.start) ** 2
        self.last, self._words = max(self.last, day), piece

    def gap(self, day: int, after: Piece | None = None) -> Gap | None:
        """The days since the last word; None before the first."""
        return Gap(self.last, day, self.gaps, self.total, self.squares, self._words, after) if self._words else None
