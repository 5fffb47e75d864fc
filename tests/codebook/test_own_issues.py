"""Issues of a user's own: laid on the list through a knowledge folder, found while reading, asked for by id; every mistake is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Document, Reader
from onrecord.codebook.issues import packaged
from onrecord.codebook.own_issues import own
from onrecord.errors import OverlayError
from onrecord.knowledge import knowledge_base
from onrecord.model import document_id
from onrecord.query import Filter

HERRING = """
[[issue]]
id = "own-herring-quota"
label = "Herring quota"
definition = "How much herring each state may land."
cues = ["herring"]
support = "for the quota"
oppose = "against the quota"
example = "Oslo rejected the herring quota."

[[issue]]
id = "nile-dam"
cues = ["lake tana weir"]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "issues.toml").write_text(HERRING, encoding="utf8")
    return tmp_path


def test_a_folder_adds_issues_and_cues(desk: Path) -> None:
    found = knowledge_base(desk).issues
    assert found.issue("own-herring-quota").label == "Herring quota"
    for text, code in (("the herring quota", "own-herring-quota"), ("the Lake Tana weir", "nile-dam"), ("the Renaissance Dam", "nile-dam")):
        issue = found.find(text)
        assert issue is not None
        assert issue.id == code
    assert packaged().find("the herring quota") is None


def test_positions_are_read_with_them(desk: Path) -> None:
    text = "Norway rejected the herring rules."
    reading = Reader(knowledge=desk).read(Document(id=document_id(text, None, None), text=text))
    assert [p.issue and p.issue.id for p in reading.positions] == ["own-herring-quota"]


def test_queries_take_their_ids() -> None:
    assert Filter(issue="own-herring-quota").issue == "own-herring-quota"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("[[issue]\n", 1, "", "is no TOML"),
        ('[[topic]]\nid = "x"\n', 0, "", "only [[issue]] tables"),
        ('\n[[issue]]\nid = "herring"\n', 2, "id", "is no id for an issue of your own"),
        (HERRING.replace('label = "Herring quota"', ""), 2, "label", "is missing"),
        (HERRING.replace('cues = ["herring"]', ""), 2, "cues", "is missing"),
        (HERRING.replace('cues = ["herring"]', 'cues = "herring"'), 2, "cues", "must be a list"),
        (HERRING.replace('cues = ["herring"]', 'pairs = ["NOR"]\ncues = ["herring"]'), 2, "pairs", "is not understood"),
        (HERRING.replace('cues = ["herring"]', 'topics = ["quota"]\ncues = ["herring"]'), 2, "topics", "is not understood"),
        (HERRING.replace('id = "nile-dam"', 'id = "nile-dam"\nlabel = "Dam"'), 11, "label", "cannot be changed in nile-dam"),
        (HERRING.replace('id = "nile-dam"', 'id = "own-herring-quota"'), 11, "id", "stands twice"),
        (HERRING.replace("cues", "clues"), 2, "clues", "is no field of an issue"),
    ],
)
def test_mistakes_are_named(text: str, line: int, column: str, message: str) -> None:
    _, problems = own(text, "issues.toml")
    assert (problems[0].line, problems[0].column) == (line, column)
    assert message in problems[0].message


def test_a_folder_with_mistakes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "issues.toml").write_text('[[issue]]\nid = "herring"\n', encoding="utf8")
    with pytest.raises(OverlayError, match="is no id for an issue of your own"):
        knowledge_base(tmp_path)
