"""Two reports side by side: what is paired, what only one has, what a person's judgement changes, and which reports are offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.errors import QueryError
from onrecord.model import Link, Reading
from onrecord.query import Filter, others
from onrecord.query.side_by_side import side_by_side
from onrecord.store import View
from store.builders import ISSUES, document, position, relation, statement, who
from web import two_reports

Ask = Callable[..., View]


def paired(view: View, one: Reading, other: Reading) -> list[tuple[str, list[str], list[str]]]:
    found = side_by_side(view, one.document.id, other.document.id)
    return [(p.how, [r.evidence.text for r in p.left], [r.evidence.text for r in p.right]) for p in found.pairs]


def test_linked_records_are_pairs_and_the_rest_is_of_one(ask: Ask) -> None:
    one, other = two_reports.readings()
    view = ask(one, other, links=tuple(two_reports.links(one, other)))
    found = side_by_side(view, one.document.id[:10], other.document.id)
    assert [(p.number, p.how) for p in found.pairs] == [(1, "same-event"), (2, "same-statement")]
    assert found.pairs[0].differs is None
    assert found.pairs[1].differs is not None
    assert found.pairs[1].differs.left_out == ("until spring",)
    assert [r.kind for r in found.only(found.left)] == ["position", "relation"]
    assert found.only(found.right) == []
    assert [(c.what, c.value, c.other_value) for c in found.contradictions] == [("number", "six", "Eight drivers were killed")]


def test_turned_around_the_pairs_are_the_same(ask: Ask) -> None:
    one, other = two_reports.readings()
    view = ask(one, other, links=tuple(two_reports.links(one, other)))
    forth, back = paired(view, one, other), paired(view, other, one)
    assert sorted(forth) == sorted((how, right, left) for how, left, right in back)


def test_what_somebody_rejected_or_withdrew_is_no_pair(ask: Ask) -> None:
    one, other = two_reports.readings()
    story, event, said = two_reports.links(one, other)
    no = replace(event, judgement="negative", by="Ada", created_at="2031-06-01T00:00:00Z")
    view = ask(one, other, links=(story, event, no, replace(said, withdrawn_at="2031-06-01T00:00:00Z")))
    assert paired(view, one, other) == []


def test_the_same_claim_is_a_pair_without_a_link(ask: Ask) -> None:
    def told(text: str, publisher: str, stance: str) -> Reading:
        doc = document(text, publisher)
        held = position(doc, who(doc, "Lund", "Lund"), stance, "the harbour", ISSUES[0])
        pact = relation(doc, who(None, None, "RUR"), "alliance", who(None, None, "BOR"), "allies", directed=False)
        return Reading(doc, positions=(held,), relations=(pact,))

    one, same = told("Lund backs the harbour of her allies.", "Wire", "support"), told("Says Lund: the harbour, with allies!", "Herald", "support")
    against = told("Lund is against the harbour of the allies.", "Post", "oppose")
    view = ask(one, same, against)
    assert [how for how, _, _ in paired(view, one, same)] == ["same-claim", "same-claim"]
    assert paired(view, one, against) == [("same-claim", ["allies"], ["allies"])]


def test_several_records_of_one_happening_are_one_pair(ask: Ask) -> None:
    doc, again = (
        document("Lund said the harbour stays open. The harbour stays open, she repeated."),
        document("The harbour is to stay open, said Lund.", "Herald"),
    )
    first, second = (
        statement(doc, who(doc, "Lund", "Lund"), "the harbour stays open"),
        statement(doc, who(doc, "she", "Lund"), "The harbour stays open"),
    )
    third = statement(again, who(again, "Lund", "Lund"), "The harbour is to stay open")
    links = tuple(Link(third.id, s.id, "same-statement", "positive", 0.9, "", "test", "") for s in (first, second))
    one, other = Reading(doc, statements=(first, second)), Reading(again, statements=(third,))
    assert paired(ask(one, other, links=links), one, other) == [
        ("same-statement", ["the harbour stays open", "The harbour stays open"], ["The harbour is to stay open"])
    ]


def test_a_copy_contradicts_nothing(ask: Ask) -> None:
    one, other = two_reports.readings()
    copy = Link(other.document.id, one.document.id, "syndicated", "positive", 0.9, "", "copies.test", "")
    view = ask(one, other, links=(*two_reports.links(one, other), copy))
    assert side_by_side(view, one.document.id, other.document.id).contradictions == ()


def test_a_report_is_not_compared_with_itself(ask: Ask) -> None:
    one, other = two_reports.readings()
    view = ask(one, other)
    with pytest.raises(QueryError, match="itself"):
        side_by_side(view, one.document.id, one.document.id)
    with pytest.raises(QueryError, match="no document"):
        side_by_side(view, one.document.id, "ffff")


def test_reports_of_the_story_and_of_the_same_records_are_offered(ask: Ask) -> None:
    one, other = two_reports.readings()
    copy, alone = Reading(document("A copy of it.", "Echo")), Reading(document("Of something else.", "Echo"))
    links = (*two_reports.links(one, other), Link(copy.document.id, one.document.id, "duplicate", "positive", 0.9, "", "copies.test", ""))
    found = others(ask(one, other, copy, alone, links=links), Filter(document_id=one.document.id))
    assert [(o.id, o.how, o.shared) for o in found] == [(other.document.id, ("story",), 2), (copy.document.id, ("copy",), 0)]
    assert others(ask(one, alone), Filter(document_id=one.document.id)) == []
