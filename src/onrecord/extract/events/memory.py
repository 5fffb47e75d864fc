"""Whom an act is aimed at when its own clause does not say: those its governing clause is aimed at, or those it answers.

"Brazil presses Peru by imposing sanctions" sanctions Peru; "Brazil accuses Peru …, a charge rejected by Lima" rejects Brazil.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.extract.events.clauses import arguments
from onrecord.extract.events.frames import own_side, same_side
from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.parties import Parties, unique
from onrecord.extract.events.views import NounView, View
from onrecord.knowledge import knowledge_base
from onrecord.model import Participant
from onrecord.reading.analysis import Analysis

AIMED = frozenset({"REQUEST", "REJECT", "SANCTION", "ACCUSE", "THREATEN", "SUPPORT", "AGREE"})
"""Acts that are always aimed at somebody, and so take whom the report last set the actor against."""
INHERITS = frozenset({"REQUEST", "REJECT", "SANCTION", "ACCUSE", "THREATEN", "AGREE", "AID", "COERCE"})
ANSWERS = frozenset({"REJECT", "CONCEDE", "SUPPORT", "AGREE"})
ANSWERED = frozenset({"REQUEST", "ACCUSE", "THREATEN", "AGREE", "SANCTION"})

UNDERGONE = frozenset({"SANCTION", "COERCE", "RETREAT"})
"""Acts whose doer a passive leaves out because the report has just named him: "four were released"."""

FRIENDLY = frozenset({"SUPPORT", "AGREE", "CONSULT", "COOPERATE", "AID"})
PRESSED = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
REMEMBERED = 8
"""How many acts back the other side is looked for."""


def filed_from(analysis: Analysis) -> tuple[Participant, ...]:
    """The state of the first dateline's place, where it is a state or a capital we know."""
    place = next((p.dateline.place for p in analysis.paragraphs if p.dateline is not None and p.dateline.place is not None), None)
    if place is None:
        return ()
    kb = knowledge_base()
    found = kb.find(analysis.document.text[place[0] : place[1]])
    return next(((Participant(analysis.span(*place), kb.ref(a.actor), None),) for a in found if a.actor.kind == "state"), ())


@dataclass(frozen=True, slots=True)
class Told:
    """An act already coded in the document: its block and clause, type and parties."""

    block: int
    clause: Token
    type: str
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]


