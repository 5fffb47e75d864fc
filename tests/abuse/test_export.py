"""ABUSE group 13: exports are honest. The rows that a question shows, the rows in the file and the rows of the manifest are the same, always."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from export.counting import rows_in
from onrecord.model import Decision
from onrecord.query import QUERIES
from onrecord.store import open_store
from onrecord.web.api import exports
from onrecord.web.api.queries import MOST
from onrecord.web.server import create
from query.needed import needed_over_http
from store.builders import sample
from web.visiting import BASE

FORMATS = ("csv", "jsonl", "parquet")
FILTERS = ({"since": "2024-07", "confidence": "0.6"}, {"actor": "China"}, {"publisher": "nobody"}, {"limit": "3"})


def opened(client: TestClient, name: str, **parameters: Any) -> tuple[dict[str, Any], dict[str, int], bytes]:
    """The manifest, the rows that each file really has, and the first file; digests are checked."""
    answer = client.get(f"/api/{name}/export", params=parameters)
    assert answer.status_code == 200, answer.text
    whole = zipfile.ZipFile(io.BytesIO(answer.content))
    assert whole.testzip() is None
    manifest = json.loads(whole.read("manifest.json"))
    assert {*whole.namelist()} == {"manifest.json", *(file["name"] for file in manifest["files"])}
    for file in manifest["files"]:
        data = whole.read(file["name"])
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    return manifest, {file: rows_in(file, whole.read(file)) for file in whole.namelist()[:-1]}, whole.read(whole.namelist()[0])


def shown(client: TestClient, name: str, **parameters: str) -> list[dict[str, Any]]:
    """All rows that the question shows, page by page."""
    limit = int(parameters.pop("limit", 10**9))
    address: str | None = str(client.build_request("GET", f"/api/{name}", params={**parameters, "limit": min(limit, MOST)}).url)
    rows: list[dict[str, Any]] = []
    while address and len(rows) < limit:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["rows"]
        address = answer.json()["next"]
    return rows[:limit]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", QUERIES)
def test_rows_shown_are_rows_in_the_file_and_in_the_manifest(name: str, format_: str, client: TestClient) -> None:
    question = needed_over_http(name, client)
    manifest, files, _ = opened(client, name, **question, format=format_)
    assert files == {f"{name}.{format_}": manifest["rows"]}
    assert manifest["rows"] == len(shown(client, name, **question)) == manifest["files"][0]["rows"]


@pytest.mark.parametrize("wanted", FILTERS, ids="-".join)
@pytest.mark.parametrize("name", QUERIES)
def test_the_same_with_a_filter(name: str, wanted: dict[str, str], client: TestClient) -> None:
    question = {**needed_over_http(name, client), **wanted}
    if not set(wanted) <= set(QUERIES[name].fields):
        assert client.get(f"/api/{name}/export", params=question).status_code == 400
        return
    manifest, files, first = opened(client, name, **question, format="jsonl")
    rows = shown(client, name, **question)
    assert [*files.values()] == [manifest["rows"]] == [len(rows)]
    assert [json.loads(line) for line in first.splitlines()] == rows
    assert set(wanted) <= set(manifest["filter"])


@pytest.mark.parametrize("format_", ["gdelt", "polecat", "web-annotation"])
def test_the_same_of_exchange_formats(format_: str, client: TestClient) -> None:
    manifest, files, _ = opened(client, "events", format=format_)
    assert files == {file["name"]: file["rows"] for file in manifest["files"]}
    assert manifest["filter"].get("status") == (None if format_ == "web-annotation" else "actual")


def test_every_status_where_every_status_is_asked_for(client: TestClient) -> None:
    assert opened(client, "events", format="polecat", status="any")[0]["filter"] == {}


def test_columns_and_the_change_number_are_those_of_the_answer(client: TestClient) -> None:
    manifest, _, _ = opened(client, "positions", format="csv")
    answer = client.get("/api/positions").json()
    assert (manifest["columns"], manifest["as_of"]) == (answer["columns"], answer["as_of"])


def test_an_export_is_of_one_snapshot_while_others_add(tmp_path: Path) -> None:
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as writer:
        for number in range(60):
            writer.add(sample(number), f"{number}.txt", "run-1")
    stop = threading.Event()

    def adding() -> None:
        with open_store(path) as store, store.writer() as writer:
            for number in range(60, 400):
                if stop.is_set():
                    return
                writer.add(sample(number), f"{number}.txt", "run-1")

    with TestClient(create(path), base_url=BASE) as client:
        other = threading.Thread(target=adding)
        other.start()
        try:
            for name in ("timeline", "documents", "sources", "standing", "events"):
                manifest, files, first = opened(client, name, format="jsonl")
                assert [*files.values()] == [manifest["rows"]]
                if name == "documents":  # every document was added in one change, so that the number says how many there were
                    with open_store(path) as store, store.view() as view:
                        added = {c.id for c in view.changes() if c.seq <= manifest["as_of"] and c.kind == "document"}
                    assert {json.loads(line)["id"] for line in first.splitlines()} == added
        finally:
            stop.set()
            other.join()


def test_what_a_review_took_away_is_in_no_export(sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.onrecord"
    shutil.copy(sample_store, path)
    with TestClient(create(path), base_url=BASE) as client, open_store(path) as store:
        before, _, first = opened(client, "statements", format="jsonl")
        rejected = json.loads(first.splitlines()[0])["id"]
        with store.view() as view, store.writer() as writer:
            record = view.record(rejected)
            writer.decide(
                Decision(record_id=record.id, document_id=record.document_id, verdict="reject", record=record, by="Ada", at="2031-06-01T10:00:00Z")
            )
        manifest, files, first = opened(client, "statements", format="jsonl")
        assert [*files.values()] == [manifest["rows"]] == [before["rows"] - 1] == [len(shown(client, "statements"))]
        assert manifest["as_of"] > before["as_of"]
        assert rejected not in {json.loads(line)["id"] for line in first.splitlines()}


def test_an_export_that_breaks_off_is_no_archive(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LONGEST", -1.0)
    content = client.get("/api/timeline/export").content
    assert not zipfile.is_zipfile(io.BytesIO(content))
    monkeypatch.undo()
    assert client.get("/api/timeline/export").status_code == 200


def test_few_exports_go_at_a_time(client: TestClient) -> None:
    taken = [exports._going.acquire(blocking=False) for _ in range(exports.AT_ONCE)]
    try:
        answer = client.get("/api/timeline/export")
        assert (answer.status_code, all(taken)) == (503, True)
    finally:
        for _ in taken:
            exports._going.release()
    assert client.get("/api/timeline/export").status_code == 200


def test_what_was_not_changed_is_not_exported_again(client: TestClient) -> None:
    first = client.get("/api/timeline/export?format=csv")
    again = client.get("/api/timeline/export?format=csv", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/timeline/export?format=jsonl", headers={"If-None-Match": first.headers["etag"]}).status_code == 200
