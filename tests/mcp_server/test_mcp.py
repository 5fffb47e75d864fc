"""The queries as tools for assistants: every one there, none that writes, every answer with its sources."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.mcp import tools
from onrecord.query import QUERIES, Filter
from onrecord.store import open_store

server_of = pytest.importorskip("onrecord.mcp.server").create
pytest.importorskip("mcp")


def call(store: Path, name: str, **given: Any) -> dict[str, Any]:
    answer = asyncio.run(server_of(store).call_tool(name, given))
    return json.loads(answer.content[0].text)


def test_every_query_is_a_tool_and_none_writes(sample_store: Path) -> None:
    listed = asyncio.run(server_of(sample_store).list_tools())
    assert {tool.name for tool in listed} == {*QUERIES, "record", "report", "explain"}
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in listed)
    for tool in listed:
        if tool.name in QUERIES:
            assert set(tool.input_schema["properties"]) == {*QUERIES[tool.name].fields, "limit"}
            assert all(field["description"] for field in tool.input_schema["properties"].values())


@pytest.mark.parametrize("name", sorted(set(QUERIES) - {"corroboration", "search"}))
def test_every_answer_has_the_words_of_its_records(sample_store: Path, name: str) -> None:
    answer = call(sample_store, name)
    assert "error" not in answer
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
def test_a_wrong_question_is_answered_with_what_is_wrong(sample_store: Path, name: str, given_as: dict[str, Any]) -> None:
    assert call(sample_store, name, **given_as)["error"]


def test_no_answer_is_without_bound(sample_store: Path) -> None:
    assert len(call(sample_store, "statements", limit=10**6)["rows"]) <= tools.MOST_ROWS


@given(st.recursive(st.text(max_size=3000), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)))
def test_long_texts_are_cut_and_say_so(value: Any) -> None:
    def texts(of: Any) -> list[str]:
        return [of] if isinstance(of, str) else [t for inner in (of.values() if isinstance(of, dict) else of) for t in texts(inner)]

    for before, after in zip(texts(value), texts(tools._short(value)), strict=True):
        assert after == before or (len(before) > 1500 and before.startswith(after[:1500]) and "more characters" in after)
