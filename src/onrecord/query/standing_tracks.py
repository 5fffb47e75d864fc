"""What each party showed on each issue over time, gathered in one pass over the positions. Keeps runs of like stances, not the records.

A run is a row of voices with one stance; memory grows with the changes of stance, for each run keeps only so many ids and its best words. Stances
are compared on one question: the issue's own, where the words of the target tell the side (who opposes interference in a thing is for the thing),
else the target's, since who supports one thing and opposes another changed nothing. Of an issue of a user's own the stance is taken as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from onrecord.across.claims import party
from onrecord.across.independence import Voices
from onrecord.codebook.issues import packaged
from onrecord.model import Document, Position
from onrecord.query.filters import Filter
from onrecord.query.happenings import Parties
from onrecord.query.records import document_of
from onrecord.query.rows import Names, name_of, names_of
from onrecord.query.standing_model import AGAINST, FOR, NEUTRAL, evidence, gained, reliability
from onrecord.store import Selection, View
from onrecord.store.columns import fold
from onrecord.store.days import days, last_day

KEPT = 50
"""So many ids, reports, publishers and names are kept of a run, and in a row."""
_BEST = 4
_REMEMBERED = 1000
_WEEK = 7
_OCCASION = 3
"""Words within so many days of the last are told of one occasion."""
_SIDES = ("for", "against", "neutral")
_STANCES = ("support", "oppose", "neutral")
_VALUES = {"support": FOR, "oppose": AGAINST, "neutral": NEUTRAL, "for": FOR, "against": AGAINST}
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
        self.best.append(piece)
        if len(self.best) > _BEST:
            self.best.sort(key=lambda p: p.rank)
            self.best.pop()


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
        return (_SIDES if self.sided else _STANCES)[value]

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


@dataclass(slots=True)
class Held:
    """All that one party showed on one issue. ``tracks``: by question, "" for the issue's own; ``undated``: what has no day, likewise."""

    issue: str
    party: str
    label: str
    tracks: dict[str, Track] = field(default_factory=dict)
    undated: dict[str, Track] = field(default_factory=dict)
    declined: Run | None = None
    talk: Talk = field(default_factory=Talk)

    def main(self) -> tuple[str, Track] | None:
        """The question to tell the party's stance by: a dated one, one with a known side before others, the most voices. None if it only declined."""
        return max((self.tracks or self.undated).items(), key=lambda item: (_told(item[1]), item[1].voices), default=None)


def gather(view: View, wanted: Filter, is_long: Callable[[Gap], bool] = lambda _: False, parties: Parties | None = None) -> list[Held]:
    """Everything the positions that ``wanted`` selects show, in one pass; ``parties`` learns what they are called.

    Positions on no known issue, and without a party, are left out.
    """
    held: dict[tuple[str, str], Held] = {}
    document = document_of(view)
    voices = Voices(view, document=document)
    for position, piece in _pieces(view, wanted, document):
        issue, who = position.issue, piece.party
        if issue is None or not who:
            continue
        if parties is not None:
            parties.of((position.holder,))
        found = held.get((issue.id, who))
        if found is None:
            found = held[issue.id, who] = Held(issue.id, who, issue.label)
        day = date.fromisoformat(piece.day).toordinal() if piece.day else 0
        if day:
            found.talk.spoke(day, piece, is_long)
        _add(found, position, piece, voices.of(position).key, day)
    return list(held.values())


def day_of(view: View, wanted: Filter) -> int:
    """The day asked about: the last of ``until``, else the last on which a report was published; 0 if none has a date.

    Not the last day that a record tells of, which may lie ahead.
    """
    if wanted.until is not None:
        return date.fromisoformat(last_day(wanted.until)).toordinal()
    return bisect_left(range(date.max.toordinal()), True, key=lambda day: _none_since(view, day + 1))


def _none_since(view: View, day: int) -> bool:
    return next(iter(view.documents(Selection(since=date.fromordinal(day).isoformat(), limit=1))), None) is None


def label(issue: str, piece: Piece) -> str:
    """The side a position shows, else its stance."""
    if piece.stance == "declines-comment":
        return piece.stance
    _, value, sided = _lean(issue, piece.stance, piece.target or "")
    return (_SIDES if sided else _STANCES)[value]


def state_label(issue: str, value: int) -> str:
    """A state on the question of an issue: its side, or the stance on an issue of a user's own."""
    return (_SIDES if issue in packaged().rows else _STANCES)[value]


def iso(day: int) -> str | None:
    """An ordinal as an ISO date; None for 0."""
    return date.fromordinal(day).isoformat() if day else None


def _add(held: Held, position: Position, piece: Piece, voice: str, day: int) -> None:
    if position.stance == "declines-comment":
        held.declined = held.declined or Run(NEUTRAL, day, day)
        if voice != held.declined.voice or day != held.declined.last:
            held.declined.hear(voice, reliability(piece.confidence, piece.strength), day)
        held.declined.keep(piece)
        return
    tracks = held.tracks if day else held.undated
    question, value, sided = _lean(held.issue, position.stance, piece.target or "")
    if value == NEUTRAL and question not in tracks:
        question = ""  # who is neutral on any part of it is on no side
    track = tracks.get(question)
    if track is None:
        track = tracks[question] = Track(sided)
    track.add(piece, value, voice, day)


@lru_cache(4096)
def _lean(issue: str, stance: str, target: str) -> tuple[str, int, bool]:
    """The question a stance is on, its value there, and whether its side is told."""
    entry = packaged().rows.get(issue)
    if entry is None:
        return "", _VALUES[stance], False
    if stance == "neutral":
        return ("" if entry.side("support", target) else fold(target)), NEUTRAL, True
    side = entry.side(stance, target)
    return ("", _VALUES[side], True) if side else (fold(target), _VALUES[stance], False)


def _told(track: Track) -> bool:
    return track.sided and any(run.value != NEUTRAL for run in track.runs)


def _pieces(view: View, wanted: Filter, document: Callable[[str], Document]) -> Iterator[tuple[Position, Piece]]:
    for record in view.records("position", wanted):
        if isinstance(record, Position):
            report, holder, target = document(record.document_id), record.holder, record.target
            yield (
                record,
                Piece(
                    id=record.id,
                    document_id=record.document_id,
                    day=days(record.date, report.published)[0],
                    party=party(holder),
                    holder=name_of(holder),
                    country=holder.actor.country if holder.actor else None,
                    stance=record.stance,
                    target=target.span.text if target.span else name_of(target.actor),
                    words=record.evidence.text,
                    via=names_of(record.via),
                    statement_id=record.statement_id,
                    confidence=record.confidence,
                    strength=record.strength,
                    publisher=report.publisher,
                ),
            )
