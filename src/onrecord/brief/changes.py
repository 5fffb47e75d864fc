"""The chapter of what changed: turns that the test calls real, those it doubts (said to be so), silences and returns. Tests nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.brief.facts import FIELDS, Facts, day_of
from onrecord.brief.parts import Entry, Group, Piece, Section, Sentence
from onrecord.brief.told import holder, left_out, quotation
from onrecord.query import shifts
from onrecord.query.shifts import Kind, ShiftRow
from onrecord.store.days import first_day

_KINDS: tuple[Kind, ...] = ("change", "silence", "return")


def changes(facts: Facts) -> list[ShiftRow]:
    """What changed in the span asked for, held against all that was known before it. Silences and returns only where they are real."""
    asked = facts.asking(name for name in FIELDS if name != "since")
    since = first_day(facts.wanted.since)
    found = [row for kind in _KINDS for row in shifts(facts.view, replace(asked, kind=kind)) if kind == "change" or row.verdict == "real"]
    return [row for row in found if (row.until or "") >= since]


def change_section(facts: Facts, rows: Sequence[ShiftRow]) -> Section:
    """Turns by verdict, then silences and returns, each kind under its heading."""
    words = facts.words
    found: dict[str, list[ShiftRow]] = {}
    for row in rows:
        found.setdefault(row.verdict if row.kind == "change" else row.kind, []).append(row)
    groups = tuple(_group(facts, key, found[key]) for key in ("real", "doubtful", "silence", "return") if key in found)
    return Section("change", words.section("change"), groups=groups, nothing=None if groups else words.sentence("nothing_change"))


def key_change(facts: Facts, rows: Sequence[ShiftRow]) -> tuple[Sentence, ...]:
    """Who turned, or that nobody did as far as the test can tell; nothing where no stance has a date."""
    words = facts.words
    real = [row for row in rows if row.kind == "change" and row.verdict == "real"]
    dated = [held[0].id for held in facts.held.values() if any(map(day_of, held))]
    if not real:
        return (words.sentence("key_no_change", dated),) if dated else ()
    turned = [(facts.named(row.holder[0], (*row.id, *row.id_before)), Piece("plain", " "), *_turn(facts, row).pieces) for row in real[: facts.limit]]
    return (words.sentence("key_change", [i for row in real for i in row.id[:1]], turned=words.listed(turned, len(turned))),)


def _group(facts: Facts, key: str, rows: Sequence[ShiftRow]) -> Group:
    ids = [(*row.id, *row.id_before)[0] for row in rows]
    shown = tuple(_entry(facts, row) for row in rows[: facts.limit])
    return Group(facts.words.sentence(f"change_{key}", ids), shown, left_out(facts, ids, "change"))


def _entry(facts: Facts, row: ShiftRow) -> Entry:
    words, ids = facts.words, (*row.id_before, *row.id)
    who = holder(facts, row.holder, row.holder_country, ids)
    issue = None if facts.wanted.issue else Piece("code", row.issue_label or row.issue, row.issue, ids)
    head = words.sentence("changed", ids, who=who.pieces, turn=_turn(facts, row).pieces, issue=issue)
    quoted = [i for i in (_said(facts, row.id_before, row.words_before), _said(facts, row.id, row.words)) if i is not None]
    return Entry(head, tuple(quotation(facts, i) for i in quoted), (_tested(facts, row, ids),), side=row.side)


def _turn(facts: Facts, row: ShiftRow) -> Sentence:
    """From one side to the other; of a silence the side before it."""
    words = facts.words
    before = words.code("sides", row.side_before, row.id_before) if row.side_before else None
    after = words.code("sides", row.side, row.id) if row.side else None
    return words.sentence(f"turn_{row.kind}", (*row.id_before, *row.id), before=before, after=after)


def _tested(facts: Facts, row: ShiftRow, ids: Sequence[str]) -> Sentence:
    """On what the test rests, and what it says."""
    return facts.words.sentence(
        f"tested_{row.kind}",
        ids,
        before=facts.count("voice", row.id_before) if row.id_before else None,
        after=facts.count("voice", row.id) if row.id else None,
        since=_day(facts, row.since, row.id_before),
        until=_day(facts, row.until, row.id),
        probability=facts.words.share(row.probability, "probability", ids),
    )


def _day(facts: Facts, day: str | None, ids: Sequence[str]) -> Piece | None:
    """The day as exactly as the record of that day has it."""
    there = next((row for i in ids if day_of(row := facts.told(i)) == day), None)
    return facts.when(there) if there is not None else facts.words.day(day, ids) if ids else None


def _said(facts: Facts, ids: Sequence[str], words: str) -> str | None:
    """The record whose words these are, else the first."""
    return next((i for i in ids if facts.told(i).words == words), next(iter(ids), None))
