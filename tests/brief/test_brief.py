"""Briefs of a made-up world: what they tell, in which order, and that nothing in them is not in a record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.brief.proof import sentences, unfounded
from tests.brief.world import kept, readings

from onrecord.brief import Brief, brief
from onrecord.query import Filter
from onrecord.store import View


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with kept(tmp_path_factory.mktemp("brief") / "store", readings()) as store, store.view() as opened:
        yield opened


@pytest.fixture(scope="module")
def dam(view: View) -> Brief:
    return brief(view, Filter(issue="nile-dam"))


ASKED = {
    "an issue": Filter(issue="nile-dam"),
    "since": Filter(issue="nile-dam", since="2030-06"),
    "until": Filter(issue="nile-dam", until="2030-05-31"),
    "an actor": Filter(actor="Ruritania"),
    "a country": Filter(actor="SYL"),
    "both": Filter(actor="Vulgaria", issue="nile-dam"),
    "about": Filter(about="dam", confidence=0.6),
    "a few": Filter(issue="nile-dam", limit=1),
}


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_in_it_that_is_not_in_a_record(view: View, name: str):
    found = brief(view, ASKED[name])
    assert unfounded(view, found) == []
    assert sum(1 for _ in sentences(found)) > 10
