"""Events of different reports that are one happening: which are, which are not, and that the order of reports does not matter."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import across
from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.across.same_events import SameEvents
from onrecord.across.same_events_judged import same
from onrecord.across.same_events_told import decode, encode, report
from onrecord.model import Event, Link, Participant, Place, Problem, Reading, RecordDate
from store.builders import document, event, sample, who
from store.reference import ReferenceStore

HARBOUR = (
    "Ana Lund of Ruritania met Ömer Çelik of Borduria in Zenda about the blocked harbour, the stranded fishing fleet and the tariff on amber. "
    "Trawlers have lain idle at Strelsau since the dredger Marigold sank across the channel, and canneries sent their workers home."
)
HARBOUR_RETOLD = (
    "Talks between Ömer Çelik of Borduria and Ana Lund of Ruritania went on past midnight. The dredger Marigold still blocks the channel at "
    "Strelsau, canneries stand still, and the fishing fleet of Ruritania is idle; amber and its tariff came up as well."
)
SHELLS = (
    "Borduria shelled the customs house at Lutha in Syldavia on the ridge road, killing four clerks, and Syldavia closed the ridge road to lorries."
)
SHELLS_RETOLD = "Four clerks died when guns of Borduria shelled the customs house of Lutha; the ridge road of Syldavia is closed to lorries."
SHELLS_ELSEWHERE = (
    "Borduria shelled the flour mill at Plazsow in Syldavia, where bakers had slept beside the ovens since the siege of the valley began."
)


def told(text: str, trigger: str, code: str, actors: Sequence[str], recipients: Sequence[str] = (), **more: Any) -> Reading:
    """A report with one event; a party is "=KEY", with a key of the builders' actors, or the words for somebody unknown."""
    published = more.pop("published", "2031-05-04")
    doc = document(text, more.pop("publisher", "North Wire"), published)
    sides = [[_who(doc, side) for side in names] for names in (actors, recipients)]
    day = more.pop("day", None)
    when = RecordDate(day, more.pop("until", day), "day", "text") if day else RecordDate(published, published, "day", "publication")
    made = event(doc, sides[0], code, trigger, sides[1], **{"date": when, **more})
    start = text.rfind(". ", 0, made.trigger.start) + 2 if ". " in text[: made.trigger.start] else 0
    end = text.find(". ", made.trigger.end)
    evidence = replace(made.evidence, start=start, end=len(text) if end < 0 else end, text=text[start : None if end < 0 else end])
    return Reading(doc, events=(replace(made, evidence=evidence),))


def _who(doc: Any, side: str) -> Participant:
    words, _, key = side.partition("=")
    return who(doc, words or None, key or None)


def town(name: str) -> Place:
    return Place(None, name, None, "SYL", None, None, "city")


MET = told(HARBOUR, "met", "CONSULT", ["=Lund", "=Çelik"], day="2031-05-03")
TALKS = told(HARBOUR_RETOLD, "Talks", "CONSULT", ["=Çelik", "=Lund"], publisher="Écho du Golfe")
SHELLED = told(SHELLS, "shelled", "ASSAULT", ["=BOR"], ["=SYL"], day="2031-05-03", place=town("Lutha"))
SHELLED_TOO = told(SHELLS_RETOLD, "shelled", "ASSAULT", ["=BOR"], ["=SYL"], publisher="Écho du Golfe")


def changed(reading: Reading, **fields: Any) -> Reading:
    return replace(reading, events=(replace(reading.events[0], **fields),))


