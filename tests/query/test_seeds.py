"""The cross-document expectations of the seed reports, each answered by a query."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.across.independence import Copies
from onrecord.model import Document, document_id
from onrecord.query import Filter, corroboration, documents, occurrences, positions, relations, shifts, standing, ties
from onrecord.store import View, open_store

if TYPE_CHECKING:
    from onrecord import Reader

SEEDS = Path(__file__).parents[2] / ".." / "shared" / "gold" / "seeds"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SEEDS.exists(), reason="../shared is absent")]
PUBLISHED = {"000": "2024-11-08", "003": "2024-07-04"}  # the gold's notes: Valdai on 7 November, Astana on 3 July


@pytest.fixture(scope="module")
def view(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    gold = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
    with open_store(tmp_path_factory.mktemp("seeds") / "s.onrecord", create=True) as store:
        with store.writer() as w:
            for entry in gold["documents"]:
                text, day = (SEEDS / entry["file"]).read_text(encoding="utf-8"), PUBLISHED[entry["doc_id"][:3]]
                w.add(reader.read(Document(document_id(text, None, day), text, published=day)), entry["doc_id"], reader.run_id)
        with store.view() as snapshot:
            yield snapshot


def test_x01_two_independent_reports_say_that_russia_backs_china_on_taiwan(view: View) -> None:
    row = next(r for r in standing(view, Filter(actor="RUS", issue="taiwan-status", stance="support")))
    assert row.documents == 2
    assert len({r.document_id for r in corroboration(view, row.id[0])}) == 2


def test_x01_the_two_occasions_stay_two(view: View) -> None:
    row = next(r for r in standing(view, Filter(actor="RUS", issue="taiwan-status", stance="support")))
    shown = [p.record_id or p.statement_id for p in positions(view) if p.id in row.id]
    assert len({view.record(i).document_id for i in shown if i}) == 2  # each position rests on words of its own report


def test_x02_the_war_is_found_in_both_reports(view: View) -> None:
    assert any(r.documents == 2 and "Ukraine" in r.recipients for r in occurrences(view, Filter(actor="RUS", about="UKR", type="ASSAULT")))


def test_x03_the_partnership_is_found_in_both_reports(view: View) -> None:
    assert any(r.documents == 2 and "partnership" in r.type for r in ties(view, Filter(actor="RUS", about="CHN")))


def test_x04_the_dispute_over_taiwan_is_found_in_both_reports(view: View) -> None:
    assert any(r.documents == 2 and {"claim", "dispute"} & set(r.type) for r in ties(view, Filter(actor="CHN", about="TWN")))


def test_x05_russia_did_not_change_its_mind(view: View) -> None:
    assert {r.date for r in positions(view, Filter(actor="RUS", issue="taiwan-status"))} >= {"2024-11-08"}
    assert shifts(view, Filter(actor="RUS", issue="taiwan-status")) == []


def test_x06_the_reports_are_no_copies(view: View) -> None:
    assert len(list(documents(view))) == 2
    assert Copies(view).groups() == []


def test_x07_sanctions_on_russia_are_found_in_both_reports(view: View) -> None:
    assert len({r.document_id for r in relations(view, Filter(type="sanction", about="RUS"))}) == 2
