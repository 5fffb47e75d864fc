"""Stories as rows: a title, names, days and publishers of their own reports; ids that last; filters that choose by what a report holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord import across
from onrecord.across.copies import CopyLinker
from onrecord.across.stories import Stories
from onrecord.errors import QueryError
from onrecord.model import Document, Link, Problem, Reading
from onrecord.query import Filter, stories
from onrecord.query.stories import StoryRow
from onrecord.store import Store, open_store
from store.builders import document

FERRY = (
    ("The ferry Zenda sank off Strelsau on Monday. Rescue boats from Strelsau found 23 people missing, Dr. Lund said.", "2031-05-03", "North Wire"),
    ("Divers searched the wreck of the Zenda off Strelsau; 23 are missing, and Ruritania mourns the crew.", "2031-05-04", "Straits Herald"),
    ("Ruritania mourns: 23 missing after the ferry Zenda sank near Strelsau.", "2031-05-06", "Straits Herald"),
)
TALKS = (
    ("Ana Lund and Ömer Çelik opened talks on the Rell dam in Hentzau.", None, None),
    ("Talks on the Rell dam began in Hentzau between Lund and Çelik.", None, None),
)


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


def told(rows: tuple[tuple[str, str | None, str | None], ...], title: str | None = None) -> list[Document]:
    return [
        replace(document(text, publisher, day), title=title and f"{title} {n}", meta={"id": f"{text[:3]}-{n}"})
        for n, (text, day, publisher) in enumerate(rows)
    ]


def fill(store: Store, documents: list[Document]) -> None:
    with store.writer() as writer:
        for d in documents:
            writer.add(Reading(d), d.id, "made up")
            across.link(writer, [CopyLinker(), Stories()], on_problem=fail)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", create=True) as made:
        yield made


def ask(store: Store, **wanted: Any) -> list[StoryRow]:
    with store.view() as view:
        return list(stories(view, Filter(**wanted)))


def test_a_story_in_its_reports_own_words(store: Store) -> None:
    reports = told(FERRY)
    fill(store, [*reports, document("Wheat prices rose for a fifth week.")])
    (row,) = ask(store)
    assert row.id == f"story-{reports[0].id}"
    assert row.title == row.words
    assert any(row.title in d.text for d in reports)
    assert {"Zenda", "Strelsau"} <= set(row.names)
    assert (row.since, row.until, row.date) == ("2031-05-03", "2031-05-06", "2031-05-03")
    assert row.publisher == ("North Wire", "Straits Herald")
    assert row.documents == 3
    assert row.given_ids == ("The-0", "Div-1", "Rur-2")
    assert row.document_id == tuple(d.id for d in reports)
    assert row.full()["given_ids"] == ["The-0", "Div-1", "Rur-2"]


def test_a_title_is_one_that_a_report_has(store: Store) -> None:
    fill(store, told(FERRY, "Zenda lost"))
    (row,) = ask(store)
    assert row.title in {"Zenda lost 0", "Zenda lost 1", "Zenda lost 2"}
    assert row.words not in row.title


def test_a_first_sentence_ends_behind_no_abbreviation(store: Store) -> None:
    fill(store, told(tuple((f"Rescue boats from Strelsau found Dr. Lund of the Zenda alive {n} times. More later.", None, None) for n in (3, 4))))
    (row,) = ask(store)
    assert row.title.startswith("Rescue boats from Strelsau found Dr. Lund of the Zenda alive")
    assert row.title.endswith("times.")


def test_copies_count_once(store: Store) -> None:
    long = " ".join(f"The crew of the Zenda had {n} boats near Strelsau pier {n}." for n in range(20))
    fill(store, [document(f"{FERRY[0][0]} {long}", f"Paper {n}", "2031-05-03") for n in range(3)] + told(FERRY[1:]))
    (row,) = ask(store)
    assert (len(row.document_id), row.documents) == (5, 3)


@pytest.mark.parametrize(
    ("wanted", "ferry", "talks"),
    [
        ({}, True, True),
        ({"publisher": "North Wire"}, True, False),
        ({"since": "2031-05-06"}, True, False),
        ({"until": "2031-05-02"}, False, False),
        ({"text": "Hentzau"}, False, True),
        ({"text": "divers"}, True, False),
        ({"limit": 1}, True, False),
        ({"limit": 0}, False, False),
    ],
)
def test_a_filter_chooses_stories_by_their_reports_and_shows_them_whole(store: Store, wanted: dict[str, object], ferry: bool, talks: bool) -> None:
    fill(store, [*told(FERRY), *told(TALKS)])
    assert [len(row.document_id) for row in ask(store, **wanted)] == [3] * ferry + [2] * talks


def test_a_report_or_any_id_a_story_has_or_had_leads_to_it(store: Store) -> None:
    reports = told(FERRY)
    fill(store, [*reports, *told(TALKS)])
    (row,) = ask(store, document_id=reports[1].id)
    for id_ in (row.id, f"story-{reports[2].id}", reports[0].id):
        assert ask(store, document_id=id_) == [row]
    with pytest.raises(QueryError):
        ask(store, document_id="story-0123")


def test_a_report_that_is_alone_is_no_story(store: Store) -> None:
    fill(store, told(FERRY[:1]))
    assert ask(store) == []
    assert ask(store, document_id=told(FERRY[:1])[0].id) == []


def test_stories_that_became_one_are_named_with_it(store: Store) -> None:
    ferry, talks = told(FERRY[:2]), told(TALKS)
    fill(store, [*ferry, *talks])
    with store.writer() as writer:
        writer.link(Link(f"story-{talks[0].id}", f"story-{ferry[0].id}", "same-story", "positive", 1.0, "became one story with it", "stories", ""))
        writer.link(Link(talks[0].id, ferry[0].id, "same-story", "positive", 1.0, "one delegation", "Ada", "2031-06-01T00:00:00Z"))
    (row,) = ask(store)
    assert row.former == (f"story-{talks[0].id}",)
    assert ask(store, document_id=row.former[0]) == [row]


def test_a_pair_that_somebody_keeps_apart_is_two_stories_or_none(store: Store) -> None:
    reports = told(TALKS)
    fill(store, reports)
    with store.writer() as writer:
        writer.link(Link(reports[1].id, reports[0].id, "same-story", "negative", 1.0, "two meetings", "Ada", "2031-06-01T00:00:00Z"))
    assert ask(store) == []


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "🙂🙂", "A" * 5000, "....", "Ж" * 300 + "."])
def test_no_text_breaks_a_row(store: Store, text: str) -> None:
    reports = [document(text, f"Paper {n}") for n in range(2)]
    fill(store, reports)
    with store.writer() as writer:
        writer.link(Link(reports[1].id, reports[0].id, "same-story", "positive", 1.0, "as told", "Ada", "2031-06-01T00:00:00Z"))
    (row,) = ask(store)
    assert row.title == row.words
    assert len(row.title) <= 162
