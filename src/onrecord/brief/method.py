"""How the brief was made, what it cannot tell, and what was left out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.brief.facts import Facts, day_of
from onrecord.brief.parts import Piece, Sentence, Source
from onrecord.query import positions


def method(facts: Facts, listed: Sequence[Source]) -> tuple[Sentence, ...]:
    """What was asked, how sentences come about, what sides and probabilities mean, how sure the reader was of what is cited."""
    words = facts.words
    asked = words.listed([Piece("asked", f"{name} {value}", name) for name, value in facts.asked.items()], len(facts.asked))
    cited = sorted((c.confidence, c.record_id) for source in listed for c in source.cited)
    sure = [words.share(value, "confidence", (record_id,)) for value, record_id in (cited[0], cited[-1])]
    found = [words.sentence("method_asked", asked=asked), words.sentence("method_made"), words.sentence("method_cited")]
    if facts.issue is not None:
        support, definition = (Piece("codebook", text, facts.issue.id) for text in (facts.issue.support, facts.issue.definition))
        found.append(words.sentence("method_sides", definition=definition, support=support))
    return (*found, words.sentence("method_probability"), words.sentence("method_voices"), words.sentence("method_read", low=sure[0], high=sure[1]))


def left_out(facts: Facts) -> tuple[Sentence, ...]:
    """What the filter found and the brief does not show, and what the filter kept out for being unsure."""
    words = facts.words
    unsure = list(positions(facts.view, replace(facts.wanted, confidence=None))) if facts.wanted.confidence is not None else []
    kept = {row.id for row in facts.positions}
    parts = {
        "left_no_issue": [row.id for row in facts.positions if row.issue is None],
        "left_nobody": [row.id for row in facts.on_issues if not facts.party(row.id)[1]],
        "left_undated": [row.id for row in facts.rows if not day_of(row)],
        "left_unsure": [row.id for row in unsure if row.id not in kept],
    }
    nouns = {"left_undated": "record"}
    return tuple(words.sentence(key, ids, all=facts.count("record", ids, nouns.get(key, "position"))) for key, ids in parts.items() if ids)
