"""Tokens: hashed at rest, scoped, ending; a sign-in goes with its token."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.desk import Desk, open_desk, tokens
from onrecord.desk.tokens import Person, Scope
from onrecord.errors import QueryError, StoreError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "world.onrecord")


def test_a_token_says_who_and_what(desk: Desk) -> None:
    token = tokens.make(desk, "Ada", "reviewer", now=NOW)
    assert tokens.person(desk, token, now=NOW) == Person("Ada", "reviewer")
    assert tokens.person(desk, token + "x", now=NOW) is None
    assert tokens.person(desk, "", now=NOW) is None


def test_neither_tokens_nor_cookies_are_in_the_file(desk: Desk) -> None:
    token = tokens.make(desk, "Ada", "admin")
    found = tokens.sign_in(desk, token)
    assert found is not None
    everything = b"".join(path.read_bytes() for path in desk.path.parent.iterdir())
    assert token.encode() not in everything
    assert token.removeprefix("onr_").encode() not in everything
    assert found[0].encode() not in everything


def test_nobody_else_may_read_the_file(desk: Desk) -> None:
    assert desk.path.stat().st_mode & 0o077 == 0


def test_a_token_ends(desk: Desk) -> None:
    token = tokens.make(desk, "Ada", "reader", 7, now=NOW)
    assert tokens.person(desk, token, now=NOW + timedelta(days=6, hours=23)) is not None
    assert tokens.person(desk, token, now=NOW + timedelta(days=7)) is None


def test_revoking_ends_it_and_every_browser_that_signed_in_with_it(desk: Desk) -> None:
    token = tokens.make(desk, "Ada", "reader")
    found = tokens.sign_in(desk, token)
    assert found is not None
    assert tokens.signed_in(desk, found[0]) is not None
    tokens.revoke(desk, "Ada")
    assert tokens.person(desk, token) is None
    assert tokens.signed_in(desk, found[0]) is None
    assert tokens.sign_in(desk, token) is None
    assert [t.name for t in tokens.tokens(desk) if t.revoked_at] == ["Ada"]


def test_a_sign_in_ends_by_itself_and_by_signing_out(desk: Desk) -> None:
    token = tokens.make(desk, "Ada", "reader", now=NOW)
    first, second = tokens.sign_in(desk, token, now=NOW), tokens.sign_in(desk, token, now=NOW)
    assert first is not None
    assert second is not None
    assert tokens.signed_in(desk, first[0], now=NOW + tokens.SIGNED_IN_FOR) is None
    tokens.sign_out(desk, second[0])
    assert tokens.signed_in(desk, second[0], now=NOW) is None


@pytest.mark.parametrize(
    ("has", "may"),
    [("reader", {"reader"}), ("reviewer", {"reader", "reviewer"}), ("admin", {"reader", "reviewer", "admin"})],
)  # fmt: skip
def test_a_wider_scope_holds_the_narrower(has: Scope, may: set[Scope]) -> None:
    assert {scope for scope in tokens.SCOPES if Person("Ada", has).may(scope)} == may


@pytest.mark.parametrize(("name", "days"), [("", None), ("  ", None), ("a" * 81, None), ("a\nb", None), ("Ada", 0), ("Ada", 100_000)])
def test_what_makes_no_token(desk: Desk, name: str, days: int | None) -> None:
    with pytest.raises(QueryError):
        tokens.make(desk, name, "reader", days)
    assert tokens.tokens(desk) == []


def test_a_name_is_given_once_also_after_it_was_revoked(desk: Desk) -> None:
    tokens.make(desk, "Ada", "reader")
    tokens.revoke(desk, "Ada")
    with pytest.raises(QueryError, match="already"):
        tokens.make(desk, "Ada", "admin")
    with pytest.raises(QueryError, match="no token"):
        tokens.revoke(desk, "Ben")


def test_another_file_is_not_taken_for_a_desk(tmp_path: Path) -> None:
    (tmp_path / "world.onrecord.desk").write_text("my notes\n" * 100)
    with pytest.raises(StoreError):
        open_desk(tmp_path / "world.onrecord")
    assert (tmp_path / "world.onrecord.desk").read_text().startswith("my notes")
