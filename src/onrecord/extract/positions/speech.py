"""Stances shown by what is said: "should", praise and blame inside somebody's words, and what the speaker's side will or will not do.

Only the content of statements is read; the report's own voice holds no position.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import BLAME, INTENT, MUST, NEED, VALUED
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, clause, modal, negated, wished
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.stances import sided
from onrecord.extract.positions.targets import drafts
from onrecord.extract.positions.views import leaning
from onrecord.extract.scene import Scene, same
from onrecord.extract.syntax import after, objects, subject
from onrecord.model import Participant, Span
from onrecord.model.records import Stance

_QUALIFYING = ("amod", "compound", "advmod", "neg", "det", "conj", "nmod", "preconj")


def speech(scene: Scene) -> Iterator[Draft]:
    """Every stance in the content of the block's statements."""
    words = stance_words()
    for token, _, pos in scene.words if scene.analysis.said_in(scene.block.index) else ():
        if pos not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        speaker = said_by(scene, scene.span(token, token), unless=words)
        if speaker is not None:
            yield from _said(scene, token, speaker, words)


def said_by(scene: Scene, span: Span, unless: Words | None = None) -> Participant | None:
    """Whose words a stretch is; None outside speech, and for what is denied or rejected (with ``unless``)."""
    statement = scene.analysis.statement_at(span)
    if statement is None or statement.speaker.mention is None:
        return None
    if unless is not None and statement.cue is not None:
        cue = scene.block.doc.char_span(statement.cue.start - scene.block.offset, statement.cue.end - scene.block.offset, alignment_mode="expand")
        if cue is not None and any(unless.has("verb.oppose", t.lemma_.lower()) for t in cue):
            return None
    return statement.speaker


