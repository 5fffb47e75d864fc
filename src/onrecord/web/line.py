"""Questions that wait for the process beside the server, each once however often it is asked.

Somebody who opens the page of one party should not wait for all that others asked of everything: the more pressing come first, and of equals who came
first. What has begun is ended.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from onrecord.errors import StoreBusy
from onrecord.web.process import Bounds, Fault, Process, Work

LONGEST = 500
"""Questions that may wait."""
_IDLE = 60.0  # seconds without a question after which the process ends
Ended = Callable[["Task", Fault | None], None]


class Pressing(IntEnum):
    """How little a question can wait: one that chooses few records, one of all, one whose former answer is given meanwhile."""

    FEW = 0
    ALL = 1
    AGAIN = 2


@dataclass(slots=True)
class Task:
    """A question that waits, or is being worked out ``since`` then (seconds since the epoch). ``version``: the store's when it was asked."""

    key: str
    question: tuple[Any, ...]
    version: int
    pressing: Pressing
    since: float | None = None
    done: threading.Event = field(default_factory=threading.Event)


class Line:
    """The questions in their order, and the thread that has them worked out. Threads may share it."""

    def __init__(self, work: Work, bounds: Bounds, ended: Ended) -> None:
        """``ended`` is called when a question is no longer worked on, just before it leaves the line."""
        self._work, self._bounds, self._ended = work, bounds, ended
        self._tasks: dict[str, Task] = {}
        self._news = threading.Condition()
        self._process: Process | None = None
        self._closed = False

    def __len__(self) -> int:
        """How many are being worked out or wait for it."""
        return len(self._tasks)

    def join(self, key: str, question: tuple[Any, ...], version: int, pressing: Pressing) -> Task | None:
        """The task of this question, which joins the line if it is not there; None when all is closed. Raises StoreBusy where too many wait."""
        with self._news:
            if self._closed or key in self._tasks:
                return self._tasks.get(key)
            if len(self._tasks) >= LONGEST:
                raise StoreBusy(f"{LONGEST} questions wait to be worked out", hint="try again when some are done")
            task = self._tasks[key] = Task(key, question, version, pressing)
            if self._process is None:
                self._process = Process(self._work, self._bounds)
                threading.Thread(target=self._serve, args=(self._process,), name="answers", daemon=True).start()
            self._news.notify()
        return task

    def place(self, key: str) -> tuple[int, float | None] | None:
        """How many come before this question, and since when it is being worked on; None where it is not in the line."""
        with self._news:
            task = self._tasks.get(key)
            return None if task is None else (self._ordered().index(task), task.since)

    def close(self) -> None:
        """Give up what is being worked out, and what waits."""
        with self._news:
            self._closed = True
            waiting, process = list(self._tasks.values()), self._process
            self._tasks.clear()
            self._news.notify()
        if process is not None:
            process.kill()
        for task in waiting:
            task.done.set()

    def _serve(self, process: Process) -> None:
        while (task := self._next()) is not None:
            fault = process.ask(task.question)
            if not self._closed:
                self._ended(task, fault)
            with self._news:
                self._tasks.pop(task.key, None)
            task.done.set()
        process.end()

    def _next(self) -> Task | None:
        """The first of the line; None when there is none for long, or all is closed."""
        with self._news:
            if not self._tasks and not self._closed:
                self._news.wait_for(lambda: self._tasks or self._closed, _IDLE)
            if self._closed or not self._tasks:
                self._process = None
                return None
            task = self._ordered()[0]
            task.since = time.time()
            return task

    def _ordered(self) -> list[Task]:
        """What is being worked on, then those that wait, the most pressing first."""
        return sorted(self._tasks.values(), key=lambda task: (task.since is None, task.pressing))
