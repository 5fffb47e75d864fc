"""POLECAT rows: the published columns, and what stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.world import KENYA, MARTA, NORWAY, UNION, day, kept, place, reading, table, who, written
from onrecord.export import find
from onrecord.model import RecordDate
from store.builders import document, event

PUBLISHED = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]
"""The header that public loaders of POLECAT quote."""


def row(tmp_path: Path, text: str, make, *, mentions=(), places=(), **about) -> dict[str, str]:
    doc = document(text, **{"published": "2031-05-04", **about})
    made = make(doc)
    content = written(kept(tmp_path / "s", [reading(doc, made, mentions=[p(doc) for p in mentions], places=places)]), "polecat")
    (found,) = table(content[""], find("polecat"))
    return dict(found)


def test_the_header_is_the_published_one(tmp_path: Path):
    header = written(kept(tmp_path / "s", []), "polecat")[""].decode()
    assert header == "\t".join(PUBLISHED) + "\n"
    assert len(PUBLISHED) == 40


def test_what_is_known_stands_in_its_column(tmp_path: Path):
    found = row(
        tmp_path,
        "Defence Minister Marta Odhiambo met the Norwegians in Oslo on Saturday.",
        lambda d: event(
            d, [who(d, "Marta Odhiambo", MARTA)], "CONSULT", "met", [who(d, "the Norwegians", NORWAY)], date=day("2031-05-03"), mode="visit",
            contexts=("military", "diplomatic"), quad=1, intensity=2.5, cameo="042", extractor="made.up.v1",
            place=place(d, "Oslo", id="geonames:3143244", country="NOR", lat=59.9139, lon=10.75, precision="city"),
        ),
        mentions=[lambda d: who(d, "Marta Odhiambo", MARTA), lambda d: who(d, "the Norwegians", NORWAY)],
        publisher="Écho du Golfe", language="en",
    )  # fmt: skip
    record_id, version = found.pop("Event ID"), found.pop("Version")
    assert (len(record_id), version.split()[0], version.split()[-1]) == (20, "onrecord", "made.up.v1")
    assert {name: value for name, value in found.items() if value} == {
        "Event Date": "2031-05-03", "Event Type": "CONSULT", "Event Mode": "visit", "Intensity": "2.5", "Quad Code": "1",
        "Contexts": "military; diplomatic", "Actor Name": "Marta Odhiambo", "Actor Country": "KEN", "Actor COW": "501",
        "Primary Actor Sector": "GOV", "Actor Sectors": "GOV; MIL", "Actor Title": "defence minister", "Actor Name Raw": "Marta Odhiambo",
        "Recipient Name": "Norway", "Recipient Country": "NOR", "Recipient COW": "385", "Primary Recipient Sector": "GOV", "Recipient Sectors": "GOV",
        "Recipient Name Raw": "the Norwegians", "Placename": "Oslo", "City": "Oslo", "Country": "NOR", "Latitude": "59.9139", "Longitude": "10.75",
        "GeoNames ID": "3143244", "Raw Placename": "Oslo", "Source": "Écho du Golfe", "Publication Date": "2031-05-04",
        "Story People": "Marta Odhiambo", "Story Organizations": "None", "Story Locations": "None", "Language": "en",
    }  # fmt: skip


def test_what_is_not_known_stays_empty(tmp_path: Path):
    vague = RecordDate("2031-04-01", "2031-04-30", "month", "text")
    found = row(
        tmp_path,
        "Last month a convoy was seen.",
        lambda d: event(d, [who(d, "a convoy")], "MOBILIZE", "seen", date=vague),
        publisher=None,
        published=None,
    )
    kept_ = {name: value for name, value in found.items() if value and name not in ("Event ID", "Version")}
    lists = dict.fromkeys(
        ("Contexts", "Actor Sectors", "Recipient Sectors", "Story People", "Story Organizations", "Story Locations"), "None"
    )  # fmt: skip
    assert kept_ == {"Event Type": "MOBILIZE", "Actor Name Raw": "a convoy", **lists}


def test_bodies_of_no_state_have_no_country(tmp_path: Path):
    found = row(tmp_path, "The EU warned Kenya.", lambda d: event(d, [who(d, "EU", UNION)], "THREATEN", "warned", [who(d, "Kenya", KENYA)]))
    assert (found["Actor Name"], found["Actor Country"], found["Actor COW"], found["Primary Actor Sector"]) == ("European Union", "", "", "IGO")


@pytest.mark.parametrize(
    ("precision", "columns"),
    [("city", {"City": "Kisumu"}), ("region", {"Province": "Kisumu"}), ("country", {}), ("point", {}), (None, {})],
)
def test_a_place_stands_where_its_kind_belongs(tmp_path: Path, precision, columns):
    found = row(
        tmp_path,
        "Kenya met Norway in Kisumu.",
        lambda d: event(
            d, [who(d, "Kenya", KENYA)], "CONSULT", "met", [who(d, "Norway", NORWAY)], place=place(d, "Kisumu", id="Q199", precision=precision)
        ),
    )
    assert {name: found[name] for name in ("City", "District", "Province") if found[name]} == columns
    assert (found["Placename"], found["GeoNames ID"]) == ("Kisumu", "")


def test_several_rows_have_several_ids(tmp_path: Path):
    doc = document("Kenya, Norway and the EU met.")
    sides = [who(doc, "Kenya", KENYA), who(doc, "Norway", NORWAY), who(doc, "EU", UNION)]
    met = event(doc, sides, "CONSULT", "met")
    found = table(written(kept(tmp_path / "s", [reading(doc, met)]), "polecat")[""], find("polecat"))
    assert [r["Event ID"] for r in found] == [f"{met.id}-{n}" for n in range(1, 7)]
    assert {(r["Actor Name"], r["Recipient Name"]) for r in found} == {
        (a, b) for a in ("Kenya", "Norway", "European Union") for b in ("Kenya", "Norway", "European Union") if a != b
    }
