"""Voices: on whose word a claim rests, and how many of them are independent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.across.independence import Voices, _pairs
from onrecord.model import Link, Participant, Reading
from onrecord.store import View, open_store
from store.builders import document, event, position, statement, who

TEXT = "Borduria struck Syldavia at noon, report {}, said Ana Lund; Borduria Television and the Quay Echo and officials told so"
UNNAMED = Participant(None, None, "generic")


@dataclass(frozen=True)
class Told:
    """A report of one event: who published it, whose copy it credits, who relays it (nearest first), who says it."""

    publisher: str | None
    via: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    said_by: str | None = None
    copy_of: int | None = None


def reading(number: int, told: Told) -> Reading:
    doc = document(TEXT.format(number), told.publisher, credits=told.credits)
    service = Participant(who(doc, "the Quay Echo").mention, None, "generic")
    relays = {
        "service": service,
        "TV": who(None, None, "BorTV"),
        "Echo": who(doc, "the Quay Echo"),
        "minister": who(None, None, "Lund"),
        "officials": UNNAMED,
    }
    said = statement(doc, relays[told.said_by], "Borduria struck Syldavia at noon") if told.said_by else None
    struck = event(
        doc, [who(doc, "Borduria", "BOR")], "ASSAULT", "struck", [who(doc, "Syldavia", "SYL")],
        via=tuple(relays[name] for name in told.via), statement_id=said.id if said else None,
    )  # fmt: skip
    return Reading(doc, statements=(said,) if said else (), events=(struck,))


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    """A view of a store of these readings, with copies linked."""
    number, opened = count(), []

    def make(*told: Told) -> View:
        readings = [reading(i, each) for i, each in enumerate(told)]
        with open_store(tmp_path / f"{next(number)}", create=True) as store:
            with store.writer() as w:
                for each in readings:
                    w.add(each, each.document.id)
                for each, made in zip(told, readings, strict=True):
                    if each.copy_of is not None:
                        w.link(Link(made.document.id, readings[each.copy_of].document.id, "duplicate", "positive", 1.0, "", "test", ""))
            opened.append(store.view())
        return opened[-1]

    yield make
    for view in opened:
        view.close()


@pytest.mark.parametrize(
    ("told", "independent", "voices"),
    [
        ([Told("Herald"), Told("Gazette")], 2, ["Gazette (1)", "Herald (1)"]),
        ([Told("Herald"), Told("HERALD")], 1, ["HERALD (2)"]),
        ([Told("Herald", ("TV",)), Told("Gazette", ("TV",)), Told("Echo", ("TV",))], 1, ["Borduria Television (3)"]),
        ([Told("Herald", ("TV",)), Told("Borduria Television")], 1, ["Borduria Television (2)"]),
        ([Told("Herald", ("Echo",)), Told("Quay Echo")], 1, ["Quay Echo (2)"]),
        ([Told("Herald", ("service",)), Told("Quay Echo Newswire")], 1, ["Quay Echo Newswire (2)"]),
        (
            [Told("Herald", ("service",)), Told("Quay Echo Newswire"), Told("Quay Echo Press")],
            3,
            ["Herald (1)", "Quay Echo Newswire (1)", "Quay Echo Press (1)"],
        ),
        ([Told("Herald", ("TV",)), Told("Gazette")], 2, ["Borduria Television (1)", "Gazette (1)"]),
        ([Told("Herald", ("TV",)), Told("Herald")], 1, ["Borduria Television (1)", "Herald (1)"]),
        ([Told("Herald", ("minister", "TV")), Told("Gazette", ("TV",))], 1, ["Ana Lund (1)", "Borduria Television (1)"]),
        ([Told("Herald", said_by="minister"), Told("Gazette", said_by="minister")], 1, ["Ana Lund (2)"]),
        ([Told("Herald", said_by="minister", via=("TV",)), Told("Gazette", ("TV",))], 1, ["Ana Lund (1)", "Borduria Television (1)"]),
        ([Told("Herald", ("officials",)), Told("Gazette", ("officials",))], 2, ["Gazette (1)", "Herald (1)"]),
        ([Told("Herald"), Told("Gazette", copy_of=0)], 1, ["Herald (2)"]),
        ([Told("Herald", credits=("Reuters",)), Told("Gazette", credits=("Reuters",))], 1, ["Reuters (2)"]),
        ([Told("Herald", credits=("Jane Roe",)), Told("Gazette", credits=("Jane Roe",))], 2, ["Gazette (1)", "Herald (1)"]),
        ([Told("Herald", credits=("Gazette",)), Told("Gazette")], 1, ["Gazette (2)"]),
        ([Told(None), Told(None)], 2, ["unknown (1)", "unknown (1)"]),
        ([Told(None), Told(None, copy_of=0), Told("Herald")], 2, ["unknown (2)", "Herald (1)"]),
        ([Told(None), Told("Herald", copy_of=0)], 1, ["Herald (2)"]),
    ],
)
def test_independent_voices(ask: Callable[..., View], told: list[Told], independent: int, voices: list[str]) -> None:
    view = ask(*told)
    records = list(view.records("event"))
    assert Voices(view).independent(records) == independent
    testimony = Voices(view, [r.document_id for r in records]).testimony(records)
    assert sorted(map(str, testimony.heard)) == sorted(voices)
    assert set(testimony.of) == {r.id for r in records}


def test_what_speakers_think_themselves_rests_on_who_heard_them(tmp_path: Path) -> None:
    def held(publisher: str) -> Reading:
        doc = document(f"Ana Lund told {publisher}: we back the rules", publisher)
        said = statement(doc, who(doc, "Ana Lund", "Lund"), "we back the rules")
        return Reading(
            doc, statements=(said,), positions=(position(doc, who(doc, "Ana Lund", "Lund"), "support", "the rules", statement_id=said.id),)
        )

    with open_store(tmp_path / "held", create=True) as store:
        with store.writer() as w:
            for each in (held("Herald"), held("Gazette")):
                w.add(each, each.document.id)
        with store.view() as view:
            assert Voices(view).independent(view.records("position")) == 2


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"))))
def test_pairs_are_as_many_as_can_be(wanted: set[tuple[str, str]]) -> None:
    def largest(left: frozenset[tuple[str, str]]) -> int:
        best = 0
        for first, second in left:
            if first == min(f for f, _ in left):  # the first bringer goes without, or has one of its voices
                best = max(best, 1 + largest(frozenset(p for p in left if p[0] != first and p[1] != second)))
        return max(best, largest(frozenset(p for p in left if p[0] != min(f for f, _ in left)))) if left else 0

    assert _pairs(wanted) == largest(frozenset(wanted))
