"""What any store must do with judgements of links: keep every one in the chain of decisions, whatever is read anew, and say which count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import SchemaError
from onrecord.model import Judged, Link
from onrecord.store.standing import judged, judgements
from store.builders import sample
from store.reviews import decide, decision, filled

ENDS = sample(1).statements[0].id, sample(2).statements[0].id
SAID = ("positive", "negative", "unsure", "withdraw")
FOUND = Link(*ENDS, "same-statement", "positive", 0.8, "the same words", "same-statements", "")


def word(by: str, judgement: Any, minute: int = 0, **more: Any) -> Judged:
    """What somebody says of the two statements. ``judgement``: positive, negative, unsure or withdraw."""
    at = f"2031-06-01T10:{minute:02}:00+00:00"
    gone = {"judgement": "positive", "withdrawn_at": at} if judgement == "withdraw" else {"judgement": judgement}
    return replace(Judged(*ENDS, "same-statement", "positive", 1.0, "", by, at), **gone, **more)


def judge(store: Any, *words: Judged) -> list[Judged]:
    with store.writer() as w:
        return [w.judge(one) for one in words]


class JudgingContract:
    """For every store; see ``StoreContract``."""

    def test_judgements_are_kept_beside_what_was_found_and_survive_another_reading(self, store: Any) -> None:
        filled(store, sample(1), sample(2))
        with store.writer() as w, w.linking() as linking:
            linking.link(FOUND)
        kept = judge(store, word("Ada", "negative"), word("Ben", "positive", 1, settles=True))
        with store.view() as view:
            assert list(view.links(types=["same-statement"])) == [*kept, FOUND]  # by who says it
            assert list(view.judgements()) == kept
        filled(store, sample(1, "run-2"), sample(2, "run-2"))
        with store.view() as view:
            assert list(view.links(types=["same-statement"])) == kept
        with store.writer() as w:
            w.unlink_all()
        with store.view() as view:
            assert list(view.judgements()) == kept
        assert store.check() == []

    def test_of_one_persons_judgements_ties_have_the_latest_alone(self, store: Any) -> None:
        other_way_round = word("Ada", "negative", 3, left=ENDS[1], right=ENDS[0])
        judge(store, word("Ada", "positive"), word("Ben", "positive", 1), word("Ben", "withdraw", 2), other_way_round)
        with store.view() as view:
            assert [(t.by, t.judgement, t.settles) for t in view.ties(["same-statement"])] == [("Ada", "negative", False)]
            assert len(list(view.judgements())) == 4
        judge(store, word("Ben", "unsure", 4, settles=True))
        with store.view() as view:
            assert {(t.by, t.judgement, t.settles) for t in view.ties(["same-statement"])} == {("Ada", "negative", False), ("Ben", "unsure", True)}

    def test_what_several_judged_is_found_apart(self, store: Any) -> None:
        alone = word("Ada", "positive", 3, right="elsewhere")
        several = judge(store, word("Ada", "positive"), word("Ben", "positive", 1, left=ENDS[1], right=ENDS[0]))
        other_type = judge(store, alone, word("Ada", "negative", 4, right="elsewhere"), word("Ben", "negative", 5, type="same-event"))
        with store.view() as view:
            assert list(view.judgements(shared=True)) == several
            assert list(view.judgements(shared=True, by="Ben")) == several[1:]
            assert list(view.judgements(by="Ben")) == [several[1], other_type[2]]
            assert list(view.judgements()) == [*several, *other_type]

    def test_judgements_and_decisions_hang_together_in_one_chain(self, store: Any) -> None:
        filled(store, sample(1))
        record = sample(1).statements[0]
        (one,), (two,), (three,), (four,) = (
            judge(store, word("Ada", "positive")),
            decide(store, decision(record, "accept")),
            judge(store, word("Ben", "positive", 1)),
            decide(store, decision(record, "withdraw")),
        )
        assert len({one.digest, two.digest, three.digest, four.digest}) == 4
        with store.view() as view:
            assert list(view.decisions()) == [two, four]
        assert store.check() == []

    def test_the_same_judgement_is_not_kept_twice_and_an_undated_one_not_at_all(self, store: Any) -> None:
        (kept,) = judge(store, word("Ada", "positive"))
        for bad in (word("Ada", "negative"), word("Ada", "negative", created_at="")):
            with pytest.raises(SchemaError):
                judge(store, bad)
        with store.view() as view:
            assert list(view.links()) == [kept]

    def test_whatever_people_say_in_whatever_order_ties_and_links_say_the_same(self, fresh: Any) -> None:
        @settings(max_examples=40, deadline=None)
        @given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(SAID), st.booleans()), max_size=7))
        def check(said: list[tuple[str, str, bool]]) -> None:
            store = fresh()
            judge(store, *(word(by, what, minute, settles=settles) for minute, (by, what, settles) in enumerate(said)))
            with store.view() as view:
                words = judgements(view.links(ENDS))
                assert [(w.by, w.judgement) for w in words] == [(t.by, t.judgement) for t in judgements(view.ties(["same-statement"]))]
                assert judged(words) == judged(judgements(view.ties(["same-statement"])))
            assert store.check() == []

        check()
