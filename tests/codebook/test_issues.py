"""The issue list is whole, and the finder reads the issue off the words, with the countries and the year beside them."""

from __future__ import annotations

import pytest

from onrecord.codebook.issues import find_issue, issue, issues, pair_issue, version
from onrecord.errors import CodebookError


def test_the_list_is_whole() -> None:
    assert version()
    assert len(issues()) >= 40
    for row in issues():
        assert row.id == row.id.lower().replace("_", "-").replace(" ", "-")
        assert all((row.label, row.definition, row.support, row.oppose, row.example, row.cues))
        assert issue(row.id) is row


@pytest.mark.parametrize(
    ("text", "countries", "year", "expected"),
    [
        ("the Taiwan question", (), None, "taiwan-status"),
        ("Taiwan's status", (), None, "taiwan-status"),
        ("their one-China policy", (), None, "one-china-policy"),
        ("the nuclear work", ("IRN",), 2006, "iran-nuclear"),
        ("the nuclear work", ("PRK",), 2006, "korean-nuclear"),
        ("the nuclear work", ("NOR",), 2006, None),
        ("the invasion of Ukraine", (), 2023, "ukraine-war"),
        ("the invasion of Ukraine", (), 1998, None),
        ("a tax on fish", (), None, None),
        ("", (), None, None),
    ],
)
def test_find_issue(text: str, countries: tuple[str, ...], year: int | None, expected: str | None) -> None:
    found = find_issue(text, countries, year)
    assert (found.id if found else None) == expected


def test_pairs_of_states() -> None:
    kashmir = pair_issue({"IND", "PAK"})
    assert kashmir is not None
    assert kashmir.id == "india-pakistan-relations"
    assert pair_issue({"IND"}) is None
    assert pair_issue({"RUS", "UKR"}, 1998) is None


def test_an_unknown_issue_is_an_error() -> None:
    with pytest.raises(CodebookError, match="no issue is called"):
        issue("fish")
