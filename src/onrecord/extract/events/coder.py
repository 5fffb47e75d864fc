"""From a filled frame to type, mode and contexts.

What is promised is AGREE, what one will not do is REJECT, and demands take their mode from what is asked.

Rules follow the PLOVER 2.0 manual: AGREE, REQUEST, REJECT and THREATEN stand for acts still to come. Each re-coding has a name that
``codebook/recoding.toml`` explains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extract.events.candidates import noun_frames
from onrecord.extract.events.frames import AGAINST, Roles, described_as, fits
from onrecord.extract.events.lexicon import Frame, Lexicon, plain
from onrecord.extract.events.status import Mood
from onrecord.extract.events.views import VerbView, View
from onrecord.model import Participant

PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
MENACED = frozenset({"ASSAULT", "COERCE"})
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_REFUSED = {"CONSULT": "meet", "COOPERATE": "assist", "AID": "assist", "SUPPORT": None, "CONCEDE": "yield", "RETREAT": "yield"}
ASKED = {"CONSULT": "meet", "COOPERATE": "assist", "AID": "assist", "SUPPORT": "assist", "CONCEDE": "yield", "RETREAT": "yield"}
"""The mode of a request, by the type of act that is asked for."""
_MENACE = {"ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "restrict", "MOBILIZE": "violence", "PROTEST": "relations"}
_MENACE_MODE = {
    "COERCE/arrest": "arrest", "COERCE/deport": "expel", "SANCTION/expel": "expel", "SANCTION/withdraw": "relations", "COERCE/seize": "territory",
}  # fmt: skip
PROMISE = {
    "CONSULT/visit": "promised-visit", "CONSULT": "promised-talks", "SUPPORT": "promised-support", "COOPERATE": "promised-cooperation",
    "AID": "promised-aid", "CONCEDE": "promised-concession", "RETREAT/ceasefire": "promised-ceasefire", "RETREAT/release": "promised-release",
    "RETREAT": "promised-withdrawal",
}  # fmt: skip
"""The rule by which a promise was coded, by what is promised: with its mode, else by type alone."""
REFUSAL = {"CONSULT": "refused-talks", "COOPERATE": "refused-aid", "AID": "refused-aid", "CONCEDE": "refused-yield", "RETREAT": "refused-yield"}
THREAT = {
    "violence": "planned-force", "restrict": "planned-sanctions", "relations": "threatened-ties", "expel": "threatened-expulsion",
    "arrest": "warrant-in-absentia", "territory": "planned-force",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A PLOVER type with mode and contexts, and the roles as that type wants them.

    ``about`` is the act that is promised, asked, refused or threatened, where its words tell; ``rule`` the re-coding rule that was followed.
    """

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    roles: Roles
    negated: bool = False
    about: Frame | None = None
    rule: str | None = None


def code(frame: Frame, view: View, roles: Roles, how: Mood, lexicon: Lexicon) -> Code:
    """The code of a filled frame in its mood."""
    given = Code(frame.type, frame.mode, frame.contexts, roles, how.negated, rule=frame.rule)
    return _to_come(given, frame, how) or _spoken(given, frame, view, how, lexicon) or _done(given, frame, view, lexicon)


def _to_come(given: Code, frame: Frame, how: Mood) -> Code | None:
    """What is meant, promised, refused or planned rather than done; None where the act itself is told."""
    ahead = replace(given, roles=_directed(given.roles), about=frame)
    refused = replace(ahead, type="REJECT", mode=_REFUSED.get(frame.type), negated=False, rule=REFUSAL.get(frame.type))
    if how.wished and frame.type in PROMISED:
        return refused if how.negated else replace(ahead, type="AGREE", mode=None, negated=False, rule=promise(frame))
    if how.negated and how.committed and frame.type in _REFUSED:
        return refused
    if how.committed and not how.hypothetical and frame.type in PROMISED:
        return replace(ahead, type="AGREE", mode=None, rule=promise(frame))
    if how.committed and not how.hypothetical and frame.type in MENACED:
        mode = _menace_of(frame)
        return replace(given, type="THREATEN", mode=mode, about=frame, rule=THREAT.get(mode or ""))
    return None


