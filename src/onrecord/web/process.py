"""The process beside the server: it works out one question at a time, within bounds of memory and time. Knows neither store nor queue.

It is started when there is something to do and ends after hard work, so that the memory goes back to the machine. What goes wrong in it, its own end
too, comes back as a :class:`Fault` of the one question it was at.
"""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import OnrecordError, QueryError

_HARD = 5.0  # seconds; starting another process costs half a second
_MANY = 64
_MB = 1_000_000
Work = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take: ``memory`` in MB beyond what the process has when it starts, ``seconds`` of time. 0: without bound."""

    memory: int = 1_000
    seconds: float = 1_800


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a question was not worked out, for whoever asked; ``trace``: the rest, for the log.

    ``kind``: refused (the question makes no sense), costly (too much memory or time), broken (anything else).
    """

    kind: Literal["refused", "costly", "broken"]
    message: str
    hint: str = ""
    trace: str = ""


class Process:
    """One process that does ``work`` when it is asked. For one thread; only :meth:`kill` may be called by another."""

    def __init__(self, work: Work, bounds: Bounds) -> None:
        """``work`` is called in the process with a question's parts; it has to be found by its name there."""
        self._work, self._bounds = work, bounds
        self._running: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._killed = False

    def ask(self, question: tuple[Any, ...]) -> Fault | None:
        """Have a question worked out; None when it was."""
        try:
            pipe = self._begun()
            pipe.send(question)
            if not pipe.poll(self._bounds.seconds or None):
                self._kill()
                self.end()
                return Fault("costly", f"it was not done within {_time(self._bounds.seconds)}")
            fault, done_with = pipe.recv()
        except (EOFError, ConnectionError):
            return _ended(self.end())
        except Exception:  # noqa: BLE001 - the boundary: the line behind this question must go on
            self.end()
            return Fault("broken", "no process could be had for it", "the server's log says why", traceback.format_exc())
        if done_with:
            self.end()
        return fault if isinstance(fault, Fault) else None

    def kill(self) -> None:
        """End it for good, whatever it does: whoever waits in :meth:`ask` gets a fault."""
        self._killed = True
        self._kill()

    def end(self) -> int | None:
        """End it, if there is one; the exit code, negative for a signal, where it ends by itself when there are no more questions."""
        running, pipe = self._running, self._pipe
        self._running = self._pipe = None
        if running is None or pipe is None:
            return None
        pipe.close()
        running.join(1)
        code = running.exitcode
        running.kill()
        running.join()
        return code

    def _kill(self) -> None:
        if (running := self._running) is not None and running.pid is not None:
            running.kill()

    def _begun(self) -> Connection:
        """The line to a process that lives."""
        if self._running is not None and self._pipe is not None and self._running.is_alive():
            return self._pipe
        self.end()
        context = get_context("spawn")  # threads of the server must not be copied in the middle of something
        self._pipe, theirs = context.Pipe()
        self._running = context.Process(target=_serve, args=(theirs, self._work, self._bounds.memory), daemon=True)
        self._running.start()
        theirs.close()
        if self._killed:  # while it began
            self._kill()
        return self._pipe


def _serve(pipe: Connection, work: Work, memory: int) -> None:
    """What the process does: one question after another, until there are no more, it did many, or one went wrong or was hard work."""
    _gently(memory)
    for left in range(_MANY, 0, -1):
        try:
            question = pipe.recv()
        except EOFError:
            return
        began = time.monotonic()
        fault = _worked(work, question, memory)
        done_with = fault is not None or time.monotonic() - began > _HARD or left == 1
        pipe.send((fault, done_with))
        if done_with:
            return


def _worked(work: Work, question: tuple[Any, ...], memory: int) -> Fault | None:
    try:
        work(*question)
    except QueryError as error:
        return Fault("refused", error.message, error.hint)
    except MemoryError:
        _bound(None)  # so that it can be said
        return Fault("costly", f"it takes more memory than an answer may here ({memory} MB)", trace=traceback.format_exc())
    except OnrecordError as error:
        return Fault("broken", error.message, error.hint, traceback.format_exc())
    except Exception:  # noqa: BLE001 - the boundary: whatever it is concerns this question only
        return Fault("broken", "something went wrong here", "the server's log says what", traceback.format_exc())
    return None


def _gently(memory: int) -> None:
    """Leave the machine to whoever waits for an answer, take no more than ``memory`` MB, and end with the server, however that ends."""
    os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which ends this
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")  # where memory is short, this goes before the server
    if memory:
        _bound(_data() + memory * _MB)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _bound(most: int | None) -> None:
    """Bound the data of this process, bytes; None: as far as the system allows. What is mapped from files is not counted."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = hard if most is None else most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data() -> int:
    """Bytes of data that the process has, with what libraries reserve for threads; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:")), 0)


def _end_with(server: int) -> None:
    while os.getppid() == server:
        time.sleep(2)
    os._exit(1)


def _ended(code: int | None) -> Fault:
    """What is said of a process that ended in the middle."""
    if code is None or code >= 0:
        return Fault("broken", f"its process ended with code {code}", "the server's log may say why")
    name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
    return Fault("costly", f"its process was killed by {name}" + (", as a machine does that is out of memory" if -code == signal.SIGKILL else ""))


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:g} seconds"
