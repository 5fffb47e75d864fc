"""Linking a stream of made-up reports: whatever the order of arrival, whatever is killed, the answers are the same, and mostly true."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import os
import random
import signal
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from benchmarks.linking import agreement, background
from benchmarks.stream import Stream

from onrecord import across, app
from onrecord.across.joined import COPIES, SAME_EVENT, Joined
from onrecord.model import Link, Problem, Reading
from onrecord.model.links import LinkType
from onrecord.store import Linking, open_store
from store.builders import sample
from store.durable import fork
from store.reference import ReferenceStore

SIZE = 220
GROUPED: tuple[tuple[LinkType, ...], ...] = (COPIES, ("same-story",), SAME_EVENT, ("same-statement",))


@cache
def stream() -> tuple[Stream, list[Reading]]:
    """Reports of three days, with the truth about them."""
    found = Stream(SIZE, background(), seed=7, per_day=SIZE // 3)
    return found, list(found)


def put(path: Path, readings: Sequence[Reading], batch: int = 50) -> None:
    """Add readings and link them, some at a time."""
    with open_store(path, create=True) as store, store.writer() as writer:
        for begin in range(0, len(readings), batch):
            for reading in readings[begin : begin + batch]:
                writer.add(reading, reading.document.id, "made up")
            across.link(writer, app.linkers(), on_problem=fail, batch=batch)


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


def groups(path: Path) -> dict[tuple[LinkType, ...], list[list[str]]]:
    """The groups that links of each type make, of reports and records; ids of stories, which follow the order of adding, are left out."""
    with open_store(path) as store, store.view() as view:
        return {types: [g for g in Joined.of(view, *types).groups() if not g[0].startswith("story-")] for types in GROUPED}


def answers(path: Path) -> set[tuple[str, str]]:
    with open_store(path) as store, store.view() as view:
        return {(link.left, link.right) for link in view.links(types=["responds-to"])}


def test_the_order_of_arrival_changes_no_answer(tmp_path: Path) -> None:
    _, readings = stream()
    put(tmp_path / "in order", readings)
    wanted, answered = groups(tmp_path / "in order"), answers(tmp_path / "in order")
    assert sum(map(bool, wanted.values())) > 2
    for seed in range(3):
        shuffled = random.Random(seed).sample(readings, len(readings))
        put(tmp_path / str(seed), shuffled, batch=random.Random(seed).randint(1, 90))
        assert groups(tmp_path / str(seed)) == wanted
        assert answers(tmp_path / str(seed)) == answered


def test_killed_and_resumed_equals_uninterrupted(tmp_path: Path) -> None:
    _, readings = stream()
    readings = readings[:60]
    put(tmp_path / "whole", readings, batch=10)
    for seed in range(6):
        path, moment = tmp_path / str(seed), random.Random(seed).randint(1, len(readings) - 1)
        child = fork(lambda path=path, moment=moment: killed_while_linking(path, readings, moment))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        put(path, readings, batch=10)
        assert (groups(path), answers(path)) == (groups(tmp_path / "whole"), answers(tmp_path / "whole"))


def test_reports_read_anew_are_linked_as_before(tmp_path: Path) -> None:
    _, readings = stream()
    path = tmp_path / "s"
    put(path, readings)
    wanted = groups(path), answers(path)
    with open_store(path) as store, store.writer() as writer:
        for reading in readings[::3]:
            writer.add(reading, reading.document.id, "a later run")
        assert across.link(writer, app.linkers(), on_problem=fail) > len(readings) // 3
    assert (groups(path), answers(path)) == wanted
    assert app.link(path, anew=True, on_problem=fail) == len(readings)
    assert (groups(path), answers(path)) == wanted


def killed_while_linking(path: Path, readings: list[Reading], moment: int) -> None:
    """Kill this process, as kill -9 does, when so many documents were linked."""
    left = iter(range(moment))

    class Deadly:
        name = "deadly"

        def link(self, *_: object) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

    with open_store(path, create=True) as store, store.writer() as writer:
        for reading in readings:
            writer.add(reading, reading.document.id, "made up")
        across.link(writer, [*app.linkers(), Deadly()], on_problem=fail, batch=10)


def test_what_the_links_say_is_mostly_true(tmp_path: Path) -> None:
    made, readings = stream()
    put(tmp_path / "s", readings)
    found = agreement(tmp_path / "s", made)
    for kind in ("copies", "happenings"):
        assert found[kind]["f1"] > 70, (kind, found)


# the engine itself


class Chain:
    """Links every document to the one added before it; fails at some."""

    name = "chain"

    def __init__(self, failing: Sequence[str] = ()) -> None:
        self.failing, self.seen = failing, []

    def link(self, reading: Reading, _: Linking) -> None:
        self.seen.append(reading.document.id)
        if reading.document.id in self.failing:
            raise ZeroDivisionError("made to fail")


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_a_linker_that_fails_costs_one_document(batch: int) -> None:
    store, said, linker = ReferenceStore(), [], Chain([sample(4).document.id])
    with store.writer() as writer:
        for n in range(8):
            writer.add(sample(n), str(n))
        assert across.link(writer, [linker], on_problem=said.append, batch=batch) == 8
        assert [(p.code, p.where) for p in said] == [("linking-failed", sample(4).document.id)]
        assert set(linker.seen) == {sample(n).document.id for n in range(8)}
        assert across.link(writer, [linker], on_problem=said.append, batch=batch) == 0


def test_progress_is_told_after_each_batch() -> None:
    store, told = ReferenceStore(), []
    with store.writer() as writer:
        for n in range(5):
            writer.add(sample(n), str(n))
        across.link(writer, [], on_problem=fail, progress=told.append, batch=2)
    assert told == [2, 4, 5]


# what joins


def link(left: str, right: str, judgement: str = "positive", score: float = 0.5, at: str = "") -> Link:
    return Link(left, right, "same-event", judgement, score, "", "somebody" if at else "a machine", at)  # type: ignore[arg-type]


def apart(left: str, right: str) -> Link:
    return link(left, right, "negative", at="2031-01-01")


@pytest.mark.parametrize(
    ("name", "links", "wanted"),
    [
        ("nothing", [], []),
        ("two", [link("b", "a")], [["a", "b"]]),
        ("a chain", [link("b", "a"), link("c", "b")], [["a", "b", "c"]]),
        ("a machine's doubt", [link("b", "a", "unsure")], []),
        ("rejected by a person", [link("b", "a"), apart("b", "a")], []),
        ("rejected the other way round", [link("b", "a"), apart("a", "b")], []),
        ("accepted later", [apart("b", "a"), link("b", "a", at="2031-01-02")], [["a", "b"]]),
        ("a person is unsure", [link("b", "a"), link("b", "a", "unsure", at="2031-01-01")], []),
        ("rejected, and joined through a third", [link("b", "a", score=0.9), link("c", "b", score=0.4), apart("c", "a")], [["a", "b"]]),
        ("the surer of two", [link("b", "a", score=0.4), link("c", "b", score=0.9), apart("c", "a")], [["b", "c"]]),
        ("far ends kept apart", [link("b", "a", score=0.9), link("d", "c"), link("c", "b", score=0.1), apart("d", "a")], [["a", "b"], ["c", "d"]]),
        ("a person before a machine", [link("b", "a", score=0.99), link("c", "b", at="2031"), apart("c", "a")], [["b", "c"]]),
    ],
)  # fmt: skip
def test_links_join(name: str, links: list[Link], wanted: list[list[str]]) -> None:
    for seed in range(5):
        assert Joined(random.Random(seed).sample(links, len(links)), ["same-event"]).groups() == wanted, name


def test_a_withdrawn_link_joins_nothing_and_other_types_neither() -> None:
    withdrawn = Link("b", "a", "same-event", "positive", 1.0, "", "m", "", "2031-01-01")
    other = Link("b", "a", "same-story", "positive", 1.0, "", "m", "")
    assert Joined([withdrawn, other], ["same-event"]).groups() == []


def test_the_groups_around_some_ids_are_those_of_all_links(tmp_path: Path) -> None:
    rng = random.Random(1)
    ids = [f"{n:02}" for n in range(40)]
    store = ReferenceStore()
    with store.writer() as writer:
        for _ in range(40):
            left, right = rng.sample(ids, 2)
            writer.link(link(left, right, rng.choice(["positive", "positive", "positive", "negative"]), rng.random(), rng.choice(["", "2031"])))
    with store.view() as view:
        whole = Joined.of(view, "same-event")
        for one in ids:
            assert Joined.around(view, [one], ["same-event"]).others(one) == whole.others(one)
