"""Words passed on: "was quoted as saying by the agency", "the agency quoted her as saying". The quoted one speaks, the quoting one relays."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.statements.lexicon import Lexicon
from onrecord.extract.statements.speakers import agent, own_subject, subject
from onrecord.reading.analysis import TokenRange


@dataclass(frozen=True, slots=True)
class Relayed:
    """Who is quoted, who quotes, and the cue."""

    speaker: Token | None
    relays: tuple[Token, ...]
    cue: TokenRange


def relayed(verb: Token, lexicon: Lexicon) -> Relayed | None:
    """What "quoted … as saying" says, asked of either of its verbs; None for any other verb."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        quoting, saying = verb.head.head, verb
    else:
        found = _saying(verb)
        if found is None:
            return None
        quoting, saying = verb, found
    if quoting.lemma_.lower() not in lexicon.words["quoting"]:
        return None
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in quoting.children):
        by = agent(quoting) or agent(saying)
        first = min((c.i for c in quoting.children if c.dep_ == "auxpass"), default=quoting.i)
        return Relayed(own_subject(quoting) or subject(quoting), (by,) if by is not None else (), (first, saying.i + 1))
    quoted = next((c for c in quoting.children if c.dep_ in ("dobj", "dative")), None)
    by = subject(quoting)
    return Relayed(quoted, (by,) if by is not None else (), (saying.head.i, saying.i + 1))


def _saying(verb: Token) -> Token | None:
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ == "as":
            return next((c for c in prep.children if c.dep_ == "pcomp"), None)
    return None
