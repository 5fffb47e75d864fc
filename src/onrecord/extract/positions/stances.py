"""Which side a verb takes by the words around it: phrases ("pour cold water on"), "neither … nor". It looks for no holder."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.positions.lexicon import Phrase, Words
from onrecord.extract.syntax import objects
from onrecord.model.records import Stance

_FIRST, _NEXT = 7, 3
"""How many words behind the verb the first word of a phrase may stand ("gave the new plan its blessing"), and behind each word the next."""
_BEFORE = 40
"""How many words before a vote withheld what was voted on may stand."""
_ENDS = frozenset(".;:!?")


@dataclass(frozen=True, slots=True)
class Side:
    """A stance that a verb shows with other words, and what it is about; None where the text does not say."""

    stance: Stance
    about: Token | None


def sided(verb: Token, lemma: str, words: Words) -> Side | None:
    """The stance of the longest phrase that fits, of "neither backs nor rejects", of a vote withheld; None where there is none."""
    phrases = words.phrases.get(lemma, ())
    near = _near(verb) if phrases else frozenset()
    for phrase in phrases:
        found = _fitting(verb, phrase, words) if not phrase.words or phrase.words[0] in near else None
        if found is not None:
            taken, denied = found
            if phrase.stance == "support" and _neither(taken[-1:]):
                return Side("neutral", _about(verb, phrase, taken, words))
            if denied and phrase.stance == "support":
                return Side("oppose", _about(verb, phrase, taken, words))
            if denied != phrase.if_denied:
                return None
            return Side(phrase.stance, _about(verb, phrase, taken, words))
    if words.has("phrase.abstaining", lemma):
        return Side("neutral", _behind(verb, words) or _put_to_vote(verb, words))
    if neither(verb, lemma, words):
        both = (verb, *(c for c in verb.children if c.dep_ == "conj"))
        return Side("neutral", next((t for v in both for t in (*objects(v), _behind(v, words)) if t is not None), None))
    return None


def _near(verb: Token) -> frozenset[str]:
    """Every form and lemma among the tokens where a phrase's first word may stand; few phrases get past it."""
    last = min(verb.i + 1 + _FIRST, verb.sent.end)
    return frozenset(form for token in verb.doc[verb.i + 1 : last] for form in (token.lower_, token.lemma_.lower()))


def _fitting(verb: Token, phrase: Phrase, words: Words) -> tuple[list[Token], bool] | None:
    """The tokens of a phrase behind its verb, its preposition the last, and whether it is denied; None where it does not stand there."""
    doc, last = verb.doc, verb.doc[verb.i].sent.end
    taken, at, denied = [], verb.i, any(c.dep_ == "neg" or words.has("negation.words", c.lower_) for c in verb.children if c.i < verb.i + 3)
    wanted = (*phrase.words, phrase.preposition) if phrase.preposition else phrase.words
    if not phrase.words:
        own = next((c for c in verb.children if c.lower_ == phrase.preposition and c.i > verb.i and c.dep_ in ("prep", "agent", "dative")), None)
        if own is not None and not any(t.lower_ == "up" for t in doc[verb.i + 1 : own.i]):
            return [own], denied
    for k, word in enumerate(wanted):
        reach = 2 if word == phrase.preposition and k == len(phrase.words) else _FIRST if k == 0 else _NEXT
        for token in doc[at + 1 : min(at + 1 + reach, last)]:
            if token.text in _ENDS or (token.lower_ == "up" and word != "up"):
                return None
            if word in (token.lower_, token.lemma_.lower()) and (token.i == at + 1 or verb.is_ancestor(token)):
                taken.append(token)
                at = token.i
                break
            denied = denied or words.has("negation.determiners", token.lower_) or words.has("negation.turning", token.lower_)
        else:
            return None
    return taken, denied


def _about(verb: Token, phrase: Phrase, taken: list[Token], words: Words) -> Token | None:
    """What stands behind the preposition of a phrase, else the verb's object outside it, else what another preposition brings."""
    if phrase.preposition:
        return brought(taken[-1])
    other = next((t for t in objects(verb) if t not in taken), None)
    return other or _behind(taken[-1] if taken else verb, words)


def brought(preposition: Token) -> Token | None:
    """The head of what a preposition brings, whatever the parse makes of it: "to" before a verb, "at" as a particle."""
    inside = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp", "prep") and c.i > preposition.i), None)
    if inside is not None:
        return brought(inside) if inside.dep_ == "prep" else inside
    if preposition.i + 1 >= preposition.sent.end:
        return None
    head = preposition.nbor(1)
    while head.head.i > preposition.i and head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head if head.text[0].isalnum() else None


def _behind(token: Token, words: Words) -> Token | None:
    """What a preposition right behind a word brings; a day is not what a stance is about."""
    for child in token.children:
        if child.dep_ == "prep" and child.i > token.i and child.lower_ in words.table["phrase"]["prepositions"]:
            found = brought(child)
            if found is not None and found.ent_type_ not in ("DATE", "TIME"):
                return found
    return None


def _neither(taken: list[Token]) -> bool:
    """Read "sided with neither camp"."""
    return bool(taken) and taken[0].i + 1 < len(taken[0].doc) and taken[0].nbor(1).lower_ in ("neither", "nobody", "none")


def _put_to_vote(verb: Token, words: Words) -> Token | None:
    """The resolution or text named last before somebody abstained."""
    before = verb.doc[max(verb.i - _BEFORE, 0) : verb.i]
    return next((t for t in reversed(before) if t.pos_ == "NOUN" and words.has("phrase.voted", t.lemma_.lower())), None)


def neither(verb: Token, lemma: str, words: Words) -> bool:
    """Read "neither backs nor rejects": a verb of stance with "neither" between its subject and itself, or in the verb it continues."""
    if not (words.has("verb.support", lemma) or words.has("verb.oppose", lemma)):
        return False
    top = verb.head if verb.dep_ == "conj" else verb
    doer = next((c for c in top.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    first = doer.i + 1 if doer is not None else top.left_edge.i
    return any(words.has("negation.either", t.lower_) for t in top.doc[first : top.i])
