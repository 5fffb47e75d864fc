"""The scorer of the peers' unit records: what their codes mean, which way a deed goes, what counts as found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord import Reader
from onrecord.codebook import cameo_code
from onrecord.evaluate import petr
from onrecord.evaluate.petr import OVERLAY, Deed, Party, asks, both_ways, labels, left_out, made, scores, their_party, wanted
from onrecord.knowledge import knowledge_base
from onrecord.model import ActorRef, Event, Participant, Span

COUNTRIES = frozenset({"ARN", "GON", "XER", "SHR", "USA"})
SPAN = Span(0, 4, "text")


def record(*events: tuple[str | None, str | None, str], category: str = "DEMO", name: str = "ours") -> dict[str, Any]:
    return {"id": name, "category": category, "events": [{"source": a, "target": b, "code": c} for a, b, c in events]}


def event(actors: Sequence[str], recipients: Sequence[str], kind: str = "SUPPORT", status: str = "actual") -> Event:
    first, second = (tuple(Participant(SPAN, ActorRef(f"or:{c}", c, "state", c, ("GOV",))) for c in side) for side in (actors, recipients))
    return Event(
        id="e", document_id="d", evidence=SPAN, type=kind, trigger=SPAN, actors=first, recipients=second, status=status, cameo="051"  # type: ignore[arg-type]
    )  # fmt: skip


def told(deeds: Sequence[Deed]) -> list[str]:
    return [f"{d.first.who} {'<>' if d.turns else '>'} {d.second.who} {'|'.join(sorted(d.labels))}" for d in deeds]


@pytest.mark.parametrize(
    ("code", "types", "roots"),
    [
        ("064", {"SUPPORT"}, {"05"}),  # relations are granted, in WEIS; intelligence is shared, in CAMEO
        ("081", {"AGREE", "SUPPORT"}, {"03", "05"}),
        ("194", {"ASSAULT"}, {"19"}),
        ("023", set(), set()),  # a remark
    ],
)
def test_a_code_means_what_it_meant_where_it_comes_from(code: str, types: set[str], roots: set[str]) -> None:
    assert (labels(code, "plover_type"), labels(code, "cameo_root")) == (types, roots)


def test_made_up_codes_mean_nothing() -> None:
    assert labels("904", "plover_type") is None
    assert not asks(record(("ARN", "GON", "904")))
    assert asks(record(("ARN", "GON", "904"), ("ARN", "GON", "064")))
    assert asks(record())
    assert not asks(record(category=petr.MALFORMED))


def test_every_code_of_the_table_is_in_the_codebook() -> None:
    for codes in petr._table()["codes"].values():
        assert all(cameo_code(c).plover for c in codes)


@pytest.mark.parametrize(
    ("code", "who", "sectors"),
    [
        ("ARNGOV", "ARN", {"GOV"}),
        ("NGOARN", "ARN", {"NGO"}),
        ("ERIMED", "XER", {"JRN"}),
        ("HOBCIV", "SHR", {"CVL"}),
        ("IGOEEU", "Q458", set()),
    ],
)
def test_their_actors(code: str, who: str, sectors: set[str]) -> None:
    assert their_party(code, COUNTRIES) == Party(who, frozenset(sectors))


@pytest.mark.parametrize("code", [None, "---GOV", "###", "XYZ", "WGOGGS"])
def test_placeholders_are_nobody(code: str | None) -> None:
    assert their_party(code, COUNTRIES) is None
    assert wanted(record((code, "GON", "064")), "plover_type", COUNTRIES) == []


def test_the_same_both_ways_is_one_deed() -> None:
    gold = wanted(record(("ARN", "GON", "032"), ("GON", "ARN", "033"), ("ARN", "XER", "041")), "plover_type", COUNTRIES | {"XER"})
    assert told(gold) == ["ARN <> GON AGREE|CONSULT", "ARN > XER SUPPORT"]
    assert both_ways(gold) == gold


@pytest.mark.parametrize(
    ("events", "deeds"),
    [
        ([event(["ARN"], ["GON", "XER"])], ["ARN > GON SUPPORT", "ARN > XER SUPPORT"]),
        ([event(["ARN", "GON"], [])], ["ARN <> GON SUPPORT"]),
        ([event(["ARN"], ["GON"]), event(["ARN"], ["GON"])], ["ARN > GON SUPPORT"]),
        ([event(["ARN"], ["GON"]), event(["GON"], ["ARN"])], ["ARN <> GON SUPPORT"]),
        ([event(["ARN"], []), event(["ARN"], ["GON"], status="negated"), event(["ARN"], ["GON"], status="historical")], []),
    ],
)
def test_our_deeds(events: list[Event], deeds: list[str]) -> None:
    assert told(made(events, "plover_type", knowledge_base())) == deeds


def test_a_deed_fits_by_sides_label_and_direction() -> None:
    arnor, gondor, police = Party("ARN", frozenset()), Party("GON", frozenset()), Party("GON", frozenset({"COP"}))
    deed = Deed(arnor, gondor, frozenset({"SUPPORT"}))
    assert deed.fits(Deed(arnor, police, frozenset({"SUPPORT"})))
    assert not deed.fits(Deed(arnor, police, frozenset({"SUPPORT"})), full=True)
    assert deed.fits(Deed(arnor, Party("GON", frozenset({"GOV"})), frozenset({"SUPPORT"})), full=True)
    assert not deed.fits(Deed(gondor, arnor, frozenset({"SUPPORT"})))
    assert deed.fits(Deed(gondor, arnor, frozenset({"SUPPORT"}), turns=True))
    assert not deed.fits(Deed(arnor, gondor, frozenset({"ACCUSE"})))


def test_what_is_left_out_says_why() -> None:
    assert left_out(record(category="PARSING"))
    assert left_out(record(name="DEMO-31"))
    assert not left_out(record())
    assert all(len(why["why"]) > 40 for why in petr._table()["left_out"])


def test_records_are_scored_with_the_overlay(root: Path, tmp_path: Path) -> None:
    rows = [
        {"text": "Gondor accused Eriador on Monday of closing the old north road.", **record(("GON", "ERI", "121"))},
        {"text": "Rohan praised the Dagolathi government.", **record(("ROH", "DAGGOV", "041"))},
        {"text": "Fornost threatened Bree with war.", **record(("BRE", "FOR", "172"))},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({**row, "date": "1995-01-09"}) + "\n" for row in rows))
    found = scores(path, root / OVERLAY)
    assert found["plover_type"] == found["cameo_root"] == found["all_plover_type"] == {"p": 100.0, "r": 100.0, "f1": 100.0, "gold": 2, "predicted": 2}


def test_the_overlay_is_sound(root: Path) -> None:
    known = Reader(knowledge=root / OVERLAY).knowledge
    assert len(known.added("state")) == 15
    assert {known.find(name)[0].actor.country for name in ("Arnorian", "Minas Tirith", "Hermit Kingdom")} == {"ARN", "GON", "PRK"}
