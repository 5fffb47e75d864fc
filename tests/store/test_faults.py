"""What may happen to an SQLite store's file: full disks, lost permissions, damage, locks, kills between any two steps, older and newer schemas."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.errors import OnrecordError, StoreBusy, StoreError, StoreTooNew
from onrecord.store import Selection, dump, open_store
from onrecord.store.sqlite.connection import connect
from onrecord.store.sqlite.migrations import Migration, migrate, migrations, version
from store.builders import key_of, sample
from store.contract import content, fill, found
from store.durable import fork

READINGS = [sample(n) for n in range(12)]
NOBODY = 65534


def opened(path: Path) -> list[str]:
    """Open, check and read everything."""
    with open_store(path) as store, store.view() as view:
        return list(dump(view))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all readings, closed; not to be written."""
    path = tmp_path_factory.mktemp("whole") / "s.onrecord"
    with open_store(path, create=True) as store:
        fill(store, READINGS)
    return path


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "copy.onrecord"))


def status(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(step: int, connection: sqlite3.Connection) -> None:
    """Have ``connection`` kill this process, as kill -9 does, when it begins its ``step``-th statement."""
    left = iter(range(step))
    connection.set_trace_callback(lambda _: None if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL))


# opening


def nothing(_: Path) -> None:
    """Make no file."""


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("missing.onrecord", nothing, "no store here"),
        ("folder", Path.mkdir, "a folder"),
        ("text.txt", lambda p: p.write_text("Not a store, but text that is long enough to have a header. " * 40), "not an onrecord store"),
        ("other.db", lambda p: sqlite3.connect(p).execute("CREATE TABLE t (x)").connection.close(), "not an onrecord store"),
        ("no/such/folder/s", nothing, "no store here"),
        ("nul\0name", nothing, "NUL"),
        ("empty", Path.touch, "no store here"),
        ("fifo", os.mkfifo, "not an onrecord store"),
        ("x" * 300, nothing, "too long"),
    ],
)
def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path, name: str, make: Callable[[Path], object], says: str) -> None:
    make(tmp_path / name)
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / name)
    assert says in caught.value.message
    assert "\n" not in caught.value.message + caught.value.hint


def test_a_store_cannot_be_made_over_another_file_or_in_no_folder(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("precious " * 200)
    for path in (text, tmp_path / "no" / "folder" / "s"):
        with pytest.raises(StoreError):
            open_store(path, create=True)
    assert text.read_text() == "precious " * 200


@pytest.mark.parametrize("name", ["spaces and 100%.onrecord", "frage?.db", "raute#1", "naïve 日本", "mode=memory&x", "a:b"])
def test_a_path_is_a_path_whatever_its_characters(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / name, create=True) as store:
        fill(store, READINGS[:1])
    assert (tmp_path / name).stat().st_size
    assert len(opened(tmp_path / name)) == 4


def test_reading_leaves_no_file_behind(copy: Path) -> None:
    opened(copy)
    assert [p.name for p in copy.parent.iterdir()] == [copy.name]


# schema


def test_a_newer_store_is_refused_and_left_alone(copy: Path) -> None:
    db = sqlite3.connect(copy)
    db.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    db.close()
    before = copy.read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        open_store(copy)
    assert "upgrade" in caught.value.hint
    assert copy.read_bytes() == before


def test_migrations_are_numbered_without_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))
    assert all(step.name.startswith(f"{step.number:03}_") for step in migrations())


LATER = Migration(
    len(migrations()) + 1,
    "later",
    "ALTER TABLE runs ADD COLUMN note TEXT;\nCREATE TABLE notes (id TEXT) STRICT;\n"
    "INSERT INTO notes SELECT id FROM documents;\nUPDATE runs SET note = id;\n",
)


def test_a_migration_interrupted_at_any_step_is_as_if_it_had_not_begun(copy: Path, tmp_path: Path) -> None:
    steps = (*migrations(), LATER)
    before = opened(copy)
    done = False
    for step in range(40):
        path = Path(shutil.copy(copy, tmp_path / f"{step}.onrecord"))

        def work(path: Path = path, step: int = step) -> None:
            db = connect(path)
            killed_at(step, db)
            migrate(db, path, steps)

        done = status(fork(work)) == 0
        again = connect(path)
        assert version(again) in (len(migrations()), LATER.number)
        assert (again.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'").fetchone()[0] == 1) == (version(again) == LATER.number)
        migrate(again, path, steps)
        assert version(again) == LATER.number
        assert again.execute("SELECT count(*) FROM notes").fetchone()[0] == len(READINGS)
        again.close()
        if done:
            break
    assert done
    assert step > len(LATER.sql.splitlines())
    assert opened(copy) == before


def test_making_a_store_interrupted_at_any_step_can_be_done_again(tmp_path: Path) -> None:
    for step in range(0, 170, 3):
        path = tmp_path / f"{step}.onrecord"

        def work(path: Path = path, step: int = step) -> None:
            db = connect(path, create=True)
            killed_at(step, db)
            migrate(db, path)

        ended = status(fork(work))
        with open_store(path, create=True) as store:
            fill(store, READINGS[:1])
            assert store.check() == []
        if ended == 0:
            break
    assert ended == 0


def test_two_processes_may_make_the_same_store(tmp_path: Path) -> None:
    children = [fork(lambda: open_store(tmp_path / "s", create=True).close()) for _ in range(6)]
    assert [status(child) for child in children] == [0] * 6


# kills


def test_killed_between_any_two_statements_of_an_add_nothing_is_half_written(whole: Path, tmp_path: Path) -> None:
    first, again = sample(1), sample(1, "run-2")
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store:
        fill(store, [first])
        old = content(store)
    shutil.copy(path, tmp_path / "new.onrecord")
    with open_store(tmp_path / "new.onrecord") as store:
        fill(store, [again])
        new = content(store)
    for step in range(200):
        mine = Path(shutil.copy(path, tmp_path / f"{step}.onrecord"))

        def work(mine: Path = mine, step: int = step) -> None:
            with open_store(mine) as store, store.writer() as w:
                killed_at(step, w._connection)
                w.add(again, key_of(again))

        ended = status(fork(work))
        with open_store(mine) as store:
            assert store.check() == []
            assert content(store) in (old, new)
            fill(store, [again])
            assert content(store) == new
        if ended == 0:
            break
    assert ended == 0
    assert step > 20


# disks


def test_a_disk_that_fills_gives_one_clear_line_and_keeps_what_is_whole(tmp_path: Path, whole: Path) -> None:
    expected = opened(whole)
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store:
        fill(store, READINGS[:2])
        store.view().close()

    def work() -> None:
        with open_store(path) as store, store.writer() as w:
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 60_000,) * 2)
            with pytest.raises(StoreError, match="disk") as caught:
                for n in range(10_000):
                    w.add(sample(n), key_of(sample(n)))
            assert "space" in caught.value.hint

    assert status(fork(work)) == 0
    with open_store(path) as store:
        assert store.check() == []
        kept = {d.id for d in store.view().documents()}
        assert len(kept) >= 2
        fill(store, READINGS)
        assert set(expected) <= set(content(store)) | {line for line in expected if line.startswith('{"run"')}


