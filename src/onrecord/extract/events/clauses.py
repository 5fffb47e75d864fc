"""Who stands where around a verb or a noun: subjects through control and coordination, agents of passives, prepositions, complements.

Reads spaCy's dependency labels (CLEAR style) and a few word lists of the language; resolves no names.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.extract.events.lexicon import lexicon

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
MAX_CLIMB = 6
"""How far a subject is looked for above a verb that has none; longer chains are parser mistakes."""


@functools.cache
def _words(name: str) -> frozenset[str]:
    return lexicon().words[name]


@dataclass(slots=True)
class Arguments:
    """The places around a predicate. ``slots`` maps "subj", "obj", "iobj" and preposition lemmas to head tokens; ``complements`` are clause heads;
    ``prepositions`` also has those before a clause ("called for ending").
    """

    slots: dict[str, list[Token]] = field(default_factory=dict)
    complements: list[Token] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    prepositions: set[str] = field(default_factory=set)
    passive: bool = False

    def add(self, slot: str, token: Token) -> None:
        """Put ``token`` into ``slot``."""
        self.slots.setdefault(slot, []).append(token)


def is_passive(verb: Token) -> bool:
    """True for "was attacked" and for "the town attacked by rebels"."""
    kinds = {c.dep_ for c in verb.children}
    if verb.tag_ != "VBN" or (verb.lower_ in _words("stative") and "agent" not in kinds):
        return False
    if "auxpass" in kinds or "nsubjpass" in kinds:
        return True
    if verb.dep_ == "acl":
        return not any(c.dep_ == "aux" for c in verb.children)
    return verb.dep_ == "conj" and "nsubj" not in kinds and "aux" not in kinds and "dobj" not in kinds and is_passive(verb.head)


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for."""
    if token.tag_ in _RELATIVE or token.lower_ == "that":
        climbed = verb
        for _ in range(MAX_CLIMB):
            if climbed.dep_ == "relcl":
                return climbed.head
            climbed = climbed.head
    return token


def subjects(verb: Token) -> list[Token]:
    """The understood subjects of ``verb``: its own, or those it shares by coordination, control or attachment. Empty where none can be told."""
    climbed = verb
    for _ in range(MAX_CLIMB):
        own = [_antecedent(c, climbed) for c in climbed.children if c.dep_ in SUBJECTS]
        if own:
            return own
        above = _governor(climbed)
        if above is None:
            return []
        if isinstance(above, list):
            return above
        climbed = above
    return []


def _governor(verb: Token) -> Token | list[Token] | None:
    """Where a verb without subject takes it from: a verb to go on with, the subjects themselves, or nowhere."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.dep_ == "dobj" and head.lemma_ in _words("document") and head.head.pos_ == "VERB":
        return head.head
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN"):
        return [head] if head.pos_ != "VERB" else head
    if verb.dep_ in ("acl", "relcl"):
        return _noun_subject(head)
    if verb.dep_ == "acomp":
        return head
    if verb.dep_ == "pcomp":
        return _pcomp_subject(head)
    if verb.dep_ in ("xcomp", "ccomp") and head.lemma_ in _words("object_control"):
        objects = [c for c in head.children if c.dep_ == "dobj"]
        if objects:
            return objects
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep", "pcomp"):
        if verb.dep_ == "ccomp" and verb.tag_ in ("VBD", "VBZ", "VBP"):
            return None
        if is_passive(head) and verb.dep_ == "advcl":
            agents = [g for c in head.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
            return agents or head
        if head.pos_ == "ADJ":
            return head.head if head.head.pos_ in ("VERB", "AUX") else None
        return head if head.pos_ in ("VERB", "AUX") else _noun_subject(head)
    return None


def _pcomp_subject(prep: Token) -> Token | list[Token] | None:
    """Who does what stands after a preposition: the object in "accused them of hiding", "assailed them for hiding", else the verb's subject."""
    verb = prep.head
    if verb.pos_ == "ADJ":
        return verb if any(c.dep_ in SUBJECTS for c in verb.children) else verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        accused = verb.dep_ == "dobj" and prep.lower_ == "of" and verb.head.lemma_ in _words("accuse_of") and not is_passive(verb.head)
        return [verb] if accused else _noun_subject(verb)
    if prep.lower_ in _words("control_prep") and not is_passive(verb):
        objects = [c for c in verb.children if c.dep_ == "dobj" and c.i < prep.i]
        if objects:
            return objects
    return verb


