"""The chapter of who stands where: parties under the side they take, each with its best words, and the pictures of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from onrecord.across.claims import party
from onrecord.brief.facts import Facts
from onrecord.brief.parts import SIDES, Entry, Group, Piece, Quotation, Section, Sentence
from onrecord.brief.wording import name
from onrecord.model import Position
from onrecord.query import standing
from onrecord.query.rows import Row, name_of
from onrecord.query.standing import StandingRow


def standing_rows(facts: Facts) -> list[StandingRow]:
    """The rows the chapter is made of."""
    return standing(facts.view, facts.wanted)


def standing_section(facts: Facts, rows: Sequence[StandingRow]) -> Section:
    """Sides of the one issue asked for, else issues with the sides in them."""
    words = facts.words
    groups = [_group(facts, heading, group, rows) for heading, group in grouped(facts, rows)]
    nothing = words.sentence("nothing_standing") if not rows else None
    return Section("standing", words.section("standing"), groups=tuple(groups), nothing=nothing)


def grouped(facts: Facts, rows: Sequence[StandingRow]) -> list[tuple[Sentence, list[StandingRow]]]:
    """Rows under their heading: by side where one issue is asked for, else by issue. The best attested come first."""
    found: dict[str, list[StandingRow]] = {}
    for row in sorted(rows, key=lambda r: (-r.documents, -len(r.id), r.holder)):
        found.setdefault(side_of(row) if facts.wanted.issue else row.issue, []).append(row)
    order = [side for side in SIDES if side in found] if facts.wanted.issue else sorted(found, key=lambda i: (-len(found[i]), i))
    return [(heading(facts, key, found[key]), found[key]) for key in order]


def heading(facts: Facts, key: str, rows: Sequence[StandingRow]) -> Sentence:
    """What a side, or an issue, is called."""
    words, ids = facts.words, [row.record_id for row in rows]
    if not facts.wanted.issue:
        return words.sentence("title_issue", issue=Piece("code", rows[0].issue_label or key, key, tuple(ids)))
    if key not in ("for", "against"):
        return words.sentence(f"side_{key}", ids)
    what = facts.issue.support.removeprefix("for ") if facts.issue else ""
    return words.sentence(f"side_{key}" if what else f"side_{key}_bare", ids, what=Piece("codebook", what, facts.wanted.issue) if what else None)


def side_of(row: StandingRow) -> str:
    """One of ``SIDES``."""
    return row.side or row.stance


def holder(facts: Facts, row: StandingRow) -> Sentence:
    """Whoever holds it, as the records name them, with their state's code."""
    country = Piece("code", row.holder_country, row.holder_country, row.id) if row.holder_country else None
    names = facts.words.listed([name(text, row.id) for text in row.holder])
    return facts.words.sentence("holder", (row.record_id,), names=names or facts.words.plain("joins", "nobody"), country=country)


def quotation(facts: Facts, row: Row, speaker: Piece | None = None) -> Quotation:
    """The words of a record with whoever says them, its report's publisher and day, and who relays them."""
    words, ids = facts.words, (row.id,)
    by = words.sentence(
        "by" if row.publisher else "by_unknown",
        ids,
        speaker=speaker,
        publisher=name(row.publisher, ids) if row.publisher else None,
        day=words.day(row.published[:10], ids) if row.published else None,
        via=words.listed([name(text, ids) for text in row.via]),
    )
    return Quotation(words.quoted(row.words, row.id), by, row.url)


def _group(facts: Facts, title: Sentence, rows: Sequence[StandingRow], everywhere: Sequence[StandingRow]) -> Group:
    shown = rows[: facts.limit]
    sides = {side_of(row) for row in rows}
    return Group(
        title,
        tuple(_entry(facts, row, everywhere) for row in shown),
        showing(facts, shown, rows),
        sides.pop() if len(sides) == 1 else "",
    )


def showing(facts: Facts, shown: Sequence[StandingRow], rows: Sequence[StandingRow]) -> Sentence | None:
    """How many parties of how many; None where all are shown."""
    if len(shown) == len(rows):
        return None
    ids = [row.record_id for row in rows]
    return facts.words.sentence("showing", shown=facts.count("record", ids[: len(shown)], "standing"), all=facts.count("record", ids, "standing"))


def _entry(facts: Facts, row: StandingRow, everywhere: Sequence[StandingRow]) -> Entry:
    best = facts.row[row.record_id]
    others = [r for r in everywhere if r is not row and r.issue == row.issue and key_of(facts, r) == key_of(facts, row)]
    speaker = name(row.speaker, (row.record_id,)) if row.speaker else None
    notes = (_attested(facts, row), *(_also(facts, r) for r in others))
    return Entry(holder(facts, row), (quotation(facts, best, speaker),), notes, side=side_of(row))


def _attested(facts: Facts, row: StandingRow) -> Sentence:
    words = facts.words
    best = facts.record(row.record_id)
    target = best.target.span.text if isinstance(best, Position) and best.target.span else ""
    target = target or (name_of(best.target.actor) if isinstance(best, Position) else "") or ""
    return words.sentence(
        "attested" if target else "attested_bare",
        row.id,
        stance=words.code("stances", row.stance, (row.record_id,)),
        target=Piece("words", target, "", (row.record_id,)) if target else None,
        since=words.day(row.since, row.id),
        positions=facts.count("record", row.id, "position"),
        reports=facts.count("report", row.id),
        publishers=facts.count("publisher", row.id) if row.publisher else None,
        confidence=Piece("figure", f"{row.confidence:.2f}", "confidence", (row.record_id,)),
    )


def _also(facts: Facts, row: StandingRow) -> Sentence:
    side = facts.words.code("sides", side_of(row), (row.record_id,))
    return facts.words.sentence("also", row.id, side=side, since=facts.words.day(row.since, row.id))


def key_of(facts: Facts, row: StandingRow) -> Hashable:
    """The party of a standing."""
    record = facts.record(row.record_id)
    return party(record.holder) if isinstance(record, Position) else row.holder


def names(facts: Facts, rows: Iterable[StandingRow]) -> tuple[Piece, ...]:
    """The first name of each party, as a list."""
    return facts.words.listed([name(row.holder[0], (row.record_id,)) for row in rows if row.holder])
