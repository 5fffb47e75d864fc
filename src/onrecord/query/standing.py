"""Where parties stand: their positions across documents, assembled by issue, party and stance as they are read. Nothing is merged or stored.

The same stance said thrice in one report is three pieces of evidence for one standing; copies of a report count as one document. A stance is
one towards ``target``; ``side`` says what it means for the issue: who opposes interference in a thing is for the thing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.across.claims import claim_of, party
from onrecord.codebook.issues import packaged
from onrecord.errors import QueryError
from onrecord.model import Position, Record, Statement
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import STANDING, Group, distinct, grouped
from onrecord.query.records import check_fields, positions
from onrecord.query.rows import Names, PositionRow, name_of
from onrecord.store import View

_OTHER = {"for": "against", "against": "for"}
_QUOTES = '"“”«»'
_FORMS = {"direct": 2, "mixed": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow(Group):
    """Where one party stands on one issue, and how well it is attested.

    ``words`` are the best there are: the party's own before another's, quoted before told, the surer before the less sure; ``date`` and ``via`` are
    theirs, ``speaker`` says them (None: the report itself), ``record_id`` is their position. ``positions``: pieces of evidence; ``target``: what they
    are about, that of the best words first; ``side``: for or against what support of the issue means (``onrecord explain`` says it), "" where the
    words do not tell; ``also``: other sides and stances of the party on the issue, each with its first day; ``contrary``: who is on the other side.
    """

    holder: Names
    holder_country: str | None
    issue: str
    issue_label: str
    stance: str
    side: str
    target: Names
    positions: int
    speaker: str | None
    confidence: float
    record_id: str
    also: Names
    contrary: Names


def standing(view: View, wanted: Filter = EVERYTHING) -> list[StandingRow]:
    """Who stands where on which issue, since when, in whose words, how well attested, and who disagrees.

    One row for each issue, party and stance; of a party's stances the best attested comes first. Positions on no known issue are left out.
    """
    check_fields(wanted, STANDING, "standing")
    held = [row for row in positions(view, wanted) if row.issue is not None]
    said_in = _statements(view)
    sides: Sides = {}
    for row in held:
        sides.setdefault((row.issue or "", _side(row.record) or row.stance), {}).setdefault(_party(row), []).append(row)
    found = [_row(head, group, said_in, sides) for head, group in grouped(view, held, _claim)]
    return sorted(found, key=lambda g: (g.issue, g.holder_country or "", g.holder[:1] if g.holder_country is None else (), -g.documents, g.stance))


Sides = dict[tuple[str, str], dict[str, list[PositionRow]]]
"""(issue, side) → party → its positions there."""


def _claim(record: Record) -> Hashable:
    return claim_of(record), _side(record)


def _side(record: Record) -> str:
    """For or against what the issue's support means, "" where the words do not tell; of an issue of a user's own nothing is told."""
    if not isinstance(record, Position) or record.issue is None:
        return ""
    entry = packaged().rows.get(record.issue.id)
    return entry.side(record.stance, record.target.span.text) if entry is not None and record.target.span is not None else ""


def _row(head: dict[str, object], group: list[PositionRow], said_in: Callable[[str], Statement | None], sides: Sides) -> StandingRow:
    ranked = sorted(group, key=lambda row: _rank(row, said_in))
    best, who = ranked[0], _party(ranked[0])
    statement = said_in(best.statement_id or "")
    issue = best.issue or ""
    side = _side(best.record)
    contrary = sides.get((issue, _OTHER.get(side, "")), {})
    words = {**head, "words": best.words, "date": best.date, "via": best.via}
    return StandingRow(
        **words,  # type: ignore[arg-type]  # the columns of Group, made in one place for all groups
        holder=distinct(r.holder for r in group),
        holder_country=best.holder_country,
        issue=issue,
        issue_label=best.issue_label or "",
        stance=best.stance,
        side=side,
        target=distinct(r.target for r in ranked),
        positions=len(group),
        speaker=name_of(statement.speaker) if statement is not None else None,
        confidence=best.confidence,
        record_id=best.id,
        also=tuple(_when(of, parties[who]) for (on, of), parties in sides.items() if on == issue and of != (side or best.stance) and who in parties),
        contrary=tuple(rows[0].holder or "" for other, rows in contrary.items() if other != who),
    )


def _when(side: str, rows: list[PositionRow]) -> str:
    """A side with the first day it was taken: "against: 2031-02-01"."""
    day = min((row.date for row in rows if row.date), default="")
    return f"{side}: {day}" if day else side


def _party(row: PositionRow) -> str:
    return party(row.record.holder) if isinstance(row.record, Position) else ""


def _rank(row: PositionRow, said_in: Callable[[str], Statement | None]) -> tuple[float, ...]:
    """What makes words good evidence, the best lowest: said by the party itself, quoted, not relayed, sure, emphatic."""
    statement = said_in(row.statement_id or "")
    own = statement is not None and party(statement.speaker) == _party(row)
    quoted = (_FORMS.get(statement.form, 0) if statement is not None and own else 0) + any(mark in row.words for mark in _QUOTES)
    return (-own, -quoted, len(row.via), -row.confidence, -row.strength)


def _statements(view: View) -> Callable[[str], Statement | None]:
    """The statement with an id, None where there is none."""

    @lru_cache
    def look_up(record_id: str) -> Statement | None:
        try:
            found = view.record(record_id) if record_id else None
        except QueryError:
            return None
        return found if isinstance(found, Statement) else None

    return look_up
