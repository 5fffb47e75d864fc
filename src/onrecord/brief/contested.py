"""The chapter of what is contested: stances that reports tell otherwise, and facts on which they cannot both be right. Says not who is."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.brief.facts import Facts, day_of, side_of
from onrecord.brief.parts import SIDES, Entry, Group, Piece, Section, Sentence
from onrecord.brief.standings import last_side, of_party, same_side
from onrecord.brief.told import attested, holder, left_out, quotation
from onrecord.query.contradictions import CONTRADICTIONS, ContradictionRow, contradictions
from onrecord.query.rows import PositionRow
from onrecord.query.standing import StandingRow


def contested_section(facts: Facts, rows: Sequence[StandingRow]) -> Section:
    """Who is told to stand otherwise too, then the numbers, dates, places and names that differ."""
    words = facts.words
    both = [row for row in rows if row.otherwise]
    told = contradictions(facts.view, facts.asking(CONTRADICTIONS))
    differ = [row for row in told if row.id and row.other_id and facts.ids & {row.id, row.other_id}]
    groups = [
        Group(
            words.sentence("contested_stances"),
            tuple(_both(facts, row) for row in both[: facts.limit]),
            left_out(facts, [row.record_id for row in both], "line"),
        ),
        Group(
            words.sentence("contested_facts"),
            tuple(_differ(facts, row) for row in differ[: facts.limit]),
            left_out(facts, [row.id for row in differ], "difference"),
        ),
    ]
    kept = tuple(group for group in groups if group.entries)
    return Section("contested", words.section("contested"), groups=kept, nothing=None if kept else words.sentence("nothing_contested"))


def key_contested(facts: Facts, rows: Sequence[StandingRow]) -> tuple[Sentence, ...]:
    """Whose stance is told in more than one way; nothing where nobody's is."""
    both = [row for row in rows if row.otherwise]
    listed = facts.words.listed([facts.named(row.holder[0], of_party(facts, row)) for row in both if row.holder])
    return (facts.words.sentence("key_both", [row.record_id for row in both], names=listed),) if listed else ()


def _both(facts: Facts, row: StandingRow) -> Entry:
    """A party with the surest words for each side since it stands where it stands last."""
    sides = {last_side(row): same_side(facts, row)}
    for p in facts.held[facts.party(row.record_id)]:
        if side_of(p) != last_side(row) and day_of(p) >= (row.since or ""):
            sides.setdefault(side_of(p), []).append(p)
    order = sorted(sides, key=SIDES.index)
    head = holder(facts, row.holder, row.holder_country, of_party(facts, row))
    quoted = [row.record_id if side == last_side(row) else _surest(sides[side]).id for side in order]
    return Entry(head, tuple(quotation(facts, i) for i in quoted), tuple(_on(facts, side, sides[side]) for side in order))


def _surest(held: Sequence[PositionRow]) -> PositionRow:
    return max(held, key=lambda p: (p.confidence, p.id))


def _on(facts: Facts, side: str, held: Sequence[PositionRow]) -> Sentence:
    ids = [p.id for p in held]
    issue = None if facts.wanted.issue else Piece("code", held[0].issue_label or "", held[0].issue or "", tuple(ids))
    return facts.words.sentence("on_side", ids, side=facts.words.code("sides", side, ids), issue=issue, **attested(facts, ids))


def _differ(facts: Facts, row: ContradictionRow) -> Entry:
    """Two values with both sets of words."""
    words, ids = facts.words, (row.id, row.other_id)
    head = words.sentence(
        "differ",
        ids,
        about=Piece("figure", words.table["differences"].get(row.about, row.about), "about", ids),
        counts=Piece("figure", row.counts, "counts", ids) if row.counts else None,
        value=Piece("figure", row.value, "value", ids),
        other=Piece("figure", row.other_value, "other_value", ids),
    )
    quoted = quotation(facts, row.id, text=row.words), quotation(facts, row.other_id, text=row.other_words)
    return Entry(head, quoted, (words.sentence("differ_update", ids),) if row.update else ())
