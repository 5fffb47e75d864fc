"""The two seed reports, where they are at hand: what must not be produced, and what must be answered across both. Their texts stay outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import Document, Reader
from onrecord.model import Event, Participant, Position, Reading, Record, Span, Statement, document_id
from onrecord.query import Filter, documents, events, occurrences, positions, relations, shifts, standing, statements, ties
from onrecord.store import open_store

SEEDS = Path(__file__).parents[2] / "../shared/gold/seeds"
SPEECH, SUMMIT = "000_a6b98be1460c7f75", "003_034f61e352d58253"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not beside the repository")]


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SEEDS / "gold.json").read_text(encoding="utf8"))
    return found


@pytest.fixture(scope="module")
def readings(reader: Reader) -> dict[str, Reading]:
    out = {}
    for name in (SPEECH, SUMMIT):
        text = (SEEDS / f"{name}.txt").read_text(encoding="utf8")
        out[name] = reader.read(Document(id=document_id(text, None, None), text=text, meta={"id": name}))
    return out


@pytest.fixture(scope="module")
def view(readings: dict[str, Reading], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with open_store(tmp_path_factory.mktemp("seeds") / "seeds.onrecord", create=True) as store:
        with store.writer() as writer:
            for name, reading in readings.items():
                writer.add(reading, input_key=name)
        with store.view() as opened:
            yield opened


def words(gold: dict[str, Any], key: str) -> tuple[int, int]:
    """Where a negative's words stand."""
    found = next(n for d in gold["documents"] for n in d["negatives"] if n["id"] == key)
    return found["evidence"]["start"], found["evidence"]["end"]


def touching(records: tuple[Record, ...], where: tuple[int, int]) -> list[Record]:
    return [r for r in records if r.evidence.start < where[1] and where[0] < r.evidence.end]


def over(content: tuple[Span, ...], where: tuple[int, int]) -> bool:
    return any(c.start < where[1] and where[0] < c.end for c in content)


def country(participant: Participant | None) -> str | None:
    return participant.actor.country if participant and participant.actor else None


def name(participant: Participant) -> str:
    return participant.actor.name if participant.actor else ""


def speakers(reading: Reading, where: tuple[int, int]) -> set[str]:
    """Who is made to say the words at ``where`` (outermost statements)."""
    return {name(s.speaker) for s in reading.statements if over(s.content, where) and s.nested_in is None}


# ------------------------------------------------------------------ the twelve negatives


