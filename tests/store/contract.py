"""What any store must do: what is put in comes out, once, in order, and is found by what it says.

A store passes by subclassing ``StoreContract`` in a test module and giving its ``fresh`` fixture; one on disk subclasses ``store.durable`` instead.
"""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret
from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import NotThere, QueryError, SchemaError
from onrecord.model import Link, Problem, Reading, Span
from onrecord.store import Run, Selection, Tie, dump
from onrecord.store.days import days, first_day
from store.builders import ACTORS, document, event, key_of, position, sample, span, statement, who
from store.judging import JudgingContract
from store.linking import LinkingContract
from store.reviews import ReviewContract

Open = Callable[[], Any]


def fill(store: Any, readings: list[Reading]) -> None:
    with store.writer() as w:
        for reading in readings:
            w.add(reading, key_of(reading))


def content(store: Any) -> list[str]:
    with store.view() as view:
        return list(dump(view))


def found(store: Any, kind: Any = None, **wanted: Any) -> list[str]:
    with store.view() as view:
        return [r.evidence.text for r in view.records(kind, Selection(**wanted))]


class StoreContract(LinkingContract, ReviewContract, JudgingContract):
    """For every store. ``fresh``: a function that gives a new, empty store each time it is called."""

    @pytest.fixture
    def fresh(self) -> Iterator[Open]:
        raise NotImplementedError

    @pytest.fixture
    def store(self, fresh: Open) -> Any:
        return fresh()

    # what goes in comes out

    def test_readings_come_back_exactly(self, store: Any) -> None:
        readings = [sample(n) for n in range(30)]
        fill(store, readings)
        with store.view() as view:
            assert {d.id: view.reading(d.id) for d in view.documents()} == {r.document.id: r for r in readings}
            assert {r.id: view.record(r.id) for x in readings for r in x.records} == {r.id: r for x in readings for r in x.records}
            assert sum(sum(view.counts(d.id).values()) for d in view.documents()) == sum(len(r.records) for r in readings)
        assert store.check() == []

    @pytest.mark.parametrize("text", ["🕊️🇺🇳 said", "قال الوزير", "e\u0301 and \u00e9", "nul\0inside", "\u202eRTL override", "line\r\nend", "𝔘𝔫𝔦"])
    def test_any_text_comes_back(self, store: Any, text: str) -> None:
        doc = document(text, title=text, publisher=text, url=text, meta={"id": text})
        reading = Reading(doc, (statement(doc, who(doc, text), text),))
        with store.writer() as w:
            w.add(reading, text)
        with store.view() as view:
            assert view.reading(doc.id) == reading
        assert store.check() == []

    def test_a_lone_surrogate_is_refused_and_nothing_is_kept(self, store: Any) -> None:
        with store.writer() as w, pytest.raises(SchemaError):
            w.add(Reading(document("half a \ud83d pair")), "bad.txt")
        assert content(store) == []

    def test_words_that_are_not_the_documents_are_refused(self, store: Any) -> None:
        doc = document("The harbour is open.")
        wrong = statement(doc, who(doc, "The harbour"), "The harbour", evidence=Span(4, 11, "market "))
        foreign = statement(document("The harbour is shut."), who(None, None), "The harbour")
        for bad in (wrong, foreign):
            with store.writer() as w, pytest.raises(SchemaError):
                w.add(Reading(doc, (bad,)), "bad.txt")
        assert content(store) == []

    def test_of_two_records_with_one_id_the_first_stays_and_the_log_says_so(self, store: Any) -> None:
        doc = document("The harbour is open.")
        said = statement(doc, who(doc, "The harbour"), "open")
        with store.writer() as w:
            w.add(Reading(doc, (said, replace(said, form="direct"))), "a.txt")
        with store.view() as view:
            assert list(view.records("statement")) == [said]
            assert [p.problem.code for p in view.problems()] == ["duplicate-record-id"]

    # inputs

    def test_adding_again_changes_nothing(self, store: Any) -> None:
        fill(store, [sample(n) for n in range(8)])
        before = content(store)
        with store.writer() as w:
            assert not any(w.add(sample(n), key_of(sample(n))) for n in range(8))
        assert content(store) == before

    def test_an_input_is_known_by_key_and_run(self, store: Any) -> None:
        fill(store, [sample(1)])
        assert store.has_input("reports/1.txt", "run-1")
        assert not store.has_input("reports/1.txt", "run-2")
        assert not store.has_input("reports/2.txt", "run-1")

    def test_a_file_name_that_is_not_text_is_a_key_all_the_same(self, store: Any) -> None:
        with store.writer() as w:
            w.add(sample(1), "reports/\udcff.txt")
            w.problem(Problem("binary", "not text", "reports/\udcfe.bin"), "reports/\udcfe.bin")
        assert store.has_input("reports/\udcff.txt", "run-1")
        assert len(content(store)) == 6  # run, two inputs, problem, link, reading

    def test_another_run_replaces_the_records_and_keeps_ids(self, store: Any) -> None:
        fill(store, [sample(1), sample(2)])
        newer = sample(1, "run-2")
        better = replace(newer, positions=(), statements=tuple(replace(s, confidence=0.9) for s in newer.statements))
        with store.writer() as w:
            assert w.add(better, key_of(better))
        with store.view() as view:
            assert view.reading(better.document.id) == better
            assert view.reading(sample(2).document.id) == sample(2)
            assert [(r.id, r.documents) for r in view.runs()] == [("run-1", 1), ("run-2", 1)]
        assert found(store, "position", document_id=better.document.id) == []
        assert store.check() == []

    def test_runs_keep_their_setting_and_count_what_is_there(self, store: Any) -> None:
        with store.writer() as w:
            w.run(Run("run-1", {"pipeline": ["a", "b"]}, {"onrecord": "0.1.0"}, documents=99))
            w.add(Reading(document("Nothing was said.")), "empty.txt")
            w.add(sample(3), "three.txt")
        with store.view() as view:
            assert list(view.runs()) == [Run("run-1", {"pipeline": ["a", "b"]}, {"onrecord": "0.1.0"}, 2, len(sample(3).records))]
        assert store.has_input("empty.txt", "run-1")

    def test_an_input_that_gives_another_document_gives_up_the_old_one(self, store: Any) -> None:
        old, new = sample(1), sample(2, "run-2")
        with store.writer() as w:
            w.add(old, "a.txt")
            w.add(replace(old, document=replace(old.document, url="b")), "b.txt")
            w.add(new, "a.txt")
            with store.view() as view:
                assert {d.id for d in view.documents()} == {old.document.id, new.document.id}
            w.add(new, "b.txt")
        with store.view() as view:
            assert [d.id for d in view.documents()] == [new.document.id]
            assert {r.document_id for r in view.records()} == {new.document.id}
        assert store.check() == []

    def test_problems_are_logged_once_and_go_when_the_input_is_read(self, store: Any) -> None:
        problem = Problem("empty", "the file is empty", "a.txt", "write something")
        with store.writer() as w:
            for _ in range(3):
                w.problem(problem, "a.txt", "run-1")
            with store.view() as view:
                assert [(p.input_key, p.document_id, p.problem) for p in view.problems()] == [("a.txt", None, problem)]
                assert [(i.state, i.document_id) for i in view.inputs()] == [("failed", None)]
            assert not store.has_input("a.txt", "run-1")
            note = Problem("odd", "odd but readable")
            w.add(sample(5), "a.txt", problems=[note])
        with store.view() as view:
            assert [p.problem for p in view.problems()] == [note, *sample(5).issues_log]
            assert [(i.state, i.document_id) for i in view.inputs()] == [("done", sample(5).document.id)]

    def test_a_failed_input_tried_in_another_run_is_logged_anew(self, store: Any) -> None:
        with store.writer() as w:
            w.problem(Problem("old", "old trouble"), "a.txt", "run-1")
            w.problem(Problem("new", "new trouble"), "a.txt", "run-2")
            w.problem(Problem("newer", "more trouble"), "a.txt", "run-2")
        with store.view() as view:
            assert [p.problem.code for p in view.problems()] == ["new", "newer"]

    def test_links_are_kept_and_can_be_withdrawn(self, store: Any) -> None:
        link = Link("a", "b", "same-event", "positive", 0.8, "same day", "rules.v1", "2031-01-01T00:00:00Z")
        gone = replace(link, withdrawn_at="2031-01-02T00:00:00Z")
        with store.writer() as w:
            for value in (link, link, replace(link, by="a reader"), gone):
                w.link(value)
        with store.view() as view:
            assert list(view.links()) == [replace(link, by="a reader"), gone]

    def test_links_of_a_reading_go_with_it_and_a_withdrawal_stays(self, store: Any) -> None:
        reading = sample(1)
        (link,) = reading.links
        gone = replace(link, withdrawn_at="2031-01-02T00:00:00Z")
        with store.writer() as w:
            w.add(reading, "a.txt")
            w.add(replace(sample(1, "run-2"), links=()), "a.txt")
            with store.view() as view:
                assert list(view.links()) == []
            w.add(sample(1, "run-3"), "a.txt")
            w.link(gone)
            w.add(replace(sample(1, "run-4"), links=()), "a.txt")
            w.add(sample(1, "run-5"), "a.txt")
        with store.view() as view:
            assert list(view.links()) == [gone]
            assert view.reading(reading.document.id).links == (gone,)

    def test_links_of_a_document_that_no_input_gives_any_longer_are_removed(self, store: Any) -> None:
        mine = replace(sample(1).links[0], by="a reader")
        with store.writer() as w:
            w.add(sample(1), "a.txt")
            w.link(mine)
            w.add(sample(2, "run-2"), "a.txt")
        with store.view() as view:
            assert list(view.links()) == [mine]

    def test_a_link_that_leads_out_of_its_reading_is_refused(self, store: Any) -> None:
        reading = sample(1)
        with store.writer() as w, pytest.raises(SchemaError):
            w.add(replace(reading, links=(replace(reading.links[0], right="elsewhere"),)), "a.txt")
        assert content(store) == []

    def test_ties_are_the_links_that_stand(self, store: Any) -> None:
        kept = [Link("a", "b", "same-event", "positive", 0.5, "why", "m", ""), Link("b", "a", "same-event", "negative", 1.0, "", "Ana", "2031-05-04")]
        gone = Link("a", "c", "same-event", "positive", 0.5, "why", "m", "", "2031-05-05")
        other = Link("a", "c", "same-story", "positive", 0.5, "why", "m", "")
        with store.writer() as w:
            for link in (*kept, gone, other):
                w.link(link)
        with store.view() as view:
            expected = {Tie(x.left, x.right, x.type, x.judgement, x.score, x.by, x.created_at) for x in kept}
            assert set(view.ties(["same-event"])) == expected
            assert len(list(view.ties(["same-event", "same-story"]))) == 3
            assert list(view.ties([])) == []

    # views

    def test_a_view_sees_the_store_as_it_was(self, store: Any) -> None:
        fill(store, [sample(1)])
        with store.view() as old:
            fill(store, [sample(2)])
            with store.writer() as w:
                w.add(replace(sample(1, "run-2"), positions=()), key_of(sample(1)))
            assert [d.id for d in old.documents()] == [sample(1).document.id]
            assert old.reading(sample(1).document.id) == sample(1)
        with store.view() as new:
            assert len(list(new.documents())) == 2
            assert new.reading(sample(1).document.id).positions == ()

    def test_a_renewed_view_sees_the_store_as_it_is(self, store: Any) -> None:
        fill(store, [sample(1)])
        with store.view() as view:
            fill(store, [sample(2)])
            assert len(list(view.documents())) == 1
            view.renew()
            assert len(list(view.documents())) == 2
            fill(store, [sample(3)])
            assert len(list(view.documents())) == 2

    def test_records_come_by_date_document_offset_id(self, store: Any) -> None:
        fill(store, [sample(n) for n in range(20)])
        with store.view() as view:
            published = {d.id: d.published for d in view.documents()}
            got = [(days(r.date, published[r.document_id])[0], r.document_id, r.evidence.start, r.id) for r in view.records()]
            assert [d.id for d in view.documents()] == sorted(published, key=lambda i: (first_day(published[i]), i))
        assert got == sorted(got)
        assert len(got) == sum(len(sample(n).records) for n in range(20))

    def test_an_id_may_be_cut_short_while_it_is_the_only_one(self, store: Any) -> None:
        fill(store, [sample(n) for n in range(40)])
        with store.view() as view:
            ids = sorted(r.id for r in view.records())
            for ident in ids:
                length = next(n for n in range(1, 21) if sum(i.startswith(ident[:n]) for i in ids) == 1)
                assert view.record(ident[:length]).id == ident
            for bad in ("", "zzz", "%", "_" * 20, "' OR 1=1 --", "\udcff", "\U0010ffff"):
                with pytest.raises(NotThere):
                    view.record(bad)
            with pytest.raises(QueryError) as several:
                view.record(ids[0][:1])
            assert not isinstance(several.value, NotThere)
            with pytest.raises(NotThere):
                view.document("nope")

    def test_names_are_those_of_actors_in_records(self, store: Any) -> None:
        doc = document("Ana Lund met Borduria.")
        with store.writer() as w:
            w.add(Reading(doc, events=(event(doc, [who(doc, "Ana Lund", "Lund"), who(doc, "Borduria", "BOR")], "CONSULT", "met"),)), "a")
        with store.view() as view:
            assert list(view.names()) == ["Ana Lund", "Borduria", "Q2", "Q4"]

    # selections

    @pytest.fixture
    def world(self, store: Any) -> Any:
        """Two reports: one quotes another, one has no date."""
        one = document(
            "Ana Lund said the free port must stay shut.\nBorduria TV: the League met Syldavia.", "Écho du Golfe", "2031-05-04", title="Harbour talks"
        )
        lund, bor = who(one, "Ana Lund", "Lund"), who(one, "Borduria", "BOR")
        said = statement(one, lund, "the free port must stay shut", evidence=span(one, self.SAID), run_id="r")
        held = position(one, lund, "oppose", "the free port", statement_id=said.id, record_id=said.id, run_id="r")
        met = event(
            one, [who(one, "League", "League")], "CONSULT", "met", [who(one, "Syldavia", "SYL")], via=(who(one, "Borduria TV", "BorTV"),), run_id="r"
        )
        two = document("They signed in 2029; a wolf watched.", None, None)
        sign = event(two, [who(two, "They")], "AGREE", "signed", status="future", confidence=0.9, run_id="r")
        with store.writer() as w:
            w.add(Reading(one, (said,), (met,), (held,), mentions=(lund, bor)), "1")
            w.add(Reading(two, events=(sign,)), "2")
        return store

    SAID, HELD, MET, SIGNED = "Ana Lund said the free port must stay shut", "the free port", "met", "signed"

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            ({}, [SIGNED, SAID, HELD, MET]),
            ({"actor": "Q4"}, [SAID, HELD]),
            ({"actor": "ana lund"}, [SAID, HELD]),
            ({"actor": "LUND"}, [SAID, HELD]),
            ({"actor": "RUR"}, [SAID, HELD]),
            ({"actor": "rur"}, [SAID, HELD]),
            ({"actor": "Lun"}, []),
            ({"actor": "League of Straits"}, [MET]),
            ({"actor": "league"}, [MET]),
            ({"actor": "they"}, [SIGNED]),
            ({"actor": "SYL"}, []),
            ({"actor": "%"}, []),
            ({"about": "SYL"}, [MET]),
            ({"about": "Syldavia"}, [MET]),
            ({"about": "taiwan-status"}, [SAID, HELD]),
            ({"about": "status of TAIWAN"}, [SAID, HELD]),
            ({"about": "port"}, [SAID, HELD]),
            ({"about": "shut"}, [SAID]),
            ({"about": "wolf"}, []),
            ({"issue": "taiwan-status"}, [SAID, HELD]),
            ({"issue": "other"}, []),
            ({"type": "CONSULT"}, [MET]),
            ({"stance": "oppose"}, [HELD]),
            ({"status": "future"}, [SIGNED]),
            ({"form": "indirect"}, [SAID]),
            ({"via": "BOR"}, [MET]),
            ({"via": "borduria tv"}, [MET]),
            ({"via": "Lund"}, []),
            ({"publisher": "echo DU golfe"}, [SAID, HELD, MET]),
            ({"publisher": "Echo"}, []),
            ({"since": "2031"}, [SAID, HELD, MET]),
            ({"since": "2031-05-04", "until": "2031-05"}, [SAID, HELD, MET]),
            ({"until": "2031-05-03"}, []),
            ({"until": "2032"}, [SAID, HELD, MET]),
            ({"text": "FREE port"}, [SAID, HELD]),
            ({"text": '"free port must"'}, [SAID]),
            ({"text": '"port free"'}, []),
            ({"text": "fre"}, []),
            ({"confidence": 0.8}, [SIGNED]),
            ({"limit": 2}, [SIGNED, SAID]),
            ({"limit": 0}, []),
            ({"actor": "RUR", "stance": "oppose", "about": "port"}, [HELD]),
        ],
        ids=str,
    )
    def test_selection(self, world: Any, wanted: dict[str, Any], expected: list[str]) -> None:
        assert found(world, **wanted) == expected

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ({}, 2), ({"text": "harbour"}, 1), ({"text": "wolf"}, 1), ({"text": "wolf harbour"}, 0), ({"actor": "Lund"}, 1),
            ({"stance": "oppose"}, 1),
            ({"publisher": "Écho du Golfe"}, 1), ({"since": "2031"}, 1), ({"limit": 1}, 1), ({"type": "AGREE", "publisher": "Écho du Golfe"}, 0),
        ],
        ids=str,
    )  # fmt: skip
    def test_selection_of_documents(self, world: Any, wanted: dict[str, Any], count: int) -> None:
        with world.view() as view:
            assert len(list(view.documents(Selection(**wanted)))) == count

    def test_a_country_stands_for_all_who_act_for_it_and_an_id_for_itself(self, store: Any) -> None:
        doc = document("Ruritania said one thing and Ana Lund another.")
        state, minister = who(doc, "Ruritania", "RUR"), who(doc, "Ana Lund", "Lund")
        with store.writer() as w:
            w.add(Reading(doc, (statement(doc, state, "one thing"), statement(doc, minister, "another"))), "a")
        for both in ("RUR", "Ruritania", "ruritania"):
            assert found(store, actor=both) == ["one thing", "another"]
        assert found(store, actor=ACTORS["RUR"].id) == ["one thing"]

    @pytest.mark.parametrize("wanted", [{"text": "***"}, {"text": ""}, {"since": "soon"}, {"until": "2031-13"}, {"after": "nothing"}])
    def test_a_selection_that_makes_no_sense_is_refused(self, world: Any, wanted: dict[str, Any]) -> None:
        with world.view() as view:
            with pytest.raises(QueryError):
                list(view.records(None, Selection(**wanted)))
            with pytest.raises(QueryError):
                list(view.documents(Selection(**wanted)))

    @pytest.mark.parametrize("size", [1, 3, 100])
    def test_pages_make_up_the_whole(self, store: Any, size: int) -> None:
        fill(store, [sample(n) for n in range(12)])
        with store.view() as view:
            for ask in (lambda s: [r.id for r in view.records(None, s)], lambda s: [d.id for d in view.documents(s)]):
                pages: list[str] = []
                while page := ask(Selection(limit=size, after=pages[-1] if pages else None)):
                    pages += page
                assert pages == ask(Selection())

    def test_no_words_break_a_search(self, store: Any) -> None:
        fill(store, [sample(1)])

        @settings(max_examples=60, deadline=None)
        @given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.text("\"*:^()-+ANDORNEAR{}\\'%_\0 ", max_size=12))
        def ask(text: str) -> None:
            for name in ("text", "about", "actor", "via", "publisher", "document_id", "type"):
                try:
                    assert len(list(view.records(None, Selection(**{name: text})))) <= len(sample(1).records)
                    list(view.documents(Selection(**{name: text})))
                except QueryError:
                    assert name == "text"

        with store.view() as view:
            ask()

    # order

    @pytest.mark.parametrize("seed", range(6))
    def test_the_order_of_adding_does_not_matter(self, fresh: Open, seed: int) -> None:
        doubles = [
            (replace(sample(n), document=replace(sample(n).document, title=f"copy {c}", meta={"n": n, "c": c})), f"copy/{c}/{n}")
            for n in range(4)
            for c in "abc"
        ]
        jobs = [(sample(n), key_of(sample(n))) for n in range(10)] + doubles
        expected, mixed = fresh(), fresh()
        for store, order in ((expected, jobs), (mixed, random.Random(seed).sample(jobs, len(jobs)))):
            with store.writer() as w:
                for reading, key in order:
                    w.add(reading, key)
        assert content(mixed) == content(expected)
        assert mixed.check() == []
