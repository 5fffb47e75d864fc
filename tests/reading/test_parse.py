"""Parsing in batches: what one report costs in memory has a bound, whatever its paragraphs are like."""

from __future__ import annotations

import pytest

from onrecord.reading.parse import MAX_BATCH, MAX_PARAGRAPH, batch_size


@pytest.mark.parametrize("longest", [0, 1, 90, 800, 5_000, MAX_PARAGRAPH])
def test_a_batch_never_holds_more_than_it_may(longest: int):
    assert 1 <= batch_size(longest) <= 256
    assert batch_size(longest) * longest <= MAX_BATCH


def test_ordinary_reports_are_one_batch():
    assert batch_size(800) >= 50
