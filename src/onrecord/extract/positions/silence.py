"""Holding back: refusals to comment (``declines-comment``) and watching from the side (``neutral``). "Not available for comment" is neither."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import SILENCE, WATCHING
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, clause, modal, negated
from onrecord.extract.positions.holders import holders
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.speech import said_by
from onrecord.extract.positions.targets import drafts
from onrecord.extract.scene import Scene
from onrecord.extract.syntax import after, objects
from onrecord.model import Participant


def silence(scene: Scene) -> Iterator[Draft]:
    """Every refusal to say anything and every stance of watching in the block."""
    words = stance_words()
    for token, lemma, pos in scene.words:
        if pos in ("VERB", "AUX"):
            if _silent(token, words) and not _refused_talks(scene, token, words):
                about = _topic(token)
                yield from drafts(
                    scene, _holding_back(scene, token), "declines-comment", token, about, evidence=clause(scene, token), confidence=SILENCE
                )
            elif words.has("watching.verbs", lemma) and any(words.has("watching.adverbs", c.lower_) for c in token.children) and asserted(token):
                about = next(iter(objects(token)), None)
                if about is not None:
                    yield from drafts(scene, holders(scene, token), "neutral", token, about, evidence=clause(scene, token), confidence=WATCHING)
        elif words.has("silence.early", token.lower_) and token.head.lemma_ == "be":
            if any(words.has("silence.reactions", t.lemma_.lower()) for t in token.head.subtree):
                speaker = said_by(scene, scene.span(token, token))
                yield from drafts(
                    scene, [speaker] if speaker else [], "declines-comment", token, None, evidence=clause(scene, token.head), confidence=SILENCE
                )
        elif words.has("watching.neutral", token.lower_) and token.dep_ == "acomp" and asserted(token.head) and not negated(token.head):
            yield from drafts(
                scene,
                holders(scene, token.head),
                "neutral",
                token,
                next(after(token, "in", "on"), None),
                evidence=clause(scene, token.head),
                confidence=WATCHING,
            )


def _silent(verb: Token, words: Words) -> bool:
    """Reads "would not say", "refused to comment", "will refrain from commenting", "would not make a statement", "had no comment"."""
    lemma = verb.lemma_.lower()
    if lemma not in words.silent:
        return False
    if _quiet(verb, words) or _either(verb, words) or _nothing(verb, words):
        return True
    below = [c for c in verb.children if c.dep_ == "xcomp"] + [
        c for p in verb.children if p.lower_ in ("from", "on") for c in p.children if c.dep_ == "pcomp"
    ]
    if words.has("silence.refrain", lemma):
        spoken = any(words.has("silence.verbs", t.lemma_.lower()) or words.has("silence.drawn", t.lemma_.lower()) for t in below)
        made = any(words.has("silence.statements", o.lemma_.lower()) for t in (verb, *below) for o in (*objects(t), *after(t, "from", "with")))
        return (spoken or made) and not negated(verb)
    if words.has("silence.making", lemma) and any(words.has("silence.statements", o.lemma_.lower()) for o in objects(verb)):
        unsaid = any(c.lower_ == "no" for o in objects(verb) for c in o.children)
        return unsaid or (negated(verb) and modal(verb, words, "intent"))
    if words.has("silence.wishing", lemma):
        return negated(verb) and any(words.has("silence.verbs", t.lemma_.lower()) for t in below)
    again = verb.dep_ == "conj" and _either(verb.head, words)
    return words.has("silence.verbs", lemma) and negated(verb) and modal(verb, words, "intent") and not again


def _either(verb: Token, words: Words) -> bool:
    """Read "neither confirmed nor denied"."""
    if not words.has("silence.confirming", verb.lemma_.lower()) or verb.dep_ == "conj":
        return False
    near = verb.doc[max(verb.i - 3, 0) : min(verb.i + 3, len(verb.doc))]
    return any(t.lower_ in ("neither", "nor") for t in near) and any(t.lemma_ == "deny" for t in verb.subtree)


def _nothing(verb: Token, words: Words) -> bool:
    """Read "had nothing to add", "would say only that", "declined all comment", "has said nothing about"."""
    lemma = verb.lemma_.lower()
    nothing = [t for t in objects(verb) if words.has("negation.things", t.lower_)]
    if words.has("silence.making", lemma) and any(c.lemma_.lower() in ("say", "add") for t in nothing for c in t.children):
        return True
    if words.has("silence.refrain", lemma) and any(words.has("silence.statements", o.lemma_.lower()) for o in objects(verb)):
        return not negated(verb)
    return lemma == "say" and bool(nothing) and next(after(verb, "about", "on", "of"), None) is not None


def _holding_back(scene: Scene, verb: Token) -> list[Participant]:
    """Who says nothing; in "would not be drawn" it is the passive subject."""
    doer = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    return scene.who(doer) if doer is not None else holders(scene, verb)


def _refused_talks(scene: Scene, verb: Token, words: Words) -> bool:
    """Read "Norway would not discuss the case": said of a state, no silence but a refusal."""
    who = holders(scene, verb) if words.has("silence.talks", verb.lemma_.lower()) else []
    return any(p.actor is not None and p.actor.kind == "state" for p in who)


def _quiet(verb: Token, words: Words) -> bool:
    """Read "kept silent on", "would not be drawn on"."""
    if words.has("silence.keeping", verb.lemma_.lower()):
        return any(words.has("silence.silent", c.lower_) for c in verb.children)
    return words.has("silence.drawn", verb.lemma_.lower()) and negated(verb) and any(c.dep_ == "auxpass" for c in verb.children)


def _topic(verb: Token) -> Token | None:
    """What is not spoken of; "asked about the raid" before the refusal tells it, too."""
    before = [c for c in verb.children if c.dep_ in ("advcl", "acl") and c.i < verb.i]
    asked = next((c for c in before if stance_words().has("silence.asking", c.lemma_.lower())), None)
    if asked is not None:
        found = next(after(asked, "about", "on", "over"), None) or next((c for c in asked.children if c.dep_ in ("ccomp", "xcomp")), None)
        if found is not None:
            return found
    for token in (verb, *(t for t in verb.subtree if t.i > verb.i)):
        found = next(after(token, "on", "about"), None) or next(
            (c for c in token.children if c.dep_ in ("ccomp", "advcl", "dobj") and c.i > verb.i), None
        )
        if (
            found is not None
            and found.ent_type_ not in ("DATE", "TIME")
            and found.lemma_ not in ("comment", "statement", "nothing", "answer", "reply")
        ):
            return found
    return None
