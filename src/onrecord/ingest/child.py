"""A child process under wall, processor and memory limits that answers one message after another, so no input can hang or bring down the run.

It is a script of ours that reads from standard input and writes to standard output, each message a length (8 bytes, big-endian) and as many bytes;
answers are JSON objects. After a kill a fresh child is started for the next message. Knows nothing of what is asked.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from onrecord.ingest import page_worker

_HEAD = page_worker.LENGTH.size
_CHUNK = 1 << 16
_MAX_ANSWER = 64_000_000


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one answer may cost: wall-clock and processor seconds, and the child's whole address space in bytes (about 400 MB when idle)."""

    wall: float = 15.0
    processor: int = 10
    memory: int = 1_500_000_000


class ChildError(Exception):
    """The child gave no answer: it took too long, needed too much memory, or ended otherwise. ``detail`` says which limit, or how."""

    def __init__(self, fault: Literal["time", "memory", "crashed"], detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


class Child:
    """Starts the script when first asked, with the memory and processor limits as its arguments. Close it.

    ``script``: says where the script is, each time one is started.
    """

    def __init__(self, script: Callable[[], str | None], limits: ChildLimits) -> None:
        self._script, self._limits = script, limits
        self._child: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """End the child process, if one runs."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()

    def ask(self, payload: bytes) -> dict[str, Any]:
        """The child's answer. Raises ChildError."""
        child = self._running()
        try:
            return _exchange(child, page_worker.LENGTH.pack(len(payload)) + payload, time.monotonic() + self._limits.wall)
        except TimeoutError as error:
            self.close()
            raise too_slow(self._limits) from error
        except (EOFError, BrokenPipeError) as error:
            status = child.wait()
            self.close()
            raise death(status, self._limits) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(  # noqa: S603 - our own script with two numbers
                [sys.executable, "-I", str(Path(self._script() or "")), str(self._limits.memory), str(self._limits.processor)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    os.set_blocking(pipe.fileno(), False)
        return self._child


def death(status: int, limits: ChildLimits) -> ChildError:
    """What a child's end means, by its exit status (negative: the signal that killed it)."""
    if status == page_worker.OUT_OF_MEMORY:
        return ChildError("memory", f"more than {limits.memory:,} bytes")
    if status == -signal.SIGXCPU:
        return too_slow(limits)
    return ChildError("crashed", f"status {status}")


def too_slow(limits: ChildLimits) -> ChildError:
    """Whichever limit was met first: what is tried again may meet the other, and is still the same row of the issues log."""
    return ChildError("time", f"more than {limits.processor} s of processor time, or {limits.wall:g} s in all")


def _exchange(child: subprocess.Popen[bytes], request: bytes, deadline: float) -> dict[str, Any]:
    """Send ``request`` and read the answer. Raises TimeoutError at ``deadline``, EOFError or BrokenPipeError where the child has ended."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    to_child, from_child = child.stdin.fileno(), child.stdout.fileno()
    left, answer, size = memoryview(request), bytearray(), None
    with selectors.DefaultSelector() as ready:
        ready.register(from_child, selectors.EVENT_READ)
        ready.register(to_child, selectors.EVENT_WRITE)
        while size is None or len(answer) < size:
            events = ready.select(max(0.0, deadline - time.monotonic()))
            if not events:
                raise TimeoutError
            for event, _ in events:
                if event.fd == to_child:
                    left = left[os.write(to_child, left[:_CHUNK]) :]
                    if not left:
                        ready.unregister(to_child)
                    continue
                piece = os.read(from_child, _CHUNK)
                if not piece:
                    raise EOFError
                answer += piece
            if size is None and len(answer) >= _HEAD:
                size = _HEAD + page_worker.LENGTH.unpack(answer[:_HEAD])[0]
                if size > _MAX_ANSWER:
                    raise TimeoutError
    found: dict[str, Any] = json.loads(bytes(answer[_HEAD:]))
    return found
