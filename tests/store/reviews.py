"""What any store must do with decisions of reviewers: keep every one, let them take effect, and give the machine's records back exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError, SchemaError
from onrecord.model import ActorRef, Decision, Participant, Reading, Record, Span
from onrecord.store import Selection, dump
from store.builders import ACTORS, document, event, position, sample, statement, who

NOW = "2031-06-01T10:00:00+00:00"


def decision(record: Record, verdict: Any, by: str = "Ada", *, record_now: Record | None = None, **more: Any) -> Decision:
    """A decision on ``record``; ``record_now``: what it should be."""
    said = None if verdict == "withdraw" else record_now or record
    return Decision(record_id=record.id, document_id=record.document_id, verdict=verdict, record=said, by=by, at=NOW, **more)


def better(record: Any) -> Any:
    """The record as somebody corrects it."""
    who_else = Participant(None, ActorRef("Q9", "Zubrowka", "state", "ZUB"))
    changed = {"statement": {"speaker": who_else}, "event": {"type": "YIELD"}, "position": {"stance": "neutral"}, "relation": {"type": "foundation"}}
    return replace(record, **changed[record.kind], confidence=1.0, extractor="review")


def filled(store: Any, *readings: Reading, key: str = "a.txt") -> Any:
    with store.writer() as w:
        for n, reading in enumerate(readings):
            w.add(reading, key if not n else f"{n}-{key}")
    return store


def decide(store: Any, *decisions: Decision) -> list[Decision]:
    with store.writer() as w:
        return [w.decide(d) for d in decisions]


def state_of(store: Any, record_id: str) -> str | None:
    with store.view() as view:
        return next((f"{r.state}, {r.machine}" for r in view.reviewed(record_id=record_id)), None)


def stands(store: Any, record: Record) -> Record | None:
    """The record as queries see it: by its id, in its document and in lists alike."""
    with store.view() as view:
        listed = [r for r in view.records() if r.id == record.id]
        read = [r for r in view.reading(record.document_id).records if r.id == record.id]
        assert listed == read
        if not listed:
            with pytest.raises(QueryError):
                view.record(record.id)
            return None
        assert [view.record(record.id)] == listed
        return listed[0]


class ReviewContract:
    """For every store; see ``StoreContract``."""

    def test_each_verdict_takes_effect_and_the_machines_reading_is_kept(self, store: Any) -> None:
        said, held = sample(1).statements[0], sample(1).positions[0]
        pact = sample(1).relations[0]
        filled(store, sample(1))
        decide(store, decision(said, "accept"), decision(held, "correct", record_now=better(held)), decision(pact, "reject"))
        assert (stands(store, said), stands(store, held), stands(store, pact)) == (said, better(held), None)
        assert [state_of(store, r.id) for r in (said, held, pact)] == ["accepted, same", "corrected, same", "rejected, same"]
        with store.view() as view:
            assert [view.machine(r.id) for r in (said, held, pact)] == [said, held, pact]
            assert view.states() == {"accepted": 1, "corrected": 1, "rejected": 1}
            assert [r.id for r in view.records("position", Selection(stance="neutral"))] == [held.id]
            assert view.counts(said.document_id)["relation"] == 0
        assert store.check() == []

    def test_a_corrected_record_is_found_by_what_it_says_now(self, store: Any) -> None:
        said = sample(1).statements[0]
        filled(store, sample(1))
        decide(store, decision(said, "correct", record_now=better(said)))
        with store.view() as view:
            assert [r.id for r in view.records("statement", Selection(actor="Zubrowka"))] == [said.id]
            assert "Zubrowka" in set(view.names())

    def test_an_added_record_is_there_and_found(self, store: Any) -> None:
        reading = sample(1)
        added = event(reading.document, [who(None, None, "League")], "CONSULT", "harbour")
        filled(store, reading)
        decide(store, decision(added, "add"))
        assert stands(store, added) == added
        assert state_of(store, added.id) == "added, none"
        with store.view() as view:
            assert view.machine(added.id) is None
            assert [r.id for r in view.records("event", Selection(actor="Q6", type="CONSULT"))] == [added.id]
            assert view.reading(reading.document.id).events[-1] == added
        decide(store, decision(added, "withdraw"))
        assert stands(store, added) is None

    @pytest.mark.parametrize("verdict", ["accept", "reject", "correct"])
    def test_withdrawing_brings_back_what_the_machine_read(self, store: Any, verdict: str) -> None:
        reading = sample(1)
        filled(store, reading)
        with store.view() as view:
            before = [line for line in dump(view) if '"decision"' not in line[:12]]
        for record in reading.records:
            decide(store, decision(record, verdict, record_now=better(record) if verdict == "correct" else None))
        for record in reading.records:
            decide(store, decision(record, "withdraw"))
        with store.view() as view:
            assert [line for line in dump(view) if '"decision"' not in line[:12]] == before
            assert list(view.reviewed()) == []
            assert len(list(view.decisions())) == 2 * len(reading.records)
        assert store.check() == []

    def test_reviewers_who_disagree_leave_the_record_as_it_was_until_one_settles_it(self, store: Any) -> None:
        held = sample(1).positions[0]
        filled(store, sample(1))
        decide(store, decision(held, "correct", "Ada", record_now=better(held)), decision(held, "reject", "Ben"))
        assert (stands(store, held), state_of(store, held.id)) == (held, "disputed, same")
        decide(store, decision(held, "reject", "Cleo", settles=True))
        assert (stands(store, held), state_of(store, held.id)) == (None, "rejected, same")
        decide(store, decision(held, "accept", "Dora"))
        assert state_of(store, held.id) == "rejected, same"
        decide(store, decision(held, "withdraw", "Cleo"))
        assert (stands(store, held), state_of(store, held.id)) == (held, "disputed, same")
        decide(store, decision(held, "withdraw", "Ben"), decision(held, "accept", "Dora", record_now=better(held)))
        assert (stands(store, held), state_of(store, held.id)) == (better(held), "corrected, same")

    def test_of_a_disputed_addition_nothing_is_seen(self, store: Any) -> None:
        reading = sample(1)
        added = event(reading.document, [who(None, None, "League")], "CONSULT", "harbour")
        filled(store, reading)
        decide(store, decision(added, "add", "Ada"), decision(added, "reject", "Ben"))
        assert (stands(store, added), state_of(store, added.id)) == (None, "disputed, none")

    def test_decisions_survive_another_reading(self, store: Any) -> None:
        said, held, pact = sample(1).statements[0], sample(1).positions[0], sample(1).relations[0]
        filled(store, sample(1))
        decide(store, decision(said, "accept"), decision(held, "correct", record_now=better(held)), decision(pact, "reject"))
        newer = sample(1, "run-2")
        surer = replace(newer.statements[0], confidence=0.99)
        filled(store, replace(newer, statements=(surer,), positions=(), relations=(replace(newer.relations[0], type="claim"),)))
        assert stands(store, said) == surer  # the machine reads the same, more surely
        assert stands(store, held) == better(held)  # a person's word stays where the machine no longer reads anything
        assert stands(store, pact) is None
        assert [state_of(store, r.id) for r in (said, held, pact)] == ["accepted, same", "corrected, gone", "rejected, different"]
        decide(store, decision(held, "withdraw"), decision(pact, "withdraw"))
        assert stands(store, held) is None
        assert stands(store, pact) == replace(newer.relations[0], type="claim")
        assert store.check() == []

    def test_an_accepted_record_stays_as_it_was_accepted(self, store: Any) -> None:
        held = sample(1).positions[0]
        filled(store, sample(1))
        decide(store, decision(held, "accept"))
        newer = sample(1, "run-2")
        filled(store, replace(newer, positions=(replace(newer.positions[0], stance="declines-comment"),)))
        assert (stands(store, held), state_of(store, held.id)) == (held, "accepted, different")

    def test_decisions_on_a_document_that_goes_wait_for_it(self, store: Any) -> None:
        said = sample(1).statements[0]
        filled(store, sample(1))
        decide(store, decision(said, "reject"))
        filled(store, sample(2, "run-2"))  # the input gives another document now
        assert state_of(store, said.id) == "orphan, gone"
        with store.view() as view:
            assert [d.record_id for d in view.decisions()] == [said.id]
        with store.writer() as w, pytest.raises(QueryError):
            w.decide(decision(said, "accept"))
        filled(store, sample(1, "run-3"), key="b.txt")
        assert (stands(store, said), state_of(store, said.id)) == (None, "rejected, same")
        assert store.check() == []

    def test_what_cannot_be_decided_is_refused_and_nothing_is_kept(self, store: Any) -> None:
        reading, other = sample(1), sample(2)
        said = reading.statements[0]
        filled(store, reading, other)
        wrong_words = replace(said, evidence=Span(said.evidence.start, said.evidence.end, "x" * len(said.evidence.text)))
        for bad in (
            decision(said, "correct", record_now=wrong_words),
            decision(said, "correct", record_now=other.statements[0]),
            replace(decision(said, "accept"), document_id=other.document.id),
            replace(decision(said, "accept"), document_id="nothing"),
        ):
            with store.writer() as w, pytest.raises((SchemaError, QueryError)):
                w.decide(bad)
        with store.view() as view:
            assert list(view.decisions()) == []
            assert set(view.reading(reading.document.id).records) == set(reading.records)

    def test_decisions_hang_together(self, store: Any) -> None:
        records = sample(1).records
        filled(store, sample(1))
        kept = decide(store, *(decision(r, "accept", by) for r in records for by in ("Ada", "Ben")))
        with store.view() as view:
            assert list(view.decisions()) == kept
            assert list(view.decisions(by="Ben")) == kept[1::2]
            assert list(view.decisions(by="Ben", newest=True)) == kept[1::2][::-1]
            assert list(view.reviewers()) == ["Ada", "Ben"]
            assert list(view.decisions(record_id=records[0].id)) == kept[:2]
            assert list(view.decisions(document_id="nothing")) == []
        assert len({d.digest for d in kept}) == len(kept)
        assert store.check() == []

    def test_what_is_undecided_comes_the_least_sure_first(self, store: Any) -> None:
        readings = [sample(n) for n in range(12)]
        with store.writer() as w:
            for n, reading in enumerate(readings):
                w.add(reading, f"{n}.txt")
        with store.view() as view:
            queue = list(view.undecided())
            assert [(r.confidence, r.id) for r in queue] == sorted((r.confidence, r.id) for x in readings for r in x.records)
            assert list(view.undecided("event")) == [r for r in queue if r.kind == "event"]
            assert list(view.undecided(None, Selection(actor="Q1", limit=3))) == [r for r in queue if r in set(view.records(None, _Q1))][:3]
        decide(store, decision(queue[0], "accept"), decision(queue[2], "reject"), decision(queue[4], "correct", record_now=better(queue[4])))
        with store.view() as view:
            assert list(view.undecided()) == [queue[1], queue[3], *queue[5:]]
            for done in (0, 2, 4):  # a page goes on behind what was decided since
                assert list(view.undecided(None, Selection(after=queue[done].id))) == [r for r in view.undecided() if r in queue[done:]]

    def test_links_of_a_reading_that_lead_to_a_rejected_record_come_back_with_it(self, store: Any) -> None:
        reading = sample(1)
        (link,) = reading.links
        filled(store, reading)
        decide(store, decision(reading.statements[0], "reject"))
        with store.view() as view:
            assert view.reading(reading.document.id).links == ()
        decide(store, decision(reading.statements[0], "withdraw"))
        with store.view() as view:
            assert view.reading(reading.document.id).links == (link,)

    def test_words_beyond_the_basic_plane_count_as_one_character_each(self, store: Any) -> None:
        doc = document("🕊️🇺🇳 Ana Lund backs the 𝔭𝔩𝔞𝔫.")
        held = position(doc, who(doc, "Ana Lund", "Lund"), "oppose", "the 𝔭𝔩𝔞𝔫")
        filled(store, Reading(doc, positions=(held,)))
        decide(store, decision(held, "correct", record_now=replace(held, stance="support")))
        now = stands(store, held)
        assert now is not None
        assert doc.text[now.evidence.start : now.evidence.end] == "the 𝔭𝔩𝔞𝔫"

    def test_whatever_happens_no_decision_is_lost_and_the_machines_records_come_back(self, fresh: Any) -> None:
        """Any decisions of three people between any readings: all are kept, and once they are withdrawn the store is as if none had been made."""

        @settings(max_examples=30, deadline=None)
        @given(st.data())
        def check(data: st.DataObject) -> None:
            store, plain = fresh(), fresh()
            made = anything_happens(data, store, plain)
            for by, record_id, document_id in sorted({(d.by, d.record_id, d.document_id) for d in made}):
                made += decide(store, Decision(record_id=record_id, document_id=document_id, verdict="withdraw", by=by, at=NOW))
            with store.view() as view, plain.view() as untouched:
                assert list(view.decisions()) == made
                assert list(view.reviewed()) == []
                assert [line for line in dump(view) if not line.startswith('{"decision"')] == list(dump(untouched))
                assert list(view.records()) == list(untouched.records())
            assert store.check() == []

        check()


ADDED = statement(sample(1).document, Participant(None, ACTORS["BorTV"]), "the straits")
READINGS = (
    sample(1),
    replace(sample(1), positions=()),
    replace(sample(1), relations=(), links=()),
    replace(sample(1), positions=(replace(sample(1).positions[0], stance="declines-comment"),)),
    sample(2),
)


def anything_happens(data: st.DataObject, store: Any, plain: Any) -> list[Decision]:
    """Readings of one input, into both stores, and decisions, in one of them; the decisions."""
    made: list[Decision] = []
    document = READINGS[0].document.id
    reading = READINGS[-1]
    for run in range(data.draw(st.integers(1, 14), "steps")):
        if run == 0 or data.draw(st.integers(0, 3), "step") == 0:
            reading = data.draw(st.sampled_from(READINGS), "reading")
            for s in (store, plain):
                with s.writer() as w:
                    w.add(reading, "a.txt", f"run-{run}")
        elif reading.document.id == document:
            record = data.draw(st.sampled_from([*READINGS[0].records, ADDED]), "record")
            verdict = data.draw(st.sampled_from(["accept", "reject", "correct", "withdraw"] if record != ADDED else ["add", "withdraw"]), "verdict")
            by, settles = data.draw(st.sampled_from("ABC"), "by"), verdict != "withdraw" and data.draw(st.booleans(), "settles")
            made += decide(store, decision(record, verdict, by, record_now=better(record) if verdict == "correct" else None, settles=settles))
    return made


_Q1 = Selection(actor="Q1")
