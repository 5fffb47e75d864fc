"""Places by name, country and precision."""

from __future__ import annotations

import pytest

from onrecord import Reader

CASES = [
    ("They met in Norway.", [("Norway", "NOR", "country")]),
    ("They met in Oslo.", [("Oslo", "NOR", "city")]),
    ("They met in Bergen, Norway.", [("Bergen", "NOR", "city"), ("Norway", "NOR", "country")]),
    ("They met in Turkey's Antalya.", [("Turkey", "TUR", "country"), ("Antalya", "TUR", "city")]),
    ("They met in the Norwegian city of Bergen.", [("Norway", "NOR", "country"), ("Bergen", "NOR", "city")]),
    ("The Norwegian minister left.", [("Norway", "NOR", "country")]),
    ("The company left.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_places(reader: Reader, text: str, expected: list[tuple[str, str | None, str]]) -> None:
    found = reader.places(text)
    assert [(p.name, p.country, p.precision) for p in found] == expected
    assert all(p.span is not None and text[p.span.start : p.span.end] == p.span.text for p in found)
