"""Records as W3C Web Annotations: what the model asks for, where the words are, that nothing is lost."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.annotation import AROUND, CONTEXT, MOTIVATION, Annotations, Names, annotation, collection, page, record_of
from onrecord.model import Document, Reading, Record
from store.builders import document, sample, statement, who

MOTIVATIONS = frozenset(
    "assessing bookmarking classifying commenting describing editing highlighting identifying linking moderating questioning replying tagging".split()  # noqa: SIM905
)
READINGS = [sample(number) for number in range(12)]
EVERY = [(record, reading.document) for reading in READINGS for record in reading.records]


def is_iri(value: object) -> bool:
    return isinstance(value, str) and ":" in value and not set(value) & set(' <>"{}|\\^`') and value.isprintable()


def check(found: dict[str, Any]) -> None:
    """Sections 3.1 to 4.2.5 of the model, as far as we use them."""
    assert found["@context"] == CONTEXT
    assert is_iri(found["id"])
    assert found["type"] == "Annotation"
    assert found["motivation"] in MOTIVATIONS
    assert found["target"]
    for body in found["body"]:
        assert body["purpose"] in MOTIVATIONS
        if body["type"] == "TextualBody":
            assert isinstance(body["value"], str)
        else:
            assert body["type"] == "SpecificResource"
            assert is_iri(body["source"]["id"])
    for target in found["target"]:
        assert target["type"] == "SpecificResource"
        assert is_iri(target["source"] if isinstance(target["source"], str) else target["source"]["id"])
        for selector in target["selector"] if isinstance(target["selector"], list) else [target["selector"]]:
            if selector["type"] == "TextPositionSelector":
                assert 0 <= selector["start"] <= selector["end"]
            else:
                assert selector["type"] == "TextQuoteSelector"
                assert all(isinstance(selector[name], str) for name in ("exact", "prefix", "suffix"))
    json.dumps(found)


@pytest.mark.parametrize(("record", "report"), EVERY, ids=lambda v: getattr(v, "kind", ""))
def test_every_record_is_an_annotation_of_its_words(record: Record, report: Document):
    found = annotation(record, report)
    check(found)
    position, quoted = found["target"][0]["selector"]
    assert report.text[position["start"] : position["end"]] == quoted["exact"] == record.evidence.text
    assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] in report.text
    assert max(len(quoted["prefix"]), len(quoted["suffix"])) <= AROUND
    assert found["motivation"] == MOTIVATION[record.kind]


@pytest.mark.parametrize(("record", "report"), EVERY, ids=lambda v: getattr(v, "kind", ""))
def test_nothing_is_lost(record: Record, report: Document):
    assert record_of(json.loads(json.dumps(annotation(record, report)))) == record


@given(st.text(max_size=40), st.text(min_size=1, max_size=10).filter(str.strip), st.text(max_size=40))
def test_offsets_are_code_points(before: str, words: str, after: str):
    report = document(before + words + after)
    record = statement(report, who(None, None), words)
    position, quoted = annotation(record, report)["target"][0]["selector"]
    assert report.text[position["start"] : position["end"]] == words == quoted["exact"]


def test_actors_are_named_by_wikidata_or_by_us():
    (report, said) = (READINGS[1].document, READINGS[1].statements[0])
    sources = [body["source"]["id"] for body in annotation(said, report)["body"] if body["purpose"] == "identifying"]
    assert sources
    assert all(source.startswith(("http://www.wikidata.org/entity/Q", "urn:onrecord:actors/or%3A")) for source in sources)


def test_a_server_gives_addresses():
    reading = READINGS[1]
    found = annotation(reading.statements[0], reading.document, Names("http://127.0.0.1:8484/api/"))
    assert found["id"] == f"http://127.0.0.1:8484/api/annotations/{reading.statements[0].id}"
    assert found["target"][0]["source"]["id"] == f"http://127.0.0.1:8484/api/documents/{reading.document.id}/text"


@pytest.mark.parametrize(
    ("url", "targets"),
    [
        (None, 1),
        ("https://example.org/a?b=c", 2),
        ("javascript:alert(1)", 1),
        ("https://exa mple.org/", 1),
        ("https://[", 1),
        ('https://example.org/"onload', 1),
        ("ftp://example.org/", 1),
    ],
)
def test_a_page_is_a_second_target_where_it_has_an_address(url: str | None, targets: int):
    report = document("They met.", url=url)
    found = annotation(statement(report, who(None, None), "They met"), report)
    check(found)
    assert len(found["target"]) == targets


@pytest.mark.parametrize("readings", [[], READINGS])
def test_a_file_of_annotations_is_a_page_of_them(readings: list[Reading]):
    handle = io.BytesIO()
    writer = Annotations(handle)
    for reading in readings:
        for record in reading.records:
            writer.feed(annotation(record, reading.document))
    count = writer.finish()
    found = json.loads(handle.getvalue())
    assert (found["@context"], found["type"], found["startIndex"]) == (CONTEXT, "AnnotationPage", 0)
    assert count == len(found["items"]) == sum(len(reading.records) for reading in readings)
    for item in found["items"]:
        check({"@context": CONTEXT, **item})


def test_a_collection_names_its_pages():
    found = collection("urn:a", "Annotations of a report", 3, "urn:a?page=0", "urn:a?page=1")
    assert (found["type"], found["total"], found["first"], found["last"]) == ("AnnotationCollection", 3, "urn:a?page=0", "urn:a?page=1")
    inside = page("urn:a?page=1", "urn:a", [annotation(*EVERY[0])], 2, prev="urn:a?page=0")
    assert (inside["type"], inside["partOf"], inside["startIndex"], inside["prev"]) == ("AnnotationPage", "urn:a", 2, "urn:a?page=0")
    assert "@context" not in inside["items"][0]
