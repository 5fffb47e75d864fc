"""What people's judgements of links come to: one person, two, three, who settles it, a change of mind, a report read anew in between."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import app
from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.errors import QueryError
from onrecord.model import Judged, Link
from onrecord.query import Filter, events, stories
from onrecord.store import open_store
from onrecord.store.standing import judged, judgements
from store.builders import sample

FOUND = Link("x", "y", "same-event", "positive", 0.8, "the same meeting", "same-events", "")
NAMES = {"A": "Ada", "B": "Ben", "C": "Cleo", "D": "Dora"}
MEANS: dict[str, Any] = {"+": "positive", "-": "negative", "?": "unsure"}


def said(words: str, left: str = "x", right: str = "y") -> list[Judged]:
    """Judgements in order, from "A+ B- C-!": Ada accepts, Ben rejects, Cleo rejects and settles it; "?" is unsure, "A0" withdraws."""
    found: list[Judged] = []
    for minute, word in enumerate(words.split()):
        by, at = NAMES[word[0]], f"2031-06-01T10:{minute:02}"
        gone = at if word[1] == "0" else None
        found.append(Judged(left, right, "same-event", MEANS.get(word[1], "positive"), 1.0, "", by, at, gone, settles="!" in word))
    return found


def together(links: Iterable[Link], left: str = "x", right: str = "y") -> bool:
    joined = Joined(links, SAME_EVENT)
    return joined.first(left) == joined.first(right)


@pytest.mark.parametrize(
    ("words", "state", "with_a_linker", "alone"),
    [
        # nobody
        ("", None, True, False),
        # one person's word counts over the linkers'
        ("A+", "accepted", True, True),
        ("A-", "rejected", False, False),
        ("A?", "unsure", False, False),
        # two who say the same
        ("A+ B+", "accepted", True, True),
        ("A- B-", "rejected", False, False),
        # two who differ: neither counts, the linkers' word stands
        ("A+ B-", "disputed", True, False),
        ("A- B+", "disputed", True, False),
        ("A+ B?", "disputed", True, False),
        # three
        ("A+ B+ C-", "disputed", True, False),
        ("A+ B- C+", "disputed", True, False),
        # one changes her mind: no dispute with herself
        ("A+ A-", "rejected", False, False),
        ("A+ A- A+", "accepted", True, True),
        ("A+ B- A-", "rejected", False, False),
        ("A+ B+ A-", "disputed", True, False),
        # what is withdrawn says nothing, and brings nothing back that she said before
        ("A- A0", None, True, False),
        ("A+ A- A0", None, True, False),
        ("A+ B- B0", "accepted", True, True),
        ("A+ B- A0 B0", None, True, False),
        ("A+ B- B0 B-", "disputed", True, False),
        # somebody settles it: that outweighs the others, later ones too, until it is withdrawn
        ("A+ B- C-!", "rejected", False, False),
        ("A+ B- C+!", "accepted", True, True),
        ("A+ B- C?!", "unsure", False, False),
        ("A+ B- C-! D+", "rejected", False, False),
        ("A+ B- C-! A- A+", "rejected", False, False),
        ("A+ B- C-! D+!", "accepted", True, True),
        ("A+ B- C-! C0", "disputed", True, False),
        ("A+ B- C-! C0 A0", "rejected", False, False),
    ],
)
def test_what_judgements_come_to(words: str, state: str | None, with_a_linker: bool, alone: bool) -> None:
    links = said(words)
    assert judged(judgements(links)) == state
    assert (together([FOUND, *links]), together(links)) == (with_a_linker, alone)


def test_where_people_differ_what_a_linker_rejects_stays_apart() -> None:
    assert not together([Link("x", "y", "same-event", "negative", 0.9, "", "careful", ""), FOUND, *said("A+ B-")])


def test_the_same_pair_the_other_way_round_is_the_same_pair() -> None:
    assert judged(judgements([*said("A+"), *said("B-", "y", "x")])) == "disputed"
    assert together([FOUND, *said("A-", "y", "x"), *said("B-")]) is False


Words = list[tuple[str, str]]
WORDS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["+", "-", "?", "0"])), max_size=8)


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_different_people_does_not_matter(words: Words, random: Any) -> None:
    """Each person's own judgements keep their order; those of different people are mixed in any way."""
    queues = {name: [what for by, what in words if by == name] for name in "ABC"}
    mixed = [name for name in "ABC" for _ in queues[name]]
    random.shuffle(mixed)
    other = " ".join(name + queues[name].pop(0) for name in mixed)
    first = " ".join(by + what for by, what in words)
    assert judged(judgements(said(first))) == judged(judgements(said(other)))
    assert together([FOUND, *said(first)]) == together([FOUND, *said(other)])


ENDS = [f"r{n}" for n in range(6)]
PAIRS = list(combinations(ENDS, 2))


@given(st.lists(st.sampled_from(PAIRS), unique=True, max_size=8), st.dictionaries(st.sampled_from(PAIRS), WORDS, max_size=3))
def test_what_people_did_not_touch_stays_as_linkers_have_it(found: list[tuple[str, str]], touched: dict[tuple[str, str], Words]) -> None:
    """Groups that hold no record that somebody judged are the same; and all are, where nobody's judgement counts or people differ everywhere."""
    links = [Link(*pair, "same-event", "positive", 0.8, "", "same-events", "") for pair in found]
    judgements_made = [one for pair, words in touched.items() for one in said(" ".join(by + what for by, what in words), *pair)]
    before, after = Joined(links, SAME_EVENT), Joined([*links, *judgements_made], SAME_EVENT)
    hands = {end for pair in touched for end in pair}
    untouched = [group for group in before.groups() if not hands & set(group)]
    assert [group for group in after.groups() if group in untouched] == untouched
    states = [judged(judgements([x for x in judgements_made if {x.left, x.right} == set(pair)])) for pair in touched]
    if set(states) <= {None, "disputed"}:
        assert after.groups() == before.groups()


