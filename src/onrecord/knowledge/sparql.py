"""A polite client of a SPARQL 1.1 service over HTTP: one query in, rows out. Knows no query and no meaning.

It bounds time and size, waits as the service asks, tries again what may pass, follows no redirect to another host, and says clearly what went wrong.
Protocol: W3C SPARQL 1.1 Protocol (query via URL-encoded POST) and SPARQL 1.1 Query Results JSON Format.
"""

from __future__ import annotations

import email.utils
import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from onrecord.errors import QueryError, ServiceError

if TYPE_CHECKING:
    import urllib3

Row = dict[str, str]
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
KEPT = "what had come is kept: the same command goes on from there"


class _PassingError(Exception):
    """A fault that may be gone when asked again; ``wait``: seconds the service asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.message, self.wait = message, wait


@dataclass(slots=True)
class Service:
    """A SPARQL service at ``endpoint``.

    ``agent``: who asks, as services want to know; ``idle_s``: longest silence; ``total_s``: longest time for one answer; ``max_bytes``: of one
    answer; ``tries``: how often one query is asked; ``longest_wait_s``: beyond which a service that asks for patience is left alone;
    ``sleep``: waits, for tests to replace.
    """

    endpoint: str
    agent: str
    idle_s: float = 30.0
    total_s: float = 120.0
    max_bytes: int = 20_000_000
    tries: int = 4
    longest_wait_s: float = 120.0
    sleep: Callable[[float], None] = time.sleep
    _pool: urllib3.PoolManager | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse an endpoint that is no web address; raises QueryError."""
        try:
            parts = urlsplit(self.endpoint)
            sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
        except ValueError:
            sound = False
        if not sound:
            raise QueryError(f"{self.endpoint!r} is no address of a service", hint="write it with https:// and the host, without a password")

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.endpoint).hostname or ""

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT query: values by variable, unbound ones left out.

        Raises ServiceError when the service cannot be reached, refuses the query, or fails ``tries`` times.
        """
        for attempt in range(self.tries):
            try:
                return _rows(self._ask(query))
            except _PassingError as fault:
                wait = fault.wait if fault.wait is not None else 2.0**attempt
                if wait > self.longest_wait_s:
                    raise ServiceError(f"{self.host} asks to wait {wait:.0f} seconds", hint=f"try again then; {KEPT}") from fault
                if attempt + 1 == self.tries:
                    raise ServiceError(f"{self.host}: {fault.message}, {self.tries} times", hint=f"try again later; {KEPT}") from fault
                self.sleep(wait)
        raise AssertionError("tries is at least 1")

    def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            self._pool.clear()

    def _ask(self, query: str) -> bytes:
        """The body of the answer, redirects within the host followed."""
        address = self.endpoint
        for _ in range(4):
            status, location, body = self._post(address, query)
            if status not in _MOVED:
                return body
            address = urljoin(address, location or "")
            ours, theirs = urlsplit(self.endpoint), urlsplit(address)
            if (ours.scheme, ours.hostname, ours.port) != (theirs.scheme, theirs.hostname, theirs.port):
                raise ServiceError(
                    f"{self.host} sends on to {theirs.scheme}://{theirs.netloc}, which was not asked for",
                    hint="name it as the endpoint if you trust it",
                )
        raise ServiceError(f"{self.host} sends on and on", hint="check the endpoint")

    def _post(self, address: str, query: str) -> tuple[int, str | None, bytes]:
        """Ask once: status, where it sends on to, and the body, which is read for status 200 only."""
        import urllib3  # noqa: PLC0415 - only a refresh talks to anybody

        headers = {"Accept": "application/sparql-results+json", "User-Agent": self.agent, "Accept-Encoding": "identity"}
        deadline = time.monotonic() + self.total_s
        try:
            response = self._connections().request(
                "POST", address, fields={"query": query}, encode_multipart=False, headers=headers, redirect=False, retries=False,
                preload_content=False, timeout=urllib3.Timeout(connect=min(10.0, self.idle_s), read=self.idle_s),
            )  # fmt: skip
            with response:
                if response.status in _PASSING:
                    raise _PassingError(f"it answers {response.status}", _retry_after(response.headers.get("Retry-After")))
                if response.status != 200 and response.status not in _MOVED:
                    said = response.read1(300).decode("utf-8", "replace").splitlines()
                    raise ServiceError(
                        f"{self.host} refuses with {response.status}: {said[0] if said else 'no reason given'}", hint="check the endpoint"
                    )
                return response.status, response.headers.get("Location"), self._body(response, deadline) if response.status == 200 else b""
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError, urllib3.exceptions.SSLError) as error:
            reason = str(error).rpartition(": ")[2]
            raise ServiceError(f"cannot reach {self.host}: {reason}", hint=f"check the network and the endpoint; {KEPT}") from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _PassingError(f"the connection broke ({type(error).__name__})") from error

    def _body(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        """The body, as long as it keeps to the bounds."""
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self.max_bytes:
                raise ServiceError(f"{self.host} answers with more than {self.max_bytes // 1_000_000} MB", hint="ask for fewer countries at once")
            if time.monotonic() > deadline:
                raise _PassingError(f"it took more than {self.total_s:.0f} seconds")
        return b"".join(parts)

    def _connections(self) -> urllib3.PoolManager:
        """The pool of connections; through the proxy that the environment names, if any."""
        import urllib3  # noqa: PLC0415

        if self._pool is None:
            proxy = None if urllib.request.proxy_bypass(self.host) else urllib.request.getproxies().get(urlsplit(self.endpoint).scheme)
            self._pool = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._pool


def _retry_after(value: str | None) -> float | None:
    """The seconds a Retry-After header asks for, given as a number or a date; None where it says nothing sensible."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _rows(body: bytes) -> list[Row]:
    """The rows of an answer in SPARQL results JSON; raises _PassingError where it is none, or breaks off."""
    try:
        bindings = json.loads(body)["results"]["bindings"]
        return [{name: str(found["value"]) for name, found in binding.items()} for binding in bindings]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _PassingError("its answer breaks off or makes no sense") from error
