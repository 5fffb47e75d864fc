"""The contract, kept by each store there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from onrecord.store import open_store
from onrecord.store.sqlite import SqliteStore
from store.contract import Open, StoreContract
from store.durable import DurableContract
from store.reference import ReferenceStore


class TestReference(StoreContract):
    """The store made of dicts: what the contract means in plain words."""

    @pytest.fixture
    def fresh(self) -> Iterator[Open]:
        yield ReferenceStore


class TestSqlite(DurableContract):
    """The built-in store."""

    @staticmethod
    def opened(path: Path) -> SqliteStore:
        return open_store(path, create=True)

    @pytest.fixture
    def fresh(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
        folder, number = tmp_path_factory.mktemp("stores"), count()
        yield lambda: open_store(folder / f"{next(number)}.onrecord", create=True)
