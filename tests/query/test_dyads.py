"""Dyads: every happening once, in the direction and the period that its tellings give it, and nothing claimed of what nobody tells."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.model import ActorRef, Link, Participant, Reading, RecordDate, Target
from onrecord.query import Filter, dyads
from onrecord.query.dyads import DyadRow, read_dyads
from query.acts import JOINT, KNOWN, same, told, viewed
from store.builders import document, event, position, span, statement, who


def counts(rows: list[DyadRow]) -> dict[tuple[str, str, str, str | None], int]:
    """Volume by actor, direction, recipient and period."""
    return {(r.actor_id, ">" if r.directed else "-", r.recipient_id, r.period): r.volume for r in rows}


def test_acts_are_counted_by_party_direction_and_period() -> None:
    """A minister acts for his state; a body of several states is a party of its own."""
    world = (
        told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"]),
        told("2031-05-09", ["Lund"], "THREATEN", ["Çelik"]),
        told("2031-06-01", ["BOR"], "REJECT", ["RUR"]),
        told("2031-06-02", ["League"], "SANCTION", ["RUR", "BOR"]),
        told("2031-06-03", ["RUR", "SYL", "BOR"], "CONSULT"),
    )
    with viewed(*world) as view:
        assert counts(dyads(view, Filter(period="month"))) == {
            ("RUR", ">", "BOR", "2031-05"): 2,
            ("BOR", ">", "RUR", "2031-06"): 1,
            ("Q6", ">", "RUR", "2031-06"): 1,
            ("Q6", ">", "BOR", "2031-06"): 1,
            ("BOR", "-", "RUR", "2031-06"): 1,
            ("RUR", "-", "SYL", "2031-06"): 1,
            ("BOR", "-", "SYL", "2031-06"): 1,
        }
        first = dyads(view)[0]
    assert (first.period, first.actor, first.recipient, first.volume) == ("all", "Ruritania", "Borduria", 2)
    assert (first.tone, first.verbal_conflict, first.material_conflict, first.cooperation, first.conflict) == (-6.25, 1, 1, 0.0, 1.0)
    assert (first.since, first.until, first.type) == ("2031-05-04", "2031-05-09", ("ASSAULT", "THREATEN"))
    assert (first.back, first.reciprocity, first.tone_back, first.tone_gap) == (1, 0.5, -2.0, -4.25)


def test_a_state_is_called_by_its_name_where_only_its_people_act() -> None:
    with viewed(told("2031-05-04", ["Lund"], "ACCUSE", ["Çelik"])) as view:
        (row,) = dyads(view)
    assert (row.actor, row.actor_id) == ("RUR", "RUR")  # nobody knows the name of Ruritania
    doc = document("A Kenyan envoy thanked the mayor of Oslo.")
    envoy, mayor = (
        Participant(span(doc, words), ActorRef(f"or:{country}", words, "person", country)) for words, country in (("envoy", "KEN"), ("mayor", "NOR"))
    )
    with viewed(Reading(doc, events=(event(doc, [envoy], "SUPPORT", "thanked", [mayor]),))) as view:
        assert [(r.actor, r.actor_id, r.recipient) for r in dyads(view)] == [("Kenya", "KEN", "Norway")]
    with viewed(told("2031-05-04", ["Lund"], "ACCUSE", ["BOR"]), told("2031-05-04", ["BOR"], "ACCUSE", ["RUR"])) as view:
        assert {(r.actor, r.recipient) for r in dyads(view)} == {("Ruritania", "Borduria"), ("Borduria", "Ruritania")}


def test_what_is_told_five_times_happened_once() -> None:
    tellings = [told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"], number=n, publisher=f"Paper {n}") for n in range(5)]
    copy = Link(tellings[1].document.id, tellings[0].document.id, "syndicated", "positive", 1.0, "", "test", "2031-01-01")
    with viewed(*tellings, links=(*same(*tellings), copy)) as view:
        (row,) = dyads(view)
        assert (row.volume, row.mentions, row.documents, row.material_conflict, row.tone) == (1, 5, 4, 1, -9.0)
        (row,) = dyads(view, Filter(publisher="Paper 3"))
        assert (row.volume, row.mentions, row.documents) == (1, 1, 1)
    with viewed(*tellings) as view:
        assert dyads(view)[0].volume == 5


@pytest.mark.parametrize(
    ("tellings", "side"),
    [
        ([("RUR", "BOR"), ("RUR", "BOR"), ("BOR", "RUR")], ("RUR", ">", "BOR", "all")),
        ([("BOR", "RUR"), ("RUR", "BOR")], ("BOR", "-", "RUR", "all")),  # nobody is known to have begun
    ],
)
def test_most_tellings_say_who_acted(tellings: list[tuple[str, str]], side: tuple[str, ...]) -> None:
    readings = [told("2031-05-04", [a], "ASSAULT", [b], number=n) for n, (a, b) in enumerate(tellings)]
    with viewed(*readings, links=same(*readings)) as view:
        assert counts(dyads(view)) == {side: 1}


def test_tellings_that_differ_leave_the_quad_unknown_and_share_the_tone() -> None:
    readings = [told("2031-05-04", ["RUR"], code, ["BOR"], number=n) for n, code in enumerate(("SUPPORT", "ASSAULT"))]
    with viewed(*readings, links=same(*readings)) as view:
        (row,) = dyads(view)
    assert (row.tone, row.uncoded, row.cooperation, row.conflict) == (-2.0, 1, None, None)


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (told("2031-05-04", ["RUR"], "PROTEST"), "alone"),
        (told("2031-05-04", [], "ASSAULT", ["BOR"]), "alone"),
        (told("2031-05-04", ["RUR", "BOR"], "PROTEST"), "alone"),  # they do it side by side, not to each other
        (told("2031-05-04", ["RUR"], "ASSAULT", ["villagers"]), "unresolved"),
        (told("2031-05-04", ["rebels"], "ASSAULT", ["BOR"]), "unresolved"),
        (told("2031-05-04", ["RUR", "envoys"], "CONSULT"), "unresolved"),
        (told("2031-05-04", ["RUR"], "ASSAULT", ["Lund"]), "within"),
        (told("2031-05-04", ["RUR", "Lund"], "CONSULT"), "within"),
    ],
)
def test_what_has_no_two_parties_is_counted_apart(reading: Reading, reason: str) -> None:
    with viewed(reading) as view:
        found = read_dyads(view)
    assert (found.rows, found.loose) == ((), Counter({reason: 1}))


def test_only_what_is_done_counts_unless_asked() -> None:
    statuses = ("actual", "historical", "future", "hypothetical", "negated")
    with viewed(*(told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"], status=s, number=n) for n, s in enumerate(statuses))) as view:
        assert [r.volume for r in dyads(view)] == [2]
        assert [[r.volume for r in dyads(view, Filter(status=s))] for s in statuses] == [[1]] * 5


@pytest.mark.parametrize(
    ("date", "status", "period"),
    [
        (RecordDate("2031-03", "2031-03", "month", "text"), "actual", "2031-03"),
        (RecordDate("2031", "2031", "year", "text"), "actual", None),
        (RecordDate(), "actual", "2031-05"),  # as everywhere, what has no date has that of its report …
        (RecordDate("--07-03", "--07-03", "day", "text"), "actual", "2031-05"),
        (RecordDate(), "historical", None),  # … but what is past did not happen then
        (RecordDate("2031-05-04", "2031-05-04", "day", "publication"), "historical", None),
        (RecordDate("1999-12-31", "1999-12-31", "day", "text"), "historical", "1999-12"),
    ],
)
def test_a_period_is_not_guessed(date: RecordDate, status: Any, period: str | None) -> None:
    with viewed(told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"], date=date, status=status)) as view:
        assert [r.period for r in dyads(view, Filter(period="month"))] == [period]


def test_the_most_exact_date_of_several_tellings_holds() -> None:
    vague = told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"], date=RecordDate("2031", "2031", "year", "text"))
    exact = told("2031-06-30", ["RUR"], "ASSAULT", ["BOR"], date=RecordDate("2031-06-20", "2031-06-20", "day", "text"))
    undated = told("2031-07-02", ["RUR"], "ASSAULT", ["BOR"], dated=False)
    with viewed(vague, exact, undated, links=same(vague, exact, undated)) as view:
        (row,) = dyads(view, Filter(period="week"))
    assert (row.period, row.since, row.until, row.mentions) == ("2031-W25", "2031-06-20", "2031-06-20", 3)


def test_unknown_intensity_and_quad_stay_unknown() -> None:
    world = (told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"], intensity=None, quad=None), told("2031-05-05", ["RUR"], "AID", ["BOR"]))
    with viewed(*world) as view:
        (row,) = dyads(view)
    assert (row.tone, row.tone_unknown, row.uncoded, row.cooperation) == (10.0, 1, 1, 1.0)


def test_what_one_side_was_chosen_for_says_nothing_of_the_other() -> None:
    with viewed(told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"]), told("2031-05-04", ["BOR"], "ASSAULT", ["RUR"])) as view:
        for chosen in ({"actor": "RUR"}, {"about": "BOR"}):
            assert [(r.back, r.reciprocity, r.tone_gap) for r in dyads(view, Filter(**chosen))] == [(None, None, None)]
        assert [(r.back, r.reciprocity, r.tone_gap) for r in dyads(view)] == [(1, 1.0, 0.0)] * 2


def test_stances_and_words_tie_parties_too() -> None:
    doc = document("Ruritania backs Borduria. Ruritania told Syldavia that fish is dear. Ruritania shuns Syldavia.")
    rur = who(doc, "Ruritania", "RUR")
    bor, syl = who(doc, "Borduria", "BOR"), who(doc, "Syldavia", "SYL")
    held = [
        position(doc, rur, "support", "backs Borduria", None, target_=Target(span(doc, "Borduria"), "actor", bor)),
        position(doc, rur, "oppose", "shuns Syldavia", None, target_=Target(span(doc, "Syldavia"), "actor", syl)),
        position(doc, rur, "oppose", "fish", None),
    ]
    said = statement(doc, rur, "fish is dear", addressees=(syl,))
    with viewed(Reading(doc, statements=(said,), positions=tuple(held))) as view:
        found = read_dyads(view, Filter(kind="position"))
        stances = [(r.recipient_id, r.type, r.cooperation, r.conflict, r.tone) for r in found.rows]
        assert stances == [("BOR", ("support",), 1.0, 0.0, None), ("SYL", ("oppose",), 0.0, 1.0, None)]
        assert found.loose == {"alone": 1}
        assert [r.recipient_id for r in dyads(view, Filter(kind="position", stance="support"))] == ["BOR"]
        (words,) = dyads(view, Filter(kind="statement"))
        assert (words.actor_id, words.recipient_id, words.type, words.uncoded, words.cooperation) == ("RUR", "SYL", ("indirect",), 1, None)
        assert dyads(view) == []


def test_words_and_the_stance_they_show_count_once_in_whatever_report() -> None:
    readings, links = [], []
    for n in range(3):
        doc = document(f"Ruritania told Borduria that it backs it, no. {n}.", f"Paper {n}")
        rur, bor = who(doc, "Ruritania", "RUR"), who(doc, "Borduria", "BOR")
        said = statement(doc, rur, "backs it", addressees=(bor,))
        held = position(doc, rur, "support", "backs", None, target_=Target(span(doc, "Borduria"), "actor", bor), record_id=said.id)
        readings.append(Reading(doc, statements=(said,), positions=(held,)))
        links.append(Link(said.id, readings[0].statements[0].id, "same-statement", "positive", 0.9, "", "test", "2031-05-04"))
    with viewed(*readings, links=links[1:]) as view:
        for kind in ("statement", "position"):
            (row,) = dyads(view, Filter(kind=kind))
            assert (row.volume, row.mentions, row.documents) == (1, 3, 3)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"stance": "support"}, "events have no stance"),
        ({"kind": "statement", "type": "AID"}, "statements have no type"),
        ({"kind": "silence"}, "kind: silence ties no two parties"),
    ],
)
def test_a_field_that_says_nothing_of_the_kind_is_refused(wanted: dict[str, str], says: str) -> None:
    with viewed() as view, pytest.raises(QueryError, match=says):
        dyads(view, Filter(**wanted))  # type: ignore[arg-type]


def test_a_kind_or_period_nobody_knows_is_refused() -> None:
    for wrong in ({"period": "decade"}, {"kind": "quarrel"}):
        with pytest.raises(QueryError, match=next(iter(wrong))):
            Filter(**wrong)  # type: ignore[arg-type]


def test_the_example_is_the_surest_record() -> None:
    world = [told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"], number=n, confidence=c) for n, c in enumerate((0.5, 0.9, 0.7))]
    with viewed(*world) as view:
        (row,) = dyads(view)
    assert (row.id, row.document_id, row.words) == (world[1].events[0].id, world[1].document.id, "ASSAULT")


DAYS = ("2030-12-30", "2031-01-01", "2031-01-06", "2031-04-30", "2032-02-29")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(DAYS),
        st.lists(st.sampled_from([*KNOWN, "rebels"]), min_size=1, max_size=3, unique=True),
        st.sampled_from([*JOINT, "AID", "ASSAULT", "REQUEST"]),
        st.lists(st.sampled_from([*KNOWN, "crowds"]), max_size=2, unique=True),
        st.sampled_from([0.25, 0.5, 0.75]),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(ACTS, st.sampled_from(["year", "quarter", "month", "week"]), st.randoms(use_true_random=False), st.booleans())
def test_periods_add_up_to_the_whole_whatever_the_order(acts: list[Any], period: str, chance: Any, linked: bool) -> None:
    readings = [
        told(day, actors, code, [r for r in recipients if r not in actors], number=n, confidence=sure)
        for n, (day, actors, code, recipients, sure) in enumerate(acts)
    ]
    links = [link for pair in zip(readings[::3], readings[1::3], strict=False) for link in same(*pair)] if linked else []
    shuffled = chance.sample(readings, len(readings))
    with viewed(*readings, links=links) as view, viewed(*shuffled, links=links[::-1]) as other:
        whole, parts = dyads(view), dyads(view, Filter(period=period))
        assert dyads(other) == whole
        assert dyads(other, Filter(period=period)) == parts
    added = ("volume", "mentions", "tone_unknown", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "uncoded")
    for row in whole:
        own = [r for r in parts if (r.actor_id, r.recipient_id, r.directed) == (row.actor_id, row.recipient_id, row.directed)]
        for name in added:
            assert sum(getattr(r, name) for r in own) == getattr(row, name)
        assert (min(r.since for r in own if r.since), max(r.until for r in own if r.until)) == (row.since, row.until)
        assert row.directed or row.actor_id < row.recipient_id
    assert {(r.actor_id, r.recipient_id) for r in parts} == {(r.actor_id, r.recipient_id) for r in whole}
    assert all(r.actor_id != r.recipient_id and r.volume <= r.mentions for r in parts)
