"""Which side a verb takes by the words around it: idioms, verbs of contest by their preposition, "neither … nor". It looks for no holder."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extract.positions.lexicon import Words
from onrecord.model.records import Stance

_STANCES: tuple[Stance, ...] = ("support", "oppose", "neutral")


def sided(verb: Token, lemma: str, words: Words) -> Stance | None:
    """Which side an idiom takes ("lost patience with"), or a verb of contest by its preposition ("marched against"), or neither ("took no side")."""
    near = {c.lemma_.lower() for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "advmod", "acomp", "ccomp", "prt", "attr", "oprd")}
    near |= {c.lower_ for c in verb.children if c.dep_ == "advmod"}
    for side in _STANCES:
        if near & set(words.map("idiom", side).get(lemma, ())):
            return side
    if words.has("verb.siding", lemma) or words.has("verb.opposing", lemma):
        for child in verb.children:
            if child.dep_ == "prep" and (
                words.has("verb.against", child.lower_) or (words.has("verb.favouring", child.lower_) and words.has("verb.siding", lemma))
            ):
                return "oppose" if words.has("verb.against", child.lower_) else "support"
    return "neutral" if words.has("idiom.abstaining", lemma) or neither(verb, lemma, words) else None


def neither(verb: Token, lemma: str, words: Words) -> bool:
    """Read "neither backs nor rejects": a verb of stance with "neither" between its subject and itself, or in the verb it continues."""
    if not (words.has("verb.support", lemma) or words.has("verb.oppose", lemma)):
        return False
    top = verb.head if verb.dep_ == "conj" else verb
    doer = next((c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    first = doer.i + 1 if doer is not None else top.left_edge.i
    return any(words.has("negation.either", t.lower_) for t in top.doc[first : top.i])
