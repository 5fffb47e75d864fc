"""A SPARQL 1.1 service on the loopback that answers from a script: results in JSON, page by page, and every way in which a service misbehaves."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

Reply = Callable[[BaseHTTPRequestHandler], None]
TYPE = "application/sparql-results+json"


def person(qid: str, name: str, position: str, title: str, start: str = "", end: str = "", /, **more: str) -> dict[str, str]:  # noqa: PLR0917
    """One row of an answer about an office; dates as "2024-03-01", or shorter for a month or a year."""
    row = {"person": qid, "name": name, "position": position, "title": title, **more}
    for column, value in (("start", start), ("end", end)):
        if value:
            row[column] = f"{value}{'-01-01'[: 10 - len(value)]}T00:00:00Z"
            row.setdefault(f"{column}Precision", {4: "9", 7: "10"}.get(len(value), "11"))
    return row


def results(rows: list[dict[str, str]]) -> bytes:
    """Rows in SPARQL Query Results JSON."""

    def value(name: str, text: str) -> dict[str, str]:
        entity = name in ("person", "position", "member", "organisation")
        return {"type": "uri" if entity else "literal", "value": f"http://www.wikidata.org/entity/{text}" if entity else text}

    names = sorted({n for row in rows for n in row})
    return json.dumps({"head": {"vars": names}, "results": {"bindings": [{n: value(n, t) for n, t in row.items()} for row in rows]}}).encode()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    """An ordinary answer."""
    handler.send_response(status)
    for name, text in {"Content-Type": TYPE, "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), text)
    handler.end_headers()
    handler.wfile.write(body)


def status(code: int, **headers: str) -> Reply:
    return lambda h: send(h, code, b"no", **headers)


def body(content: bytes) -> Reply:
    return lambda h: send(h, 200, content)


def cut_off(h: BaseHTTPRequestHandler) -> None:
    """Half of what was announced."""
    h.send_response(200)
    h.send_header("Content-Length", "1000")
    h.end_headers()
    h.wfile.write(b'{"results":')


def silent(h: BaseHTTPRequestHandler) -> None:
    """Nothing, for longer than anybody waits here."""
    time.sleep(1.0)


def trickle(h: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever (three seconds)."""
    h.send_response(200)
    h.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(60):
            h.wfile.write(b" ")
            h.wfile.flush()
            time.sleep(0.05)


def flood(h: BaseHTTPRequestHandler) -> None:
    """More than anybody wants."""
    h.send_response(200)
    h.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(100):
            h.wfile.write(b" " * 10_000)


@dataclass
class Wikidata:
    """What the service knows, by QID of the state asked about or of the members; ``script``: replies to give first, before answering at all."""

    address: str = ""
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    script: list[Reply] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Reply to one request."""
        sent = parse_qs(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        (query,) = sent["query"]
        self.asked.append(query)
        self.headers.append(dict(handler.headers))
        if self.script:
            self.script.pop(0)(handler)
            return
        asked = re.findall(r"wdt:P1001 wd:(Q\d+)", query) or re.findall(r"wd:(Q\d+)", query.split("}", 1)[0])
        limit, offset = (int(n) for n in re.search(r"LIMIT (\d+) OFFSET (\d+)", query).groups())  # type: ignore[union-attr]
        found = [row for qid in asked for row in self.rows.get(qid, [])]
        send(handler, 200, results(found[offset : offset + limit]))


@contextlib.contextmanager
def serving() -> Iterator[Wikidata]:
    """The service, on a free port of the loopback."""
    data = Wikidata()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            with contextlib.suppress(OSError):
                data.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        data.address = f"http://127.0.0.1:{server.server_address[1]}/sparql"
        yield data
        server.shutdown()
