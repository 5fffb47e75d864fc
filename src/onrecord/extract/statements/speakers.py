"""Whose words: the subject of a verb, inherited along conjunction, control and participles. Reads the parse; knows no words."""

from __future__ import annotations

from spacy.tokens import Token

_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_RELATIVE = frozenset(("WP", "WDT"))
_INHERITS = frozenset(("conj", "advcl", "xcomp", "ccomp", "parataxis", "dep", "oprd", "acomp", "attr"))
_MAX_HOPS = 6


def own_subject(verb: Token) -> Token | None:
    """The verb's own subject, a relative pronoun replaced by the noun it stands for."""
    for child in verb.children:
        if child.dep_ in _SUBJECT:
            return antecedent(child, verb)
    return None


def antecedent(pronoun: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; any other token is itself."""
    clause = verb
    while clause.dep_ == "conj":
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" and pronoun.tag_ in _RELATIVE else pronoun


def subject(verb: Token, hops: int = _MAX_HOPS) -> Token | None:
    """Who does what ``verb`` says, its own subject or one inherited; None where the sentence does not tell."""
    own = own_subject(verb)
    if own is not None or hops == 0:
        return own
    head = verb.head
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        loose = head.dep_ in ("dobj", "pobj") and verb.doc[verb.left_edge.i - 1].text in (",", '"', "“")
        return (owner(head, hops - 1) if loose else None) or head
    if verb.dep_ == "acl":
        return owner(head, hops - 1)
    if verb.dep_ == "xcomp":
        return controlled(head, verb, hops - 1)
    if strays(verb) or set_off(verb):
        return subject(head.head, hops - 1)
    if verb.dep_ == "pcomp" and head.lower_ == "as":
        return controlled(head.head, verb, hops - 1)
    if verb.dep_ == "pcomp":
        return owner(head.head, hops - 1) if head.head.pos_ in ("NOUN", "PROPN") else subject(head.head, hops - 1)
    if verb.dep_ in _INHERITS and head.i != verb.i:
        return owner(head, hops - 1) if head.pos_ in ("NOUN", "PROPN") else subject(head, hops - 1)
    if verb.pos_ in ("ADJ", "ADV", "ADP") and head.i != verb.i:
        return subject(head, hops - 1)
    return None


def strays(verb: Token) -> bool:
    """True for a past-tense verb that the parser coordinated with a present or future clause ("said it will stay and [urged] …").

    Reporters keep tenses apart: the second past verb goes on from the first, the cue, not from what was said.
    """
    clause = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBN") or clause.dep_ != "ccomp" or clause.head.tag_ not in ("VBD", "VBN"):
        return False
    if clause.i < clause.head.i or own_subject(verb) is not None or any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return False
    return clause.tag_ in ("VBZ", "VBP") or (clause.tag_ == "VB" and any(c.tag_ == "MD" for c in clause.children))


def set_off(participle: Token) -> bool:
    """True for a participle after a comma that the parser hung into a complement clause ("warned that talks may fail, [calling] …").

    It goes on from the cue above, as participles after a comma do.
    """
    clause = participle.head
    if participle.dep_ != "advcl" or participle.tag_ != "VBG" or clause.dep_ != "ccomp" or clause.i < clause.head.i:
        return False
    return participle.doc[participle.left_edge.i - 1].text == ","


def controlled(head: Token, infinitive: Token, hops: int) -> Token | None:
    """The subject of an infinitive: the head's object ("asked him to say") or else its subject ("tried to say")."""
    for child in head.children:
        if child.dep_ in ("dobj", "dative") and child.i < infinitive.i:
            return child
    return subject(head, hops)


def owner(noun: Token, hops: int = _MAX_HOPS) -> Token | None:
    """Whose thing ``noun`` is: a possessor ("its view"), an "of/by/from" phrase is left to the caller; else who has, makes or gives it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    if hops and noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        return subject(noun.head, hops - 1)
    if hops and noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        return subject(noun.head.head, hops - 1)
    return None


def agent(verb: Token) -> Token | None:
    """By whom, in the passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None
