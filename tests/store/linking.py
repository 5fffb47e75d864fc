"""What any store must do for linkers: remember what they remember, find it again, and say what is still to be linked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.store import Trace, dump
from store.builders import sample

ONE, TWO, THREE = (sample(n) for n in (1, 2, 3))
DAY = 741_000
LINK = Link(TWO.document.id, ONE.document.id, "duplicate", "positive", 0.9, "the same words", "copies", "")


def trace(n: int, *terms: int, day: int = DAY, space: str = "copies", data: bytes = b"x") -> Trace:
    document_id = (ONE, TWO, THREE)[n].document.id
    return Trace(space, document_id, document_id, day, terms, data)


class LinkingContract:
    """For every store; ``store`` is a new, empty one."""

    @pytest.fixture
    def filled(self, store: Any) -> Any:
        with store.writer() as w:
            for name, reading in (("a", ONE), ("b", TWO), ("c", THREE)):
                w.add(reading, name)
        return store

    def test_what_is_new_is_to_be_linked_in_the_order_of_adding(self, filled: Any) -> None:
        ids = [r.document.id for r in (ONE, TWO, THREE)]
        with filled.writer() as w:
            with w.linking() as linking:
                assert linking.unlinked(9) == ids
                assert linking.unlinked(2) == ids[:2]
                assert [linking.arrival(i) for i in ids] == [1, 2, 3]
                linking.linked(ids[0])
            with w.linking() as linking:
                assert linking.unlinked(9) == ids[1:]
        with filled.view() as view:
            assert view.arrival(ids[2]) == 3
            with pytest.raises(QueryError):
                view.arrival("nobody")

    def test_traces_are_found_by_terms_and_days(self, filled: Any) -> None:
        with filled.writer() as w, w.linking() as linking:
            a, b, c = linking.remember(trace(0, 5, 6)), linking.remember(trace(1, 6, 7, day=DAY + 1)), linking.remember(trace(2, 6, day=0))
            linking.remember(trace(2, 6, space="stories"))
            assert linking.find("copies", [6]) == [(6, c), (6, a), (6, b)]
            assert linking.find("copies", [6], newest=True, at_most=2) == [(6, b), (6, a)]
            assert linking.find("copies", [5, 6, 7], days=(DAY, DAY)) == [(5, a), (6, a)]
            assert linking.find("copies", range(100), days=(0, 0)) == [(6, c)]
            assert linking.find("elsewhere", [6]) == linking.find("copies", []) == []
            assert linking.traces([a, b]) == {a: replace(trace(0), terms=()), b: replace(trace(1, day=DAY + 1), terms=())}
            assert linking.trace("copies", THREE.document.id) == (c, trace(2, day=0))
            assert linking.trace("copies", "nobody") is None

    def test_a_trace_takes_the_place_of_the_former(self, filled: Any) -> None:
        with filled.writer() as w, w.linking() as linking:
            key = linking.remember(trace(0, 5))
            assert linking.remember(trace(0, 8, day=DAY + 3, data=b"y")) == key
            assert linking.find("copies", [5, 8]) == [(8, key)]
            assert linking.traces([key])[key].data == b"y"

    def test_a_transaction_that_fails_leaves_nothing(self, filled: Any) -> None:
        with filled.writer() as w:
            with pytest.raises(ZeroDivisionError), w.linking() as linking:
                linking.remember(trace(0, 5))
                linking.link(LINK)
                linking.linked(ONE.document.id)
                raise ZeroDivisionError
            with w.linking() as linking:
                assert linking.find("copies", [5]) == []
                assert linking.links([ONE.document.id], ["duplicate"]) == []
                assert len(linking.unlinked(9)) == 3

    def test_links_are_found_by_their_ends_and_types(self, filled: Any) -> None:
        story = replace(LINK, type="same-story")
        with filled.writer() as w, w.linking() as linking:
            linking.link(LINK)
            linking.link(story)
            assert linking.links([ONE.document.id]) == linking.links([TWO.document.id, "nobody"]) == [LINK, story]
            assert linking.links([ONE.document.id], ["same-story"]) == [story]
            assert linking.links([THREE.document.id], ["duplicate"]) == []
            linking.unlink(LINK.left, LINK.right, "duplicate", "copies")
            assert linking.links([ONE.document.id], ["duplicate"]) == []
        with filled.view() as view:
            assert list(view.links(types=["same-story"])) == [story]

    def test_a_withdrawn_link_stays_withdrawn(self, filled: Any) -> None:
        gone = replace(LINK, withdrawn_at="2031-01-02T00:00:00Z")
        with filled.writer() as w:
            with w.linking() as linking:
                linking.link(LINK)
            w.link(gone)
            with w.linking() as linking:
                linking.link(LINK)
                linking.unlink(LINK.left, LINK.right, "duplicate", "copies")
                assert linking.links([LINK.left], ["duplicate"]) == [gone]

    def test_a_document_read_anew_is_forgotten_and_its_neighbours_are_linked_anew(self, filled: Any) -> None:
        mine = replace(LINK, by="a reader", created_at="2031-01-02T00:00:00Z")
        with filled.writer() as w:
            with w.linking() as linking:
                linking.remember(trace(0, 5))
                kept = linking.remember(trace(1, 5))
                linking.link(LINK)
                for reading in (ONE, TWO, THREE):
                    linking.linked(reading.document.id)
            w.link(mine)
            w.add(sample(1, "run-2"), "a")
            with w.linking() as linking:
                assert linking.unlinked(9) == [ONE.document.id, TWO.document.id]
                assert linking.find("copies", [5]) == [(5, kept)]
                assert linking.links([ONE.document.id], ["duplicate"]) == [mine]

    def test_links_of_records_go_with_their_document(self, filled: Any) -> None:
        left, right = TWO.statements[0].id, ONE.statements[0].id
        with filled.writer() as w:
            with w.linking() as linking:
                linking.link(Link(left, right, "same-statement", "positive", 0.9, "", "same", ""))
                for reading in (ONE, TWO, THREE):
                    linking.linked(reading.document.id)
            w.add(sample(4, "run-2"), "a")  # the first is given no longer
            with w.linking() as linking:
                assert linking.links([left]) == []
                assert linking.unlinked(9) == [TWO.document.id, sample(4).document.id]

    def test_all_can_be_linked_anew(self, filled: Any) -> None:
        mine = replace(LINK, by="a reader", created_at="2031-01-02T00:00:00Z")
        with filled.view() as view:
            before = list(dump(view))
        with filled.writer() as w:
            with w.linking() as linking:
                linking.remember(trace(0, 5))
                linking.link(LINK)
                linking.linked(ONE.document.id)
            w.unlink_all()
            with filled.view() as view:
                assert list(dump(view)) == before
            w.link(mine)
            w.unlink_all()
            with w.linking() as linking:
                assert linking.find("copies", [5]) == []
                assert linking.unlinked(9) == [r.document.id for r in (ONE, TWO, THREE)]
                assert linking.links([ONE.document.id], ["duplicate"]) == [mine]
