"""ABUSE group 8: what an HTTP client can do to a server. The run of schemathesis over all operations is ``tests/web/test_schema``."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn
from fastapi import Depends
from starlette.testclient import TestClient

from onrecord.desk import open_desk, tokens
from onrecord.web import access, bounds
from onrecord.web.api import exports
from onrecord.web.server import create
from web.visiting import BASE, bearer, signed_in

HOSTS = (
    "evil.example",
    "evil.example:8484",
    "127.0.0.1@evil.example",
    "localhost.evil.example",
    "127.0.0.1\\.evil.example",
    "0x7f000001",
    "",
    "[::2]",
)


@pytest.fixture(scope="module")
def app(path: Path) -> Iterator[Any]:
    """A desk with one route that takes whatever is posted, for each scope."""
    made = create(path)
    for needed in (access.reader, access.reviewer, access.admin):
        made.add_api_route(f"/api/test/{needed.__name__}", _route(needed), methods=["POST"])
    yield made
    made.state.desk.close()


def _route(needed: Callable[..., object]) -> Callable[..., dict[str, bool]]:
    def route(_: object = Depends(needed)) -> dict[str, bool]:
        return {"done": True}

    return route


@pytest.fixture
def client(app: Any) -> TestClient:
    """A new visitor of the one desk, which lives on."""
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture(scope="module")
def reviewer(path: Path) -> str:
    return made(path, "reviewer")


def made(path: Path, scope: tokens.Scope, **more: Any) -> str:
    """A new token."""
    return tokens.make(open_desk(path), f"somebody {uuid4()}", scope, **more)


def status(app: Any, receive: Callable[[], Awaitable[dict[str, Any]]], headers: dict[str, str], address: str = "/sign-in", query: bytes = b"") -> int:
    """The status of a request whose body ``receive`` gives, as a server would hand it over: a post, but for one with a query."""
    said = [(b"host", b"127.0.0.1"), *((name.lower().encode(), value.encode()) for name, value in headers.items())]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET" if query else "POST", "scheme": "http", "path": address,
        "query_string": query, "raw_path": address.encode(), "headers": said, "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(asyncio.wait_for(app(scope, receive, send), 20))
    return int(sent[0]["status"])


@contextmanager
def running(app: Any) -> Iterator[int]:
    """The application behind a real server on loopback; gives the port."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", http="h11", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        for _ in range(500):
            if server.started:
                break
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def test_a_body_of_100_mb_is_refused_before_it_is_read(app: Any) -> None:
    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    assert status(app, receive, {"Content-Length": str(100 * 2**20)}) == 413


def test_a_body_that_does_not_say_its_length_is_cut_off(app: Any) -> None:
    piece, given = bytes(65_536), 0

    async def receive() -> dict[str, Any]:
        nonlocal given
        given += len(piece)
        return {"type": "http.request", "body": piece, "more_body": True}

    assert status(app, receive, {"Transfer-Encoding": "chunked"}) == 413
    assert given <= bounds.BODY + 2 * len(piece)


@pytest.mark.parametrize("length", ["-1", "1e9", "0x10", "9" * 40, "١٢"])
def test_a_length_that_is_no_number_is_refused(length: str, app: Any) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    assert status(app, receive, {"Content-Length": length}) in (400, 413)


@pytest.mark.parametrize("address", ["/api/events", "/api/events/export", "/api/changes", "/search", "/"])
def test_10_000_parameters_are_refused(address: str, app: Any) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    started = time.monotonic()
    assert status(app, receive, {}, address, "&".join(f"p{n}=1" for n in range(10_000)).encode()) == 414
    assert status(app, receive, {}, address, b"&".join([b"a"] * 4_000)) == 400
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("opening", ["[", '{"a":', "[[{", '"\\ud800'])
@pytest.mark.parametrize("address", ["/api/test/reviewer", "/sign-in", "/review/correct", "/searches", "/api/events"])
def test_deep_json_is_no_fault(address: str, opening: str, client: TestClient, reviewer: str) -> None:
    body = (opening * 100_000).encode()[:1_000_000]
    answer = client.post(address, content=body, headers={"Content-Type": "application/json", **bearer(reviewer)})
    assert answer.status_code < 500
    assert "Traceback" not in answer.text


def test_deep_json_in_a_field_of_a_form_is_no_fault(client: TestClient, reviewer: str) -> None:
    for address in ("/review/correct", "/review/add", "/review/decide", "/searches"):
        fields = dict.fromkeys(("record", "record_id", "document", "change", "fields", "name", "query"), "[" * 50_000)
        assert client.post(address, data=fields, headers=bearer(reviewer)).status_code < 500


def test_a_slow_body_is_given_up(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.2)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.15)
        return {"type": "http.request", "body": b"a", "more_body": True}

    started = time.monotonic()
    assert status(app, receive, {"Content-Type": "application/x-www-form-urlencoded"}) == 408
    assert time.monotonic() - started < 5


def test_clients_that_never_finish_keep_nobody_out(app: Any) -> None:
    with running(app) as port:
        slow = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(40)]
        for connection in slow:
            connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        started = time.monotonic()
        assert httpx.get(f"http://127.0.0.1:{port}/api/events?limit=1", timeout=10).status_code == 200
        assert time.monotonic() - started < 5
        for connection in slow:
            connection.close()


