"""Who a noun phrase names. Extractors ask through :func:`participants` and :func:`owners`; the mention layer is filled by ``actors.kb``."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.model import ActorRef, Participant
from onrecord.reading.analysis import Analysis, Block, Mention
from onrecord.reading.component import Step, component


@component("actors.kb", requires=["parse"], assigns=["mentions"])
def actors() -> Step:
    """Provisional: named entities as they stand."""

    def step(analysis: Analysis) -> None:
        for block in analysis.blocks:
            for ent in block.doc.ents:
                if ent.label_ in ("PERSON", "ORG", "GPE", "NORP"):
                    span = analysis.token_span(block, ent)
                    ref = ActorRef("or:" + re.sub(r"\W+", "-", ent.text.lower()), ent.text, "person" if ent.label_ == "PERSON" else "organisation")
                    analysis.add_mention(Mention(block.index, ent.root.i, span, (Participant(span, ref),)))

    return step


def conjuncts(token: Token) -> tuple[Token, ...]:
    """``token`` and the nouns coordinated with it, in order ("Kazakhstan, Tajikistan and Uzbekistan")."""
    return (token, *token.conjuncts) if token.dep_ != "conj" else (token,)


def participants(analysis: Analysis, block: Block, token: Token) -> tuple[Participant, ...]:
    """Everybody the noun phrase headed by ``token`` names, coordination included.

    A phrase that names nobody known yields one participant without actor, with the reason. Never empty.
    """
    found: list[Participant] = []
    for head in conjuncts(token):
        mention = analysis.mention(block, head)
        if mention is not None:
            found += mention.participants
    if not found:
        left, right = token.left_edge, token.right_edge
        found.append(Participant(analysis.token_span(block, block.doc[left.i : right.i + 1]), None, "generic"))
    return tuple(found)


def owners(analysis: Analysis, block: Block, noun: Token) -> tuple[Participant, ...]:
    """Who a noun belongs to: "Taiwan's statement", "the ministry's report", "U.S. exercises", "the regime of Putin". Empty where nobody."""
    found: list[Participant] = []
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "amod", "nmod") and analysis.mention(block, child):
            found += participants(analysis, block, child)
    return tuple(found)
