"""The lines of a table of any size, plain, gzipped or zipped. Nothing is unpacked to disk or held in memory; what is too large or broken ends there.

Compressed files are told by their first bytes. A file that grows more than ``RATIO`` times when unpacked, or beyond ``LARGEST``, is cut off there: no
real table does, bombs do.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.errors import InputError
from onrecord.ingest.files import failure, shown
from onrecord.ingest.problems import problem
from onrecord.model import Problem

OnProblem = Callable[[Problem], None]
LARGEST = 16 << 30
"""Bytes of text that one file may hold."""
LONGEST = 1 << 20
"""Bytes of one line."""
RATIO = 200
"""How many times its size a file may grow, counted from ``FREE`` bytes on. Tables of events grow five to fifteen times."""
FREE = 16 << 20
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_TEXT = (".csv", ".tsv", ".txt", ".tab")
_BROKEN = (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError)


def lines(path: str | Path, on_problem: OnProblem, *, largest: int = LARGEST) -> Iterator[tuple[int, str]]:
    """Every line with its number, from 1, without its end. UTF-8; a line that is not is taken for Windows-1252, which is said once.

    A line that is too long is passed over with a problem; a file that is broken or too large gives the lines before that, and a problem. In a zip
    file the tables in it follow each other, and their lines are counted on. Raises InputError for a file that cannot be opened.
    """
    path = Path(path)
    where = shown(path)
    assumed = False
    for number, raw in enumerate(_raw(path, largest, on_problem), 1):
        if len(raw) > LONGEST:
            on_problem(Problem("coded-row", "a line is too long", f"{where} line {number}", "check the row; the other rows were read"))
            continue
        text, fits = _decoded(raw.rstrip(b"\r\n"))
        if not fits and not assumed:
            assumed = True
            on_problem(problem("encoding-assumed", f"{where} line {number}", "Windows-1252, which holds ISO-8859-1"))
        yield number, text.removeprefix("\ufeff") if number == 1 else text


def _streams(path: Path, on_problem: OnProblem) -> Iterator[tuple[BinaryIO, bool]]:
    """The streams in a file, and whether they are compressed."""
    try:
        with path.open("rb") as handle:
            head = handle.read(4)
            handle.seek(0)
            if head.startswith(_GZIP):
                yield cast(BinaryIO, gzip.GzipFile(fileobj=handle)), True
            elif head.startswith(_ZIP):
                for member in _members(handle, shown(path), on_problem):
                    yield member, True
            else:
                yield handle, False
    except (OSError, ValueError) as error:
        told = failure(error, shown(path))
        raise InputError(f"{told.where}: {told.message}", code=told.code, hint=told.hint) from error


def _members(handle: BinaryIO, where: str, on_problem: OnProblem) -> Iterator[BinaryIO]:
    """The tables in a zip file, read as they stand there: their names lead nowhere."""
    try:
        with zipfile.ZipFile(handle) as archive:
            found = [m for m in archive.infolist() if m.filename.lower().endswith(_TEXT)]
            if not found:
                on_problem(_broken(where, f"no table in it: no name ends in {', '.join(_TEXT)}"))
            for member in found:
                with archive.open(member) as stream:
                    yield cast(BinaryIO, stream)
    except _BROKEN as error:
        on_problem(_broken(where, str(error)))


def _raw(path: Path, largest: int, on_problem: OnProblem) -> Iterator[bytes]:
    """The lines of all streams of a file; of one that is too long, its beginning, with one byte too many."""
    where, read = shown(path), 0
    for handle, compressed in _streams(path, on_problem):
        limit = min(largest, max(FREE, path.stat().st_size * RATIO)) if compressed else largest
        try:
            while line := handle.readline(LONGEST + 1):
                read += len(line)
                rest = line
                while len(rest) > LONGEST and not rest.endswith(b"\n") and read <= limit:
                    rest = handle.readline(LONGEST + 1)
                    read += len(rest)
                if read > limit:
                    on_problem(_broken(where, f"more than {limit:,} bytes when unpacked" if compressed else f"more than {limit:,} bytes"))
                    return
                yield line
        except _BROKEN as error:
            on_problem(_broken(where, str(error)))


def _broken(where: str, why: str) -> Problem:
    return Problem("coded-file", f"the file cannot be read to its end ({why})", where, "get it again; the rows before that were read")


def _decoded(raw: bytes) -> tuple[str, bool]:
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), False
