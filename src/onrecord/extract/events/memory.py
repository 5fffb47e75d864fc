"""Whom an act is aimed at when its own clause does not say: those its governing clause is aimed at, or those it answers.

"Brazil presses Peru by imposing sanctions" sanctions Peru; "Brazil accuses Peru …, a charge rejected by Lima" rejects Brazil.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.extract.events.clauses import arguments
from onrecord.extract.events.frames import own_side
from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.parties import Parties, unique
from onrecord.extract.events.views import View
from onrecord.model import Participant

INHERITS = frozenset({"REQUEST", "REJECT", "SANCTION", "ACCUSE", "THREATEN", "AGREE", "AID", "COERCE"})
ANSWERS = frozenset({"REJECT", "CONCEDE", "SUPPORT", "AGREE"})
ANSWERED = frozenset({"REQUEST", "ACCUSE", "THREATEN", "AGREE", "SANCTION"})


@dataclass(frozen=True, slots=True)
class Told:
    """An act already coded in the block: its clause, type and parties."""

    clause: Token
    type: str
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]


@dataclass(slots=True)
class Memory:
    """What has been coded in one block so far."""

    parties: Parties
    lexicon: Lexicon
    told: list[Told] = field(default_factory=list)

    def recipients(self, frame: Frame, view: View, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """The recipients of an act whose clause names none; empty where they cannot be told."""
        if frame.type in ANSWERS and self._answers(view):
            return self._answered(actors)
        if frame.type in INHERITS and view.trigger.pos_ != "PROPN":
            return self._governed(view, actors)
        return ()

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
        named += [p for past in self.told if past.clause.i == above.i for p in (*past.recipients, *past.actors)]
        return unique(p for p in named if p.actor is not None and not own_side(p, actors))
