"""Rules and model together: what the rules found stands if the model does not doubt it too much, and what the model alone sees is added if it is sure.

The model names who, whom and the word that tells; evidence, date, place and mood come from the parse, as for the rules' events.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from onrecord.codebook import cameo_of, intensity, quad
from onrecord.extract.events.assembly import _event as record
from onrecord.extract.events.coder import Code
from onrecord.extract.events.frames import Roles
from onrecord.extract.events.inputs import Pair, Passage, passage
from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.pairs import Seen, seen
from onrecord.extract.events.parties import Parties, unique
from onrecord.extract.events.status import mood
from onrecord.extract.events.views import NounView, VerbView
from onrecord.model import Event, Participant, Why
from onrecord.model.records import Status
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.encoder import Encoder
from onrecord.reading.names import Names
from onrecord.reading.phrases import left_edge

EXTRACTOR = "events.model.v1"
MOST = 8
"""Most parties of a sentence that are looked at; those of the rules' events come first, then who is known, then the others."""
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
"""Types in which two sides may act together: each does to the other what the other does to it."""
_PARTIES = ("PERSON", "ORG", "NORP", "GPE")


@dataclass(frozen=True, slots=True)
class Judge:
    """How sure an event is: logistic weights of 1 and of what the model says, and the least confidence that stands.

    ``rule``: of events that the rules found (1, log odds of their type, log odds that there is an event at all); ``model``: of what the model alone sees
    (1, log odds of the type).
    """

    rule: tuple[float, ...]
    model: tuple[float, ...]
    least: Mapping[str, float]

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Judge:
        """The judge that ``model.json`` describes under ``judge``."""
        return cls(tuple(card["rule"]), tuple(card["model"]), dict(card["least"]))

    def weigh(self, found: str, signs: Sequence[float]) -> float:
        """The probability that an event is right; ``found``: "rule" or "model", with its signs as log odds."""
        weights = self.rule if found == "rule" else self.model
        return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, (1.0, *signs), strict=True))))


def grounds(what: Seen, kind: str) -> tuple[Why, ...]:
    """What the model says of a pair, as grounds on record: the type it was coded as, and the runners-up."""
    others = ((name, chance) for name, chance in what.runners_up(kind) if chance >= 0.01)
    told = ((f"events {kind}", what.chance(kind)), *((f"events, not taken: {name}", chance) for name, chance in others))
    return tuple(Why("model", name, round(chance, 3)) for name, chance in told)


def odds(chance: float) -> float:
    """Log odds, bounded."""
    bounded = min(max(chance, 0.002), 0.998)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True)
class Party:
    """A phrase that may take part in an event: its head, its words, and whom it stands for."""

    head: Token
    span: Offsets
    who: tuple[Participant, ...]


@dataclass(slots=True)
class Scene:
    """One sentence with its parties, their pairs, the rules' events in it, and what the model sees between the pairs."""

    parties: Parties
    sentence: TokenSpan
    passage: Passage
    found: list[Party]
    pairs: list[Pair]
    events: list[Event]
    seen: list[Seen]

    def of(self, people: Iterable[Participant]) -> set[int]:
        """Which of the parties some participants of an event are."""
        spans = [p.mention for p in people if p.mention is not None]
        return {i for i, party in enumerate(self.found) for s in spans if party.span[0] < s.end and s.start < party.span[1]}

    def about(self, event: Event) -> list[Seen]:
        """What the model sees between the parties of an event: all its pairs, or whatever its actors do, where those are not all in the sentence."""
        actors, recipients = self.of(event.actors), self.of(event.recipients)
        if recipients and actors:
            chosen = [n for n, (a, b) in enumerate(self.pairs) if a in actors and b in recipients]
        elif len(actors) > 1 and not event.recipients:
            chosen = [n for n, (a, b) in enumerate(self.pairs) if a in actors and (b in actors or b is None)]
        else:
            some = actors or recipients
            chosen = [n for n, (a, b) in enumerate(self.pairs) if (a in some if actors else b in some)]
        return [self.seen[n] for n in chosen]

    def signs(self, event: Event) -> tuple[float, float] | None:
        """What the model says of an event of the rules: the probability of its type, and that there is any event; None where it sees nobody of it."""
        about = self.about(event)
        return (max(s.chance(event.type) for s in about), max(1 - s.nothing for s in about)) if about else None

    def why(self, event: Event) -> tuple[Why, ...]:
        """The model's grounds for an event: its type, and what else it might have been."""
        surest = max(self.about(event), key=lambda s: s.chance(event.type))
        return grounds(surest, event.type)


