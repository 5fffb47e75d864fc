"""What we export, we read back: any names, any places, any number of sides. And compared with itself, a store agrees with all of it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from export.world import kept, reading, written
from onrecord.codebook import cameo_code, plover
from onrecord.coded import CodedEvent, Match, compare, read_coded, read_gdelt, read_polecat
from onrecord.errors import SchemaError
from onrecord.export import pairs
from onrecord.export.cells import text
from onrecord.export.told import exact_day
from onrecord.model import ActorRef, Participant, Place, Reading, RecordDate
from onrecord.query import Filter
from store.builders import document, event, span

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
LINE = WORDS.filter(lambda w: w.strip() and text(w) not in ("None", "NA", "NaN", "nan", "NULL", ""))
COUNTRIES = st.sampled_from(["KEN", "NOR", "ROU", "TLS", None])
TYPES = sorted(plover.types())


@st.composite
def reports(draw: st.DrawFn) -> Reading:
    """A report with one event between up to three actors and two recipients."""
    doc = document(
        "Somebody struck somebody else there.", draw(st.none() | LINE), draw(st.sampled_from(["2031-05-04", "2031-05-04T08:30:00Z", None]))
    )
    side = span(doc, "Somebody")

    def who() -> Participant:
        if draw(st.booleans()):
            return Participant(side, None, "generic")
        sectors = tuple(draw(st.lists(st.sampled_from(["GOV", "MIL", "JRN"]), max_size=3, unique=True)))
        return Participant(draw(st.sampled_from([side, None])), ActorRef(draw(LINE), draw(LINE), "person", draw(COUNTRIES), sectors))

    code = draw(st.sampled_from(TYPES))
    mode = draw(st.sampled_from([None, *plover.event_type(code).modes]))
    days = draw(st.sampled_from([("2031-05-03", "2031-05-03"), ("2031-04-01", "2031-04-30"), (None, None)]))
    where = draw(
        st.none() | st.builds(Place, st.just(span(doc, "there")), LINE, country=COUNTRIES, lat=st.floats(-90, 90).map(lambda f: round(f, 4)))
    )
    more: dict[str, Any] = {
        "mode": mode, "date": RecordDate(*days), "place": where, "quad": plover.quad(code), "intensity": plover.intensity(code, mode),
        "cameo": plover.cameo_of(code, mode), "contexts": tuple(draw(st.lists(st.sampled_from(["legal", "military"]), max_size=2, unique=True))),
    }  # fmt: skip
    actors, recipients = ([who() for _ in range(draw(st.integers(0, most)))] for most in (3, 2))
    return reading(doc, event(doc, actors, code, "struck", recipients, **more))


def exported(one: Reading, name: str, folder: Path) -> list[Path]:
    try:
        store = kept(folder / "s", [one])
    except SchemaError:  # a name that no store can hold
        return []
    with store:
        content = written(store, name)
    files = [folder / (part or "events") for part in content]
    for path, data in zip(files, content.values(), strict=True):
        path.write_bytes(data)
    return files


@settings(max_examples=60, deadline=None)
@given(reports())
def test_polecat_comes_back(one: Reading):
    (made,), problems = one.events, []
    with tempfile.TemporaryDirectory() as folder:
        for path in exported(one, "polecat", Path(folder)):
            found = list(read_polecat(path, problems.append))
            assert problems == []
            assert len(found) == len(pairs(made))
            for coded, (actor, recipient) in zip(found, pairs(made), strict=True):
                assert coded.id.startswith(made.id)
                assert coded.date == (exact_day(made.date, one.document.published) or None)
                assert (coded.type, coded.mode, coded.quad, coded.intensity) == (made.type, made.mode, made.quad, made.intensity)
                assert coded.contexts == made.contexts
                assert coded.publisher == said(one.document.publisher)
                assert side(coded, "actor") == whole(actor)
                assert side(coded, "recipient") == whole(recipient)
                spot = made.place
                assert (coded.place, coded.place_country, coded.lat) == ((said(spot.name), spot.country, spot.lat) if spot else (None,) * 3)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_gdelt_comes_back(one: Reading):
    (made,), problems = one.events, []
    with tempfile.TemporaryDirectory() as folder:
        if files := exported(one, "gdelt", Path(folder)):
            found = list(read_gdelt(files[0], problems.append, mentions=files[1]))
            assert problems == []
            assert len(found) == len(pairs(made))
            for coded, (actor, recipient) in zip(found, pairs(made), strict=True):
                assert coded.date == (exact_day(made.date, one.document.published) or None)
                assert coded.cameo == made.cameo
                assert coded.type == (cameo_code(made.cameo).plover if made.cameo else None)
                assert [m.start for m in coded.mentions] == [made.trigger.start]
                for name, party in (("actor", actor), ("recipient", recipient)):
                    assert getattr(coded, f"{name}_country") == (party.actor.country if party and party.actor else None)
                    assert getattr(coded, f"{name}_sectors") == (party.actor.sectors if party and party.actor else ())
                    named = party and (party.actor.name if party.actor else party.mention and party.mention.text)
                    assert getattr(coded, name) == said(named.upper() if named else None)


@settings(max_examples=40, deadline=None)
@given(st.lists(reports(), min_size=1, max_size=3), st.sampled_from(["polecat", "gdelt"]))
def test_a_store_agrees_with_its_own_export(found: list[Reading], name: str):
    with tempfile.TemporaryDirectory() as folder:
        for one in found[:1]:
            for path in exported(one, name, Path(folder))[:1]:
                with kept(Path(folder, "s"), []) as store, store.view() as view:
                    comparison = compare(view, read_coded(path, print) if path.read_bytes() else [], Filter())
                    matches = [pairing.match for pairing in comparison]
                    assert comparison.summary().theirs == comparison.summary().ours
                    (made,) = one.events
                    if comparable(one) and (name == "polecat" or (made.cameo and cameo_code(made.cameo).plover == made.type)):
                        assert set(matches) <= {Match.type}


def comparable(one: Reading) -> bool:
    """Whether its event has a day, if only that of publication, and rows with somebody in them."""
    (made,) = one.events
    dated = bool(exact_day(made.date, one.document.published) or one.document.published)
    return dated and all(any(named(p) for p in pair) for pair in pairs(made))


def named(participant: Participant | None) -> bool:
    return bool(participant and (participant.actor or participant.mention))


def side(coded: CodedEvent, name: str) -> tuple[Any, ...]:
    return tuple(getattr(coded, f"{name}{part}") for part in ("", "_country", "_sectors", "_words"))


def whole(participant: Participant | None) -> tuple[Any, ...]:
    actor = participant.actor if participant else None
    words = said(participant.mention.text) if participant and participant.mention else None
    return (said(actor.name), actor.country, actor.sectors, words) if actor else (None, None, (), words)


def said(value: str | None) -> str | None:
    """The text as a cell can hold it: without tabs and line ends, with single quotes."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", value or "").replace('"', "'").split()) or None
