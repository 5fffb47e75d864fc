"""Reading the SQLite store: a snapshot held by a read transaction. Writes nothing; what a selection means is in ``select``."""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args
from weakref import WeakSet

from onrecord.errors import NotThere, QueryError, StoreError
from onrecord.model import (
    Decision,
    Document,
    Event,
    Judged,
    Link,
    Participant,
    Place,
    Position,
    Problem,
    Reading,
    Record,
    Relation,
    Statement,
    TimeExpression,
)
from onrecord.model.links import LinkType
from onrecord.model.records import KINDS
from onrecord.store.base import Closing
from onrecord.store.codec import DOCUMENT_COLUMNS, decode, decode_decision, decode_document, decode_list, decode_object, decode_record
from onrecord.store.columns import fold
from onrecord.store.sqlite.connection import meaning, translated
from onrecord.store.sqlite.select import (
    among_query,
    count_query,
    days_query,
    parts_query,
    records_query,
    undecided_query,
)
from onrecord.store.sqlite.select_documents import document_count_query, documents_query, published_query
from onrecord.store.standing import Reviewed, State
from onrecord.store.values import ALL, Change, Counted, InputItem, LoggedProblem, Named, Part, Published, RecordKind, Run, Selection, Tie

_DOCUMENT = f"SELECT {', '.join(DOCUMENT_COLUMNS)}, rest FROM documents"

_TIES = """
SELECT "left", "right", type, json ->> '$.judgement', json ->> '$.score', "by", created_at, seq IS NOT NULL AND json ->> '$.settles' FROM links k
WHERE type IN (SELECT value FROM json_each(?)) AND json ->> '$.withdrawn_at' IS NULL AND (created_at = '' OR NOT EXISTS (
  SELECT 1 FROM links l WHERE l."left" = k."left" AND l."right" = k."right" AND l.type = k.type AND l."by" = k."by" AND l.created_at > k.created_at
  UNION ALL
  SELECT 1 FROM links l WHERE l."left" = k."right" AND l."right" = k."left" AND l.type = k.type AND l."by" = k."by" AND l.created_at > k.created_at
))
"""
# What a person judged of a pair gives way to what the same one judged later, be it the other way round.

_SHARED = """ AND (min("left", "right"), max("left", "right"), +type) IN (
  SELECT min("left", "right"), max("left", "right"), type FROM links WHERE created_at <> '' GROUP BY 1, 2, 3 HAVING count(DISTINCT "by") > 1
)"""

# Documents are told by key, and records by their document's id, from indexes alone: texts and records are not read.
_RUNS = """
WITH of_document AS MATERIALIZED (SELECT document_id AS id, count(*) AS records FROM records GROUP BY document_id),
  of_key AS MATERIALIZED (SELECT d.key, o.records FROM of_document o CROSS JOIN documents d ON d.id = o.id),
  counted AS MATERIALIZED (
    SELECT d.run_id, count(*) AS documents, coalesce(sum(k.records), 0) AS records
    FROM documents d INDEXED BY documents_by_run LEFT JOIN of_key k ON k.key = d.key GROUP BY d.run_id
  )
SELECT r.id, r.config, r.versions, coalesce(c.documents, 0), coalesce(c.records, 0) FROM runs r LEFT JOIN counted c ON c.run_id = r.id ORDER BY r.id
"""
_ACTORS_BEGINNING = """
SELECT name FROM actors a
WHERE folded >= ?1 AND folded < ?1 || char(0x10FFFF) AND EXISTS (SELECT 1 FROM participants p WHERE p.actor = a.key)
GROUP BY folded, name ORDER BY folded, name LIMIT ?2
"""
# From each publisher to the next one by the index: reports are not read one by one.
_PUBLISHERS_BEGINNING = """
WITH RECURSIVE next(folded) AS (
  SELECT min(publisher_folded) FROM documents WHERE publisher_folded >= ?1
  UNION ALL
  SELECT (SELECT min(publisher_folded) FROM documents WHERE publisher_folded > folded) FROM next WHERE folded < ?1 || char(0x10FFFF)
)
SELECT (SELECT min(publisher) FROM documents WHERE publisher_folded = folded) FROM next WHERE folded < ?1 || char(0x10FFFF) LIMIT ?2
"""
_STEPS = 20_000
"""So many steps of SQLite's machine, some tenths of a millisecond, lie between two looks at the clock."""


