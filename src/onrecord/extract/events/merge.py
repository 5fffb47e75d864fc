"""Rules and model together: what the rules found stands if the model does not doubt it too much; what the model alone sees is added if it is sure.

The model names who, whom and the word that tells; evidence, date, place and mood come from the parse, as for the rules' events.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from onrecord.extract.events.assembly import record
from onrecord.extract.events.background import SPOKEN, staged
from onrecord.extract.events.coder import Code
from onrecord.extract.events.frames import AGAINST, Roles
from onrecord.extract.events.grounds import NOT_TAKEN
from onrecord.extract.events.inputs import TYPES, Pair, Passage, passage
from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.pairs import Seen, seen
from onrecord.extract.events.parties import Parties, unique
from onrecord.extract.events.status import mood
from onrecord.extract.events.views import NounView, VerbView
from onrecord.model import Event, Participant, Why
from onrecord.model.records import Status
from onrecord.reading.actors import participants
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.encoder import Encoder
from onrecord.reading.names import Names
from onrecord.reading.phrases import left_edge

EXTRACTOR = "events.model.v1"
MOST = 5
"""Most parties of a sentence that are looked at; those of the rules' events come first, then who is known, then the others."""
LEAST = 0.15
"""Below this probability of any event a pair is not looked at."""
SHARE = 0.5
"""A further pair takes part in an act if it is at least so likely as the surest."""
NEAR = 3
"""Words apart at most that two pairs' tellings of one act may be: "opened fire", "held talks"."""
TOLD = ("actual", "future")
"""Statuses of what a report tells as its news."""
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
"""Types in which two sides may act together: each does to the other what the other does to it."""
TWOFOLD = frozenset({"CONSULT", "COOPERATE", "AID", "SANCTION"}) | SPOKEN
"""Types that the model tells only where two sides are named."""
FORCEFUL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
"""Types that may be done to things without a name: "burned the warehouses", "lifted the blockade"."""
KNOWN = 1
"""Rank of a phrase that names somebody known; higher ranks are looked at only where there is room."""
_CORE = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
_PLACES = _CORE | {"pobj", "conj", "poss", "oprd", "attr", "ROOT", "amod", "nmod"}
_PARTY = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_NO_PARTY = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class Judge:
    """How sure an event is: logistic weights of 1 and of what the model says, and the least confidence that stands.

    ``rule``: of events that the rules found (1 and :meth:`Scene.rule_signs`); ``model``: of what the model alone sees (1 and
    :meth:`Scene.model_signs`). ``least`` is kept for ``rule``; for deeds that the model alone sees (``model``), for what it takes for an act of words
    or sees within somebody's words (``said``); and for the ``status`` with which it overrules the rules.
    """

    rule: tuple[float, ...]
    model: tuple[float, ...]
    least: Mapping[str, float]

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Judge:
        """The judge that ``model.json`` describes under ``judge``."""
        return cls(tuple(card["rule"]), tuple(card["model"]), dict(card["least"]))

    def weigh(self, found: str, signs: Sequence[float]) -> float:
        """The probability that an event is right; ``found``: "rule" or "model"; ``signs``: what that judge weighs, without the 1."""
        weights = self.rule if found == "rule" else self.model
        return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, (1.0, *signs), strict=True))))


def grounds(what: Seen, kind: str) -> tuple[Why, ...]:
    """What the model says of a pair, as grounds on record: the type it was coded as, and the runners-up."""
    others = ((name, chance) for name, chance in what.runners_up(kind) if chance >= 0.01)
    told = ((f"events {kind}", what.chance(kind)), *((NOT_TAKEN + name, chance) for name, chance in others))
    return tuple(Why("model", name, round(chance, 3)) for name, chance in told)


def odds(chance: float) -> float:
    """Log odds, bounded."""
    bounded = min(max(chance, 0.002), 0.998)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True)
