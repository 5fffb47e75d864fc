"""A server on loopback that says whatever a test wants, byte for byte, and a client whose every connection ends there."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from onrecord.fetch import Client, Limits
from onrecord.fetch.wire import Line

PUBLIC = "93.184.215.14"
"""A public address by its number. Nothing is sent there: the connector leads everything to loopback."""
Say = bytes | Callable[[socket.socket], None]
QUICK = Limits(seconds=5, silence=2, wire_bytes=200_000, body_bytes=1_000_000)


def ok(body: bytes | str, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(raw)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def moved(to: str, status: str = "302 Found") -> bytes:
    return ok("", f"Location: {to}", status=status)


@dataclass
class Hostile:
    """Answers by path (``*`` for all others); keeps the requests it got, as text, in order."""

    says: dict[str, Say] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def port(self) -> int:
        return self.listening.getsockname()[1]

    @property
    def paths(self) -> list[str]:
        return [request.split()[1] for request in self.requests]

    def header(self, name: str, request: int = -1) -> str | None:
        lines = (line.partition(": ") for line in self.requests[request].splitlines()[1:])
        return next((value for key, _, value in lines if key.lower() == name.lower()), None)

    def run(self) -> None:
        while not self.over.is_set():
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(caller,), daemon=True).start()

    def answer(self, caller: socket.socket) -> None:
        with caller, suppress(OSError):
            caller.settimeout(10)
            raw = b""
            while b"\r\n\r\n" not in raw:
                piece = caller.recv(65536)
                if not piece:
                    return
                raw += piece
            head, _, body = raw.partition(b"\r\n\r\n")
            length = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
            while len(body) < length:
                body += caller.recv(65536)
            self.requests.append((head + b"\r\n\r\n" + body).decode("latin-1"))
            say = self.says.get(self.paths[-1], self.says.get("*", ok("no such page", status="404 Not Found")))
            if callable(say):
                say(caller)
            else:
                caller.sendall(say)

    def drip(self, head: bytes, piece: bytes, pause: float, most: int = 200) -> Callable[[socket.socket], None]:
        """Say ``head``, then ``piece`` again and again, at most so often, until the caller hangs up or the test is over."""

        def say(caller: socket.socket) -> None:
            caller.sendall(head)
            for _ in range(most):
                if self.over.wait(pause):
                    return
                caller.sendall(piece)

        return say


@contextmanager
def hostile(says: dict[str, Say] | None = None) -> Iterator[Hostile]:
    server = Hostile(says or {})
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        with suppress(OSError):
            server.listening.shutdown(socket.SHUT_RDWR)
        server.listening.close()
        thread.join(5)


@dataclass
class Reached:
    """Where a client wanted to connect to; it is led to ``server``, if there is one, and refused otherwise."""

    server: Hostile | None = None
    places: list[tuple[str, int]] = field(default_factory=list)

    def connect(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.places.append((ip, port))
        if self.server is None:
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", self.server.port), seconds)


def client(reached: Reached, answers: dict[str, list[str]] | None = None, **settings) -> Client:
    """A client that looks names up in ``answers`` (all are PUBLIC where that is None) and connects through ``reached``."""

    def resolver(host: str, port: int) -> list[str]:
        return [PUBLIC] if answers is None else answers.get(host, [])

    return Client(**{"resolver": resolver, "line": Line(reached.connect), "limits": QUICK, **settings})
