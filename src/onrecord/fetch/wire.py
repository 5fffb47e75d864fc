"""One HTTP exchange with one IP address that was checked before: counted, timed, and never anywhere else. Knows no redirects and no policy.

The connection goes to the address it is given, while the host's name is what TLS asks for and checks and what the Host header says: a name server
that answers differently the second time is not asked a second time. Every byte that comes in, headers and chunk lengths included, passes through
:class:`_Metered`, which ends the exchange at the deadline or when too much has come.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from onrecord.fetch.addresses import Address
from onrecord.fetch.refusals import refusal
from onrecord.fetch.unpacking import Unpacker

Connector = Callable[[str, int, float], socket.socket]
"""(IP address, port, seconds) → a connected socket; raises OSError."""
_CHUNK = 1 << 16
_HEAD_BYTES = 1 << 18
"""Room for status line, headers and the lengths of chunks beside the body."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: seconds in all, seconds of silence, bytes of the body as they come and unpacked, redirects followed."""

    seconds: float = 30.0
    silence: float = 10.0
    wire_bytes: int = 10_000_000
    body_bytes: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: ``method``, ``headers``, ``body``; what it may cost, and when it must be over by ``time.monotonic()``."""

    method: str
    headers: Mapping[str, str]
    body: bytes | None
    limits: Limits
    deadline: float

    def left(self) -> float:
        """Seconds to wait for the next byte. Raises TimeoutError where none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self.limits.silence)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in lower case, the first of each), and the unpacked body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def connect(ip: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to that IP address; no name is looked up."""
    return socket.create_connection((ip, port), seconds)


@dataclass(frozen=True, slots=True)
class Line:
    """How connections are made, and whose certificates are believed: the system's where ``trust`` is None."""

    connector: Connector = connect
    trust: ssl.SSLContext | None = None


def exchange(address: Address, ip: str, asked: Asked, line: Line) -> Answer:
    """Ask ``address`` at ``ip``. Raises FetchError.

    A body is read for status 200 to 299 only, and never kept in part: what breaks off, or is not as long as it said, is refused.
    """
    connection = _Connection(address, ip, asked, line)
    try:
        connection.request(asked.method, address.path, asked.body, dict(asked.headers))
        with closing(connection.getresponse()) as response:
            headers = {name.lower(): value for name, value in reversed(response.getheaders())}
            body = _body(response, headers, address.host, asked.limits) if 200 <= response.status < 300 else b""
            return Answer(response.status, headers, body)
    except ssl.SSLCertVerificationError as error:
        raise refusal("bad-certificate", address.host, error.verify_message) from error
    except TimeoutError as error:
        limits = asked.limits
        raise refusal("too-slow", address.host, f"more than {limits.silence:g} s of silence, or {limits.seconds:g} s in all") from error
    except (http.client.HTTPException, ValueError) as error:
        raise refusal("bad-answer", address.host, f"{type(error).__name__}: {error}"[:100]) from error
    except OSError as error:
        raise refusal("unreachable", address.host, error.strerror or type(error).__name__) from error
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], place: str, limits: Limits) -> bytes:
    said = response.length
    if said is not None and said > limits.wire_bytes:
        raise refusal("too-big", place, f"{said:,} bytes; at most {limits.wire_bytes:,} are taken")
    unpacker = Unpacker(headers.get("content-encoding", ""), limits.body_bytes, place)
    while piece := response.read1(_CHUNK):
        unpacker.feed(piece)
    if response.length:  # what was announced and did not come
        raise refusal("bad-answer", place, f"it breaks off {response.length:,} bytes too early")
    return unpacker.finish()


class _Connection(http.client.HTTPConnection):
    """A connection to a given IP address that speaks for the address's host."""

    def __init__(self, address: Address, ip: str, asked: Asked, line: Line) -> None:
        super().__init__(address.host, address.port)
        self.default_port = http.client.HTTPS_PORT if address.scheme == "https" else http.client.HTTP_PORT
        self._address, self._ip, self._asked, self._line = address, ip, asked, line

    def connect(self) -> None:
        """Connect, and have the host prove its name where the scheme is https."""
        plain = self._line.connector(self._ip, self._address.port, self._asked.left())
        try:
            plain.settimeout(self._asked.left())
            if self._address.scheme == "https":
                plain = (self._line.trust or ssl.create_default_context()).wrap_socket(plain, server_hostname=self._address.host)
                plain.settimeout(self._asked.left())
        except BaseException:
            plain.close()
            raise
        self.sock = _Metered(plain, self._asked, self._address.host)


class _Metered:
    """A connected socket, as far as ``http.client`` uses one, whose incoming bytes are counted and timed."""

    def __init__(self, plain: socket.socket, asked: Asked, place: str) -> None:
        self._plain, self._asked, self._place = plain, asked, place
        self.sendall, self.close = plain.sendall, plain.close

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What is read from; the socket stays open until this is closed, too."""
        return io.BufferedReader(_Incoming(self._plain, self._asked, self._place), _CHUNK)


class _Incoming(io.RawIOBase):
    """The bytes that come in. Raises TimeoutError at the deadline, FetchError (``too-big``) when more came than any allowed answer needs."""

    def __init__(self, plain: socket.socket, asked: Asked, place: str) -> None:
        self._plain, self._asked, self._place = plain, asked, place
        self._bytes = plain.makefile("rb", buffering=0)
        self._room = asked.limits.wire_bytes + _HEAD_BYTES

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes, as soon as there are any."""
        self._plain.settimeout(self._asked.left())
        count = self._bytes.readinto(buffer) or 0
        self._room -= count
        if self._room < 0:
            raise refusal("too-big", self._place, f"more than {self._asked.limits.wire_bytes:,} bytes")
        return count

    def close(self) -> None:
        """Let go of the socket."""
        self._bytes.close()
        super().close()
