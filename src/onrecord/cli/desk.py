"""The desk of a store, for the commands that keep something in it. Shows nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import app

if TYPE_CHECKING:
    from onrecord.desk import Desk


def desk_beside(store: Path) -> Desk:
    """The desk of a store that is there. Raises StoreError where it is not: there is no desk without its store."""
    from onrecord.desk import open_desk  # noqa: PLC0415 - most commands need no desk

    app.open_record(store).close()
    return open_desk(store)
