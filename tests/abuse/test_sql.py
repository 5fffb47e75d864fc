"""ABUSE group 6: what reaches SQLite. Every value of a request is a bound parameter; column names and orders never come from an address.

Absent: onrecord has no SQL console and no DuckDB, so that there is no authorizer, no progress handler and no external access to hold down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.errors import QueryError
from onrecord.query import QUERIES, Filter
from onrecord.store import Selection, View, open_store
from onrecord.store.words import match_expression

GRAMMAR = (
    '"', '""', "'", "*", "a*", "^a", "-a", "+a", "a AND", "AND", "OR OR", "NOT", "NEAR(a b)", "NEAR(a b, 99999999999)", "a:b", "words:a", "{a b}:c",
    "(", ")", "((((", "a + b", "a^", "\\", "--", ";", "/*", "%", "_", "?", "?1", ":a", "@a", "$a", '"a" "', 'a"b"c', "\x01", "a\nb", "0x41", "𝕒", "☃",
)  # fmt: skip
INJECTIONS = (
    "' OR '1'='1", "x'; DROP TABLE records; --", '" OR 1=1 --', "') UNION SELECT json FROM documents --", "1; ATTACH 'x' AS y", "x' AND sleep(9) --",
    "'||(SELECT hex(randomblob(99999999)))||'", "\\'; --", "%", "_", "%%%", "a%' OR publisher LIKE '%",
)  # fmt: skip
TEXT_FIELDS = ("actor", "about", "publisher", "via", "document_id", "statement_id", "record_id", "after")


@pytest.fixture(scope="module")
def view(path: Path) -> Iterator[View]:
    with open_store(path) as store, store.view() as opened:
        yield opened


@pytest.mark.parametrize("text", GRAMMAR)
def test_the_grammar_of_full_text_search_is_text(text: str, client: TestClient) -> None:
    answer = client.get("/api/search", params={"text": text})
    assert answer.status_code in (200, 400)
    assert answer.status_code == (200 if match_expression(text.strip()) else 400)


@given(text=st.text(alphabet="abc\"*^-+():{}ANDORNTE '%_", max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_grammar(text: str, view: View) -> None:
    if match_expression(text) is not None:
        list(view.documents(Selection(text=text)))
        list(view.records(None, Selection(text=text, about=text)))


@pytest.mark.parametrize("field", ["actor", "about", "publisher", "via"])
@pytest.mark.parametrize("wildcard", ["%", "_", "%zq%", "[a-z]", "*", "?"])
def test_wildcards_stand_for_themselves(field: str, wildcard: str, client: TestClient) -> None:
    assert client.get("/api/timeline", params={field: wildcard}).json()["rows"] == []


@pytest.mark.parametrize("field", TEXT_FIELDS)
@pytest.mark.parametrize("value", INJECTIONS)
def test_no_value_becomes_sql(field: str, value: str, client: TestClient) -> None:
    taking = [query for query in QUERIES.values() if field in query.fields][:4]
    assert taking
    for query in taking:
        answer = client.get(f"/api/{query.name}", params={field: value})
        assert answer.status_code in (200, 400)
        if query.name in ("timeline", "statements") and answer.status_code == 200:
            assert answer.json()["rows"] == []


@pytest.mark.parametrize("number", [2**63, 2**63 - 1, -(2**63), 2**64, 10**40, -1])
@pytest.mark.parametrize("name", ["limit", "start", "since", "as_of"])
def test_numbers_beyond_sqlites_are_refused(name: str, number: int, client: TestClient) -> None:
    address = {"limit": "/api/statements", "start": "/api/standing", "since": "/api/changes", "as_of": "/api/standing"}[name]
    assert client.get(address, params={name: number}).status_code == 400


@pytest.mark.parametrize("number", [2**63, 10**40])
def test_numbers_beyond_sqlites_are_refused_of_filters_too(number: int) -> None:
    with pytest.raises(QueryError, match="limit"):
        Filter(limit=number)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400", "0x1p0", "1_0"])
def test_a_confidence_is_a_number_between_0_and_1(value: str, client: TestClient) -> None:
    assert client.get("/api/events", params={"confidence": value}).status_code == 400


@pytest.mark.parametrize("parameter", ["sort", "order_by", "columns", "select", "group", "table", "where", "date); DROP TABLE records; --"])
def test_no_column_or_order_is_taken_from_an_address(parameter: str, client: TestClient) -> None:
    answer = client.get("/api/events", params={parameter: "id; DROP TABLE records"})
    assert (answer.status_code, answer.json()["detail"]) == (400, f"{parameter!r} is no parameter here")


def test_an_order_is_one_of_two_words(client: TestClient) -> None:
    answer = client.get("/api/events", params={"order": "newest; DROP TABLE records"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "order: 'newest; DROP TABLE records' is not known")


def test_a_view_cannot_write(view: View) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        view._connection.execute("DELETE FROM records")  # type: ignore[attr-defined]


def test_after_all_this_the_store_is_as_it_was(path: Path, sample_store: Path, client: TestClient) -> None:
    with open_store(path) as store, open_store(sample_store) as fresh, store.view() as view, fresh.view() as before:
        assert store.check() == []
        assert list(view.records()) == list(before.records())
        assert view.version() == before.version()
