"""The project's own scorer: what counts as found, what as a false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.evaluate import Gold, Score, load_gold, score
from onrecord.model import ActorRef, Document, Participant, Position, Reading, Span, Statement, Target

TEXT = "The Peruvian minister said that talks had failed. Lima rejected the offer."
PERU = ActorRef("Q419", "Peru", "state", "PER")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def statement(content: str, actor: ActorRef | None = PERU) -> Statement:
    return Statement(
        id=content, document_id="d", evidence=span(content), speaker=Participant(None, actor), cue=None, content=(span(content),), form="indirect"
    )


def position(words: str, stance: str) -> Position:
    target = Target(None, "proposition")
    return Position(id=words + stance, document_id="d", evidence=span(words), holder=Participant(None, PERU), stance=stance, target=target)  # type: ignore[arg-type]


def gold(tmp_path: Path, rows: str) -> Gold:
    path = tmp_path / "g.toml"
    path.write_text(rows, encoding="utf8")
    return load_gold(path, TEXT)


def reading(**records: tuple[object, ...]) -> Reading:
    return Reading(Document(id="d", text=TEXT), **records)  # type: ignore[arg-type]


WANTED = 'statements = [{ speaker = "PER", words = "that talks had failed" }]'


def test_a_statement_fits_by_half_of_its_characters_and_the_speaker(tmp_path: Path) -> None:
    wanted = gold(tmp_path, WANTED)
    assert score(reading(statements=(statement("talks had failed"),)), wanted)["statements"] == Score(1, 1, 1)
    assert score(reading(statements=(statement("failed"),)), wanted)["statements"] == Score(0, 1, 1)
    other = ActorRef("Q750", "Bolivia", "state", "BOL")
    assert score(reading(statements=(statement("talks had failed", other),)), wanted)["statements"] == Score(0, 1, 1)
    assert score(reading(statements=(statement("talks had failed", None),)), wanted)["statements"] == Score(0, 1, 1)


def test_a_second_copy_is_a_false_alarm(tmp_path: Path) -> None:
    twice = (statement("that talks had failed"), statement("talks had failed"))
    found = score(reading(statements=twice), gold(tmp_path, WANTED))["statements"]
    assert (found.hit, found.made) == (1, 2)
    assert found.f1 == pytest.approx(200 / 3)


def test_the_stance_must_be_right(tmp_path: Path) -> None:
    wanted = gold(tmp_path, 'positions = [{ holder = "Peru", stance = "oppose", words = "Lima rejected the offer" }]')
    assert score(reading(positions=(position("rejected the offer", "oppose"),)), wanted)["positions"].f1 == 100
    assert score(reading(positions=(position("rejected the offer", "support"),)), wanted)["positions"].f1 == 0


def test_what_must_be_absent_is_counted_when_made(tmp_path: Path) -> None:
    wanted = gold(tmp_path, 'absent = [{ kind = "position", holder = "Peru", stance = "support", words = "Lima rejected the offer" }]')
    assert score(reading(positions=(position("rejected the offer", "support"),)), wanted)["absent"] == Score(1, 1, 1)
    assert score(reading(positions=(position("rejected the offer", "oppose"),)), wanted)["absent"] == Score(0, 0, 1)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('statements = [{ speaker = "PER", words = "no such words" }]', "does not say"),
        ('statements = [{ speaker = "PER", words = "t" }]', "more than once"),
        ("rumours = []", "unknown section"),
    ],
)
def test_a_gold_file_that_does_not_fit_its_text_is_refused(tmp_path: Path, rows: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        gold(tmp_path, rows)
