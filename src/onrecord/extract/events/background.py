"""Clauses that look like an act and tell of none: habits, purposes, contests for sport, scripts and questions. Codes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Span, Token

from onrecord.extract.events.coder import Code
from onrecord.extract.events.views import NounView, View

DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "RETREAT", "COOPERATE"})
"""Acts that words alone do not perform: a purpose clause tells of none ("to seize the yacht"), though it may tell of a demand."""
SPOKEN = frozenset({"SUPPORT", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE"})
"""Acts of words, which a plain present may tell in any clause ("which rejects the claim")."""
_BELOW = frozenset({"relcl", "advcl", "ccomp", "acl", "csubj", "pcomp"})


def background(view: View, coded: Code) -> bool:
    """True if the clause of a coded predicate is only backdrop."""
    words = view.parties.words
    clause, sentence = view.clause, view.trigger.sent
    if staged(sentence, words):
        return True
    unnamed = all(p.actor is None for p in (*coded.roles.actors, *coded.roles.recipients))
    if _present(view) and (unnamed or _marked(clause, words) or (clause.dep_ in _BELOW and coded.type not in SPOKEN)):
        return True
    return (unnamed and clause.dep_ in ("relcl", "acl")) or _purpose(clause, coded, words)


def staged(sentence: Span, words: Mapping[str, frozenset[str]]) -> bool:
    """True for a sentence that tells of play, of a script or of a scenario, or asks."""
    return played(sentence, words) or _scripted(sentence, words)


def played(sentence: Span, words: Mapping[str, frozenset[str]]) -> bool:
    """True for a sentence about a contest, a film or a book: it has a word that nothing else has."""
    return any(token.lemma_.lower() in words["sport"] for token in sentence)


def _scripted(sentence: Span, words: Mapping[str, frozenset[str]]) -> bool:
    """True for questions and for what a script, a drill or a scenario has happen."""
    return sentence.text.rstrip("\"'”’ ").endswith("?") or any(token.lemma_.lower() in words["script"] for token in sentence)


def _present(view: View) -> bool:
    """True for a plain present, which reports tell no news in except in headlines. A noun has the tense of its light verb only."""
    clause = view.clause
    own = view.trigger.i == clause.i or (isinstance(view, NounView) and view.light is not None)
    return own and clause.tag_ in ("VBZ", "VBP") and clause.pos_ == "VERB" and not any(c.dep_ in ("aux", "auxpass") for c in clause.children)


def _marked(clause: Token, words: Mapping[str, frozenset[str]]) -> bool:
    return any(c.lower_ in words["habit"] for c in clause.subtree if c.dep_ in ("advmod", "det", "npadvmod", "amod"))


def _purpose(clause: Token, coded: Code, words: Mapping[str, frozenset[str]]) -> bool:
    """True for "founded to help", for a deed that is only somebody's aim ("used the range to bomb") or power ("the right to expel")."""
    if clause.tag_ != "VB" or clause.dep_ not in ("advcl", "xcomp", "acl", "relcl"):
        return False
    head = clause.head
    if head.lemma_.lower() in words["founding"]:
        return True
    if clause.dep_ in ("acl", "relcl") and head.pos_ == "NOUN" and head.lemma_ in words["power"]:
        return True
    return clause.dep_ == "advcl" and coded.type in DEEDS
