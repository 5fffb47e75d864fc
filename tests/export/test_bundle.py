"""Exports: the files of a ZIP and the manifest that counts them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from export.counting import rows_in
from export.world import kept
from onrecord.errors import QueryError
from onrecord.export.archive import Archive
from onrecord.export.bundle import Export, bundle, formats_of
from onrecord.query import QUERIES, Filter
from onrecord.store import Store, View
from query.needed import needed
from store.builders import sample

AT = datetime(2031, 5, 4, 8, 15, tzinfo=UTC)
ROWS = ("csv", "jsonl", "parquet")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with kept(tmp_path_factory.mktemp("bundle") / "s", [sample(n) for n in range(40)]) as made:
        yield made


def question(view: View, name: str) -> Filter:
    return Filter(**needed(name, view, "harbour"))


def opened(view: View, name: str, format_: str, **wanted: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the files of an export; both are held to each other."""
    asked = Filter(**wanted) if wanted else question(view, name)
    query = QUERIES[name]
    data = b"".join(bundle(view, Export(query, asked, format_, query.function(view, asked), view.version(), AT)))
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert whole.testzip() is None
        files = {info.filename: whole.read(info) for info in whole.infolist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert list(files) == [file["name"] for file in manifest["files"]]
    for file in manifest["files"]:
        assert (len(files[file["name"]]), hashlib.sha256(files[file["name"]]).hexdigest()) == (file["bytes"], file["sha256"])
    return manifest, files


@pytest.mark.parametrize("format_", ROWS)
@pytest.mark.parametrize("name", QUERIES)
def test_rows_asked_are_rows_in_the_file_and_in_the_manifest(name: str, format_: str, store: Store):
    with store.view() as view:
        shown = len(list(QUERIES[name].function(view, question(view, name))))
        manifest, files = opened(view, name, format_)
        ((file, data),) = files.items()
        assert (file, rows_in(file, data), manifest["rows"]) == (f"{name}.{format_}", shown, shown)
        assert manifest["columns"] == list(QUERIES[name].columns)


def test_what_a_manifest_says(store: Store):
    with store.view() as view:
        manifest, _ = opened(view, "events", "csv", type="assault", confidence=0.5)
        assert (manifest["query"], manifest["filter"]) == ("events", {"type": "ASSAULT", "confidence": 0.5})
        assert (manifest["as_of"], manifest["at"], manifest["layout"]) == (view.version(), "2031-05-04T08:15:00Z", "onrecord-export/1")
        assert "publishers" in manifest["licence"]


@pytest.mark.parametrize("name", ["gdelt", "polecat"])
def test_exchange_formats_have_their_parts(name: str, store: Store):
    with store.view() as view:
        manifest, files = opened(view, "events", name, status="actual")
        for file in manifest["files"]:
            lines = files[file["name"]].decode().splitlines()
            assert len(lines) - (name == "polecat") == file["rows"] > 0


@pytest.mark.parametrize("name", ["dyads", "network"])
@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_graphs(name: str, format_: str, store: Store):
    import networkx as nx

    with store.view() as view:
        manifest, files = opened(view, name, format_)
        ((_, data),) = files.items()
        graph = (nx.read_graphml if format_ == "graphml" else nx.read_gexf)(io.BytesIO(data))
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (manifest["files"][0]["nodes"], manifest["rows"])


@pytest.mark.parametrize("name", ["statements", "events", "positions", "relations", "timeline", "threads"])
def test_annotations(name: str, store: Store):
    with store.view() as view:
        manifest, files = opened(view, name, "web-annotation")
        ((file, data),) = files.items()
        assert rows_in(file, data) == manifest["rows"] == len(list(QUERIES[name].function(view, question(view, name))))


def test_a_format_that_does_not_fit_is_refused_before_anything_is_sent(store: Store):
    with store.view() as view, pytest.raises(QueryError) as caught:
        next(bundle(view, Export(QUERIES["sources"], Filter(), "gdelt", (), 0, AT)))
    assert caught.value.hint == "one of csv, jsonl, parquet"


def test_a_question_that_makes_no_sense_is_refused_before_anything_is_sent(store: Store):
    with store.view() as view:
        asked = Filter(after="nothing")
        with pytest.raises(QueryError, match="after"):
            next(bundle(view, Export(QUERIES["documents"], asked, "csv", QUERIES["documents"].function(view, asked), 0, AT)))


def test_formats_that_fit():
    assert formats_of(QUERIES["events"]) == ("csv", "jsonl", "parquet", "gdelt", "polecat", "web-annotation")
    assert formats_of(QUERIES["dyads"]) == ("csv", "jsonl", "parquet", "graphml", "gexf")


def test_no_more_is_held_than_lies_between_two_takings():
    def pieces() -> Iterator[int]:
        archive = Archive(AT)
        with archive.file("big.txt") as handle:
            for number in range(200):
                handle.write(hashlib.sha512(bytes([number])).digest() * 512)
                yield len(archive.taken())
        yield len(archive.end())

    assert max(pieces()) < 200_000


def test_a_part_of_an_archive_is_none(store: Store, tmp_path: Path):
    with store.view() as view:
        pieces = list(bundle(view, Export(QUERIES["timeline"], Filter(), "csv", QUERIES["timeline"].function(view, Filter()), 0, AT)))
    assert len(pieces) > 1
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(b"".join(pieces[:-1])))
