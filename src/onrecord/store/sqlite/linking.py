"""The tables that linkers work with: traces of documents and records, found by terms and days. Decides nothing about what belongs together."""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.store.codec import encode
from onrecord.store.sqlite.connection import transaction
from onrecord.store.sqlite.view import SqliteView
from onrecord.store.values import Trace

_TERM_BITS = 40
_TOGETHER = 16  # terms looked up in one statement
_NONE = -1  # a term that nothing is filed under
_FOREVER = (-1, 2**31)
_MACHINE = "of_linker = 1 AND json_extract(json, '$.withdrawn_at') IS NULL"  # what a linker made and nobody withdrew


@contextmanager
def linking(connection: sqlite3.Connection, path: Path) -> Iterator[SqliteLinking]:
    """One transaction for linkers."""
    with transaction(connection, path):
        yield SqliteLinking(connection, path)


class SqliteLinking:
    """The Linking of an SQLite store; see :class:`onrecord.store.base.Linking`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self.view = SqliteView(connection, path, inside=True)
        self._spaces: dict[str, int] = dict(connection.execute("SELECT name, number FROM trace_spaces"))

    def unlinked(self, limit: int) -> list[str]:
        """Documents still to be linked."""
        sql = "SELECT d.id FROM unlinked u JOIN documents d ON d.key = u.document ORDER BY u.document LIMIT ?"
        return [row[0] for row in self._connection.execute(sql, (limit,))]

    def linked(self, document_id: str) -> None:
        """A document is linked now."""
        self._connection.execute("DELETE FROM unlinked WHERE document = (SELECT key FROM documents WHERE id = ?)", (document_id,))

    def remember(self, trace: Trace) -> int:
        """Keep a trace in place of the owner's former one."""
        db, space = self._connection, self._space(trace.space)
        terms = array("q", sorted({_filed(space, term) for term in trace.terms}))
        former = db.execute("SELECT key, day, terms FROM traces WHERE space = ? AND owner = ?", (trace.space, trace.owner)).fetchone()
        row = (trace.document_id, trace.day, terms.tobytes(), trace.data)
        if former is None:
            sql = "INSERT INTO traces (space, owner, document_id, day, terms, data) VALUES (?, ?, ?, ?, ?, ?)"
            key = int(db.execute(sql, (trace.space, trace.owner, *row)).lastrowid or 0)
        else:
            key = int(former[0])
            _drop_postings(db, *former)
            db.execute("UPDATE traces SET document_id = ?, day = ?, terms = ?, data = ? WHERE key = ?", (*row, key))
        db.executemany("INSERT INTO postings VALUES (?, ?, ?)", [(term, trace.day, key) for term in terms])
        return key

    def find(
        self, space: str, terms: Iterable[int], *, days: tuple[int, int] | None = None, at_most: int = 32, newest: bool = False
    ) -> list[tuple[int, int]]:
        """(term, key of a trace) pairs."""
        number = self._space(space)
        given = {_filed(number, term): term for term in terms}
        filed = list(given)
        found: list[tuple[int, int]] = []
        sql = _finding(newest)
        for begin in range(0, len(filed), _TOGETHER):
            some = filed[begin : begin + _TOGETHER]
            some += [_NONE] * (_TOGETHER - len(some))
            found += [(given[term], key) for term, key in self._connection.execute(sql, (*(days or _FOREVER), at_most, *some))]
        return found

    def traces(self, keys: Collection[int]) -> dict[int, Trace]:
        """The traces with these keys."""
        sql = "SELECT key, space, owner, document_id, day, data FROM traces WHERE key IN (SELECT value FROM json_each(?))"
        rows = self._connection.execute(sql, (json.dumps(sorted(keys)),))
        return {key: Trace(space, owner, document_id, day, (), data) for key, space, owner, document_id, day, data in rows}

    def trace(self, space: str, owner: str) -> tuple[int, Trace] | None:
        """The key and trace of an owner."""
        row = self._connection.execute("SELECT key, document_id, day, data FROM traces WHERE space = ? AND owner = ?", (space, owner)).fetchone()
        return None if row is None else (row[0], Trace(space, owner, row[1], row[2], (), row[3]))

    def links(self, ids: Collection[str], types: Collection[LinkType] | None = None) -> list[Link]:
        """All links with one of these ids at either end."""
        return list(self.view.links(ids, types))

    def link(self, link: Link) -> None:
        """Keep a link that a linker made, unless somebody withdrew it."""
        row = (link.left, link.right, link.type, link.by, link.created_at, encode(link))
        sql = (
            'INSERT INTO links ("left", "right", type, "by", created_at, json, of_linker) VALUES (?, ?, ?, ?, ?, ?, 1)'
            ' ON CONFLICT ("left", "right", type, "by", created_at) DO UPDATE SET json = excluded.json'
            " WHERE json_extract(json, '$.withdrawn_at') IS NULL"
        )
        self._connection.execute(sql, row)

    def unlink(self, left: str, right: str, type: LinkType, by: str) -> None:  # noqa: A002 - the link's own word
        """Take back a link that a linker made."""
        sql = f'DELETE FROM links WHERE "left" = ? AND "right" = ? AND type = ? AND "by" = ? AND {_MACHINE}'
        self._connection.execute(sql, (left, right, type, by))

    def arrival(self, document_id: str) -> int:
        """The document's place in the order of adding."""
        return self.view.arrival(document_id)

    def _space(self, name: str) -> int:
        """The number of a space, given with its first use."""
        if name not in self._spaces:
            self._spaces[name] = int(self._connection.execute("INSERT INTO trace_spaces (name) VALUES (?)", (name,)).lastrowid or 0)
        return self._spaces[name]


