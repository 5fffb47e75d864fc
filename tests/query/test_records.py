"""Queries that answer with records: what a row holds, how filters meet it, how words are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import QueryError
from onrecord.model import Place, Reading, RecordDate, Span, to_dict
from onrecord.query import Filter, documents, events, positions, relations, search, show, sources, statements, suggestions, timeline
from onrecord.store import View, open_store
from store.builders import document, event, position, relation, span, statement, who

ONE = (
    "Talks in the strait\n\nBorduria TV reported that Ana Lund said she backs the new harbour rules.\n"
    "Syldavia’s convoy 🚢 was struck by Borduria near Port Anna.\n\nRuritania and Syldavia are allies."
)


def first(rows: Iterable[Any]) -> Any:
    return next(iter(rows))


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """Two reports: one with every kind of record, one undated and with nobody known in it."""
    one = document(ONE, "North Wire", "2031-05-04T09:00Z", title="Strait talks", url="https://example.org/1", credits=("Agency",))
    lund, relay = who(one, "Ana Lund", "Lund"), who(one, "Borduria TV", "BorTV")
    outer = statement(one, relay, "Ana Lund said she backs the new harbour rules", cue=span(one, "reported that"))
    said = statement(one, lund, "she backs the new harbour rules", cue=span(one, "said"), nested_in=outer.id, statement_id=outer.id, via=(relay,))
    held = position(one, lund, "support", "the new harbour rules", None, statement_id=said.id, record_id=said.id, via=(relay,), strength=3)
    struck = event(
        one, [who(one, "Borduria ", "BOR")], "ASSAULT", "struck", [who(one, "Syldavia", "SYL"), who(one, "convoy")],
        mode="attack", contexts=("military",), quad=4, intensity=-9.5,
        place=Place(span(one, "Port Anna"), "Port Anna", "Q99", "BOR", 1.0, 2.0, "city"),
        date=RecordDate("2031-05-03", "2031-05-03", "day", "text"),
    )  # fmt: skip
    allied = relation(one, who(one, "Ruritania", "RUR"), "alliance", who(one, "Syldavia", "SYL"), "Ruritania and Syldavia are allies", directed=False)
    two = document("They rejected the rules, the envoys said.", None, None)
    unknown = statement(two, who(two, "the envoys"), "They rejected the rules", form="direct", confidence=0.9)
    path = tmp_path_factory.mktemp("query") / "s.onrecord"
    with open_store(path, create=True) as store:
        with store.writer() as w:
            w.add(Reading(one, (outer, said), (struck,), (held,), (allied,), mentions=(lund, relay)), "1")
            w.add(Reading(two, (unknown,)), "2")
        with store.view() as snapshot:
            yield snapshot


def test_a_statement_row(view: View) -> None:
    row = first(statements(view, Filter(actor="Lund")))
    expected = {
        "kind": "statement", "date": "2031-05-04", "date_basis": "publication", "publisher": "North Wire", "via": "Borduria Television",
        "words": "she backs the new harbour rules", "title": "Strait talks", "url": "https://example.org/1",
        "speaker": "Ana Lund", "speaker_id": "Q4", "speaker_country": "RUR", "cue": "said",
        "content": "she backs the new harbour rules", "form": "indirect", "addressees": "",
    }  # fmt: skip
    flat = row.flat()
    assert {name: flat[name] for name in expected} == expected
    assert ONE[row.start : row.end] == row.words


def test_an_event_row(view: View) -> None:
    row = first(events(view))
    assert (row.date, row.date_basis) == ("2031-05-03", "text")
    assert (row.actors, row.actors_id, row.actors_country) == (("Borduria",), ("Q2",), ("BOR",))
    assert (row.recipients, row.recipients_id) == (("Syldavia", "convoy"), ("Q3", ""))
    assert row.flat()["recipients"] == "Syldavia; convoy"
    assert (row.type, row.mode, row.contexts, row.place, row.quad, row.intensity) == ("ASSAULT", "attack", ("military",), "Port Anna", 4, -9.5)


def test_a_position_row_and_a_relation_row(view: View) -> None:
    held, tie = first(positions(view)), first(relations(view))
    assert (held.holder, held.stance, held.issue, held.target, held.strength) == ("Ana Lund", "support", None, "the new harbour rules", 3)
    assert (tie.subject, tie.type, tie.object, tie.directed, tie.status) == ("Ruritania", "alliance", "Syldavia", False, "current")


def test_one_that_is_not_resolved_shows_its_words_and_has_no_id(view: View) -> None:
    row = first(statements(view, Filter(form="direct")))
    assert (row.speaker, row.speaker_id, row.publisher, row.date, row.date_basis) == ("the envoys", None, None, None, "none")


def test_json_is_the_whole_record_with_its_document(view: View) -> None:
    for row in timeline(view):
        full = row.full()
        assert {name: full[name] for name in to_dict(row.record)} == to_dict(row.record)
        assert {"publisher", "published", "title", "url"} <= set(full)


def test_the_timeline_has_every_kind_by_date(view: View) -> None:
    assert [(r.date, r.kind) for r in timeline(view)] == [
        (None, "statement"), ("2031-05-03", "event"), ("2031-05-04", "statement"), ("2031-05-04", "statement"), ("2031-05-04", "position"),
        ("2031-05-04", "relation"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "wanted", "count"),
    [
        (statements, {"via": "Borduria Television"}, 1), (statements, {"about": "harbour"}, 2), (statements, {"confidence": 0.8}, 1),
        (events, {"about": "SYL"}, 1), (events, {"actor": "SYL"}, 0), (events, {"status": "Actual"}, 1), (events, {"since": "2031-05-04"}, 0),
        (positions, {"stance": "SUPPORT", "about": "rules"}, 1), (relations, {"actor": "SYL"}, 1),
        (relations, {"type": "Alliance", "about": "RUR"}, 1),
        (timeline, {"publisher": "north wire"}, 5), (timeline, {"text": "harbour"}, 3), (documents, {"actor": "Lund"}, 1), (documents, {}, 2),
        (documents, {"text": "envoys"}, 1), (timeline, {"until": "2031-05-03"}, 1), (timeline, {"limit": 0}, 0),
    ],
)  # fmt: skip
def test_filters(view: View, query: Any, wanted: dict[str, Any], count: int) -> None:
    assert len(list(query(view, Filter(**wanted)))) == count


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (events, {"stance": "support"}),
        (statements, {"type": "ASSAULT"}),
        (relations, {"issue": "taiwan-status"}),
        (search, {"text": "a1", "after": "x"}),
    ],
)
def test_a_field_that_says_nothing_here_is_refused_at_once(view: View, query: Any, wanted: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as caught:
        query(view, Filter(**wanted))
    assert caught.value.hint.startswith("one of actor, ")


def test_search_finds_documents_and_records(view: View) -> None:
    rows = list(search(view, Filter(text="harbour rules")))
    assert [r.kind for r in rows] == ["document", "statement", "statement", "position"]
    assert all(ONE[r.start : r.end] == r.words for r in rows)
    assert "harbour" in rows[0].words
    assert list(search(view, Filter(text="harbour rules", limit=2))) == rows[:2]
    with pytest.raises(QueryError, match="needs text"):
        search(view, Filter())


def test_documents_and_sources_count_what_was_read(view: View) -> None:
    by_name = {r.publisher: r for r in sources(view)}
    assert (by_name["North Wire"].statements, by_name["North Wire"].events, by_name[None].statements) == (2, 1, 1)
    row = first(documents(view, Filter(publisher="North Wire")))
    assert (row.via, row.words, row.characters) == (("Agency",), "Talks in the strait", len(ONE))


def test_show_tells_all_about_a_record(view: View) -> None:
    held = first(positions(view))
    shown = show(view, held.id[:8])
    assert shown.record == held.record
    assert shown.context.before + shown.context.words + shown.context.after == ONE.split("\n")[2]
    assert ONE[shown.context.start : shown.context.end] == ONE.split("\n")[2]
    assert [r.name for r in shown.chain] == ["Ana Lund", "Borduria Television", "North Wire"]
    assert [s.words for s in shown.statements] == ["she backs the new harbour rules", "Ana Lund said she backs the new harbour rules"]
    assert [r.id for r in show(view, shown.statements[0].id).shown] == [held.id]
    assert "text" not in shown.full()["document"]
    with pytest.raises(QueryError):
        show(view, "nothing")


def test_a_statement_said_inside_itself_does_not_loop(tmp_path: Path) -> None:
    doc = document("He said it.")
    said = statement(doc, who(doc, "He"), "it")
    said = replace(said, statement_id=said.id, nested_in=said.id)
    with open_store(tmp_path / "s", create=True) as store:
        with store.writer() as w:
            w.add(Reading(doc, (said,)), "1")
        with store.view() as snapshot:
            assert show(snapshot, said.id).statements == ()


def test_a_name_mistyped_gets_suggestions(view: View) -> None:
    assert suggestions(view, Filter(actor="Ana Lunt")) == ["actor: did you mean Ana Lund?"]
    assert suggestions(view, Filter(publisher="North Wine")) == ["publisher: did you mean North Wire?"]
    assert suggestions(view, Filter(actor="Ana Lund")) == []


def test_spans_stay_code_points_after_astral_characters(view: View) -> None:
    row = first(events(view))
    assert row.record.evidence == Span(ONE.index("struck"), ONE.index("struck") + 6, "struck")
