"""Stances told of those whom something touches: "the visit angered Beijing", "drew a rebuke from Seoul", "was met with dismay in Warsaw", "has the
support of Lima". The grammatical subject is what the stance is about; the holder stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import FEELING
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, clause, negated
from onrecord.extract.positions.holders import governed
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.targets import drafts
from onrecord.extract.scene import Scene
from onrecord.extract.syntax import after, objects, subject
from onrecord.model import Participant
from onrecord.model.records import Stance

_SIDES: tuple[Stance, ...] = ("support", "oppose")
_FROM = ("from", "in", "among", "by", "of", "at")
_OF = ("of", "from")
"""What brings those who feel: "criticism from B", "dismay in B"; behind "has" only "the support of B"."""


def feelings(scene: Scene) -> Iterator[Draft]:
    """Every stance of the block that a verb tells of its object, or of whom stands behind it."""
    words = stance_words()
    for verb, lemma, pos in scene.words:
        if pos not in ("VERB", "AUX") or not words.has("feeling.all", lemma) or not asserted(verb) or negated(verb):
            continue
        for stance, who, about in (*_touched(scene, verb, lemma, words), *_met(scene, verb, lemma, words)):
            if about is not None:
                yield from drafts(scene, who, stance, verb, about, evidence=clause(scene, verb), confidence=FEELING)


Told = tuple[Stance, list[Participant], Token | None]


def _touched(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Told]:
    """Reads "the visit angered Beijing"; in the passive the adjectives tell it. The object must be somebody."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return
    for stance in _SIDES:
        if words.has(f"feeling.{stance}", lemma):
            for thing in objects(verb):
                yield stance, [p for p in scene.who(thing) if p.actor is not None], subject(verb)


def _met(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Told]:
    """Reads "drew criticism from B", "was met with anger in B", "was greeted warmly by B", "has the backing of B"."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    about = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None) or subject(verb)
    if words.has("feeling.drawing", lemma) and not passive:
        nouns = list(objects(verb))
    elif words.has("feeling.meeting", lemma) and passive:
        nouns = list(after(verb, "with"))
    else:
        nouns = []
    for noun in nouns:
        stance = next((s for s in _SIDES if words.has(f"noun.{s}", noun.lemma_.lower())), None)
        if stance is not None and not any(words.has("negation.determiners", c.lower_) for c in noun.children):
            behind = _OF if words.has("feeling.having", lemma) else _FROM
            who = [p for t in (*after(noun, *behind), *after(verb, *behind)) for p in governed(scene, t)] or scene.owners(noun)
            yield stance, [p for p in who if p.actor is not None], about
    adverbs = [c.lower_ for c in verb.children if c.dep_ in ("advmod", "acomp")]
    manner = next((s for s in _SIDES if any(words.has(f"feeling.{s}_manner", a) for a in adverbs)), None)
    if manner is not None and (passive or lemma == "go"):
        yield manner, [p for t in after(verb, "by", "in", "with") for p in governed(scene, t) if p.actor is not None], about
