"""What a good input becomes: text, header, rows, fields, keys, offsets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ingest import Item, documents
from onrecord.ingest.escapes import escapes
from onrecord.ingest.plain import header
from onrecord.model import Document
from onrecord.text.offsets import OffsetMap

GOOD = "OSLO, July 4 (Example Wire) -- The two ministers met on Thursday, officials said.\n(With inputs from Reuters)"


def read(path: Path, **settings) -> Document:
    (item,) = documents([path], **settings)
    assert item.problem is None
    assert item.document is not None
    return item.document


def test_a_text_file(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(GOOD)
    document = read(path, publisher="Example Daily", published="2024-07-05", title="A title", url="https://example.org/1")
    assert document.text == GOOD
    assert (document.publisher, document.published, document.title) == ("Example Daily", "2024-07-05", "A title")
    assert document.credits == ("Example Wire", "Reuters")
    assert document.language == "en"
    assert len(document.raw_sha256) == 64


def test_the_publisher_is_not_credited_in_its_own_report(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(GOOD)
    assert read(path, publisher="Example Wire (sample)").credits == ("Reuters",)


def test_a_header(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_bytes(
        b"Title: Ministers meet:  again\r\nPublisher: Example Wire\r\nPublished: 2024-07-04\r\nUrl: https://example.org/1\r\n"
        b"Language: en\r\nNote: written as an example\r\nDesk: world\r\n\r\n\r\nShe said yes.\r\n"
    )
    (item,) = documents([path], publisher="Somebody Else")
    document = item.document
    assert document.text == "She said yes."
    assert (document.title, document.publisher, document.published) == ("Ministers meet: again", "Example Wire", "2024-07-04")
    assert document.meta == {"note": "written as an example", "desk": "world"}
    first, last = item.offsets.byte_span(0, len(document.text), path.read_bytes())
    assert path.read_bytes()[first:last] == b"She said yes."
    raw = read(path, raw_text=True)
    assert raw.text.encode() == path.read_bytes()
    assert raw.title is None


@pytest.mark.parametrize(
    "text",
    [
        "London: The talks go on.\n\nHe said so.",
        "No header here.\nTitle: late",
        "Title: x\nno field\n\nText.",
        "Bonn said: no.\n",
        "",
        "\nTitle: after a blank line\n\nText",
    ],
)
def test_no_header(text: str):
    assert header(text) == ({}, 0)


def test_header_only_until_the_blank_line():
    fields, length = header("Note: a\n\nPublisher: b\n\nText")
    assert fields == {"note": "a"}
    assert length == len("Note: a\n\n")


def test_rows(tmp_path: Path):
    rows = [
        {
            "text": "He said yes.",
            "id": "a-1",
            "published": "2024-07-04T10:00:00Z",
            "publisher": "Example Wire",
            "title": " A\ntitle ",
            "extra": {"a": [1, None]},
        },
        {"text": "He said no.", "id": 7, "title": None, "url": "", "published": "Thu, 04 Jul 2024 10:00:00 +0000"},
        {"text": "He said\r\nso."},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(json.dumps(row) for row in rows).encode())
    one, two, three = (item.document for item in documents([path], publisher="Fallback", published="2020-01-01"))
    assert (one.meta, one.title, one.publisher) == ({"id": "a-1", "extra": {"a": [1, None]}}, "A title", "Example Wire")
    assert one.published.startswith("2024-07-04T10:00:00")
    assert two.published.startswith("2024-07-04T10:00:00")
    assert (two.meta, two.publisher, two.title, two.url) == ({"id": 7}, "Fallback", None, None)
    assert (three.text, three.published, three.meta) == ("He said\nso.", "2020-01-01", {})
    assert [i.document.text for i in documents([path], raw_text=True)] == [row["text"] for row in rows]


def test_json_array_and_object(tmp_path: Path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": "He said yes.", "id": 1}, {"id": 2}, {"text": "He said no."}]))
    (tmp_path / "b.json").write_text(json.dumps({"text": "He said why."}, indent=1))
    items = list(documents([tmp_path]))
    assert [i.document and i.document.text for i in items] == ["He said yes.", None, "He said no.", "He said why."]
    assert items[1].problem.where.endswith("a.json, item 2")


@pytest.mark.parametrize(("name", "delimiter"), [("rows.csv", ","), ("rows.csv", ";"), ("rows.tsv", "\t")])
def test_tables(tmp_path: Path, name: str, delimiter: str):
    path = tmp_path / name
    rows = [
        ["Id", "Text", "publisher", "desk"],
        ["1", '"He said ""yes"".\nTwice."', "EW", "world"],
        ["2", "", "", ""],
        ["3", "No.", "EW"],
        ["4", "No.", "", ""],
    ]
    path.write_text("\ufeff" + "\n".join(delimiter.join(row) for row in rows) + "\n\n", encoding="utf-8")
    one, two, three, four = documents([path])
    assert (one.document.text, one.document.publisher) == ('He said "yes".\nTwice.', "EW")
    assert one.document.meta == {"id": "1", "desk": "world"}
    assert [i.problem.code for i in (two, three)] == ["empty", "bad-row"]
    assert three.problem.where == f"{path}, row 3"
    assert four.document.publisher is None
    assert [i.key for i in documents([path], skip=lambda _: True)] == [i.key for i in (one, two, three, four)]


@pytest.mark.parametrize(
    "raw", [b"", b"a,b\n1,2\n", b'text\n"never closed\n', b'text\n"a" b\n', b"text\n\xff\n", b"text\n" + b"word " * 2_000_000], ids=range(6)
)
def test_tables_that_cannot_be_read(tmp_path: Path, raw: bytes):
    path = tmp_path / "rows.csv"
    path.write_bytes(raw)
    (item,) = documents([path])
    assert item.problem.code in ("bad-table", "bad-encoding", "too-long")


@pytest.mark.parametrize(
    ("given_date", "wanted"),
    [
        ("2024-07-04", "2024-07-04"),
        ("20240704", "2024-07-04"),
        (" 2024-07-04 ", "2024-07-04"),
        ("2024-07-04T05:06:07+02:00", "2024-07-04T05:06:07+02:00"),
        ("", None),
    ],
)
def test_dates(tmp_path: Path, given_date: str, wanted: str | None):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "He said yes.", "published": given_date}))
    assert read(path).published == wanted


def test_keys_are_stable_and_can_be_skipped(tmp_path: Path):
    rows, report = tmp_path / "rows.jsonl", tmp_path / "report.txt"
    rows.write_text('{"text": "He said yes."}\n{"text": "He said yes."}\n')
    report.write_text(GOOD)
    keys = [item.key for item in documents([tmp_path])]
    assert len(set(keys)) == 3
    rows.write_text(rows.read_text() + '{"text": "He said no."}\n')
    again: list[Item] = list(documents([tmp_path], skip=set(keys).__contains__))
    assert [item.key for item in again][:3] == keys
    assert [(i.document is None, i.problem) for i in again] == [(True, None)] * 3 + [(False, None)]


def test_same_report_same_id(tmp_path: Path):
    (tmp_path / "a.txt").write_text("He said yes.")
    (tmp_path / "b.txt").write_bytes(b"He said yes.\r\n")
    one, two = (item.document for item in documents([tmp_path]))
    assert one.id == two.id
    assert one.raw_sha256 != two.raw_sha256


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda v: st.one_of(st.lists(v, max_size=3), st.dictionaries(st.text(max_size=5), v, max_size=3)),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draws build the tables of all characters
@given(
    st.text(st.one_of(st.characters(), st.sampled_from('"\\/\n\t😀é🇫🇷')), max_size=30),
    st.dictionaries(st.sampled_from(["id", "a", '"text"', "te\\xt", "x", "{"]), VALUES, max_size=4),
    st.booleans(),
    st.data(),
)
def test_offsets_lead_into_the_row(text: str, others: dict[str, object], ascii_only: bool, data: st.DataObject):
    before = data.draw(st.booleans())
    row = {"text": text, **others} if before else {**others, "text": text}
    line = json.dumps(row, ensure_ascii=ascii_only)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = OffsetMap((escapes(line),)).raw_span(start, end)
    assert json.loads(f'"{line[first:last]}"') == text[start:end]


def test_escaped_key_counts():
    line = '{"x": {"text": "no"}, "te\\u0078t": "yes", "y": ["text", "no"]}'
    first, last = OffsetMap((escapes(line),)).raw_span(0, 3)
    assert line[first:last] == "yes"
