"""Answers across documents: they group what says the same and merge nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from onrecord.across.independence import Copies
from onrecord.model import Link, Reading
from onrecord.query import Filter, occurrences, positions, shifts, standing, ties
from onrecord.store import View
from store.builders import ISSUES, document, event, position, relation, who

LINK = Link("", "", "syndicated", "positive", 1.0, "same words", "test", "2031-01-01T00:00:00Z")


def stand(day: str | None, holder: str, stance: Any, publisher: str | None = "North Wire", issue: Any = ISSUES[0]) -> Reading:
    """A report in which somebody takes a stance."""
    doc = document(f"{holder} on the rules, {day}, {stance}.", publisher, day)
    return Reading(doc, positions=(position(doc, who(doc, holder, holder), stance, "the rules", issue),))


def test_a_state_and_its_minister_stand_together(ask: Callable[..., View]) -> None:
    view = ask(stand("2031-01-01", "RUR", "support"), stand("2031-02-01", "Lund", "support", "Herald"), stand("2031-02-02", "BOR", "oppose"))
    rows = standing(view, Filter(issue="taiwan-status"))
    assert [(r.holder_country, r.stance, r.documents, r.publisher, r.since, r.until) for r in rows] == [
        ("BOR", "oppose", 1, ("North Wire",), "2031-02-02", "2031-02-02"),
        ("RUR", "support", 2, ("North Wire", "Herald"), "2031-01-01", "2031-02-01"),
    ]
    assert rows[1].holder == ("Ruritania", "Ana Lund")
    assert {i for r in rows for i in r.id} == {p.id for p in positions(view)}


def test_copies_corroborate_once_until_the_link_is_withdrawn(ask: Callable[..., View]) -> None:
    one, two, three = (
        stand("2031-01-01", "RUR", "support"),
        stand("2031-01-02", "RUR", "support", "Herald"),
        stand("2031-01-03", "RUR", "support", "Echo"),
    )
    link = replace(LINK, left=two.document.id, right=one.document.id)
    again = replace(LINK, left=three.document.id, right=two.document.id, type="duplicate")
    assert [r.documents for r in standing(ask(one, two, three))] == [3]
    assert [r.documents for r in standing(ask(one, two, three, links=(link,)))] == [2]
    assert [r.documents for r in standing(ask(one, two, three, links=(link, again)))] == [1]
    for weak in (replace(link, withdrawn_at="2031-02-01"), replace(link, judgement="unsure"), replace(link, type="same-story")):
        assert [r.documents for r in standing(ask(one, two, three, links=(weak,)))] == [3]
    assert Copies(ask(one, two, three, links=(again, link))).groups() == [sorted(r.document.id for r in (one, two, three))]


@pytest.mark.parametrize(
    ("held", "changes"),
    [
        ([("2031-01-01", "support"), ("2031-02-01", "support")], []),
        ([("2031-01-01", "support"), ("2031-02-01", "oppose")], [(("support",), ("oppose",))]),
        (
            [("2031-02-01", "oppose"), ("2031-01-01", "support"), ("2031-03-01", "support")],
            [(("support",), ("oppose",))],  # who is back the next time did not turn twice
        ),
        ([(None, "support"), ("2031-02-01", "oppose")], []),
        ([("2031-01-01", "support"), ("2031-01-01", "oppose"), ("2031-02-01", "oppose")], []),
    ],
)
def test_a_shift_needs_two_dates_and_another_stance(ask: Callable[..., View], held: list[tuple[Any, Any]], changes: list[Any]) -> None:
    rows = shifts(ask(*(stand(day, "RUR", stance) for day, stance in held)))
    assert [(r.stance_before, r.stance) for r in rows] == changes


def test_events_of_one_type_and_the_same_parties_are_listed_together(ask: Callable[..., View]) -> None:
    def strike(day: str, actor: str, recipient: str, code: str = "ASSAULT") -> Reading:
        doc = document(f"{actor} struck {recipient} on {day}.", None, day)
        return Reading(doc, events=(event(doc, [who(doc, actor, actor)], code, "struck", [who(doc, recipient, recipient)]),))

    view = ask(
        strike("2031-01-01", "BOR", "SYL"),
        strike("2031-01-02", "Çelik", "SYL"),
        strike("2031-01-01", "SYL", "BOR"),
        strike("2031-01-03", "BOR", "SYL", "COERCE"),
    )
    rows = occurrences(view)
    assert [(r.type, r.actors, len(r.id), r.documents) for r in rows] == [
        ("ASSAULT", ("Borduria", "Ömer Çelik"), 2, 2), ("ASSAULT", ("Syldavia",), 1, 1), ("COERCE", ("Borduria",), 1, 1)
    ]  # fmt: skip
    assert [(r.independent, r.voices) for r in rows] == [(2, ("unknown (1)", "unknown (1)")), (1, ("unknown (1)",)), (1, ("unknown (1)",))]


def test_relations_of_one_pair_are_listed_together_whoever_is_named_first(ask: Callable[..., View]) -> None:
    def tie(n: int, one: str, code: Any, two: str, directed: bool = False) -> Reading:
        doc = document(f"{one} and {two}, {n}.")
        return Reading(doc, relations=(relation(doc, who(doc, one, one), code, who(doc, two, two), f"{one} and {two}", directed=directed),))

    view = ask(
        tie(1, "RUR", "alliance", "SYL"), tie(2, "SYL", "alliance", "RUR"), tie(3, "SYL", "claim", "RUR", True), tie(4, "Lund", "office", "RUR", True)
    )
    rows = ties(view)
    assert [(len(r.id), sorted(r.type)) for r in rows] == [(3, ["alliance", "claim"]), (1, ["office"])]
    assert [r.independent for r in rows] == [1, 1]  # one publisher