def _said(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    if not asserted(verb, even_if_possible=verb.lemma_ == "be" or words.has("value.helping", verb.lemma_)):
        return
    if _aside(verb):
        return
    if modal(verb, words, "must"):
        for stance, about in _one(verb, words):
            yield from drafts(scene, [speaker], stance, verb, about, evidence=clause(scene, verb), confidence=MUST)
    elif verb.lemma_ == "be":
        yield from _valued(scene, verb, speaker, words)
    elif words.has("modal.need", verb.lemma_) and any(c.dep_ == "xcomp" for c in verb.children) and not negated(verb):
        below = next(c for c in verb.children if c.dep_ == "xcomp")
        for stance, about in _one(below, words):
            yield from drafts(scene, [speaker], stance, below, about, evidence=clause(scene, verb), confidence=NEED)
    elif words.has("value.blamed", verb.lemma_) or _light(verb, words):
        yield from _blamed(scene, verb, speaker)
    elif _useful(verb, words) and _third(scene, verb, speaker):
        yield from drafts(
            scene, [speaker], "oppose" if negated(verb) else "support", verb, subject(verb), evidence=clause(scene, verb), confidence=VALUED
        )
    elif (side := sided(verb, verb.lemma_.lower(), words)) is not None and side.stance == "oppose" and not scene.who(subject(verb) or verb):
        yield from drafts(scene, [speaker], "oppose", verb, subject(verb), evidence=clause(scene, verb), confidence=BLAME)
    elif words.has("value.doing", verb.lemma_):
        yield from _done(scene, verb, speaker, words)
    elif (verb.tag_ == "VBG" and verb.lemma_ == "go" and any(c.dep_ == "xcomp" for c in verb.children)) or modal(verb, words, "intent"):
        yield from _intent(scene, verb, speaker, words)


def _aside(verb: Token) -> bool:
    """Read "I must say", "we must admit"."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.children) and stance_words().has("modal.aside", verb.lemma_.lower())


def _one(verb: Token, words: Words) -> Iterator[tuple[Stance, Token]]:
    """The wish in one verb; its conjuncts are met on their own."""
    yield next(wished(verb, words))


def _valued(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    """Reads "B is indispensable", "it is necessary to …", "there is an opportunity for …"."""
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    frame = [t for c in said for t in (*(x for x in c.children if x.dep_ in _QUALIFYING), c)]
    stance = leaning(sorted(frame, key=lambda t: t.i), words)
    if stance is None:
        return
    if negated(verb):
        stance = "oppose" if stance == "support" else "support"
    about = next((c for c in verb.children if c.dep_ in ("nsubj", "csubj")), None)
    if about is not None and any(same(p, speaker) for p in scene.single(about)):
        return
    if about is None or about.lower_ in ("it", "there"):
        about = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), about)
    yield from drafts(scene, [speaker], stance, verb, about, evidence=clause(scene, verb), confidence=VALUED)


def _useful(verb: Token, words: Words) -> bool:
    """Whether the verb says of its subject that it helps, or solves nothing."""
    if any(c.dep_ == "nsubjpass" for c in verb.children) or verb.dep_ in ("xcomp", "acl"):
        return False
    return words.has("value.helping", verb.lemma_) or (words.has("value.useless", verb.lemma_) and negated(verb))


def _light(verb: Token, words: Words) -> bool:
    return words.has("value.light", verb.lemma_) and any(words.has("value.blamed_objects", t.lemma_.lower()) for t in objects(verb))


def _blamed(scene: Scene, verb: Token, speaker: Participant) -> Iterator[Draft]:
    """Reads "B is undermining …", "B launched a war": blame on B; "B does not threaten anyone": defence of B."""
    about = subject(verb)
    if (
        about is None
        or any(c.dep_ == "nsubjpass" for c in verb.children)
        or any(c.dep_ == "poss" for t in objects(verb) for c in t.children if c.lower_ in ("its", "their"))
    ):
        return
    if negated(verb):
        yield from drafts(scene, [speaker], "support", verb, about, evidence=clause(scene, verb), confidence=BLAME)
        return
    for blamed in scene.who(about) or scene.owners(about):
        if blamed.actor is not None and not _one_side(blamed, speaker):
            yield Draft(scene, speaker, "oppose", verb, about, clause(scene, verb), BLAME, 2, blamed)


def _one_side(left: Participant, right: Participant) -> bool:
    """True if both act for one state."""
    if same(left, right):
        return True
    return left.actor is not None and right.actor is not None and left.actor.country is not None and left.actor.country == right.actor.country


def _third(scene: Scene, verb: Token, speaker: Participant) -> bool:
    """True where the subject is a thing, or somebody who does not act for the speaker's side."""
    about = subject(verb)
    return (
        about is not None
        and about.lower_ not in ("it", "which", "that", "they", "who", "those")
        and not any(_one_side(p, speaker) for p in scene.who(about))
    )


def _done(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    """Reads "B is taking positive steps", "B pursues an aggressive policy": praise or blame of B."""
    about = subject(verb)
    frame = [c for t in objects(verb) for c in (*t.children, t) if c.dep_ in ("amod", "compound", "dobj")]
    stance = leaning(frame, words)
    if about is not None and stance is not None and not negated(verb):
        for judged in scene.who(about):
            if judged.actor is not None and not _one_side(judged, speaker):
                yield Draft(scene, speaker, stance, verb, about, clause(scene, verb), BLAME, 2, judged)


def _intent(scene: Scene, verb: Token, speaker: Participant, words: Words) -> Iterator[Draft]:
    """Reads "we will improve …", "his country would not accept …": the speaker's own side as subject."""
    agent = next((t for t in after(verb, "by") if t.head.dep_ == "agent"), None)
    doer = agent or (subject(verb) if not any(c.dep_ == "nsubjpass" for c in verb.children) else None)
    if doer is None or not any(_one_side(p, speaker) for p in scene.who(doer)):
        return
    below = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    lemma = below.lemma_.lower() if below is not None and (verb.lemma_ == "go" or words.has("complement.light", verb.lemma_)) else verb.lemma_.lower()
    if lemma in words.verbs and (not negated(verb) or words.has("verb.support", lemma)):
        return
    stance: Stance | None = None
    if negated(verb):
        stance = (
            None
            if words.has("intent.neutral_if_negated", lemma) or (words.has("silence.verbs", lemma) and not words.has("silence.talks", lemma))
            else "oppose"
        )
    elif words.has("intent.oppose", lemma):
        ended = [t.lemma_.lower() for t in objects(below if below is not None and verb.lemma_ == "go" else verb)]
        stance = "support" if any(words.has("intent.violence", e) for e in ended) else "oppose"
    elif words.has("intent.support", lemma):
        stance = "support"
    if stance is not None:
        about = verb if negated(verb) else next(iter(objects(verb)), verb)
        yield from drafts(scene, [speaker], stance, verb, about, evidence=clause(scene, verb), confidence=INTENT)
