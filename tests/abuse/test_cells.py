"""ABUSE group 5: what a report or a name can put into a cell of a file that people open in a spreadsheet or a graph program.

RSS (billion laughs, external entities) is in ``test_xml``; the cells themselves are held by ``tests/export/test_cells`` and
``tests/cli/test_output``.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from onrecord.cli.output import Format, write
from onrecord.model import ActorRef, Participant, Reading, Span
from onrecord.query import QUERIES, Filter
from onrecord.store import open_store
from onrecord.web.server import create
from store.builders import document, event, position, relation, span, statement
from web.visiting import BASE

PAYLOADS = {
    "equals": "=cmd|'/C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "newline": "one\n=1+1",
    "carriage return": "\r=1+1",
    "quote": '"=1+1',
    "full width": "＝1+1",
    "entity": "&xxe;<!ENTITY a 'b'>",
    "markup": "</data><node id='evil'/>",
    "control": "a\x00b\x0bc",
}
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXTS = ("statements", "positions", "events", "relations", "timeline", "documents", "sources", "occurrences", "ties", "dyads", "network", "standing")


def hostile_reading(payload: str) -> Reading:
    """A reading in which names, publishers, titles, addresses and words are all the payload."""
    text = f"{payload} said that {payload} must go.\nKeldorn struck Vadria. {payload}"
    report = document(text, publisher=payload, title=payload, url=payload)
    mallory = Participant(Span(0, len(payload), payload), ActorRef(f"or:mallory-{payload}", payload, "person", "RUR", (), payload))
    vadria = Participant(span(report, "Vadria"), ActorRef("Q5", f"Vadria {payload}", "state", "BOR"))
    return Reading(
        report,
        (statement(report, mallory, payload, evidence=Span(0, len(payload), payload)),),
        (event(report, [mallory], "ASSAULT", "struck", [vadria]),),
        (position(report, mallory, "oppose", "must go"),),
        (relation(report, mallory, "war", vadria, "Keldorn struck Vadria"),),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a report for each payload."""
    path = tmp_path_factory.mktemp("cells") / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as writer:
        for name, payload in PAYLOADS.items():
            writer.add(hostile_reading(payload), name)
    return path


@pytest.fixture(scope="module")
def client(hostile: Path) -> Iterator[TestClient]:
    with TestClient(create(hostile), base_url=BASE) as client:
        yield client


def files(client: TestClient, address: str) -> dict[str, bytes]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    whole = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: whole.read(name) for name in whole.namelist()}


def safe(rows: list[list[str]], columns: int) -> None:
    """As many cells as columns in every row, and no text that a spreadsheet would run."""
    assert {len(row) for row in rows} == {columns}
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(FORMULAS) or cell.lstrip("-").replace(".", "", 1).isdigit(), cell


@pytest.mark.parametrize("name", TEXTS)
def test_no_cell_of_a_csv_export_is_run(name: str, client: TestClient) -> None:
    found = files(client, f"/api/{name}/export?format=csv")
    rows = list(csv.reader(io.StringIO(found[f"{name}.csv"].decode(), newline="")))
    assert len(rows) - 1 == json.loads(found["manifest.json"])["rows"]
    safe(rows, len(QUERIES[name].columns))


@pytest.mark.parametrize("name", ["statements", "timeline", "sources"])
def test_no_cell_of_the_command_lines_csv_is_run(name: str, hostile: Path, tmp_path: Path) -> None:
    with open_store(hostile) as store, store.view() as view:
        rows = [row.flat() for row in QUERIES[name].function(view, Filter())]
    write(rows, Format.csv, tmp_path / "rows.csv", header=QUERIES[name].columns)
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as handle:
        safe(list(csv.reader(handle)), len(QUERIES[name].columns))


@pytest.mark.parametrize("format_", ["gdelt", "polecat"])
def test_tabs_and_new_lines_split_no_row_of_exchange_files(format_: str, client: TestClient) -> None:
    found = files(client, f"/api/events/export?format={format_}")
    for file in json.loads(found["manifest.json"])["files"]:
        lines = found[file["name"]].decode().splitlines()
        assert len(lines) - (format_ == "polecat") == file["rows"] > 0
        assert {len(line.split("\t")) for line in lines} == {len(file["columns"])}
        assert not any(cell.startswith(tuple(set(FORMULAS) - {"-"})) for line in lines for cell in line.split("\t"))


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_names_are_escaped_in_graphs(format_: str, client: TestClient) -> None:
    found = files(client, f"/api/network/export?format={format_}")
    data = found[f"network.{format_}"]
    assert b"<!ENTITY" not in data
    assert b"<!DOCTYPE" not in data
    tree = ElementTree.fromstring(data)  # noqa: S314 - our own file, whose entities were just looked for
    nodes = [element for element in tree.iter() if element.tag.endswith("}node")]
    assert len(nodes) == json.loads(found["manifest.json"])["files"][0]["nodes"]
    assert all(node.get("id") != "evil" for node in nodes)


@pytest.mark.parametrize("name", ["statements", "documents"])
def test_a_line_of_json_stays_a_line(name: str, client: TestClient) -> None:
    found = files(client, f"/api/{name}/export?format=jsonl")
    lines = found[f"{name}.jsonl"].decode().splitlines()
    assert len(lines) == json.loads(found["manifest.json"])["rows"]
    assert [json.loads(line) for line in lines] == client.get(f"/api/{name}").json()["rows"]


def test_the_answer_itself_is_no_page(client: TestClient) -> None:
    answer = client.get("/api/statements")
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == ("application/json", "nosniff")
