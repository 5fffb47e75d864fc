"""Who stands where on which day: the best words come first, sides are told where the words tell them, the contrary side is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord import Reader, app
from onrecord.codebook.issues import issue
from onrecord.query import Filter, standing
from onrecord.store import View, open_store

REPORTS = {
    "one": ("2031-01-01", "North Wire", "Norway backs the Renaissance Dam. “We support the Renaissance Dam,” Norway said. Norway praised the dam."),
    "two": ("2031-02-01", "Herald", "Chile rejected the Renaissance Dam. Chile’s ambassador declined to comment on Norway."),
    "three": ("2031-03-01", "Herald", "Norway condemned the Renaissance Dam."),
}  # fmt: skip


@pytest.fixture(scope="module")
def view(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("standing")
    for name, (day, publisher, text) in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf8")
        app.add(folder / "store.onrecord", [folder / f"{name}.txt"], published=day, publisher=publisher, reader=reader)
    with open_store(folder / "store.onrecord") as store, store.view() as opened:
        yield opened


@pytest.mark.parametrize(
    ("until", "norway", "chile_is_contrary", "also"),
    [
        ("2031-01", ("support", "for", "2031-01-01"), False, ()),
        ("2031-02", ("support", "for", "2031-01-01"), True, ()),
        (None, ("oppose", "against", "2031-03-01"), False, ("for: 2031-01-01",)),
    ],
)
def test_one_row_for_each_party_with_its_stance_on_the_day(
    view: View, until: str | None, norway: tuple[str, ...], chile_is_contrary: bool, also: tuple[str, ...]
) -> None:
    rows = {r.holder: r for r in standing(view, Filter(issue="nile-dam", until=until))}
    ours = rows["Norway",]
    assert (ours.stance, ours.side, ours.since) == norway
    assert (ours.documents, ours.contrary, ours.also) == (1, ("Chile",) if chile_is_contrary else (), also)
    assert ours.positions == len(ours.id) >= 1
    assert {h: (r.stance, r.side) for h, r in rows.items() if h != ("Norway",)} == ({("Chile",): ("oppose", "against")} if until != "2031-01" else {})


def test_two_reports_that_disagree_leave_the_standing_less_sure(view: View) -> None:
    before, after = (standing(view, Filter(issue="nile-dam", actor="NOR", until=until))[0].sure for until in ("2031-01", "2031-03"))
    assert before is not None
    assert after is None or after < 0.6 < before


def test_the_partys_own_quoted_words_come_first(view: View) -> None:
    best = standing(view, Filter(issue="nile-dam", stance="support", until="2031-02"))[0]
    assert best.speaker == "Norway"
    assert "We support the Renaissance Dam" in best.words
    assert best.record_id in best.id


@pytest.mark.parametrize(
    ("code", "stance", "target", "side"),
    [
        ("nile-dam", "support", "the dam on the Blue Nile", "for"),
        ("nile-dam", "support", "Egypt", ""),
        ("taiwan-status", "oppose", "interference in the Taiwan question", "for"),
        ("taiwan-status", "support", "Taiwan", ""),
        ("taiwan-status", "support", "China’s claims to Taiwan", "for"),
        ("taiwan-status", "support", "Taiwan's independence", "against"),
        ("taiwan-status", "support", "China opposing foreign intervention", "for"),
        ("taiwan-status", "declines-comment", "China’s claims to Taiwan", ""),
    ],
)
def test_sides(code: str, stance: str, target: str, side: str) -> None:
    assert issue(code).side(stance, target) == side