def _promised(about: Frame | None, view: View, lexicon: Lexicon) -> str | None:
    """The rule for what an "agreed", "offered" or "promised" is about: another act, or a thing such as a truce or a loan."""
    if about is not None:
        return "offered-mediation" if about.rule == "mediation" else promise(about)
    things = {t.lemma_.lower() for name in ("obj", "to", "on") for t in view.args.slots.get(name, ())}
    return next((rule for rule, nouns in lexicon.promised.items() if things & nouns), None)


def promise(frame: Frame) -> str | None:
    """The re-coding rule for an act of this frame when it is only promised."""
    return PROMISE.get(f"{frame.type}/{frame.mode}") or PROMISE.get(frame.type)


def _spoken(given: Code, frame: Frame, view: View, how: Mood, lexicon: Lexicon) -> Code | None:
    """Acts of words, which take their mode from what is promised, asked, refused or threatened; None for deeds."""
    told = list(_inner(view, lexicon))
    about = next((f for f in told if f.type in (_MENACE if frame.type == "THREATEN" else ASKED)), None) or next(iter(told), None)
    given = replace(given, about=about)
    if "denied" in frame.flags:
        return replace(given, type="REJECT", mode=asked_mode(about), negated=False)
    if frame.type == "AGREE":
        if how.negated or any(c.dep_ == "neg" for v in view.args.complements if v.dep_ == "xcomp" for c in v.children):
            return replace(given, type="REJECT", mode=None, negated=False)
        if about is not None and about.type in HOSTILE and given.roles.recipients and view.args.complements:
            mode = _menace_of(about)
            return replace(given, type="THREATEN", mode=mode, rule=THREAT.get(mode or ""))
        return replace(given, rule=frame.rule or (None if frame.sides and not view.args.complements else _promised(about, view, lexicon)))
    if frame.type == "REQUEST":
        return replace(given, mode=_asked(frame, about, view), rule=frame.rule or _demand(about))
    if frame.type == "REJECT":
        mode = frame.mode or asked_mode(about)
        return replace(given, mode=mode, rule=frame.rule or (REFUSAL.get(about.type) if about is not None and mode else None))
    if frame.type == "THREATEN":
        if view.trigger.lemma_ in lexicon.words["warning"] and _complains(view, lexicon):
            return replace(given, type="ACCUSE", mode="disapprove", rule="warning-of-the-present")
        mode = frame.mode or (_menace_of(about) if about is not None else None)
        return replace(given, mode=mode, rule=frame.rule or THREAT.get(mode or "") or _ultimatum(view))
    return None


def _demand(about: Frame | None) -> str | None:
    if about is None:
        return None
    return "leader-told-to-go" if about.mode == "resign" else "talks-about-talks" if about.type == "CONSULT" else None


def _ultimatum(view: View) -> str | None:
    return "ultimatum" if view.trigger.lemma_ == "ultimatum" else None


def _done(given: Code, frame: Frame, view: View, lexicon: Lexicon) -> Code:
    """Deeds: who met where, and with what somebody was attacked."""
    roles = given.roles
    if frame.type == "ASSAULT" and frame.mode is None and not frame.cameo:
        mode = _means(view, roles, lexicon)
        return replace(given, mode=mode, rule="means-told" if mode else None)
    if frame.type != "CONSULT" or not frame.sides:
        return given
    if frame.mode == "phone":
        return replace(given, rule="by-telephone")
    if len(roles.actors) > 2 and frame.rule != "mediation":
        return replace(given, mode="multilateral", rule=frame.rule or "many-sides")
    if len(roles.actors) != 2:
        return given
    host, elsewhere = _host(view, roles)
    if host is not None:
        guests = tuple(p for p in roles.actors if p is not host)
        return replace(given, mode="visit", roles=Roles(guests, (host,), 1), rule="meeting-at-home")
    return replace(given, mode="third-party", rule="third-place") if elsewhere else given


def _host(view: View, roles: Roles) -> tuple[Participant | None, bool]:
    """The side in whose country the meeting is said to be held, where only one is at home there; and whether it is held in a third country."""
    for group in view.slot("in"):
        for place in group:
            country = place.actor.country if place.actor and place.actor.kind in ("state", "place") else None
            home = [p for p in roles.actors if p.actor and country and p.actor.country == country]
            if len(home) == 1:
                return home[0], False
            if (
                country
                and not home
                and all(p.actor and p.actor.country for p in roles.actors)
                and place.actor
                and place.actor.kind in ("state", "place")
            ):
                return None, True
    return None, False


