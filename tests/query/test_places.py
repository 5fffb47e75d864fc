"""Where it happened: each happening at one place, those without a place counted too."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Place, Reading
from onrecord.query import Filter
from onrecord.query.places import PlaceRow, places
from query.acts import same, told, viewed

HARBOUR = Place(None, "Straits Harbour", "made:1", "RUR", 10.0, 20.0, "city")
RURITANIA = Place(None, "Ruritania", "made:2", "RUR", 11.0, 21.0, "country")
ELSEWHERE = Place(None, "Nowhere-on-Sea")


def told_at(place: Place | None, number: int = 0, *, day: str = "2031-05-04", code: str = "ASSAULT", **more: Any) -> Reading:
    return told(day, ["RUR"], code, ["BOR"], number=number, place=place, **more)


def at(rows: list[PlaceRow]) -> list[tuple[str | None, int]]:
    return [(row.place, row.events) for row in rows]


def test_the_most_events_come_first_and_those_without_a_place_last() -> None:
    world = [*(told_at(None, n) for n in range(3)), told_at(ELSEWHERE, 4), told_at(HARBOUR, 5), told_at(HARBOUR, 6, day="2031-06-01", code="AID")]
    with viewed(*world) as view:
        rows = places(view)
    assert at(rows) == [("Straits Harbour", 2), ("Nowhere-on-Sea", 1), (None, 3)]
    harbour, elsewhere, nowhere = rows
    assert (harbour.place_id, harbour.country, harbour.precision, harbour.lat, harbour.lon) == ("made:1", "RUR", "city", 10.0, 20.0)
    assert (harbour.since, harbour.until, harbour.conflict, harbour.cooperation) == ("2031-05-04", "2031-06-01", 0.5, 0.5)
    assert sorted(harbour.type) == ["AID", "ASSAULT"]
    assert harbour.latest == (world[5].events[0].id, world[4].events[0].id)
    assert (elsewhere.lat, elsewhere.country, nowhere.place_id) == (None, None, None)


def test_what_is_told_several_times_happened_once_where_most_say_and_of_equals_where_it_is_exact() -> None:
    tellings = [told_at(RURITANIA, 1), told_at(HARBOUR, 2), told_at(None, 3)]
    with viewed(*tellings, links=same(*tellings)) as view:
        (row,) = places(view)
    assert (row.place, row.events, row.mentions, row.documents) == ("Straits Harbour", 1, 3, 3)
    tellings.append(told_at(RURITANIA, 4))
    with viewed(*tellings, links=same(*tellings)) as view:
        assert at(places(view)) == [("Ruritania", 1)]


def test_only_what_happened_counts_unless_another_status_is_asked_for() -> None:
    with viewed(told_at(HARBOUR, 1), told_at(HARBOUR, 2, status="future"), told_at(HARBOUR, 3, status="negated")) as view:
        assert at(places(view)) == [("Straits Harbour", 1)]
        assert at(places(view, Filter(status="future"))) == [("Straits Harbour", 1)]


def test_what_is_told_as_past_did_not_happen_on_the_day_of_the_paper() -> None:
    with viewed(told_at(HARBOUR, 1, status="historical", dated=False), told_at(RURITANIA, 2, dated=False)) as view:
        days = {row.place: row.since for row in places(view)}
    assert days == {"Straits Harbour": None, "Ruritania": "2031-05-04"}


@settings(max_examples=25, deadline=None)
@given(where=st.lists(st.sampled_from((HARBOUR, RURITANIA, ELSEWHERE, None)), max_size=12), linked=st.integers(0, 5))
def test_every_happening_is_at_one_place(where: list[Place | None], linked: int) -> None:
    world = [told_at(place, n) for n, place in enumerate(where)]
    together = world[:linked] if linked > 1 else []
    with viewed(*world, links=same(*together) if len(together) > 1 else ()) as view:
        rows = places(view)
    assert sum(row.events for row in rows) == len(world) - max(0, len(together) - 1)
    assert sum(row.mentions for row in rows) == len(world)
    assert all(row.place is not None for row in rows[:-1])
