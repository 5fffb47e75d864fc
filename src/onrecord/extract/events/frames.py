"""Does a frame fit a predicate, and who fills its roles? Codes nothing beyond what the frame says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extract.events.clauses import prepositions
from onrecord.extract.events.lexicon import Frame, lexicon
from onrecord.extract.events.parties import unique
from onrecord.extract.events.views import Found, VerbView, View
from onrecord.model import Participant

Seek = Callable[[Frame, View, tuple[Participant, ...]], tuple[Participant, ...]]
"""Finds one side of an act from the other."""

BODILY = frozenset({"ASSAULT", "COERCE"})
"""Acts that may be done to a thing without name."""

WITH_OTHERS = ("alongside", "together with")
"""Slots of those who act together with the subject."""

AGAINST = frozenset({"REB", "OPP", "CVL", "REF", "SOC", "LAB", "AGR", "EDU", "REL", "JRN", "MED", "CRM", "UAF", "ELI"})
"""Sectors of those whom their own country may act upon: rebels, opponents, its people."""


OFFICIAL = frozenset({"GOV", "LEG", "MIL", "JUD", "PTY", "REB", "COP"})
"""Sectors of those whose journeys are visits: "a deputy minister of Peru", not "tourists"."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who undergoes. For reciprocal acts ``actors`` begins with the grammatical subjects, ``subjects`` of them."""

    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...] = ()
    subjects: int = 0


def fits(frame: Frame, view: View) -> bool:
    """True if object, particle, preposition and complement are what the frame asks for."""
    if frame.noun:
        light = view.clause.lemma_ if view.clause.i != view.trigger.i else ""
        about = frame.prep_object
        if ("denied" in frame.flags and not denied(view.trigger)) or ("alone" in frame.flags and _shared(view)):
            return False
        return light not in frame.not_object and (not about or any(t.lemma_.lower() in about for _, t in prepositions(view.trigger)))
    args = view.args
    found = [w for t in args.slots.get("obj", ()) for w in heads(t, view.parties.words["quantity"])]
    objects = {w.lemma_.lower() for w in found}
    described = {word for w in found for word in described_as(w)}
    if (frame.object and not described & frame.object) or objects & frame.not_object:
        return False
    if frame.subject and not {word for t in args.slots.get("subj", ()) for word in described_as(t)} & frame.subject:
        return False
    if frame.particle and not (args.particles & frame.particle or ("" in frame.particle and not args.particles)):
        return False
    if frame.prep and not any(p in args.slots or p in args.prepositions for p in frame.prep):
        return False
    if frame.prep_object and not any(described_as(t) & frame.prep_object for t in _behind_prepositions(frame, view)):
        return False
    return _flags_fit(frame, view, bool(objects))


def _behind_prepositions(frame: Frame, view: View) -> Iterator[Token]:
    """Where ``prep_object`` is looked for: the slots of the verb, and behind a wanted object too ("lifted its ban on the party")."""
    for name, tokens in view.args.slots.items():
        yield from tokens
        if name == "obj" and frame.object:
            yield from (noun for token in tokens for _, noun in prepositions(token))


