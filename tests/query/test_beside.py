"""Two reports side by side as rows, and what can be set beside one: each record in one row, told as the page tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.errors import QueryError
from onrecord.model import Link, Reading
from onrecord.query import Filter, beside, others
from onrecord.query.beside import BesideRow
from onrecord.store import View
from store.builders import document, statement, who
from web import two_reports

Ask = Callable[..., View]


@pytest.fixture
def pair(ask: Ask) -> tuple[View, Reading, Reading]:
    one, other = two_reports.readings()
    return ask(one, other, links=tuple(two_reports.links(one, other))), one, other


def rows(view: View, one: Reading, other: Reading, limit: int | None = None) -> list[BesideRow]:
    return list(beside(view, Filter(document_id=one.document.id, other_document_id=other.document.id, limit=limit)))


def test_two_reports_of_one_strike(pair: tuple[View, Reading, Reading]) -> None:
    found = [(r.number, r.how, r.kind, (r.words or "")[:24], (r.other_words or "")[:24], r.by, r.score) for r in rows(*pair)]
    assert found == [
        (1, "same-event", "event", "Shells hit a convoy of f", "Eight drivers were kille", ("events.test",), 0.9),
        (2, "same-statement", "statement", "“The harbour must stay o", "Ms Lund told reporters t", ("statements.test",), 0.9),
        (1, "told-differently", "event", "Shells hit a convoy of f", "Eight drivers were kille", (), None),
        (None, "only-first", "position", "The harbour", "", (), None),
        (None, "only-first", "relation", "The pact between both en", "", (), None),
    ]


def test_a_row_has_both_sides(pair: tuple[View, Reading, Reading]) -> None:
    event, said, toll, *_ = rows(*pair)
    _, one, other = pair
    assert (event.id, event.other_id) == (one.events[0].id, other.events[0].id)
    assert (event.date, event.other_date) == ("2031-05-03", "2031-05-05")
    assert (event.publisher, event.other_publisher) == ("North Wire", "Straits Herald")
    assert (event.via, event.other_via) == (("Borduria Television",), ())
    assert (event.about, event.other_about) == (("a convoy of flour lorries",), ("the flour convoy",))
    assert said.left_out == ("until spring",)
    assert (toll.what, toll.value, toll.other_value) == ("number", "six", "Eight drivers were killed")
    assert {(r.document_id, r.other_document_id) for r in (event, said, toll)} == {(one.document.id, other.document.id)}


def test_turned_around_each_side_has_what_the_other_had(pair: tuple[View, Reading, Reading]) -> None:
    view, one, other = pair
    forth, back = rows(view, one, other), rows(view, other, one)
    assert {(r.id, r.other_id) for r in forth} == {(r.other_id, r.id) for r in back}
    toll = next(r for r in back if r.how == "told-differently")
    assert (toll.value, toll.other_value, toll.publisher) == ("Eight drivers were killed", "six", "Straits Herald")
    assert [(r.how, r.other_words) for r in back if r.id is None][-1] == ("only-second", "The pact between both endures")


def test_every_record_is_in_one_row(pair: tuple[View, Reading, Reading]) -> None:
    _, one, other = pair
    told = [i for r in rows(*pair) if r.how != "told-differently" for i in (r.id, r.other_id, *r.also_id, *r.other_also_id) if i]
    assert sorted(told) == sorted(r.id for reading in (one, other) for r in reading.records)


def test_further_records_of_the_same_stand_beside_the_first(ask: Ask) -> None:
    doc, again = (
        document("Lund said the harbour stays open. The harbour stays open, she repeated."),
        document("Lund: the harbour is to stay.", "Herald"),
    )
    first, second = (
        statement(doc, who(doc, "Lund", "Lund"), "the harbour stays open"),
        statement(doc, who(doc, "she", "Lund"), "The harbour stays open"),
    )
    third = statement(again, who(again, "Lund", "Lund"), "the harbour is to stay")
    links = tuple(Link(third.id, s.id, "same-statement", "positive", score, "", by, "") for s, score, by in ((first, 0.7, "a"), (second, 0.9, "b")))
    one, other = Reading(doc, statements=(first, second)), Reading(again, statements=(third,))
    (row,) = rows(ask(one, other, links=links), one, other)
    assert (row.words, row.also, row.also_id) == ("the harbour stays open", ("The harbour stays open",), (second.id,))
    assert (row.by, row.score) == (("a", "b"), 0.9)


def test_what_a_third_report_joins_is_joined_by_nobody_here(ask: Ask) -> None:
    readings = []
    for publisher in ("Wire", "Herald", "Post"):
        doc = document(f"{publisher}: Lund said the harbour stays open.", publisher)
        readings.append(Reading(doc, statements=(statement(doc, who(doc, "Lund", "Lund"), "the harbour stays open"),)))
    one, between, other = readings
    links = tuple(Link(r.statements[0].id, between.statements[0].id, "same-statement", "positive", 0.9, "", "x", "") for r in (one, other))
    (row,) = rows(ask(*readings, links=links), one, other)
    assert (row.how, row.by, row.score) == ("same-statement", (), None)


@pytest.mark.parametrize("wanted", [{}, {"document_id": "a"}, {"other_document_id": "a"}])
def test_a_comparison_needs_two_reports(ask: Ask, wanted: dict[str, str]) -> None:
    with pytest.raises(QueryError, match="two reports"):
        beside(ask(), Filter(**wanted))


def test_a_limit_cuts(pair: tuple[View, Reading, Reading]) -> None:
    assert rows(*pair, limit=2) == rows(*pair)[:2]


def test_reports_to_set_beside_one(pair: tuple[View, Reading, Reading]) -> None:
    view, one, other = pair
    (row,) = others(view, Filter(document_id=one.document.id))
    assert (row.id, row.title, row.how, row.shared, row.document_id) == (other.document.id, "Eight drivers die", ("story",), 2, one.document.id)
    assert row.words == "Eight drivers were killed when shells hit the flour convoy at Lutha."
    with pytest.raises(QueryError, match="which report"):
        others(view, Filter())
