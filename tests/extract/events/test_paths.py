"""The way from a predicate to its parties, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord import Document
from onrecord.extract.events.paths import paths
from onrecord.model import document_id

if TYPE_CHECKING:
    from onrecord import Reader

CASES = {
    "Kenya condemned Uganda.": ["condemned ←subject Kenya", "condemned ←object Uganda"],
    "Uganda was condemned by Kenya.": ["condemned ←by Kenya", "condemned ←subject Uganda"],
    "Kenya held talks with Uganda.": ["talks →object held ←subject Kenya", "talks ←with Uganda"],
    "Kenya met Uganda. It will help the country.": ["met ←subject Kenya", "met ←object Uganda"],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_the_first_events_paths(reader: Reader, text: str, expected: list[str]) -> None:
    analysis = reader.analyse(Document(id=document_id(text, None, None), text=text))
    assert [p.steps for p in paths(analysis, analysis.events[0])] == expected


def test_a_party_of_another_sentence_has_no_path(reader: Reader) -> None:
    text = "Kenya's envoy visited Uganda on Monday.\n\nHe condemned the raid by Chad."
    analysis = reader.analyse(Document(id=document_id(text, None, None), text=text))
    found = [p for event in analysis.events for p in paths(analysis, event)]
    assert {p.role for p in found} == {"actor", "recipient"}
    assert all(p.steps is None or p.steps.split()[0] in text for p in found)