def _noun_subject(noun: Token) -> Token | list[Token] | None:
    """Who does what a noun's infinitive says: the owner of "its decision to leave", the verb's subject in "made a decision to leave"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return owners
    head = noun.head
    if noun.dep_ == "pobj" and head.dep_ == "prep" and head.head.pos_ == "AUX":
        return head.head
    return head if noun.dep_ in ("dobj", "attr") and (head.pos_ == "AUX" or head.lemma_ in _words("lend")) else None


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, object) pairs that hang on ``token``, "from among" and "in front of" by their last part, coordinated ones included."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ == "ADP":
            yield from _objects(child)


def _objects(prep: Token) -> Iterator[tuple[str, Token]]:
    for child in prep.children:
        if child.dep_ == "pobj":
            yield prep.lower_, child
        elif child.dep_ == "pcomp" and child.lower_ in _words("guest"):
            yield from ((prep.lower_, guest) for guest in child.children if guest.dep_ == "dobj")
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
            yield from _objects(child)


def arguments(verb: Token) -> Arguments:
    """The places around a verb, passives turned round: "subj" is always whoever does it, "obj" whoever undergoes it."""
    args = Arguments(passive=is_passive(verb))
    understood = subjects(verb)
    for token in understood:
        args.add("obj" if args.passive else "subj", token)
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd") or (child.dep_ == "attr" and child.pos_ in ("NOUN", "PROPN")):
            args.add("obj", _antecedent(child, verb))
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            args.add("iobj", child)
        elif child.dep_ == "prt":
            args.particles.add(child.lower_)
        elif child.dep_ in ("ccomp", "xcomp"):
            args.complements.append(child)
        elif child.dep_ in ("prep", "advmod") and child.lower_ in _words("particle"):
            args.particles.add(child.lower_)
        if child.dep_ == "prep":
            args.prepositions.add(child.lower_)
            args.complements += [g for g in child.children if g.dep_ == "pcomp"]
    for prep, noun in prepositions(verb):
        args.add("subj" if prep == "by" and args.passive else prep, noun)
    where = any(c.tag_ == "WRB" for c in verb.children)
    if verb.dep_ == "relcl" and not where and not args.slots.get("obj") and not args.passive and verb.head not in understood:
        args.add("obj", verb.head)
    return args


def light_verb(noun: Token, verbs: frozenset[str], preps: frozenset[str]) -> Token | None:
    """The verb that lends ``noun`` its subject: "held talks", "engaged in talks", "talks were held". None where there is none."""
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
        return light_verb(head, verbs, preps)
    if noun.dep_ in ("dobj", "nsubjpass") and head.lemma_ in verbs:
        return head
    if noun.dep_ == "pobj" and head.lower_ in preps and head.head.lemma_ in verbs and head.head.pos_ == "VERB":
        return None if head.lower_ == "to" and head.head.lemma_ in _words("cause") else head.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN" and head.head.lemma_ not in _words("mention"):
        return light_verb(head.head, verbs, preps)
    if noun.dep_ == "pobj" and head.lower_ in ("at", "in") and head.head.lemma_ == "be":
        return head.head
    return None


def clause_verb(token: Token) -> Token:
    """The verb of the clause ``token`` stands in (itself for a verb); the root where there is none."""
    climbed = token
    while climbed.pos_ not in ("VERB", "AUX") and climbed.head.i != climbed.i:
        climbed = climbed.head
    return climbed
