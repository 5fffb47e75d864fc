"""Mentions that links put together are one event: in rows, groups and what is shown of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from onrecord.model import Link, Reading, Why
from onrecord.query import Filter, events, occurrences, show
from onrecord.query.coding import RunnerUp, coding, in_words
from onrecord.query.records import mentions
from onrecord.store import View, open_store
from store.builders import document, event, who

DOC = document("Ruritania met Borduria. The talks went on. Ana Lund discussed fish. Ruritania met Borduria in May.")
RUR, BOR, LUND = who(DOC, "Ruritania", "RUR"), who(DOC, "Borduria", "BOR"), who(DOC, "Ana Lund", "Lund")
TOLD = (
    event(DOC, [RUR, BOR], "CONSULT", "met"), event(DOC, [RUR, BOR], "CONSULT", "The talks", status="future"),
    event(DOC, [LUND], "CONSULT", "discussed"), event(DOC, [RUR, BOR], "CONSULT", "met Borduria in May"),
)  # fmt: skip
IDS = [e.id for e in TOLD]


def same(left: int, right: int, **changes: object) -> Link:
    return replace(Link(IDS[left], IDS[right], "same-event", "positive", 0.8, "the same meeting", "events.linking", ""), **changes)


READING = Reading(DOC, events=TOLD, links=(same(0, 1), same(1, 2)))


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    """A view of a store with the reading, and with links that somebody else gave."""
    number, opened = count(), []

    def make(*links: Link, reading: Reading = READING) -> View:
        with open_store(tmp_path / f"{next(number)}", create=True) as store:
            with store.writer() as w:
                w.add(reading, "a")
                for link in links:
                    w.link(link)
            opened.append(store.view())
        return opened[-1]

    yield make
    for view in opened:
        view.close()


def test_linked_mentions_are_one_event_with_all_their_words(ask: Callable[..., View]) -> None:
    first, second = events(ask())
    assert (first.words, first.mentions, first.also, first.also_id) == ("met", 3, ("The talks", "discussed"), (IDS[1], IDS[2]))
    assert (second.mentions, second.also) == (1, ())
    assert (first.full()["mentions"], first.full()["also_id"]) == (3, [IDS[1], IDS[2]])
    assert [row.id for row in mentions(ask())] == IDS


@pytest.mark.parametrize(
    ("links", "rows"),
    [
        ((), 2),
        ((same(0, 1, withdrawn_at="2031-01-01"),), 3),
        ((same(0, 1, judgement="negative", by="a reader"),), 3),
        ((same(0, 1, judgement="negative", by="a reader", withdrawn_at="2031-01-01"),), 2),
        ((same(2, 3, by="a reader"),), 1),
        ((same(2, 3, judgement="unsure"),), 2),
        ((same(2, 3, type="responds-to"),), 2),
    ],
)
def test_only_standing_positive_links_join(ask: Callable[..., View], links: tuple[Link, ...], rows: int) -> None:
    assert len(list(events(ask(*links)))) == rows


def test_the_first_mention_that_a_filter_lets_through_leads(ask: Callable[..., View]) -> None:
    (row,) = events(ask(), Filter(status="future"))
    assert (row.id, row.mentions, row.also_id) == (IDS[1], 3, (IDS[0], IDS[2]))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_of_happenings_make_up_the_whole(ask: Callable[..., View], size: int) -> None:
    view = ask()
    pages: list[str] = []
    while page := [row.id for row in events(view, Filter(limit=size, after=pages[-1] if pages else None))]:
        assert len(page) <= size
        pages += page
    assert pages == [row.id for row in events(view)]


def test_occurrences_count_happenings_and_keep_linked_ones_together(ask: Callable[..., View]) -> None:
    assert [(r.events, len(r.id)) for r in occurrences(ask())] == [(2, 4)]
    assert [(r.events, len(r.id)) for r in occurrences(ask(reading=replace(READING, links=())))] == [(3, 3), (1, 1)]


def test_show_has_the_other_mentions(ask: Callable[..., View]) -> None:
    shown = show(ask(), IDS[1])
    assert [row.id for row in shown.mentions] == [IDS[0], IDS[2]]
    assert [m["id"] for m in shown.full()["mentions"]] == [IDS[0], IDS[2]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("condemned ←subject Kenya", "condemned → subject: Kenya"),
        ("talks →object held ←subject Kenya", "talks, the object of held → subject: Kenya"),
        ("meet →to do plans ←subject Hill", "meet (to do) plans → subject: Hill"),
        ("sent ←to whom Chad ←and Mali", "sent → to whom: Chad → and: Mali"),
        ("visit", "visit"),
        (None, None),
    ],
)
def test_paths_in_words(path: str | None, expected: str | None) -> None:
    assert in_words(path) == expected


def test_how_an_event_came_to_its_code() -> None:
    why = (
        Why("rule", "verb meet CONSULT", 0.8), Why("rule", "recode:meeting-at-home"), Why("model", "events CONSULT", 0.9),
        Why("model", "events, not taken: AGREE", 0.02), Why("model", "events, not taken: CONCEDE", 0.05), Why("rule", "recode:not-there"),
    )  # fmt: skip
    told = coding(replace(TOLD[0], mode="visit", why=why, paths=("met ←subject Ruritania", None)))
    assert told.predicate == "met"
    assert [(w.role, w.party, w.words) for w in told.ways] == [
        ("actor", "Ruritania", "met → subject: Ruritania"), ("actor", "Borduria", None),
    ]  # fmt: skip
    assert [(r.kind, r.code) for r in told.rules] == [("type", "CONSULT"), ("mode", "CONSULT/visit"), ("recoding", "recode:meeting-at-home")]
    assert told.runners_up == (RunnerUp("CONCEDE", "model", 0.05), RunnerUp("AGREE", "model", 0.02))


def test_an_event_of_before_has_no_ways() -> None:
    assert coding(TOLD[0]).ways == ()
