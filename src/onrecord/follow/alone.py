"""One process at a time follows the feeds of a store, so that no site is asked twice as often as it should be."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import StoreBusy, StoreError


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file at ``path``; the system lets go of it when the process ends, however it ends. Raises StoreBusy, StoreError."""
    try:
        handle = path.open("a")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}", hint="check the folder and its permissions") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusy(f"{path}: another process follows the feeds of this store", hint="let it go on, or stop it first") from error
        yield