def on(day: str, until: str | None = None) -> RecordDate:
    return RecordDate(day, until or day, "day", "text")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(MET, TALKS, id="a meeting with its day, and news of it the day after"),
        pytest.param(MET, changed(TALKS, date=on("2031-05-03")), id="the same day in both"),
        pytest.param(MET, changed(TALKS, date=on("2031-05-02")), id="days next to each other: it is past midnight somewhere"),
        pytest.param(MET, changed(TALKS, date=on("2031-05-01")), id="another day, but two reports much alike: they contradict each other"),
        pytest.param(MET, changed(TALKS, date=on("2031-05-01", "2031-05-31")), id="a month that holds the day"),
        pytest.param(
            MET,
            told(HARBOUR_RETOLD, "Talks", "CONSULT", ["=BOR", "=RUR"], publisher="Écho du Golfe"),
            id="the states stand for their ministers",
        ),
        pytest.param(SHELLED, SHELLED_TOO, id="an attack in the same words"),
        pytest.param(SHELLED, changed(SHELLED_TOO, type="COERCE"), id="told with a type near to it"),
        pytest.param(
            MET,
            told(HARBOUR_RETOLD, "Talks", "CONSULT", ["=Çelik", "=Lund"], published="2031-11-04", day="2031-05-03"),
            id="told again half a year later, with its day",
        ),
        pytest.param(
            changed(MET, status="future", date=on("2031-05-06")), changed(TALKS, date=on("2031-05-06")), id="announced for a day, and held on it"
        ),
    ],
)
def test_one_happening(one: Reading, other: Reading) -> None:
    assert linked(one, other)
    assert linked(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            changed(MET, date=on("2031-07-03")),
            told(HARBOUR_RETOLD, "Talks", "CONSULT", ["=Çelik", "=Lund"], published="2031-11-20", day="2031-11-19"),
            id="a meeting in July and another in November",
        ),
        pytest.param(MET, replace(TALKS, document=document(HARBOUR_RETOLD, "Écho du Golfe", "2031-06-20"), events=()), id="a report without events"),
        pytest.param(SHELLED, changed(SHELLED_TOO, status="negated"), id="told and denied"),
        pytest.param(SHELLED, changed(SHELLED_TOO, status="hypothetical"), id="only supposed"),
        pytest.param(SHELLED, changed(SHELLED_TOO, type="AID"), id="another kind of act"),
        pytest.param(
            SHELLED,
            told(SHELLS_ELSEWHERE, "shelled", "ASSAULT", ["=BOR"], ["=SYL"], day="2031-05-03", place=town("Plazsow")),
            id="two attacks of one day in two towns",
        ),
        pytest.param(
            SHELLED,
            told(SHELLS_RETOLD, "shelled", "ASSAULT", ["=SYL"], ["=BOR"], publisher="Écho du Golfe"),
            id="the other way round",
        ),
        pytest.param(
            changed(SHELLED, date=on("2031-05-03")),
            told(SHELLS_RETOLD, "shelled", "ASSAULT", ["=BOR"], ["=SYL"], day="2031-05-04", place=town("Lutha")),
            id="one paper tells of two days: they shell the town every day",
        ),
        pytest.param(MET, told(HARBOUR_RETOLD, "Talks", "CONSULT", ["=SYL", "Strelsau"], publisher="Écho du Golfe"), id="others met"),
        pytest.param(
            told("Ruritania condemned Borduria over the price of salt.", "condemned", "ACCUSE", ["=RUR"], ["=BOR"]),
            told("Ruritania condemned Borduria; herons were shot.", "condemned", "ACCUSE", ["=RUR"], ["=BOR"], publisher=None),
            id="two accusations of one day, about other things",
        ),
        pytest.param(
            told(HARBOUR.replace("met", "met for a second round"), "round", "CONSULT", ["=Lund", "=Çelik"]),
            told(HARBOUR_RETOLD.replace("Talks", "A first round of talks"), "round", "CONSULT", ["=Çelik", "=Lund"]),
            id="a first round and a second",
        ),
    ],
)
def test_two_happenings(one: Reading, other: Reading) -> None:
    assert not linked(one, other)
    assert not linked(other, one)


def test_news_without_a_day_joins_no_two_meetings_of_a_week() -> None:
    last_week = changed(MET, date=on("2031-05-03"))
    next_week = told(
        HARBOUR.replace("met", "saw"), "saw", "CONSULT", ["=Lund", "=Çelik"], day="2031-05-10", published="2031-05-11", publisher="Herald"
    )
    undated = told(HARBOUR_RETOLD, "Talks", "CONSULT", ["=Çelik", "=Lund"], published="2031-05-11")
    assert groups([last_week, undated, next_week]) == [sorted(r.events[0].id for r in (undated, next_week))]


WAR = "Guards stood at the gate. Borduria's war against Syldavia has emptied the valley of its shepherds."
WARS = [
    told(WAR, "war", "ASSAULT", ["=BOR"], ["=SYL"], published="2031-05-04"),
    told("The invasion of Syldavia by Borduria doubled the price of wool.", "invasion", "ASSAULT", ["=BOR"], ["=SYL"], published="2031-11-20"),
    told(WAR.replace("Guards", "Nobody"), "war", "ASSAULT", ["=BOR"], ["=SYL"], published="2032-08-01"),
]


def test_what_lasts_is_one_from_report_to_report() -> None:
    assert groups(WARS) == groups(WARS[::-1]) == [sorted(r.events[0].id for r in WARS)]


def test_what_lasts_ends_where_nobody_tells_of_it() -> None:
    much_later = told(WAR.replace("Guards", "Crows"), "war", "ASSAULT", ["=BOR"], ["=SYL"], published="2041-05-04")
    assert groups([WARS[0], much_later]) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(changed(WARS[1], actors=WARS[1].events[0].recipients, recipients=WARS[1].events[0].actors), id="the other side's invasion"),
        pytest.param(changed(WARS[1], date=on("1931-01-01", "1931-12-31")), id="a war of another year"),
        pytest.param(SHELLED, id="one attack is not the war"),
    ],
)
def test_what_lasts_is_not(other: Reading) -> None:
    assert groups([WARS[0], other]) == []


