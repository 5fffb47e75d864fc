"""How rows are written: CSV that no spreadsheet runs, JSON lines that stay lines, tables that fit and show no control character."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from onrecord.cli.output import Format, chosen, json_line, write
from onrecord.cli.tables import printable, table
from onrecord.errors import QueryError

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
    assert all(cell_len(line) <= width for line in screen.getvalue().split("\n"))


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


def test_a_store_is_never_overwritten(tmp_path: Path):
    store = tmp_path / "world.onrecord"
    store.write_bytes(b"SQLite format 3\x00 and the rest")
    with pytest.raises(QueryError, match="is a store"):
        write([{"a": 1}], Format.json, store)
    assert store.read_bytes().endswith(b"and the rest")


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write([{"a": 1}], None, pipe)
    assert os.read(handle, 100) == b'{"a":1}\n'
    os.close(handle)
    assert pipe.is_fifo()


def test_a_file_has_the_permissions_of_its_kind_and_keeps_its_own(tmp_path: Path):
    made, kept = tmp_path / "made.csv", tmp_path / "kept.csv"
    kept.write_text("old")
    kept.chmod(0o640)
    for path in (made, kept):
        write([{"a": 1}], None, path)
    (plain := tmp_path / "plain").touch()
    assert [p.stat().st_mode for p in (made, kept)] == [plain.stat().st_mode, 0o100640]


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write([{"a": 1}], None, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "a\n1\n"


@pytest.mark.parametrize(
    ("name", "kind"), [("x.CSV", Format.csv), ("x.ndjson", Format.json), ("x", Format.json), ("x.txt", Format.table), ("x.parquet", Format.parquet)]
)
def test_a_suffix_says_the_format(name: str, kind: Format):
    assert chosen(None, Path(name)) is kind


def test_a_suffix_that_says_nothing_is_refused():
    with pytest.raises(QueryError, match=r"\.xlsx"):
        chosen(None, Path("x.xlsx"))


def test_a_narrow_table_keeps_who_it_is_about():
    row = {"date": "2024-07-04", "speaker": "Konstantin", "cue": "said", "content": "that " * 20, "publisher": "Wire", "id": "0123456789abcdef"}
    shown = [column.header for column in table([row], width=60).columns]
    assert shown == ["speaker", "content", "id"]
