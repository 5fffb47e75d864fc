"""Who "we" and "I" are inside a statement."""

from __future__ import annotations

import pytest

from onrecord import Document, Reader
from onrecord.reading.analysis import Analysis


def named(analysis: Analysis, word: str) -> list[str | None]:
    """The names of the actors that the mentions spelled ``word`` have."""
    return [m.participants[0].actor.name if m.participants[0].actor else None for m in analysis.mentions if m.span.text == word]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ('"We will stay," Norwegian minister Olav Brandt said.', "We", "Olav Brandt"),
        ('Norwegian minister Olav Brandt said: "I will stay."', "I", "Olav Brandt"),
        ('"Nobody likes our plan," said Peruvian envoy Juan Quispe.', "our", "Juan Quispe"),
    ],
)
def test_the_speaker_is_meant(reader: Reader, text: str, word: str, name: str) -> None:
    assert named(reader.analyse(Document(id="case", text=text)), word) == [name]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ('"Our country will stay," Norwegian minister Olav Brandt said.', "Our country", "Norway"),
        ('"Our government will stay," Norwegian minister Olav Brandt said.', "Our government", "Government of Norway"),
    ],
)
def test_what_is_ours_is_the_speakers(reader: Reader, text: str, words: str, name: str) -> None:
    assert named(reader.analyse(Document(id="case", text=text)), words) == [name]


def test_the_reports_own_we_is_left_alone(reader: Reader) -> None:
    assert named(reader.analyse(Document(id="case", text="We do not know why Norway refused.")), "We") == []
