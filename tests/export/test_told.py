"""Events as rows: who with whom, and which records are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.world import KENYA, MARTA, NORWAY, PAPER, UNION, kept, place, raid, reading, same, who
from onrecord.export import pairs, told
from onrecord.export.told import exact_day
from onrecord.model import RecordDate
from onrecord.query import Filter
from store.builders import document, event

EVENTS = frozenset({"event"})
TEXT = document("Kenya, Norway and the EU met; a convoy passed.")
K, N, U, X = who(TEXT, "Kenya", KENYA), who(TEXT, "Norway", NORWAY), who(TEXT, "EU", UNION), who(TEXT, "a convoy")


@pytest.mark.parametrize(
    ("code", "actors", "recipients", "rows"),
    [
        ("ASSAULT", [K], [N], ["K>N"]),
        ("ASSAULT", [K, U], [N, X], ["K>N", "K>X", "U>N", "U>X"]),
        ("ASSAULT", [K], [], ["K>"]),
        ("AID", [K, U], [], ["K>", "U>"]),  # each gave; neither to the other
        ("ASSAULT", [], [N], [">N"]),
        ("CONSULT", [K, N], [], ["K>N", "N>K"]),
        ("AGREE", [K, N, U], [], ["K>N", "K>U", "N>K", "N>U", "U>K", "U>N"]),
        ("COOPERATE", [K], [], ["K>"]),
        ("AGREE", [K], [N], ["K>N"]),  # a promise has a direction
        ("ASSAULT", [], [], []),
    ],
)
def test_rows_of_an_event(code, actors, recipients, rows):
    letter = {id(p): name for name, p in (("K", K), ("N", N), ("U", U), ("X", X))}
    found = pairs(event(TEXT, actors, code, "met", recipients))
    assert [f"{letter.get(id(a), '')}>{letter.get(id(r), '')}" for a, r in found] == rows


@pytest.mark.parametrize(
    ("date", "published", "day"),
    [
        (RecordDate("2031-05-03", "2031-05-03"), "2031-05-04", "2031-05-03"),
        (RecordDate("2031-05-03", None), None, "2031-05-03"),
        (RecordDate(), "2031-05-04T10:00:00Z", "2031-05-04"),
        (RecordDate(), "2031-05", ""),
        (RecordDate(), None, ""),
        (RecordDate("2031-05-01", "2031-05-31"), "2031-06-02", ""),
        (RecordDate("2031", "2031"), "2031-06-02", ""),
        (RecordDate("--07-03", "--07-03"), "2031-06-02", ""),
        (RecordDate(None, "2031-05-03"), "2031-06-02", "2031-05-03"),
    ],
)
def test_only_a_day_is_a_day(date, published, day):
    assert exact_day(date, published) == day


@pytest.mark.parametrize(
    ("changes", "mentions"),
    [
        ({}, [2, 1]),
        ({"judgement": "negative"}, [1, 1, 1]),
        ({"judgement": "unsure"}, [1, 1, 1]),
        ({"withdrawn_at": "2031-06-01"}, [1, 1, 1]),
        ({"type": "same-story"}, [1, 1, 1]),
    ],
)
def test_only_standing_positive_links_join(tmp_path: Path, changes, mentions):
    doc, events = raid()
    with kept(tmp_path / "a", [reading(doc, *events)], [same(events[1], events[0], **changes)]) as store, store.view() as view:
        assert [len(item.mentions) for item in told(view, EVENTS, Filter())] == mentions


def test_links_join_across_reports_and_the_first_told_leads(tmp_path: Path):
    (one, first), (two, second) = raid(), raid("A day on: Kenya raided the camp of Norway. Raiders struck. A strike.", publisher="Écho du Golfe")
    store = kept(tmp_path / "a", [reading(one, *first[:1]), reading(two, *second[:1])], [same(second[0], first[0])])
    with store.view() as view:
        (item,) = told(view, EVENTS, Filter())
        assert {m.report.document.id for m in item.mentions} == {one.id, two.id}
        assert item.mentions[0].record is item.record
        (item,) = told(view, EVENTS, Filter(publisher="Écho du Golfe"))  # what the filter leaves out is no mention either
        assert [m.report.document.id for m in item.mentions] == [two.id]


def test_the_fullest_of_linked_records_leads(tmp_path: Path):
    doc, (first, second, _) = raid("A strike shocked many: Kenya raided the camp of Norway. Raiders struck it. The strike was long.")
    bare = event(doc, [], "ASSAULT", "strike", [], date=first.date)
    with kept(tmp_path / "a", [reading(doc, bare, first, second)], [same(bare, first), same(second, first)]).view() as view:
        (item,) = told(view, EVENTS, Filter())
        assert [m.record.id for m in item.mentions] == [first.id, second.id, bare.id]


def test_a_report_knows_who_and_what_it_names(tmp_path: Path):
    doc = document("Marta of Kenya told the Sun in Mombasa that the EU and Marta agreed.")
    mentions = [who(doc, "Marta", MARTA), who(doc, "Kenya", KENYA), who(doc, "Sun", PAPER), who(doc, "EU", UNION), who(doc, "agreed")]
    one = event(doc, [mentions[0]], "AGREE", "agreed")
    with kept(tmp_path / "a", [reading(doc, one, mentions=mentions, places=[place(doc, "Mombasa")])]).view() as view:
        (item,) = told(view, EVENTS, Filter())
        assert (item.report.people, item.report.organisations, item.report.locations) == (
            ("Marta Odhiambo",), ("Daily Sun", "European Union"), ("Mombasa",),
        )  # fmt: skip
