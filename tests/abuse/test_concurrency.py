"""ABUSE group 10: a server, an ``add`` and reviewers at one store; two ingests of one file; old or new, never a mix; migrations; newer stores.

That a migration interrupted at any step can be run again, and that a newer store is refused and left alone, is tested statement by statement in
``tests/store/test_faults.py``; here the same is asked of the desk and its own file.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import Reader, app
from onrecord.desk import desk_of, open_desk, tokens
from onrecord.errors import StoreTooNew
from onrecord.store import dump, open_store
from onrecord.web.server import create

BASE = "http://127.0.0.1"
SENTENCES = ("Ruritania condemned Borduria’s blockade of the strait.", "“We will talk to Borduria,” President Rudolf Elphberg said in Strelsau.")


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    """Eight short reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    made = []
    for number in range(8):
        made.append(folder / f"{number}.txt")
        made[-1].write_text(f"Report {number} from Strelsau.\n\n" + "\n\n".join(SENTENCES) + "\n", encoding="utf-8")
    return made


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample store."""
    path = tmp_path / "world.onrecord"
    path.write_bytes(sample_store.read_bytes())
    return path


def all_at_once(*work: Callable[[], None]) -> None:
    """Run all of it at the same time; the first fault of any is raised."""
    faults: list[BaseException] = []

    def guarded(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as error:  # noqa: BLE001 - raised below, in the thread that the test runs in
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    if faults:
        raise faults[0]


def test_server_and_add_and_reviewers_at_one_store(store: Path, reports: list[Path], reader: Reader) -> None:
    with open_store(store) as opened, opened.view() as view:
        chosen = [record.id for record in view.records("statement")][:12]
    seen: list[int] = []

    def add() -> None:
        for path in reports:
            app.add(store, [path], reader=reader, published="2026-11-01", publisher="The Strelsau Post")

    def review(name: str) -> Callable[[], None]:
        def work() -> None:
            for record_id in chosen:
                app.decide(store, record_id, "accept", by=name)

        return work

    with TestClient(create(store), base_url=BASE) as client:

        def read() -> None:
            for _ in range(25):
                for address in ("/api/statements?limit=1000", "/api/standing", "/", "/api/changes?since=0&limit=1000"):
                    answer = client.get(address)
                    assert answer.status_code == 200, answer.text
                    if "statements" in address:
                        seen.append(len(answer.json()["rows"]))

        all_at_once(add, review("Ada"), review("Ben"), read)
        assert seen == sorted(seen)  # nothing that was there is gone again
    with open_store(store) as opened, opened.view() as view:
        assert opened.check() == []
        assert sum(1 for _ in view.documents()) == 6 + len(reports)
        assert sum(1 for _ in view.decisions()) == 2 * len(chosen)


def test_two_ingests_of_the_same_files_give_each_report_once(tmp_path: Path, reports: list[Path], reader: Reader) -> None:
    together, alone = tmp_path / "together.onrecord", tmp_path / "alone.onrecord"
    open_store(together, create=True).close()
    work = (lambda: app.add(together, reports, reader=reader, published="2026-11-01"),) * 2
    all_at_once(*[lambda one=one: one() and None for one in work])
    app.add(alone, reports, reader=reader, published="2026-11-01")
    with open_store(together) as first, open_store(alone) as second:
        assert first.check() == []
        with first.view() as left, second.view() as right:
            assert list(dump(left)) == list(dump(right))


def test_a_reader_sees_a_report_whole_or_not_at_all(store: Path, reports: list[Path], reader: Reader) -> None:
    """While reports are added, every page of the API that names a report can show it, and its counts are its records."""
    done = threading.Event()
    with TestClient(create(store), base_url=BASE) as client:

        def add() -> None:
            try:
                for path in reports:
                    app.add(store, [path], reader=reader, published="2026-11-01", publisher="The Strelsau Post")
            finally:
                done.set()

        def read() -> None:
            while not done.is_set():
                for row in client.get("/api/documents?limit=1000").json()["rows"]:
                    whole = client.get(f"/api/documents/{row['id']}").json()
                    assert {kind: len(whole[kind]) for kind in ("statements", "events", "positions", "relations")} == {
                        kind: row[kind] for kind in ("statements", "events", "positions", "relations")
                    }

        all_at_once(add, read)


def test_the_desk_file_is_made_by_two_at_once(tmp_path: Path) -> None:
    path = tmp_path / "world.onrecord"
    open_store(path, create=True).close()
    code = "import sys; from onrecord.desk import open_desk, tokens; print(tokens.make(open_desk(sys.argv[1]), sys.argv[2], 'reader'))"
    made = [subprocess.Popen([sys.executable, "-c", code, str(path), name], stdout=subprocess.PIPE) for name in ("Ada", "Ben", "Cleo")]
    found = [process.communicate(timeout=60)[0].decode().strip() for process in made]
    assert [process.returncode for process in made] == [0, 0, 0]
    assert [tokens.person(open_desk(path), token).name for token in found] == ["Ada", "Ben", "Cleo"]


def test_a_newer_desk_file_is_refused_and_left_alone(store: Path) -> None:
    open_desk(store)
    with sqlite3.connect(desk_of(store)) as db:
        db.execute("PRAGMA user_version = 99")
    before = desk_of(store).read_bytes()
    with pytest.raises(StoreTooNew):
        create(store)
    assert desk_of(store).read_bytes() == before


def test_an_answer_beside_the_server_is_of_one_moment(store: Path, reports: list[Path], reader: Reader) -> None:
    """All pages of a list, begun before an add, name each record once; none of the records that were there is missing."""
    with TestClient(create(store), base_url=BASE) as client:
        first = {row["id"] for row in client.get("/api/events?limit=1000").json()["rows"]}
        found: list[str] = []
        address: str | None = "/api/events?limit=7"
        for path in [*reports, *[None] * 1000]:
            if address is None:
                break
            page = client.get(address).json()
            found += [row["id"] for row in page["rows"]]
            if path is not None:
                app.add(store, [path], reader=reader, published="2026-11-01", publisher="The Strelsau Post")
            address = page["next"]
        assert len(found) == len(set(found)), json.dumps(found)
        assert first <= set(found)
