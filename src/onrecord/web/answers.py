"""Answers to aggregated questions: worked out at once on a small store; on a big one in a process beside the server, kept, and renewed behind.

An answer says at which change number of the store it was worked out (``as_of``). One that is kept is given at once, however old it is; where the
store has changed since, it is worked out again behind, at most as often as it costs. All pages and the export of one answer are of the same snapshot.
Answers are derived: their file can be deleted at any time. Lists of records are not kept here; they are asked live.
Where there is no answer, what is given says why: others come before it, it is being worked on, or it failed and rests (``failures``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from onrecord.desk.database import iso
from onrecord.errors import QueryError, StoreBusy
from onrecord.query import QUERIES, Filter
from onrecord.query.records import chooses_few
from onrecord.store import View
from onrecord.web import kept_answers
from onrecord.web.failures import Failure, Failures
from onrecord.web.kept_answers import Head
from onrecord.web.line import Line, Pressing, Task
from onrecord.web.process import Bounds, Fault, Work

log = logging.getLogger("onrecord.web")
LIVE = frozenset({"statements", "positions", "events", "relations", "timeline", "search", "documents", "queue", "reviews"})
"""Queries that are asked live, a page at a time."""
SMALL = 20_000
"""Up to so many records an answer is worked out at once."""
AGAIN, SELDOMEST = 2, 30
"""Seconds after which to look again for an answer: at first, and at most."""
_FOR_ONE = ("record_id", "document_id", "statement_id")
_SELDOM = 30.0  # seconds at least between two workings-out of one answer
_SHARE = 20  # and so many times what it costs


@dataclass(frozen=True, slots=True)
class Answer:
    """Some rows of an answer, ``total`` in all, from row ``start``; as ``row.full()`` has them. ``fresh``: nothing changed since ``as_of``.

    ``failed``: it could not be renewed since.
    """

    ready: ClassVar[bool] = True
    columns: tuple[str, ...]
    rows: Sequence[dict[str, Any]]
    start: int
    total: int
    as_of: int
    at: str
    fresh: bool
    failed: Failure | None = None

    @property
    def following(self) -> int | None:
        """The number of the row behind these; None where there is none."""
        end = self.start + len(self.rows)
        return end if end < self.total else None


@dataclass(frozen=True, slots=True)
class NotYet:
    """There is no answer: ``before`` so many others it will be worked out, or it is being worked on ``since``, or it ``failed``. Has no rows."""

    ready: ClassVar[bool] = False
    rows: ClassVar[Sequence[dict[str, Any]]] = ()
    total: ClassVar[int] = 0
    fresh: ClassVar[bool] = False
    before: int = 0
    since: str | None = None
    failed: Failure | None = None
    again: int = AGAIN
    """Seconds after which to look again: the more, the more come before it and the longer it has been worked on."""


class Answers:
    """Works out, keeps and gives answers for one store. Threads may share it."""

    def __init__(
        self, store: Path, kept: Path | None = None, *, small: int = SMALL, bounds: Bounds | None = None, work: Work = kept_answers.work_out
    ) -> None:
        """``kept``: the file they are kept in; by default beside the store. ``small``: see :data:`SMALL`. ``work``: works out one, in a process."""
        self._store, self._small = store, small
        self._path = kept or store.with_name(store.name + ".answers")
        self._failures = Failures()
        self._line = Line(work, bounds or Bounds(), self._ended)

    def get(self, view: View, name: str, wanted: Filter, *, start: int = 0, count: int = 50, wait: float = 0.0) -> Answer | NotYet:
        """The answer's rows from ``start``, at most ``count``; where it is being worked out, it waits ``wait`` seconds for it.

        ``limit`` and ``after`` of ``wanted`` are not heeded. Raises QueryError for a question that makes no sense, StoreBusy where too many wait.
        """
        wanted = _asked(wanted)
        version = view.version()
        if self.at_once(view, wanted):
            rows = [row.full() for row in QUERIES[name].function(view, wanted)]
            return Answer(QUERIES[name].columns, rows[start : start + count], start, len(rows), version, iso(datetime.now(UTC)), fresh=True)
        key = _key(name, wanted)
        kept = kept_answers.read(self._path, key, start, count)
        if kept is None:
            task = self._begin(key, name, wanted, version, Pressing.FEW if chooses_few(wanted) else Pressing.ALL)
            if task is not None and task.done.wait(wait):
                kept = kept_answers.read(self._path, key, start, count)
            if kept is None:
                return self._not_yet(key, version)
        head, found = kept
        if head.as_of < version and time.time() - head.finished > max(_SELDOM, _SHARE * head.cost):
            with suppress(StoreBusy):  # there is one to give
                self._begin(key, name, wanted, version, Pressing.AGAIN)
        return _answer(head, found, start, version, self._failures.of(key, version))

    def at_once(self, view: View, wanted: Filter) -> bool:
        """Whether the answer is worked out when it is asked for, and not kept."""
        return view.size() <= self._small or any(getattr(wanted, field) is not None for field in _FOR_ONE)

    def whole(self, name: str, wanted: Filter) -> tuple[int, Iterator[dict[str, Any]]] | None:
        """All rows of a kept answer, of one working-out however long they are read, and of which change it is; None where none is kept."""
        return kept_answers.whole(self._path, _key(name, _asked(wanted)))

    def working(self) -> int:
        """How many answers are being worked out or wait for it."""
        return len(self._line)

    def close(self) -> None:
        """Give up what is being worked out."""
        self._line.close()

    def _begin(self, key: str, name: str, wanted: Filter, version: int, pressing: Pressing) -> Task | None:
        """Have an answer worked out, once however often it is asked for; None where that failed of late, or all is closed."""
        if self._failures.of(key, version) is not None:
            return None
        return self._line.join(key, (str(self._store), str(self._path), key, name, asdict(wanted)), version, pressing)

    def _ended(self, task: Task, fault: Fault | None) -> None:
        """Keep what came of a question."""
        if fault is None:
            self._failures.forget(task.key)
            return
        _, _, _, name, asked = task.question
        failure = self._failures.add(task.key, name, Filter(**asked), task.version, fault)
        if fault.kind != "refused":
            set_ = {field: value for field, value in asked.items() if value is not None}
            log.error("%s %s: %s; it rests until %s%s", name, set_, failure.message, failure.when, f"\n{fault.trace}" if fault.trace else "")

    def _not_yet(self, key: str, version: int) -> NotYet:
        """Why there is no answer. Raises QueryError where the question makes no sense."""
        place = self._line.place(key)
        if place is None and (failure := self._failures.of(key, version)) is not None:
            if failure.refused_of is not None:
                raise QueryError(failure.message, hint=failure.hint)
            return NotYet(failed=failure, again=failure.wait)
        before, since = place or (0, None)
        worked = 0.0 if since is None else time.time() - since
        again = min(SELDOMEST, AGAIN + AGAIN * before + int(worked / 10))
        return NotYet(before, None if since is None else iso(datetime.fromtimestamp(since, UTC)), again=again)


def _asked(wanted: Filter) -> Filter:
    """The question without what says which part of the answer is wanted."""
    return Filter(**{k: v for k, v in asdict(wanted).items() if v is not None and k not in ("limit", "after")})


def _key(name: str, wanted: Filter) -> str:
    asked = {k: v for k, v in asdict(wanted).items() if v is not None}
    return hashlib.sha256(json.dumps([name, asked], sort_keys=True).encode()).hexdigest()[:32]


def _answer(head: Head, rows: Sequence[dict[str, Any]], start: int, version: int, failed: Failure | None) -> Answer:
    at = iso(datetime.fromtimestamp(head.finished, UTC))
    return Answer(head.columns, rows, start, head.total, head.as_of, at, fresh=head.as_of == version, failed=failed)