def forget(connection: sqlite3.Connection, document_id: str) -> None:
    """Take away what linkers made of a document and its records; those it was linked with are to be linked anew. Its records must still be there."""
    ids = "(SELECT ?1 UNION ALL SELECT id FROM records WHERE document_id = ?1 UNION ALL SELECT record_id FROM overridden WHERE document_id = ?1)"
    linked = f'FROM links WHERE ("left" IN {ids} OR "right" IN {ids}) AND {_MACHINE}'
    ends = [end for row in connection.execute(f'SELECT "left", "right" {linked}', (document_id,)) for end in row]
    connection.executemany(
        "INSERT OR IGNORE INTO unlinked SELECT key FROM documents WHERE id = ?1 OR id = (SELECT document_id FROM records WHERE id = ?1)",
        [(end,) for end in sorted(set(ends))],
    )
    connection.execute(f"DELETE {linked}", (document_id,))
    for trace in connection.execute("SELECT key, day, terms FROM traces WHERE document_id = ?", (document_id,)).fetchall():
        _drop_postings(connection, *trace)
    connection.execute("DELETE FROM traces WHERE document_id = ?", (document_id,))


def forget_all(connection: sqlite3.Connection) -> None:
    """Take away all that linkers made; every document is to be linked anew."""
    connection.execute(f"DELETE FROM links WHERE {_MACHINE}")
    connection.execute("DELETE FROM postings")
    connection.execute("DELETE FROM traces")
    connection.execute("INSERT OR IGNORE INTO unlinked SELECT key FROM documents")


def _drop_postings(connection: sqlite3.Connection, key: int, day: int, terms: bytes) -> None:
    filed = array("q")
    filed.frombytes(terms)
    connection.executemany("DELETE FROM postings WHERE term = ? AND day = ? AND trace = ?", [(term, day, key) for term in filed])


def _filed(space: int, term: int) -> int:
    """What a term of a space is filed under."""
    return space << _TERM_BITS | term & (1 << _TERM_BITS) - 1


@cache
def _finding(newest: bool) -> str:
    """One statement for some terms at once: of each so many traces, straight from the order of the index."""
    order = "day DESC, trace DESC" if newest else "day, trace"
    one = "SELECT * FROM (SELECT term, trace FROM postings WHERE term = ?{} AND day BETWEEN ?1 AND ?2 ORDER BY " + order + " LIMIT ?3)"
    return " UNION ALL ".join(one.format(n) for n in range(4, 4 + _TOGETHER))
