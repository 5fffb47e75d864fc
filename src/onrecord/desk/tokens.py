"""Tokens and sign-ins: random, hashed at rest, scoped, ending. Knows no HTTP.

A token is ``onr_`` and 256 random bits; with so many, one round of SHA-256 keeps it from being guessed from its digest (a slow hash is for passwords
that people choose). A sign-in is the same for a browser's cookie. Scopes: a reader reads and keeps searches, a reviewer also reviews, an admin also
adjudicates and names feeds.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from onrecord.desk.database import Desk, iso
from onrecord.errors import QueryError

Scope = Literal["reader", "reviewer", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
SIGNED_IN_FOR = timedelta(hours=12)
_MARK = "onr_"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the name a token was made for, and what it allows."""

    name: str
    scope: Scope

    def may(self, scope: Scope) -> bool:
        """Whether this scope, or a wider one, was given."""
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; what it says is not kept."""

    name: str
    scope: Scope
    made_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None


def make(desk: Desk, name: str, scope: Scope, days: int | None = None, *, now: datetime | None = None) -> str:
    """Make a token for ``name`` and return it: the only time it is seen. Raises QueryError for a name that is taken, empty or over-long."""
    name, now = name.strip(), now or datetime.now(UTC)
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise QueryError(f"a token's name has 1 to {_LONGEST_NAME} printable characters", hint="name the person it is for")
    if scope not in SCOPES:
        raise QueryError(f"scope: {scope!r} is not known", hint="one of " + ", ".join(SCOPES))
    if days is not None and not 1 <= days <= 3660:
        raise QueryError(f"days: {days} is not between 1 and 3660")
    token = _MARK + secrets.token_urlsafe(32)
    expires = iso(now + timedelta(days=days)) if days is not None else None
    with desk.writing() as db:
        if db.execute("SELECT 1 FROM tokens WHERE name = ?", (name,)).fetchone():
            raise QueryError(f"there is a token for {name!r} already", hint="take another name: what was signed stays with the old one")
        db.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, NULL, NULL)", (name, scope, digest(token), iso(now), expires))
    return token


def tokens(desk: Desk) -> list[Token]:
    """All tokens by name, ended ones too."""
    with desk.reading() as db:
        rows = db.execute("SELECT name, scope, made_at, expires_at, revoked_at, used_at FROM tokens ORDER BY name")
        return [Token(*row) for row in rows]


def revoke(desk: Desk, name: str, *, now: datetime | None = None) -> None:
    """End a token and all that signed in with it, at once. Raises QueryError where there is none."""
    with desk.writing() as db:
        at = iso(now or datetime.now(UTC))
        if not db.execute("UPDATE tokens SET revoked_at = coalesce(revoked_at, ?) WHERE name = ?", (at, name)).rowcount:
            raise QueryError(f"there is no token for {name!r}", hint="onrecord token list STORE names all")
        db.execute("DELETE FROM signed_in WHERE token = ?", (name,))


def any_made(desk: Desk) -> bool:
    """Whether anybody can sign in."""
    with desk.reading() as db:
        return db.execute("SELECT 1 FROM tokens WHERE revoked_at IS NULL LIMIT 1").fetchone() is not None


def person(desk: Desk, token: str, *, now: datetime | None = None) -> Person | None:
    """Whose token this is; None for one that is unknown, ended or revoked."""
    wanted, now = digest(token), now or datetime.now(UTC)
    with desk.reading() as db:
        row = db.execute("SELECT name, scope, digest, expires_at, revoked_at, used_at FROM tokens WHERE digest = ?", (wanted,)).fetchone()
    if row is None or not hmac.compare_digest(row[2], wanted) or row[4] is not None or (row[3] is not None and row[3] <= iso(now)):
        return None
    if row[5] != (today := now.date().isoformat()):  # once a day, so that reading does not write
        with desk.writing() as db:
            db.execute("UPDATE tokens SET used_at = ? WHERE name = ?", (today, row[0]))
    return Person(row[0], row[1])


def sign_in(desk: Desk, token: str, *, now: datetime | None = None) -> tuple[str, Person] | None:
    """A cookie for a browser whose user gave this token, and who that is; None for a token that does not count."""
    now = now or datetime.now(UTC)
    who = person(desk, token, now=now)
    if who is None:
        return None
    cookie = secrets.token_urlsafe(32)
    with desk.writing() as db:
        db.execute("DELETE FROM signed_in WHERE until <= ?", (iso(now),))
        db.execute("INSERT INTO signed_in VALUES (?, ?, ?, ?)", (digest(cookie), who.name, secrets.token_urlsafe(32), iso(now + SIGNED_IN_FOR)))
    return cookie, who


def signed_in(desk: Desk, cookie: str, *, now: datetime | None = None) -> tuple[Person, str] | None:
    """Who signed in with this cookie, and what their forms must hold (against cross-site requests); None where nobody did, or too long ago."""
    at = iso(now or datetime.now(UTC))
    sql = (
        "SELECT t.name, t.scope, s.csrf FROM signed_in s JOIN tokens t ON t.name = s.token"
        " WHERE s.digest = ? AND s.until > ? AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?)"
    )
    with desk.reading() as db:
        row = db.execute(sql, (digest(cookie), at, at)).fetchone()
    return None if row is None else (Person(row[0], row[1]), row[2])


def sign_out(desk: Desk, cookie: str) -> None:
    """Forget a cookie."""
    with desk.writing() as db:
        db.execute("DELETE FROM signed_in WHERE digest = ?", (digest(cookie),))


def digest(secret: str) -> str:
    """What is kept of a token or cookie."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
