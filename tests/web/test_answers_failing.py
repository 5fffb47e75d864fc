"""Questions that cannot be worked out beside the server: said to whoever asks, kept for a time, and in nobody else's way. With real processes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord import app
from onrecord.cli.serve import serve
from onrecord.errors import QueryError, StoreBusy
from onrecord.query import Filter
from onrecord.store import View, open_store
from onrecord.web import failures, line
from onrecord.web.answers import Answer, Answers, NotYet
from onrecord.web.failures import Failures
from onrecord.web.process import Bounds, Fault
from onrecord.web.server import create
from onrecord.web.settings import Settings
from web import failing
from web.visiting import BASE

PATIENCE = 30.0
Ask = Callable[..., Answer | NotYet]


@pytest.fixture
def made(sample_store: Path, tmp_path: Path) -> Iterator[Answers]:
    """Answers of a store that is taken for a big one, worked out by what fails."""
    answers = Answers(sample_store, tmp_path / "answers", small=-1, bounds=Bounds(memory=200, seconds=3), work=failing.work_out)
    yield answers
    answers.close()


@pytest.fixture
def view(sample_store: Path) -> Iterator[View]:
    with open_store(sample_store) as store, store.view() as view:
        yield view


@pytest.fixture
def ask(made: Answers, view: View) -> Ask:
    """Ask for the sources of a publisher, whose name says how it fails."""
    return lambda publisher, wait=PATIENCE: made.get(view, "sources", Filter(publisher=publisher), wait=wait)


def begun(tmp_path: Path) -> list[str]:
    """How the questions failed that were begun, in order."""
    return [row.partition(" ")[0] for row in processes(tmp_path)]


def processes(tmp_path: Path) -> list[str]:
    """How each failed, and in which process."""
    return (tmp_path / "answers.begun").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("how", "why", "hint"),
    [
        ("raises", "something went wrong here", "the server's log says what"),
        ("eats", "it takes more memory than an answer may here (200 MB)", "ask for less at a time, with a filter (since, until"),
        ("killed", "its process was killed by SIGKILL", "ask for less at a time"),
        ("exits", "its process ended with code 3", "the server's log may say why"),
        ("lasting", "it was not done within 3 seconds", "--answer-minutes"),
    ],
)
def test_a_failure_is_said_and_not_begun_again_at_every_look(  # noqa: PLR0917 - fixtures and a table
    ask: Ask, made: Answers, tmp_path: Path, caplog: pytest.LogCaptureFixture, how: str, why: str, hint: str
) -> None:
    with caplog.at_level(logging.ERROR, "onrecord.web"):
        found = ask(how)
    assert isinstance(found, NotYet)
    assert found.failed is not None
    assert found.failed.why.startswith(why)
    assert hint in found.failed.hint
    assert 590 <= found.again <= 600
    assert ask(how) == ask(how)
    assert begun(tmp_path) == [how]
    assert made.working() == 0
    assert "secret" not in f"{found.failed.message} {found.failed.advice}"
    [record] = caplog.records
    assert f"sources {{'publisher': '{how}'}}: {found.failed.message}" in record.getMessage()
    assert ("secret of ours" in record.getMessage()) == (how == "raises")


def test_what_makes_no_sense_is_refused_until_the_store_changes(ask: Ask, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        with pytest.raises(QueryError, match="makes no sense") as refused:
            ask("senseless")
        assert refused.value.hint == "ask for something else"
    assert begun(tmp_path) == ["senseless"]
    assert not caplog.records


def test_a_killed_process_fails_only_what_it_was_at(ask: Ask, tmp_path: Path) -> None:
    waiting = ["killed", "one", "raises", "two", "three"]
    for publisher in waiting:
        first = ask(publisher, wait=0)
        assert isinstance(first, NotYet)
        assert first.failed is None
    assert isinstance(ask("three"), Answer)
    assert [isinstance(ask(publisher), Answer) for publisher in waiting] == [False, True, False, True, True]
    assert begun(tmp_path) == waiting


def test_it_is_said_how_many_come_before_and_since_when_it_is_worked_on(ask: Ask) -> None:
    ask("lasting", wait=0.0)
    second = ask("another", wait=0.0)
    assert isinstance(second, NotYet)
    assert (second.before, second.since, second.again) == (1, None, 4)
    first = ask("lasting", wait=0.5)
    assert isinstance(first, NotYet)
    assert first.before == 0
    assert first.since is not None
    assert isinstance(ask("another"), Answer)


def test_who_asks_of_all_waits_for_those_who_ask_of_few(made: Answers, ask: Ask, view: View) -> None:
    ask("lasting", wait=0.5)
    everything = made.get(view, "sources", Filter(since="2020"))
    of_few = ask("another", wait=0.0)
    later = made.get(view, "sources", Filter(since="2020"))
    assert [(type(answer), getattr(answer, "before", None)) for answer in (everything, of_few, later)] == [(NotYet, 1), (NotYet, 1), (NotYet, 2)]


def test_a_question_that_failed_is_tried_again_when_it_has_rested(made: Answers, ask: Ask, tmp_path: Path) -> None:
    made._failures = Failures(rest=0.05)
    assert isinstance(ask("raises"), NotYet)
    (tmp_path / "answers.mended").write_text("raises")
    time.sleep(0.1)
    assert isinstance(ask("raises"), Answer)
    assert begun(tmp_path) == ["raises", "raises"]


def test_an_answer_that_cannot_be_renewed_is_given_as_it_was(
    own_store: Path, reader: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.answers._SELDOM", 0.0)
    monkeypatch.setattr("onrecord.web.answers._SHARE", 0.0)
    made = Answers(own_store, tmp_path / "answers", small=-1, work=failing.work_out)
    (tmp_path / "answers.mended").write_text("raises")
    with open_store(own_store) as store, store.view() as view:
        first = made.get(view, "sources", Filter(publisher="raises"), wait=PATIENCE)
    (tmp_path / "answers.mended").unlink()
    (tmp_path / "more.txt").write_text("Ruritania condemned Borduria’s blockade of the strait on Monday.\n")
    app.add(own_store, [tmp_path / "more.txt"], reader=reader, published="2026-11-01", publisher="The Strelsau Post")
    with open_store(own_store) as store, store.view() as view:
        ends = time.monotonic() + PATIENCE
        while len(begun(tmp_path)) < 2 or made.working():
            assert isinstance(made.get(view, "sources", Filter(publisher="raises")), Answer)
            assert time.monotonic() < ends
            time.sleep(0.05)
        again = made.get(view, "sources", Filter(publisher="raises"))
        for _ in range(3):
            made.get(view, "sources", Filter(publisher="raises"))
    made.close()
    assert isinstance(first, Answer)
    assert isinstance(again, Answer)
    assert (again.as_of, again.at, again.fresh) == (first.as_of, first.at, False)
    assert again.failed is not None
    assert begun(tmp_path) == ["raises", "raises"]


def test_what_waits_when_the_desk_closes_is_given_up(ask: Ask, made: Answers, tmp_path: Path) -> None:
    asking = [Thread(target=ask, args=("lasting",)), Thread(target=ask, args=("one",))]
    for thread in asking:
        thread.start()
    made.close()
    for thread in asking:
        thread.join(PATIENCE / 2)
        assert not thread.is_alive()
    assert ask("two", wait=0) == NotYet()


def test_many_small_questions_are_worked_out_by_few_processes(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "_IDLE", 0.2)
    for publisher in ("one", "two", "three"):
        assert isinstance(ask(publisher), Answer)
    time.sleep(1)  # idle, it ends
    assert isinstance(ask("four"), Answer)
    assert [len({row.split()[1] for row in rows}) for rows in (processes(tmp_path)[:3], processes(tmp_path))] == [1, 2]


def test_too_many_questions_are_refused(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "LONGEST", 2)
    ask("lasting", wait=0)
    ask("one", wait=0)
    with pytest.raises(StoreBusy, match="wait to be worked out"):
        ask("two", wait=0)


def test_the_command_has_the_bounds_of_the_settings() -> None:
    given = signature(serve).parameters
    assert Bounds(given["answer_memory"].default, 60 * given["answer_minutes"].default) == Settings().bounds == Bounds()


COSTLY, SENSELESS = Fault("costly", "too much"), Fault("refused", "no sense")


def test_rests_grow_up_to_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr(failures.time, "time", lambda: clock[0])
    kept = Failures()
    rests = []
    for _ in range(12):
        assert kept.of("key", 1) is None
        rests.append(kept.add("key", "sources", Filter(), 1, COSTLY).wait)
        clock[0] += rests[-1] - 1
        assert kept.of("key", 2) is not None  # a change of the store is no reason to hope
        clock[0] += 1
    assert rests[:4] == [600, 1_200, 2_400, 4_800]
    assert set(rests[8:]) == {86_400}
    kept.forget("key")
    assert kept.add("key", "sources", Filter(), 1, COSTLY).wait == 600


def test_what_makes_no_sense_may_make_some_when_the_store_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr(failures.time, "time", lambda: clock[0])
    kept = Failures()
    kept.add("key", "sources", Filter(), 7, SENSELESS)
    assert kept.of("key", 8) is not None  # not at every change of a store that is being written
    clock[0] += 1e6
    assert kept.of("key", 7) is not None
    assert kept.of("key", 8) is None


def test_only_so_many_failures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "_KEPT", 2)
    kept = Failures()
    for key in "abc":
        kept.add(key, "sources", Filter(), 1, COSTLY)
    assert [kept.of(key, 1) is None for key in "abc"] == [True, False, False]


@pytest.fixture
def desk(own_store: Path, made: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A desk whose answers fail."""
    desk = create(own_store)
    with TestClient(desk, base_url=BASE) as client:
        monkeypatch.setattr(desk.state.desk, "answers", made)
        yield client


