"""Newest first: every list is exactly the other way round, page by page too, whatever is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.query import QUERIES, Filter, events, search, timeline
from onrecord.store import View, open_store
from onrecord.store.days import days
from store.builders import key_of, sample

LISTS = ("statements", "positions", "events", "relations", "timeline", "documents")
READINGS = [sample(n) for n in range(24)]
EVENTS = [e for reading in READINGS for e in reading.events]
FILTERS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "actor": st.sampled_from(["Borduria", "BOR", "Ana Lund"]),
        "text": st.sampled_from(["harbour", '"must stay"']),
        "since": st.sampled_from(["2030-11", "2031-05-03"]),
        "until": st.sampled_from(["2031-05-03", "2032"]),
        "publisher": st.sampled_from(["Straits Herald", "nobody"]),
        "corroboration": st.sampled_from([1, 2]),
    },
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_store(tmp_path_factory.mktemp("order") / "s", create=True) as store:
        with store.writer() as w:
            for reading in READINGS:
                w.add(reading, key_of(reading))
            for one, other in zip(EVENTS[::3], EVENTS[1::3], strict=False):  # happenings that several reports tell of
                w.link(Link(one.id, other.id, "same-event", "positive", 0.9, "", "test", ""))
        with store.view() as opened:
            yield opened


def ids(rows: Iterable[Any]) -> list[str]:
    return [row.id for row in rows]


def paged(ask: Callable[[Filter], Iterable[Any]], wanted: Filter, size: int) -> list[str]:
    """The ids of all pages, each asked behind the last row of the one before."""
    found: list[str] = []
    while page := ids(ask(replace(wanted, limit=size, after=found[-1] if found else None))):
        found += page
    return found


@pytest.mark.parametrize("name", LISTS)
def test_the_newest_first_is_the_oldest_first_turned_round(view: View, name: str) -> None:
    query = QUERIES[name]

    @settings(max_examples=40, deadline=None)
    @given(given=FILTERS, size=st.integers(1, 7))
    def turned(given: dict[str, Any], size: int) -> None:
        wanted = Filter(**{field: value for field, value in given.items() if field in query.fields})
        forward: list[str] = ids(query.function(view, replace(wanted, order="oldest")))  # type: ignore[arg-type]
        assert forward == ids(query.function(view, wanted))
        newest = replace(wanted, order="newest")
        assert ids(query.function(view, newest)) == forward[::-1]
        assert paged(lambda asked: query.function(view, asked), newest, size) == forward[::-1]

    turned()


def test_a_happening_stands_where_it_stands(view: View) -> None:
    rows = list(events(view, Filter(order="newest")))
    assert any(row.mentions > 1 for row in rows)
    assert [(row.id, row.also_id) for row in rows] == [(row.id, row.also_id) for row in events(view)][::-1]


def test_words_are_found_from_the_other_end(view: View) -> None:
    found = ids(search(view, Filter(text="harbour")))
    assert ids(search(view, Filter(text="harbour", order="newest"))) == found[::-1]
    assert ids(search(view, Filter(text="harbour", order="newest", limit=3))) == found[::-1][:3]


def test_what_has_no_date_comes_last(view: View) -> None:
    found = [days(row.record.date, row.published)[0] for row in timeline(view, Filter(order="newest"))]
    assert found == sorted(found, reverse=True)
    assert (found[0] > "2030", found[-1]) == (True, "")
    assert Filter(order="NEWEST").order == "newest"
    with pytest.raises(QueryError, match="order"):
        Filter(order="best")


@pytest.mark.parametrize("name", sorted(set(QUERIES) - {*LISTS, "search"}))
def test_what_is_counted_or_compared_has_no_order_to_turn(name: str) -> None:
    assert "order" not in QUERIES[name].fields
