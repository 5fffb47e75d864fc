"""A store with the report of ``review.world``."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.store import open_store
from review.world import READING


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as w:
        w.add(READING, "a.txt", "run-1")
    return path
