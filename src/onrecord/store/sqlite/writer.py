"""Writing to the SQLite store: one transaction for each reading, problem, link or run. Reads only what it must to stay idempotent."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from onrecord.errors import SchemaError
from onrecord.model import ActorRef, Decision, Document, Judged, Link, Participant, Problem, Reading, Record
from onrecord.store.base import Closing
from onrecord.store.codec import encode, encode_rest, printable
from onrecord.store.columns import Mentions, check_reading, columns, fold, participants, without_doubles
from onrecord.store.days import first_day, last_day
from onrecord.store.sqlite import reviews
from onrecord.store.sqlite.changes import note, records_of
from onrecord.store.sqlite.connection import transaction
from onrecord.store.sqlite.linking import SqliteLinking, forget, forget_all, linking
from onrecord.store.values import Run


class SqliteWriter(Closing):
    """The Writer of an SQLite store; see :class:`onrecord.store.base.Writer`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._run_id = ""
        self._actors: dict[tuple[str, str, str, str], int] = {}

    def run(self, run: Run) -> None:
        """Make a run known, and the run of what this writer adds from now on."""
        row = (_plain(run.id), encode(run.config), encode(run.versions))
        sql = "INSERT INTO runs VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET config = excluded.config, versions = excluded.versions"
        with transaction(self._connection, self._path):
            self._connection.execute(sql, row)
        self._run_id = run.id

    def add(self, reading: Reading, input_key: str, run_id: str | None = None, problems: Sequence[Problem] = ()) -> bool:
        """Keep a reading and everything in it; True if the store changed."""
        check_reading(reading)
        run = self._run_of(reading, run_id)
        key = printable(input_key)
        entry = _Entry(without_doubles(reading), key, run, problems)
        try:
            with transaction(self._connection, self._path):
                return self._add(entry)
        except BaseException:
            self._actors.clear()  # keys given in a transaction that was undone
            raise

    def problem(self, problem: Problem, input_key: str, run_id: str | None = None) -> None:
        """Log a problem of an input once; without a document the input counts as failed."""
        db, key, run = self._connection, printable(input_key), _plain(self._run_id if run_id is None else run_id)
        with transaction(db, self._path):
            stale = db.execute("UPDATE inputs SET run_id = ?2 WHERE key = ?1 AND state = 'failed' AND run_id <> ?2", (key, run))
            if stale.rowcount:
                db.execute("DELETE FROM problems WHERE input_key = ?", (key,))
            db.execute("INSERT INTO inputs VALUES (?, 'failed', NULL, ?) ON CONFLICT (key) DO NOTHING", (key, run))
            self._log(key, problem)

    def link(self, link: Link) -> None:
        """Keep a link, or what became of it."""
        row = _link_row(link, None, None)
        with transaction(self._connection, self._path):
            self._connection.execute(f"{_LINK} json = excluded.json", row)

    def judge(self, judged: Judged) -> Judged:
        """Keep a person's judgement of a link; the judgement as it is kept."""
        with transaction(self._connection, self._path):
            return reviews.judge(self._connection, judged)

    def decide(self, decision: Decision) -> Decision:
        """Keep a decision and let it take effect; the decision as it is kept."""
        try:
            with transaction(self._connection, self._path):
                return reviews.decide(self._connection, decision, self._put_record)
        except BaseException:
            self._actors.clear()  # keys given in a transaction that was undone
            raise

    def linking(self) -> AbstractContextManager[SqliteLinking]:
        """One transaction for linking documents with each other."""
        return linking(self._connection, self._path)

    def unlink_all(self) -> None:
        """Forget all that linkers made."""
        with transaction(self._connection, self._path):
            forget_all(self._connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _run_of(self, reading: Reading, run_id: str | None) -> str:
        runs = {r.run_id for r in reading.records}
        if len(runs) > 1:
            raise SchemaError(f"document {reading.document.id}: its records come from {len(runs)} runs")
        return run_id if run_id is not None else next(iter(runs), self._run_id)

    def _add(self, entry: _Entry) -> bool:
        """Inside a transaction: the input, and the document if this input's reading is the one to keep."""
        db, document, key = self._connection, entry.reading.document, entry.input_key
        before = db.execute("SELECT state, document_id, run_id FROM inputs WHERE key = ?", (key,)).fetchone()
        if before is not None and before[0] == "done" and before[2] == entry.run_id:
            return False
        db.execute("INSERT INTO runs VALUES (?, '{}', '{}') ON CONFLICT DO NOTHING", (entry.run_id,))
        kept = db.execute("SELECT input_key, run_id FROM documents WHERE id = ?", (document.id,)).fetchone()
        if kept is None or kept[1] != entry.run_id or key <= kept[0]:
            self._put_document(entry)
        db.execute(
            "INSERT INTO inputs VALUES (?, 'done', ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " state = excluded.state, document_id = excluded.document_id, run_id = excluded.run_id",
            (key, document.id, entry.run_id),
        )
        db.execute("DELETE FROM problems WHERE input_key = ?", (key,))
        for problem in (*entry.problems, *entry.reading.issues_log):
            self._log(key, problem)
        if before is not None and before[1] not in (None, document.id):
            self._abandon(before[1], key)
        return True

    def _put_document(self, entry: _Entry) -> None:
        db, document_id = self._connection, entry.reading.document.id
        forget(db, document_id)
        before = records_of(db, document_id)
        known = db.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None
        reviews.forget_document(db, document_id)
        db.execute("DELETE FROM records WHERE document_id = ?", (document_id,))
        names = "id, title, publisher, publisher_folded, published, first_day, last_day, language, url, text, rest, input_key, run_id"
        again = ", ".join(f"{name} = excluded.{name}" for name in ("title", "language", "url", "rest", "input_key", "run_id"))
        marks = ", ".join("?" * len(entry.document_row))
        db.execute(f"INSERT INTO documents ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {again}", entry.document_row)  # noqa: S608
        db.execute("DELETE FROM layers WHERE document_id = ?", (document_id,))
        db.execute("INSERT INTO layers VALUES (?, ?, ?, ?, ?)", entry.layers_row)
        self._let_links_go(document_id)
        db.executemany(f"{_LINK} document_id = excluded.document_id, position = excluded.position", entry.link_rows)
        db.execute("INSERT OR IGNORE INTO unlinked SELECT key FROM documents WHERE id = ?", (document_id,))
        published = entry.reading.document.published
        mentions = Mentions(entry.reading.mentions)
        for position, (record, text) in enumerate(entry.records):
            self._put_record(record, text, position, published, mentions)
        reviews.settle_document(db, document_id, self._put_record)
        note(db, "changed" if known else "added", "document", [document_id])
        note(db, "withdrawn", "record", sorted(before - records_of(db, document_id)))

    def _let_links_go(self, document_id: str) -> None:
        """Remove the links of a document's reading; those that were withdrawn stay, for a withdrawal outlasts the reading."""
        self._connection.execute("DELETE FROM links WHERE document_id = ? AND json_extract(json, '$.withdrawn_at') IS NULL", (document_id,))
        self._connection.execute("UPDATE links SET document_id = NULL, position = NULL WHERE document_id = ?", (document_id,))

    def _put_record(self, record: Record, text: str, position: int, published: str | None, mentions: Mentions) -> None:
        c = columns(record, published)
        row = (
            record.id, record.kind, record.document_id, position, record.evidence.start, c.first_day, c.last_day, c.type, c.stance, c.status, c.issue,
            fold(c.issue_label) if c.issue_label else None, c.form, record.statement_id, c.record_id, record.confidence, c.words, c.about, text,
        )  # fmt: skip
        key = self._connection.execute(
            "INSERT INTO records (id, kind, document_id, position, start, first_day, last_day, type, stance, status, issue, issue_folded, form,"
            " statement_id, record_id, confidence, words, about, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        ).lastrowid
        found = [(key, role, i, self._actor(p.actor), _mention(p)) for i, (role, p) in enumerate(participants(record, mentions))]
        self._connection.executemany("INSERT INTO participants VALUES (?, ?, ?, ?, ?)", found)

    def _actor(self, actor: ActorRef | None) -> int | None:
        """The key of an actor as written, made if it is new."""
        if actor is None:
            return None
        row = (actor.id, actor.name, actor.kind, actor.country or "")
        if row not in self._actors:
            db = self._connection
            db.execute("INSERT INTO actors (id, name, kind, country, folded) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", (*row, fold(actor.name)))
            found = db.execute("SELECT key FROM actors WHERE id = ? AND name = ? AND kind = ? AND country = ?", row).fetchone()
            self._actors[row] = int(found[0])
        return self._actors[row]

    def _log(self, input_key: str, problem: Problem) -> None:
        row = [printable(text) for text in (problem.code, problem.message, problem.where, problem.hint)]
        place = "(SELECT count(*) FROM problems WHERE input_key = ?1)"
        self._connection.execute(f"INSERT INTO problems SELECT ?1, {place}, ?2, ?3, ?4, ?5 WHERE true ON CONFLICT DO NOTHING", (input_key, *row))

    def _abandon(self, document_id: str, input_key: str) -> None:
        """``input_key`` no longer gives this document: remove it, unless another input does."""
        db = self._connection
        other = db.execute("SELECT min(key) FROM inputs WHERE document_id = ?", (document_id,)).fetchone()[0]
        if other is None:
            self._let_links_go(document_id)
            forget(db, document_id)
            db.execute("DELETE FROM unlinked WHERE document = (SELECT key FROM documents WHERE id = ?)", (document_id,))
            note(db, "withdrawn", "record", sorted(records_of(db, document_id)))
            note(db, "withdrawn", "document", [document_id])
            reviews.forget_document(db, document_id)
            db.execute("DELETE FROM records WHERE document_id = ?", (document_id,))
            db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        else:
            db.execute("UPDATE documents SET input_key = ? WHERE id = ? AND input_key = ?", (other, document_id, input_key))


class _Entry:
    """A reading made ready for its rows, so that the write lock is held only while rows are written. Raises SchemaError."""

    def __init__(self, reading: Reading, input_key: str, run_id: str, problems: Sequence[Problem]) -> None:
        self.reading, self.input_key, self.run_id, self.problems = reading, input_key, _plain(run_id), problems
        self.document_row = _document_row(reading.document, input_key, run_id)
        self.layers_row = (reading.document.id, *(encode(layer) for layer in (reading.times, reading.places, reading.mentions, reading.issues_log)))
        self.records = [(record, encode(record)) for record in reading.records]
        self.link_rows = [_link_row(link, reading.document.id, n) for n, link in enumerate(reading.links)]


_LINK = (
    'INSERT INTO links ("left", "right", type, "by", created_at, json, document_id, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
    ' ON CONFLICT ("left", "right", type, "by", created_at) DO UPDATE SET'
)
"""What is set where the decision is known already: its content by whoever decides, only its place by a reading."""


def _link_row(link: Link, document_id: str | None, position: int | None) -> tuple[str | int | None, ...]:
    return (link.left, link.right, link.type, link.by, link.created_at, encode(link), document_id, position)


def _document_row(document: Document, input_key: str, run_id: str) -> tuple[str | None, ...]:
    d = document
    for text in (d.id, d.text, d.title, d.publisher, d.published, d.language, d.url):
        _plain(text or "")
    folded = fold(d.publisher) if d.publisher else None
    days = (first_day(d.published), last_day(d.published))
    return (d.id, d.title, d.publisher, folded, d.published, *days, d.language, d.url, d.text, encode_rest(d), input_key, run_id)


def _mention(participant: Participant) -> str | None:
    return fold(participant.mention.text) if participant.mention else None


def _plain(text: str) -> str:
    """``text`` if it can be stored; raises SchemaError for a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SchemaError(f"a lone surrogate (U+{ord(text[error.start]):04X}) cannot be stored") from error
    return text