def test_000_n01_a_quoted_claim_is_no_fact_of_the_report(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    start, end = words(gold, "000-N01")
    reading = readings[SPEECH]
    inside = [r for r in (*reading.events, *reading.positions, *reading.relations) if start <= r.evidence.start and r.evidence.end <= end]
    assert all(r.statement_id for r in inside)
    assert not [
        r for r in reading.relations if r.type in ("part-of", "claim") and country(r.subject) == "TWN" and r.statement_id is None and r in inside
    ]


def test_000_n02_the_drills_are_defended_by_putin_alone(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    assert speakers(readings[SPEECH], words(gold, "000-N02")) == {"Vladimir Putin"}


def test_000_n03_do_not_threaten_is_no_threat(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    assert not [e for e in touching(readings[SPEECH].events, words(gold, "000-N03")) if isinstance(e, Event) and e.type == "THREATEN"]


def test_000_n04_headings_are_not_read(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    headings = next(d for d in gold["documents"] if d["doc_id"] == SPEECH)["document"]["section_headings"]
    assert len(headings) == 3
    for heading in headings:
        assert not touching(readings[SPEECH].records, (heading["start"], heading["end"]))


def test_000_n05_the_us_japan_drills_are_against_nobody(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    reading = readings[SPEECH]
    found = [e for e in reading.events if {"USA", "JPN"} <= {country(a) for a in e.actors}]
    assert not [e for e in found if e.recipients]
    assert not [r for r in touching(reading.records, words(gold, "000-N05")) if any(name(v) == "Reuters" for v in r.via)]


def test_003_n01_two_meetings_stay_two(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    earlier = [
        e for e in touching(readings[SUMMIT].events, words(gold, "003-N01")) if isinstance(e, Event) and over((e.trigger,), words(gold, "003-N01"))
    ]
    here = [e for e in readings[SUMMIT].events if e.type == "CONSULT" and {"RUS", "CHN"} <= {country(a) for a in e.actors} and e not in earlier]
    assert here
    assert not {(e.date.start, e.trigger) for e in earlier} & {(e.date.start, e.trigger) for e in here}


def test_003_n02_he_who_refrains_is_hayashi(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    found = speakers(readings[SUMMIT], words(gold, "003-N02"))
    assert len(found) == 1
    assert "Hayashi" in found.pop()


def test_003_n03_meetings_of_third_countries_are_not_japans(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    assert not [e for e in readings[SUMMIT].events if e.type == "CONSULT" and "JPN" in {country(p) for p in (*e.actors, *e.recipients)}]


def test_003_n04_hayashi_is_the_family_name(readings: dict[str, Reading]) -> None:
    from onrecord.knowledge import knowledge_base

    speaker = next(s.speaker for s in readings[SUMMIT].statements if "Hayashi" in name(s.speaker))
    assert speaker.actor is not None
    person = knowledge_base().actor(speaker.actor.id)
    assert person is not None
    assert person.surname == "Hayashi"


def test_003_n05_the_meeting_has_its_own_date(readings: dict[str, Reading], gold: dict[str, Any]) -> None:
    last = words(gold, "003-N01")
    meetings = [e for e in readings[SUMMIT].events if e.type == "CONSULT" and {"RUS", "CHN"} <= {country(a) for a in e.actors}]
    for meeting in meetings:
        if not over((meeting.trigger,), last):
            assert meeting.date.start not in ("2001-06-15", "--05-16")


def test_003_n06_alongside_is_joint(readings: dict[str, Reading]) -> None:
    reading = readings[SUMMIT]
    assert not [e for e in reading.events if e.type in ("SANCTION", "ASSAULT") and "USA" in {country(p) for p in e.recipients}]
    assert not [r for r in reading.relations if r.type in ("sanction", "war") and country(r.object) == "USA"]


def test_003_n07_putin_does_not_oppose_china(readings: dict[str, Reading]) -> None:
    found = [p for p in readings[SUMMIT].positions if country(p.holder) == "RUS" and p.stance == "oppose"]
    assert not [p for p in found if country(p.target.actor) == "CHN"]


# ------------------------------------------------------------------ the seven expectations across both


def both(rows: Any) -> bool:
    return len({row.document_id for row in rows}) == 2


def test_x01_russia_supports_china_on_taiwan_in_two_reports(view: Any) -> None:
    rows = [r for r in standing(view, Filter(actor="RUS", issue="taiwan-status", stance="support")) if r.holder_country == "RUS"]
    assert rows
    assert rows[0].documents == 2


def test_x02_the_war_is_in_both(view: Any) -> None:
    rows = [r for r in occurrences(view, Filter(actor="RUS", type="ASSAULT")) if r.documents == 2]
    assert rows
    assert "Ukraine" in rows[0].recipients
    assert both(events(view, Filter(about="UKR", type="ASSAULT")))


def test_x03_the_partnership_is_in_both(view: Any) -> None:
    rows = relations(view, Filter(actor="CHN", type="partnership"))
    assert both([r for r in rows if {country(r.record.subject), country(r.record.object)} == {"CHN", "RUS"}])


def test_x04_chinas_claim_is_in_both(view: Any) -> None:
    rows = [r for kind in ("claim", "dispute") for r in relations(view, Filter(actor="TWN", type=kind))]
    assert both([r for r in rows if {country(r.record.subject), country(r.record.object)} == {"CHN", "TWN"}])


def test_x05_russia_has_not_shifted(view: Any) -> None:
    assert not [s for s in shifts(view, Filter(actor="RUS", issue="taiwan-status")) if s.holder_country == "RUS"]
    rows = [r for r in positions(view, Filter(actor="RUS", issue="taiwan-status")) if country(r.record.holder) == "RUS"]
    claims = [r for r in rows if isinstance(r.record, Position) and country(r.record.target.actor) != "TWN"]
    assert {r.stance for r in claims} <= {"support", "oppose"}
    assert [r for r in claims if r.stance == "support"]


def test_x06_the_two_reports_are_no_copies(view: Any) -> None:
    assert len(list(documents(view))) == 2
    assert not [link for link in view.links() if link.judgement == "positive" and link.type in ("duplicate", "syndicated")]


def test_x07_sanctions_on_russia_are_in_both(view: Any) -> None:
    rows = relations(view, Filter(actor="RUS", type="sanction"))
    assert both([r for r in rows if country(r.record.object) == "RUS"])


def test_a_reader_of_both_can_ask_where_russia_stands_on_taiwan(view: Any) -> None:
    """Since when, in whose words, who disagrees, who reported it: the question the project exists for."""
    stands = standing(view, Filter(issue="taiwan-status"))
    assert {r.stance for r in stands if r.holder_country == "TWN"} == {"oppose"}
    said = [s for s in statements(view, Filter(actor="RUS", about="Taiwan")) if isinstance(s.record, Statement)]
    assert all(s.words for s in said)
    assert {country(s.record.speaker) for s in said} >= {"RUS"}
    assert ties(view, Filter(actor="RUS"))
