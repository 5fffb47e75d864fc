"""One look at a predicate, verb or noun, that answers for each slot of a frame who stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from onrecord.extract.events.clauses import Arguments, arguments, clause_verb, light_verb, prepositions
from onrecord.extract.events.lexicon import Lexicon
from onrecord.extract.events.parties import Parties
from onrecord.model import Participant
from onrecord.reading.actors import owners

Found = Iterator[tuple[Participant, ...]]


class View(Protocol):
    """A predicate with its slots. ``clause`` is the verb whose tense, negation and time count for it."""

    trigger: Token
    clause: Token
    args: Arguments

    def slot(self, name: str) -> Found:
        """Everybody who stands in slot ``name``, one tuple for each phrase, in reading order."""


class VerbView:
    """A verb and its arguments."""

    def __init__(self, verb: Token, parties: Parties) -> None:
        self.trigger = self.clause = verb
        self.parties = parties
        self.args = arguments(verb)

    def slot(self, name: str) -> Found:
        """See :class:`View`. A preposition is looked for on the verb first, then on its object ("imposed sanctions on")."""
        if name == "comp":
            yield from self.parties.complement(self.args.complements)
            return
        belongs = name in ("subj", "iobj", "with", "between", "among")
        for token in self.args.slots.get(name, ()):
            yield self.parties.of(token) if belongs else self.parties.affected(token)
        if name not in ("subj", "obj", "iobj"):
            for noun in self.args.slots.get("obj", ()):
                for prep, token in prepositions(noun):
                    if prep == name:
                        yield self.parties.affected(token)


class NounView:
    """A nominalisation, its owner and prepositions, and the light verb or setting that lends it a subject."""

    def __init__(self, noun: Token, parties: Parties, lexicon: Lexicon) -> None:
        self.trigger = noun
        self.parties = parties
        self.light = light_verb(noun, lexicon.words["light_verb"], lexicon.words["light_prep"])
        self.setting = self.light or _setting(noun, lexicon.words["setting"])
        self.clause = self.light or clause_verb(noun)
        self.args = arguments(self.setting) if self.setting is not None else Arguments()

    def slot(self, name: str) -> Found:
        """See :class:`View`. The light verb's prepositions count as the noun's own ("held talks on Monday with")."""
        if name == "owner":
            yield tuple(p for p in owners(self.parties.analysis, self.parties.block, self.trigger) if p.actor is not None)
        elif name == "support":
            yield from self._support()
        elif name == "comp":
            yield from self.parties.complement(c for c in self.trigger.children if c.dep_ in ("acl", "ccomp"))
        else:
            for prep, token in prepositions(self.trigger):
                if prep == name or (name == "between" and prep == "among"):
                    yield self.parties.affected(token)
            if self.light is not None:
                for token in self.args.slots.get(name, ()):
                    if token.i != self.trigger.i:
                        yield self.parties.affected(token)

    def _support(self) -> Found:
        if self.setting is None:
            return
        owned = any(c.dep_ == "poss" and c.tag_ != "PRP$" for c in self.trigger.children)
        if self.light is None and owned:
            return
        for token in self.args.slots.get("subj", ()):
            yield self.parties.of(token)


def _setting(noun: Token, preps: frozenset[str]) -> Token | None:
    """The verb whose subject was there: "said during a visit to", "at a summit with …, she said"."""
    prep = noun.head
    if noun.dep_ == "pobj" and prep.lower_ in preps and prep.head.pos_ == "VERB":
        return prep.head
    return None
