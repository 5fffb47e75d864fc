"""Conversations: who answers whom, as trees; whatever the links, every turn stands once and no answer stands above what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cli.threads import conversation
from onrecord.errors import QueryError
from onrecord.model import Link, Reading
from onrecord.model.links import LinkType
from onrecord.query import Filter, threads
from onrecord.query.threads import ThreadRow
from onrecord.store import open_store
from store.builders import document, event, position, statement, who

SPEAKERS = (("Ana Lund", "Lund"), ("Ömer Çelik", "Çelik"), ("Syldavia", "SYL"))


def told(number: int, publisher: str = "North Wire") -> Reading:
    """Report ``number``: one statement, on the day of that number, of each speaker in turn."""
    name, actor = SPEAKERS[number % 3]
    doc = document(f"{name} said that the harbour {number} must stay open", publisher, f"2031-05-{number + 1:02}")
    said = statement(doc, who(doc, name, actor), f"that the harbour {number} must stay open")
    held = position(doc, who(doc, name, actor), "support", f"the harbour {number}", record_id=said.id, statement_id=said.id)
    return Reading(doc, statements=(said,), positions=(held,))


def answer(left: str, right: str, score: float = 0.8, type_: LinkType = "responds-to", **more: Any) -> Link:
    return Link(left, right, type_, "positive", score, "“in response”", **{"by": "responses", "created_at": "", **more})


def asked(path: Path, readings: Sequence[Reading], links: Sequence[Link], wanted: Filter | None = None) -> list[ThreadRow]:
    """The threads of a store with these readings and links."""
    with open_store(path, create=True) as store:
        with store.writer() as writer:
            for reading in readings:
                writer.add(reading, reading.document.id, "made up")
            for link in links:
                writer.link(link)
        with store.view() as view:
            return threads(view, wanted or Filter())


@pytest.fixture(scope="module")
def world() -> tuple[list[Reading], list[str]]:
    readings = [told(n) for n in range(8)]
    return readings, [r.statements[0].id for r in readings]


def test_an_answer_stands_under_what_it_answers(tmp_path: Path, world: tuple[list[Reading], list[str]]) -> None:
    readings, ids = world
    rows = asked(tmp_path / "s", readings, [answer(ids[1], ids[0]), answer(ids[3], ids[1]), answer(ids[2], ids[0])])
    assert [(r.id, r.depth, r.answers, r.thread) for r in rows] == [
        (ids[0], 0, None, ids[0]), (ids[1], 1, ids[0], ids[0]), (ids[3], 2, ids[1], ids[0]), (ids[2], 1, ids[0], ids[0]),
    ]  # fmt: skip
    first, second = rows[:2]
    assert (first.party, first.to, first.detail, first.score) == (("RUR",), (), None, None)
    assert (second.party, second.to, second.detail, second.score) == (("BOR",), ("RUR",), "“in response”", 0.8)
    assert (second.date, second.publisher, second.actor, second.documents) == ("2031-05-02", "North Wire", ("Ömer Çelik",), 1)
    assert second.full()["answers"] == ids[0]
    assert second.full()["speaker"]["actor"]["name"] == "Ömer Çelik"


def test_an_answer_to_one_telling_answers_all(tmp_path: Path, world: tuple[list[Reading], list[str]]) -> None:
    readings, ids = world
    links = [answer(ids[4], ids[3]), answer(ids[0], ids[3], type_="same-statement"), answer(ids[7], ids[4], type_="same-statement")]
    rows = asked(tmp_path / "s", readings, links)
    assert [(r.id, r.depth, r.answers, r.documents, r.also_id) for r in rows] == [(ids[0], 0, None, 2, (ids[3],)), (ids[4], 1, ids[0], 2, (ids[7],))]


def test_the_surest_of_several_counts_and_people_outweigh_machines(tmp_path: Path, world: tuple[list[Reading], list[str]]) -> None:
    readings, ids = world
    links = [answer(ids[2], ids[0], 0.7), answer(ids[2], ids[1], 0.9)]
    assert [r.answers for r in asked(tmp_path / "sure", readings, links)] == [None, ids[1]]
    rejected = Link(ids[2], ids[1], "responds-to", "negative", 1.0, "no", "Ana", "2031-06-01T00:00:00Z")
    assert [r.answers for r in asked(tmp_path / "rejected", readings, [*links, rejected])] == [None, ids[0]]
    accepted = Link(ids[2], ids[0], "responds-to", "positive", 0.1, "yes", "Ana", "2031-06-01T00:00:00Z")
    assert [r.answers for r in asked(tmp_path / "accepted", readings, [*links, accepted])] == [None, ids[0]]
    withdrawn = answer(ids[2], ids[1], 0.9, withdrawn_at="2031-06-01T00:00:00Z")
    assert [r.answers for r in asked(tmp_path / "withdrawn", readings, [links[0], withdrawn])] == [None, ids[0]]


def test_a_conversation_is_given_whole_where_a_turn_fits(tmp_path: Path, world: tuple[list[Reading], list[str]]) -> None:
    readings, ids = world
    links = [answer(ids[1], ids[0]), answer(ids[3], ids[2])]
    both = asked(tmp_path / "s", readings, links)
    assert [r.id for r in both] == [ids[0], ids[1], ids[2], ids[3]]
    with open_store(tmp_path / "s") as store, store.view() as view:
        assert [r.id for r in threads(view, Filter(actor="BOR"))] == [ids[0], ids[1]]
        assert [r.id for r in threads(view, Filter(actor="SYL"))] == [ids[2], ids[3]]
        assert [r.id for r in threads(view, Filter(since="2031-05-04"))] == [ids[2], ids[3]]
        assert [r.id for r in threads(view, Filter(issue="taiwan-status", limit=1))] == [ids[0], ids[1]]
        assert [r.id for r in threads(view, Filter(record_id=ids[1]))] == [ids[0], ids[1]]
        assert threads(view, Filter(record_id=ids[1], actor="SYL")) == []
        assert threads(view, Filter(record_id=ids[5])) == []
        assert threads(view, Filter(actor="nobody")) == []
        with pytest.raises(QueryError):
            threads(view, Filter(record_id="none such"))
        with pytest.raises(QueryError, match="stance"):
            threads(view, Filter(stance="support"))


def test_rebels_are_no_state_and_what_is_gone_is_no_turn(tmp_path: Path) -> None:
    doc = document("The Front shelled Borduria and Borduria protested")
    acts = [event(doc, [who(doc, "The Front")], "ASSAULT", "shelled"), event(doc, [who(doc, "Borduria", "BOR")], "REJECT", "protested")]
    links = [answer(acts[1].id, acts[0].id), answer(acts[0].id, "gone")]
    rows = asked(tmp_path / "s", [Reading(doc, events=tuple(acts))], links)
    assert [(r.party, r.to, r.type) for r in rows] == [(("The Front",), (), "ASSAULT"), (("Borduria",), ("The Front",), "REJECT")]


@settings(max_examples=25, deadline=None)
@given(
    links=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from(["responds-to", "same-statement"]), st.floats(0, 1)), max_size=14),
    shuffled=st.randoms(use_true_random=False),
)
def test_every_turn_stands_once_under_one_that_came_before(
    tmp_path_factory: pytest.TempPathFactory, world: tuple[list[Reading], list[str]], links: list[tuple[int, int, LinkType, float]], shuffled: Any
) -> None:
    readings, ids = world
    made = list({(a, b, t): answer(ids[a], ids[b], round(s, 2), t) for a, b, t, s in links if a != b}.values())
    rows = asked(tmp_path_factory.mktemp("a") / "s", readings, made)
    seen: dict[str, ThreadRow] = {}
    told_in: list[str] = []
    for row in rows:
        if row.depth:
            above = seen[row.answers or ""]
            assert (above.depth, above.thread) == (row.depth - 1, row.thread)
        else:
            assert (row.answers, row.thread) == (None, row.id)
        seen[row.id] = row
        told_in += [row.id, *row.also_id]
    assert len(told_in) == len(set(told_in))
    assert all(any(r.thread == row.thread and r.id != row.id for r in rows) for row in rows)
    shuffled.shuffle(made)
    assert rows == asked(tmp_path_factory.mktemp("b") / "s", list(reversed(readings)), made)


def test_it_reads_like_a_conversation(tmp_path: Path, world: tuple[list[Reading], list[str]]) -> None:
    readings, ids = world
    rows = asked(tmp_path / "s", readings, [answer(ids[1], ids[0]), answer(ids[2], ids[1]), answer(ids[5], ids[4])])
    lines = [line.plain for line in conversation(rows, 60)]
    assert [line.split("  North")[0] for line in lines] == [
        "2031-05-01  RUR",
        "that the harbour 0 must stay open",
        "   > 2031-05-02  BOR → RUR",
        "     that the harbour 1 must stay open",
        "      > 2031-05-03  Syldavia → BOR",
        "        that the harbour 2 must stay open",
        "",
        "2031-05-05  BOR",
        "that the harbour 4 must stay open",
        "   > 2031-05-06  Syldavia → BOR",
        "     that the harbour 5 must stay open",
    ]
    assert ids[1][:8] in lines[2]


def test_control_characters_of_a_report_do_not_reach_the_screen(tmp_path: Path) -> None:
    doc = document("Borduria said \x1b[31mno\x07 to \u202eRuritania", "Wire\x1b")
    one, other = (
        statement(doc, who(doc, n, a), w) for n, a, w in (("Borduria", "BOR", "said \x1b[31mno\x07"), ("Ruritania", "RUR", "to \u202eRuritania"))
    )
    rows = asked(tmp_path / "s", [Reading(doc, statements=(one, other))], [answer(one.id, other.id)])
    shown = "".join(line.plain for line in conversation(rows, 40))
    assert rows
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