class Party:
    """A phrase that may take part in an event: its words, whom it stands for, and whether it may be a mere thing."""

    span: Offsets
    who: tuple[Participant, ...]
    thing: bool


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

    def rule_signs(self, event: Event) -> tuple[float, float, float] | None:
        """For an event of the rules: log odds of its type and of any event, and the share of its parties that is known; None if none is here."""
        about = self.about(event)
        if not about:
            return None
        people = (*event.actors, *event.recipients)
        known = sum(p.actor is not None for p in people) / len(people)
        return odds(max(s.chance(event.type) for s in about)), odds(max(1 - s.nothing for s in about)), known

    def model_signs(self, pair: Pair, what: Seen) -> tuple[float, ...]:
        """For a pair: log odds of its likeliest type; 1 where the lexicon knows the word for that type; the share of the pair that is known; 1 where
        there is no recipient; 1 inside what somebody says.
        """
        kind = what.best()
        told = any(self.passage.lexicon[i] and TYPES[self.passage.lexicon[i] - 1] == kind for i in self.passage.within(what.trigger))
        people = [any(p.actor for p in self.found[i].who) for i in pair if i is not None]
        analysis = self.parties.analysis
        said = analysis.statement_at(analysis.span(*what.trigger)) is not None
        return odds(what.chance(kind)), float(told), sum(people) / len(people), float(pair[1] is None), float(said)


def merged(analysis: Analysis, network: Encoder, lexicon: Lexicon, judge: Judge) -> list[Event]:
    """The events of ``analysis.events`` that stand and those that the model adds, in reading order."""
    kept = {e.id: e for e in analysis.events}
    added: dict[str, Event] = {}
    for scene in looked_at(analysis, network, lexicon):
        for event in scene.events:
            signs = scene.rule_signs(event)
            if signs is None:
                continue
            sure = judge.weigh("rule", signs)
            if sure < judge.least["rule"]:
                del kept[event.id]
            else:
                surest = max(scene.about(event), key=lambda s: s.chance(event.type))
                told = _status(event, surest, judge.least["status"])
                kept[event.id] = replace(event, status=told, confidence=round(sure, 3), why=(*event.why, *grounds(surest, event.type)))
        added |= {e.id: e for _, e in alone(scene, [kept[e.id] for e in scene.events if e.id in kept], lexicon, judge)}
    return sorted([*kept.values(), *(e for e in added.values() if e.id not in kept)], key=lambda e: (e.trigger.start, e.id))


def _status(event: Event, what: Seen, least: float) -> Status:
    """The status of an event of the rules: theirs, unless the model sees it too and is sure that it did not happen, or long ago."""
    overruled = event.status in TOLD and what.status not in TOLD and what.statuses.max() >= least and what.chance(event.type) >= SHARE
    return what.status if overruled else event.status


def looked_at(analysis: Analysis, network: Encoder, lexicon: Lexicon) -> list[Scene]:
    """The sentences of a document that may tell of events, with what the model sees in them."""
    scenes = list(scenes_of(analysis, network.tokenizer, lexicon))
    for scene, what in zip(scenes, seen(network, [(s.passage, [p.span for p in s.found], s.pairs) for s in scenes]), strict=True):
        scene.seen = what
    return scenes


def scenes_of(analysis: Analysis, tokenizer: Any, lexicon: Lexicon) -> Iterator[Scene]:
    """The sentences worth looking at: those with somebody in them, and an event of the rules or a word of the lexicon."""
    for block in analysis.blocks:
        parties = Parties(analysis, block, lexicon)
        here = [e for e in analysis.events if block.offset <= e.trigger.start < block.offset + len(block.text) + 1]
        for sentence in block.sentences:
            start, end = block.offset + sentence.start_char, block.offset + sentence.end_char
            events = [e for e in here if start <= e.trigger.start < end]
            found = _found(parties, sentence, events, lexicon)
            if not found:
                continue
            made = passage(block, (sentence.start, sentence.end), tokenizer, lexicon, events)
            if not events and not any(made.lexicon):
                continue
            found = [p for p in found if made.within(p.span)]
            pairs = [(a, b) for a in range(len(found)) for b in (*range(len(found)), None) if b is None or _apart(found[a], found[b])]
            if pairs:
                yield Scene(parties, sentence, made, found, pairs, events, [])