@dataclass(slots=True)
class Memory:
    """What has been coded so far. ``told`` is shared by all blocks of a document; ``filed``: the state the report was filed from."""

    parties: Parties
    lexicon: Lexicon
    told: list[Told] = field(default_factory=list)
    filed: tuple[Participant, ...] = ()

    def recipients(self, frame: Frame, view: View, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """The recipients of an act whose clause names none; empty where they cannot be told."""
        found: tuple[Participant, ...] = ()
        if frame.type in ANSWERS and self._answers(view):
            found = self._answered(actors)
        elif frame.type in INHERITS and view.trigger.pos_ != "PROPN":
            found = self._governed(view, actors)
        if not found and frame.type in AIMED and all(p.actor is not None for p in actors):
            found = self._meant(view, actors) or self._sanctioned(frame, view, actors)
            if not found and not frame.noun and view.trigger.lemma_ not in self.lexicon.words["denial"]:
                found = self._opposite(frame, actors)
        if not found and frame.mode == "visit":
            found = self._host(view, actors)
        return found

    def agents(self, frame: Frame, view: View, recipients: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Who did it to ``recipients`` where a passive does not say: the other side of the latest act they had a part in."""
        if frame.sides:
            return self._tied(view) if view.args.passive else ()
        if frame.noun or frame.type not in UNDERGONE or not view.args.passive or not all(p.actor is not None for p in recipients):
            return ()
        return self._opposite(frame, recipients)

    def _tied(self, view: View) -> tuple[Participant, ...]:
        """The sides of a tie as the report named them before: "its partnership with B … a partnership first established in 2002"."""
        tie = next((t for t in view.args.slots.get("obj", ()) if t.lemma_.lower() in self.lexicon.words["tie"]), None)
        if tie is None:
            return ()
        here = self.parties.block
        for block in reversed(self.parties.analysis.blocks[: here.index + 1]):
            parties = self.parties if block.index == here.index else Parties(self.parties.analysis, block, self.lexicon)
            for noun in reversed(block.doc):
                if noun.lemma_ == tie.lemma_ and (block.index < here.index or noun.i < tie.i):
                    view_of = NounView(noun, parties, self.lexicon)
                    sides = unique(p for slot in ("owner", "with", "between") for group in view_of.slot(slot) for p in group if p.actor is not None)
                    if len(sides) > 1:
                        return sides
        return ()

    def _host(self, view: View, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Who is visited where the clause does not say: whom the report said the guest visits, and "here" the country it was filed from."""
        for past in reversed(self.told):
            if past.type == "CONSULT" and past.recipients and any(same_side(p, past.actors) for p in actors):
                return past.recipients
        here = any(c.lower_ in self.lexicon.words["here"] for c in (*view.trigger.children, *view.clause.children))
        return tuple(p for p in self.filed if here and not own_side(p, actors))

    def _meant(self, view: View, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Those behind the act that a noun points back to: "condemned the measures" after a report of sanctions."""
        for noun in (t for t in view.args.slots.get("obj", ()) if t.i != view.trigger.i):
            kinds = {f.type for f in self.lexicon.nouns.get(noun.lemma_.lower(), ())}
            kinds |= {kind for kind, words in self.lexicon.back.items() if noun.lemma_.lower() in words}
            for past in reversed(self.told):
                if past.type in kinds and (who := self._others(past.actors, actors)):
                    return who
        return ()

    def _opposite(self, frame: Frame, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """The other side of the latest act that one of ``actors`` had a part in; of a friendly one, for support."""
        for past in reversed(self.told[-REMEMBERED:]):
            if frame.type == "SUPPORT" and past.type not in FRIENDLY:
                continue
            for mine, theirs in ((past.actors, past.recipients), (past.recipients, past.actors)):
                if any(own_side(p, actors) for p in mine if p.actor is not None) and (who := self._others(theirs, actors)):
                    return who
        return ()

    def _sanctioned(self, frame: Frame, view: View, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Whom the report's other sanctions, else its demands and charges, are aimed at: "Japan had imposed its own sanctions"."""
        if frame.type != "SANCTION" or (frame.noun and view.clause.lemma_ not in self.lexicon.words["light_verb"]):
            return ()
        for kinds in (frozenset({"SANCTION"}), PRESSED):
            for past in reversed(self.told):
                who = self._others(past.recipients, actors) if past.type in kinds else ()
                if any(p.actor is not None and p.actor.country for p in who):
                    return who
        return ()

    @staticmethod
    def _others(found: tuple[Participant, ...], actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        return unique(p for p in found if p.actor is not None and not own_side(p, actors))

    def _answers(self, view: View) -> bool:
        return view.trigger.lemma_ in self.lexicon.words["denial"] or any(
            t.lemma_.lower() in self.lexicon.words["answered"] for t in view.args.slots.get("obj", ())
        )

    def _answered(self, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Those whose demand, charge or offer was last put to one of ``actors``."""
        mine = {p.actor.id for p in actors if p.actor is not None}
        for past in reversed(self.told):
            if past.type in ANSWERED and mine & {p.actor.id for p in past.recipients if p.actor is not None}:
                return past.actors
        return ()

    def _governed(self, view: View, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Whom the verb above is aimed at: "told them, calling for", "pressed Russia by imposing", "met … but refused to"."""
        verb = view.clause
        above = verb.head
        if verb.dep_ == "pcomp" and above.lower_ == "by":
            above = above.head
        elif not (verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")):
            return ()
        if above.pos_ == "AUX":
            above = next((v for v in above.subtree if v.pos_ == "VERB" and v.tag_ == "VBG" and v.i < verb.i), above)
        if above.pos_ != "VERB" or above.i == verb.i:
            return ()
        named = [p for t in arguments(above).slots.get("obj", ()) for p in self.parties.of(t)]
        here = (past for past in self.told if past.block == self.parties.block.index and past.clause.i == above.i)
        named += [p for past in here for p in (*past.recipients, *past.actors)]
        return unique(p for p in named if p.actor is not None and not own_side(p, actors))
