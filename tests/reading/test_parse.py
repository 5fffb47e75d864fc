"""Parsing in batches: what one report costs in memory has a bound, whatever its paragraphs are like."""

from __future__ import annotations

import pytest

from onrecord import Document, Reader
from onrecord.reading.parse import MAX_BATCH, MAX_PARAGRAPH, batch_size


@pytest.mark.parametrize("longest", [0, 1, 90, 800, 5_000, MAX_PARAGRAPH])
def test_a_batch_never_holds_more_than_it_may(longest: int):
    assert 1 <= batch_size(longest) <= 256
    assert batch_size(longest) * longest <= MAX_BATCH


def test_ordinary_reports_are_one_batch():
    assert batch_size(800) >= 50


def test_lone_surrogates_are_parsed_and_offsets_hold(reader: Reader):
    text = "Norway \ud800 refused. Peruvian envoy Rosa Quispe\udfff left."
    found = reader.read(Document(id="lone", text=text))
    assert "Peru" in {p.actor.name for p in found.mentions if p.actor}
    assert all(p.mention is None or text[p.mention.start : p.mention.end] == p.mention.text for p in found.mentions)
