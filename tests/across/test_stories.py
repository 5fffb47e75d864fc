"""Reports of one story are linked, those of two stories of one kind are not, whatever order they come in; ids last as stories grow."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import across
from onrecord.across.joined import Joined
from onrecord.across.stories import SAME_STORY, Stories
from onrecord.across.stories_changes import is_story, report_of, story_id
from onrecord.across.terms import alike, bag_of
from onrecord.evaluate.stories import Setting, by_nearest
from onrecord.model import Document, Link, Problem, Reading
from onrecord.store import Store, Writer, open_store
from store.builders import document

FERRY = (
    "The ferry Zenda sank off Strelsau on Monday with 23 people missing.",
    "Divers searched the wreck of the Zenda off Strelsau; 23 are missing.",
    "Ruritania mourns: 23 missing after the Zenda ferry sank near Strelsau.",
    "Owners of the ferry Zenda, which sank off Strelsau, face questions.",
)
OTHER_FERRY = (
    "A ferry fire in Port Almas harbour killed five crew of the Kolvir on Friday.",
    "Five crew died as the Kolvir burned in the harbour of Port Almas.",
    "Fire on the Kolvir: Borduria asks why five crew of the ferry died at Port Almas.",
    "Welders are blamed for the Kolvir fire that killed five in Port Almas.",
)
TALKS = (
    "Ana Lund and Ömer Çelik opened talks on the Rell dam in Hentzau.",
    "Talks on the Rell dam began in Hentzau between Lund and Çelik.",
    "In Hentzau, Lund told Çelik that the Rell dam must wait.",
)
ALONE = ("Wheat prices rose for a fifth week.", "A choir of 400 sang at the lighthouse.", "", "🙂", "\x00")


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


def add(writer: Writer, documents: Iterable[Document]) -> None:
    """Add documents, and link them one by one."""
    for d in documents:
        writer.add(Reading(d), d.id, "made up")
        across.link(writer, [Stories()], on_problem=fail, batch=1)


@contextmanager
def stored(documents: Iterable[Document]) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
        with store.writer() as writer:
            add(writer, documents)
        yield store


def links(store: Store) -> set[tuple[str, str, float]]:
    with store.view() as view:
        return {(link.left, link.right, link.score) for link in view.links(types=SAME_STORY) if not is_story(link.left)}


def groups(store: Store) -> list[list[str]]:
    with store.view() as view:
        return [group for group in Joined.of(view, *SAME_STORY).groups() if not is_story(group[0])]


def changes(store: Store) -> dict[tuple[str, str], str]:
    with store.view() as view:
        return {(report_of(link.left), report_of(link.right)): link.judgement for link in view.links(types=SAME_STORY) if is_story(link.left)}


def texts(store: Store) -> list[set[str]]:
    with store.view() as view:
        return [{view.document(id_).text for id_ in group} for group in groups(store)]


@pytest.mark.parametrize("seed", range(3))
def test_two_stories_of_one_kind_stay_two(seed: int) -> None:
    told = [document(text) for text in (*FERRY, *OTHER_FERRY, *TALKS, *ALONE)]
    random.Random(seed).shuffle(told)
    with stored(told) as store:
        found = texts(store)
    assert sorted(map(sorted, found)) == sorted(map(sorted, [set(FERRY), set(OTHER_FERRY), set(TALKS)]))


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("2031-07-03", "2031-07-05", True),
        ("2031-07-03", "2031-07-10", True),
        ("2031-07-03", "2031-07-11", False),
        ("2031-07-03", "2031-11-20", False),
        ("2031-07-03", None, False),
        (None, None, True),
        ("2031-12-30T22:00:00Z", "2032-01-02", True),
        ("no date at all", None, True),
    ],
)
def test_the_days_between(first: str | None, second: str | None, one: bool) -> None:
    with stored([document(TALKS[0], published=first), document(TALKS[1], published=second)]) as store:
        assert bool(groups(store)) is one


def test_a_visit_in_july_and_another_in_november_are_two_stories_however_alike_their_words() -> None:
    july = [document(text, published=f"2031-07-0{n + 1}") for n, text in enumerate(TALKS)]
    november = [document(text, published=f"2031-11-0{n + 1}") for n, text in enumerate(TALKS)]
    with stored([*july, *november]) as store:
        assert groups(store) == sorted([sorted(d.id for d in july), sorted(d.id for d in november)])


def test_a_link_leads_from_the_later_report_and_says_on_what_ground() -> None:
    with stored([document(TALKS[1], published="2031-07-05"), document(TALKS[0], published="2031-07-03")]) as store, store.view() as view:
        (link,) = view.links(types=SAME_STORY)
        assert (view.document(link.left).text, view.document(link.right).text) == (TALKS[1], TALKS[0])
    assert (link.judgement, link.by, link.created_at) == ("positive", "stories", "")
    assert 0 < link.score < 1
    assert "alike" in link.detail


def test_ten_copies_of_one_text_hide_no_other_report() -> None:
    """A text that ten papers print is one report: what is said otherwise is as near to it as if one had printed it."""
    copies = [document(FERRY[0], publisher=f"Paper {n}") for n in range(10)]
    others = [document(FERRY[1], publisher=f"Post {n}") for n in range(10)]
    with stored([*copies, *others]) as store:
        assert [len(group) for group in groups(store)] == [20]


WORDS = [
    "Zenda", "Strelsau", "Hentzau", "Rell", "Kolvir", "Almas", "ferry", "dam", "wreck", "divers", "talks", "missing", "23", "61", "412", "quay",
    "choir", "wheat", "lighthouse", "Lund", "Çelik",
]  # fmt: skip
MADE_UP = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(" ".join), st.sampled_from([None, "2031-05-01", "2031-05-06", "2031-05-12"])
    ),
    min_size=2,
    max_size=14,
    unique=True,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MADE_UP, st.randoms(use_true_random=False))
def test_no_order_of_arrival_changes_a_link(told: list[tuple[str, str | None]], chance: random.Random) -> None:
    documents = [document(text, published=published) for text, published in told]
    shuffled = documents[:]
    chance.shuffle(shuffled)
    with stored(documents) as one, stored(shuffled) as other:
        assert links(one) == links(other)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MADE_UP)
def test_the_groups_are_those_of_the_definition(told: list[tuple[str, str | None]]) -> None:
    """Linked one by one and found by terms, reports come into the groups that comparing all with all gives."""
    documents = [document(text, published=None) for text, _ in told]
    documents = list({d.id: d for d in documents}.values())
    with stored(documents) as store:
        found = groups(store)
    labels = by_nearest(alike([bag_of(d.text) for d in documents]), [d.id for d in documents], Setting())
    wanted = [sorted(d.id for d, label in zip(documents, labels, strict=True) if label == one) for one in sorted(set(labels))]
    assert found == sorted(group for group in wanted if len(group) > 1)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MADE_UP, st.data())
def test_linking_again_changes_nothing_and_what_is_read_anew_is_linked_as_before(told: list[tuple[str, str | None]], data: st.DataObject) -> None:
    documents = [document(text, published=published) for text, published in told]
    with stored(documents) as store:
        before = links(store)
        with store.writer() as writer:
            again = data.draw(st.sampled_from(documents))
            writer.add(Reading(again), again.id, "another run")
            across.link(writer, [Stories()], on_problem=fail)
            assert links(store) == before
            writer.unlink_all()
            across.link(writer, [Stories()], on_problem=fail)
        assert links(store) == before


@pytest.mark.parametrize("number", range(len(FERRY) + len(OTHER_FERRY)))
def test_a_report_that_its_input_gives_no_longer_leaves_its_story_as_if_it_had_never_been(number: int) -> None:
    documents = [document(text) for text in (*FERRY, *OTHER_FERRY, *TALKS)]
    corrected = document("Correction: the choir sang in Hentzau.")
    with stored(documents) as store, stored([*documents[:number], *documents[number + 1 :], corrected]) as scratch:
        with store.writer() as writer:
            writer.add(Reading(corrected), documents[number].id, "another run")
            across.link(writer, [Stories()], on_problem=fail)
        assert links(store) == links(scratch)


def test_a_pair_that_somebody_withdrew_stays_withdrawn() -> None:
    told = [document(text) for text in TALKS[:2]]
    with stored(told) as store, store.writer() as writer:
        with store.view() as view:
            (link,) = view.links(types=SAME_STORY)
        writer.link(Link(link.left, link.right, "same-story", "negative", 1.0, "two meetings", "Ada", "2031-06-01T00:00:00Z"))
        add(writer, [document(FERRY[0])])
        assert groups(store) == []


def grown(steps: Sequence[Sequence[str]]) -> tuple[list[str], dict[tuple[str, str], str], list[list[str]]]:
    """The ids of all reports in order of arrival, how stories changed, and the groups in the end."""
    documents = [document(text) for step in steps for text in step]
    with stored(documents) as store:
        return [d.id for d in documents], changes(store), groups(store)


def test_a_story_that_only_grows_changes_nothing_else() -> None:
    _, changed, found = grown([FERRY])
    assert len(found) == 1
    assert changed == {}


BETWEEN = (
    "Ana Lund opened talks in Hentzau. The ferry Zenda sank.",
    "Lund, Çelik, Hentzau, Rell dam: talks. Zenda, Strelsau: ferry sank, 23 missing, wreck, divers.",
    "Ferry Zenda sank off Strelsau, 23 missing; in Hentzau Lund and Çelik broke off talks on the Rell dam.",
)


def test_stories_that_become_one_are_linked_the_later_begun_to_the_earlier() -> None:
    ids, changed, found = grown([FERRY[:2], TALKS[:2], BETWEEN])
    assert len(found) == 1
    assert changed[ids[2], ids[0]] == "positive"
    assert story_id(ids[0]) == f"story-{ids[0]}"


def test_a_story_that_falls_apart_leaves_a_negative_link() -> None:
    """What vague early reports held together parts when clearer ones come."""
    vague = "A ferry sank; in another port a ferry burned."
    ids, changed, found = grown([OTHER_FERRY[1::2], FERRY[1:2], OTHER_FERRY[2::-2], FERRY[2:3], [vague], FERRY[3::-3]])
    apart = {pair for pair, judgement in changed.items() if judgement == "negative"}
    whole = {id_: group for group in found for id_ in group}
    assert len(found) == 2
    assert apart
    assert all(whole.get(one) is not whole.get(other) for one, other in apart)
    assert {end for pair in apart for end in pair} <= set(ids)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MADE_UP)
def test_every_id_that_a_story_ever_had_leads_to_the_story_its_report_is_in(told: list[tuple[str, str | None]]) -> None:
    documents = [document(text, published=None) for text, _ in told]
    had: set[str] = set()
    with stored([]) as store:
        with store.writer() as writer:
            for d in {d.id: d for d in documents}.values():
                before = {tuple(group) for group in groups(store)}
                add(writer, [d])
                for group in groups(store):
                    with store.view() as view:
                        had.add(min(group, key=view.arrival))
                    if tuple(id_ for id_ in group if id_ != d.id) in before:  # grown by one: it keeps its id
                        with store.view() as view:
                            assert min(group, key=view.arrival) != d.id
        merged = {left for (left, _), judgement in changes(store).items() if judgement == "positive"}
        assert merged <= had
        assert had <= {d.id for d in documents}
