"""Who stands with whom: agreement of parties over issues, their place on the line that tells most of it, and who departs from his allies.

Made from standings of a day; the arithmetic is in ``alignment_matrix``, its meaning and limits in docs/standing.md. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.across.claims import party
from onrecord.model import Position
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import STANDING
from onrecord.query.happenings import Parties
from onrecord.query.periods import ALL, days_of, period_of
from onrecord.query.records import check_fields
from onrecord.query.rows import Flat, Names
from onrecord.query.standing_evidence import KEPT, Track
from onrecord.query.standing_model import LIKELY, STATES, posterior
from onrecord.query.standing_tracks import Held, day_of, gather, iso, state_label
from onrecord.store import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.query.alignment_matrix import Array

ALIGNMENT = (*(name for name in STANDING if name != "stance"), "period")
BLOCS = ALIGNMENT[:-1]
_ALLIES = 5
_BLOC, _SHARE = 3, 0.25
"""A party departs from its bloc on an issue where at least three allies stand somewhere and at most a quarter of them where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentRow(Flat):
    """How far two parties agree at the end of a period (``until`` its last day; "all" without one).

    ``agreement``: 1 where they stand on one side of all ``issues`` that both are known to have a stance on, -1 where on opposite ones, 0 where as
    often as not, or where one is neutral; stances count by how sure they are. ``low``, ``high``: its 95 % interval, wide for few issues; ``change``:
    since the period before. ``agree_on``, ``differ_on``: issues on which they most likely take one side, or opposite ones.
    ``id``: for each issue the position of each with the best words, up to fifty.
    """

    period: str
    actor: str
    actor_country: str | None
    other: str
    other_country: str | None
    issues: int
    agreement: float
    low: float
    high: float
    change: float | None
    agree_on: Names
    differ_on: Names
    until: str | None
    id: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocRow(Flat):
    """Where one party stands among all. ``issues``: on how many it has a known stance.

    ``place``: on the line that explains most of all stances (mean 0, spread 1; which end is which has no meaning; None for who has no known stance),
    ``allies``, ``opponents``: with whom it surely agrees or disagrees (the 95 % interval lies on one side of 0), the nearest first, each with the
    agreement. ``outliers``: issues on which it departs from its allies on the others, with its stance and how many of them take it.
    ``id``: for each issue the position with the best words.
    """

    actor: str
    actor_country: str | None
    issues: int
    place: float | None
    allies: Names
    opponents: Names
    outliers: Names
    until: str | None
    id: Names


@dataclass(frozen=True, slots=True)
class Table:
    """Stances of parties on issues on a day: the array of ``alignment_matrix``, with the keys of its rows and the ids of its columns.

    ``shown``: the position that shows a stance best, by party and issue.
    """

    parties: Sequence[str]
    issues: Sequence[str]
    stances: Array
    shown: Mapping[tuple[str, str], str]

    def evidence(self, *parties: str) -> Names:
        """The best position of these parties on each issue on which all have a known stance."""
        both = (issue for issue in self.issues if all((key, issue) in self.shown for key in parties))
        return tuple(self.shown[key, issue] for issue in both for key in parties)[:KEPT]


def alignment(view: View, wanted: Filter = EVERYTHING) -> list[AlignmentRow]:
    """How far each two parties agree over issues, the surest agreement first; with --actor, the nearest allies of one.

    With --period, at the end of each period, so that a trend shows. Positions on no known issue, and stances that reports leave open, are left out.
    """
    check_fields(wanted, ALIGNMENT, "alignment")
    names, held, chosen = _gathered(view, wanted)
    rows: list[AlignmentRow] = []
    before: dict[tuple[str, str], float] = {}
    for period, day in _ends(held, day_of(view, wanted), wanted.period):
        found = sorted(_pairs(_table(held, day), names, chosen, (period, day), before), key=lambda row: (-row.low, -row.issues, row.actor, row.other))
        rows += found
        before = {(row.actor, row.other): row.agreement for row in found}
    return rows


def blocs(view: View, wanted: Filter = EVERYTHING) -> list[BlocRow]:
    """Parties along the line that explains most of their stances, each with its allies, opponents, and issues on which it leaves its allies."""
    check_fields(wanted, BLOCS, "blocs")
    names, held, chosen = _gathered(view, wanted)
    day = day_of(view, wanted)
    rows = _blocs(_table(held, day), names, chosen, iso(day))
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.actor))


def _gathered(view: View, wanted: Filter) -> tuple[Parties, list[Held], set[str] | None]:
    """What parties are called, what all of them showed, and the parties asked for (None: all), who are compared with all others."""
    names = Parties()
    found = gather(view, replace(wanted, actor=None, period=None), parties=names)
    held = [each for each in found if each.party in names.met]  # who was not resolved is no party
    if wanted.actor is None:
        return names, held, None
    asked = view.records("position", replace(wanted, period=None))
    return names, held, {party(p.holder) for p in asked if isinstance(p, Position)}


def _ends(held: Sequence[Held], on: int, period: str | None) -> Iterator[tuple[str, int]]:
    """Each period from the first stance to the day asked about, with its last day (or that day)."""
    if period is None or period == ALL:
        yield ALL, on
        return
    day = min((track.runs[0].first for each in held if (track := _track(each)) is not None), default=on + 1)
    while day <= on:
        label = period_of(first := date.fromordinal(day).isoformat(), first, period) or ALL
        last = date.fromisoformat(days_of(label)[1]).toordinal()
        yield label, min(last, on)
        day = last + 1


