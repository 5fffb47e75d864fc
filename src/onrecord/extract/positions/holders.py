"""Who does a verb: the holder of the stance that it shows. It knows no words of stance."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extract.scene import Scene
from onrecord.extract.syntax import SUBJECTS, after, objects, subject
from onrecord.model import Participant
from onrecord.reading.titles import titles


def holders(scene: Scene, verb: Token) -> list[Participant]:
    """Who does the verb: the subject, or "by whom" in the passive."""
    agents = [t for t in after(verb, "by") if t.head.dep_ == "agent"]
    if agents:
        return scene.who(agents[0])
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite", "report"):
        return [p for t in objects(verb.head.head) for p in scene.who(t)]
    if verb.dep_ == "pcomp" and verb.head.lower_ == "in" and verb.head.head.lemma_ == "join":
        found = _doer(scene, verb)
        return [p for t in (*([found] if found is not None else []), *objects(verb.head.head)) for p in scene.who(t)]
    alike = [p for t in after(verb, "like") if t.i < verb.i for p in scene.who(t)]
    by = next((t for h in (verb, *after(verb, "as")) for t in after(h, "by")), None)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN")
    if passive:
        return scene.who(by) if by is not None else []
    found = _doer(scene, verb)
    if found is None:
        return alike
    alike += [p for t in after(found, "like") for p in scene.who(t)]
    if found.lower_ in ("he", "she", "i", "we") and not scene.who(found):
        inside = scene.analysis.statement_at(scene.span(found, found))
        return [inside.speaker] if inside is not None else alike
    speaks = found.lemma_.lower() in titles().documents or found.lemma_.lower() in titles().person or found.lemma_.lower() in titles().body
    return [*(scene.who(found) or (scene.owners(found) if speaks else [])), *alike]


def governed(scene: Scene, place: Token) -> list[Participant]:
    """Those named at a token; where it is a capital as a town ("dismay in Warsaw"), the state whose capital it is."""
    found = scene.who(place)
    mention = scene.analysis.mention(scene.block, place)
    if found or mention is None or place.ent_type_ == "PERSON":
        return found
    town = next((p for p in mention.participants if p.actor is not None and p.actor.kind == "place"), None)
    state = scene.state_of(town) if town is not None else None
    return [] if town is None or state is None else [Participant(town.mention, state.actor)]


def _doer(scene: Scene, verb: Token) -> Token | None:
    """The subject; where the parse has hung "and urged …" on the clause below "said", the one who said it."""
    found, head = subject(verb), verb.head
    if found is None and verb.dep_ == "ROOT":
        found = next((c for c in verb.children if c.dep_ in ("npadvmod", "advmod", "dep") and c.i < verb.i and c.pos_ == "PROPN"), None)
    misplaced = verb.dep_ == "conj" and head.dep_ == "ccomp" and head.i > head.head.i and not any(c.dep_ in SUBJECTS for c in verb.children)
    if found is not None and misplaced and found.pos_ == "NOUN" and not scene.who(found):
        return subject(head.head) or found
    return found
