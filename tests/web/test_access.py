"""Who may do what at the desk: signing in, private desks, and what a browser's posts must carry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import Depends
from starlette.testclient import TestClient

from onrecord.desk import open_desk, tokens
from onrecord.web import access
from onrecord.web.server import create
from onrecord.web.settings import Settings
from web.visiting import BASE, Tokens, bearer, signed_in


@pytest.fixture
def desk(own_store: Path) -> TestClient:
    """A desk with one route for each scope."""
    app = create(own_store)
    for needed in (access.reader, access.reviewer, access.admin):
        app.add_api_route(f"/api/test/{needed.__name__}", _route(needed), methods=["POST"])
    return TestClient(app, base_url=BASE, follow_redirects=False)


def _route(needed: Callable[..., object]) -> Callable[..., dict[str, bool]]:
    def route(_: object = Depends(needed)) -> dict[str, bool]:
        return {"done": True}

    return route


@pytest.mark.parametrize(
    ("holder", "allowed"),
    [("reader", ["reader"]), ("reviewer", ["reader", "reviewer"]), ("admin", ["reader", "reviewer", "admin"])],
)  # fmt: skip
def test_a_token_does_what_its_scope_allows_and_no_more(desk: TestClient, own_tokens: Tokens, holder: str, allowed: list[str]) -> None:
    header = bearer(getattr(own_tokens, holder))
    found = {scope: desk.post(f"/api/test/{scope}", headers=header).status_code for scope in tokens.SCOPES}
    assert found == {scope: 200 if scope in allowed else 403 for scope in tokens.SCOPES}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic onr_abc", "Bearer onr_\x7f"])
def test_no_token_or_a_wrong_one_is_told_so(desk: TestClient, header: str) -> None:
    answer = desk.post("/api/test/reader", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_in_the_address_counts_for_nothing(desk: TestClient, own_tokens: Tokens) -> None:
    assert desk.post(f"/api/test/reader?token={own_tokens.admin}").status_code == 401
    assert desk.post(f"/api/test/reader?access_token={own_tokens.admin}").status_code == 401


def test_an_expired_token_is_refused(desk: TestClient, own_store: Path) -> None:
    token = tokens.make(open_desk(own_store), "Eve", "admin", 1)
    with open_desk(own_store).writing() as db:
        db.execute("UPDATE tokens SET expires_at = '2020-01-01T00:00:00Z' WHERE name = 'Eve'")
    assert desk.post("/api/test/reader", headers=bearer(token)).status_code == 401


def test_a_browser_signs_in_posts_and_signs_out(desk: TestClient, own_tokens: Tokens) -> None:
    csrf = signed_in(desk, own_tokens.reviewer)
    assert "Ben" in desk.get("/").text
    assert desk.post("/api/test/reviewer", headers={"X-CSRF": csrf}).status_code == 200
    assert desk.post("/api/test/reviewer", data={"csrf": csrf}).status_code == 200
    assert desk.post("/sign-out", data={"csrf": csrf}).status_code == 303
    assert desk.post("/api/test/reviewer", headers={"X-CSRF": csrf}).status_code == 401


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: TestClient, own_tokens: Tokens) -> None:
    cookie = desk.post("/sign-in", data={"token": own_tokens.reader}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert own_tokens.reader not in cookie


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"X-CSRF": "wrong"}, {"X-CSRF": ""}, {"X-CSRF": "right", "Sec-Fetch-Site": "cross-site"},
        {"X-CSRF": "right", "Sec-Fetch-Site": "same-site"},
    ],
)  # fmt: skip
def test_a_post_that_another_site_made_the_browser_send_is_refused(desk: TestClient, own_tokens: Tokens, sent: dict[str, str]) -> None:
    csrf = signed_in(desk, own_tokens.admin)
    headers = {name: csrf if value == "right" else value for name, value in sent.items()}
    assert desk.post("/api/test/reader", headers=headers).status_code == 403
    assert desk.post("/sign-out", headers=headers).status_code == 403


def test_what_a_signed_in_browser_sees_is_stored_nowhere(desk: TestClient, own_tokens: Tokens) -> None:
    signed_in(desk, own_tokens.reader)
    assert desk.get("/").headers["cache-control"] == "no-store"
    desk.cookies.clear()
    answer = desk.get("/")
    assert answer.headers["cache-control"] != "no-store"
    assert "Ada" not in answer.text


def test_wrong_tokens_at_the_sign_in_are_counted(desk: TestClient, own_tokens: Tokens) -> None:
    found = [desk.post("/sign-in", data={"token": "wrong"}).status_code for _ in range(11)]
    assert found == [401] * 10 + [429]
    assert desk.post("/sign-in", data={"token": own_tokens.reader}).status_code == 429
    assert desk.get("/", headers=bearer(own_tokens.reader)).status_code == 200


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/\r\nX: y"])
def test_the_sign_in_leads_nowhere_else(desk: TestClient, own_tokens: Tokens, to: str) -> None:
    answer = desk.post("/sign-in", data={"token": own_tokens.reader, "to": to})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("settings", [Settings(private=True), Settings(host="192.0.2.1", names=("127.0.0.1",))], ids=["private", "beyond"])
def test_a_private_desk_is_read_with_a_token_only(own_store: Path, own_tokens: Tokens, settings: Settings) -> None:
    with TestClient(create(own_store, settings), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/").status_code == 401
        assert "Sign in" in client.get("/").text
        assert client.get("/sign-in").status_code == 200
        assert client.get("/", headers=bearer(own_tokens.reader)).status_code == 200
        assert client.get("/").status_code == 401  # what somebody with a token saw is not kept for others
        signed_in(client, own_tokens.reader)
        assert client.get("/").status_code == 200


def test_a_desk_without_tokens_says_how_to_make_one(own_client: TestClient) -> None:
    assert "onrecord token make" in own_client.get("/sign-in").text
