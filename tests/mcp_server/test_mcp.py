"""The queries as tools for assistants: every one there, none that writes, every answer with its sources."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.mcp import tools
from onrecord.query import QUERIES, Filter
from onrecord.store import open_store
from onrecord.web.server import create
from web.visiting import BASE

server_of = pytest.importorskip("onrecord.mcp.server").create
mcp = pytest.importorskip("mcp")


NEED_AN_ID = {"corroboration", "others", "beside"}


def called(store: Path, name: str, **given: Any) -> Any:
    """What a client gets over the protocol."""

    async def asking() -> Any:
        async with mcp.Client(server_of(store)) as client:
            return await client.call_tool(name, given)

    return asyncio.run(asking())


def call(store: Path, name: str, **given: Any) -> dict[str, Any]:
    answer = called(store, name, **given)
    assert not answer.is_error
    return json.loads(answer.content[0].text)


def test_every_query_is_a_tool_and_none_writes(sample_store: Path) -> None:
    listed = asyncio.run(server_of(sample_store).list_tools())
    assert {tool.name for tool in listed} == {*QUERIES, "record", "report", "explain"}
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in listed)
    for tool in listed:
        if tool.name in QUERIES:
            assert set(tool.input_schema["properties"]) == {*QUERIES[tool.name].fields, "limit"}
            assert all(field["description"] for field in tool.input_schema["properties"].values())


@pytest.mark.parametrize("name", sorted(set(QUERIES) - NEED_AN_ID - {"search"}))
def test_every_answer_has_the_words_of_its_records(sample_store: Path, name: str) -> None:
    answer = call(sample_store, name)
    with open_store(sample_store) as store, store.view() as view:
        rows = [row.full() for row in QUERIES[name].function(view, Filter())]
        assert answer["rows"] == json.loads(json.dumps(rows[: tools.ROWS]))
        assert answer["more"] == (len(rows) > tools.ROWS)
        for row in rows[: tools.ROWS]:
            named = [i for i in tools._ids(row) if not i.startswith("story-")]
            if named and name not in ("documents", "links", "network"):
                assert set(named) & set(answer["sources"]), row
        for record_id, source in answer["sources"].items():
            record = view.record(record_id)
            assert (source["words"], source["document_id"]) == (record.evidence.text, record.document_id)
            assert view.document(record.document_id).text[source["start"] : source["end"]] == source["words"]


def test_a_record_a_report_and_a_code_can_be_looked_up(sample_store: Path) -> None:
    position = call(sample_store, "positions", limit=1)["rows"][0]
    shown = call(sample_store, "record", record_id=position["id"])
    assert shown["record"]["id"] == position["id"]
    assert list(shown["sources"]) == [position["id"]]
    report = call(sample_store, "report", document_id=position["document_id"])
    assert report["text"][position["evidence"]["start"] : position["evidence"]["end"]] == position["evidence"]["text"]
    assert call(sample_store, "explain", code="CONSULT")["meanings"][0]["code"] == "CONSULT"


@pytest.mark.parametrize(
    ("name", "given_as"),
    [("standing", {"issue": "nope"}), ("positions", {"since": "yesterday"}), ("record", {"record_id": "zzz"}), ("report", {"document_id": ""}),
     ("explain", {"code": "xyzzy"}), ("search", {"text": "*"})],
)  # fmt: skip
def test_a_wrong_question_is_an_error_of_the_protocol_that_says_what_is_wrong(sample_store: Path, name: str, given_as: dict[str, Any]) -> None:
    answer = called(sample_store, name, **given_as)
    assert answer.is_error
    wrong = json.loads(answer.content[0].text)
    assert wrong["detail"]
    assert set(wrong) <= {"detail", "hint"}


def test_it_is_said_in_the_words_of_the_http_api(sample_store: Path, tmp_path: Path) -> None:
    store = shutil.copy(sample_store, tmp_path / "own.onrecord")  # the desk keeps a file beside it
    with TestClient(create(store), base_url=BASE) as client:
        problem = client.get("/api/positions?stance=suport").json()
    wrong = json.loads(called(store, "positions", stance="suport").content[0].text)
    assert wrong == {"detail": problem["detail"], "hint": problem["hint"]}


@pytest.mark.parametrize("given_as", [{"limit": "many"}, {"confidence": [1]}])
def test_arguments_of_the_wrong_kind_are_errors_too(sample_store: Path, given_as: dict[str, Any]) -> None:
    answer = called(sample_store, "positions", **given_as)
    assert answer.is_error
    assert next(iter(given_as)) in answer.content[0].text


def test_a_fault_of_ours_is_an_error_that_says_nothing_of_itself(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "ask", lambda *_: 1 / 0)
    answer = called(sample_store, "positions")
    assert answer.is_error
    assert "ZeroDivision" not in answer.content[0].text


def test_no_answer_is_without_bound(sample_store: Path) -> None:
    assert len(call(sample_store, "statements", limit=10**6)["rows"]) <= tools.MOST_ROWS


@given(st.recursive(st.text(max_size=3000), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)))
def test_long_texts_are_cut_and_say_so(value: Any) -> None:
    def texts(of: Any) -> list[str]:
        return [of] if isinstance(of, str) else [t for inner in (of.values() if isinstance(of, dict) else of) for t in texts(inner)]

    for before, after in zip(texts(value), texts(tools._short(value)), strict=True):
        assert after == before or (len(before) > 1500 and before.startswith(after[:1500]) and "more characters" in after)
