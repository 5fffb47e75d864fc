"""Wordings of one utterance: what is aligned with what, what differs, and which groups a filter lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import ActorRef, Link, Participant, Reading, Statement
from onrecord.query import Filter, wordings
from onrecord.query.wordings import Difference, content, difference
from onrecord.store import View, open_store
from store.builders import document, span, statement, who

NOTHING = Difference((), (), ())


@pytest.mark.parametrize(
    ("fuller", "other", "expected"),
    [
        ("the weir will hold until spring", "the weir will hold until spring", NOTHING),
        ("The weir holds until spring", "the weir would hold until spring", NOTHING),
        ("the weir will not hold", "the weir will hold", Difference(("not",), (), ())),
        ("the weir will hold", "the weir will never hold", Difference((), ("never",), ())),
        ("the weir will hold until spring, God willing", "the weir will hold", Difference(("until spring, God willing",), (), ())),
        ("we shall mend the weir by spring", "we shall mend the weir by autumn", Difference((), (), ("spring → autumn",))),
        ("a loan of 2.4 million crowns", "a loan of 2.8 million crowns", Difference((), (), ("2.4 → 2.8",))),
        ("mended weirs hold", "weirs that are mended hold", NOTHING),
        ("", "the weir", Difference((), ("the weir",), ())),
    ],
)
def test_what_a_wording_leaves_out_adds_and_changes(fuller: str, other: str, expected: Difference) -> None:
    assert difference(fuller, other) == expected


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_stand_in_their_wordings(fuller: str, other: str) -> None:
    found = difference(fuller, other)
    assert all(piece in fuller for piece in found.left_out)
    assert all(piece in other for piece in found.added)
    assert difference(fuller, fuller) == NOTHING


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["“The weir holds,”"], "The weir holds"), (["that the weir holds."], "the weir holds"), (["“the weir,”", "“holds.”"], "the weir … holds"),
        (['that it was "a wall of straw"'], 'it was "a wall of straw"'), (["that"], "that"), (["…"], "…"),
    ],
)  # fmt: skip
def test_marks_around_what_was_said_are_none_of_it(words: Sequence[str], expected: str) -> None:
    doc = document(" | ".join(words))
    assert content(replace(statement(doc, Participant(None), words[0]), content=tuple(span(doc, w) for w in words))) == expected


def told(words: str, publisher: str, published: str = "2031-05-04", form: str = "indirect", speaker: str = "Lund") -> tuple[Reading, Statement]:
    doc = document(f"{publisher}: {words}", publisher, published)
    made = statement(doc, who(None, None, speaker), words, form=form)
    return Reading(doc, statements=(made,)), made


LEDGER = told("“The weir will not hold until spring, whatever Borduria says,”", "Ledger", form="direct")
WIRE = told("that the weir would hold until spring", "Wire", "2031-05-05")
REPRINT = told("that the weir would hold until spring", "Reprint", "2031-05-06")
APART = told("“Bread is dear,”", "Ledger", form="direct")


def link(left: Statement, right: Statement, type_: str = "same-statement") -> Link:
    return Link(left.id, right.id, type_, "positive", 0.9, "the same words", "same-statements", "")  # type: ignore[arg-type]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    number, opened = count(), []

    def make(readings: Sequence[Reading], links: Sequence[Link]) -> View:
        with open_store(tmp_path / f"{next(number)}", create=True) as store:
            with store.writer() as w:
                for n, reading in enumerate(readings):
                    w.add(reading, str(n))
                for made in links:
                    w.link(made)
            opened.append(store.view())
        return opened[-1]

    yield make
    for view in opened:
        view.close()


@pytest.fixture
def view(ask: Callable[..., View]) -> View:
    readings = [LEDGER[0], WIRE[0], REPRINT[0], APART[0]]
    copy = Link(REPRINT[0].document.id, WIRE[0].document.id, "duplicate", "positive", 0.9, "", "copies", "")
    return ask(readings, [link(WIRE[1], LEDGER[1]), link(REPRINT[1], WIRE[1]), copy])


def test_the_fullest_wording_comes_first_and_the_others_with_what_they_lack(view: View) -> None:
    fullest, other = wordings(view)
    assert (fullest.place, fullest.publisher, fullest.form, fullest.left_out) == (1, ("Ledger",), "direct", ())
    assert fullest.content == "The weir will not hold until spring, whatever Borduria says"
    assert (other.place, other.publisher, other.documents) == (2, ("Wire", "Reprint"), 1)
    assert (other.left_out, other.added) == (("will not", "whatever Borduria says"), ())
    assert fullest.utterance == other.utterance == LEDGER[1].id


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Filter(record_id=WIRE[1].id), 2), (Filter(record_id=APART[1].id), 0), (Filter(publisher="Reprint"), 2), (Filter(publisher="Nobody"), 0),
        (Filter(actor="RUR", text="bread"), 0), (Filter(since="2031-05-06"), 2), (Filter(until="2031-05-03"), 0), (Filter(form="direct"), 2),
    ],
)  # fmt: skip
def test_a_filter_chooses_utterances_not_wordings(view: View, wanted: Filter, rows: int) -> None:
    assert len(list(wordings(view, wanted))) == rows


def test_of_an_outlet_that_passes_words_on_the_speakers_own_are_kept(ask: Callable[..., View]) -> None:
    doc = document("Borduria Television said Lund called the weir a wall of straw.", "Herald")
    outlet = Participant(None, ActorRef("Q7", "Borduria Television", "outlet", "BOR"))
    outer = statement(doc, outlet, "Lund called the weir a wall of straw")
    inner = statement(doc, who(None, None, "Lund"), "a wall of straw")
    rows = list(wordings(ask([Reading(doc, statements=(outer, inner)), LEDGER[0]], [link(outer, LEDGER[1]), link(inner, LEDGER[1])])))
    assert [row.id for row in rows] == [(LEDGER[1].id,), (inner.id,)]


def test_one_wording_alone_is_nothing_to_compare(ask: Callable[..., View]) -> None:
    assert list(wordings(ask([WIRE[0], REPRINT[0]], [link(REPRINT[1], WIRE[1])]))) == []