def test_a_client_that_reads_nothing_keeps_nobody_out(app: Any) -> None:
    with running(app) as port:
        lazy = socket.create_connection(("127.0.0.1", port), 5)
        lazy.sendall(b"GET /api/timeline/export?format=jsonl HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert httpx.get(f"http://127.0.0.1:{port}/api/events?limit=1", timeout=10).status_code == 200
        lazy.close()


def test_who_goes_away_in_the_middle_of_an_export_holds_no_snapshot(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: Any) -> Iterator[bytes]:
        while True:
            yield os.urandom(65_536)

    monkeypatch.setattr(exports, "bundle", endless)
    with running(app) as port:
        for _ in range(exports.AT_ONCE + 2):
            with httpx.stream("GET", f"http://127.0.0.1:{port}/api/timeline/export", timeout=10) as answer:
                assert answer.status_code == 200
                next(answer.iter_raw())
            deadline = time.monotonic() + 5
            while exports._going._value < exports.AT_ONCE and time.monotonic() < deadline:
                time.sleep(0.01)
            assert exports._going._value == exports.AT_ONCE


def test_200_searches_at_once_are_all_answered(app: Any) -> None:
    words = ("the", "talks", "minister", "said", "border", "gas", "court", "Norway")

    async def ask(port: int) -> list[int]:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, limits=limits) as client:
            asked = [client.get("/api/search", params={"text": f"{words[n % 8]}", "limit": n % 50 + 1}) for n in range(200)]
            return [answer.status_code for answer in await asyncio.gather(*asked)]

    with running(app) as port:
        assert asyncio.run(ask(port)) == [200] * 200


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_is_refused(host: str, client: TestClient) -> None:
    for address in ("/", "/api/events", "/openapi.json", "/sign-in"):
        assert client.get(address, headers={"Host": host}).status_code == 421


def test_no_answer_repeats_a_foreign_host(client: TestClient) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-URL": "http://evil.example/"}
    record = client.get("/api/timeline?limit=1").json()["rows"][0]["id"]
    assert "evil.example" not in client.get(f"/api/annotations/{record}", headers=forwarded).text


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-CSRF": "wrong"}, {"X-CSRF": ""}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}],
)
@pytest.mark.parametrize("address", ["/review/decide", "/review/correct", "/searches", "/sign-out", "/api/test/reviewer"])
def test_a_post_from_elsewhere_is_refused(address: str, headers: dict[str, str], client: TestClient, reviewer: str) -> None:
    signed_in(client, reviewer)
    assert client.post(address, data={"csrf": ""}, headers=headers).status_code == 403


def test_a_cross_site_post_is_refused_though_it_knows_the_secret(client: TestClient, reviewer: str) -> None:
    secret = signed_in(client, reviewer)
    assert client.post("/api/test/reviewer", headers={"X-CSRF": secret, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/api/test/reviewer", headers={"X-CSRF": secret}).status_code == 200


@pytest.mark.parametrize("token", ["", "onr_", "onr_" + "A" * 43, "'; DROP TABLE tokens; --", "a" * 5_000, "onr_\x00"])
def test_a_wrong_token_is_refused(token: str, client: TestClient, reviewer: str) -> None:
    with suppress(httpx.LocalProtocolError):
        answer = client.post("/api/test/reader", headers=bearer(token))
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert token[:40] not in answer.text or token in ("", "onr_")


def test_an_expired_token_is_refused(client: TestClient, path: Path) -> None:
    token = made(path, "admin", days=1, now=datetime.now(UTC) - timedelta(days=2))
    assert client.post("/api/test/reader", headers=bearer(token)).status_code == 401


def test_a_revoked_token_is_refused_at_once(client: TestClient, path: Path) -> None:
    token = tokens.make(open_desk(path), "Eve", "admin")
    assert client.post("/api/test/admin", headers=bearer(token)).status_code == 200
    tokens.revoke(open_desk(path), "Eve")
    assert client.post("/api/test/admin", headers=bearer(token)).status_code == 401


def test_a_token_of_another_scope_is_refused(client: TestClient, path: Path) -> None:
    token = made(path, "reader")
    for scope in ("reviewer", "admin"):
        answer = client.post(f"/api/test/{scope}", headers=bearer(token))
        assert (answer.status_code, scope in json.loads(answer.text)["detail"]) == (403, True)


def test_a_token_of_another_desk_is_refused(client: TestClient, sample_store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.onrecord"
    shutil.copy(sample_store, other)
    token = made(other, "admin")
    assert client.post("/api/test/reader", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize("change", ["+1", "0", "-1", "z", "%00", "9" * 30, "' OR 1=1"])
@pytest.mark.parametrize(
    "address", ["/api/timeline?limit=2", "/api/threads?limit=2", "/api/ties?limit=2", "/api/search?text=the&limit=2", "/api/changes?limit=2"]
)
def test_a_cursor_that_was_tampered_with_is_refused_or_just_another_place(address: str, change: str, client: TestClient) -> None:
    following = client.get(address).json()["next"]
    for tampered in (following + change, following.rpartition("=")[0] + "=" + change, following + "&" + following.rpartition("&")[2]):
        answer = client.get(tampered)
        assert answer.status_code in (200, 400, 409), answer.text
        assert answer.status_code == 200 or answer.headers["content-type"] == "application/problem+json"
