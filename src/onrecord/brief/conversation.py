"""The chapter of who answers whom: each conversation as a tree of turns in order of time. Decides no answer; it shows those that links say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from onrecord.brief.facts import Facts
from onrecord.brief.parts import Entry, Group, Piece, Section, Sentence
from onrecord.brief.told import left_out, quotation
from onrecord.query.threads import THREADS, ThreadRow, threads


def conversation_section(facts: Facts) -> Section:
    """Conversations of which a turn is found; the longest come first."""
    words = facts.words
    trees = (list(turns) for _, turns in groupby(threads(facts.view, facts.asking(THREADS)), key=lambda row: row.thread))
    found = sorted((turns for turns in trees if any(facts.ids & {row.id, *row.also_id} for row in turns)), key=lambda turns: -len(turns))
    shown = tuple(_group(facts, turns) for turns in found[: facts.limit])
    more = left_out(facts, [turns[0].id for turns in found], "conversation")
    nothing = None if shown else words.sentence("nothing_conversation")
    return Section("conversation", words.section("conversation"), sentences=(more,) if more else (), groups=shown, nothing=nothing)


def _group(facts: Facts, turns: Sequence[ThreadRow]) -> Group:
    ids = [row.id for row in turns]
    day = facts.when(turns[0])
    heading = facts.words.sentence("conversation", ids, turns=facts.count("record", ids, "turn"), day=day)
    return Group(heading, tuple(_entry(facts, row) for row in turns[: facts.limit]), left_out(facts, ids, "turn"))


def _entry(facts: Facts, row: ThreadRow) -> Entry:
    words, ids = facts.words, (row.id,)
    speaks = words.listed([facts.named(who, ids) for who in row.actor]) or words.plain("joins", "nobody")
    kind = words.code("kinds", row.kind, ids)
    answered = facts.told(row.answers) if row.answers else None
    to = words.listed([facts.named(who, (answered.id,)) for who in answered.actor]) if answered else None
    head = words.sentence("turn", ids, who=speaks, kind=kind, day=facts.when(row), to=to)
    return Entry(head, (quotation(facts, row.id, speaker=False),), tuple(_grounds(facts, row)), depth=row.depth)


def _grounds(facts: Facts, row: ThreadRow) -> Sequence[Sentence]:
    """By what it is an answer, and how sure that is."""
    if row.score is None or row.answers is None:
        return ()
    ids = (row.id, row.answers)
    detail = Piece("figure", row.detail, "detail", ids) if row.detail else None
    return (facts.words.sentence("grounds", ids, detail=detail, score=facts.words.share(row.score, "score", ids)),)
