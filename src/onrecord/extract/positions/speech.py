"""Stances shown by what is said: "should", praise and blame inside somebody's words, and what the speaker's side will or will not do.

Only the content of statements is read; the report's own voice holds no position.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, clause, modal, negated, wished
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.targets import drafts
from onrecord.extract.positions.views import leaning
from onrecord.extract.scene import Scene, same
from onrecord.extract.syntax import objects, subject
from onrecord.model import Participant, Span
from onrecord.model.records import Stance


def speech(scene: Scene) -> Iterator[Draft]:
    """Every stance in the content of the block's statements."""
    words = stance_words()
    for token in scene.block.doc:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        speaker = said_by(scene, scene.span(token, token))
        if speaker is not None:
            yield from _said(scene, token, speaker, words)


def said_by(scene: Scene, span: Span) -> Participant | None:
    """Whose words a stretch is; None outside speech and where the speaker has no words of its own."""
    statement = scene.analysis.statement_at(span)
    if statement is None or statement.speaker.mention is None:
        return None
    return statement.speaker


def _said(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    if not asserted(verb) and not words.has("value.good", verb.lemma_):
        return
    if modal(verb, words, "must"):
        if verb.dep_ != "conj" or not modal(verb.head, words, "must") or True:
            for stance, about in _one(scene, verb, words):
                yield from drafts(scene, [speaker], stance, verb, about, clause(scene, verb), confidence=0.75)
    elif verb.lemma_ == "be":
        yield from _valued(scene, verb, speaker, words)
    elif words.has("modal.need", verb.lemma_) and any(c.dep_ == "xcomp" for c in verb.children) and not negated(verb):
        below = next(c for c in verb.children if c.dep_ == "xcomp")
        for stance, about in _one(scene, below, words):
            yield from drafts(scene, [speaker], stance, below, about, clause(scene, verb), confidence=0.6)
    elif words.has("value.blamed", verb.lemma_) or _light(verb, words):
        yield from _blamed(scene, verb, speaker)
    elif modal(verb, words, "intent"):
        yield from _intent(scene, verb, speaker, words)


def _one(scene: Scene, verb: Token, words: Words) -> Iterator[tuple[Stance, Token]]:
    """The wish in one verb; its conjuncts are met on their own."""
    yield next(wished(scene, verb, words))


def _valued(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    """Reads "B is indispensable", "it is necessary to …", "there is an opportunity for …"."""
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    frame = [t for c in said for t in c.subtree if not any(a.dep_ in ("relcl", "advcl") for a in t.ancestors if c.is_ancestor(a))]
    stance = leaning([t for t in frame if t.pos_ in ("ADJ", "NOUN", "VERB", "ADV", "DET", "PART")], words)
    if stance is None:
        return
    if negated(verb):
        stance = "oppose" if stance == "support" else "support"
    about = next((c for c in verb.children if c.dep_ in ("nsubj", "csubj")), None)
    if about is None or about.lower_ in ("it", "there"):
        about = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), about)
    yield from drafts(scene, [speaker], stance, verb, about, clause(scene, verb), confidence=0.55)


def _light(verb: Token, words: Words) -> bool:
    return words.has("value.light", verb.lemma_) and any(words.has("value.blamed_objects", t.lemma_.lower()) for t in objects(verb))


def _blamed(scene: Scene, verb: Token, speaker: Participant) -> Iterator[Draft]:
    """Reads "B is undermining …", "B launched a war": blame on B; "B does not threaten anyone": defence of B."""
    about = subject(verb)
    if about is None or any(c.dep_ == "nsubjpass" for c in verb.children):
        return
    if negated(verb):
        yield from drafts(scene, [speaker], "support", verb, about, clause(scene, verb), confidence=0.6)
        return
    for blamed in scene.who(about) or scene.owners(about):
        if blamed.actor is not None and not _one_side(blamed, speaker):
            yield Draft(scene, speaker, "oppose", verb, about, clause(scene, verb), 0.75, 2, blamed)


def _one_side(left: Participant, right: Participant) -> bool:
    """True if both act for one state."""
    if same(left, right):
        return True
    return left.actor is not None and right.actor is not None and left.actor.country is not None and left.actor.country == right.actor.country


def _intent(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    """Reads "we will improve …", "his country would not accept …": the speaker's own side as subject."""
    doer = subject(verb)
    own = doer is not None and any(_one_side(p, speaker) for p in scene.who(doer))
    if not own:
        return
    lemma = verb.lemma_.lower()
    stance: Stance | None = None
    if negated(verb):
        stance = None if words.has("intent.neutral_if_negated", lemma) or words.has("silence.verbs", lemma) else "oppose"
    elif words.has("intent.oppose", lemma):
        stance = "oppose"
    elif words.has("intent.support", lemma):
        stance = "support"
    if stance is not None:
        about = verb if negated(verb) else next(iter(objects(verb)), verb)
        yield from drafts(scene, [speaker], stance, verb, about, clause(scene, verb), confidence=0.65)
