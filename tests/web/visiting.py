"""How tests visit a desk: as a program with a token, or as a browser that signed in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.testclient import TestClient

BASE = "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One token of each scope, made for Ada (reader), Ben (reviewer) and Cleo (admin); Dora is a second reviewer."""

    reader: str
    reviewer: str
    admin: str
    second: str


def bearer(token: str) -> dict[str, str]:
    """The header of a program with this token."""
    return {"Authorization": f"Bearer {token}"}


def signed_in(client: TestClient, token: str) -> str:
    """Sign this client in as a browser; returns what its posts must carry in the header X-CSRF."""
    assert client.post("/sign-in", data={"token": token}).status_code == 303
    page = client.get("/").text
    return page.partition('<meta name="csrf" content="')[2].partition('"')[0]
