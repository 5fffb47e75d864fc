"""How much of a store's file a connection keeps in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.store import open_store
from onrecord.store.sqlite.connection import CACHE_KIB, connect


@pytest.mark.parametrize("kib", [512, 16_384, CACHE_KIB])
def test_a_connection_keeps_as_much_as_it_is_told(tmp_path: Path, kib: int) -> None:
    connection = connect(tmp_path / "s", create=True, cache_kib=kib)
    assert connection.execute("PRAGMA cache_size").fetchone() == (-kib,)
    connection.close()


def test_a_store_with_a_small_cache_answers(sample_store: Path) -> None:
    with open_store(sample_store, cache_kib=16) as small, small.view() as few, open_store(sample_store) as store, store.view() as view:
        assert list(few.records()) == list(view.records())