def test_sqlite_out_of_pages_gives_one_clear_line(copy: Path) -> None:
    with open_store(copy) as store:
        before = content(store)
        with store.writer() as w:
            w._connection.execute("PRAGMA max_page_count = 1")
            with pytest.raises(StoreError, match="the disk is full"):
                for n in range(100, 400):
                    w.add(sample(n), key_of(sample(n)))
        assert set(before[1:]) <= set(content(store))
        assert store.check() == []


@pytest.fixture
def as_nobody(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], object]], int]:
    """Run something in a child process without the rights of root."""

    def run(work: Callable[[], object]) -> int:
        def without_rights() -> None:
            if os.getuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            work()

        return status(fork(without_rights))

    return run


@pytest.fixture
def locked(whole: Path) -> Iterator[Path]:
    """A copy of the store in a folder that nobody may write, on a path that all may read."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    path = Path(shutil.copy(whole, folder / "s.onrecord"))
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_store_that_cannot_be_written_can_be_read(locked: Path, whole: Path, as_nobody: Callable[[Callable[[], object]], int]) -> None:
    expected = opened(whole)

    def work() -> None:
        assert opened(locked) == expected
        with open_store(locked) as store:
            assert store.has_input(key_of(READINGS[0]), "run-1")
            assert store.check() == []
            with pytest.raises(StoreError, match="cannot be written"):
                store.writer()

    assert as_nobody(work) == 0


def test_a_store_that_cannot_be_read_is_refused_in_one_line(locked: Path, as_nobody: Callable[[Callable[[], object]], int]) -> None:
    locked.chmod(0o000)

    def work() -> None:
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(locked)

    assert as_nobody(work) == 0


def test_a_store_cannot_be_made_where_nobody_may_write(locked: Path, as_nobody: Callable[[Callable[[], object]], int]) -> None:
    def work() -> None:
        with pytest.raises(StoreError, match="cannot be"):
            open_store(locked.with_name("new.onrecord"), create=True)

    assert as_nobody(work) == 0


# damage


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_file_gives_an_error_or_its_content_never_a_crash(copy: Path, seed: int) -> None:
    r = random.Random(seed)
    data = bytearray(copy.read_bytes())
    if seed % 5 == 0:
        del data[r.randrange(len(data)) :]
    else:
        at = r.randrange(len(data) - 400)
        data[at : at + r.choice([1, 40, 400])] = r.randbytes(1)
    copy.write_bytes(bytes(data))
    try:
        with open_store(copy) as store:
            store.check()
            content(store)
            found(store, text="harbour")
            fill(store, [sample(99)])
    except OnrecordError as error:
        assert "\n" not in error.message


# locks


def test_a_lock_held_too_long_is_busy_and_then_it_works(copy: Path) -> None:
    other = sqlite3.connect(copy, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(copy, busy_seconds=0.05) as store, store.writer() as w:
        with pytest.raises(StoreBusy) as caught:
            w.add(sample(50), "50")
        assert "another process" in caught.value.message
        assert len(opened(copy)) == len(content(store))  # readers do not wait
        other.execute("ROLLBACK")
        other.close()
        assert w.add(sample(50), "50")


# plans


@pytest.mark.parametrize(
    "wanted",
    [{"actor": "RUR"}, {"actor": "Lund"}, {"about": "harbour"}, {"issue": "taiwan-status"}, {"type": "ASSAULT"}, {"text": "harbour"},
     {"document_id": "x"}, {"publisher": "North Wire"}, {"statement_id": "x"}, {"via": "BOR"}, {"since": "2031", "limit": 5}, {"limit": 5}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("kind", [None, "position"])
def test_no_query_reads_all_records(whole: Path, kind: str | None, wanted: dict[str, str]) -> None:
    from onrecord.store.sqlite.select import records_query

    db = connect(whole)
    sql, values = records_query(db, kind, Selection(**wanted))
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", list(values))]
    db.close()
    assert not [line for line in plan if line.startswith(("SCAN r ", "SCAN records", "SCAN participants")) and "USING INDEX records_" not in line]
    assert not [line for line in plan if line == "SCAN r"]
