"""Rows of others as values: what is understood, what is left out, and that a bad row costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.coded import CodedEvent, CodedMention, read_coded, read_gdelt, read_polecat
from onrecord.errors import InputError, QueryError
from onrecord.export import find
from onrecord.model import Problem

POLECAT = [c.name for c in find("polecat").columns[""]]
EVENTS = [c.name for c in find("gdelt").columns[""]]
MENTIONS = [c.name for c in find("gdelt").columns["mentions"]]
ROW = {
    "Event ID": "p-1", "Event Date": "2031-05-03", "Event Type": "CONSULT", "Event Mode": "visit", "Intensity": "2.5", "Quad Code": "1",
    "Contexts": "military; diplomatic", "Actor Name": "Marta Odhiambo", "Actor Country": "KEN", "Actor COW": "501", "Primary Actor Sector": "GOV",
    "Actor Sectors": "GOV; MIL", "Actor Name Raw": "the minister", "Recipient Country": "NOR", "Recipient Sectors": "None", "Placename": "Oslo",
    "Country": "NOR", "Latitude": "59.9", "Longitude": "-10.75", "Source": "Écho du Golfe", "Publication Date": "2031-05-04",
}  # fmt: skip
CODED = CodedEvent(
    line=2, id="p-1", date="2031-05-03", published="2031-05-04", type="CONSULT", mode="visit", quad=1, contexts=("military", "diplomatic"),
    intensity=2.5, actor="Marta Odhiambo", actor_country="KEN", actor_sectors=("GOV", "MIL"), actor_words="the minister", recipient_country="NOR",
    place="Oslo", place_country="NOR", lat=59.9, lon=-10.75, publisher="Écho du Golfe",
)  # fmt: skip


def file(path: Path, names: list[str], *rows: dict[str, str], header: bool = True) -> Path:
    lines = [names] if header else []
    lines += [[row.get(name, "") for name in names] for row in rows]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


def polecat(path: Path) -> tuple[list[CodedEvent], list[Problem]]:
    problems: list[Problem] = []
    return list(read_polecat(path, problems.append)), problems


def gdelt(path: Path, **more: Path) -> tuple[list[CodedEvent], list[Problem]]:
    problems: list[Problem] = []
    return list(read_gdelt(path, problems.append, **more)), problems


def test_a_polecat_row(tmp_path: Path):
    assert polecat(file(tmp_path / "a", POLECAT, ROW)) == ([CODED], [])


def test_columns_may_stand_in_any_order_and_be_missing_or_more(tmp_path: Path):
    names = [*reversed(POLECAT[:-3]), "Our Own Note"]
    assert polecat(file(tmp_path / "a", names, {**ROW, "Our Own Note": "x"})) == ([CODED], [])


def test_another_spelling_of_intensity_and_quoted_cells(tmp_path: Path):
    names = ["Event Intensity" if name == "Intensity" else name for name in POLECAT]
    quoted = {**ROW, "Event Intensity": '"2.5"', "Actor Name": '"Marta ""M"" Odhiambo"'}
    (found,), problems = polecat(file(tmp_path / "a", [f'"{name}"' for name in names], {f'"{k}"': v for k, v in quoted.items()}))
    assert (found.intensity, found.actor, problems) == (2.5, 'Marta "M" Odhiambo', [])


@pytest.mark.parametrize(
    ("column", "value", "field", "read"),
    [
        ("Event Date", "20310503", "date", "2031-05-03"),
        ("Event Date", "2031-05-03T10:00:00Z", "date", "2031-05-03"),
        ("Event Date", "5/3/2031", "date", "2031-05-03"),
        ("Event Date", "None", "date", None),
        ("Event Type", "None", "type", None),
        ("Quad Code", "4", "quad", 1),  # the type's own
        ("Contexts", "None", "contexts", ()),
        ("Actor Sectors", "None", "actor_sectors", ("GOV",)),  # the primary one
        ("Actor Name", "'=SUM(A1)", "actor", "=SUM(A1)"),
        ("Actor Name", "'s-Hertogenbosch", "actor", "'s-Hertogenbosch"),
        ("Intensity", "", "intensity", None),
    ],
)
def test_values_are_understood(tmp_path: Path, column, value, field, read):
    (found,), problems = polecat(file(tmp_path / "a", POLECAT, {**ROW, column: value}))
    assert (getattr(found, field), problems) == (read, [])


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("Event Date", "2031-02-30", "date"), ("Event Date", "soon", "date"), ("Event Date", "2031-05", "date"), ("Event Type", "PARTY", "type"),
        ("Intensity", "high", "intensity"), ("Intensity", "inf", "intensity"),
        ("Latitude", "59°", "lat"), ("Publication Date", "20311340", "published"),
    ],
)  # fmt: skip
def test_a_value_nobody_understands_is_left_out_and_told(tmp_path: Path, column, value, field):
    found, (problem,) = polecat(file(tmp_path / "a", POLECAT, ROW, {**ROW, column: value}, ROW))
    assert [getattr(event, field) for event in found] == [getattr(CODED, field), None, getattr(CODED, field)]
    assert problem.code == "coded-value"
    assert problem.where.endswith("line 3")
    assert column in problem.message


def test_bad_rows_cost_only_themselves(tmp_path: Path):
    path = file(tmp_path / "a", POLECAT, ROW, {**ROW, "Event ID": ""}, ROW)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], "too\tfew", "", lines[1] + "\tone more", *lines[2:]]) + "\n", encoding="utf-8")
    found, problems = polecat(path)
    assert [event.line for event in found] == [2, 7]
    assert [(p.code, p.where.rpartition(" ")[2]) for p in problems] == [("coded-row", "3"), ("coded-row", "5"), ("coded-row", "6")]


def test_a_file_without_the_header_is_an_error(tmp_path: Path):
    with pytest.raises(InputError, match="Event ID"):
        polecat(file(tmp_path / "a", POLECAT, ROW, header=False))


GDELT_ROW = {
    "GLOBALEVENTID": "669666370", "SQLDATE": "20170630", "MonthYear": "201706", "Year": "2017", "FractionDate": "2017.4932", "Actor1Code": "ROMGOV",
    "Actor1Name": "BUCHAREST", "Actor1CountryCode": "ROM", "Actor1Type1Code": "GOV", "Actor1Type2Code": "MED", "Actor1Type3Code": "XYZ",
    "Actor2Name": "EUROPEAN UNION", "Actor2CountryCode": "EUR", "Actor2KnownGroupCode": "EEC", "IsRootEvent": "1", "EventCode": "043",
    "EventBaseCode": "043", "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "2.8", "AvgTone": "-1.8", "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Cluj, Romania", "ActionGeo_CountryCode": "RO", "ActionGeo_Lat": "46.77", "ActionGeo_Long": "23.6",
    "DATEADDED": "20170701234500", "SOURCEURL": "https://example.org/1",
}  # fmt: skip


def test_a_gdelt_row(tmp_path: Path):
    assert gdelt(file(tmp_path / "a", EVENTS, GDELT_ROW, header=False)) == (
        [
            CodedEvent(
                line=1, id="669666370", date="2017-06-30", published="2017-07-01", type="CONSULT", mode="visit", quad=1, intensity=2.8, cameo="043",
                actor="BUCHAREST", actor_country="ROU", actor_sectors=("GOV", "JRN"), recipient="EUROPEAN UNION", recipient_id="Q458",
                place="Cluj, Romania", place_country="ROU", lat=46.77, lon=23.6, url="https://example.org/1",
            )
        ],
        [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "type_", "mode", "quad"),
    [("190", "ASSAULT", None, 4), ("010", None, None, 1), ("0841", "RETREAT", "release", 2), ("", None, None, 1)],
)
def test_cameo_becomes_plover_by_the_codebook(tmp_path: Path, code, type_, mode, quad):
    (found,), problems = gdelt(file(tmp_path / "a", EVENTS, {**GDELT_ROW, "EventCode": code}, header=False))
    assert (found.type, found.mode, found.quad, found.cameo or "", problems) == (type_, mode, quad, code, [])


def test_an_unknown_cameo_code_is_told(tmp_path: Path):
    (found,), (problem,) = gdelt(file(tmp_path / "a", EVENTS, {**GDELT_ROW, "EventCode": "---"}, header=False))
    assert (found.type, found.quad, problem.code) == (None, 1, "coded-value")


def test_mentions_come_with_their_event(tmp_path: Path):
    mention = {
        "GLOBALEVENTID": "669666370", "EventTimeDate": "20170701234500", "MentionTimeDate": "20170702000000", "MentionType": "1",
        "MentionSourceName": "example.org", "MentionIdentifier": "https://example.org/2", "SentenceID": "4", "Actor1CharOffset": "-1",
        "Actor2CharOffset": "996", "ActionCharOffset": "988", "InRawText": "1", "Confidence": "40", "MentionDocLen": "2579",
    }  # fmt: skip
    mentions = file(
        tmp_path / "m", MENTIONS, mention, {**mention, "MentionSourceName": "example.net"}, {**mention, "GLOBALEVENTID": "7"}, header=False
    )
    (found,), problems = gdelt(file(tmp_path / "a", EVENTS, GDELT_ROW, header=False), mentions=mentions)
    assert found.mentions[0] == CodedMention(
        publisher="example.org", url="https://example.org/2", published="2017-07-02", recipient_start=996, start=988, confidence=0.4
    )
    assert [m.publisher for m in found.mentions] == ["example.org", "example.net"]
    assert (found.publisher, problems) == ("example.org", [])


def test_gdelt_may_have_a_header_and_bad_rows_cost_only_themselves(tmp_path: Path):
    path = file(tmp_path / "a", EVENTS, GDELT_ROW, {**GDELT_ROW, "GLOBALEVENTID": "x"}, GDELT_ROW)
    path.write_text(path.read_text(encoding="utf-8") + "1\t2\n", encoding="utf-8")
    found, problems = gdelt(path)
    assert [event.line for event in found] == [2, 4]
    assert [p.where.rpartition(" ")[2] for p in problems] == ["3", "5"]


def test_the_first_gdelt_is_told_apart(tmp_path: Path):
    with pytest.raises(InputError, match="GDELT 1"):
        gdelt(file(tmp_path / "a", EVENTS[:58], GDELT_ROW, header=False))


def test_the_data_set_is_told_by_the_first_line(tmp_path: Path):
    ours = file(tmp_path / "p", POLECAT, ROW)
    theirs = file(tmp_path / "g", EVENTS, GDELT_ROW, header=False)
    assert [next(read_coded(path, print)).id for path in (ours, theirs)] == ["p-1", "669666370"]
    with pytest.raises(QueryError):
        read_coded(ours, print, mentions=theirs)
    for text in ("", "one,two\n", "\n\n"):
        (tmp_path / "x").write_text(text)
        with pytest.raises(InputError, match="neither"):
            read_coded(tmp_path / "x", print)
