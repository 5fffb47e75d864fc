"""From titles to roles, from ministries to kinds of body."""

from __future__ import annotations

import pytest

from onrecord.knowledge import roles
from onrecord.knowledge.roles import body_kind, role

ROLES = [
    ("President", "president"),
    ("the president", "president"),
    ("premier", "prime minister"),
    ("Chancellor", "prime minister"),
    ("Chancellor of the Exchequer", "finance minister"),
    ("vice-president", "vice president"),
    ("Vice Premier", "deputy prime minister"),
    ("Secretary of State", "foreign minister"),
    ("Foreign Secretary", "foreign minister"),
    ("Minister of Foreign Affairs", "foreign minister"),
    ("Minister for Foreign Affairs and Trade", "foreign minister"),
    ("external affairs minister", "foreign minister"),
    ("Defense Secretary", "defence minister"),
    ("Minister of National Defense", "defence minister"),
    ("Secretary of State for Defence", "defence minister"),
    ("former foreign minister", "foreign minister"),
    ("acting president", "president"),
    ("UN Secretary-General", "secretary-general"),
    ("foreign ministry spokeswoman", "spokesperson"),
    ("ambassador to Japan", "ambassador"),
    ("Hamas leader", "leader"),
    ("opposition leader", "opposition leader"),
    ("Minister of State for Trade", None),
    ("President of the Province of Lodi", None),
    ("Hamas deputy political chief", None),
    ("baker", None),
]


@pytest.mark.parametrize(("title", "expected"), ROLES)
def test_title_to_role(title: str, expected: str | None) -> None:
    assert role(title) == expected


def test_a_title_may_mean_something_else_in_one_state() -> None:
    assert role("Foreign Secretary", "GBR") == "foreign minister"
    assert role("Foreign Secretary", "IND") == "foreign secretary"
    assert role("Chancellor", "DEU") == "prime minister"
    assert role("Chancellor", "GBR") == "finance minister"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Foreign Ministry", "foreign ministry"),
        ("Ministry of National Defense", "defence ministry"),
        ("the army", "armed forces"),
        ("House of Representatives", "parliament"),
        ("prime minister's office", "prime minister's office"),
    ],
)
def test_phrase_to_kind_of_body(phrase: str, kind: str) -> None:
    found = body_kind(phrase)
    assert found is not None
    assert found.kind == kind


def test_ranks_and_sectors() -> None:
    assert roles.rank("president") < roles.rank("foreign minister") < roles.rank("finance minister") < roles.rank("minister of tourism")
    assert roles.sector("army chief") == "MIL"
    assert roles.sector("foreign minister") == "GOV"
