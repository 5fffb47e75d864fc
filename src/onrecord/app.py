"""The only wiring: paths become documents, documents become readings, readings go into a store. The command line and a server both stand on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model import Document, Problem, Reading, document_id

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader


def default_reader() -> Reader:
    """The Reader made of the built-in components."""
    from onrecord.reading.reader import Reader  # noqa: PLC0415 - spaCy takes seconds to load and most commands never read

    return Reader()


def read(
    *paths: str | Path,
    raw_text: bool = False,
    published: str | None = None,
    publisher: str | None = None,
    reader: Reader | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Reading]:
    """Read every report under ``paths`` and yield its records, one document at a time."""
    del raw_text, on_problem
    reader = reader or default_reader()
    for path in paths:
        for document in _documents(Path(path), publisher, published):
            yield reader.read(document)


def open_record(path: str | Path) -> object:
    """Open a store for questions."""
    raise NotImplementedError(path)


def _documents(path: Path, publisher: str | None, published: str | None) -> Iterator[Document]:
    raw = path.read_bytes()
    rows = [json.loads(line) for line in raw.decode().splitlines() if line.strip()] if path.suffix == ".jsonl" else [{"text": raw.decode()}]
    for row in rows:
        text, by, day = row["text"], row.get("publisher", publisher), row.get("published", published)
        yield Document(
            id=document_id(text, by, day), text=text, title=row.get("title"), publisher=by, published=day, language=row.get("language"),
            url=row.get("url"), raw_sha256=hashlib.sha256(raw).hexdigest(), meta={"id": row["id"]} if "id" in row else {},
        )  # fmt: skip