def _track(held: Held) -> Track | None:
    """What a party holds on the question of the issue itself: stances on other targets compare with nobody's."""
    return held.tracks.get("")


def _table(held: Sequence[Held], day: int) -> Table:
    import numpy as np  # noqa: PLC0415 - only here are arrays wanted

    found, shown = {}, {}
    for each in held:
        track = _track(each)
        runs = [run for run in track.runs if run.first <= day] if track is not None else []
        if runs and max(sure := posterior(runs, day)) > LIKELY:
            found[each.party, each.issue] = sure
            run = next((run for run in reversed(runs) if run.value == sure.index(max(sure))), runs[-1])
            shown[each.party, each.issue] = min(run.best, key=lambda piece: piece.rank).id
    parties, issues = sorted({p for p, _ in found}), sorted({i for _, i in found})
    row, column = {p: n for n, p in enumerate(parties)}, {i: n for n, i in enumerate(issues)}
    stances = np.zeros((len(parties), len(issues), len(STATES)))
    for (who, issue), sure in found.items():
        stances[row[who], column[issue]] = sure
    return Table(parties, issues, stances, shown)


def _pairs(
    table: Table, names: Parties, chosen: set[str] | None, when: tuple[str, int], before: dict[tuple[str, str], float]
) -> Iterator[AlignmentRow]:
    from onrecord.query.alignment_matrix import agreement, interval  # noqa: PLC0415 - loads numpy

    found = agreement(table.stances)
    lows, highs = interval(found.score, found.shared)
    states = _states(table)
    called = [names.named(key) for key in table.parties]
    for one, two in _ordered(table, chosen):
        shared = int(found.shared[one, two])
        if not shared:
            continue
        score = float(found.score[one, two])
        both = [(issue, a, b) for issue, a, b in zip(table.issues, states[one], states[two], strict=True) if a is not None and b is not None]
        past = before.get((called[one][0], called[two][0]))
        yield AlignmentRow(
            period=when[0],
            actor=called[one][0],
            actor_country=called[one][2],
            other=called[two][0],
            other_country=called[two][2],
            issues=shared,
            agreement=round(score, 3),
            low=round(float(lows[one, two]), 3),
            high=round(float(highs[one, two]), 3),
            change=None if past is None else round(score - past, 3),
            agree_on=tuple(issue for issue, a, b in both if a == b),
            differ_on=tuple(issue for issue, a, b in both if {a, b} == {0, 1}),
            until=iso(when[1]),
            id=table.evidence(table.parties[one], table.parties[two]),
        )


def _ordered(table: Table, chosen: set[str] | None) -> Iterator[tuple[int, int]]:
    """Each pair of rows once; one that was asked for stands first."""
    for one, first in enumerate(table.parties):
        for two in range(one + 1, len(table.parties)):
            if chosen is None or first in chosen:
                yield one, two
            elif table.parties[two] in chosen:
                yield two, one


def _states(table: Table) -> list[list[int | None]]:
    """The likeliest state of each party on each issue, None where it is unknown."""
    return [[int(sure.argmax()) if sure.any() else None for sure in row] for row in table.stances]


def _blocs(table: Table, names: Parties, chosen: set[str] | None, until: str | None) -> Iterator[BlocRow]:
    from onrecord.query.alignment_matrix import agreement, allies_elsewhere, first_dimension, interval  # noqa: PLC0415 - loads numpy

    if not table.parties:
        return
    places, found, states = first_dimension(table.stances), agreement(table.stances), _states(table)
    lows, highs = interval(found.score, found.shared)
    called = [names.named(key) for key in table.parties]
    for one, key in enumerate(table.parties):
        if chosen is not None and key not in chosen:
            continue
        others = [two for two in range(len(table.parties)) if two != one]
        allies = sorted((two for two in others if lows[one, two] > 0), key=lambda two: -lows[one, two])
        opponents = sorted((two for two in others if highs[one, two] < 0), key=lambda two: highs[one, two])
        yield BlocRow(
            actor=called[one][0],
            actor_country=called[one][2],
            issues=sum(state is not None for state in states[one]),
            place=round(float(places[one]), 3),
            allies=tuple(f"{called[two][0]} {found.score[one, two]:+.2f}" for two in allies[:_ALLIES]),
            opponents=tuple(f"{called[two][0]} {found.score[one, two]:+.2f}" for two in opponents[:_ALLIES]),
            outliers=tuple(_outliers(table, states, one, allies_elsewhere(table.stances, one))),
            until=until,
            id=table.evidence(key),
        )


def _outliers(table: Table, states: Sequence[Sequence[int | None]], one: int, allied: NDArray[np.bool_]) -> Iterator[str]:
    """The issues on which a party departs from its allies on all others: "nile-dam: against, as 1 of 5 allies"."""
    for column, issue in enumerate(table.issues):
        own = states[one][column]
        theirs = [state for two in map(int, allied[:, column].nonzero()[0]) if (state := states[two][column]) is not None]
        alike = sum(state == own for state in theirs)
        if own is not None and len(theirs) >= _BLOC and alike <= _SHARE * len(theirs):
            yield f"{issue}: {state_label(issue, own)}, as {alike} of {len(theirs)} allies"
