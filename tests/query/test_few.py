"""A question about few records looks at few links; it must find what a look at all of them finds. On a small store of made-up news."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.query import QUERIES, Filter, events, records
from onrecord.store import View, open_store

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.desk_store import fill


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = tmp_path_factory.mktemp("news") / "s.onrecord"
    fill(path, 2_000, days=10)
    with open_store(path) as store:
        assert store.check() == []
        with store.writer() as writer, writer.linking() as linking:
            assert linking.unlinked(1) == []
        with store.view() as view:
            yield view


@pytest.mark.parametrize("query", ["dyads", "network", "wordings"])
@pytest.mark.parametrize("wanted", [{"actor": "USA"}, {"text": "in"}, {"publisher": "nobody"}], ids=str)
def test_few_links_tell_what_all_tell(news: View, query: str, wanted: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    few = list(QUERIES[query].function(news, Filter(**wanted)))  # type: ignore[arg-type]
    monkeypatch.setattr(records, "_CHOOSING", ())
    assert few == list(QUERIES[query].function(news, Filter(**wanted)))  # type: ignore[arg-type]
    assert bool(few) == ("publisher" not in wanted)


def test_conversations_of_some_are_among_those_of_all(news: View) -> None:
    every, some = (list(QUERIES["threads"].function(news, wanted)) for wanted in (Filter(), Filter(actor="USA")))
    own = {row.thread for row in some}  # type: ignore[attr-defined]
    assert some and some == [row for row in every if row.thread in own]  # type: ignore[attr-defined]


def test_pages_of_events_make_up_the_whole_whatever_is_told_twice(news: View) -> None:
    whole = [row.id for row in events(news, Filter(actor="USA"))]
    found: list[str] = []
    while page := [row.id for row in events(news, Filter(actor="USA", limit=7, after=found[-1] if found else None))]:
        found += page
    assert found == whole
