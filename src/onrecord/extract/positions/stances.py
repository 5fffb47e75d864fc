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
    """Read "neither backs nor rejects"."""
    pair = [verb, *(c for c in verb.children if c.dep_ == "conj"), *((verb.head,) if verb.dep_ == "conj" else ())]
    shown = words.has("verb.support", lemma) or words.has("verb.oppose", lemma)
    return shown and any(words.has("negation.either", c.lower_) for v in pair for c in (*v.children, *(x for n in v.lefts for x in n.children)))
