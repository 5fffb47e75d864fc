"""Answers: at once on a small store; on a big one worked out beside the server, kept, given as they are, renewed behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from onrecord import app
from onrecord.errors import QueryError
from onrecord.query import QUERIES, Filter
from onrecord.store import open_store
from onrecord.web import answers
from onrecord.web.answers import LIVE, Answer, Answers, NotYet
from query.needed import needed


@pytest.fixture(scope="module")
def big(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Answers that take the sample store for a big one."""
    return Answers(sample_store, tmp_path_factory.mktemp("kept") / "answers", small=0)


@pytest.mark.parametrize("name", sorted(set(QUERIES) - LIVE))
def test_kept_answers_are_the_querys_rows(big: Answers, sample_store: Path, name: str) -> None:
    with open_store(sample_store) as store, store.view() as view:
        wanted = Filter(**needed(name, view))
        rows = [row.full() for row in QUERIES[name].function(view, wanted)]
        kept = big.get(view, name, wanted, count=10_000, wait=60)
        assert isinstance(kept, Answer)
        assert (list(kept.rows), kept.total, kept.columns, kept.as_of, kept.fresh) == (rows, len(rows), QUERIES[name].columns, view.version(), True)
        small = Answers(sample_store).get(view, name, wanted, count=10_000)
        assert isinstance(small, Answer)
        assert (small.rows, small.total) == (rows, len(rows))


def test_pages_of_an_answer_join_to_the_whole(big: Answers, sample_store: Path) -> None:
    with open_store(sample_store) as store, store.view() as view:
        whole = big.get(view, "dyads", Filter(), count=1_000, wait=60)
        assert isinstance(whole, Answer)
        assert whole.total > 3
        found, start = [], 0
        while start is not None:
            page = big.get(view, "dyads", Filter(limit=1, after="heeded by neither"), start=start, count=2, wait=60)
            assert isinstance(page, Answer)
            found += page.rows
            start = page.following
        assert found == list(whole.rows)


def test_while_it_is_worked_out_there_is_none(sample_store: Path, tmp_path: Path) -> None:
    made = Answers(sample_store, tmp_path / "answers", small=0)
    with open_store(sample_store) as store, store.view() as view:
        for _ in range(2):
            assert isinstance(made.get(view, "standing", Filter()), NotYet)
            assert made.working() == 1  # asked twice, worked out once
        assert isinstance(made.get(view, "standing", Filter(), wait=60), Answer)
    made.close()


def test_an_older_answer_is_given_and_renewed_behind(own_store: Path, reader: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_SELDOM", 0.0)
    monkeypatch.setattr(answers, "_SHARE", 0.0)
    made = Answers(own_store, tmp_path / "answers", small=0)
    with open_store(own_store) as store, store.view() as view:
        first = made.get(view, "sources", Filter(), wait=60)
    more = tmp_path / "more.txt"
    more.write_text("Ruritania condemned Borduria’s blockade of the strait on Monday.\n")
    app.add(own_store, [more], reader=reader, published="2026-11-01", publisher="The Strelsau Post")
    with open_store(own_store) as store, store.view() as view:
        again = made.get(view, "sources", Filter())
        assert isinstance(first, Answer)
        assert isinstance(again, Answer)
        assert (again.rows, again.fresh) == (first.rows, False)
        ends = time.monotonic() + 60
        while not again.fresh and time.monotonic() < ends:
            time.sleep(0.05)
            again = made.get(view, "sources", Filter())
            assert isinstance(again, Answer)
        assert again.fresh
        assert "The Strelsau Post" in [row["publisher"] for row in again.rows]
    made.close()


def test_a_question_that_makes_no_sense_is_refused_also_beside_the_server(big: Answers, sample_store: Path) -> None:
    with open_store(sample_store) as store, store.view() as view, pytest.raises(QueryError):
        big.get(view, "standing", Filter(form="direct"), wait=60)