def described_as(noun: Token) -> set[str]:
    """The noun's lemma, what stands before it, and both together: "gas", "tear" and "tear gas"."""
    lemma = noun.lemma_.lower()
    before = {c.lower_ for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod")}
    return {lemma} | before | {f"{word} {lemma}" for word in before}


def _shared(view: View) -> bool:
    """True for an exercise that is said to be with others."""
    joint = view.parties.words["joint"]
    return any(c.lower_ in joint or (c.dep_ == "prep" and c.lower_ in ("with", "between", "alongside")) for c in view.trigger.children)


def _flags_fit(frame: Frame, view: View, has_object: bool) -> bool:
    """What the frame's flags ask of object and complement."""
    below, flags = view.args.complements, frame.flags
    asks = any(p in view.args.slots or p in view.args.prepositions for p in ("for", "to", "over", "on"))
    return not (
        any(c.lemma_ in frame.not_complement or (frame.not_complement and _withholds(c, frame)) for c in below)
        or ("acts" in flags and not any(c.lemma_.lower() in lexicon().verbs for c in below))
        or ("no_complement" in flags and any(c.tag_ != "VB" for c in below))
        or ("no_object" in flags and has_object)
        or ("has_object" in flags and not has_object and not below)
        or ("asks" in flags and not below and not asks)
        or ("blames" in flags and not _blaming(view))
        or ("will_clause" in flags and not any(c.dep_ == "ccomp" and _foretold(c, view) for c in below))
        or ("infinitive" in flags and not any(c.tag_ == "VB" and c.dep_ == "xcomp" for c in below))
        or ("guilty" in flags and not any(c.lower_ in view.parties.words["guilty"] for c in view.trigger.children))
        or ("subjunctive" in flags and not any(_subjunctive(c) for c in below))
    )


def _withholds(verb: Token, frame: Frame) -> bool:
    """True for "refused to give details": only words are kept back."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in frame.not_object for c in verb.children)


def _blaming(view: View) -> bool:
    """True for "described the plan as illegal", "called it a lie", "likened him to a dictator"."""
    said = [c for c in view.trigger.children if c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ in ("as", "to"))]
    said += [c for c in view.args.complements if c.dep_ == "ccomp" and c.pos_ not in ("VERB", "AUX")]
    return any(t.lemma_.lower() in view.parties.words["blame"] for c in said for t in c.subtree)


def _foretold(verb: Token, view: View) -> bool:
    return any(c.lower_ in view.parties.words["future"] for c in verb.children)


def _subjunctive(verb: Token) -> bool:
    """True for the bare verb of "proposed that they meet"."""
    return verb.tag_ in ("VB", "VBP") and verb.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in verb.children)


def heads(noun: Token, quantity: frozenset[str]) -> list[Token]:
    """The noun, or what it counts: "all of the demands", "a series of tests"."""
    counted = noun.lemma_ in quantity or any(c.dep_ == "nummod" for c in noun.children)
    below = [t for prep, t in prepositions(noun) if prep == "of"] if counted else []
    below += [t for counter in below if counter.lemma_ in quantity for prep, t in prepositions(counter) if prep == "of"]
    return [noun, *below, *noun.conjuncts]


def denied(noun: Token) -> bool:
    """True for "no intention"."""
    return any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)


def fill(frame: Frame, view: View, otherwise: Seek, doers: Seek) -> Roles | None:
    """The roles of a fitting frame, or None where too little is named for it to be an event.

    ``otherwise`` is asked for the recipients, and ``doers`` for the actors, where the clause itself names none.
    """
    roles = _sides(frame, view) if frame.sides else _directed(frame, view)
    if roles.actors and not roles.recipients and not frame.sides and frame.recipient and "spelled" not in frame.flags:
        roles = replace(roles, recipients=otherwise(frame, view, roles.actors))
        if not roles.recipients and frame.type in BODILY and "obj" in frame.recipient and frame.needs == "both":
            roles = replace(roles, recipients=_something(view))
    elif not roles.actors and (roles.recipients or frame.sides):
        roles = replace(roles, actors=doers(frame, view, roles.recipients))
    enough = {
        "both": bool(roles.actors and roles.recipients),
        "actor": bool(roles.actors),
        "recipient": bool(roles.recipients),
        "sides": len(roles.actors) + len(roles.recipients) > 1 or any(_several(p, view.parties.words["several"]) for p in roles.actors),
        "one": bool(roles.actors),
    }[frame.needs]
    if "political" in frame.flags and any(c.lower_ in view.parties.words["here"] for c in view.trigger.children):
        enough = bool(roles.actors)
    return roles if enough and _allowed(frame, view, roles) else None


def _something(view: View) -> tuple[Participant, ...]:
    """What an act of force is done to, a thing that nobody is known by: "shelled a flour mill". Nothing abstract."""
    for token in view.args.slots.get("obj", ()):
        abstract = described_as(token) & (lexicon().classes["idea"] | lexicon().classes["notion"])
        if token.pos_ == "NOUN" and not abstract and any(c.dep_ in ("det", "nummod", "poss", "amod", "compound") for c in token.children):
            return view.parties.phrase(token)
    return ()


def _sides(frame: Frame, view: View) -> Roles:
    found: list[Participant] = []
    subjects = leading = 0
    for slot in frame.sides:
        group = [p for found_here in view.slot(slot) for p in found_here if _acts(p)]
        found += group
        if slot in ("subj", "support"):
            subjects = len(unique(found))
        if slot not in ("with", "to"):
            leading += len(group)
    sides = _without_shadows(unique(found))
    if frame.type == "COOPERATE" and len(sides) == 2 and leading == 1 and _several(sides[1], view.parties.words["several"]):
        return Roles(sides[:1], sides[1:], 1)
    return Roles(sides, (), subjects) if leading else Roles(())


def _directed(frame: Frame, view: View) -> Roles:
    actors = next((who for slot in frame.actor for group in view.slot(slot) if (who := unique(p for p in group if _acts(p)))), ())
    if actors and frame.type != "CONSULT":
        actors = unique((*actors, *(p for slot in WITH_OTHERS for group in view.slot(slot) for p in group if p.actor is not None)))
    found = [
        rest
        for slot in frame.recipient
        for group in (*(_through(frame, view) if slot == "comp" else ()), *view.slot(slot))
        if (rest := unique(p for p in group if not (own_side(p, actors) if slot == "comp" else same_side(p, actors))))
    ]
    return Roles(actors, found[0] if found else (), len(actors))


def _through(frame: Frame, view: View) -> Found:
    """Whom an act that is promised, refused or threatened would be done to, as that act's own frame says: "offered to send observers to Chad"."""
    if frame.type not in ("AGREE", "REJECT", "THREATEN"):
        return
    for verb in view.args.complements:
        if verb.pos_ == "VERB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            inner = VerbView(verb, view.parties)
            meant = next((f for f in lexicon().verbs.get(verb.lemma_.lower(), ()) if fits(f, inner)), None)
            for slot in (meant.recipient or meant.sides) if meant is not None else ():
                yield from (group for group in inner.slot(slot) if any(p.actor is not None for p in group))


def _acts(party: Participant) -> bool:
    """False for a mere place: a town does nothing."""
    return party.actor is None or party.actor.kind != "place"


def same_side(party: Participant, actors: tuple[Participant, ...]) -> bool:
    """True if ``party`` is one of the actors, or the state one of them acts for (nobody sanctions his own country)."""
    if party.actor is None:
        return any(party.mention is not None and a.mention == party.mention for a in actors)
    return any(a.actor is not None and (a.actor.id == party.actor.id or (party.actor.kind == "state" and _one_country(a, party))) for a in actors)


def own_side(party: Participant, actors: tuple[Participant, ...]) -> bool:
    """True if ``party`` is of the same country as one of the actors, unless one of them opposes their state."""
    return same_side(party, actors) or any(_one_country(a, party) and not _opposed(a) and not _opposed(party) for a in actors)


def _one_country(one: Participant, other: Participant) -> bool:
    return one.actor is not None and other.actor is not None and one.actor.country is not None and one.actor.country == other.actor.country


def _opposed(party: Participant) -> bool:
    return party.actor is not None and not AGAINST.isdisjoint(party.actor.sectors)


def _without_shadows(parties: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Sides without the states whose own people are there already: "Egypt's Mubarak held talks" has no second Egypt."""
    return tuple(
        p
        for p in parties
        if p.actor is None
        or p.actor.kind != "state"
        or not any(q.actor is not None and q is not p and q.actor.kind != "state" and q.actor.country == p.actor.country for q in parties)
    )


def _several(party: Participant, several: frozenset[str]) -> bool:
    """True for a party that is several by itself: an international body, or "all factions"."""
    actor = party.actor
    if actor is not None and actor.country is None and actor.kind in ("organisation", "group", "body"):
        return "IGO" in actor.sectors or actor.kind == "organisation"
    words = party.mention.text.split() if party.mention else []
    return bool(words) and words[0].lower() in several


def _allowed(frame: Frame, view: View, roles: Roles) -> bool:
    """What the frame's flags ask of the parties themselves."""
    kinds = {p.actor.kind for p in roles.actors if p.actor is not None}
    if "crowd" in frame.flags and kinds & {"state", "body"} and not any(t.tag_ in ("NNPS", "NNS") for t in view.args.slots.get("subj", ())):
        return False
    if "political" in frame.flags:
        return bool(kinds & {"person", "body"}) or any(_officials(p) for p in roles.actors)
    if "object_person" in frame.flags:
        return any(_person(view, t) for t in view.args.slots.get("obj", ())) and not any(c.dep_ == "oprd" for c in view.trigger.children)
    if "bodily" in frame.flags:
        return not (kinds == {"person"} and all(p.actor is not None and p.actor.kind == "person" for p in roles.recipients))
    if "own_act" in frame.flags:
        doers = (t for c in view.args.complements for t in c.children if t.dep_ == "nsubj")
        return any(own_side(p, roles.actors) for t in doers for p in view.parties.of(t))
    if "object_actor" in frame.flags:
        return any(p.actor is not None for t in view.args.slots.get("obj", ()) if t.pos_ == "PROPN" for p in roles.recipients)
    return True


def _officials(party: Participant) -> bool:
    return party.actor is not None and party.actor.kind == "group" and not OFFICIAL.isdisjoint(party.actor.sectors)


def _person(view: View, token: Token) -> bool:
    """True if the phrase itself, not something in it, is a person."""
    return any(p.actor is not None and p.actor.kind in ("person", "group") for p in view.parties.named(token)) or (
        token.ent_type_ == "PERSON" or token.lemma_.lower() in view.parties.people
    )
