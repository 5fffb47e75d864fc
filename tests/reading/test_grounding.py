"""Who is meant, in sets of paragraphs written and marked before they were read: wire style 1996-2006, modern reports, other regions, and a last one.

Each set is a table in ``grounding/``: a line ``== DATE`` and a paragraph with marks as in ``marked``. A mark is right, wrong with confidence
(somebody, but not who was expected) or silent. Run as a module to see what is not right: ``python -m tests.reading.test_grounding wire``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reading.marked import judged

from onrecord import Reader

SETS = Path(__file__).parent / "grounding"
FLOORS = {"wire": (96, 3), "modern": (96, 2), "regions": (92, 5), "late": (93, 4)}
"""Least share of marks that are right, and most that may be wrong with confidence, in per cent."""


def paragraphs(name: str) -> Iterator[tuple[str, str]]:
    """(day, marked text) of every paragraph of a set."""
    for part in (SETS / f"{name}.txt").read_text(encoding="utf8").split("== ")[1:]:
        day, text = part.split("\n", 1)
        yield day.strip(), text.strip()


def score(reader: Reader, name: str, *, show: bool = False) -> Counter[str]:
    """How many marks of a set are right, wrong with confidence, or silent."""
    total: Counter[str] = Counter()
    for day, text in paragraphs(name):
        for verdict, line in judged(reader, text, day):
            total[verdict] += 1
            if show and verdict != "right":
                sys.stdout.write(f"{day} {verdict:6} {line}\n")
    return total


@pytest.mark.parametrize("name", FLOORS)
def test_marks_of_a_set_are_right(reader: Reader, name: str) -> None:
    total = score(reader, name)
    least, most = FLOORS[name]
    assert 100 * total["right"] / total.total() >= least
    assert 100 * total["wrong"] / total.total() <= most


if __name__ == "__main__":
    for each in sys.argv[1:] or FLOORS:
        sys.stdout.write(f"{each}: {dict(score(Reader(), each, show=True))}\n")
