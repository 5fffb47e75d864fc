"""How much there is when: nothing is counted twice, nothing is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.query import Filter
from onrecord.query.course import course
from onrecord.query.periods import PERIODS, days_of
from onrecord.query.records import timeline
from onrecord.store import View
from query.acts import told, viewed
from store.builders import sample


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with viewed(*(sample(n) for n in range(12))) as view:
        yield view


@settings(max_examples=60, deadline=None)
@given(
    period=st.sampled_from((None, *PERIODS)),
    kind=st.sampled_from((None, "statement", "event", "position", "relation")),
    actor=st.sampled_from((None, "Ruritania", "BOR", "nobody")),
    since=st.sampled_from((None, "2030", "2031-05")),
    text=st.sampled_from((None, "harbour")),
    corroboration=st.sampled_from((None, 1, 2)),
)
def test_the_counts_are_those_of_the_timeline(view: View, **asked: str | None) -> None:
    wanted = Filter(**asked)  # type: ignore[arg-type]
    rows = course(view, wanted)
    expected = Counter(row.kind for row in timeline(view, Filter(**{k: v for k, v in asked.items() if k != "period"})))  # type: ignore[arg-type]
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.kind] += row.records
        assert (row.since or "", row.until or "") == (days_of(row.period) if row.period else ("", ""))
    assert counted == expected
    assert len({(row.period, row.kind) for row in rows}) == len(rows)


def test_what_is_dated_less_closely_is_in_no_period() -> None:
    world = [told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"]), told("2031-05-05", ["RUR"], "ASSAULT", ["BOR"]), told("2031", ["RUR"], "AID", ["BOR"])]
    with viewed(*world) as view:
        assert [(r.period, r.records) for r in course(view, Filter(period="month"))] == [("2031-05", 2), (None, 1)]
        assert [(r.period, r.records) for r in course(view, Filter(period="day"))] == [("2031-05-04", 1), ("2031-05-05", 1), (None, 1)]
        assert [(r.period, r.records) for r in course(view)] == [("all", 3)]


def test_a_kind_that_records_have_not_is_refused(view: View) -> None:
    with pytest.raises(QueryError, match="kind"):
        course(view, Filter(kind="silence"))
    with pytest.raises(QueryError, match="kind"):
        list(timeline(view, Filter(kind="change")))
