"""How rows are written: CSV that no spreadsheet runs, JSON lines that stay lines, tables that fit and show no control character."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from onrecord.cli.output import Format, json_line, write
from onrecord.cli.tables import printable, table

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+2", "'=1+2"),
        ("+49", "'+49"),
        ("-5 degrees", "'-5 degrees"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("a=1", "a=1"),
        (-5, "-5"),
        (2.5, "2.5"),
        (None, ""),
        (True, "True"),
        (("=a", "b"), "'=a; b"),
        ('say "no"\nnow', 'say "no"\nnow'),
    ],
)
def test_no_cell_is_run_as_a_formula(cell: object, written: str, tmp_path: Path):
    path = tmp_path / "rows.csv"
    write([{"a": cell, "b": 1}], None, path)
    with path.open(newline="", encoding="utf-8") as handle:
        assert list(csv.reader(handle)) == [["a", "b"], [written, "1"]]


@given(st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3))
def test_a_json_line_is_one_line_and_comes_back(value: dict[str, str]):
    line = json_line(value)
    assert len(line.splitlines()) == 1
    line.encode()
    assert json.loads(line) == value


def test_a_lone_surrogate_is_escaped():
    assert json.loads(json_line({"a": "\ud83d"})) == {"a": "\ud83d"}


@given(ANY_TEXT)
def test_what_is_shown_keeps_its_offsets_and_loses_its_controls(text: str):
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 and c != "\n" for c in shown)


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT), min_size=1, max_size=4), st.integers(40, 200))
def test_a_table_fits_and_says_only_what_it_was_given(rows: list[tuple[str, str, str]], width: int):
    screen = io.StringIO()
    console = Console(file=screen, width=width)
    console.print(table([{"id": a, "actors": b, "words": c} for a, b, c in rows], width=width))
    assert all(len(line) <= width for line in screen.getvalue().split("\n"))


def test_a_table_leaves_out_what_does_not_fit_but_never_the_id():
    row = {"date": "2025-01-01", "actors": "Norway " * 5, "type": "CONSULT", "words": "they met " * 20, "publisher": "Wire", "id": "abcdefabcdef"}
    assert [c.header for c in table([row], width=70).columns] == ["date", "actors", "type", "words", "id"]
    assert [c.header for c in table([row], width=60).columns] == ["date", "actors", "words", "id"]
    assert [c.header for c in table([row], width=120).columns] == list(row)


def test_markup_in_a_text_is_text():
    screen = io.StringIO()
    Console(file=screen, width=80).print(table([{"words": "[red]no[/red] [link=x]"}]))
    assert "[red]no[/red] [link=x]" in screen.getvalue()


def test_an_empty_answer_still_names_its_columns(tmp_path: Path):
    write([], None, tmp_path / "a.csv", header=("id", "date"))
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "id,date\n"
    write([], None, tmp_path / "a.parquet", header=("id", "date"))
    assert pq.read_table(tmp_path / "a.parquet").column_names == ["id", "date"]


def test_a_parquet_column_without_values_is_text(tmp_path: Path):
    write([{"id": "a", "via": None, "start": 1, "log": {"code": "x"}}], Format.parquet, tmp_path / "a.parquet")
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert [f.type for f in schema] == [pa.string(), pa.string(), pa.int64(), pa.string()]


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path):
    path = tmp_path / "rows.json"
    path.write_text("before", encoding="utf-8")

    def rows():
        yield {"a": 1}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(rows(), None, path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["rows.json"]
