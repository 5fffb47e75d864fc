"""Statements of different reports that are one utterance in other words: which are, which are not, and that the order does not matter."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import across
from onrecord.across.joined import Joined
from onrecord.across.same_statements import TYPE, SameStatements, decode, encode, same, sayings
from onrecord.model import ActorRef, Link, Participant, Problem, Reading
from store.builders import document, sample, statement, who
from store.reference import ReferenceStore

LEDGER = "Ana Lund told a hall of millers that {} The rye harvest of Ruritania rots in barges below the broken weir at Strelsau."
COURIER = "At the millers' dinner, with rye rotting in barges under the weir at Strelsau, Ruritania's minister was blunt: {}"


def said(frame: str, words: str, speaker: str | None = "Lund", published: str = "2031-05-04", publisher: str = "North Wire") -> Reading:
    """A report with one statement; the speaker is a key of the builders' actors, or None for somebody unknown."""
    doc = document(frame.format(words), publisher, published)
    return Reading(doc, statements=(statement(doc, who(None, None, speaker) if speaker else Participant(None), words),))


def named(reading: Reading, actor: ActorRef) -> Reading:
    return replace(reading, statements=(replace(reading.statements[0], speaker=Participant(None, actor)),))


QUOTE = "“no lock-keeper in Zenda sleeps while grain rots upstream,”"
TOLD = said(LEDGER, QUOTE)
SPOKESMAN = ActorRef("or:kask", "Piet Kask", "person", "RUR", ("GOV",), "spokesman")
MINISTRY = ActorRef("or:rur-mfa", "Foreign Ministry of Ruritania", "body", "RUR", ("GOV",))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(said(COURIER, QUOTE), id="the same words"),
        pytest.param(said(COURIER, "while grain rots upstream, she said, lock-keepers in Zenda do not sleep."), id="told, not quoted"),
        pytest.param(said(COURIER, "“grain rots upstream”"), id="a few words of it"),
        pytest.param(said(COURIER, QUOTE, "RUR"), id="the state for its minister"),
        pytest.param(named(said(COURIER, QUOTE), MINISTRY), id="the ministry for its minister"),
        pytest.param(named(said(COURIER, QUOTE), ActorRef("or:x-lund", "Lund", "person")), id="a name that is part of the name"),
        pytest.param(said(COURIER, QUOTE, None), id="nobody knows who, but the words in a row"),
        pytest.param(said(COURIER, QUOTE, published="2032-05-04"), id="quoted again a year later"),
    ],
)
def test_one_utterance(other: Reading) -> None:
    assert len(links([TOLD, other])) == len(links([other, TOLD])) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(said(COURIER, "the tariff on amber will be halved before the winter fair."), id="something else said that day"),
        pytest.param(said(COURIER, QUOTE, "Çelik"), id="another speaker"),
        pytest.param(named(said(COURIER, QUOTE), SPOKESMAN), id="another person of the same state"),
        pytest.param(said(COURIER, "lock-keepers sleep in Zenda while the grain is rotting.", published="2031-09-04"), id="told so months later"),
        pytest.param(said(COURIER, "grain"), id="a word is no wording"),
    ],
)
def test_two_utterances(other: Reading) -> None:
    assert links([TOLD, other]) == links([other, TOLD]) == []


def test_parts_of_what_another_report_quotes_whole_are_both_linked() -> None:
    pieces = ("“no lock-keeper in Zenda sleeps”", "“grain rots upstream”")
    doc = document(COURIER.format(f"{pieces[0]}. Later she asked who rows where {pieces[1]}."), "Écho du Golfe", "2031-05-04")
    parts = tuple(statement(doc, who(None, None, "Lund"), words) for words in pieces)
    found = links([TOLD, Reading(doc, statements=parts)])
    assert {frozenset((link.left, link.right)) for link in found} == {frozenset((TOLD.statements[0].id, part.id)) for part in parts}


def test_a_link_points_to_the_earlier_report() -> None:
    later = said(COURIER, QUOTE, published="2031-05-05")
    (link,) = links([later, TOLD])
    assert (link.left, link.right, link.by) == (later.statements[0].id, TOLD.statements[0].id, "same-statements")
    assert "6 words in common, 100% of the shorter" in link.detail


ALL = [TOLD, said(COURIER, QUOTE), said(COURIER, "“grain rots upstream”", publisher="Straits Herald"), *(sample(n) for n in range(15))]


def test_the_order_of_reports_changes_no_group() -> None:
    wanted = Joined(links(ALL), (TYPE,)).groups()
    assert wanted
    for seed in range(5):
        assert Joined(links(random.Random(seed).sample(ALL, len(ALL))), (TYPE,)).groups() == wanted


def test_either_report_may_be_asked() -> None:
    for one in map(sayings, ALL):
        for other in map(sayings, ALL):
            assert {(a.id, b.id, points) for a, b, points, _ in same(one, other)} == {(b.id, a.id, points) for a, b, points, _ in same(other, one)}


def test_linking_again_changes_nothing() -> None:
    store = stored(ALL)
    before = list(store.view().links())
    with store.writer() as w, w.linking() as linking:
        for reading in ALL:
            SameStatements().link(reading, linking)
    assert list(store.view().links()) == before


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=200), st.sampled_from([None, "", "2031-02", "yesterday"]))
def test_no_text_breaks_it(words: str, published: str | None) -> None:
    doc = document(words, "North Wire", published)
    reading = Reading(doc, statements=(statement(doc, Participant(None), words),))
    assert decode(encode(sayings(reading))) == sayings(reading)
    links([reading, TOLD])


def test_a_very_long_statement_is_read_in_part() -> None:
    (one,) = sayings(said("{}", " ".join(f"word{n}" for n in range(100_000)))).said
    assert len(one.words) <= 120


# what the tests stand on


def stored(readings: Sequence[Reading]) -> ReferenceStore:
    store = ReferenceStore()
    with store.writer() as w:
        for n, reading in enumerate(readings):
            w.add(reading, str(n))
        across.link(w, [SameStatements()], on_problem=_fail, batch=4)
    return store


def links(readings: Sequence[Reading]) -> list[Link]:
    return list(stored(readings).view().links(types=(TYPE,)))


def _fail(problem: Problem) -> None:
    raise AssertionError(problem)
