"""Changes: a party turns on an issue, speaks on it for the first time, falls silent, speaks again. Each with a test of whether it is real.

What the tests compute is in ``standing_model``; what they cannot tell, in docs/standing.md. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from onrecord.errors import QueryError
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import STANDING, distinct
from onrecord.query.records import check_fields
from onrecord.query.rows import Flat, Names
from onrecord.query.standing import Stretch, stretches
from onrecord.query.standing_evidence import KEPT, Gap, Piece, Run, Track
from onrecord.query.standing_model import LIKELY, NEUTRAL, Tested, change, excursion, posterior, silence
from onrecord.query.standing_tracks import Held, day_of, gather, iso, label
from onrecord.store import View

Kind = Literal["change", "first", "silence", "return"]
SHIFTS = (*STANDING, "kind")
_TESTS: Mapping[Kind, str] = {"change": "Bayes factor", "first": "posterior", "silence": "gap", "return": "gap"}
_OFTEN = 5
"""Gaps between occasions from which on how often a party speaks is known well enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow(Flat):
    """What changed between the days ``since`` (the last before) and ``until`` (the first after; of a silence that lasts, the day asked about).

    ``kind``: change, first, silence, return. ``side_before``, ``side``: for, against, neutral, or the stance where the words tell no side.
    ``probability`` (0 to 1) that it happened, by ``test``: Bayes factor (change), posterior (first), gap (silence, return); ``factor``: how many
    times better the evidence fits it than that nothing happened, without the prior. ``verdict``: real from 0.95 on, else doubtful.
    ``documents_before``, ``documents``: independent voices; ``id_before``, ``id``: the positions, up to fifty each; ``words`` the surest of them.
    """

    kind: Kind
    holder: Names
    holder_country: str | None
    issue: str
    issue_label: str
    side_before: str
    side: str
    stance_before: Names
    stance: Names
    since: str | None
    until: str | None
    test: str
    factor: float | None
    probability: float
    verdict: Literal["real", "doubtful"]
    documents_before: int
    documents: int
    id_before: Names
    id: Names
    words_before: str
    words: str
    publisher: Names
    via: Names


def shifts(view: View, wanted: Filter = EVERYTHING) -> list[ShiftRow]:
    """What changed: who turned on which issue, when, and whether that is real or a matter of sloppy reports.

    Changes of stance; with --kind first statements, silences or returns from one. Real ones come first. Positions of unknown date tell nothing.
    """
    check_fields(wanted, SHIFTS, "shifts")
    kind = wanted.kind or "change"
    if kind not in _KINDS:
        raise QueryError(f"kind: no shift is a {kind}", hint="one of " + ", ".join(_KINDS))
    found = gather(view, replace(wanted, kind=None), lambda gap: _silence(gap, ended=True).probability > LIKELY)
    on = day_of(view, wanted)
    rows = [row for held in found for row in _KINDS[kind](held, on)]
    return sorted(rows, key=_order)


def _order(row: ShiftRow) -> tuple[bool, float, str, str, Names, str, str]:
    """Real ones by issue, party and time; then the doubtful, the likeliest first."""
    doubtful = row.verdict == "doubtful"
    return (doubtful, -row.probability if doubtful else 0, row.issue, row.holder_country or "", row.holder, row.since or "", row.until or "")


def _changes(held: Held, _: int) -> Iterator[ShiftRow]:
    for track in held.tracks.values():
        parts = stretches(track)
        for one, two in pairwise(parts):
            yield from _between(held, track, one.own, two.own, change(one.runs, two.runs))
        for part in parts:
            yield from _excursions(held, track, part)


def _excursions(held: Held, track: Track, part: Stretch) -> Iterator[ShiftRow]:
    """What voices within a stretch say otherwise: turns that are most likely none."""
    following: list[Run | None] = [None]
    for run in reversed(part.runs):
        following.append(run if run.value == part.state else following[-1])
    before: Run | None = None
    for run, after in zip(part.runs, reversed(following[:-1]), strict=True):
        if run.value == part.state:
            before = run
        else:
            one, two = ([before], [run]) if before is not None else ([run], [after] if after is not None else [])
            yield from _between(held, track, one, two, excursion(before, run, after, part.state))


