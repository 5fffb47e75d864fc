"""Alliances, disputes, wars and sanctions: read from a table, asked by kind, party and day."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge import KnowledgeBase, base

HEADER = ["id", "name", "kind", "names", "first", "second", "over", "start", "end", "source", "as_of"]
ROWS = [
    ["or:pact", "Channel Pact", "alliance", "Pact of the Channel", "FRA|Q145", "", "", "2001-05", "2011", "own", "2025-01-01"],
    ["or:rocks", "Rocks dispute", "dispute", "", "FRA|GBR", "", "some rocks", "1950", "", "own", "2025-01-01"],
    ["or:curbs", "Curbs on Chad", "sanctions", "", "Q458", "TCD", "", "2020-02-03", "", "own", "2025-01-01"],
]


@pytest.fixture
def kb(monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    packaged = base.rows
    monkeypatch.setattr(base, "rows", lambda table: (HEADER, ROWS) if table == "situations" else packaged(table))
    return KnowledgeBase()


@pytest.mark.parametrize(
    ("kind", "party", "on", "found"),
    [
        (None, None, None, ["or:pact", "or:rocks", "or:curbs"]),
        ("dispute", None, None, ["or:rocks"]),
        (None, "GBR", None, ["or:pact", "or:rocks"]),
        (None, "Q145", date(2005, 1, 1), ["or:pact", "or:rocks"]),
        (None, "Q145", date(2012, 1, 1), ["or:rocks"]),
        (None, "TCD", date(2020, 2, 2), []),
        (None, "TCD", date(2026, 2, 2), ["or:curbs"]),
        ("war", "Q0", None, []),
    ],
)
def test_by_kind_party_and_day(kb: KnowledgeBase, kind: str | None, party: str | None, on: date | None, found: list[str]) -> None:
    assert [s.id for s in kb.situations(kind, party, on)] == found  # type: ignore[arg-type]


def test_sides_are_ids_and_what_is_old_and_open_is_unknown(kb: KnowledgeBase) -> None:
    (curbs,) = kb.situations("sanctions")
    assert (curbs.first, curbs.second) == (("Q458",), (kb.state("TCD").id,))
    assert [curbs.standing(date(y, 6, 1)) for y in (2019, 2024, 2026)] == ["no", "held", "unknown"]


def test_a_party_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase) -> None:
    bad = [[*ROWS[0][:4], "Q0", *ROWS[0][5:]]]
    packaged = base.rows
    monkeypatch.setattr(base, "rows", lambda table: (HEADER, bad) if table == "situations" else packaged(table))
    with pytest.raises(KnowledgeError, match="Q0"):
        KnowledgeBase().situations()


def test_the_packaged_table_is_sound() -> None:
    for s in KnowledgeBase().situations():
        assert s.first
        # rebels whom no table names leave a war with one side
        assert s.second or s.kind != "sanctions", s.id
        assert not s.second or s.kind in ("war", "sanctions"), s.id
