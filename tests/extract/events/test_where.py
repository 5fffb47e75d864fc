"""Where events happen: sentences with the place expected, written before any output was seen (where.tsv; an empty place: none is said)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from onrecord import Document, Reader

ROWS = [line.split("\t") for line in Path(__file__).with_name("where.tsv").read_text(encoding="utf8").rstrip("\n").split("\n")[1:]]


def said(reader: Reader, sentence: str, trigger: str) -> str | None:
    """The words of the place of the event with a trigger; "" where it has none, None where there is no such event."""
    events = reader.read(Document(id="x", text=sentence, published="2025-06-10")).events
    found = [e for e in events if trigger.lower() in e.trigger.text.lower()] or list(events[:1])
    places = [e.place.span.text for e in found if e.place is not None and e.place.span is not None]
    return places[0] if places else "" if found else None


def test_events_take_the_place_their_clause_names(reader: Reader) -> None:
    count: Counter[str] = Counter()
    wrong = []
    for sentence, trigger, expected in ROWS:
        place = said(reader, sentence, trigger)
        if place is None:
            count["no event"] += 1
        elif expected and expected in place:
            count["right"] += 1
        elif place:
            wrong.append((sentence, place))
        else:
            count["missing" if expected else "rightly none"] += 1
    assert wrong == []
    assert count["right"] >= 42
    assert count["missing"] <= 12


CASES = [
    ("France and Italy held talks in Rome.", "talks", "Rome"),
    ("In the Saudi capital, the Russian and Ukrainian envoys met again.", "met", "Saudi capital"),
    ("The Rome talks between France and Italy failed.", "talks", "Rome"),
    ("France accused Spain of planning an attack in Rome.", "accused", ""),
    ("Italy told reporters in Rome that France rejected the treaty.", "rejected", ""),
]


@pytest.mark.parametrize(("sentence", "trigger", "expected"), CASES)
def test_where(reader: Reader, sentence: str, trigger: str, expected: str) -> None:
    assert said(reader, sentence, trigger) == expected
