"""What a store on disk must do besides: last beyond its process, whatever kills that, and keep its peace with other processes."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import StoreError
from onrecord.model import Reading, to_dict
from onrecord.store import Selection
from store.builders import key_of, sample
from store.contract import StoreContract, content, fill


class DurableContract(StoreContract):
    """For a store on disk. ``opened``: a function that opens the store at a path, made where there is none."""

    opened: Callable[[Path], Any]
    kills = 60

    def test_it_is_all_there_after_closing(self, tmp_path: Path) -> None:
        with self.opened(tmp_path / "s") as store:
            fill(store, [sample(n) for n in range(5)])
            before = content(store)
        with self.opened(tmp_path / "s") as store:
            assert content(store) == before

    def test_whoever_stops_reading_may_say_so_after_the_view_was_closed(self, tmp_path: Path) -> None:
        with self.opened(tmp_path / "s") as store:
            fill(store, [sample(n) for n in range(5)])
            with store.view() as view:
                rows = view.records("statement")
                next(rows)
            rows.close()

    def test_killed_at_any_moment_it_is_whole_and_goes_on(self, tmp_path: Path) -> None:
        """kill -9 while reports are added in one run and read again in the next: nothing lost, doubled or half-written; a rerun completes it."""
        jobs = [sample(n, run) for run in ("run-1", "run-2") for n in range(6)]
        began = time.perf_counter()
        expected = self._complete(tmp_path / "whole", jobs)
        span_of_all = time.perf_counter() - began
        interrupted = 0
        for seed in range(self.kills):
            path = tmp_path / f"killed-{seed}"
            child = fork(lambda path=path: self._complete(path, jobs))
            time.sleep(random.Random(seed).uniform(0, span_of_all))
            os.kill(child, signal.SIGKILL)
            interrupted += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
            self.assert_whole(path, jobs)
            assert self._complete(path, jobs) == expected
        assert interrupted > self.kills // 3

    def assert_whole(self, path: Path, jobs: list[Reading]) -> None:
        """Whatever is there is sound, and every document of it has everything that one of its readings gave."""
        given_readings = [to_dict(reading) for reading in jobs]
        with self.opened(path) as store, store.view() as view:
            assert store.check() == []
            inputs = {i.document_id for i in view.inputs()}
            for doc in view.documents():
                assert to_dict(view.reading(doc.id)) in given_readings
                assert doc.id in inputs

    def _complete(self, path: Path, jobs: list[Reading]) -> list[str]:
        """Do whatever of the jobs is not done, as ``onrecord add`` does: the first run wholly, then the next."""
        with self.opened(path) as store:
            with store.writer() as w:
                for reading in jobs:
                    run = reading.records[0].run_id
                    if not store.has_input(key_of(reading), run) and not (run == "run-1" and store.has_input(key_of(reading), "run-2")):
                        w.add(reading, key_of(reading))
            return content(store)

    def test_what_a_renewed_view_was_reading_ends(self, tmp_path: Path) -> None:
        """A page that was left half-way neither holds the old snapshot nor goes on in the new one."""
        with self.opened(tmp_path / "s") as store:
            fill(store, [sample(n) for n in range(4)])
            with store.view() as view:
                half = view.records()
                next(half)
                fill(store, [sample(4)])
                view.renew()
                assert len(list(view.documents())) == 5
                with pytest.raises(StoreError):
                    next(half)

    def test_threads_hand_a_view_on(self, tmp_path: Path) -> None:
        with self.opened(tmp_path / "s") as store:
            fill(store, [sample(n) for n in range(4)])
            with store.view() as view, ThreadPoolExecutor(1) as other:
                assert other.submit(lambda: (view.renew(), len(list(view.documents())))).result() == (None, 4)

    def test_two_writers_at_once_make_the_same_store(self, tmp_path: Path) -> None:
        readings = [sample(n) for n in range(25)]
        with self.opened(tmp_path / "one") as store:
            fill(store, readings)
            expected = content(store)

        def write(seed: int) -> None:
            with self.opened(tmp_path / "two") as store:
                fill(store, random.Random(seed).sample(readings, len(readings)))

        children = [fork(lambda seed=seed: write(seed)) for seed in range(3)]
        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
        with self.opened(tmp_path / "two") as store:
            assert content(store) == expected
            assert store.check() == []

    def test_a_reader_sees_each_document_old_or_new_while_another_writes(self, tmp_path: Path) -> None:
        """A writer reads the same reports again and again in turning runs; every view finds one run's records in each document, never a mix."""
        path = tmp_path / "s"
        with self.opened(path) as store:
            fill(store, [sample(n) for n in range(4)])

            def rewrite() -> None:
                with self.opened(path) as mine, mine.writer() as w:
                    for turn in range(60):
                        for n in range(4):
                            w.add(sample(n, f"run-{turn % 2}"), key_of(sample(n)))

            child = fork(rewrite)
            looks = 0
            while os.waitpid(child, os.WNOHANG) == (0, 0):
                with store.view() as view:
                    runs = {d.id: {r.run_id for r in view.records(None, Selection(document_id=d.id))} for d in view.documents()}
                looks += 1
                assert len(runs) == 4 and all(len(found) == 1 for found in runs.values())
            assert looks > 1


def fork(work: Callable[[], object]) -> int:
    """Run ``work`` in a child process and give its id; it ends with status 0, or 1 where work raised."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:  # noqa: BLE001 - the child may not return into the test session
        traceback.print_exc()
    finally:
        os._exit(status)
