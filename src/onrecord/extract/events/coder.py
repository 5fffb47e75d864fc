"""From a filled frame to type, mode and contexts.

What is promised is AGREE, what one will not do is REJECT, and demands take their mode from what is asked.

Rules follow the PLOVER 2.0 manual: AGREE, REQUEST, REJECT and THREATEN stand for acts still to come.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.frames import Roles
from onrecord.extract.events.lexicon import Frame, Lexicon, plain
from onrecord.extract.events.status import Mood
from onrecord.extract.events.views import View
from onrecord.model import Participant

PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
MENACED = frozenset({"ASSAULT", "COERCE"})
_REFUSED = {"CONSULT": "meet", "COOPERATE": "assist", "AID": "assist", "SUPPORT": None, "CONCEDE": "yield", "RETREAT": "yield"}
ASKED = {"CONSULT": "meet", "COOPERATE": "assist", "AID": "assist", "SUPPORT": "assist", "CONCEDE": "yield", "RETREAT": "yield"}
"""The mode of a request, by the type of act that is asked for."""
_MENACE = {"ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "restrict", "MOBILIZE": "violence"}


@dataclass(frozen=True, slots=True)
class Code:
    """A PLOVER type with mode and contexts, and the roles as that type wants them."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    roles: Roles
    negated: bool = False


def code(frame: Frame, view: View, roles: Roles, how: Mood, lexicon: Lexicon) -> Code:
    """The code of a filled frame in its mood."""
    if how.wished and frame.type in PROMISED:
        kind, mode = ("REJECT", _REFUSED[frame.type]) if how.negated else ("AGREE", None)
        return Code(kind, mode, frame.contexts, _directed(roles))
    if how.negated and how.committed and frame.type in _REFUSED:
        return Code("REJECT", _REFUSED[frame.type], frame.contexts, _directed(roles))
    if "denied" in frame.flags:
        return Code("REJECT", asked_mode(view, lexicon, None), frame.contexts, roles)
    if how.committed and not how.hypothetical and frame.type in PROMISED:
        return Code("AGREE", None, frame.contexts, _directed(roles), how.negated)
    if how.committed and not how.hypothetical and frame.type in MENACED:
        return Code("THREATEN", _MENACE[frame.type], frame.contexts, roles, how.negated)
    if frame.type == "AGREE" and (how.negated or any(c.dep_ == "neg" for v in view.args.complements if v.dep_ == "xcomp" for c in v.children)):
        return Code("REJECT", None, frame.contexts, roles)
    mode = frame.mode
    if frame.type in ("REQUEST", "REJECT"):
        mode = asked_mode(view, lexicon, "change" if frame.type == "REQUEST" else None) or mode
    elif frame.type == "THREATEN":
        if view.trigger.lemma_ in lexicon.words["warning"] and _complains(view, lexicon):
            return Code("ACCUSE", "disapprove", frame.contexts, roles, how.negated)
        mode = _menace(view, lexicon)
    elif frame.type == "CONSULT" and frame.sides and len(roles.actors) > 2:
        mode = "multilateral"
    elif frame.type == "CONSULT" and frame.sides and len(roles.actors) == 2:
        host = _host(view, roles)
        if host is not None:
            return Code("CONSULT", "visit", frame.contexts, Roles(tuple(p for p in roles.actors if p is not host), (host,), 1), how.negated)
    return Code(frame.type, mode, frame.contexts, roles, how.negated)


def _host(view: View, roles: Roles) -> Participant | None:
    """The side in whose country the meeting is said to be held, where only one is at home there."""
    for group in view.slot("in"):
        for place in group:
            home = [p for p in roles.actors if p.actor and place.actor and p.actor.country and p.actor.country == place.actor.country]
            if len(home) == 1:
                return home[0]
    return None


def _complains(view: View, lexicon: Lexicon) -> bool:
    """True for a warning, put to nobody, of what is so already: "warned that the plan is dangerous"."""
    return bool(view.args.complements) and not view.args.slots.get("obj") and not _coming(view, lexicon)


def _coming(view: View, lexicon: Lexicon) -> bool:
    """True if the complement tells of something to come: a warning of what is already so is a complaint."""
    ahead = lexicon.words["future"] | lexicon.words["modal"]
    return any(c.dep_ == "xcomp" or any(a.lower_ in ahead for a in c.children) for c in view.args.complements)


def asked_mode(view: View, lexicon: Lexicon, otherwise: str | None) -> str | None:
    """The mode of a demand or refusal, from the verb or noun of what is asked."""
    for kind in _inner(view, lexicon):
        if kind in ASKED:
            return ASKED[kind]
    return otherwise


def _menace(view: View, lexicon: Lexicon) -> str | None:
    return next((_MENACE[kind] for kind in _inner(view, lexicon) if kind in _MENACE), None)


def _inner(view: View, lexicon: Lexicon) -> list[str]:
    """The types of the words in complement and object position, complement first."""
    aims = [c for c in view.trigger.children if c.dep_ == "advcl" and c.tag_ == "VB"]
    words = [*view.args.complements, *aims, *view.args.slots.get("obj", ()), *view.args.slots.get("for", ())]
    words = [w for t in words for w in (t, *(c for c in t.children if c.dep_ == "dobj" and t.lemma_ in lexicon.words["light_verb"]))]
    found = []
    for token in words:
        frames = (lexicon.verbs if token.pos_ == "VERB" else lexicon.nouns).get(token.lemma_.lower(), ())
        meant = plain(frames)
        if meant is not None:
            found.append(meant.type)
    return found


def _directed(roles: Roles) -> Roles:
    """Sides of an act to come as the one who promises and those it is promised to; scheduled acts without subject keep all sides."""
    if roles.recipients or not 0 < roles.subjects < len(roles.actors):
        return roles
    return Roles(roles.actors[: roles.subjects], roles.actors[roles.subjects :], roles.subjects)
