"""Rows as files: the types of columns, what a handle must be able to do, how many rows are held."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.export.rows import GROUP, Csv, JsonLines, Parquet, text_of, types_of
from onrecord.query import QUERIES
from onrecord.query.shifts import ShiftRow


class Pipe(io.RawIOBase):
    """A handle that can only be written to, one byte after the other."""

    def __init__(self) -> None:
        self.got = bytearray()
        self.position = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.position

    def write(self, data) -> int:
        self.got += data
        self.position += len(data)
        return len(data)


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda q: q.name)
def test_every_column_has_a_type(query):
    types = types_of(query.row)
    assert tuple(types) == query.columns
    assert set(types.values()) <= {str, int, float, bool}


def test_the_types_of_columns():
    types = types_of(ShiftRow)
    assert [types[name] for name in ("kind", "holder", "factor", "probability", "documents", "since")] == [str, str, float, float, int, str]


def test_a_parquet_file_has_the_types_it_was_given_even_where_nothing_is_known():
    pipe = Pipe()
    writer = Parquet(pipe, types={"id": str, "score": float, "documents": int, "directed": bool})
    writer.feed({"id": None, "score": None, "documents": None, "directed": None})
    assert writer.finish() == 1
    assert [f.type for f in pq.read_schema(io.BytesIO(pipe.got))] == [pa.string(), pa.float64(), pa.int64(), pa.bool_()]
    assert not pipe.closed


def test_a_parquet_file_is_written_in_groups():
    pipe = Pipe()
    writer = Parquet(pipe, types={"n": int})
    for n in range(GROUP + 1):
        writer.feed({"n": n})
    assert pipe.got
    assert writer.finish() == GROUP + 1
    file = pq.ParquetFile(io.BytesIO(pipe.got))
    assert (file.num_row_groups, file.read().column("n").to_pylist()) == (2, list(range(GROUP + 1)))


def test_a_parquet_file_without_rows_has_its_columns():
    pipe = Pipe()
    assert Parquet(pipe, types={"id": str, "n": int}).finish() == 0
    assert pq.read_table(io.BytesIO(pipe.got)).column_names == ["id", "n"]


@pytest.mark.parametrize(("writer", "written"), [(Csv, "id\n1\n'=2\n"), (JsonLines, '{"id":"1"}\n{"id":"=2"}\n')])
def test_text_goes_into_binary_handles(writer, written: str):
    pipe = Pipe()
    with text_of(pipe) as text:
        feeding = writer(text)
        for value in ("1", "=2"):
            feeding.feed({"id": value})
        assert feeding.finish() == 2
    assert pipe.got.decode() == written
    assert not pipe.closed
