"""The one way onrecord fetches anything: every address is taken apart, looked up, judged and only then asked, and so is each one it is sent on to.

No cookies, no passwords, no proxy (a proxy would look names up again, behind the check), no connection kept open. Knows nothing of documents.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urljoin

from onrecord.errors import FetchError, QueryError
from onrecord.fetch.addresses import Address, host_name, never_public, reachable, taken_apart
from onrecord.fetch.refusals import refusal
from onrecord.fetch.unpacking import ASKED_FOR
from onrecord.fetch.wire import Answer, Asked, Limits, Line, exchange

Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) → its IP addresses, none where it has none; raises OSError."""
Before = Callable[[Address, str | None], None]
"""(what is asked next, the address that led there, if any) → nothing; raises FetchError to have it left alone."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_TRIED = 3
"""Addresses of one host that are tried before it counts as unreachable."""
_LONGEST_POST = 1_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: ``url`` is where it came from in the end. ``headers`` have names in lower case, the first of each."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case; empty where none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of ``host``, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def agent(contact: str = "") -> str:
    """Who asks. ``contact``: an address that a site's owner can write to."""
    return f"onrecord/{version('onrecord')}" + (f" (+{contact})" if contact else "")


@dataclass(frozen=True, slots=True)
class Client:
    """Fetches. ``allow_private``: hosts, by name or IP address, that may lie on a private network; ``contact``: goes into the User-Agent.

    ``resolver``, ``line``: how names are looked up and connections made; for tests to replace.
    """

    allow_private: Collection[str] = ()
    contact: str = ""
    limits: Limits = field(default_factory=Limits)
    resolver: Resolver = look_up
    line: Line = field(default_factory=Line)
    _allowed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Raises QueryError where a host of ``allow_private`` is none, or ``contact`` cannot stand in a header."""
        if _header(self.contact) != self.contact:
            raise QueryError(f"contact: {self.contact[:60]!r} is no address", hint="write it in plain letters, on one line")
        try:
            hosts = frozenset(host_name(host.strip("[]")) for host in self.allow_private)
        except FetchError as error:
            raise QueryError(error.message, hint="name a host, or one IP address, without scheme and path") from error
        object.__setattr__(self, "_allowed", hosts)

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = "*/*",
        led_by: str | None = None,
        limits: Limits | None = None,
        before: Before | None = None,
    ) -> Fetched:
        """The answer at ``url``, whatever its status; 304 where nothing is newer than ``etag`` or ``last_modified``, which an earlier answer gave.

        ``led_by``: the address whose content named ``url``; a private host is then asked only if that was one, too, so that nobody outside can point
        into the network. ``before`` is called before each address is asked, redirects included. Raises FetchError.
        """
        limits = limits or self.limits
        deadline = time.monotonic() + limits.seconds
        headers = {"Accept": accept, "If-None-Match": _header(etag), "If-Modified-Since": _header(last_modified)}
        at = taken_apart(url)
        for _ in range(limits.redirects + 1):
            if before is not None:
                paused = time.monotonic()
                before(at, led_by)
                deadline += time.monotonic() - paused  # waiting for one's turn is not the site's slowness
            answer = self._ask(at, self._asked("GET", headers, None, limits, deadline), led_by)
            location = answer.headers.get("location")
            if answer.status not in _MOVED or not location:
                return Fetched(at.url, answer.status, answer.headers, answer.body)
            led_by, at = at.url, taken_apart(_joined(at.url, location))
        raise refusal("too-many-redirects", at.host, f"more than {limits.redirects}")

    def post(self, url: str, body: bytes, *, content_type: str = "application/json", headers: Mapping[str, str] | None = None) -> Fetched:
        """Send ``body`` to ``url`` and return the answer, whatever its status; a redirect is not followed. Raises FetchError."""
        if len(body) > _LONGEST_POST:
            raise refusal("too-big", url[:100], f"{len(body):,} bytes to send; at most {_LONGEST_POST:,}")
        at = taken_apart(url)
        given = {**(headers or {}), "Content-Type": content_type}
        answer = self._ask(at, self._asked("POST", given, body, self.limits, time.monotonic() + self.limits.seconds), None)
        return Fetched(at.url, answer.status, answer.headers, answer.body)

    def _asked(self, method: str, headers: Mapping[str, str], body: bytes | None, limits: Limits, deadline: float) -> Asked:
        own = {"User-Agent": agent(self.contact), "Accept-Encoding": ASKED_FOR, "Connection": "close"}
        return Asked(method, {**{name: value for name, value in headers.items() if value}, **own}, body, limits, deadline)

    def _ask(self, at: Address, asked: Asked, led_by: str | None) -> Answer:
        """Ask the first of the host's addresses that answers, of those that may be reached."""
        private = at.host in self._allowed and (led_by is None or taken_apart(led_by).host in self._allowed)
        failed: FetchError | None = None
        for ip in self._addresses(at, private=private)[:_TRIED]:
            try:
                return exchange(at, ip, asked, self.line)
            except FetchError as error:
                if error.code != "unreachable":
                    raise
                failed = error
        raise failed or refusal("no-such-host", at.host)

    def _addresses(self, at: Address, *, private: bool) -> list[str]:
        if never_public(at.host) and not private:
            raise refusal("private-address", at.host, "a name that is never public")
        try:
            found = [at.host] if _is_ip(at.host) else self.resolver(at.host, at.port)
        except OSError as error:
            raise refusal("no-such-host", at.host, error.strerror or "") from error
        return reachable(at.host, found, private=private)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _header(value: str | None) -> str:
    """A value that may stand in a header: what an earlier answer gave is sent back only if it is plain, printable ASCII and not over-long."""
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _joined(base: str, location: str) -> str:
    """Where a redirect leads. Addresses in headers are UTF-8 where they are not ASCII, as browsers have it."""
    try:
        return urljoin(base, location.encode("latin-1").decode("utf-8"))
    except ValueError:
        return location
