"""What is new in a saved search: the records that were added to the store since it was last looked through, by the store's order of changes.

An old report that was added today is new today. The store's log of changes is read on from where the last look ended, so that what was added is asked
about once; a record that was withdrawn, or fits no longer, is not told.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from onrecord.desk.database import Desk
from onrecord.desk.searches import Search, search
from onrecord.errors import QueryError
from onrecord.model import Document, Record
from onrecord.query import Filter
from onrecord.query.voices import corroborated
from onrecord.store import Change, RecordKind, View

_KINDS: dict[str, RecordKind] = {"statements": "statement", "positions": "position", "events": "event", "relations": "relation"}
_SAME = (" same-event ", " same-statement ")
_AT_ONCE, _AT_A_TIME = 64, 6
"""So many changes are looked through before the find is kept, and where the time is limited."""
KEPT = 5_000
"""So many of what a search found are kept, the newest."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record that is new, with its report; ``record`` is None where the search is for reports. ``seq``, ``at``: the change that brought it."""

    seq: int
    at: str
    id: str
    document: Document
    record: Record | None


def look(desk: Desk, view: View, wanted: Iterable[Search], *, seconds: float | None = None) -> bool:
    """Look these searches through up to now, for so many seconds at most, those that are furthest behind first; whether all of it was done."""
    ends = None if seconds is None else time.monotonic() + seconds
    left = [each.id for each in sorted(wanted, key=lambda each: each.through) if not _through(desk, view, each, ends)]
    return not left


def news(desk: Desk, view: View, wanted: Search, *, since: int = 0, limit: int = 50) -> list[Item]:
    """What was found behind the change ``since``, the newest first; what the store no longer has is left out."""
    with desk.reading() as db:
        sql = "SELECT seq, at, id, document_id FROM found WHERE search = ? AND seq > ? AND seq <= ? AND NOT gone ORDER BY seq DESC, id LIMIT ?"
        rows = db.execute(sql, (wanted.id, since, view.version(), limit)).fetchall()
    held = {r.id: r for r in view.among([id_ for _, _, id_, _ in rows])}
    found = []
    for seq, at, id_, document_id in rows:
        if wanted.query != "documents" and id_ not in held:
            continue
        with suppress(QueryError):
            found.append(Item(seq, at, id_, view.document(document_id), held.get(id_)))
    return found


def count(desk: Desk, wanted: Search, since: int) -> int:
    """How many were found behind the change ``since``; at most KEPT."""
    with desk.reading() as db:
        sql = "SELECT count(*) FROM found WHERE search = ? AND seq > ? AND NOT gone"
        return int(db.execute(sql, (wanted.id, since)).fetchone()[0])


def before(desk: Desk, wanted: Search, day: str) -> int:
    """The last change before ``day`` (ISO, UTC) of those that brought something to this search; 0 where there is none."""
    with desk.reading() as db:
        sql = "SELECT coalesce(max(seq), 0) FROM found WHERE search = ? AND at < ?"
        return int(db.execute(sql, (wanted.id, day)).fetchone()[0])


def told(desk: Desk, search_id: str, through: int, *, how: Literal["told", "posted"]) -> None:
    """Note that what was found up to a change was told in a digest, or posted to a webhook."""
    with desk.writing() as db:
        db.execute(f"UPDATE searches SET {how} = max({how}, ?) WHERE id = ?", (through, search_id))  # noqa: S608 - own words only


def _through(desk: Desk, view: View, wanted: Search, ends: float | None) -> bool:
    wanted = search(desk, wanted.id)
    changes, version, through = view.changes(wanted.through), view.version(), wanted.through
    while through < version and (ends is None or time.monotonic() < ends):
        some = list(islice(changes, _AT_ONCE if ends is None else _AT_A_TIME))
        through = some[-1].seq
        withdrawn = {change.id for change in some if change.what == "withdrawn" and change.kind == "record"}
        _keep(desk, wanted, dict(_touched(view, wanted, some)), withdrawn - {r.id for r in view.among(withdrawn)}, through)
    return through >= version


def _touched(view: View, wanted: Search, changes: Collection[Change]) -> Iterator[tuple[str, tuple[Change, list[str]]]]:
    """Each report that these changes touch, with the last of them and the ids of what fits in it now."""
    last: dict[str, Change] = {}
    for change in changes:
        for document_id in _documents(view, wanted, change):
            last[document_id] = change
    for document_id, change in last.items():
        yield document_id, (change, list(_fitting(view, wanted, document_id)))


def _documents(view: View, wanted: Search, change: Change) -> Iterator[str]:
    if change.kind == "document":
        yield change.id
    elif change.kind == "record":
        yield from (r.document_id for r in view.among([change.id]))
    elif change.kind == "link" and (wanted.wanted.corroboration or 0) > 1 and any(same in change.id for same in _SAME):
        yield from sorted({r.document_id for r in view.among(change.id.split(" ")[:2])})


def _fitting(view: View, wanted: Search, document_id: str) -> Iterator[str]:
    asked: Filter = wanted.wanted
    if asked.document_id not in (None, document_id):
        return
    here = replace(asked, document_id=document_id)
    if wanted.query == "documents":
        yield from (document.id for document in view.documents(here))
    else:
        yield from (record.id for record in corroborated(view, _KINDS.get(wanted.query), here))


def _keep(desk: Desk, wanted: Search, found: Mapping[str, tuple[Change, list[str]]], withdrawn: Iterable[str], through: int) -> None:
    with desk.writing() as db:
        for document_id, (change, ids) in found.items():
            db.execute("UPDATE found SET gone = 1 WHERE search = ? AND document_id = ?", (wanted.id, document_id))
            db.executemany(
                "INSERT INTO found VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (search, id) DO UPDATE SET gone = 0",
                [(wanted.id, change.seq, change.at, id_, document_id) for id_ in ids],
            )
        db.executemany("UPDATE found SET gone = 1 WHERE search = ? AND id = ?", [(wanted.id, id_) for id_ in withdrawn])
        db.execute("UPDATE searches SET through = max(through, ?) WHERE id = ?", (through, wanted.id))
        oldest = "SELECT seq FROM found WHERE search = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2"
        db.execute(f"DELETE FROM found WHERE search = ?1 AND seq < ({oldest})", (wanted.id, KEPT))  # noqa: S608 - own words only