class SqliteView(Closing):
    """The View of an SQLite store; see :class:`onrecord.store.base.View`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, inside: bool = False) -> None:
        """``inside``: sees the connection's own open transaction, in place of a snapshot."""
        self._connection = connection
        self._path = path
        self._inside = inside
        self._reading: WeakSet[sqlite3.Cursor] = WeakSet()
        if inside:
            return
        try:
            with translated(path):
                connection.execute("PRAGMA query_only = ON")
                self._begin()
        except StoreError:
            connection.close()
            raise

    def renew(self) -> None:
        """See the store as it is now, on the same connection."""
        if self._inside:
            return  # it sees its transaction as it is anyway
        with translated(self._path):
            for cursor in list(self._reading):
                cursor.close()  # one that is not read to its end would hold the former snapshot
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._begin()

    def documents(self, selection: Selection = ALL) -> Iterator[Document]:
        """Documents by date and id."""
        with self._asking():
            sql, values = documents_query(self._connection, selection)
        for (key,) in self._rows(sql, values):
            *columns, rest = self._row(f"{_DOCUMENT} WHERE key = ?", key)
            yield decode_document(columns, rest)

    def document(self, document_id: str) -> Document:
        """The document with this id, or with the only id that begins so."""
        *columns, rest = self._named(f"{_DOCUMENT} WHERE id = ?", "document", document_id)
        return decode_document(columns, rest)

    def reading(self, document_id: str) -> Reading:
        """Everything read from one document, as it was added and people have decided since."""
        document = self.document(document_id)
        records = list(self._decoded("SELECT kind, json FROM records WHERE document_id = ? ORDER BY position", [document.id]))
        sql = "SELECT times, places, mentions, issues_log FROM layers WHERE document_id = ?"
        times, places, mentions, log = self._row(sql, document.id)
        there = {document.id, *(r.id for r in records)}  # people may have rejected what a link of the reading leads to
        return Reading(
            document=document,
            statements=tuple(r for r in records if isinstance(r, Statement)),
            events=tuple(r for r in records if isinstance(r, Event)),
            positions=tuple(r for r in records if isinstance(r, Position)),
            relations=tuple(r for r in records if isinstance(r, Relation)),
            times=decode_list(TimeExpression, times),
            places=decode_list(Place, places),
            mentions=decode_list(Participant, mentions),
            issues_log=decode_list(Problem, log),
            links=tuple(link for link in self._links("WHERE document_id = ? ORDER BY position", document.id) if {link.left, link.right} <= there),
        )

    def records(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        """Records of one kind, or of all, by date, document, offset of the evidence, id."""
        with self._asking():
            sql, values = records_query(self._connection, kind, selection)
        return self._decoded(sql, values)

    def among(self, ids: Collection[str], kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        """Those of some records that a selection wants, in the order of records."""
        with self._asking():
            sql, values = among_query(self._connection, ids, kind, selection)
        return self._decoded(sql, values)

    def days(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[tuple[RecordKind, str, str, int]]:
        """How many of these records there are of each kind and span of days."""
        with self._asking():
            sql, values = days_query(self._connection, kind, selection)
        for row in self._rows(sql, values):
            yield row[0], row[1], row[2], row[3]

    def count(self, kind: Counted, selection: Selection, most: int, seconds: float) -> tuple[int, bool]:
        """How many of these there are, up to a bound, and whether these are all."""
        ends = time.monotonic() + seconds
        self._connection.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
        found = 0
        try:
            if kind == "document":
                sql, values = document_count_query(self._connection, selection, most + 1)
            else:
                sql, values = count_query(self._connection, kind, selection, most + 1)
            for _ in self._connection.execute(sql, tuple(values)):
                found += 1
        except sqlite3.Error as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise meaning(error, self._path) from error
            return min(found, most), False
        finally:
            self._connection.set_progress_handler(None, 0)
        return min(found, most), found <= most

    def counts(self, document_id: str) -> Mapping[RecordKind, int]:
        """How many records of each kind a document has."""
        rows = dict(self._rows("SELECT kind, count(*) FROM records WHERE document_id = ? GROUP BY kind", [document_id]))
        return {kind: rows.get(kind, 0) for kind in get_args(RecordKind)}

    def record(self, record_id: str) -> Record:
        """The record with this id, or with the only id that begins so."""
        kind, text = self._named("SELECT kind, json FROM records WHERE id = ?", "record", record_id)
        return decode(KINDS[kind], text)

    def machine(self, record_id: str) -> Record | None:
        """What the machine reads under an id."""
        for sql in ("SELECT json FROM overridden WHERE record_id = ?", "SELECT json FROM records WHERE id = ?"):
            for (text,) in self._rows(sql, [record_id]):
                return None if text is None else decode_record(text)
        return None

    def decisions(
        self, *, record_id: str | None = None, document_id: str | None = None, by: str | None = None, newest: bool = False
    ) -> Iterator[Decision]:
        """What people decided, in order."""
        where, values = _equal({"record_id": record_id, "document_id": document_id, '"by"': by})
        for (text,) in self._rows(f"SELECT json FROM decisions{where} ORDER BY seq{' DESC' if newest else ''}", values):
            yield decode_decision(text)

    def reviewers(self) -> Iterator[str]:
        """Everybody who ever decided on a record."""
        for (name,) in self._rows('SELECT DISTINCT "by" FROM decisions ORDER BY "by"'):
            yield name

    def reviewed(self, *, record_id: str | None = None, document_id: str | None = None, state: State | None = None) -> Iterator[Reviewed]:
        """The records on which a decision counts."""
        where, values = _equal({"record_id": record_id, "document_id": document_id, "state": state})
        for row in self._rows(f"SELECT record_id, document_id, kind, state, machine FROM reviewed{where} ORDER BY record_id", values):
            yield Reviewed(*row)

    def states(self) -> Mapping[State, int]:
        """How many records are in each state."""
        return dict(self._rows("SELECT state, count(*) FROM reviewed GROUP BY state ORDER BY state"))

    def undecided(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        """The records on which no decision counts, the least sure first."""
        with self._asking():
            sql, values = undecided_query(self._connection, kind, selection)
        return self._decoded(sql, values)

    def links(self, ids: Collection[str] | None = None, types: Collection[LinkType] | None = None) -> Iterator[Link]:
        """All links, or those of some ends or types; withdrawn ones too."""
        conditions, values = [], []
        if ids is not None:
            conditions.append('("left" IN (SELECT value FROM json_each(?1)) OR "right" IN (SELECT value FROM json_each(?1)))')
            values.append(json.dumps(sorted(ids)))
        if types is not None:
            few = "" if ids is None else "+"  # the ends say which links are read
            conditions.append(f"{few}type IN (SELECT value FROM json_each(?{len(values) + 1}))")
            values.append(json.dumps(sorted(types)))
        where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
        return self._links(f'{where}ORDER BY "left", "right", type, "by", created_at', *values)

    def parts(self, roles: Collection[str], selection: Selection = ALL) -> Iterator[Part]:
        """Who has one of these roles in the records wanted."""
        with self._asking():
            sql, values = parts_query(self._connection, roles, selection)
        return map(Part._make, self._rows(sql, values))

    def published(self, selection: Selection = ALL) -> Iterator[Published]:
        """What each publisher brought."""
        with self._asking():
            sql, values = published_query(self._connection, selection)
        rows = list(self._rows(sql, values))
        for publisher, kind, documents, since, until in rows:
            if not kind:
                records = {of: count for name, of, count, _, _ in rows if of and name == publisher}
                yield Published(publisher, documents, since, until, {of: records.get(of, 0) for of in get_args(RecordKind)})

    def ties(self, types: Collection[LinkType]) -> Iterator[Tie]:
        """The links of some types that stand, without their grounds."""
        for *link, settles in self._rows(_TIES, [json.dumps(sorted(types))]):
            yield Tie._make((*link, bool(settles)))

    def judgements(self, *, shared: bool = False, by: str | None = None) -> Iterator[Link]:
        """What people judged of links, the oldest first."""
        where = "created_at <> ''" + (_SHARED if shared else "") + ("" if by is None else ' AND "by" = ?')
        return self._links(f'WHERE {where} ORDER BY created_at, "left", "right", type, "by"', *([] if by is None else [by]))

    def arrival(self, document_id: str) -> int:
        """The document's place in the order of adding."""
        for (key,) in self._rows("SELECT key FROM documents WHERE id = ?", [document_id]):
            return int(key)
        raise NotThere(f"no document has the id {document_id!r}")

    def changes(self, since: int = 0, limit: int | None = None) -> Iterator[Change]:
        """What changed behind a change number, in order."""
        sql = "SELECT seq, at, what, kind, id FROM changes WHERE seq > ? ORDER BY seq LIMIT ?"
        for row in self._rows(sql, [since, -1 if limit is None else limit]):
            yield Change(*row)

    def version(self) -> int:
        """The number of the last change."""
        return int(self._row("SELECT coalesce(max(seq), 0) FROM changes")[0])

    def size(self) -> int:
        """About how many records there are."""
        return int(self._row("SELECT coalesce(max(key), 0) FROM records")[0])

    def problems(self) -> Iterator[LoggedProblem]:
        """The issues log, by input, in the order of logging."""
        sql = 'SELECT p.input_key, i.document_id, p.code, p.message, p."where", p.hint FROM problems p JOIN inputs i ON i.key = p.input_key'
        for key, document_id, *problem in self._rows(f"{sql} ORDER BY p.input_key, p.position"):
            yield LoggedProblem(key, document_id, Problem(*problem))

    def inputs(self) -> Iterator[InputItem]:
        """Every input item by key."""
        for row in self._rows("SELECT key, state, document_id, run_id FROM inputs ORDER BY key"):
            yield InputItem(*row)

    def runs(self) -> Iterator[Run]:
        """Every run by id, with its counts."""
        for run_id, config, versions, *counts in self._rows(_RUNS):
            yield Run(run_id, decode_object(config), decode_object(versions), *counts)

    def search(self, text: str, limit: int | None = None) -> Iterator[Document]:
        """Documents whose title or text holds all words of ``text``."""
        return self.documents(Selection(text=text, limit=limit))

    def publishers(self) -> Iterator[str]:
        """The publishers of all documents, in order, each once."""
        for (name,) in self._rows("SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL ORDER BY publisher"):
            yield name

    def names(self) -> Iterator[str]:
        """Names and ids of the actors of all records, in order, each once."""
        live = "EXISTS (SELECT 1 FROM participants p WHERE p.actor = a.key)"
        for (name,) in self._rows(f"SELECT name FROM actors a WHERE {live} UNION SELECT id FROM actors a WHERE {live} ORDER BY 1"):
            yield name

    def beginning(self, start: str, of: Named, limit: int) -> Iterator[str]:
        """Names of actors, or publishers, that begin so."""
        for (name,) in self._rows(_ACTORS_BEGINNING if of == "actor" else _PUBLISHERS_BEGINNING, [fold(start), limit]):
            yield name

    def close(self) -> None:
        """Give up the snapshot."""
        self._connection.close()

    def _begin(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute("SELECT 1 FROM runs LIMIT 1").fetchone()  # the snapshot is taken by the first read

    def _asking(self) -> Any:
        return translated(self._path)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            cursor = self._connection.execute(sql, tuple(values))
            self._reading.add(cursor)
            for row in cursor:  # noqa: UP028 - "yield from" closes the cursor when nobody reads on, which fails once the view is closed
                yield row
        except sqlite3.Error as error:
            raise meaning(error, self._path) from error

    def _found(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """The one row there may be."""
        try:
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise meaning(error, self._path) from error
        return row

    def _row(self, sql: str, *values: object) -> tuple[Any, ...]:
        """The one row there must be."""
        if (row := self._found(sql, *values)) is not None:
            return row
        raise StoreError(f"{self._path}: the file is damaged: a row is missing", hint="restore it from a copy, or add the reports to a new store")

    def _decoded(self, sql: str, values: Sequence[object]) -> Iterator[Record]:
        for kind, text in self._rows(sql, values):
            yield decode(KINDS[kind], text)

    def _links(self, sql: str, *values: str) -> Iterator[Link]:
        for text, seq in self._rows(f"SELECT json, seq FROM links {sql}", values):
            yield decode(Link if seq is None else Judged, text)

    def _named(self, sql: str, name: str, prefix: str) -> tuple[Any, ...]:
        """The row of a record or document whose id is ``prefix``, or alone begins with it."""
        prefix = prefix.encode("utf-8", "replace").decode()
        if (row := self._found(sql, prefix)) is not None:
            return row
        beginning = f"SELECT id FROM {name}s WHERE ?1 <> '' AND id >= ?1 AND id < ?1 || char(0x10FFFF) ORDER BY id LIMIT 5"
        found = [row[0] for row in self._rows(beginning, [prefix])]
        if len(found) == 1:
            return self._row(sql, found[0])
        if not found:
            raise NotThere(f"no {name} has the id {prefix!r}", hint="list ids with a query, for example: onrecord statements")
        raise QueryError(f"several {name}s have an id that begins with {prefix!r}", hint="give more of it: " + ", ".join(found))


def _equal(wanted: Mapping[str, str | None]) -> tuple[str, list[str]]:
    """The condition that each of these columns has its value, where one is given."""
    given = {name: value for name, value in wanted.items() if value is not None}
    return (" WHERE " + " AND ".join(f"{name} = ?" for name in given) if given else ""), list(given.values())
