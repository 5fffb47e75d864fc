"""Answers to aggregated questions: worked out at once on a small store; on a big one in a process beside the server, kept, and renewed behind.

An answer says at which change number of the store it was worked out (``as_of``). One that is kept is given at once, however old it is; where the
store has changed since, it is worked out again behind, at most as often as it costs. All pages and the export of one answer are of the same snapshot.
Answers are derived: their file can be deleted at any time. Lists of records are not kept here; they are asked live.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from onrecord.desk.database import iso
from onrecord.query import QUERIES, Filter
from onrecord.store import View
from onrecord.web import kept_answers
from onrecord.web.kept_answers import Head

LIVE = frozenset({"statements", "positions", "events", "relations", "timeline", "search", "documents", "queue", "reviews"})
"""Queries that are asked live, a page at a time."""
SMALL = 20_000
"""Up to so many records an answer is worked out at once."""
_FOR_ONE = ("record_id", "document_id", "statement_id")
_SELDOM = 30.0  # seconds at least between two workings-out of one answer
_SHARE = 20  # and so many times what it costs


@dataclass(frozen=True, slots=True)
class Answer:
    """Some rows of an answer, ``total`` in all, from row ``start``; as ``row.full()`` has them. ``fresh``: nothing changed since ``as_of``."""

    columns: tuple[str, ...]
    rows: Sequence[dict[str, Any]]
    start: int
    total: int
    as_of: int
    at: str
    fresh: bool

    @property
    def following(self) -> int | None:
        """The number of the row behind these; None where there is none."""
        end = self.start + len(self.rows)
        return end if end < self.total else None


class Answers:
    """Works out, keeps and gives answers for one store. Threads may share it."""

    def __init__(self, store: Path, kept: Path | None = None, *, small: int = SMALL) -> None:
        """``kept``: the file they are kept in; by default beside the store. ``small``: see :data:`SMALL`."""
        self._store, self._small = store, small
        self._path = kept or store.with_name(store.name + ".answers")
        self._lock = threading.Lock()
        self._working: dict[str, Future[None]] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False

    def get(self, view: View, name: str, wanted: Filter, *, start: int = 0, count: int = 50, wait: float = 0.0) -> Answer | None:
        """The answer's rows from ``start``, at most ``count``; None while it is being worked out, for which it waits ``wait`` seconds.

        ``limit`` and ``after`` of ``wanted`` are not heeded. Raises QueryError for a question that makes no sense.
        """
        wanted = _asked(wanted)
        version = view.version()
        if self.at_once(view, wanted):
            rows = [row.full() for row in QUERIES[name].function(view, wanted)]
            return Answer(QUERIES[name].columns, rows[start : start + count], start, len(rows), version, iso(datetime.now(UTC)), fresh=True)
        key = _key(name, wanted)
        kept = kept_answers.read(self._path, key, start, count)
        if kept is None:
            if not _done(self._begin(key, name, wanted), wait):
                return None
            kept = kept_answers.read(self._path, key, start, count)
            if kept is None:
                return None
        head, found = kept
        if head.as_of < version and time.time() - head.finished > max(_SELDOM, _SHARE * head.cost):
            self._begin(key, name, wanted)
        return _answer(head, found, start, version)

    def at_once(self, view: View, wanted: Filter) -> bool:
        """Whether the answer is worked out when it is asked for, and not kept."""
        return view.size() <= self._small or any(getattr(wanted, field) is not None for field in _FOR_ONE)

    def whole(self, name: str, wanted: Filter) -> tuple[int, Iterator[dict[str, Any]]] | None:
        """All rows of a kept answer, of one working-out however long they are read, and of which change it is; None where none is kept."""
        return kept_answers.whole(self._path, _key(name, _asked(wanted)))

    def working(self) -> int:
        """How many answers are being worked out or wait for it."""
        with self._lock:
            return len(self._working)

    def close(self) -> None:
        """Give up what is being worked out."""
        with self._lock:
            self._closed = True
            pool, self._pool = self._pool, None
        if pool is not None:
            processes = list(getattr(pool, "_processes", {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:  # one that works for a minute must not hold up the end
                process.terminate()

    def _begin(self, key: str, name: str, wanted: Filter) -> Future[None]:
        """Have an answer worked out, once however often it is asked for."""
        with self._lock:
            if key in self._working:
                return self._working[key]
            if self._closed:
                given_up: Future[None] = Future()
                given_up.cancel()
                return given_up
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=kept_answers.gently, max_tasks_per_child=64)
            try:
                future = self._pool.submit(kept_answers.work_out, str(self._store), str(self._path), key, name, asdict(wanted))
            except BrokenProcessPool:
                self._pool = None
                raise
            self._working[key] = future
        future.add_done_callback(lambda _: self._finished(key))
        return future

    def _finished(self, key: str) -> None:
        with self._lock:
            future = self._working.pop(key, None)
            if future is not None and not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
                self._pool = None  # it was killed, for want of memory perhaps: the next question begins another


def _done(working: Future[None], wait: float) -> bool:
    """Whether it ended within ``wait`` seconds; what it raised is raised here."""
    try:
        working.result(timeout=wait)
    except TimeoutError:
        return False
    return True


def _asked(wanted: Filter) -> Filter:
    """The question without what says which part of the answer is wanted."""
    return Filter(**{k: v for k, v in asdict(wanted).items() if v is not None and k not in ("limit", "after")})


def _key(name: str, wanted: Filter) -> str:
    asked = {k: v for k, v in asdict(wanted).items() if v is not None}
    return hashlib.sha256(json.dumps([name, asked], sort_keys=True).encode()).hexdigest()[:32]


def _answer(head: Head, rows: Sequence[dict[str, Any]], start: int, version: int) -> Answer:
    at = iso(datetime.fromtimestamp(head.finished, UTC))
    return Answer(head.columns, rows, start, head.total, head.as_of, at, fresh=head.as_of == version)