def _apart(a: Party, b: Party) -> bool:
    """True for two parties that are not the same people or one inside the other."""
    if a.span[0] < b.span[1] and b.span[0] < a.span[1]:
        return False
    return not set(map(_key, a.who)) & set(map(_key, b.who)) and not any(_own(p, q) or _own(q, p) for p in a.who for q in b.who)


def _own(state: Participant, other: Participant) -> bool:
    """True for a state and those who act for it: they do nothing to each other, unlike a state and its rebels, opponents or people."""
    if state.actor is None or other.actor is None or state.actor.kind != "state":
        return False
    return state.actor.country == other.actor.country and not AGAINST.intersection(other.actor.sectors)


def _key(party: Participant) -> object:
    return party.actor.id if party.actor else party.mention


def _found(parties: Parties, sentence: TokenSpan, events: Sequence[Event], lexicon: Lexicon) -> list[Party]:
    """Who is named or meant in a sentence, in reading order: the parties of the rules' events, the known, and phrases where a party may stand."""
    taking = [p.mention for e in events for p in (*e.actors, *e.recipients) if p.mention is not None]
    times = [t.span for t in parties.analysis.times_in(parties.block.index)]
    ranked: list[tuple[int, Party]] = []
    for token in sentence:
        rank = _rank(parties, token, lexicon)
        if rank is None:
            continue
        span = _phrase(parties, token)
        if any(t.start < span[1] and span[0] < t.end and t.end >= parties.block.end(token) for t in times):
            continue
        who = _here(unique(parties.of(token)), span) or (participants(parties.analysis, parties.block, token)[:1] if rank > KNOWN else ())
        if who:
            part = any(m.start < span[1] and span[0] < m.end for m in taking)
            ranked.append(
                (0 if part else KNOWN if any(p.actor for p in who) else rank, Party(span, who, rank > KNOWN + 1 and not any(p.actor for p in who)))
            )
    chosen = sorted(ranked, key=lambda r: (r[0], r[1].span[0]))[:MOST]
    return sorted((p for _, p in chosen), key=lambda p: p.span)


def _here(who: tuple[Participant, ...], span: Offsets) -> tuple[Participant, ...]:
    """Of those that the first word of "Kenya and Chad" stands for, whoever its own phrase names; all where it names none of them."""
    return tuple(p for p in who if p.mention and p.mention.start < span[1] and span[0] < p.mention.end) or who


def _rank(parties: Parties, token: Token, lexicon: Lexicon) -> int | None:
    """How likely a word heads a phrase that takes part in an event, 1 first; None for what never does."""
    if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or token.dep_ not in _PLACES:
        return None
    if parties.analysis.mention(parties.block, token) is not None:
        return KNOWN
    if token.pos_ in ("ADJ", "PRON") or token.ent_type_ in _NO_PARTY or token.dep_ == "amod":
        return None
    if token.ent_type_ in _PARTY or token.lemma_.lower() in parties.words["party"]:
        return KNOWN + 1
    if token.lemma_.lower() in lexicon.nouns:
        return None
    return KNOWN + 2 if token.dep_ in _CORE or (token.dep_ == "pobj" and token.head.dep_ == "agent") else KNOWN + 3


def _phrase(parties: Parties, head: Token) -> Offsets:
    """The words of the phrase headed by ``head``, from its determiner or owner on."""
    block = parties.block
    first = left_edge(block.doc, parties.analysis.names.get(block.index) or Names(), head)
    return block.start(block.doc[first]), block.end(head)


@dataclass(frozen=True, slots=True)
class Sight:
    """A pair between which the model sees an event that the rules do not tell: its type, the word that tells, and how sure that is."""

    pair: Pair
    kind: str
    word: Token
    what: Seen
    sure: float


