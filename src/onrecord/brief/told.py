"""Sentences that more than one chapter needs: words with whoever says them, whoever is meant, how much more there is. Asks no query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.brief.facts import Facts, leading
from onrecord.brief.parts import Piece, Quotation, Sentence
from onrecord.brief.wording import name
from onrecord.model import Statement
from onrecord.query.rows import Row, name_of


def quotation(facts: Facts, record_id: str, *, speaker: bool = True, text: str = "") -> Quotation:
    """The words of a record (or ``text`` around them) with whoever says them (if ``speaker``), publisher, day, and who relays them."""
    words, ids, row = facts.words, (record_id,), facts.told(record_id)
    said_by = _speaker(facts, row) if speaker else None
    by = words.sentence(
        "by" if row.publisher else "by_unknown",
        ids,
        speaker=said_by,
        publisher=name(row.publisher, ids) if row.publisher else None,
        day=words.day(row.published[:10], ids) if row.published else None,
        via=words.listed([name(text, ids) for text in row.via]),
    )
    return Quotation(words.quoted(text or row.words, record_id), by, row.url)


def _speaker(facts: Facts, row: Row) -> Piece | None:
    """Whoever says what a record tells, by the statement it stands in; None where the report itself says it."""
    said = facts.record(row.statement_id) if row.statement_id and facts.has(row.statement_id) else None
    named = name_of(said.speaker) if isinstance(said, Statement) else None
    return facts.named(named, (row.id, row.statement_id or "")) if named else None


def holder(facts: Facts, names: Iterable[str], country: str | None, record_ids: Iterable[str], side: Sequence[Piece] | None = None) -> Sentence:
    """Whoever holds it, as the records name them, with their state's code, and their ``side`` if it is to be told.

    It rests on the first record, and on those that have the names.
    """
    words, ids = facts.words, tuple(record_ids)
    coded = next((i for i in ids if country and country in (who.actor.country for who in leading(facts.record(i)) if who.actor)), None)
    code = Piece("code", country, country, (coded,)) if country and coded else None
    listed = words.listed([facts.named(text, ids) for text in names])
    return words.sentence("holder", ids[:1], names=listed or words.plain("joins", "nobody"), country=code, side=side)


def attested(facts: Facts, ids: Iterable[str]) -> dict[str, tuple[Piece, ...] | None]:
    """How much there is: positions, reports, publishers (None where none is known), independent voices (None for one position)."""
    listed = tuple(ids)
    known = facts.number("publisher", listed)
    return {
        "positions": facts.count("record", listed, "position"),
        "reports": facts.count("report", listed),
        "publishers": facts.count("publisher", listed) if known else None,
        "voices": facts.count("voice", listed) if len(listed) > 1 else None,
    }


def left_out(facts: Facts, ids: Sequence[str], noun: str, key: str = "showing_first") -> Sentence | None:
    """How many of so many entries are shown, each by a record of its own; None where all are."""
    if len(ids) <= facts.limit:
        return None
    return facts.words.sentence(key, ids, shown=facts.count("record", ids[: facts.limit], noun), all=facts.count("record", ids, noun))
