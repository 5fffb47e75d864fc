"""What a server is told when it is started."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.web.process import Bounds

PORT = 8484


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve. The defaults are the safe ones.

    ``host``, ``port``: where it listens. ``names``: further host names it may be called by. ``private``: reading, too, needs a token; it always does
    where it listens beyond this machine. ``readers``: how many questions are answered at once. ``lag``: for how many seconds a page without a sign-in
    may be shown again though the store has changed since. ``answers``: the file where aggregated answers are kept; by default beside the store.
    ``bounds``: what working out one of them may take.
    """

    host: str = "127.0.0.1"
    port: int = PORT
    names: tuple[str, ...] = ()
    private: bool = False
    readers: int = 8
    lag: float = 0.0
    answers: Path | None = None
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def closed(self) -> bool:
        """Whether reading needs a token."""
        return self.private or not self.local

    @property
    def local(self) -> bool:
        """Whether it listens to this machine only."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def hosts(self) -> frozenset[str]:
        """The host names that a request may carry; others are refused, so that no foreign name can be pointed at this server."""
        own = {self.host} if self.host not in ("0.0.0.0", "::") else set()  # noqa: S104 - compared, not bound
        return frozenset({"127.0.0.1", "localhost", "::1", *own, *self.names})
