"""What several tests of queries use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from onrecord.model import Link, Reading
from onrecord.store import View, open_store


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    """A view of a store with these readings and links."""
    number, opened = count(), []

    def make(*readings: Reading, links: tuple[Link, ...] = ()) -> View:
        store = open_store(tmp_path / f"{next(number)}", create=True)
        with store.writer() as w:
            for reading in readings:
                w.add(reading, reading.document.id)
            for link in links:
                w.link(link)
        opened.append(store.view())
        store.close()
        return opened[-1]

    yield make
    for view in opened:
        view.close()
