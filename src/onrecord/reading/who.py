"""Whom a phrase by itself names: what a column of actor names asks ("Shanghai police", "a former minister", "President Mandela").

Reads the phrase as the subject of a sentence, by the very rules that read running text. Nothing stands before it, so that a pronoun stays unresolved.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from onrecord.model import ActorKind, ActorRef, Participant, Span
from onrecord.model.participants import Reason
from onrecord.reading.actors import participants
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.phrases import describe
from onrecord.reading.spelling import slug
from onrecord.reading.titles import titles

CARRIER = " spoke to them."
"""What makes a sentence of a phrase: a parser trained on sentences reads bare phrases badly."""


def named(analysis: Analysis, length: int) -> tuple[Participant, ...]:
    """Everybody the first ``length`` code points of the document name; one participant without actor, with the reason, where they name nobody."""
    inside = [t for block in analysis.blocks[:1] for t in block.tokens if block.end(t) <= length]
    if not inside:
        return (Participant(None, None, "generic"),)
    block = analysis.blocks[0]
    head = _head(inside)
    found = [p for p in participants(analysis, block, head) if p.mention is not None and p.mention.start < length]
    if not any(p.actor is not None for p in found):
        found = _elsewhere(analysis, inside[0], inside[-1], head) or [_unowned(analysis, block, head, found)]
    return tuple(_within(analysis, p, length) for p in found)


def _head(inside: list[Token]) -> Token:
    """The token that the rest of the phrase hangs on: the subject, else the outermost noun."""
    indices = {t.i for t in inside}
    outer = [t for t in inside if t.head.i not in indices or t.head.i == t.i]
    return next((t for t in outer if t.dep_ in ("nsubj", "nsubjpass")), outer[-1])


def _elsewhere(analysis: Analysis, first: Token, last: Token, head: Token) -> list[Participant]:
    """The one known actor whose name is the whole phrase but an article, where the parser took another word for its head."""
    names = [m for m in analysis.mentions if m.block == 0 and first.i <= m.root <= last.i and any(p.actor is not None for p in m.participants)]
    whole = [m for m in names if m.span.end - m.span.start >= last.idx + len(last.text) - first.idx - len("the ")]
    return list(whole[0].participants) if len(whole) == 1 and whole[0].root != head.i else []


def _unowned(analysis: Analysis, block: Block, head: Token, found: list[Participant]) -> Participant:
    """People or a body that no state owns, by what they are ("political prisoners"): they have a sector and nothing else."""
    phrase = describe(block.doc, analysis.names[block.index], head)
    span = analysis.token_span(block, block.doc[phrase.left : phrase.right])
    pronoun = head.pos_ == "PRON"
    if pronoun or phrase.actors or phrase.owner is not None or not phrase.sectors:
        reason: Reason = "no-antecedent" if pronoun or phrase.owner is not None else found[0].reason if found and found[0].reason else "generic"
        return Participant(span, None, reason)
    words = " ".join(t.lower_ for t in block.doc[phrase.left : phrase.right] if t.pos_ != "DET")
    kind: ActorKind = "body" if phrase.noun in titles().body and not phrase.plural else "group"
    return Participant(span, ActorRef(f"or:{slug(words)}", words, kind, None, phrase.sectors, None, 0.5))


def _within(analysis: Analysis, participant: Participant, length: int) -> Participant:
    """The participant with a mention that ends where the phrase ends."""
    if participant.mention is None or participant.mention.end <= length:
        return participant
    return replace(participant, mention=Span.of(analysis.document.text, participant.mention.start, length))
