"""Who else says so: which records make the claim of one record, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.across.claims import claim_of
from onrecord.errors import QueryError
from onrecord.model import Event, Link, Reading, Statement
from onrecord.query import QUERIES, Filter, corroboration, events, statements, timeline
from onrecord.store import View, open_store
from store.builders import document, event, sample, statement, who


@pytest.fixture(scope="module")
def samples_view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_store(tmp_path_factory.mktemp("corroboration") / "s", create=True) as store:
        with store.writer() as w:
            for n in range(60):
                w.add(sample(n), f"{n}")
        with store.view() as view:
            yield view


def test_no_record_with_the_same_claim_is_missed(samples_view: View) -> None:
    records = list(samples_view.records())
    for record in records:
        claim = None if isinstance(record, Event | Statement) else claim_of(record)
        same = {r.id for r in records if claim is not None and claim_of(r) == claim} or {record.id}
        rows = corroboration(samples_view, Filter(record_id=record.id))
        assert {r.id for r in rows} == same
        assert len({r.independent for r in rows}) == 1
        assert rows[0].independent <= len({r.document_id for r in rows})


def test_it_wants_to_know_of_what(samples_view: View) -> None:
    with pytest.raises(QueryError, match="of what"):
        corroboration(samples_view)


def test_events_and_statements_are_one_where_links_say_so(tmp_path: Path) -> None:
    def told(publisher: str, via: tuple[str, ...] = ()) -> Reading:
        doc = document(f"{publisher}: Borduria struck Syldavia, and Ana Lund said that the rules held", publisher)
        relays = tuple(who(None, None, name) for name in via)
        struck = event(doc, [who(doc, "Borduria", "BOR")], "ASSAULT", "struck", [who(doc, "Syldavia", "SYL")], via=relays)
        return Reading(doc, statements=(statement(doc, who(doc, "Ana Lund", "Lund"), "the rules held", via=relays),), events=(struck,))

    one, two, three, other = told("Herald"), told("Gazette", ("BorTV",)), told("Echo", ("BorTV",)), told("Quay Post")
    with open_store(tmp_path / "linked", create=True) as store:
        with store.writer() as w:
            for each in (one, two, three, other):
                w.add(each, each.document.id)
            for each in (two, three):
                w.link(Link(each.events[0].id, one.events[0].id, "same-event", "positive", 0.9, "", "test", ""))
                w.link(Link(each.statements[0].id, one.statements[0].id, "same-statement", "positive", 0.9, "", "test", ""))
        with store.view() as view:
            for record in (one.events[0], one.statements[0]):
                rows = corroboration(view, Filter(record_id=record.id))
                assert sorted((r.publisher, r.voice, r.voice_kind, r.heard) for r in rows) == [
                    ("Echo", "Borduria Television", "relay", 2),
                    ("Gazette", "Borduria Television", "relay", 2),
                    ("Herald", "Herald", "publisher", 1),
                ]
                assert {(r.independent, r.record_id) for r in rows} == {(2, record.id)}
            (alone,) = corroboration(view, Filter(record_id=other.events[0].id))
            assert (alone.voice, alone.independent) == ("Quay Post", 1)
            several = Filter(corroboration=2)
            assert {row.id for row in statements(view, several)} == {each.statements[0].id for each in (one, two, three)}
            assert {row.id for row in timeline(view, several)} == {r.id for each in (one, two, three) for r in (each.events[0], each.statements[0])}
            assert [row.mentions for row in events(view, several)] == [3], "one happening, one row"
            assert list(timeline(view, Filter(corroboration=3))) == []


@pytest.mark.parametrize("least", [0, 1, 2, 3])
@pytest.mark.parametrize("query", ["timeline", "statements", "positions", "relations"])
def test_the_filter_lets_through_what_so_many_voices_tell(samples_view: View, query: str, least: int) -> None:
    every = [row.id for row in QUERIES[query].function(samples_view, Filter())]  # type: ignore[attr-defined]
    told = {i for i in every if corroboration(samples_view, Filter(record_id=i))[0].independent >= least}
    found = [row.id for row in QUERIES[query].function(samples_view, Filter(corroboration=least))]  # type: ignore[attr-defined]
    assert found == [i for i in every if i in told]
    if least == 2:
        pages = [row.id for row in QUERIES[query].function(samples_view, Filter(corroboration=2, limit=4))]  # type: ignore[attr-defined]
        assert pages == found[:4]
        if len(found) > 4:
            assert next(iter(QUERIES[query].function(samples_view, Filter(corroboration=2, after=found[3])))).id == found[4]  # type: ignore[attr-defined]
