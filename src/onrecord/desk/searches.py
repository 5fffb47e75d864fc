"""Saved searches: whose, what they ask for, how they are followed. Keeps and checks them; what they find is in ``onrecord.desk.news``.

A search is named by a random id, and its feed is read by whoever has its key, for feed readers cannot sign in; a new key ends the old address.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from onrecord.desk.database import Desk, iso
from onrecord.errors import NotThere, QueryError
from onrecord.query import QUERIES, Filter
from onrecord.query.records import check_fields

SAVED = ("timeline", "statements", "positions", "events", "relations", "documents")
"""The queries that can be saved: those that list what a report brings."""
MOST = 200
"""So many searches one owner may keep."""
_LONGEST_NAME, _LONGEST_ADDRESS = 120, 500
_UNSAVED = ("limit", "after", "order")
"""Fields that say what is seen of an answer, not what is asked for."""
_COLUMNS = "id, name, owner, shared, query, filter, made_at, key, digest, webhook, secret, through, seen, told, posted"


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search; the columns are explained in ``migrations/002_searches.sql``. ``wanted`` is its filter."""

    id: str
    name: str
    owner: str
    shared: bool
    query: str
    wanted: Filter
    made_at: str
    key: str
    digest: bool
    webhook: str | None
    secret: str
    through: int
    seen: int
    told: int
    posted: int

    def row(self) -> dict[str, str | int | bool | None]:
        """As a row of a table, without its secrets."""
        return {
            "id": self.id, "name": self.name, "owner": self.owner, "shared": self.shared, "query": self.query,
            "filter": " ".join(f"{name}={value}" for name, value in fields(self.wanted).items()), "made_at": self.made_at, "digest": self.digest,
            "webhook": self.webhook,
        }  # fmt: skip


def fields(wanted: Filter) -> dict[str, Any]:
    """The fields of a filter that are set, as they are kept."""
    return {name: value for name, value in asdict(wanted).items() if value is not None}


def save(
    desk: Desk, name: str, owner: str, query: str, wanted: Filter, *, version: int, back: int = 0, shared: bool = False, now: datetime | None = None
) -> Search:
    """Keep a search, as of the store's change number ``version``; its feed begins ``back`` changes earlier.

    Raises QueryError for a name that is empty or taken, a query that cannot be saved or does not take the filter, a filter that asks for nothing.
    """
    wanted = replace(wanted, **dict.fromkeys(_UNSAVED))
    if query not in SAVED:
        raise QueryError(f"{query!r} cannot be saved", hint="one of " + ", ".join(SAVED))
    check_fields(wanted, [name for name in QUERIES[query].fields if name not in _UNSAVED], query)
    if not fields(wanted):
        raise QueryError("a search that asks for nothing finds everything", hint="give words or a filter")
    found = Search(
        id=secrets.token_hex(8), name=_name(name), owner=owner, shared=shared, query=query, wanted=wanted, made_at=iso(now or datetime.now(UTC)),
        key=secrets.token_urlsafe(24), digest=False, webhook=None, secret=secrets.token_urlsafe(32), through=max(0, version - back), seen=version,
        told=version, posted=version,
    )  # fmt: skip
    with desk.writing() as db:
        _check_name(db, found)
        if db.execute("SELECT count(*) FROM searches WHERE owner = ?", (owner,)).fetchone()[0] >= MOST:
            raise QueryError(f"{owner} keeps {MOST} searches already", hint="remove one")
        values = {**asdict(found), "wanted": json.dumps(fields(wanted), sort_keys=True)}
        db.execute(f"INSERT INTO searches ({_COLUMNS}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))  # noqa: S608 - own words only
    return found


def searches(desk: Desk, owner: str | None = None, *, every: bool = False) -> list[Search]:
    """The searches of ``owner`` and those that are shared, by name; all of all owners where ``every`` is true."""
    with desk.reading() as db:
        rows = db.execute(f"SELECT {_COLUMNS} FROM searches WHERE shared OR owner IS ? OR ? ORDER BY name, id", (owner, every))  # noqa: S608
        return [_search(row) for row in rows]


def search(desk: Desk, search_id: str) -> Search:
    """The search with this id. Raises NotThere where there is none."""
    with desk.reading() as db:
        row = db.execute(f"SELECT {_COLUMNS} FROM searches WHERE id = ?", (search_id,)).fetchone()  # noqa: S608
    if row is None:
        raise NotThere(f"no search has the id {search_id[:40]!r}", hint="it was removed, or never made")
    return _search(row)


def change(
    desk: Desk, search_id: str, *, name: str | None = None, shared: bool | None = None, digest: bool | None = None, webhook: str | None = None
) -> Search:
    """Change what is given of a search; an empty ``webhook`` takes it away. Raises QueryError for a name that is empty or taken, a bad address."""
    former = search(desk, search_id)
    found = replace(
        former,
        name=former.name if name is None else _name(name),
        shared=former.shared if shared is None else shared,
        digest=former.digest if digest is None else digest,
        webhook=former.webhook if webhook is None else _address(webhook),
    )
    with desk.writing() as db:
        _check_name(db, found)
        values = (found.name, found.shared, found.digest, found.webhook, found.id)
        db.execute("UPDATE searches SET name = ?, shared = ?, digest = ?, webhook = ? WHERE id = ?", values)
        # What came before it was asked for is not told.
        if found.digest and not former.digest:
            db.execute("UPDATE searches SET told = through WHERE id = ?", (found.id,))
        if found.webhook and not former.webhook:
            db.execute("UPDATE searches SET posted = through WHERE id = ?", (found.id,))
    return search(desk, search_id)


def new_key(desk: Desk, search_id: str) -> Search:
    """Give a search another key: its old feed address is dead."""
    with desk.writing() as db:
        db.execute("UPDATE searches SET key = ? WHERE id = ?", (secrets.token_urlsafe(24), search_id))
    return search(desk, search_id)


def remove(desk: Desk, search_id: str) -> None:
    """Forget a search and what it found. Raises NotThere where there is none."""
    with desk.writing() as db:
        if not db.execute("DELETE FROM searches WHERE id = ?", (search_id,)).rowcount:
            raise NotThere(f"no search has the id {search_id[:40]!r}")


def looked(desk: Desk, search_id: str, through: int) -> None:
    """Note that the owner has seen what was found up to a change."""
    with desk.writing() as db:
        db.execute("UPDATE searches SET seen = max(seen, ?) WHERE id = ?", (through, search_id))


def _check_name(db: Any, found: Search) -> None:
    if db.execute("SELECT 1 FROM searches WHERE owner = ? AND name = ? AND id <> ?", (found.owner, found.name, found.id)).fetchone():
        raise QueryError(f"name: there is a search {found.name!r} already", hint="take another name")


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise QueryError(f"name: it has 1 to {_LONGEST_NAME} printable characters", hint="say what the search is for")
    return name


def _address(url: str) -> str | None:
    """An address that may be posted to, as far as its spelling tells; where it leads is judged when it is asked."""
    url = url.strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and url.isascii() and url.isprintable()
    except ValueError:
        good = False
    if not good or " " in url or len(url) > _LONGEST_ADDRESS:
        raise QueryError(f"webhook: {url[:80]!r} is no web address", hint="write https://…, without a user name")
    return url


def _search(row: tuple[Any, ...]) -> Search:
    values = dict(zip(Search.__dataclass_fields__, row, strict=True))
    values["wanted"] = Filter(**json.loads(values["wanted"]))
    return Search(**{**values, "shared": bool(values["shared"]), "digest": bool(values["digest"])})
