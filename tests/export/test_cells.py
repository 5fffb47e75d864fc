"""Cells that any loader splits alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.cells import FORMULA, line, number, plain, text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        ("a\tb\r\nc\u2028d\x00e", "a b c d e"),
        ("  much   space ", "much space"),
        ('"King" Rex', "'King' Rex"),
        ("=SUM(A1)", "'=SUM(A1)"),
        ("-5", "'-5"),
        ("@who", "'@who"),
        ("＝1+1", "'＝1+1"),
        ("'=a", "''=a"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("a=b", "a=b"),
        ("\ud83d", ""),
    ],
)
def test_text(value, cell):
    assert text(value) == cell


@given(st.text(max_size=30))
def test_what_the_guard_adds_reading_takes_away(value: str):
    cell = text(value)
    assert plain(cell) == (cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in FORMULA else cell)
    assert text(plain(cell)) == cell
    assert not cell.startswith(FORMULA)


@given(st.lists(st.text(max_size=10), min_size=1))
def test_a_row_is_one_line_with_as_many_cells(cells: list[str]):
    (row,) = line(cells).decode().splitlines()
    assert len(row.split("\t")) == len(cells)


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (0.0, "0"), (-4.05, "-4.05"), (2, "2"), (10.75, "10.75"), (1e-7, "1e-07")])
def test_numbers(value, cell):
    assert number(value) == cell