def settled(client: TestClient, address: str, **headers: str) -> Any:
    """The answer when nothing is being worked out any more."""
    ends = time.monotonic() + PATIENCE
    while True:
        answer = client.get(address, headers=headers)
        if answer.status_code != 202 and 'class="loading"' not in answer.text:
            return answer
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_programs_are_told_in_problems(desk: TestClient) -> None:
    first = desk.get("/api/sources?publisher=raises")
    assert (first.status_code, first.json()["before"]) == (202, 0)
    for address in ("/api/sources?publisher=raises", "/api/sources/export?publisher=raises", "/timeline/data?publisher=raises"):
        answer = settled(desk, address)
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert 500 < int(answer.headers["retry-after"]) <= 600
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json()["detail"] == "this answer could not be worked out: something went wrong here"
        assert answer.json()["hint"].startswith("the server's log says what; it rests until 20")
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
    refused = settled(desk, "/api/sources?publisher=senseless")
    assert (refused.status_code, refused.json()["detail"], refused.json()["hint"]) == (400, "that makes no sense", "ask for something else")


@pytest.mark.parametrize("path", ["/issues", "/actors", "/issues/iran-nuclear/standing", "/issues/iran-nuclear/contested", "/actors/IRN/allies"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "piece"])
def test_people_are_told_where_the_answer_would_stand(desk: TestClient, made: Answers, path: str, headers: dict[str, str]) -> None:
    made.get = lambda *_, **__: NotYet(failed=failure)  # type: ignore[method-assign]
    failure = Failures().add("key", "sources", Filter(), 1, Fault("broken", "<b>it broke</b>", "see the log"))
    answer = desk.get(f"{path}?publisher=raises", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "this answer could not be worked out: &lt;b&gt;it broke&lt;/b&gt;" in answer.text
    assert f"see the log; it rests until {failure.when}" in answer.text
    assert 'class="problem" role="alert"' in answer.text
    assert f'<a href="{path}?publisher=raises">Ask again</a>' in answer.text
    assert "hx-trigger" not in answer.text.partition('class="problem"')[2].partition("</div>")[0]
