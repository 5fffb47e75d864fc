"""A made-up store for tests of the desk: reports by number, added, read anew, and rejected one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.model import Decision
from onrecord.store import open_store
from store.builders import key_of, sample


def add(path: Path, *numbers: int, run: str = "run-1", **without: Any) -> None:
    """Add these reports; ``positions=()`` leaves their positions out."""
    with open_store(path, create=True) as store, store.writer() as w:
        for number in numbers:
            reading = sample(number, run)
            w.add(replace(reading, **without), key_of(reading), run)


def reject(path: Path, record_id: str) -> None:
    """Have a reviewer reject a record."""
    with open_store(path) as store, store.writer() as w, store.view() as view:
        record = view.record(record_id)
        seen = Decision(record_id=record.id, document_id=record.document_id, verdict="reject", record=record, by="Ben", at="2031-01-01T00:00:00Z")
        w.decide(seen)