def _means(view: View, roles: Roles, lexicon: Lexicon) -> str | None:
    """The mode of an assault by its weapon: "in a drone strike", "with machetes", "rocket attack", "jets struck"."""
    tools = [*view.args.slots.get("subj", ()), view.trigger]
    tools += [t for name in ("with", "in", "by", "using") for t in view.args.slots.get(name, ())]
    tools += [g for c in view.trigger.children if c.dep_ in ("prep", "advcl") and c.lower_ in ("with", "using") for g in c.children]
    told = {word for t in tools for word in described_as(t)}
    found = next((mode for mode, words in lexicon.means.items() if told & words), None)
    if found is None and view.trigger.lemma_.lower() in lexicon.words["bombing"]:
        irregular = any(p.actor is not None and not AGAINST.isdisjoint(p.actor.sectors) for p in roles.actors)
        return "explosives" if irregular else "aerial"
    return found


def _complains(view: View, lexicon: Lexicon) -> bool:
    """True for a warning, put to nobody, of what is so already: "warned that the plan is dangerous"."""
    return bool(view.args.complements) and not view.args.slots.get("obj") and not _coming(view, lexicon)


def _coming(view: View, lexicon: Lexicon) -> bool:
    """True if the complement tells of something to come: a warning of what is already so is a complaint."""
    ahead = lexicon.words["future"] | lexicon.words["modal"]
    return any(c.dep_ == "xcomp" or any(a.lower_ in ahead for a in c.children) for c in view.args.complements)


def _asked(frame: Frame, about: Frame | None, view: View) -> str:
    """The mode of a request: what its object makes it ("sought asylum"), else what is asked; who is told to go is asked for change."""
    if frame.object and frame.mode:
        return frame.mode
    leaves = about is not None and about.mode == "resign"
    things = {t.lemma_.lower() for name in ("obj", "for") for t in view.args.slots.get(name, ())}
    helps = "assist" if things & view.parties.words["help"] else None
    return (None if leaves else asked_mode(about)) or frame.mode or helps or "change"


def asked_mode(about: Frame | None) -> str | None:
    """The mode of a demand or refusal, from what is asked."""
    return ASKED.get(about.type) if about is not None else None


def _menace_of(frame: Frame) -> str | None:
    """The mode of a threat to do what ``frame`` says."""
    if frame.type == "SANCTION" and frame.mode == "discontinue" and frame.object:
        return "relations" if "tie" in frame.object else "restrict"
    return _MENACE_MODE.get(f"{frame.type}/{frame.mode}") or _MENACE.get(frame.type)


def _inner(view: View, lexicon: Lexicon) -> Iterator[Frame]:
    """The frames of the words in complement and object position, complement first, that tell what is asked, refused or threatened."""
    aims = [c for c in view.trigger.children if c.dep_ == "advcl" and c.tag_ == "VB"]
    words = [*view.args.complements, *aims, *view.args.slots.get("obj", ()), *view.args.slots.get("for", ())]
    for token in words:
        meant = meaning(token, view, lexicon)
        if meant is not None:
            yield meant
        if token.lemma_ in lexicon.words["light_verb"]:
            yield from (m for c in token.children if c.dep_ == "dobj" and (m := meaning(c, view, lexicon)) is not None)


def meaning(token: Token, view: View, lexicon: Lexicon) -> Frame | None:
    """What a verb or noun by itself tells: the first of its frames that fits, parties aside."""
    if token.pos_ == "VERB":
        frames = lexicon.verbs.get(token.lemma_.lower(), ())
        around = VerbView(token, view.parties)
        return next((f for f in frames if fits(f, around)), None)
    return plain(noun_frames(token, lexicon))


def _directed(roles: Roles) -> Roles:
    """Sides of an act to come as the one who promises and those it is promised to; scheduled acts without subject keep all sides."""
    if roles.recipients or not 0 < roles.subjects < len(roles.actors):
        return roles
    return Roles(roles.actors[: roles.subjects], roles.actors[roles.subjects :], roles.subjects)