def alone(scene: Scene, rules: Sequence[Event], lexicon: Lexicon, judge: Judge) -> Iterator[tuple[Sight, Event]]:
    """What the model alone sees in a sentence: one event for each act, with all who take part in it, the surest first."""
    sights = sorted(_sights(scene, rules, judge), key=lambda s: -s.sure)
    while sights:
        first = sights[0]
        act = [s for s in sights if s.kind == first.kind and abs(s.word.i - first.word.i) <= NEAR]
        taking = {i for s in act for i in s.pair}
        sights = [s for s in sights if s not in act and not (s.kind == first.kind and taking & set(s.pair) - {None})]
        roles = _roles(scene, first, [s for s in act if s.what.chance(first.kind) >= SHARE * first.what.chance(first.kind)])
        yield first, _record(scene, first, roles, lexicon)


def _sights(scene: Scene, rules: Sequence[Event], judge: Judge) -> Iterator[Sight]:
    """The pairs worth telling that the rules leave out."""
    if staged(scene.sentence, scene.parties.words):
        return
    for pair, what in zip(scene.pairs, scene.seen, strict=True):
        if what.nothing > 1 - LEAST or what.status in ("negated", "hypothetical"):
            continue
        kind = what.best()
        word = _word(scene, what.trigger)
        if not _may(kind, [scene.found[i] for i in pair if i is not None]):
            continue
        if word is None or _covered(scene, pair, kind, what.trigger, rules):
            continue
        signs = scene.model_signs(pair, what)
        sure = judge.weigh("model", signs)
        if sure >= judge.least["said" if signs[-1] or kind in SPOKEN else "model"]:
            yield Sight(pair, kind, word, what, sure)


def _may(kind: str, pair: Sequence[Party]) -> bool:
    """True where an act of this type may have such parties: things undergo force only, and who meets or promises does so with somebody."""
    if pair[0].thing or (len(pair) == 1 and kind in TWOFOLD):
        return False
    return len(pair) == 1 or not pair[1].thing or kind in FORCEFUL


def _roles(scene: Scene, first: Sight, act: Sequence[Sight]) -> Roles:
    """Who acts and who undergoes, from all pairs of an act. Where each of two does to the other what it does to him, all act together."""
    pairs = [s.pair for s in act]
    if first.pair[1] is None:
        pairs = [p for p in pairs if p[1] is not None] or [first.pair]
    acting = list(dict.fromkeys(a for a, _ in pairs))
    joint = first.kind in RECIPROCAL and len(acting) > 1 and all((b, a) in pairs for a, b in pairs if b is not None)
    if not joint:
        acting = [first.pair[0], *(a for a in acting if a != first.pair[0] and all(b != a for _, b in pairs) and (a, first.pair[1]) in pairs)]
    undergoing = [] if joint else [b for b in dict.fromkeys(b for a, b in pairs if a in acting) if b is not None and b not in acting]
    actors = unique(p for a in sorted(acting) for p in scene.found[a].who)
    others = unique(p for b in undergoing for p in scene.found[b].who)
    return Roles(actors, tuple(p for p in others if _key(p) not in set(map(_key, actors))), 1)


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


def _record(scene: Scene, sight: Sight, roles: Roles, lexicon: Lexicon) -> Event:
    word, kind, what = sight.word, sight.kind, sight.what
    noun = word.pos_ in ("NOUN", "PROPN")
    view = NounView(word, scene.parties, lexicon) if noun else VerbView(word, scene.parties)
    coded = Code(kind, what.mode(kind), (), roles)
    made = record(scene.parties, view, Frame("model", noun, kind), coded, mood(view.trigger, view.clause, lexicon))
    status: Status = "actual"
    if what.status in ("future", "historical"):
        status = what.status
    elif made.status in ("future", "historical"):
        status = made.status
    return replace(made, status=status, confidence=round(sight.sure, 3), extractor=EXTRACTOR, why=grounds(what, kind))
