"""What all requests share: the store's snapshots, the desk file, the kept answers. One of these hangs on the application."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from fastapi import Request

from onrecord.desk import Desk, open_desk
from onrecord.errors import StoreBusy
from onrecord.store import View, open_store
from onrecord.store.sqlite.connection import connect
from onrecord.web.answers import Answers
from onrecord.web.settings import Settings

_CACHE_KIB = 24_576
_PATIENCE = 20.0


class Serving:
    """A store that is being served. Close it when the server stops."""

    def __init__(self, store: Path, settings: Settings) -> None:
        """Raises StoreError where the store, or the desk file beside it, cannot be opened."""
        self.store = store
        self.settings = settings
        self.book: Desk = open_desk(store)
        self._opened = open_store(store, cache_kib=_CACHE_KIB)
        self._free: queue.LifoQueue[View] = queue.LifoQueue()
        self._views = [self._opened.view() for _ in range(settings.readers)]
        for view in self._views:
            self._free.put(view)
        self.answers = Answers(store, settings.answers, bounds=settings.bounds)
        self._watching = [connect(store), connect(self.book.path)]

    @contextmanager
    def view(self) -> Iterator[View]:
        """A snapshot of the store as it is now, for one thread. Raises StoreBusy where all are in use for long."""
        try:
            view = self._free.get(timeout=_PATIENCE)
        except queue.Empty:
            raise StoreBusy("too much is being asked at once", hint="try again in a moment") from None
        try:
            view.renew()
            yield view
        finally:
            self._free.put(view)

    def tick(self) -> tuple[int, ...]:
        """Something that differs whenever another connection changed the store or the desk file; takes microseconds."""
        return tuple(int(db.execute("PRAGMA data_version").fetchone()[0]) for db in self._watching)

    def close(self) -> None:
        """Close everything; questions that are being worked out are given up."""
        self.answers.close()
        for db in self._watching:
            db.close()
        for view in self._views:
            view.close()
        self._opened.close()


def serving(request: Request) -> Serving:
    """What this request's application serves."""
    return cast(Serving, request.app.state.desk)
