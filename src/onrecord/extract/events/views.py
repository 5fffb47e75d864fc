"""One look at a predicate, verb or noun, that answers for each slot of a frame who stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from spacy.tokens import Token

from onrecord.extract.events.clauses import Arguments, arguments, clause_verb, light_verb, prepositions, subjects
from onrecord.extract.events.lexicon import Lexicon
from onrecord.extract.events.parties import BELONGING, Parties, unique
from onrecord.model import Participant
from onrecord.reading.actors import owners

_FAVOURED = (*BELONGING, "for", "in", "with", "to", "between", "over")
"""Who is praised or backed with a thing: never those it is against ("backed the attack on B")."""
Found = Iterator[tuple[Participant, ...]]


_FILLING = ("in", "of")
"""Prepositions of what a quantity consists of: "six billion dollars in grants to Peru"."""


class View(Protocol):
    """A predicate with its slots. ``clause`` is the verb whose tense, negation and time count for it."""

    trigger: Token
    clause: Token
    args: Arguments
    parties: Parties

    def slot(self, name: str) -> Found:
        """Everybody who stands in slot ``name``, one tuple for each phrase, in reading order."""


class VerbView:
    """A verb, or an adjective after "be", and its arguments."""

    def __init__(self, verb: Token, parties: Parties) -> None:
        self.trigger = verb
        self.clause = verb.head if verb.dep_ == "acomp" else verb
        self.parties = parties
        self.args = arguments(verb)

    def slot(self, name: str) -> Found:
        """See :class:`View`. A preposition is looked for on the verb first, then on its object ("imposed sanctions on")."""
        if name == "comp":
            aims = (c for t in self.args.slots.get("obj", ()) for c in t.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB")
            yield from self.parties.complement((*self.args.complements, *aims))
            return
        if name == "compsubj":
            below = (c for c in self.args.complements if c.dep_ == "ccomp")
            yield from (self.parties.affected(t) for verb in below for t in verb.children if t.dep_ in ("nsubj", "nsubjpass"))
            return
        if name in ("whose", "favoured"):
            inside = BELONGING if name == "whose" else _FAVOURED
            yield from (self.parties.of(token, inside) for token in self.args.slots.get("obj", ()))
            return
        belongs = name in ("subj", "iobj", "with", "between", "among")
        for token in self._tokens(name):
            yield self.parties.of(token) if belongs else self.parties.affected(token)
        if name not in ("subj", "obj", "iobj"):
            for noun in self.args.slots.get("obj", ()):
                made = (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN")
                contents = [below for p, below in prepositions(noun) if p in _FILLING] + self.args.slots.get("in", [])
                filled = (pair for below in contents for pair in prepositions(below))
                for prep, token in (*prepositions(noun), *(pair for verb in made for pair in prepositions(verb)), *filled):
                    if prep == name:
                        yield self.parties.affected(token)

    def _tokens(self, name: str) -> list[Token]:
        if name == "together with":
            return [t for t in self.args.slots.get("with", ()) if any(c.lower_ in self.parties.words["together"] for c in t.head.children)]
        return self.args.slots.get(name, [])


class NounView:
    """A nominalisation, its owner and prepositions, and the light verb or setting that lends it a subject."""

    def __init__(self, noun: Token, parties: Parties, lexicon: Lexicon) -> None:
        self.trigger = noun
        self.parties = parties
        self.light = light_verb(noun, lexicon.words["light_verb"], lexicon.words["light_prep"])
        self.setting = self.light or _setting(noun, lexicon)
        self.acts, self.harms = lexicon.nouns, lexicon.verbs
        self.telling = lexicon.words["tell"]
        self.lending = lexicon.words["light_verb"]
        self.drawn = noun_drawn(noun, lexicon.words)
        self.clause = self.light or clause_verb(noun)
        around = self.setting or self.drawn
        self.args = arguments(around) if around is not None else Arguments()

    def slot(self, name: str) -> Found:
        """See :class:`View`. The light verb's prepositions count as the noun's own ("held talks on Monday with")."""
        special = {
            "owner": self._owner,
            "support": self._support,
            "drawn": self._drawn,
            "members": self._members,
            "joint": self._joint,
            "told": self._told,
            "victim": self._victim,
        }
        if name in special:
            yield from special[name]()
        elif name == "comp":
            yield from self.parties.complement(_inside(self.trigger))
        elif name in ("between", "among"):
            apart = self.args.slots.get(name, ()) if self.light is not None else ()
            yield from (self.parties.between(t) for t in (*_far(self.trigger, name), *apart))
        else:
            yield from self._prepositional(name)

    def _prepositional(self, name: str) -> Found:
        nouns = (self.trigger, *(c for c in self.trigger.children if c.dep_ == "conj"), *_coordinated(self.trigger))
        for noun in nouns:
            yield from (self.parties.affected(token) for prep, token in prepositions(noun) if prep == name and token.i > self.trigger.i)
        for verb in self.trigger.children:
            if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_ in self.lending:
                yield from (self.parties.affected(token) for prep, token in prepositions(verb) if prep == name)
        if self.light is not None or self.drawn is not None:
            yield from (self.parties.affected(token) for token in self.args.slots.get(name, ()) if self._beside(token))

    def _beside(self, token: Token) -> bool:
        """False for the noun itself, and for what stands before it in "led to misery and sanctions"."""
        return token.i > self.trigger.i or (self.drawn is None and token.i != self.trigger.i)

    def _owner(self) -> Found:
        """Owners, those of the noun before it in "U.N. condemnation and sanctions" included."""
        shared = self.trigger.dep_ == "conj" and self.trigger.head.lemma_.lower() in self.acts
        nouns = [self.trigger, *([self.trigger.head] if shared else [])]
        found = (tuple(p for p in owners(self.parties.analysis, self.parties.block, n) if p.actor is not None) for n in nouns)
        yield next((group for group in found if group), ()) or self._leads()

    def _leads(self) -> tuple[Participant, ...]:
        """Who leads it: "the U.S.-led invasion"."""
        marks = [c for c in self.trigger.lefts if c.dep_ == "amod"]
        apart = [t for c in marks if c.lower_ in self.parties.words["led"] for t in c.lefts]
        return next((who for c in marks if (who := self.parties.leading(c))), ()) or unique(p for t in apart for p in self.parties.named(t))

    def _drawn(self) -> Found:
        """Whoever met with it: "the test drew condemnation"."""
        if self.drawn is not None:
            yield from (self.parties.affected(t) for t in arguments(self.drawn).slots.get("subj", ()))

    def _told(self) -> Found:
        """Whom the subject told something there: "In a phone call, X told Y that"."""
        known = any(c.dep_ == "poss" or c.lower_ == "the" for c in self.trigger.children)
        if self.setting is not None and self.light is None and not known and self.setting.lemma_ in self.telling:
            yield from (self.parties.of(t) for t in self.args.slots.get("obj", ()))

    def _victim(self) -> Found:
        """Who came to harm in it: "two soldiers were killed in an attack by rebels"."""
        harm = self.trigger.head.head if self.trigger.dep_ == "pobj" and self.trigger.head.lower_ in ("in", "during") else None
        if harm is not None and any(f.type == "ASSAULT" for f in self.harms.get(harm.lemma_, ())):
            around = arguments(harm)
            if around.passive:
                yield from (self.parties.of(t) for t in around.slots.get("obj", ()))

    def _members(self) -> Found:
        """Sides that a clause lists: "talks which include A, B and C", "talks involving A and B"."""
        for child in self.trigger.children:
            if child.dep_ in ("relcl", "acl", "prep") and child.lemma_ in self.parties.words["members"]:
                yield from (self.parties.between(c) for c in child.children if c.dep_ in ("dobj", "pobj"))

    def _joint(self) -> Found:
        """Who the other side of "joint drills with B" is: the subject of the clause."""
        if any(c.lower_ in self.parties.words["joint"] for c in self.trigger.children):
            for token in subjects(clause_verb(self.trigger)):
                if token.i != self.trigger.i:
                    yield self.parties.of(token)

    def _support(self) -> Found:
        if self.setting is None:
            return
        owned = any(c.dep_ == "poss" and c.tag_ != "PRP$" for c in self.trigger.children)
        if self.light is None and owned:
            return
        for token in self.args.slots.get("subj", ()):
            yield self.parties.of(token)


class GuestView:
    """A guest ("visiting President X"): the guest is the noun, the host whoever else takes part in the clause."""

    def __init__(self, trigger: Token, guest: Token, parties: Parties) -> None:
        self.trigger, self.guest, self.parties = trigger, guest, parties
        self.clause = clause_verb(trigger.head)
        self.args = Arguments()

    def slot(self, name: str) -> Found:
        """See :class:`View`; only "subj" and "obj" are filled."""
        guest = unique(self.parties.of(self.guest))
        if name == "subj":
            yield guest
        elif name == "obj" and self.clause.pos_ == "VERB":
            around = arguments(self.clause).slots
            hosts = [p for slot in ("subj", "obj", "with") for t in around.get(slot, ()) for p in self.parties.of(t)]
            yield unique(p for p in hosts if not same_country(p, guest))


def _coordinated(noun: Token) -> Iterator[Token]:
    """The nouns that ``noun`` is coordinated with: in "sanctions and condemnation from" the parser may hang "from" on either."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i != noun.i:
        noun = noun.head
        yield noun