def _between(held: Held, track: Track, before: Sequence[Run], after: Sequence[Run], tested: Tested) -> Iterator[ShiftRow]:
    """The row of a turn; none where both stances are of one day."""
    if before and after and before[-1].last < after[0].first:
        yield _row(held, "change", tested, (before, after), (track.label(before[0].value), track.label(after[0].value)))


def _first(held: Held, _: int) -> Iterator[ShiftRow]:
    main = held.main()
    if main is None or not held.tracks:
        return
    run = stretches(main[1])[0].own[0]
    tested = Tested(0.0, posterior([run], run.last)[run.value])
    yield replace(_row(held, "first", tested, ((), [run]), ("", main[1].label(run.value))), factor=None)


def _silences(held: Held, on: int) -> Iterator[ShiftRow]:
    gap = held.talk.gap(on)
    last = [gap] if gap is not None and gap.end > gap.start and _silence(gap, ended=False).probability > LIKELY else []
    for found in (*held.talk.long, *last):
        yield _around(held, "silence", found)


def _returns(held: Held, _: int) -> Iterator[ShiftRow]:
    return (_around(held, "return", gap) for gap in held.talk.long)


_KINDS: Mapping[str, Callable[[Held, int], Iterator[ShiftRow]]] = {"change": _changes, "first": _first, "silence": _silences, "return": _returns}


def _silence(gap: Gap, *, ended: bool) -> Tested:
    return silence(gap.gaps, gap.total, gap.squares, gap.end - gap.start, ended=ended) if gap.gaps >= _OFTEN else Tested(0.0, 0.0)


def _around(held: Held, kind: Kind, gap: Gap) -> ShiftRow:
    """The row of a gap: the words before it and, where it ended, those after it."""
    after = [_alone(gap.after)] if gap.after is not None else []
    sides = (label(held.issue, gap.before), label(held.issue, gap.after) if gap.after is not None else "")
    row = _row(held, kind, _silence(gap, ended=gap.after is not None), ([_alone(gap.before)], after), sides)
    return replace(row, since=iso(gap.start), until=iso(gap.end))


def _alone(piece: Piece) -> Run:
    """A run of one position, whose value nothing asks for."""
    day = date.fromisoformat(piece.day).toordinal()
    run = Run(NEUTRAL, day, day, voices=1)
    run.keep(piece)
    return run


def _row(held: Held, kind: Kind, tested: Tested, runs: tuple[Sequence[Run], Sequence[Run]], sides: tuple[str, str]) -> ShiftRow:
    before, after = runs
    words_before, words = (min((p for run in runs for p in run.best), key=lambda p: p.rank, default=None) for runs in (before, after))
    shown = words or words_before
    return ShiftRow(
        kind=kind,
        holder=distinct(name for run in (*before, *after) for name in run.holders),
        holder_country=shown.country if shown else None,
        issue=held.issue,
        issue_label=held.label,
        side_before=sides[0],
        side=sides[1],
        stance_before=distinct(name for run in before for name in run.stances),
        stance=distinct(name for run in after for name in run.stances),
        since=iso(before[-1].last) if before else None,
        until=iso(after[0].first) if after else None,
        test=_TESTS[kind],
        factor=_rounded(tested.factor),
        probability=round(tested.probability, 4),
        verdict="real" if tested.real else "doubtful",
        documents_before=sum(run.voices for run in before),
        documents=sum(run.voices for run in after),
        id_before=_ids(before),
        id=_ids(after),
        words_before=words_before.words if words_before else "",
        words=words.words if words else "",
        publisher=distinct(name for run in after for name in run.publishers),
        via=words.via if words else (),
    )


def _ids(runs: Iterable[Run]) -> Names:
    return tuple(i for run in runs for i in run.ids)[:KEPT]


def _rounded(factor: float) -> float:
    """Four digits; what is too large for a number of most programs is cut to 1e300, since JSON knows no infinity."""
    return float(f"{min(factor, 1e300):.4g}")
