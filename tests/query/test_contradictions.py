"""Contradictions: which values of two reports on one event cannot both be so, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import ActorRef, Event, Link, Participant, Place, Reading, RecordDate, TimeExpression
from onrecord.query import Filter, contradictions
from onrecord.store import View, open_store
from store.builders import document, event, span, statement, who

LUTHA = Place(None, "Lutha", "p1", "SYL", 47.0, 20.0, "city")
PLAZSOW = Place(None, "Plazsow", "p2", "SYL", 48.0, 21.0, "city")
NEARBY = Place(None, "Lutha Mill", "p3", "SYL", 47.1, 20.1, "point")
SYLDAVIA = Place(None, "Syldavia", "p4", "SYL", 47.5, 20.5, "country")


def told(text: str, trigger: str, publisher: str = "Ledger", published: str = "2031-05-04", **more: Any) -> Reading:
    """A report whose first sentence tells of one event."""
    doc = document(text, publisher, published)
    sentence = text.split(". ", maxsplit=1)[0]
    actors = more.pop("actors", [who(None, None, "BOR")])
    made = event(doc, actors, "ASSAULT", trigger, more.pop("recipients", [who(None, None, "SYL")]), **more)
    return Reading(doc, events=(replace(made, evidence=span(doc, sentence)),))


SIX = told("Shells hit a convoy of flour lorries near Lutha, killing six drivers.", "hit")
EIGHT = told("Eight drivers were killed when shells hit the flour convoy at Lutha.", "hit", "Herald")


def dated(first: str, last: str | None = None, **more: Any) -> Reading:
    return told("Shells hit a convoy near Lutha.", "hit", date=RecordDate(first, last or first, "day", "text"), **more)


def link(one: Reading, other: Reading) -> Link:
    left, right = (r.events[0].id if r.events else r.statements[0].id for r in (other, one))
    return Link(left, right, "same-event" if one.events else "same-statement", "positive", 0.9, "", "same-events", "")


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    number, opened = count(), []

    def make(readings: Sequence[Reading], *links: Link) -> View:
        with open_store(tmp_path / f"{next(number)}", create=True) as store:
            with store.writer() as w:
                for n, reading in enumerate(readings):
                    w.add(reading, str(n))
                for made in links or [link(readings[0], other) for other in readings[1:]]:
                    w.link(made)
            opened.append(store.view())
        return opened[-1]

    yield make
    for view in opened:
        view.close()


@pytest.mark.parametrize(
    ("one", "other", "row"),
    [
        (SIX, EIGHT, ("number", "killed", "six", "Eight drivers were killed")),
        (dated("2031-05-03"), dated("2031-05-02", publisher="Herald"), ("date", "", "2031-05-03", "2031-05-02")),
        (
            told("Shells hit it.", "hit", place=LUTHA),
            told("Shells hit it.", "hit", "Herald", place=PLAZSOW),
            ("place", "", "Lutha", "Plazsow"),
        ),
        (
            told("Guns of Borduria hit it.", "hit"),
            told("Guns of Ruritania hit it.", "hit", "Herald", actors=[who(None, None, "RUR")]),
            ("who", "actors", "Borduria", "Ruritania"),
        ),
    ],
    ids=["number", "date", "place", "who"],
)
def test_two_values_that_cannot_both_be_so(ask: Callable[..., View], one: Reading, other: Reading, row: tuple[str, ...]) -> None:
    (found,) = contradictions(ask([one, other]))
    assert {found.value, found.other_value} == set(row[2:])
    assert (found.what, found.counts, found.update) == (*row[:2], False)
    assert {found.publisher, found.other_publisher} == {("Ledger",), ("Herald",)}
    assert {found.id, found.other_id} == {one.events[0].id, other.events[0].id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(SIX, told("Several drivers were killed when shells hit the flour convoy.", "hit", "Herald"), id="a vaguer number"),
        pytest.param(SIX, told("At least five drivers were killed when shells hit the flour convoy.", "hit", "Herald"), id="at least so many"),
        pytest.param(SIX, told("Shells hit the flour convoy. Nine geese were killed at the fair in Zenda.", "hit", "Herald"), id="of something else"),
        pytest.param(dated("2031-05-03"), dated("2031-05-01", "2031-05-31", publisher="Herald"), id="the month of a day"),
        pytest.param(dated("2031-05-03"), told("Shells hit it.", "hit", "Herald"), id="no date"),
        pytest.param(dated("2031-05-09", status="future"), dated("2031-05-03", publisher="Herald"), id="planned for one day, held on another"),
        pytest.param(told("Shells hit it.", "hit", place=LUTHA), told("Shells hit it.", "hit", "Herald", place=SYLDAVIA), id="a city of the country"),
        pytest.param(
            told("Shells hit it.", "hit", place=LUTHA), told("Shells hit it.", "hit", "Herald", place=NEARBY), id="the mill beside the city"
        ),
        pytest.param(
            told("Shells hit it.", "hit"),
            told("Shells hit it.", "hit", "Herald", actors=[Participant(None, ActorRef("or:guns", "Bordurian gunners", "group", "BOR"))]),
            id="who acts for the state",
        ),
        pytest.param(told("Shells hit it.", "hit"), told("Shells hit it.", "hit", "Herald", actors=[]), id="nobody named"),
    ],
)
def test_what_is_no_contradiction(ask: Callable[..., View], one: Reading, other: Reading) -> None:
    assert contradictions(ask([one, other])) == []


def test_a_copy_contradicts_nobody_and_stands_beside_its_original(ask: Callable[..., View]) -> None:
    copy = replace(SIX, document=replace(SIX.document, id="c0", publisher="Reprint"), events=())
    made = event(copy.document, [], "ASSAULT", "hit")
    copy = replace(copy, events=(replace(made, document_id="c0", evidence=SIX.events[0].evidence, id="c1"),))
    copied = Link("c0", SIX.document.id, "duplicate", "positive", 0.9, "", "copies", "")
    (row,) = contradictions(ask([SIX, EIGHT, copy], link(SIX, EIGHT), link(SIX, copy), copied))
    assert {row.publisher, row.other_publisher} == {("Herald",), ("Ledger", "Reprint")}
    changed = replace(copy.document, text=copy.document.text.replace("six", "ten"))
    edited = replace(copy, document=changed, events=(replace(copy.events[0], evidence=span(changed, changed.text)),))
    assert contradictions(ask([SIX, edited], link(SIX, edited), copied)) == []


def test_a_higher_toll_that_is_told_later_is_an_update(ask: Callable[..., View]) -> None:
    later = replace(EIGHT, document=replace(EIGHT.document, published="2031-05-05"))
    (row,) = contradictions(ask([SIX, later]))
    assert (row.value, row.update, row.date, row.other_date) == ("six", True, "2031-05-04", "2031-05-05")
    (row,) = contradictions(ask([replace(SIX, document=replace(SIX.document, published="2031-05-06")), later]))
    assert (row.value, row.update) == ("Eight drivers were killed", False)


def test_an_utterance_that_names_one_day_or_another(ask: Callable[..., View]) -> None:
    readings = []
    for publisher, year in (("Ledger", "2027"), ("Herald", "2026")):
        doc = document(f"She said the files were handed over in {year}.", publisher)
        made = statement(doc, who(None, None, "Lund"), f"the files were handed over in {year}")
        readings.append(Reading(doc, statements=(made,), times=(TimeExpression(span(doc, year), "DATE", year, f"{year}-01-01", f"{year}-12-31"),)))
    (row,) = contradictions(ask(readings))
    assert {(row.value, row.publisher), (row.other_value, row.other_publisher)} == {("2027", ("Ledger",)), ("2026", ("Herald",))}


def test_reports_of_one_story_are_compared_in_tolls_even_without_records(ask: Callable[..., View]) -> None:
    bare = [replace(SIX, events=()), replace(EIGHT, events=())]
    story = Link(bare[0].document.id, bare[1].document.id, "same-story", "positive", 0.9, "", "stories", "")
    (row,) = contradictions(ask(bare, story))
    assert (row.counts, row.id, row.other_id, row.actor, row.type) == ("killed", "", "", (), None)


def test_what_lasts_compares_nothing(ask: Callable[..., View]) -> None:
    one, other = (
        told(f"The war, which killed {n} people in the valley of Lutha, goes on.", "war", p) for n, p in (("nine", "Ledger"), ("ten", "Herald"))
    )
    assert contradictions(ask([one, other])) == []


def test_reports_that_nothing_joins_are_not_compared(ask: Callable[..., View]) -> None:
    rejected = replace(link(SIX, EIGHT), judgement="negative", by="a reader", created_at="2031-06-01")
    assert contradictions(ask([SIX, EIGHT], link(SIX, EIGHT), rejected)) == []


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Filter(record_id=SIX.events[0].id), 1), (Filter(actor="BOR"), 1), (Filter(actor="RUR"), 0), (Filter(publisher="Herald"), 1),
        (Filter(type="AID"), 0), (Filter(text="lorries"), 1), (Filter(until="2031-05-01"), 0), (Filter(document_id=EIGHT.document.id), 1),
    ],
)  # fmt: skip
def test_a_filter_chooses_events_and_utterances(ask: Callable[..., View], wanted: Filter, rows: int) -> None:
    assert len(contradictions(ask([SIX, EIGHT]), wanted)) == rows


def test_events_of_a_row_are_events(ask: Callable[..., View]) -> None:
    (row,) = contradictions(ask([SIX, EIGHT]))
    assert isinstance(SIX.events[0], Event)
    assert (row.type, row.actor, row.about) == ("ASSAULT", ("Borduria",), ("Syldavia",))
