"""What may be decided, by whom, and what a correction or an addition may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord import app
from onrecord.codebook import plover
from onrecord.errors import QueryError
from onrecord.model import ActorRef, Participant, record_id, to_dict
from onrecord.query.reviews import find
from onrecord.review import addition, decision
from onrecord.store import open_store
from onrecord.store.standing import sealed
from review.world import DOC, HELD, PACT, SAID, STRUCK
from store.builders import span, who

NOW = datetime(2031, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def view(path: Path) -> Iterator[Any]:
    with open_store(path) as store, store.view() as view:
        yield view


def decided(view: Any, record: Any, choice: Any, **more: Any) -> Any:
    return decision(view, record.id, choice, **{"by": "Ada", "at": NOW, **more})


def test_a_record_is_accepted_as_it_stands(view: Any) -> None:
    made = decided(view, HELD, "accept", note="as the words say")
    assert (made.verdict, made.record, made.by, made.at) == ("accept", HELD, "Ada", "2031-06-01T10:00:00.000000+00:00")


DERIVED = ("quad", "intensity", "cameo")
CORRECTIONS = [
    (HELD, {"stance": "oppose"}),
    (HELD, {"issue": None, "strength": 3, "target": {"span": None, "kind": "actor", "actor": to_dict(who(None, None, "SYL"))}}),
    (SAID, {"form": "mixed", "cue": {"start": 12, "end": 17}, "addressees": [to_dict(who(None, None, "BOR"))]}),
    (STRUCK, {"type": "COERCE", "mode": None, "contexts": ["military"], "date": {"start": "2031-05", "end": "2031-05"}}),
    (STRUCK, {"actors": [{"mention": {"start": 29, "end": 37}, "actor": None, "reason": "generic"}]}),
    (STRUCK, {"place": {"span": None, "name": "Port Novi", "lat": 1, "lon": 2.5}}),
    (PACT, {"type": "partnership", "status": "former", "since": "2001", "directed": False}),
    (HELD, {"statement_id": None, "record_id": STRUCK.id}),
]


@pytest.mark.parametrize(("record", "change"), CORRECTIONS)
def test_a_correction_changes_what_it_says_and_keeps_the_id(view: Any, record: Any, change: dict[str, Any]) -> None:
    made = decided(view, record, "correct", change=change).record
    assert made.id == record.id
    assert (made.confidence, made.extractor, made.run_id, made.why) == (1.0, "review", "", ())
    plain, before = to_dict(made), to_dict(record)
    changed = {name for name in plain if plain[name] != before[name]} - {"confidence", "extractor", "run_id", "why", "paths", *DERIVED}
    assert changed == set(change) - {name for name in change if plain[name] == before[name]}


def test_what_the_codebook_says_of_a_type_comes_with_it(view: Any) -> None:
    made = decided(view, STRUCK, "correct", change={"type": "CONSULT"}).record
    assert (made.quad, made.intensity, made.cameo) == (plover.quad("CONSULT"), plover.intensity("CONSULT"), plover.cameo_of("CONSULT"))


def test_words_are_filled_in_from_their_offsets_in_code_points(view: Any) -> None:
    made = decided(view, SAID, "correct", change={"cue": {"start": 12, "end": 17}}).record
    assert made.cue == span(DOC, "backs")


def test_the_ways_to_parties_that_others_took_are_dropped(view: Any) -> None:
    assert decided(view, STRUCK, "correct", change={"recipients": []}).record.paths == ()
    assert decided(view, STRUCK, "correct", change={"type": "COERCE"}).record.paths == ("x", "y")


WRONG = [
    (HELD, {"stance": "against"}, "stance: 'against' is not known; one of support"),
    (HELD, {"stanse": "oppose"}, "no field 'stanse'"),
    (HELD, {"strength": 7}, "strength: 1, 2 or 3"),
    (HELD, {"strength": True}, "strength: a whole number"),
    (HELD, {"issue": {"id": "no-such", "label": "x"}}, "issue: 'no-such'"),
    (HELD, {"issue": "taiwan-status"}, "issue: an object with id, label"),
    (HELD, {"evidence": {"start": 0, "end": 4, "text": "else"}}, "the text at 0:4"),
    (HELD, {"evidence": {"start": 0, "end": 4000}}, "text is missing"),
    (HELD, {"evidence": {"start": 2, "end": 3}}, "evidence: words are wanted"),
    (HELD, {"holder": {"mention": None}}, "holder: somebody is wanted"),
    (HELD, {"target": {"span": None, "kind": "issue"}}, "target: words or an actor"),
    (HELD, {"record_id": "ffff"}, "record_id: 'ffff'"),
    (HELD, {"record_id": HELD.id}, "record_id"),
    (HELD, {"id": "ffff"}, "cannot change the id"),
    (HELD, {"document_id": "ffff"}, "cannot change the document_id"),
    (HELD, {"kind": "event"}, "cannot change the kind"),
    (HELD, {"date": {"start": "yesterday"}}, "date.start: 'yesterday' is no date"),
    (HELD, {"holder": {"mention": None, "actor": {"id": "Q1", "name": "X", "kind": "planet"}}}, "holder.actor.kind: 'planet'"),
    (STRUCK, {"type": "HUG"}, "type: 'HUG' is not known; one of"),
    (STRUCK, {"mode": "hugging"}, "ASSAULT has no mode 'hugging'"),
    (STRUCK, {"contexts": ["nonsense"]}, "contexts: 'nonsense'"),
    (STRUCK, {"actors": []}, "actors: somebody"),
    (STRUCK, {"actors": "Borduria"}, "actors: a list"),
    (STRUCK, {"trigger": None}, "trigger: an object"),
    (SAID, {"content": []}, "content: words"),
    (PACT, {"since": "long ago"}, "since: 'long ago' is no date"),
    (HELD, {"stance": "support"}, "changes nothing"),
    (HELD, {}, "has to say what"),
]


@pytest.mark.parametrize(("record", "change", "said"), WRONG)
def test_what_is_no_record_is_refused_and_said(view: Any, record: Any, change: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError) as caught:
        decided(view, record, "correct", change=change)
    assert said in str(caught.value.message)


def test_an_added_record_has_the_id_that_the_machine_would_give_it(view: Any) -> None:
    fields = {
        "kind": "position",
        "evidence": {"start": 37, "end": 43},
        "stance": "oppose",
        "target": {"span": {"start": 55, "end": 63}, "kind": "actor"},
    }
    fields["holder"] = to_dict(who(DOC, "Borduria", "BOR"))
    made = addition(view, DOC.id[:6], fields, by="Ada", at=NOW)
    assert made.verdict == "add"
    assert made.record is not None
    roles = {"evidence": [made.record.evidence], "holder": [span(DOC, "Borduria")], "target": [made.record.target.span]}  # type: ignore[union-attr]
    assert made.record_id == made.record.id == record_id("position", DOC.id, roles)


def test_what_the_machine_has_read_is_not_added(view: Any) -> None:
    with pytest.raises(QueryError, match="read this relation already"):
        addition(view, DOC.id, to_dict(PACT), by="Ada", at=NOW)


@pytest.mark.parametrize("kind", ["", "opinion", "document"])
def test_only_records_are_added(view: Any, kind: str) -> None:
    with pytest.raises(QueryError, match="kind"):
        addition(view, DOC.id, {"kind": kind}, by="Ada", at=NOW)


@pytest.mark.parametrize("by", ["", "   ", "A\x07da"])
def test_a_decision_is_signed(view: Any, by: str) -> None:
    with pytest.raises(QueryError, match="signed"):
        decided(view, HELD, "accept", by=by)


def test_a_beginning_that_fits_several_is_no_record(path: Path) -> None:
    app.decide(path, HELD.id, "reject", by="Ada")
    with open_store(path) as store, store.view() as view:
        assert find(view, HELD.id[:4]) == HELD.id
        for short in ("", "zzz"):
            with pytest.raises(QueryError):
                find(view, short)


def test_only_own_decisions_are_withdrawn(path: Path) -> None:
    app.decide(path, HELD.id, "reject", by="Ada")
    with pytest.raises(QueryError, match="Ben has decided nothing"):
        app.decide(path, HELD.id[:5], "withdraw", by="Ben")  # it is found though it stands no longer
    assert app.decide(path, HELD.id, "withdraw", by=" Ada ").record is None


class TestDisputes:
    @pytest.fixture
    def disputed(self, path: Path) -> Path:
        app.decide(path, HELD.id, "correct", by="Ada", change={"stance": "oppose"})
        app.decide(path, HELD.id, "reject", by="Ben")
        return path

    def state(self, path: Path) -> tuple[str, Any]:
        with open_store(path) as store, store.view() as view:
            (reviewed,) = view.reviewed(record_id=HELD.id)
            return reviewed.state, next((r.stance for r in view.records("position")), None)  # type: ignore[union-attr]

    def test_a_third_settles_it_by_agreeing_with_one(self, disputed: Path) -> None:
        assert self.state(disputed) == ("disputed", "support")
        app.decide(disputed, HELD.id, "agree", like="Ada", settles=True, by="Cleo")
        assert self.state(disputed) == ("corrected", "oppose")

    def test_or_by_a_word_of_their_own(self, disputed: Path) -> None:
        app.decide(disputed, HELD.id, "correct", change={"stance": "neutral"}, settles=True, by="Cleo")
        assert self.state(disputed) == ("corrected", "neutral")

    def test_without_settling_a_third_is_one_more_party(self, disputed: Path) -> None:
        app.decide(disputed, HELD.id, "agree", like="Ben", by="Cleo")
        assert self.state(disputed) == ("disputed", "support")

    def test_a_party_does_not_settle_it_unless_as_admin(self, disputed: Path) -> None:
        with pytest.raises(QueryError, match="Ada is a party"):
            app.decide(disputed, HELD.id, "accept", settles=True, by="Ada")
        app.decide(disputed, HELD.id, "accept", settles=True, admin=True, by="Ada")
        assert self.state(disputed) == ("accepted", "support")

    def test_an_admin_settles_it_again(self, disputed: Path) -> None:
        app.decide(disputed, HELD.id, "agree", like="Ada", settles=True, by="Cleo")
        with pytest.raises(QueryError, match="no dispute"):
            app.decide(disputed, HELD.id, "agree", like="Ben", settles=True, by="Dora")
        app.decide(disputed, HELD.id, "agree", like="Ben", settles=True, admin=True, by="Dora")
        assert self.state(disputed) == ("rejected", None)

    def test_where_all_agree_there_is_nothing_to_settle(self, path: Path) -> None:
        app.decide(path, HELD.id, "accept", by="Ada")
        with pytest.raises(QueryError, match="no dispute"):
            app.decide(path, HELD.id, "reject", settles=True, by="Cleo")

    def test_one_agrees_with_somebody_who_has_decided(self, path: Path) -> None:
        with pytest.raises(QueryError, match="Ben has decided nothing"):
            app.decide(path, HELD.id, "agree", like="Ben", by="Ada")


def test_accepting_what_another_corrected_is_agreeing_with_it(path: Path) -> None:
    app.decide(path, HELD.id, "correct", by="Ada", change={"stance": "oppose"})
    app.decide(path, HELD.id, "accept", by="Ben")
    with open_store(path) as store, store.view() as view:
        assert [r.state for r in view.reviewed()] == ["corrected"]


def test_a_decision_hangs_on_every_one_before_it() -> None:
    first = sealed(_plain("Ada"), "", HELD)
    assert sealed(_plain("Ben"), first.digest, HELD) != sealed(_plain("Ben"), "", HELD)
    assert sealed(_plain("Ada"), "", HELD) == first
    assert replace(first, note="x").digest == first.digest != sealed(replace(_plain("Ada"), note="x"), "", HELD).digest
    assert first.seen != sealed(_plain("Ada"), "", replace(HELD, stance="oppose")).seen
    assert first.seen == sealed(_plain("Ada"), "", replace(HELD, confidence=0.1, holder=_surer(HELD.holder))).seen


def _plain(by: str) -> Any:
    from store.reviews import decision as made

    return made(HELD, "accept", by)


def _surer(p: Participant) -> Participant:
    assert isinstance(p.actor, ActorRef)
    return replace(p, actor=replace(p.actor, score=0.1))
