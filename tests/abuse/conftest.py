"""What every test of abuse stands under: nothing leaves the machine, whatever the code under test does wrong."""

from __future__ import annotations

import ipaddress
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.web.server import create
from web.visiting import BASE


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections to anything but loopback, and questions to name servers, fail the test."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test would connect to {address}")
        connect(self, address)

    def local(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in (None, "localhost", "127.0.0.1", "::1"):
            raise AssertionError(f"a test would look up {host}")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", local)
    yield


@pytest.fixture(scope="module")
def path(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample store."""
    copy = tmp_path_factory.mktemp("abused") / "samples.onrecord"
    shutil.copy(sample_store, copy)
    return copy


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    """Somebody without a token at the desk of that copy."""
    with TestClient(create(path), base_url=BASE) as client:
        yield client
