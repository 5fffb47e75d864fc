"""How fast one host is asked: a pause between two requests, and longer where it wants so. Knows no addresses beyond host names.

A host may ask for patience with Retry-After (RFC 9110, 10.2.3) or a Crawl-delay; a 429 or 503 without one counts as asking for a minute.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from onrecord.fetch.refusals import refusal

_PATIENCE = frozenset({429, 503})
_DEFAULT_PATIENCE_S = 60.0
_LONGEST_PATIENCE_S = 86_400.0
_MOST_HOSTS = 10_000


@dataclass(slots=True)
class Pace:
    """When each host may be asked again.

    ``pause_s``: between two requests to one host; ``longest_wait_s``: what is waited for here, beyond it the caller is told to come back;
    ``clock`` (monotonic seconds), ``sleep``: for tests to replace.
    """

    pause_s: float = 2.0
    longest_wait_s: float = 30.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _due: dict[str, float] = field(default_factory=dict, init=False)
    _pauses: dict[str, float] = field(default_factory=dict, init=False)

    def wait_s(self, host: str) -> float:
        """Seconds until the host may be asked; 0 where it may be now."""
        return max(0.0, self._due.get(host, 0.0) - self.clock())

    def turn(self, host: str) -> None:
        """Wait for the host's turn and take it. Raises FetchError (``asked-to-wait``) where that is too long."""
        wait = self.wait_s(host)
        if wait > self.longest_wait_s:
            raise refusal("asked-to-wait", host, f"{wait:.0f} seconds", wait_s=wait)
        if wait:
            self.sleep(wait)
        if len(self._due) >= _MOST_HOSTS:
            self._due = {name: due for name, due in self._due.items() if due > self.clock()}
        self._due[host] = self.clock() + max(self.pause_s, self._pauses.get(host, 0.0))

    def slower(self, host: str, delay_s: float) -> None:
        """The host wants so many seconds between two requests (Crawl-delay)."""
        if delay_s > self.pause_s:
            self._pauses[host] = delay_s

    def answered(self, host: str, status: int, headers: Mapping[str, str]) -> None:
        """Heed what an answer asks for."""
        if status in _PATIENCE:
            patience = retry_after(headers.get("retry-after"), time.time())
            self._due[host] = self.clock() + min(_LONGEST_PATIENCE_S, _DEFAULT_PATIENCE_S if patience is None else max(patience, self.pause_s))


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds a Retry-After header asks for, given as a number or a date (``now``: seconds since 1970); None where it says nothing sensible."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, IndexError, OverflowError):
        return None
