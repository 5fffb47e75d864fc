"""The chapter of what is contested: stances that reports tell otherwise, facts on which they cannot both be right, words told in two ways.

It says not who is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from onrecord.brief.facts import Facts, day_of, side_of
from onrecord.brief.parts import SIDES, Entry, Group, Piece, Section, Sentence
from onrecord.brief.standings import last_side, of_party, same_side
from onrecord.brief.told import attested, holder, left_out, quotation
from onrecord.brief.wording import name
from onrecord.query.contradictions import CONTRADICTIONS, ContradictionRow, contradictions
from onrecord.query.rows import PositionRow
from onrecord.query.standing import StandingRow
from onrecord.query.wordings import WORDINGS, WordingRow, wordings

_WORDINGS = 3
"""How many wordings of one utterance are quoted."""


def contested_section(facts: Facts, rows: Sequence[StandingRow]) -> Section:
    """Who is told to stand otherwise too, then the numbers, dates, places and names that differ, then the wordings."""
    words = facts.words
    both = [row for row in rows if row.otherwise]
    told = contradictions(facts.view, facts.asking(CONTRADICTIONS))
    differ = [row for row in told if row.id and row.other_id and facts.ids & {row.id, row.other_id}]
    worded = _utterances(facts)
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
        Group(
            words.sentence("contested_words"),
            tuple(_worded(facts, rows_) for rows_ in worded[: facts.limit]),
            left_out(facts, [rows_[0].id[0] for rows_ in worded], "utterance"),
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
        about=Piece("figure", words.table["differences"].get(row.what, row.what), "what", ids),
        counts=Piece("figure", row.counts, "counts", ids) if row.counts else None,
        value=Piece("figure", row.value, "value", ids),
        other=Piece("figure", row.other_value, "other_value", ids),
    )
    quoted = quotation(facts, row.id, text=row.words), quotation(facts, row.other_id, text=row.other_words)
    return Entry(head, quoted, (words.sentence("differ_update", ids),) if row.update else ())


def _utterances(facts: Facts) -> list[list[WordingRow]]:
    """Utterances with their wordings, the fullest first; those with the most wordings before others."""
    told = groupby(wordings(facts.view, facts.asking(WORDINGS)), key=lambda row: row.utterance)
    found = [list(rows) for _, rows in told]
    return sorted((rows for rows in found if any(facts.ids.intersection(row.id) for row in rows)), key=lambda rows: -len(rows))


def _worded(facts: Facts, rows: Sequence[WordingRow]) -> Entry:
    """One utterance as reports word it, and what each leaves out, adds, or words otherwise."""
    words, shown = facts.words, rows[:_WORDINGS]
    ids = [i for row in rows for i in row.id]
    head = words.sentence(
        "worded",
        ids,
        who=words.listed([facts.named(who, ids) for who in rows[0].speaker]) or words.plain("joins", "nobody"),
        reports=facts.count("report", ids),
    )
    notes = [note for row in shown[1:] for note in _otherwise(facts, row, rows[0])]
    return Entry(head, tuple(quotation(facts, row.id[0], speaker=False) for row in shown), tuple(notes))


def _otherwise(facts: Facts, row: WordingRow, fullest: WordingRow) -> Iterator[Sentence]:
    words, ids = facts.words, (row.id[0], fullest.id[0])
    who = name(row.publisher[0], row.id[:1]) if row.publisher else words.plain("joins", "report")
    for field in ("left_out", "added", "changed"):
        said = [Piece("figure", text, field, ids) for text in getattr(row, field)]
        if said:
            yield words.sentence(f"worded_{field}", ids, who=who, what=words.listed(said))
