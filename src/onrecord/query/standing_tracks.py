"""What each party showed on each issue over time, gathered in one pass over the positions. Judges nothing of it.

Stances are compared on one question: the issue's own, where the words of the target tell the side (who opposes interference in a thing is for the
thing), else the target's, since who supports one thing and opposes another changed nothing. Of an issue of a user's own the stance is taken as it is.
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
from onrecord.query.rows import name_of, names_of
from onrecord.query.standing_evidence import SIDES, STANCES, Gap, Piece, Run, Talk, Track
from onrecord.query.standing_model import AGAINST, FOR, NEUTRAL, reliability
from onrecord.store import Selection, View
from onrecord.store.columns import fold
from onrecord.store.days import days, last_day

_VALUES = {"support": FOR, "oppose": AGAINST, "neutral": NEUTRAL, "for": FOR, "against": AGAINST}


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
    return (SIDES if sided else STANCES)[value]


def state_label(issue: str, value: int) -> str:
    """A state on the question of an issue: its side, or the stance on an issue of a user's own."""
    return (SIDES if issue in packaged().rows else STANCES)[value]


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
