"""From a slot's head token to the participants it names: the phrase itself, whoever it belongs to, or whoever its prepositions name.

Names are resolved in :mod:`onrecord.reading.actors`; here it is only decided which words to ask about.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from onrecord.extract.events.clauses import arguments, prepositions
from onrecord.extract.events.lexicon import Lexicon
from onrecord.knowledge import knowledge_base
from onrecord.knowledge.sectors import agents
from onrecord.model import Participant
from onrecord.reading.actors import owners, participants
from onrecord.reading.analysis import Analysis, Block

_INSIDE = ("of", "on", "against", "with", "between", "by", "from", "in", "for", "to", "over", "toward", "towards", "into")
BELONGING = ("of", "from", "by")
"""Whose something is, or who does it."""
DEPTH = 3
"""How many nouns deep a party is looked for: "the withdrawal of troops from the north of Sudan"."""


@functools.cache
def _people() -> frozenset[str]:
    """Nouns of persons and of bodies, as the reading layer knows them ("worshipper", "detainee", "tribunal")."""
    return frozenset(word for word, codes in agents().lexicon.items() if " " not in word and codes != ("BUS",))


class Parties:
    """Finds the parties of one block's phrases."""

    def __init__(self, analysis: Analysis, block: Block, lexicon: Lexicon) -> None:
        self.analysis, self.block = analysis, block
        self.lexicon = lexicon
        self.words = lexicon.words
        self.people = _people() | lexicon.words["party"]

    def named(self, token: Token) -> tuple[Participant, ...]:
        """Those the phrase headed by ``token`` names itself and who are known; empty where nobody."""
        return tuple(p for p in participants(self.analysis, self.block, token) if p.actor is not None)

    def of(self, token: Token, inside: Sequence[str] = BELONGING, depth: int = DEPTH) -> tuple[Participant, ...]:
        """Those a phrase stands for: the named, else its owners, else those its prepositions in ``inside`` name, else somebody without name."""
        found = self.named(token)
        if {token.lemma_.lower(), token.lower_.removesuffix("s")} & self.words["apart"]:
            return tuple(p for p in found if p.actor is not None and p.actor.kind != "state") or self._unnamed(token)
        found = found or tuple(p for p in owners(self.analysis, self.block, token) if p.actor is not None)
        if found or depth == 0:
            return found
        seated = token.lemma_.lower() in self.words["institution"]
        for prep, noun in prepositions(token):
            if prep in inside or (token.lemma_ in self.words["quantity"] and prep == "of") or (seated and prep == "in"):
                found = self.of(noun, inside, depth - 1)
                if found:
                    return found
        if token.dep_ != "conj":
            found = next((who for c in token.conjuncts if (who := self.of(c, inside, depth - 1)) and who[0].actor), ())
        return found or tuple(p for t in (token, *(token.conjuncts if token.dep_ != "conj" else ())) for p in self._unnamed(t))

    def leading(self, token: Token) -> tuple[Participant, ...]:
        """The state before the hyphen of "U.S.-led"; empty for any other word."""
        name, _, rest = token.text.rpartition("-")
        if not name or rest.lower() not in self.words["led"]:
            return ()
        kb = knowledge_base()
        start = self.block.start(token)
        span = self.analysis.span(start, start + len(name))
        return next(((Participant(span, kb.ref(a.actor), None),) for a in kb.find(name) if a.actor.kind in ("state", "organisation")), ())

    def _unnamed(self, token: Token) -> tuple[Participant, ...]:
        """Somebody whose words clearly mean a party though nobody known: "gunmen", or a person's name that no table has."""
        person = token.tag_ == "NNPS" or (token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "ORG", "NORP"))
        if token.pos_ == "NUM" and token.dep_ in ("dobj", "nsubjpass") and token.ent_type_ == "CARDINAL":
            return participants(self.analysis, self.block, token)[:1]
        if person or (token.lemma_.lower() in self.people and token.pos_ in ("NOUN", "PROPN")):
            return participants(self.analysis, self.block, token)[:1]
        return ()

    def phrase(self, token: Token) -> tuple[Participant, ...]:
        """Whatever the phrase headed by ``token`` names, known or not."""
        return participants(self.analysis, self.block, token)[:1]

    def between(self, token: Token) -> tuple[Participant, ...]:
        """All sides of "between A, who is …, B and C": the parser often hangs the later names on a word in between."""
        found = list(self.affected(token))
        for word in token.subtree:
            if word.dep_ == "conj" and word.i != token.i:
                found += self.named(word) or (self._unnamed(word) if word.head.i == token.i else ())
        return unique(found)

    def affected(self, token: Token) -> tuple[Participant, ...]:
        """Those an object touches, looked for deeper: "China's claims over Taiwan", "the use of force against Iran"."""
        return self.of(token, _INSIDE)

    def complement(self, verbs: Iterable[Token], depth: int = DEPTH) -> Iterator[tuple[Participant, ...]]:
        """Whoever complement clauses are about, phrase by phrase: subjects first, then objects, prepositions, conditions and what is nested."""
        for verb in verbs if depth else ():
            if verb.pos_ not in ("VERB", "AUX"):
                yield self.affected(verb)
                continue
            args = arguments(verb)
            own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
            inside = [t for slot, tokens in args.slots.items() if slot in _INSIDE for t in tokens]
            for token in [*own, *args.slots.get("obj", ()), *inside]:
                yield self.affected(token)
            below = [c for c in verb.children if c.dep_ in ("advcl", "conj") and c.pos_ == "VERB"]
            yield from self.complement([*args.complements, *below], depth - 1)


def unique(found: Iterable[Participant]) -> tuple[Participant, ...]:
    """Participants without repeats: one per actor, or per mention where there is no actor."""
    seen: dict[object, Participant] = {}
    for p in found:
        seen.setdefault(p.actor.id if p.actor else p.mention, p)
    return tuple(seen.values())
