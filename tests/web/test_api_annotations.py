"""Annotations over HTTP: addresses that lead somewhere, pages that together are the collection, offsets into the text that is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.export.annotation import CONTEXT, MEDIA_TYPE, record_of
from onrecord.store import View, open_store
from onrecord.web.api import records
from web.visiting import BASE


@pytest.fixture(scope="module")
def view(web_store: Path) -> Iterator[View]:
    with open_store(web_store) as store, store.view() as opened:
        yield opened


@pytest.fixture
def report(view: View) -> str:
    return next(view.documents()).id


def test_every_record_has_an_annotation_at_its_own_address(client: TestClient, view: View):
    for record in view.records():
        found = client.get(f"/api/annotations/{record.id}").json()
        assert found["id"] == f"{BASE}/api/annotations/{record.id}"
        assert record_of(found) == record


def test_a_position_is_one_of_the_text_that_its_source_names(client: TestClient, view: View):
    record = next(view.records("position"))
    target = client.get(f"/api/annotations/{record.id}").json()["target"][0]
    text = client.get(target["source"]["id"]).text
    position, quoted = target["selector"]
    assert text[position["start"] : position["end"]] == quoted["exact"]
    assert text[: position["start"]].endswith(quoted["prefix"])
    assert text[position["end"] :].startswith(quoted["suffix"])


def test_the_protocol_for_readers(client: TestClient, report: str):
    whole = client.get(f"/api/documents/{report}/annotations")
    assert whole.headers["content-type"] == MEDIA_TYPE
    assert whole.headers["link"] == '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"'
    assert whole.headers["etag"]
    assert (whole.json()["@context"], whole.json()["type"]) == (CONTEXT, "AnnotationCollection")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pages_together_are_the_collection(size: int, client: TestClient, view: View, report: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(records, "PAGE", size)
    whole = client.get(f"/api/documents/{report}/annotations", headers={"Cookie": f"size={size}"}).json()
    address, ids, last = whole["first"], [], ""
    while address:
        page = client.get(address, headers={"Cookie": f"size={size}"}).json()
        assert (page["id"], page["partOf"], page["startIndex"]) == (address, whole["id"], len(ids))
        ids += [item["id"].rpartition("/")[2] for item in page["items"]]
        last, address = address, page.get("next")
    assert last == whole["last"]
    assert ids == [record.id for record in view.reading(report).records]
    assert whole["total"] == len(ids)


def test_a_page_behind_the_last_is_empty(client: TestClient, report: str):
    page = client.get(f"/api/documents/{report}/annotations?page=999").json()
    assert (page["items"], "next" in page) == ([], False)


def test_what_is_not_there(client: TestClient):
    assert [client.get(f"/api/{path}").status_code for path in ("annotations/none", "documents/none/annotations", "documents/none/text")] == [404] * 3