def merged(analysis: Analysis, network: Encoder, lexicon: Lexicon, judge: Judge) -> list[Event]:
    """The events of ``analysis.events`` that stand and those that the model adds, in reading order."""
    kept = {e.id: e for e in analysis.events}
    added: dict[str, Event] = {}
    for scene in looked_at(analysis, network, lexicon):
        for event in scene.events:
            signs = scene.signs(event)
            if signs is None:
                continue
            sure = judge.weigh("rule", tuple(map(odds, signs)))
            if sure < judge.least["rule"]:
                del kept[event.id]
            else:
                kept[event.id] = replace(event, confidence=round(sure, 3), why=(*event.why, *scene.why(event)))
        added |= {e.id: e for e in alone(scene, [kept[e.id] for e in scene.events if e.id in kept], lexicon, judge)}
    return sorted([*kept.values(), *(e for e in added.values() if e.id not in kept)], key=lambda e: (e.trigger.start, e.id))


def looked_at(analysis: Analysis, network: Encoder, lexicon: Lexicon) -> list[Scene]:
    """The sentences of a document that may tell of events, with what the model sees in them."""
    scenes = list(_scenes(analysis, network.tokenizer, lexicon))
    for scene, what in zip(scenes, seen(network, [(s.passage, [p.span for p in s.found], s.pairs) for s in scenes]), strict=True):
        scene.seen = what
    return scenes


def _scenes(analysis: Analysis, tokenizer: Any, lexicon: Lexicon) -> Iterator[Scene]:
    """The sentences worth looking at: those with an event of the rules, and those with a word of the lexicon and somebody."""
    for block in analysis.blocks:
        parties = Parties(analysis, block, lexicon)
        here = [e for e in analysis.events if block.offset <= e.trigger.start < block.offset + len(block.text) + 1]
        for sentence in block.sentences:
            start, end = block.offset + sentence.start_char, block.offset + sentence.end_char
            events = [e for e in here if start <= e.trigger.start < end]
            found = _found(parties, sentence, events)
            if not found:
                continue
            made = passage(block, sentence.start, sentence.end, tokenizer, lexicon, events)
            if not events and not any(made.lexicon):
                continue
            found = [p for p in found if made.within(p.span)]
            pairs = [(a, b) for a in range(len(found)) for b in (*range(len(found)), None) if b is None or _apart(found[a], found[b])]
            if pairs:
                yield Scene(parties, sentence, made, found, pairs, events, [])


def _apart(a: Party, b: Party) -> bool:
    """True for two parties that are not the same people or one inside the other."""
    return (a.span[1] <= b.span[0] or b.span[1] <= a.span[0]) and not set(map(_key, a.who)) & set(map(_key, b.who))


def _key(party: Participant) -> object:
    return party.actor.id if party.actor else party.mention


def _found(parties: Parties, sentence: TokenSpan, events: Sequence[Event]) -> list[Party]:
    """Who is named or meant in a sentence, in reading order."""
    taking = [p.mention for e in events for p in (*e.actors, *e.recipients) if p.mention is not None]
    ranked: list[tuple[int, Party]] = []
    for token in sentence:
        if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or token.dep_ in ("compound", "nummod", "npadvmod", "appos"):
            continue
        known = parties.analysis.mention(parties.block, token) is not None
        meant = token.pos_ != "ADJ" and (token.ent_type_ in _PARTIES or token.lemma_.lower() in parties.words["party"])
        if not known and not meant:
            continue
        who = unique(parties.of(token))
        if not who:
            continue
        span = _phrase(parties, token)
        part = any(m.start < span[1] and span[0] < m.end for m in taking)
        ranked.append((0 if part else 1 if any(p.actor for p in who) else 2, Party(token, span, who)))
    chosen = sorted(ranked, key=lambda r: (r[0], r[1].span[0]))[:MOST]
    return sorted((p for _, p in chosen), key=lambda p: p.span)


