"""``onrecord who``: a row for every actor a phrase names, from arguments or a column on standard input."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.cli.exits import Exit

Call = Callable[..., Any]


def test_a_row_for_every_actor(onrecord: Call) -> None:
    rows = onrecord("who", "Zambian police", "Chad and Mali", "he").rows
    assert [(r["phrase"], r["country"], r["sectors"], r["reason"]) for r in rows] == [
        ("Zambian police", "ZMB", ["COP"], None),
        ("Chad and Mali", "TCD", ["GOV"], None),
        ("Chad and Mali", "MLI", ["GOV"], None),
        ("he", None, [], "no-antecedent"),
    ]
    assert [r["mention"] for r in rows[1:3]] == ["Chad", "Mali"]


def test_offices_are_those_of_the_day(onrecord: Call) -> None:
    (serving,) = onrecord("who", "Nelson Mandela", "--published", "1997-01-01").rows
    (later,) = onrecord("who", "Nelson Mandela", "--published", "2005-01-01").rows
    assert (serving["role"], serving["sectors"]) == ("President", ["GOV"])
    assert (later["role"], later["sectors"]) == (None, ["ELI"])


def test_a_column_on_standard_input(onrecord: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("nurses\n\n  Zambian farmers \n"))
    found = list(csv.DictReader(io.StringIO(onrecord("who", "-", "--format", "csv").out)))
    assert [(r["phrase"], r["country"]) for r in found] == [("nurses", ""), ("Zambian farmers", "ZMB")]


def test_a_day_that_is_none_is_refused(onrecord: Call) -> None:
    assert onrecord("who", "nurses", "--published", "never").status == Exit.usage
