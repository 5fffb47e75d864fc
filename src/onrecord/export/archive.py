"""A ZIP that is read while it is made: files one after the other, each counted and digested. Knows no query, no format and no network.

::

    archive = Archive(at)
    with archive.file("events.csv") as handle:
        handle.write(b"...")
        yield archive.taken()
    yield archive.end()

What is written waits until it is taken, so that memory holds no more than lies between two takings. An archive that was not ended has no directory:
no program takes a part of one for the whole.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast

_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # what the dates of a ZIP can say
_MODE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of an archive: its length in bytes and its digest, before it was compressed."""

    name: str
    bytes: int
    sha256: str


class Archive:
    """A ZIP in the making. ``packed``: the files that are whole."""

    def __init__(self, at: datetime) -> None:
        """``at``: the date that the files bear."""
        self.packed: list[Packed] = []
        self._pipe = _Pipe()
        self._zip = zipfile.ZipFile(cast(BinaryIO, self._pipe), "w", zipfile.ZIP_DEFLATED)
        self._date = (min(max(at.year, _FIRST_YEAR), _LAST_YEAR), at.month, at.day, at.hour, at.minute, at.second)

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A handle to write the next file with; one at a time."""
        info = zipfile.ZipInfo(name, self._date)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _MODE
        with self._zip.open(info, "w", force_zip64=True) as inside:
            counted = _Counted(inside)
            yield cast(BinaryIO, counted)
        self.packed.append(Packed(name, counted.tell(), counted.sha256()))

    def taken(self) -> bytes:
        """What was written since the last time."""
        return self._pipe.taken()

    def end(self) -> bytes:
        """The last bytes, with the directory of the files."""
        self._zip.close()
        return self._pipe.taken()


class _Pipe(io.RawIOBase):
    """What a ZIP is written to: nobody can go back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        out = b"".join(self._waiting)
        self._waiting.clear()
        return out


class _Counted(io.BufferedIOBase):
    """Passes on what is written, and counts and digests it."""

    def __init__(self, inside: Any) -> None:
        super().__init__()
        self._inside = inside
        self._digest = hashlib.sha256()
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, data: Any) -> int:
        view = memoryview(data)
        self._inside.write(view)
        self._digest.update(view)
        self._length += view.nbytes
        return view.nbytes

    def sha256(self) -> str:
        return self._digest.hexdigest()
