"""The Filter: what it takes, what it refuses, and that nothing a user types breaks a query."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.query import QUERIES, Filter, Query
from onrecord.query.catalogue import LOOKS_AT
from onrecord.store import open_store
from store.builders import key_of, sample


@pytest.mark.parametrize(
    ("given_as", "becomes"),
    [
        ({"type": "assault"}, {"type": "ASSAULT"}), ({"type": "Part_of"}, {"type": "part-of"}), ({"type": "WAR"}, {"type": "war"}),
        ({"stance": "Declines_Comment"}, {"stance": "declines-comment"}), ({"status": "ACTUAL"}, {"status": "actual"}),
        ({"issue": "Taiwan_Status"}, {"issue": "taiwan-status"}), ({"issue": "status of taiwan"}, {"issue": "taiwan-status"}),
        ({"actor": "  Ana Lund "}, {"actor": "Ana Lund"}), ({"limit": 2**63 - 1}, {"limit": 2**63 - 1}),
    ],
    ids=str,
)  # fmt: skip
def test_codes_are_brought_to_the_codebooks_spelling(given_as: dict[str, Any], becomes: dict[str, Any]) -> None:
    made = Filter(**given_as)
    assert {name: getattr(made, name) for name in becomes} == becomes


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"type": "ASAULT"}, "did you mean ASSAULT"), ({"stance": "suport"}, "did you mean support"),
        ({"issue": "taiwan-statuss"}, "did you mean taiwan-status"), ({"status": "xyzzy"}, "one of actual"), ({"since": "yesterday"}, "2024-07"),
        ({"until": "2024-02-30"}, "2024-07"), ({"since": "2025", "until": "2024"}, "earlier"),
        ({"text": " * "}, "a word"), ({"text": ""}, ""), ({"actor": " "}, ""), ({"limit": -1}, ""), ({"limit": 2**63}, ""), ({"confidence": 1.5}, ""),
        ({"actor": "a\0b"}, ""), ({"about": "\ud83d"}, ""), ({"form": "spoken"}, "direct"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_hint(wanted: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryError) as caught:
        Filter(**wanted)
    assert says in caught.value.hint
    assert next(iter(wanted)) in caught.value.message
    assert "\n" not in caught.value.message


CHOOSERS = (  # they choose by what their rows do not show
    "search", "documents", "sources", "standing", "shifts", "occurrences", "ties", "dyads", "network", "alignment", "blocs", "stories", "agreement",
    "issues", "actors", "course", "places",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_keywords_and_columns_bear_one_name(query: Query) -> None:
    """Every Filter field that a query of records takes is a column of its rows, or looks at columns that the catalogue names."""
    assert set(query.fields) <= {field.name for field in fields(Filter)}
    for name in query.fields if query.name not in CHOOSERS else ():
        assert {name, *LOOKS_AT.get(name, ())} & set(query.columns) or name == "limit"
        assert name in query.columns or name in LOOKS_AT


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_row_says_what_when_where_and_through_whom(query: Query) -> None:
    wanted = {"id", "words", "publisher", "date", "via"}
    left_out = {"sources": wanted - {"publisher"}, "shifts": {"date"}, "links": wanted, "alignment": wanted - {"id"}, "blocs": wanted - {"id"}}
    left_out |= {"reviews": {"date", "via"}, "agreement": wanted, "course": wanted}
    assert wanted - set(query.columns) <= left_out.get(query.name, set())


def test_every_field_of_the_filter_is_of_use() -> None:
    assert {field.name for field in fields(Filter)} == {name for query in QUERIES.values() for name in query.fields}


def test_no_text_breaks_any_query(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", create=True) as store:
        with store.writer() as w:
            for n in range(3):
                w.add(sample(n), key_of(sample(n)))
        with store.view() as view:

            @settings(max_examples=40, deadline=None)
            @given(st.text(max_size=15) | st.text("\"*:^()-+ANDORNOTNEAR{}'%_ ", min_size=1, max_size=12))
            def ask(text: str) -> None:
                for name in ("actor", "about", "via", "publisher", "text", "document_id"):
                    for query in QUERIES.values():
                        if name not in query.fields:
                            continue
                        try:
                            rows = list(
                                query.function(view, Filter(**{"text": "harbour"} | {name: text} if query.name == "search" else {name: text}))
                            )
                        except QueryError:
                            continue
                        assert [row.flat().keys() for row in rows] == [dict.fromkeys(query.columns).keys()] * len(rows)

            ask()
