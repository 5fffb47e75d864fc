"""GDELT rows: the published columns, what original rows look like, and what we never estimate."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from export.world import KENYA, MARTA, NORWAY, PAPER, ROMANIA, UNION, day, kept, place, raid, reading, same, table, who, written
from onrecord.codebook import cameo
from onrecord.export import find
from onrecord.export.gdelt import event_number, goldstein, quad_class
from onrecord.model import RecordDate
from store.builders import document, event

GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
EVENTS = [
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor1{c}" for c in ACTOR), *(f"Actor2{c}" for c in ACTOR), "IsRootEvent",
    "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{side}Geo_{c}" for side in ("Actor1", "Actor2", "Action") for c in GEO), "DATEADDED", "SOURCEURL",
]  # fmt: skip
MENTIONS = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
]
GDELT = find("gdelt")


def exported(tmp_path: Path, *readings, links=()) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    content = written(kept(tmp_path / "s", readings, links), "gdelt")
    return tuple([dict(row) for row in table(content[part], GDELT, part)] for part in GDELT.parts)  # type: ignore[return-value]


def test_columns_are_the_published_ones():
    assert [c.name for c in GDELT.columns[""]] == EVENTS
    assert [c.name for c in GDELT.columns["mentions"]] == MENTIONS
    assert (len(EVENTS), len(MENTIONS)) == (61, 16)


def test_one_raid_told_three_times_is_one_event_with_three_mentions(tmp_path: Path):
    doc, events = raid(url="https://example.org/raid")
    found, mentions = exported(tmp_path, reading(doc, *events), links=[same(events[0], events[1]), same(events[1], events[2])])
    (row,) = found
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("3", "1", "1")
    assert {m["GLOBALEVENTID"] for m in mentions} == {row["GLOBALEVENTID"]}
    offsets = [(m["Actor1CharOffset"], m["Actor2CharOffset"], m["ActionCharOffset"]) for m in mentions]
    start = doc.text.index
    assert sorted(offsets) == sorted([
        (str(start("Kenya")), str(start("Norway")), str(start("raided"))),
        (str(start("Raiders")), str(start("Norway")), str(start("struck"))),
        ("-1", "-1", str(start("strike"))),
    ])  # fmt: skip
    assert mentions[0]["Extras"] == f"{events[0].id}/{doc.id}"


def test_offsets_are_code_points(tmp_path: Path):
    doc, events = raid("😀😀 Kenya raided the camp of Norway. Raiders struck. The strike.")
    _, (mention,) = exported(tmp_path, reading(doc, events[0]))
    assert mention["Actor1CharOffset"] == "3"
    assert mention["MentionDocLen"] == str(len(doc.text))


def test_what_is_known_stands_in_its_column(tmp_path: Path):
    doc = document("Marta Odhiambo met the Romanians in Mombasa.", "Écho du Golfe", "2017-07-01T21:15:00Z", url="https://example.org/1")
    spot = place(doc, "Mombasa", id="geonames:1", country="KEN", lat=-4.05, lon=39.67, precision="city")
    met = event(
        doc, [who(doc, "Marta Odhiambo", MARTA)], "CONSULT", "met", [who(doc, "the Romanians", ROMANIA)], date=day("2017-06-30"), cameo="042", quad=1,
        intensity=2.5, place=spot, confidence=0.85,
    )  # fmt: skip
    (row,), (mention,) = exported(tmp_path, reading(doc, met))
    assert {name: value for name, value in row.items() if value and name != "GLOBALEVENTID"} == {
        "SQLDATE": "20170630", "MonthYear": "201706", "Year": "2017", "FractionDate": "2017.4932", "Actor1Code": "KENGOVMIL",
        "Actor1Name": "MARTA ODHIAMBO", "Actor1CountryCode": "KEN", "Actor1Type1Code": "GOV", "Actor1Type2Code": "MIL", "Actor2Code": "ROM",
        "Actor2Name": "ROMANIA", "Actor2CountryCode": "ROM", "EventCode": "042", "EventBaseCode": "042", "EventRootCode": "04", "QuadClass": "1",
        "GoldsteinScale": "1.9", "NumMentions": "1", "NumSources": "1", "NumArticles": "1", "Actor1Geo_Type": "0",
        "Actor2Geo_Type": "0", "ActionGeo_Type": "4", "ActionGeo_FullName": "Mombasa",
        "ActionGeo_CountryCode": "KE", "ActionGeo_Lat": "-4.05", "ActionGeo_Long": "39.67", "DATEADDED": "20170701211500",
        "SOURCEURL": "https://example.org/1",
    }  # fmt: skip
    assert {name: value for name, value in mention.items() if value and name not in ("GLOBALEVENTID", "Extras")} == {
        "EventTimeDate": "20170701211500", "MentionTimeDate": "20170701211500", "MentionType": "1", "MentionSourceName": "Écho du Golfe",
        "MentionIdentifier": "https://example.org/1", "Actor1CharOffset": "0", "Actor2CharOffset": "19", "ActionCharOffset": "15", "InRawText": "1",
        "Confidence": "85", "MentionDocLen": "44",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "written_"),
    [
        (RecordDate("2017-07-01", "2017-07-01"), ("20170701", "201707", "2017", "2017.4959")),  # as in original rows
        (RecordDate("2007-07-04", "2007-07-04"), ("20070704", "200707", "2007", "2007.5041")),
        (RecordDate("2017-06-01", "2017-06-30"), ("", "201706", "2017", "")),
        (RecordDate("2017-06", "2017-08"), ("", "", "2017", "")),
        (RecordDate("2017-06"), ("", "201706", "2017", "")),
        (RecordDate(None, "2017"), ("", "", "2017", "")),
        (RecordDate("2016-06-01", "2017-06-30"), ("", "", "", "")),
        (RecordDate(), ("20310504", "203105", "2031", "2031.3397")),
        (RecordDate("--07-03", "--07-03"), ("", "", "", "")),
    ],
)
def test_dates_say_what_is_known(tmp_path: Path, date, written_):
    doc, events = raid()
    (row,), _ = exported(tmp_path, reading(doc, replace(events[0], date=date)))
    assert tuple(row[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate")) == written_


@pytest.mark.parametrize(
    ("actor", "columns"),
    [
        (KENYA, ("KEN", "KENYA", "KEN", "", "", "", "")),  # a state is no government
        (MARTA, ("KENGOVMIL", "MARTA ODHIAMBO", "KEN", "", "GOV", "MIL", "")),
        (UNION, ("EECIGO", "EUROPEAN UNION", "", "EEC", "IGO", "", "")),
        (PAPER, ("KENMED", "DAILY SUN", "KEN", "", "MED", "", "")),  # CAMEO's media
        (replace(PAPER, country=None, sectors=("MED", "CVL", "GOV", "MIL")), ("HLHCVLGOV", "DAILY SUN", "", "", "HLH", "CVL", "GOV")),
        (replace(PAPER, country=None, sectors=("EUR",)), ("", "DAILY SUN", "", "", "", "", "")),
        (None, ("", "KENYA", "", "", "", "", "")),
    ],
)
def test_actors_in_cameo(tmp_path: Path, actor, columns):
    doc, _ = raid()
    (row,), _ = exported(tmp_path, reading(doc, event(doc, [who(doc, "Kenya", actor)], "ASSAULT", "raided")))
    names = ("Code", "Name", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")
    assert tuple(row[f"Actor1{name}"] for name in names) == columns


@pytest.mark.parametrize(
    ("code", "score"),
    [  # from original rows of 2017
        ("012", "-0.4"), ("013", "0.4"), ("014", "0.0"), ("020", "3.0"), ("030", "4.0"), ("031", "5.2"), ("040", "1.0"),
        ("042", "1.9"), ("043", "2.8"), ("046", "7.0"), ("050", "3.5"), ("051", "3.4"), ("071", "7.4"), ("080", "5.0"),
        ("090", "-2.0"), ("100", "-5.0"), ("110", "-2.0"), ("111", "-2.0"), ("112", "-2.0"), ("113", "-2.0"), ("120", "-4.0"),
        ("130", "-4.4"), ("141", "-6.5"), ("172", "-5.0"), ("173", "-5.0"), ("174", "-5.0"), ("190", "-10.0"), ("193", "-10.0"),
    ],
)  # fmt: skip
def test_goldstein_is_the_published_one(code: str, score: str):
    assert goldstein(code) == score


def test_goldstein_is_empty_where_it_is_not_certain():
    assert [code for code in cameo.codes() if len(code) > 2 and not goldstein(code)] == ["016", "155", "176", "1834"]
    assert (goldstein(""), goldstein("14"), goldstein("999")) == ("", "", "")


@pytest.mark.parametrize(
    ("code", "quad"), [("010", "1"), ("057", "1"), ("061", "2"), ("090", "2"), ("100", "3"), ("141", "3"), ("150", "4"), ("204", "4"), ("", "")]
)
def test_quads_are_gdelts(code: str, quad: str):
    assert quad_class(code) == quad


def test_an_event_without_a_code_has_no_code_and_no_scores(tmp_path: Path):
    doc, events = raid()
    (row,), _ = exported(tmp_path, reading(doc, replace(events[0], cameo=None)))
    assert {row[name] for name in ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "AvgTone")} == {""}


@pytest.mark.parametrize(
    ("precision", "country", "kind", "feature"),
    [
        ("country", "KEN", "1", "KE"), ("region", "USA", "2", ""), ("city", "USA", "3", ""), ("city", "KEN", "4", ""), ("region", "KEN", "5", ""),
        ("point", "KEN", "", ""), (None, None, "", ""),
    ],
)  # fmt: skip
def test_places_have_gdelts_types(tmp_path: Path, precision, country, kind, feature):
    doc, events = raid()
    spot = place(doc, "camp", country=country, precision=precision)
    (row,), _ = exported(tmp_path, reading(doc, replace(events[0], place=spot)))
    assert (row["ActionGeo_Type"], row["ActionGeo_FeatureID"], row["ActionGeo_ADM1Code"]) == (kind, feature, "")


def test_without_an_address_there_is_a_citation(tmp_path: Path):
    doc, events = raid()
    (row,), (mention,) = exported(tmp_path, reading(doc, events[0]))
    assert row["SOURCEURL"] == mention["MentionIdentifier"] == "North Wire, Raid, 2031-05-04"
    assert mention["MentionType"] == "2"
    assert row["DATEADDED"] == "20310504000000"


def test_numbers_fit_sixty_four_bits_and_tell_rows_apart():
    numbers = {int(event_number(f"{n:020x}")) for n in range(2000)}
    assert len(numbers) == 2000
    assert math.log2(max(numbers)) < 63


def test_norway_is_no_and_unknown_states_are_nothing():
    from onrecord.export import states

    assert (states.cow("NOR"), states.fips("NOR"), states.cameo("NOR")) == ("385", "NO", "NOR")
    assert (states.cow("GRL"), states.cow(None), states.fips("XXX"), states.cow("PSE")) == ("", "", "", "")
    assert {code: states.of_cameo(code) for code in ("ROM", "TMP", "KEN", "EUR", "AFR", "GZS", "ke", "")} == {
        "ROM": "ROU", "TMP": "TLS", "KEN": "KEN", "EUR": None, "AFR": None, "GZS": "PSE", "ke": None, "": None,
    }  # fmt: skip
    assert (NORWAY.country, states.of_fips("NO"), states.of_fips("ZZ")) == ("NOR", "NOR", None)