def same_country(party: Participant, others: tuple[Participant, ...]) -> bool:
    """True if ``party`` is one of ``others`` or of their country; parties not known count as the same."""
    if party.actor is None:
        return True
    return any(o.actor is None or o.actor.id == party.actor.id or o.actor.country == party.actor.country for o in others)


def _setting(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb whose subject was there: "said during a visit to", "at a summit with …, she said". Only meetings and visits lend a setting."""
    prep = noun.head
    if noun.dep_ == "pobj" and prep.lower_ == "of" and prep.head.dep_ == "pobj":
        prep = prep.head.head
    if noun.dep_ != "pobj" or prep.head.pos_ != "VERB" or not any(f.type == "CONSULT" for f in lexicon.nouns.get(noun.lemma_.lower(), ())):
        if noun.dep_ != "pobj" or prep.head.pos_ != "VERB" or not any(c.lower_ in lexicon.words["phone"] for c in noun.lefts):
            return None
        return prep.head if prep.lower_ in lexicon.words["setting"] else None
    words = lexicon.words
    if prep.lower_ in words["after"]:
        return prep.head if any(c.lower_ == "with" for c in noun.children) else None
    travel = noun.lemma_ in words["travel"]
    return prep.head if prep.lower_ in words["setting"] and (travel or prep.lower_ not in ("on", "in")) else None


def _inside(noun: Token) -> Iterator[Token]:
    """The clauses of a noun: "its refusal to leave", "no intention of leaving"."""
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp"):
            yield child
        elif child.dep_ == "prep":
            yield from (c for c in child.children if c.dep_ == "pcomp")


def noun_drawn(noun: Token, words: Mapping[str, frozenset[str]]) -> Token | None:
    """The verb whose subject met with the noun: "its test drew condemnation and sanctions", "the raid led to sanctions"."""
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ == "NOUN":
        above = head.head.head if head.dep_ == "pobj" and head.head.head.pos_ == "NOUN" else head  # "misery for its people and sanctions"
        return noun_drawn(head, words) or noun_drawn(above, words)
    if noun.dep_ == "pobj" and head.lower_ in ("to", "in") and head.head.lemma_ in words["cause"]:
        return head.head
    return head if noun.dep_ == "dobj" and head.lemma_ in words["draw"] else None


def _far(noun: Token, prep: str) -> Iterator[Token]:
    """Objects of ``prep`` on the noun or on what hangs on it ("cooperation in trade between A and B")."""
    for word in noun.subtree:
        if word.lower_ == prep and word.dep_ == "prep" and word.i > noun.i:
            yield from (c for c in word.children if c.dep_ == "pobj")
