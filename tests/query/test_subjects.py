"""What a store tells of, counted: nothing is counted twice or left out, and an actor is found as every other query finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from onrecord.query import Filter, actors, events, issues, positions, statements, timeline
from onrecord.query.latest import latest
from onrecord.store import View, open_store
from store.builders import key_of, sample


def _set(wanted: Filter) -> str:
    return " ".join(f"{name}={value}" for name, value in asdict(wanted).items() if value is not None)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path: Path = tmp_path_factory.mktemp("subjects") / "store"
    with open_store(path, create=True) as store:
        with store.writer() as writer:
            for number in range(60):
                writer.add(sample(number), key_of(sample(number)))
        with store.view() as opened:
            yield opened


@pytest.mark.parametrize(
    "wanted", [Filter(), Filter(since="2031-03"), Filter(publisher="North Wire"), Filter(confidence=0.6), Filter(actor="RUR")], ids=_set
)
def test_an_issue_has_as_many_positions_as_the_query_of_positions_finds(view: View, wanted: Filter) -> None:
    rows = issues(view, wanted)
    held = [row for row in positions(view, wanted) if row.issue]
    assert {row.issue for row in rows} == {row.issue for row in held}
    for row in rows:
        own = [p for p in held if p.issue == row.issue]
        assert row.positions == len(own) == row.favour + row.against + row.neutral + row.untold + row.declined
        assert row.neutral == sum(p.stance == "neutral" for p in own)
        assert 1 <= row.holders <= len({p.holder for p in own})
        assert row.id in {p.id for p in own}
        assert row.words in {p.words for p in own}
    assert [row.positions for row in rows] == sorted((row.positions for row in rows), reverse=True)


def test_an_actor_has_as_many_records_as_its_id_finds(view: View) -> None:
    rows, total = actors(view), len(list(timeline(view)))
    assert {row.actor_id for row in rows} == {"Q1", "Q2", "Q3", "Q4", "or:celik", "Q6", "Q7"}
    for row in rows:
        found = list(timeline(view, Filter(actor=row.actor_id)))
        assert row.records == len(found) == row.statements + row.events + row.positions + row.relations
        assert row.share == pytest.approx(row.records / total, abs=1e-6)
        assert row.id in {r.id for r in found}
        assert row.statements == len(list(statements(view, Filter(actor=row.actor_id))))


@pytest.mark.parametrize(
    ("term", "ids"),
    [
        ("RUR", {"Q1", "Q4"}), ("rur", {"Q1", "Q4"}), ("Ruritania", {"Q1", "Q4"}), ("Q1", {"Q1"}), ("Ana Lund", {"Q4"}), ("omer celik", {"or:celik"}),
        ("Straits", {"Q6"}), ("Lund", {"Q4"}), ("BOR", {"Q2", "or:celik", "Q7"}), ("nobody", set()),
    ],
)  # fmt: skip
def test_an_actor_is_found_as_everywhere(view: View, term: str, ids: set[str]) -> None:
    assert {row.actor_id for row in actors(view, Filter(actor=term))} == ids


def test_who_is_acted_on_is_counted_apart(view: View) -> None:
    row = next(row for row in actors(view) if row.actor_id == "Q3")
    on_it = [r for r in timeline(view) if "Syldavia" in r.about and "Syldavia" not in r.actor and r.kind in ("statement", "event", "position")]
    assert row.received == len(on_it)


@pytest.mark.parametrize("count", [1, 3, 500])
@pytest.mark.parametrize("wanted", [Filter(), Filter(until="2031-05"), Filter(since="2031-04", until="2031-06"), Filter(actor="BOR")], ids=_set)
def test_the_latest_are_the_end_of_the_list(view: View, count: int, wanted: Filter) -> None:
    everything = list(statements(view, replace(wanted, until=wanted.until or "2031-12")))
    assert [row.id for row in latest(view, statements, wanted, count)] == [row.id for row in reversed(everything)][:count]


def test_there_is_no_latest_in_an_empty_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty", create=True) as store, store.view() as view:
        assert latest(view, events, Filter(), 5) == []
        assert (issues(view), actors(view)) == ([], [])