# In a store

ONE, TWO = sample(1), sample(2)
LEFT, RIGHT = ONE.events[0].id, TWO.events[0].id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as w:
        w.add(ONE, "a.txt")
        w.add(TWO, "b.txt")
        found(w)
    return path


def found(writer: Any) -> None:
    """A linker finds that the two events are one."""
    with writer.linking() as linking:
        linking.link(Link(RIGHT, LEFT, "same-event", "positive", 0.8, "the same meeting", "same-events", ""))


def read_again(path: Path, run: str) -> None:
    """Both reports are read anew, and linked again."""
    with open_store(path) as store, store.writer() as w:
        w.add(sample(1, run), "a.txt")
        w.add(sample(2, run), "b.txt")
        found(w)


def judge(path: Path, by: str, verdict: Any, **more: Any) -> Judged:
    return app.judge(path, LEFT, RIGHT, verdict, by=by, type="same-event", **more)


def one_event(path: Path) -> bool:
    with open_store(path) as store, store.view() as view:
        assert store.check() == []
        return any(row.mentions > 1 for row in events(view, Filter()))


def test_a_dispute_outlives_readings_until_it_is_settled(path: Path) -> None:
    assert one_event(path)
    judge(path, "Ada", "reject")
    assert not one_event(path)
    read_again(path, "run-2")
    assert not one_event(path)
    judge(path, "Ben", "accept", note="one meeting")
    assert one_event(path), "as the linker has it"
    read_again(path, "run-3")
    made = judge(path, "Cleo", "reject", settles=True)
    assert (made.left, made.right, made.settles, made.judgement) == (RIGHT, LEFT, True, "negative")
    assert not one_event(path)
    judge(path, "Dora", "accept")
    read_again(path, "run-4")
    assert not one_event(path)
    assert judge(path, "Cleo", "withdraw").withdrawn_at is not None
    assert one_event(path), "disputed again"


@pytest.mark.parametrize(
    ("by", "verdict", "more", "message"),
    [
        ("", "accept", {}, "has to be signed"),
        ("Cleo", "accept", {"settles": True}, "there is no dispute to settle"),
        ("Cleo", "withdraw", {}, "Cleo has judged no such link"),
    ],
)
def test_what_is_not_allowed_without_a_dispute(path: Path, by: str, verdict: str, more: dict[str, Any], message: str) -> None:
    judge(path, "Ada", "reject")
    with pytest.raises(QueryError, match=message):
        judge(path, by, verdict, **more)


def test_who_took_sides_does_not_settle_it_but_an_admin_does_and_again(path: Path) -> None:
    judge(path, "Ada", "reject")
    judge(path, "Ben", "accept")
    with pytest.raises(QueryError, match="Ben is a party to the dispute"):
        judge(path, "Ben", "accept", settles=True)
    judge(path, "Ben", "reject", settles=True, admin=True)
    assert not one_event(path)
    with pytest.raises(QueryError, match="there is no dispute"):
        judge(path, "Cleo", "accept", settles=True)
    judge(path, "Ben", "accept", settles=True, admin=True)
    assert one_event(path)


def test_a_clock_that_is_put_back_does_not_bring_back_what_somebody_said_before(path: Path) -> None:
    with open_store(path) as store, store.writer() as w:
        w.judge(Judged(RIGHT, LEFT, "same-event", "positive", 1.0, "", "Ada", "2131-06-01T10:00:00.000000+00:00"))
    assert judge(path, "Ada", "reject").created_at == "2131-06-01T10:00:00.000001+00:00"
    assert not one_event(path)


def test_a_judgement_of_what_is_gone_can_be_withdrawn(path: Path) -> None:
    judge(path, "Ada", "reject")
    with open_store(path) as store, store.writer() as w:
        w.add(sample(3, "run-2"), "b.txt")
    with pytest.raises(QueryError, match="no record"):
        judge(path, "Ben", "accept")
    assert judge(path, "Ada", "withdraw").by == "Ada"


def documents(path: Path, verdict: Any, by: str = "Ada") -> None:
    app.judge(path, TWO.document.id, ONE.document.id, verdict, by=by, type="same-story")


def in_stories(path: Path) -> list[int]:
    with open_store(path) as store, store.view() as view:
        return [len(story.document_id) for story in stories(view)]


def test_stories_follow_judgements_at_once(path: Path) -> None:
    """Nothing is to be linked anew: what people merge and split shows in the next answer."""
    assert in_stories(path) == []
    documents(path, "accept")
    assert in_stories(path) == [2]
    with open_store(path) as store, store.writer() as w:
        w.unlink_all()
    assert in_stories(path) == [2], "what people judged stays where all is linked anew"
    documents(path, "reject", by="Ben")
    assert in_stories(path) == [], "disputed, and no linker says so"
    documents(path, "withdraw", by="Ben")
    assert in_stories(path) == [2]
