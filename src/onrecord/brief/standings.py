"""The chapter of who stands where: parties under the side they take, each with its best words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.brief.facts import Facts, day_of, side_of
from onrecord.brief.parts import SIDES, Entry, Group, Piece, Section, Sentence
from onrecord.brief.told import attested, holder, left_out, quotation
from onrecord.brief.wording import NAMES
from onrecord.codebook.issues import packaged
from onrecord.query.rows import PositionRow
from onrecord.query.standing import StandingRow

_LONGEST_TARGET = 120
"""A target of more code points than this says no more than the quotation does."""


def standing_section(facts: Facts, rows: Sequence[StandingRow]) -> Section:
    """Sides of the one issue asked for, else issues with the sides in them."""
    words = facts.words
    groups = tuple(_group(facts, heading, group) for heading, group in grouped(facts, rows))
    return Section("standing", words.section("standing"), groups=groups, nothing=None if rows else words.sentence("nothing_standing"))


def grouped(facts: Facts, rows: Iterable[StandingRow]) -> list[tuple[Sentence, list[StandingRow]]]:
    """Rows under their heading: by side where one issue is asked for, else by issue. The best attested come first."""
    found: dict[str, list[StandingRow]] = {}
    for row in sorted(rows, key=lambda r: (-r.documents, -r.positions, r.holder, r.record_id)):
        found.setdefault(last_side(row) if facts.wanted.issue else row.issue, []).append(row)
    order = [side for side in SIDES if side in found] if facts.wanted.issue else sorted(found, key=lambda i: (-len(found[i]), i))
    return [(_heading(facts, key, found[key]), found[key]) for key in order]


def last_side(row: StandingRow) -> str:
    """Where a party stands last: one of ``SIDES``."""
    return row.side or row.stance


def of_party(facts: Facts, row: StandingRow) -> list[str]:
    """The positions of the party on the issue, that with the best words first."""
    return [row.record_id, *(p.id for p in facts.held[facts.party(row.record_id)] if p.id != row.record_id)]


def same_side(facts: Facts, row: StandingRow) -> list[PositionRow]:
    """The positions of the party on the issue that are on the side where it stands, by day."""
    held = facts.held[facts.party(row.record_id)]
    return sorted((p for p in held if side_of(p) == last_side(row)), key=day_of) or [p for p in held if p.id == row.record_id]


def key_points(facts: Facts, rows: Iterable[StandingRow]) -> tuple[Sentence, ...]:
    """A line for each side with the names of its parties; of an actor, for each issue with the sides it takes."""
    found = []
    for heading, group in grouped(facts, rows)[: len(SIDES) if facts.wanted.issue else facts.limit]:
        ids = [row.record_id for row in group]
        named = facts.words.listed([facts.named(row.holder[0], of_party(facts, row)) for row in group[:NAMES] if row.holder])
        sides = dict.fromkeys(map(last_side, group))
        taken = facts.words.listed([_side(facts, side, [row for row in group if last_side(row) == side]) for side in sides], len(sides))
        key = "key_issue" if not facts.wanted.issue else "key_side" if len(group) > NAMES else "key_side_all"
        found.append(facts.words.sentence(key, ids, heading=heading.pieces, parties=facts.count("party", ids), names=named, sides=taken))
    return tuple(found)


def _heading(facts: Facts, key: str, rows: Sequence[StandingRow]) -> Sentence:
    """What a side, or an issue, is called."""
    words, ids = facts.words, [row.record_id for row in rows]
    if not facts.wanted.issue:
        return words.sentence("title_issue", issue=Piece("code", rows[0].issue_label or key, key, tuple(ids)))
    what = facts.issue.support.removeprefix("for ") if facts.issue and key in ("for", "against") else ""
    return words.sentence(f"side_{key}", ids, what=Piece("codebook", what, facts.wanted.issue) if what else None)


def _side(facts: Facts, side: str, rows: Sequence[StandingRow]) -> tuple[Piece, ...]:
    """A side in words: "for the dam"; without the codebook's words for it just "for"."""
    code = facts.words.code("sides", side, [row.record_id for row in rows])
    entry = packaged().rows.get(rows[0].issue)
    what = entry.support.removeprefix("for ") if entry and side in ("for", "against") else ""
    return (code, Piece("plain", " "), Piece("codebook", what, rows[0].issue)) if what else (code,)


def _group(facts: Facts, title: Sentence, rows: Sequence[StandingRow]) -> Group:
    shown = rows[: facts.limit]
    sides = {last_side(row) for row in rows}
    more = left_out(facts, [row.record_id for row in rows], "line", "showing")
    return Group(title, tuple(_entry(facts, row) for row in shown), more, sides.pop() if len(sides) == 1 else "")


def _entry(facts: Facts, row: StandingRow) -> Entry:
    own = same_side(facts, row)
    here = {p.id for p in own}
    others: dict[str, list[PositionRow]] = {}
    for p in facts.held[facts.party(row.record_id)]:
        if p.id not in here:
            others.setdefault(side_of(p), []).append(p)
    side = None if facts.wanted.issue else _side(facts, last_side(row), [row])
    head = holder(facts, row.holder, row.holder_country, of_party(facts, row), side)
    notes = [_attested(facts, row, own), *(_also(facts, side, held) for side, held in sorted(others.items(), key=lambda o: SIDES.index(o[0])))]
    return Entry(head, (quotation(facts, row.record_id),), tuple(notes), side=last_side(row))


def _attested(facts: Facts, row: StandingRow, own: Sequence[PositionRow]) -> Sentence:
    """Stance and target of the best words, since when, on how much, and how likely it is that the party stands so."""
    words, best = facts.words, (row.record_id,)
    ids = [row.record_id, *(p.id for p in own if p.id != row.record_id)]
    since = next((p for p in own if day_of(p) == row.since), None)
    target = row.target[0] if row.target and row.target[0] != row.words and len(row.target[0]) <= _LONGEST_TARGET else None
    sure = None if row.sure is None else words.share(row.sure, "sure", best)
    return words.sentence(
        "attested" if sure or last_side(row) == "declines-comment" else "attested_open",
        ids,
        stance=words.code("stances" if target else "stances_alone", row.stance, best),
        target=words.quoted(target, row.record_id).pieces if target else None,
        since=facts.when(since) if since else None,
        sure=sure,
        **attested(facts, ids),
    )


def _also(facts: Facts, side: str, held: Sequence[PositionRow]) -> Sentence:
    """Where else the party is on record on the issue."""
    first = min(held, key=lambda p: (not day_of(p), day_of(p)))
    ids = [first.id, *(p.id for p in held if p is not first)]
    return facts.words.sentence("also", ids, side=facts.words.code("sides", side, ids), since=facts.when(first), **attested(facts, ids))
