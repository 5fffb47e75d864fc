"""From the noun that speaks to the Participant on record: full mention, actor, texts that speak for their owner, outlets that relay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extract.statements.draft import trimmed
from onrecord.extract.statements.lexicon import Lexicon
from onrecord.model import Participant, Span
from onrecord.reading.actors import owners, participants
from onrecord.reading.analysis import Analysis, Block

UNKNOWN = Participant(None, None, "no-antecedent")


def noun_phrase(analysis: Analysis, block: Block, token: Token) -> Span:
    """The whole noun phrase headed by ``token``, apposition included, without relative and participial clauses."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    for child in token.children:
        if (child.dep_ in ("relcl", "acl") and child.i > token.i) or (child.i > token.i and _tells_time(child)):
            end = min(end, max(child.left_edge.i, token.i + 1))
        elif child.dep_ in ("relcl", "acl"):
            start = max(start, child.right_edge.i + 1)
    first, last = trimmed(block.doc, min(start, token.i), max(end, token.i + 1))
    return analysis.token_span(block, block.doc[first:last] if first < last else block.doc[token.i : token.i + 1])


def _tells_time(child: Token) -> bool:
    if child.dep_ == "prep":
        return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in child.children)
    return child.dep_ == "npadvmod"


def voice(analysis: Analysis, block: Block, token: Token | None, lexicon: Lexicon) -> Participant:
    """Who speaks where the grammar names ``token``: a text speaks for its owner ("Taiwan's statement")."""
    if token is None:
        return UNKNOWN
    phrase = noun_phrase(analysis, block, token)
    named = participants(analysis, block, token)
    if named[0].actor is None and token.lemma_.lower() in lexicon.words["owned_documents"]:
        named = owners(analysis, block, token) or named
    chosen = next((p for p in named if p.actor is not None), named[0])
    return replace(chosen, mention=phrase)


def everybody(analysis: Analysis, block: Block, tokens: tuple[Token, ...]) -> Iterator[Participant]:
    """Every participant the noun phrases headed by ``tokens`` name."""
    for token in tokens:
        yield from participants(analysis, block, token)


def is_outlet(participant: Participant) -> bool:
    """True for a news outlet or agency."""
    return participant.actor is not None and participant.actor.kind == "outlet"


def same(a: Participant, b: Participant) -> bool:
    """True if both are the same actor; unresolved ones are compared by their words."""
    if a.actor is not None and b.actor is not None:
        return a.actor.id == b.actor.id
    return (
        a.actor is None and b.actor is None and a.mention is not None and b.mention is not None and a.mention.text.lower() == b.mention.text.lower()
    )
