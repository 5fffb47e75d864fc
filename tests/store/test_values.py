"""The small steps below a store: dates filled to days, names folded, search words quoted, values as JSON."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SchemaError, StoreError
from onrecord.model import Document, RecordDate, Statement
from onrecord.store.codec import decode, decode_document, decode_list, decode_object, encode, encode_rest, printable
from onrecord.store.columns import columns, fold
from onrecord.store.days import days, first_day, last_day
from onrecord.store.words import match_expression
from store.builders import sample


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-07-03", "2024-07-03", "2024-07-03"), ("2024-07-03T23:59+09:00", "2024-07-03", "2024-07-03"), ("0001", "0001-01-01", "0001-12-31"),
        ("--07-03", "", ""), ("2024-13", "", ""), ("2024-02-30", "", ""), ("0000", "", ""), ("soon", "", ""), ("", "", ""), (None, "", ""),
        ("24-07-03", "", ""), ("2024-7-3", "", ""), ("2024-07-03x", "", ""),
    ],
)  # fmt: skip
def test_dates_are_filled_to_days(value: str | None, first: str, last: str) -> None:
    assert (first_day(value), last_day(value)) == (first, last)


@pytest.mark.parametrize(
    ("when", "published", "expected"),
    [
        (RecordDate("2024-07-03", "2024-07-05"), "2025", ("2024-07-03", "2024-07-05")),
        (RecordDate("2024"), None, ("2024-01-01", "2024-12-31")),
        (RecordDate(None, "2024-07"), None, ("2024-07-01", "2024-07-31")),
        (RecordDate("--07-03"), "2024-07-04", ("2024-07-04", "2024-07-04")),
        (RecordDate(), "2024-07", ("2024-07-01", "2024-07-31")),
        (RecordDate(), None, ("", "")),
        (RecordDate("2024-07-05", "2024-07-03"), None, ("2024-07-05", "2024-07-05")),
    ],
)
def test_a_record_has_its_own_days_else_its_documents(when: RecordDate, published: str | None, expected: tuple[str, str]) -> None:
    assert days(when, published) == expected


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Erdoğan ", "erdogan"),
        ("ERDOGAN", "erdogan"),
        ("Côte  d’Ivoire", "cote d’ivoire"),
        ("Großmann", "grossmann"),
        ("北京", "北京"),
        ("ﬁ", "fi"),
        ("", ""),
    ],
)
def test_names_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("harbour", '"harbour"'), ("free  port", '"free" AND "port"'), ('the "free port" OR', '"the" AND "free port" AND "OR"'),
        ('say "hi', '"say" AND "hi"'), ("a*b^c:d", '"a*b^c:d"'), ("- * port", '"port"'), ("***", None), ("", None), ('""', None),
        ("nul\0nul", '"nul nul"'),
        ("\ud83d x", '"x"'),
    ],
)  # fmt: skip
def test_search_words_are_quoted(text: str, expression: str | None) -> None:
    assert match_expression(text) == expression


@given(st.text(max_size=30) | st.text("\"'*:^()-+ANDORNEAR{}\\%_\0 \t\n", max_size=30))
def test_no_words_break_the_full_text_grammar(text: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO words VALUES (?)", (printable(text),))
    for column in (None, "body"):
        expression = match_expression(text, column)
        if expression is not None:
            db.execute("SELECT * FROM words WHERE words MATCH ?", (expression,)).fetchall()
    db.close()


def test_a_records_words_hold_all_it_says_once() -> None:
    reading = sample(1)
    for record in reading.records:
        found = columns(record, None)
        assert record.evidence.text in found.words
        assert found.words.count(record.evidence.text) == 1
    assert columns(reading.statements[0], None).about == "the harbour must stay open"
    assert columns(reading.positions[0], None).about == "the harbour"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, "half \ud83d", object()])
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(SchemaError):
        encode({"meta": value})


def test_equal_values_give_equal_text_and_come_back() -> None:
    assert encode({"b": 1, "a": (1, "é")}) == '{"a":[1,"é"],"b":1}'
    doc = Document("id", "text", "title", credits=("Agency",), meta={"z": 1, "a": [None, "🕊"]})
    assert decode_document([doc.id, doc.title, doc.publisher, doc.published, doc.language, doc.url, doc.text], encode_rest(doc)) == doc


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"kind": "statement"}', '{"id": 1}', "7"])
def test_damaged_values_are_named(text: str) -> None:
    with pytest.raises(StoreError, match="damaged"):
        decode(Statement, text)
    if text not in ("[]", "{}"):
        with pytest.raises(StoreError, match="damaged"):
            decode_list(Statement, text or "x")
    if text in ("", "{", "null", "7"):
        with pytest.raises(StoreError, match="damaged"):
            decode_object(text)
