"""Their rows beside ours: which meets which, at what level, and what the figures say."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from export.world import KENYA, MARTA, NORWAY, UNION, day, kept, reading, who
from onrecord.coded import CodedEvent, CompareRow, Comparison, Match, compare, read_coded
from onrecord.errors import QueryError
from onrecord.export import find
from onrecord.model import Document, Event, RecordDate
from onrecord.query import Filter
from store.builders import document, event

THEIRS = CodedEvent(line=2, id="t", date="2031-05-03", type="ASSAULT", quad=4, actor_country="KEN", recipient_country="NOR")


def report(text: str = "Kenya struck Norway.", **more: Any) -> tuple[Document, Event]:
    doc = document(text, published=more.pop("published", "2031-05-04"))
    sides = {"actors": [who(doc, "Kenya", KENYA)], "recipients": [who(doc, "Norway", NORWAY)], "date": day("2031-05-03"), **more}
    actors, recipients = sides.pop("actors"), sides.pop("recipients")
    return doc, event(doc, actors, sides.pop("code", "ASSAULT"), "struck", recipients, **sides)


@pytest.fixture
def against(tmp_path: Path) -> Iterator[Callable[..., Comparison]]:
    """A comparison of their rows with a store of these reports."""
    opened = []

    def make(theirs: list[CodedEvent], *reports: tuple[Document, Event], wanted: Filter | None = None, days: int = 1) -> Comparison:
        store = kept(tmp_path / f"{len(opened)}", [reading(doc, made) for doc, made in reports])
        opened.append(store.view())
        return compare(opened[-1], theirs, *([wanted] if wanted else []), days=days)

    yield make
    for view in opened:
        view.close()


@pytest.mark.parametrize(
    ("changes", "match", "days"),
    [
        ({}, "type", 0),
        ({"type": "COERCE"}, "quad", 0),
        ({"type": "AID", "quad": 2}, "dyad", 0),
        ({"type": None, "quad": 4}, "quad", 0),
        ({"type": None, "quad": None}, "dyad", 0),
        ({"date": "2031-05-04"}, "type", -1),
        ({"date": "2031-05-02"}, "type", 1),
        ({"date": "2031-05-05"}, "theirs", None),
        ({"date": None, "published": "2031-05-04"}, "type", -1),
        ({"date": None}, "theirs", None),
        ({"recipient_country": "SWE"}, "theirs", None),
        ({"recipient_country": None}, "theirs", None),
        ({"actor_country": "NOR", "recipient_country": "KEN"}, "theirs", None),  # the other way round is another row
        ({"actor": "Somebody Else"}, "type", 0),  # the state counts, not the name
    ],
)
def test_a_row_meets_ours_by_day_parties_and_coding(against, changes, match, days):
    comparison = against([replace(THEIRS, **changes)], report())
    first, *rest = comparison
    assert (first.match, first.days) == (match, days)
    assert [pairing.match for pairing in rest] == (["ours"] if match == "theirs" else [])


@pytest.mark.parametrize(
    ("actor", "theirs", "found"),
    [
        (UNION, {"actor": "European Union"}, True),
        (UNION, {"actor": "EUROPEAN UNION", "actor_id": "Q458"}, True),
        (UNION, {"actor": "BRUSSELS", "actor_id": "Q458"}, True),
        (UNION, {"actor": "BRUSSELS"}, False),
        (None, {"actor_words": "raiders"}, True),
        (None, {"actor": "RAIDERS"}, True),
        (None, {}, False),
        (MARTA, {"actor_country": "KEN", "actor": "KENYA"}, True),
        (MARTA, {"actor": "Marta Odhiambo"}, False),  # ours acts for a state, theirs for nobody
    ],
)
def test_parties_without_a_state_go_by_name(against, actor, theirs, found):
    doc, made = report("Kenya says that raiders struck Norway.", actors=[])
    made = replace(made, actors=(who(doc, "raiders", actor),))
    row = replace(THEIRS, actor_country=None)
    assert next(iter(against([replace(row, **theirs)], (doc, made)))).match == ("type" if found else "theirs")


def test_rows_of_nobody_with_nobody_never_meet(against):
    doc, made = report(actors=[who(document("Kenya struck Norway."), None)], recipients=[])
    assert [p.match for p in against([replace(THEIRS, actor_country=None, recipient_country=None)], (doc, made))] == ["theirs", "ours"]


def test_of_several_the_best_is_taken(against):
    ours = [
        report("Kenya struck Norway again.", code="AID"),
        report("Kenya struck Norway twice.", date=day("2031-05-02")),
        report("Kenya struck Norway once.", mode="aerial"),
        report("Kenya struck Norway before.", code="COERCE"),
    ]
    comparison = against([replace(THEIRS, mode="aerial"), replace(THEIRS, type="AID", quad=2), THEIRS], *ours)
    words = [comparison.row(pairing).title or comparison.row(pairing).document_id for pairing in comparison if pairing.theirs]
    assert words == [ours[2][0].id, ours[0][0].id, ours[1][0].id]


def test_a_story_that_became_several_rows_is_found_once(against):
    comparison = against([THEIRS, replace(THEIRS, id="u"), replace(THEIRS, id="v")], report(), report("Kenya struck Norway, it is said."))
    found = [(pairing.match, pairing.again) for pairing in comparison]
    assert found == [("type", False), ("type", False), ("type", True)]
    assert (comparison.summary().again, comparison.summary().ours_found) == (1, 2)


def test_an_event_without_a_day_counts_on_the_day_of_publication(against):
    month = RecordDate("2031-04-01", "2031-04-30", "month", "text")
    assert next(iter(against([replace(THEIRS, date="2031-05-04")], report(date=month), days=0))).match is Match.type
    assert next(iter(against([replace(THEIRS, date="2031-04-10")], report(date=month), days=0))).match is Match.theirs


def test_rows_tell_both_sides(against):
    doc, made = report()
    comparison = against([replace(THEIRS, actor="KENYA", cameo="190", url="https://example.org/1", date="2031-05-02")], (doc, made))
    row = comparison.row(next(iter(comparison)))
    assert row == CompareRow(
        match="type", days=1, again=False, their_line=2, their_id="t", their_date="2031-05-02", their_type="ASSAULT", their_mode=None,
        their_cameo="190", their_actor="KENYA", their_actor_country="KEN", their_recipient=None, their_recipient_country="NOR", their_publisher=None,
        their_url="https://example.org/1", id=made.id, date="2031-05-03", type="ASSAULT", mode=None, status="actual", actor="Kenya",
        recipient="Norway", words="struck", publisher="North Wire", title=None, url=None, document_id=doc.id, start=6, end=12,
    )  # fmt: skip
    assert set(row.flat()) == set(CompareRow.columns())


def test_figures(against):
    theirs = [
        THEIRS, replace(THEIRS, type="COERCE"), replace(THEIRS, date="2030-01-01"), replace(THEIRS, type=None, quad=1, actor_country="SWE"),
        replace(THEIRS, date=None),
    ]  # fmt: skip
    comparison = against(theirs, report(), report("Kenya struck Norway with aid.", code="AID", date=day("2031-05-20")))
    for _ in comparison:
        pass
    found = comparison.summary()
    assert (found.theirs, found.ours, found.within, found.again, found.ours_found, found.ours_same_type) == (5, 2, 3, 1, 1, 1)
    assert found.matches == {"type": 1, "quad": 1, "dyad": 0, "theirs": 3, "ours": 1}
    assert found.confusion == {("ASSAULT", "ASSAULT"): 1, ("COERCE", "ASSAULT"): 1}
    assert [(t.type, t.theirs, t.ours, t.theirs_found, t.ours_found) for t in found.types] == [
        ("AID", 0, 1, 0, 0), ("ASSAULT", 3, 1, 1, 1), ("COERCE", 1, 0, 0, 0), ("none", 1, 0, 0, 0),
    ]  # fmt: skip
    assert found.days == ("2030-01-01", "2031-05-03", "2031-05-03", "2031-05-20")


def test_a_period_holds_for_both_sides_and_other_filters_for_ours(against):
    ours = [report(), report("Kenya struck Norway late.", date=day("2031-06-10"))]
    theirs = [THEIRS, replace(THEIRS, date="2031-06-10"), replace(THEIRS, date="2031-07-01")]
    june = against(theirs, *ours, wanted=Filter(since="2031-06", until="2031-06-30"))
    assert [p.match for p in june] == ["type"]
    assert [p.match for p in against(theirs, *ours, wanted=Filter(type="AID"))] == ["theirs"] * 3


def test_only_what_happened_is_compared_unless_asked_otherwise(against):
    planned = report(status="future")
    assert [p.match for p in against([THEIRS], planned)] == ["theirs"]
    assert [p.match for p in against([THEIRS], planned, wanted=Filter())] == ["type"]


@pytest.mark.parametrize(("wanted", "days"), [(Filter(stance="support"), 1), (Filter(limit=3), 1), (Filter(), -1), (Filter(), 367)])
def test_a_question_that_makes_no_sense_is_an_error(against, wanted, days):
    with pytest.raises(QueryError):
        against([], report(), wanted=wanted, days=days)


def test_an_empty_store_and_an_empty_file(against):
    assert [p.match for p in against([THEIRS])] == ["theirs"]
    assert [p.match for p in against([], report())] == ["ours"]
    nothing = against([])
    assert list(nothing) == []
    assert (nothing.summary().theirs, nothing.summary().days) == (0, ("", "", "", ""))


def test_memory_does_not_grow_with_their_rows(against, tmp_path: Path):
    """Twenty times the rows need no more memory: they are read as a stream."""
    header = [c.name for c in find("polecat").columns[""]]
    row = {"Event ID": "x", "Event Date": "2031-05-03", "Event Type": "ASSAULT", "Actor Country": "KEN", "Recipient Country": "NOR"}
    line = "\t".join(row.get(name, "") for name in header) + "\n"
    peaks = []
    for size in (500, 10_000):
        path = tmp_path / f"{size}.tsv.gz"
        path.write_bytes(gzip.compress(("\t".join(header) + "\n" + line * size).encode()))
        comparison = against(read_coded(path, print), report())
        tracemalloc.start()
        assert sum(1 for _ in comparison) == size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 200_000