def test_a_link_says_why_and_points_to_the_earlier_report() -> None:
    (link,) = links([MET, TALKS])
    assert (link.left, link.right) == tuple(r.events[0].id for r in sorted((MET, TALKS), key=lambda r: r.document.id, reverse=True))
    assert (link.type, link.judgement, link.by, link.created_at) == ("same-event", "positive", "same-events", "")
    assert 0.75 <= link.score < 1
    assert "the same parties; news of that day" in link.detail


def test_linking_again_changes_nothing_and_takes_back_what_no_longer_holds() -> None:
    store = stored([MET, TALKS, SHELLED, SHELLED_TOO])
    with store.writer() as w:
        before = list(store.view().links())
        with w.linking() as linking:
            SameEvents().link(TALKS, linking)
            assert list(linking.view.links()) == before
            SameEvents().link(changed(TALKS, type="ASSAULT"), linking)
    assert {link.left for link in store.view().links()} | {link.right for link in store.view().links()} == {
        SHELLED.events[0].id,
        SHELLED_TOO.events[0].id,
    }


def test_a_withdrawn_link_stays_withdrawn() -> None:
    store = stored([MET, TALKS])
    (link,) = store.view().links()
    with store.writer() as w:
        w.link(replace(link, withdrawn_at="2031-06-01"))
        with w.linking() as linking:
            SameEvents().link(MET, linking)
    assert [found.withdrawn_at for found in store.view().links()] == ["2031-06-01"]


def test_mentions_of_one_report_that_are_joined_are_one_happening() -> None:
    doc = MET.document
    again = event(doc, [who(doc, "Ruritania", "RUR"), who(doc, "Borduria", "BOR")], "CONSULT", "blocked")
    joined = Link(again.id, MET.events[0].id, "same-event", "positive", 0.8, "the same meeting", "events.linking", "")
    (one,) = report(replace(MET, events=(*MET.events, again), links=(joined,))).told
    assert (one.also, one.dated) == ((again.id,), True)
    assert len(report(replace(MET, events=(*MET.events, again))).told) == 2


ALL = [MET, TALKS, SHELLED, SHELLED_TOO, *WARS, *(sample(n) for n in range(12))]


def test_the_order_of_reports_changes_no_group() -> None:
    wanted = groups(ALL)
    assert len(wanted) >= 3
    for seed in range(5):
        assert groups(random.Random(seed).sample(ALL, len(ALL))) == wanted


def test_either_report_may_be_asked() -> None:
    told_of = [report(r) for r in ALL]
    for one in told_of:
        for other in told_of:
            ours = {(a.id, b.id, v) for a, b, v in same(one, other)}
            assert ours == {(b.id, a.id, v) for a, b, v in same(other, one)}


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=60),
    st.sampled_from([None, "", "2031", "2031-05", "0001-01-01", "9999-12-31", "yesterday"]),
    st.sampled_from(
        [RecordDate(), on("--07-03"), on("0001-01-01"), on("9999-12-31"), RecordDate("2031", None, "year", "text"), on("2031-06-09", "2031-01-01")]
    ),
)
def test_no_text_or_date_breaks_it(text: str, published: str | None, when: RecordDate) -> None:
    text = f"{text}.x{text}"
    doc = document(text, "North Wire", published)
    made = event(doc, [who(doc, ".x", "RUR"), Participant(None)], "ASSAULT", ".x", [who(doc, ".x")], date=when)
    reading = Reading(doc, events=(made,))
    assert decode(encode(report(reading))) == report(reading)
    links([reading, MET, replace(reading, document=replace(doc, id="other"), events=(replace(made, id="an other", document_id="other"),))])


def test_a_very_long_report_is_read_in_part() -> None:
    text = f"{SHELLS} " + "word salad of the hour, " * 50_000
    assert len(report(told(text, "shelled", "ASSAULT", ["=BOR"], ["=SYL"])).marks.words) < 100


# what the tests stand on


def stored(readings: Sequence[Reading]) -> ReferenceStore:
    store = ReferenceStore()
    with store.writer() as w:
        for n, reading in enumerate(readings):
            w.add(reading, str(n))
        across.link(w, [SameEvents()], on_problem=_fail, batch=3)
    return store


def links(readings: Sequence[Reading]) -> list[Link]:
    return list(stored(readings).view().links(types=SAME_EVENT))


def groups(readings: Sequence[Reading]) -> list[list[str]]:
    return Joined(links(readings), SAME_EVENT).groups()


def linked(one: Reading, other: Reading) -> bool:
    found = links([one, other])
    events: list[Event] = [*one.events, *other.events]
    assert {end for link in found for end in (link.left, link.right)} <= {e.id for e in events}
    return bool(found)


def _fail(problem: Problem) -> None:
    raise AssertionError(problem)