def _phrase(parties: Parties, head: Token) -> Offsets:
    """The words of the phrase headed by ``head``, from its determiner or owner on."""
    block = parties.block
    first = left_edge(block.doc, parties.analysis.names.get(block.index) or Names(), head)
    return block.start(block.doc[first]), block.end(head)


def alone(scene: Scene, rules: Sequence[Event], lexicon: Lexicon, judge: Judge) -> Iterator[Event]:
    """What the model alone sees in a sentence: one event for each word that tells of one type, with all who take part."""
    told: dict[tuple[int, str], list[tuple[Pair, Seen, float]]] = {}
    for pair, what in zip(scene.pairs, scene.seen, strict=True):
        kind = what.best()
        sure = judge.weigh("model", (odds(what.chance(kind)),))
        if sure < judge.least["model"] or what.status in ("negated", "hypothetical"):
            continue
        word = _word(scene, what.trigger)
        if word is not None and not _covered(scene, pair, kind, what.trigger, rules):
            told.setdefault((word.i, kind), []).append((pair, what, sure))
    for (at, kind), group in told.items():
        paired = [g for g in group if g[0][1] is not None]
        group = paired or group
        surest = max(group, key=lambda g: g[2])
        pairs = {g[0] for g in group}
        acting = list(dict.fromkeys(a for a, _ in sorted(pairs, key=lambda p: p[0])))
        joint = kind in RECIPROCAL and len(acting) > 1 and all((b, a) in pairs for a, b in pairs if b is not None)
        undergoing = [] if joint else [b for b in dict.fromkeys(b for _, b in pairs) if b is not None and b not in acting]
        if not undergoing and not joint:
            acting = [surest[0][0]]
            undergoing = [surest[0][1]] if surest[0][1] is not None else []
        actors = unique(p for a in acting for p in scene.found[a].who)
        recipients = tuple(p for p in unique(p for b in undergoing for p in scene.found[b].who) if _key(p) not in set(map(_key, actors)))
        yield _record(scene, scene.parties.block.doc[at], kind, Roles(actors, recipients, 1), surest[1], surest[2], lexicon)


def _word(scene: Scene, piece: Offsets) -> Token | None:
    block = scene.parties.block
    return next((t for t in scene.sentence if block.start(t) <= piece[0] < block.end(t) and not t.is_punct), None)


def _covered(scene: Scene, pair: Pair, kind: str, trigger: Offsets, rules: Sequence[Event]) -> bool:
    """True where the rules tell this already: by the same word, or the same type between some of the same parties."""
    for event in rules:
        if event.trigger.start < trigger[1] and trigger[0] < event.trigger.end:
            return True
        sides = scene.of((*event.actors, *event.recipients))
        if event.type == kind and (pair[0] in sides or pair[1] in sides):
            return True
    return False


def _record(scene: Scene, word: Token, kind: str, roles: Roles, what: Seen, sure: float, lexicon: Lexicon) -> Event:
    noun = word.pos_ in ("NOUN", "PROPN")
    view = NounView(word, scene.parties, lexicon) if noun else VerbView(word, scene.parties)
    coded = Code(kind, what.mode(kind), (), roles)
    made = record(scene.parties, view, Frame("model", noun, kind), coded, mood(view.trigger, view.clause, lexicon))
    status: Status = "actual"
    if what.status in ("future", "historical"):
        status = what.status
    elif made.status in ("future", "historical"):
        status = made.status
    return replace(
        made, status=status, confidence=round(sure, 3), extractor=EXTRACTOR, why=grounds(what, kind),
        quad=quad(kind), intensity=intensity(kind, coded.mode), cameo=cameo_of(kind, coded.mode),
    )  # fmt: skip
