"""Questions that could not be worked out: what is said to whoever asks again, and when each may be begun again.

After a failure a question rests ten minutes, after another twenty, and so on up to a day, whether the store changes or not: what a question of a big
store takes does not shrink when it grows, a store that is watched changes every minute, and what heals by itself (a full disk, a machine short of
memory) heals unseen. A question that makes no sense costs nothing, and reports to come may give it some: it rests until the store changes.
They are kept in memory; whoever starts the server anew, with more memory perhaps, has everything tried again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.desk.database import iso
from onrecord.query import QUERIES, Filter
from onrecord.web.process import Fault

REST, LONGEST = 600.0, 86_400.0
"""Seconds before a question that failed is begun again: after the first time, and at most."""
_REFUSED = 30.0
_KEPT = 1_000
_NARROWER = ("since", "until", "actor", "about", "issue", "publisher")


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said of a question that failed ``times`` times in a row, and may be begun ``again`` then (seconds since the epoch)."""

    why: str
    hint: str
    again: float
    times: int = 1
    refused_of: int | None = None
    """The version of the store of which the question makes no sense; None where it failed otherwise."""

    @property
    def message(self) -> str:
        """That there is no answer, and why."""
        return self.why if self.refused_of is not None else f"this answer could not be worked out: {self.why}"

    @property
    def when(self) -> str:
        """When it may be begun again."""
        return iso(datetime.fromtimestamp(self.again, UTC))

    @property
    def wait(self) -> int:
        """Seconds until then; at least one."""
        return max(1, round(self.again - time.time()))

    @property
    def advice(self) -> str:
        """What to do about it, and when it may be begun again."""
        return f"{self.hint}; it rests until {self.when}, and is begun again when it is asked for after that"


class Failures:
    """The failures of a server. Threads may share it."""

    def __init__(self, rest: float = REST) -> None:
        """``rest``: see :data:`REST`."""
        self._rest = rest
        self._lock = threading.Lock()
        self._found: OrderedDict[str, Failure] = OrderedDict()

    def of(self, key: str, version: int) -> Failure | None:
        """The failure for which a question is not begun now; None where it may be."""
        with self._lock:
            failure = self._found.get(key)
        if failure is None or (time.time() >= failure.again and failure.refused_of != version):
            return None
        return failure

    def add(self, key: str, name: str, wanted: Filter, version: int, fault: Fault) -> Failure:
        """Keep what happened to a question."""
        with self._lock:
            former = self._found.pop(key, None)
            times = 1 + (former.times if former else 0)
            now = time.time()
            if fault.kind == "refused":
                failure = Failure(fault.message, fault.hint, now + _REFUSED, times, version)
            else:
                rest = min(self._rest * 2 ** min(times - 1, 30), LONGEST)
                failure = Failure(fault.message, _hint(name, wanted, fault), now + rest, times)
            self._found[key] = failure
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return failure

    def forget(self, key: str) -> None:
        """It was worked out."""
        with self._lock:
            self._found.pop(key, None)


def _hint(name: str, wanted: Filter, fault: Fault) -> str:
    """What to do about it."""
    if fault.kind == "broken":
        return fault.hint
    fields = [field for field in _NARROWER if field in QUERIES[name].fields and getattr(wanted, field) is None]
    narrower = f"ask for less at a time, with a filter ({', '.join(fields)}); or " if fields else ""
    return f"{narrower}have the server started with more for each answer (--answer-memory, --answer-minutes)"
