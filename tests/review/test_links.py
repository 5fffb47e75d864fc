"""Links that people judged: how they are listed by what judgements come to, and how far reviewers agree on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord import app
from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.query import Filter, links
from onrecord.query.agreement import agreement
from onrecord.store import open_store
from store.builders import sample

READINGS = [reading for n in range(1, 30) if (reading := sample(n)).events and reading.statements][:4]
EVENTS = [r.events[0].id for r in READINGS]
SAID = [r.statements[0].id for r in READINGS]
ONE, TWO, THREE, FOUR = (sorted(pair) for pair in ((EVENTS[0], EVENTS[1]), (EVENTS[1], EVENTS[2]), (EVENTS[2], EVENTS[3]), (SAID[0], SAID[1])))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Four links were found. On the first people differ, on the second they agree, the third one person judged, the fourth nobody."""
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as w:
        for reading in READINGS:
            w.add(reading, reading.document.id)
        with w.linking() as linking:
            for number, (left, right) in enumerate((ONE, TWO, THREE)):
                linking.link(Link(left, right, "same-event", "positive", 0.5 + number / 10, "days", "same-events", ""))
            linking.link(Link(*FOUR, "same-statement", "positive", 0.9, "words", "same-statements", ""))
    for pair, by, verdict in (
        (ONE, "Ada", "accept"),
        (ONE, "Ben", "reject"),
        (TWO, "Ada", "reject"),
        (TWO, "Ben", "reject"),
        (THREE, "Ben", "unsure"),
    ):
        app.judge(path, *pair, verdict, by=by, type="same-event")  # type: ignore[arg-type]
    return path


def listed(path: Path, **wanted: Any) -> list[tuple[int, str, str, str]]:
    """(which pair, by, judgement, state) of links across reports."""
    with open_store(path) as store, store.view() as view:
        rows = [row for row in links(view, Filter(**wanted)) if sorted((row.left, row.right)) in (ONE, TWO, THREE, FOUR)]
    number = {tuple(pair): n for n, pair in enumerate((ONE, TWO, THREE, FOUR), 1)}
    return sorted((number[tuple(sorted((row.left, row.right)))], row.by, row.judgement, row.state) for row in rows)


FIRST = [(1, "Ada", "positive", "disputed"), (1, "Ben", "negative", "disputed"), (1, "same-events", "positive", "disputed")]
SECOND = [(2, "Ada", "negative", "rejected"), (2, "Ben", "negative", "rejected"), (2, "same-events", "positive", "rejected")]
THIRD = [(3, "Ben", "unsure", "unsure"), (3, "same-events", "positive", "unsure")]
FOURTH = [(4, "same-statements", "positive", "undecided")]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [*FIRST, *SECOND, *THIRD, *FOURTH]),
        ({"state": "disputed"}, FIRST),
        ({"state": "rejected"}, SECOND),
        ({"state": "unsure"}, THIRD),
        ({"state": "accepted"}, []),
        ({"state": "decided"}, [*FIRST, *SECOND, *THIRD]),
        ({"state": "undecided", "type": "same-statement"}, FOURTH),
        ({"state": "decided", "type": "same-statement"}, []),
        ({"state": "decided", "record_id": EVENTS[0]}, FIRST),
        ({"by": "Ada"}, [FIRST[0], SECOND[0]]),
        ({"by": "Ben", "state": "disputed"}, [FIRST[1]]),
        ({"by": "same-events", "confidence": 0.6}, [SECOND[2], THIRD[1]]),
    ],
)
def test_links_are_listed_by_what_people_say_of_them(path: Path, wanted: dict[str, Any], expected: list[tuple[int, str, str, str]]) -> None:
    assert listed(path, **wanted) == expected


def test_a_settled_dispute_is_none_and_who_settled_it_is_said(path: Path) -> None:
    app.judge(path, *ONE, "accept", by="Cleo", settles=True)
    assert listed(path, state="disputed") == []
    with open_store(path) as store, store.view() as view:
        assert [row.by for row in links(view, Filter(state="accepted")) if row.settles] == ["Cleo"]


def test_what_was_withdrawn_is_undecided(path: Path) -> None:
    app.judge(path, *THREE, "withdraw", by="Ben")
    assert listed(path, state="unsure") == []
    assert {row[3] for row in listed(path) if row[0] == 3} == {"undecided"}


def test_no_link_is_corrected(path: Path) -> None:
    with pytest.raises(QueryError, match="no link is corrected"):
        listed(path, state="corrected")


def test_agreement_on_links_counts_those_that_two_judged(path: Path) -> None:
    app.judge(path, *ONE, "accept", by="Cleo", settles=True)  # who settles has seen the others'
    app.decide(path, SAID[0], "accept", by="Ada")
    app.decide(path, SAID[0], "accept", by="Ben")
    with open_store(path) as store, store.view() as view:
        rows = agreement(view)
        (links_alone,) = agreement(view, Filter(kind="link"))
        (of_report,) = agreement(view, Filter(kind="link", document_id=READINGS[0].document.id))
    assert [(r.by, r.kind, r.what, r.records, r.agreed) for r in rows if r.kind == "link"] == [(("Ada", "Ben"), "link", "same-event", 2, 0.5)]
    assert links_alone == rows[-1]
    assert (links_alone.kappa, links_alone.alpha) == (0.0, 0.0)
    assert (of_report.records, of_report.agreed) == (1, 0.0)
    assert {r.kind for r in rows} == {"statement", "link"}
