"""Turns, first statements, silences and returns; what makes them real and what leaves them doubtful. And the arithmetic behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.model import Issue, Link, Reading
from onrecord.query import Filter, shifts, standing
from onrecord.query.standing import stretches
from onrecord.query.standing_evidence import Run, Track
from onrecord.query.standing_model import AGAINST, FOR, STATES, change, evidence, path, posterior, reliability, silence
from onrecord.store import View
from store.builders import document, position, who

DAM = Issue("nile-dam", "Nile dam")
OWN = Issue("own-herring", "Herring")
Report = tuple[int, str, str]
"""Day, stance, publisher."""


def told(day: int | None, stance: Any, publisher: str, *, target: str = "the Renaissance Dam", issue: Issue = DAM, sure: float = 0.9) -> Reading:
    """A report that Ruritania takes a stance, so many days after New Year (None: nobody knows when)."""
    published = None if day is None else (date(2031, 1, 1) + timedelta(days=day)).isoformat()
    doc = document(f"Ruritania on {target}: {stance}, said {publisher}.", publisher, published)
    return Reading(doc, positions=(position(doc, who(doc, "Ruritania", "RUR"), stance, target, issue, confidence=sure),))


def every(days: range, stance: str, *publishers: str, **more: Any) -> list[Reading]:
    return [told(day, stance, publisher, **more) for day in days for publisher in publishers]


BEFORE = every(range(0, 100, 25), "support", "Herald", "Wire")
CASES = {
    "two sloppy reports": ([told(0, "support", "Herald"), told(30, "oppose", "Wire")], [("for", "against", "doubtful")]),
    "one among many": ([*BEFORE, told(110, "oppose", "Echo"), *every(range(120, 200, 25), "support", "Herald")], [("for", "against", "doubtful")]),
    "three independent voices": ([*BEFORE, *every(range(110, 111), "oppose", "Echo", "Post", "Globe")], [("for", "against", "real")]),
    "one voice over three months": ([*BEFORE, *every(range(110, 200, 30), "neutral", "Echo")], [("for", "neutral", "real")]),
    "one voice thrice in a week": ([*BEFORE, *every(range(110, 114), "oppose", "Echo")], [("for", "against", "doubtful")]),
    "poorly read": ([*BEFORE, *every(range(110, 111), "oppose", "Echo", "Post", "Globe", sure=0.5)], [("for", "against", "doubtful")]),
    "who opposes what is against it": ([*BEFORE, *every(range(110, 200, 30), "oppose", "Echo", target="opposition to the Renaissance Dam")], []),
    "another question": ([*BEFORE, *every(range(110, 200, 30), "oppose", "Echo", target="Borduria")], []),
    "both on one day": ([told(0, "support", "Herald"), told(0, "oppose", "Wire")], []),
    "nothing new": (BEFORE, []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_turns(ask: Callable[..., View], name: str) -> None:
    readings, turns = CASES[name]
    rows = shifts(ask(*readings))
    assert [(r.side_before, r.side, r.verdict) for r in rows] == turns
    assert all((r.verdict == "real") == (r.probability >= 0.95) and r.since < r.until and r.id_before and r.id for r in rows)


def test_a_turn_shows_the_evidence_of_both_sides(ask: Callable[..., View]) -> None:
    after = every(range(110, 111), "oppose", "Echo", "Post", "Globe")
    (row,) = shifts(ask(*BEFORE, *after))
    assert set(row.id) == {r.positions[0].id for r in after}
    assert set(row.id_before) == {r.positions[0].id for r in BEFORE}
    assert (row.since, row.until, row.documents_before, row.documents) == ("2031-03-17", "2031-04-21", 8, 3)
    assert set(row.publisher) == {"Echo", "Post", "Globe"}


def test_copies_do_not_make_a_turn_real(ask: Callable[..., View]) -> None:
    after = every(range(110, 111), "oppose", "Echo", "Post", "Globe")
    links = tuple(Link(a.document.id, after[0].document.id, "syndicated", "positive", 1.0, "same", "test", "") for a in after[1:])
    assert [r.verdict for r in shifts(ask(*BEFORE, *after))] == ["real"]
    assert [(r.verdict, r.documents) for r in shifts(ask(*BEFORE, *after, links=links))] == [("doubtful", 1)]


def test_the_first_statement_is_real_when_it_is_not_one_reading_alone(ask: Callable[..., View]) -> None:
    once, twice = [told(0, "support", "Herald")], every(range(1), "support", "Herald", "Wire")
    assert [(r.kind, r.side, r.until, r.probability, r.verdict) for r in shifts(ask(*once), Filter(kind="first"))] == [
        ("first", "for", "2031-01-01", 0.9, "doubtful")
    ]
    assert [r.verdict for r in shifts(ask(*twice), Filter(kind="first"))] == ["real"]


def test_silence_and_return(ask: Callable[..., View]) -> None:
    spoke = every(range(0, 200, 10), "support", "Herald")
    back = every(range(600, 700, 10), "oppose", "Wire")
    others = [told(620, "support", "Herald", issue=OWN)]
    (quiet,) = shifts(ask(*spoke, *others), Filter(kind="silence", issue="nile-dam"))
    assert (quiet.since, quiet.until, quiet.side_before, quiet.side, quiet.verdict) == ("2031-07-10", "2032-09-12", "for", "", "real")
    view = ask(*spoke, *back)
    (ended,) = shifts(view, Filter(kind="silence"))
    (again,) = shifts(view, Filter(kind="return"))
    assert (ended.since, ended.until, ended.side) == (again.since, again.until, again.side) == ("2031-07-10", "2032-08-23", "against")
    assert shifts(ask(*spoke), Filter(kind="silence")) == []
    assert shifts(ask(*spoke[:4], *others), Filter(kind="silence", issue="nile-dam")) == []  # nobody knows how often it would have spoken


def test_a_kind_that_is_none_is_refused(ask: Callable[..., View]) -> None:
    with pytest.raises(QueryError, match="no shift"):
        shifts(ask(*BEFORE), Filter(kind="event"))


def test_standing_at_a_date_and_how_sure(ask: Callable[..., View]) -> None:
    view = ask(
        *BEFORE, *every(range(110, 200, 30), "oppose", "Echo", "Post"), told(150, "support", "Globe", sure=0.6), told(160, "declines-comment", "Post")
    )
    rows = {until: standing(view, Filter(until=until))[0] for until in ("2031-01-01", "2031-03", "2031-12", "2045")}
    assert [(r.side, r.since, r.otherwise) for r in rows.values()] == [
        ("for", "2031-01-01", 0), ("for", "2031-01-01", 0), ("against", "2031-04-21", 1), ("against", "2031-04-21", 1)
    ]  # fmt: skip
    assert rows["2031-12"].also == ("for: 2031-01-01", "for: 2031-05-31", "declines-comment: 2031-06-10")
    sure = [r.sure or 0 for r in rows.values()]
    assert min(sure[:2]) > 0.98 > sure[2] > sure[3]  # a voice against makes it less sure, and so do years without a word


def test_an_issue_of_ones_own_has_stances_and_no_sides(ask: Callable[..., View]) -> None:
    (row,) = standing(ask(told(0, "support", "Herald", issue=OWN), told(40, "support", "Wire", target="the quota", issue=OWN)))
    assert (row.stance, row.side, row.documents, row.contrary) == ("support", "", 2, ())


def test_what_else_a_party_holds(ask: Callable[..., View]) -> None:
    readings = [*BEFORE, told(120, "oppose", "Echo", target="Borduria"), told(None, "oppose", "Echo")]
    (row,) = standing(ask(*readings))
    assert (row.side, row.documents, row.also) == ("for", 8, ("oppose of borduria: 2031-05-01", "against"))
    (undated,) = standing(ask(told(None, "oppose", "Echo")))
    assert (undated.side, undated.since, undated.sure) == ("against", None, None)
    assert shifts(ask(told(None, "oppose", "Echo"), told(0, "support", "Herald"))) == []


def test_who_only_declines_stands_nowhere_known(ask: Callable[..., View]) -> None:
    view = ask(told(0, "declines-comment", "Herald"))
    assert [(r.stance, r.side, r.sure) for r in standing(view)] == [("declines-comment", "", None)]
    assert standing(view, Filter(stance="support")) == []


@dataclass(frozen=True)
class Shown:
    """A run of one voice."""

    value: int
    first: int
    sure: float

    @property
    def last(self) -> int:
        return self.first

    @property
    def logs(self) -> tuple[float, ...]:
        return evidence(self.value, self.sure)


RUNS = st.lists(st.builds(Shown, st.sampled_from(STATES), st.integers(730_000, 740_000), st.floats(0.4, 0.98)), min_size=1, max_size=8).map(
    lambda runs: sorted(runs, key=lambda run: run.first)
)


@given(RUNS, st.integers(0, 5000))
def test_probabilities_of_states_sum_to_one_and_fade(runs: list[Shown], later: int) -> None:
    now, then = posterior(runs, runs[-1].last), posterior(runs, runs[-1].last + later)
    assert sum(now) == pytest.approx(1) == sum(then)
    assert max(then) <= max(now) + 1e-9


@given(RUNS)
def test_a_voice_more_makes_its_stance_no_less_probable(runs: list[Shown]) -> None:
    for state in STATES:
        more = [*runs, Shown(state, runs[-1].last, 0.9)]
        assert posterior(more, more[-1].last)[state] >= posterior(runs, more[-1].last)[state] - 1e-9


@given(RUNS, st.sampled_from(STATES))
def test_a_path_ends_where_it_is_told_to(runs: list[Shown], end: int) -> None:
    found = path(runs, end)
    assert len(found) == len(runs)
    assert found[-1] == end


@given(RUNS, st.integers(0, 5000))
def test_every_stretch_has_voices_that_show_it(runs: list[Shown], later: int) -> None:
    track = Track(True, [Run(run.value, run.first, run.last, logs=list(run.logs), voices=1) for run in runs])
    parts = stretches(track, runs[-1].first + later)
    assert all(part.own for part in parts)
    assert [run for part in parts for run in part.runs] == track.runs


@given(RUNS, RUNS)
def test_the_test_of_a_change_gives_a_probability(before: list[Shown], after: list[Shown]) -> None:
    later = [Shown(run.value, run.first + 20_000, run.sure) for run in after]
    assert 0 <= change(before, later).probability <= 1


def test_one_voice_is_as_sure_as_its_reading() -> None:
    assert posterior([Shown(FOR, 730_000, 0.8)], 730_000)[FOR] == pytest.approx(0.8)
    assert [reliability(c, s) for c, s in ((1.0, 3), (0.8, 2), (0.8, 1), (0.1, 2))] == [0.98, 0.8, pytest.approx(0.72), 0.4]


def test_change_by_hand() -> None:
    """Two voices of 0.9, 30 days apart: (6 of 9 pairs of states, one of them fits both) over the three constant ones."""
    one, two = Shown(FOR, 730_000, 0.9), Shown(AGAINST, 730_030, 0.9)
    changed = (0.9 * 0.9 + 2 * 0.9 * 0.05 + 2 * 0.05 * 0.05 + 0.05 * 0.05) / 6
    same = (0.9 * 0.05 * 2 + 0.05 * 0.05) / 3
    assert change([one], [two]).factor == pytest.approx(changed / same)


def test_a_long_gap_is_a_silence_only_of_one_who_speaks_often() -> None:
    often, seldom, unsteady = (
        silence(30, 300, 3300, 200, ended=False),
        silence(6, 300, 16000, 200, ended=False),
        silence(30, 300, 60000, 200, ended=False),
    )
    assert often.probability > 0.95 > seldom.probability
    assert unsteady.probability < often.probability
