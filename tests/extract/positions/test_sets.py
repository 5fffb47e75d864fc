"""The check sets as a whole: texts that no rule was made from at first. The figures at first sight are in docs/decisions/0006."""

from __future__ import annotations

import pytest
from tests.extract.positions.sets import PUBLISHED, cases, score
from training.corpus.positions import read as read_text

from onrecord import Reader
from onrecord.model import Reading

FLOORS = {"first.txt": (96, 92), "second.txt": (94, 89)}
"""Precision and recall, in per cent, that a set must keep."""


@pytest.mark.parametrize("name", FLOORS)
def test_check_set(reader: Reader, name: str) -> None:
    def read(text: str) -> Reading:
        return read_text(reader, text, PUBLISHED)

    result, errors = score(cases(name), read)
    told = "\n".join([f"P {result.precision:.1f} R {result.recall:.1f} F1 {result.f1:.1f}, issues {result.right} of {result.asked}", *errors])
    assert result.precision >= FLOORS[name][0], told
    assert result.recall >= FLOORS[name][1], told
