"""A client with manners: every address, redirects too, has its robots.txt asked and its host's turn waited for."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.fetch.addresses import Address, taken_apart
from onrecord.fetch.client import Client, Fetched
from onrecord.fetch.pace import Pace
from onrecord.fetch.refusals import refusal
from onrecord.fetch.robots import Robots


@dataclass(slots=True)
class Polite:
    """Fetches for a machine that nobody watches."""

    client: Client
    pace: Pace = field(default_factory=Pace)
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        """The robots.txt files are asked for at the same pace."""
        self.robots = Robots(self.client, self.pace.clock, lambda at, _: self.pace.turn(at.host))

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, accept: str = "*/*", led_by: str | None = None
    ) -> Fetched:
        """The answer at ``url``: status 200, or 304 as for :meth:`Client.fetch`. Raises FetchError for all else (``not-there``, …)."""

        def before(at: Address, led_by: str | None) -> None:
            self.pace.slower(at.host, self.robots.check(at, led_by=led_by).delay_s)
            self.pace.turn(at.host)

        got = self.client.fetch(url, etag=etag, last_modified=last_modified, accept=accept, led_by=led_by, before=before)
        host = taken_apart(got.url).host
        self.pace.answered(host, got.status, got.headers)
        if got.status in (200, 304):
            return got
        if wait := self.pace.wait_s(host) if got.status in (429, 503) else 0.0:
            raise refusal("asked-to-wait", host, f"{got.status}; {wait:.0f} seconds", wait_s=wait)
        raise refusal("not-there" if got.status in (404, 410) else "bad-status", got.url, str(got.status))
