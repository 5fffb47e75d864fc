"""One paragraph as the rules of relations and positions see it: which mention a token belongs to, and who may take part.

It finds no record itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.errors import KnowledgeError
from onrecord.knowledge.base import knowledge_base
from onrecord.model import Event, Participant, Span
from onrecord.reading.actors import owners, participants
from onrecord.reading.analysis import Analysis, Block, Mention

SIDES = frozenset({"state", "body", "organisation", "group", "people", "person"})


@dataclass(slots=True)
class Scene:
    """One block of an analysis with what lies in it, so that no rule searches the whole document.

    ``covering`` maps a token's index to the shortest mention it lies in; ``words``: token, lower-case lemma, part of speech;
    ``starts``: where each of ``tokens`` begins in the block.
    """

    analysis: Analysis
    block: Block
    mentions: list[Mention] = field(default_factory=list)
    covering: dict[int, Mention] = field(default_factory=dict)
    words: list[tuple[Token, str, str]] = field(default_factory=list)
    tokens: tuple[Token, ...] = ()
    starts: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def index(self) -> None:
        """Index the mentions of the block by token, longest first so that the shortest wins; list its words once for all rules."""
        self.tokens = self.block.tokens
        self.starts = [t.idx for t in self.tokens]
        self.words = [(t, t.lemma_.lower(), t.pos_) for t in self.tokens if t.pos_ not in ("PUNCT", "SPACE", "DET")]
        for mention in sorted(self.mentions, key=lambda m: m.span.start - m.span.end):
            for token in self.covering_tokens(mention):
                self.covering[token.i] = mention

    def span(self, first: Token, last: Token) -> Span:
        """The document span from ``first`` to ``last``, both included, in either order."""
        first, last = sorted((first, last), key=lambda t: t.i)
        return self.analysis.span(self.block.start(first), self.block.end(last))

    def covering_tokens(self, mention: Mention) -> list[Token]:
        """The tokens of a mention of this block; an apposition after a person's name is left to itself."""
        offset = self.block.offset
        first = max(bisect_right(self.starts, mention.span.start - offset) - 1, 0)
        words = list(self.tokens[first : bisect_left(self.starts, mention.span.end - offset)])
        if any(p.actor is not None and p.actor.kind == "person" for p in mention.participants):
            comma = next((k for k, t in enumerate(words) if t.text == "," and t.i > mention.root), None)
            return words[:comma]
        return words

    def phrase(self, head: Token) -> Span:
        """The words that hang on ``head``, itself included; what is only coordinated or set off by a comma on its right left out."""
        first, last = head.left_edge, head
        for child in head.rights:
            if child.dep_ in ("conj", "cc", "punct", "appos") or (child.dep_ == "relcl" and child.left_edge.nbor(-1).text == ","):
                break
            last = child.right_edge
        return self.span(first, last)

    def clause(self, token: Token) -> Span:
        """The clause ``token`` heads or belongs to, without what is subordinate on its left."""
        head = token
        while head.dep_ not in ("ROOT", "conj", "relcl", "ccomp", "advcl", "acl", "xcomp", "parataxis") and head.head != head:
            head = head.head
        return self.span(head.left_edge, head.right_edge)

    def who(self, token: Token) -> list[Participant]:
        """Those named by the noun phrase at ``token`` who can hold a tie; resolved ones only, or names not yet known.

        A noun that stands in apposition to a name is that name: the "nation" of "Chile, a nation that …".
        """
        found = [p for p in participants(self.analysis, self.block, token) if known(p)]
        if not found and token.dep_ == "appos" and token.pos_ == "NOUN" and token.head.pos_ == "PROPN":
            return self.single(token.head)
        return found

    def single(self, token: Token) -> list[Participant]:
        """As :meth:`who`, coordination left out."""
        mention = self.analysis.mention(self.block, token)
        return [p for p in mention.participants if known(p)] if mention else []

    def owners(self, noun: Token) -> list[Participant]:
        """Whose the noun is; the Kenya of "anti-Kenya" owns nothing."""
        return [p for p in owners(self.analysis, self.block, noun) if known(p) and not self.opposed(p)]

    def opposed(self, participant: Participant) -> bool:
        """True for a name behind "anti-"."""
        start = participant.mention.start if participant.mention else 0
        return self.analysis.document.text[max(start - 5, 0) : start].lower() == "anti-"

    def state_of(self, participant: Participant) -> Participant | None:
        """The state that a participant acts for, unnamed in the text; None where it is not known."""
        country = participant.actor.country if participant.actor else None
        if country is None:
            return None
        try:
            state = knowledge_base().state(country)
        except KnowledgeError:
            return None
        return Participant(None, knowledge_base().ref(state))


def known(participant: Participant) -> bool:
    """True for an actor that can hold a tie, and for a name that no table knows."""
    if participant.actor is None:
        return participant.reason == "unknown-name" and participant.mention is not None
    return participant.actor.kind in SIDES


def same(left: Participant, right: Participant) -> bool:
    """True if both are one actor, or one string of words where neither is known."""
    return key(left) == key(right)


def key(participant: Participant) -> str:
    """What tells participants apart."""
    if participant.actor is not None:
        return participant.actor.id
    return participant.mention.text.lower() if participant.mention else ""


def scenes(analysis: Analysis) -> Iterator[Scene]:
    """One scene a block."""
    made = [Scene(analysis, block) for block in analysis.blocks]
    if not made:
        return
    for mention in analysis.mentions:
        made[mention.block].mentions.append(mention)
    for event in analysis.events:
        made[analysis.block_at(event.trigger.start)].events.append(event)
    for scene in made:
        scene.index()
        yield scene


def pairs(left: Iterable[Participant], right: Iterable[Participant]) -> Iterator[tuple[Participant, Participant]]:
    """Each of one side with each of the other, no one with itself."""
    others = list(right)
    for a in left:
        for b in others:
            if not same(a, b):
                yield a, b
