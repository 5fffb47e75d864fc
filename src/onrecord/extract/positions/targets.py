"""One draft for each holder and each target: coordinated actors, and coordinated issues, are positions of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.lexicon import stance_words
from onrecord.extract.scene import Scene, same
from onrecord.knowledge.base import knowledge_base
from onrecord.model import Participant, Span
from onrecord.model.records import Issue, Stance

_MOST = 6
"""Beyond so many pairs of holder and target the target is kept whole: a list of allies aiding a list of allies is one thing told."""


def drafts(
    scene: Scene,
    holders: Iterable[Participant],
    stance: Stance,
    anchor: Token,
    about: Token | None,
    *,
    evidence: Span,
    confidence: float,
    record: str | None = None,
) -> Iterator[Draft]:
    """Drafts of ``stance`` towards what ``about`` heads."""
    if about is not None and not about.text[0].isalnum():
        return
    strength = _strength(anchor)
    who, found = list(holders), aims(scene, about)
    if len(who) * len(found) > _MOST:
        found = [(None, None)]
    for holder in who:
        for aimed, issue in found:
            if aimed is None or not same(aimed, holder):
                yield Draft(scene, holder, stance, anchor, about, evidence, confidence, strength, aimed, issue, record, record is not None)


def _strength(anchor: Token) -> int:
    """1 for a hedged word, 3 for an emphatic one or one with an emphatic adverb or adjective, else 2."""
    words = stance_words()
    near = [anchor.lemma_.lower(), *(c.lower_ for c in anchor.children)]
    if any(words.has("strength.hedged", w) for w in near):
        return 1
    return 3 if any(words.has("strength.emphatic", w) for w in near) else 2


def aims(scene: Scene, about: Token | None) -> list[tuple[Participant | None, Issue | None]]:
    """What a target phrase is about: each of several actors, each of several issues, else one whole."""
    if about is None:
        return [(None, None)]
    actors = scene.who(about) if scene.single(about) else []
    if len(actors) > 1:
        return [(p, None) for p in actors]
    issues = _coordinated(scene, about)
    if len(issues) > 1:
        return [(None, issue) for issue in issues]
    return [(actors[0], None)] if actors and about.pos_ in ("PROPN", "NOUN", "PRON") and about.ent_type_ else [(None, None)]


def _coordinated(scene: Scene, about: Token) -> list[Issue]:
    """The issues of coordinated nouns inside a target, where they differ."""
    for token in about.subtree:
        if token.dep_ == "conj" and token.head.dep_ != "ROOT" and token.pos_ in ("NOUN", "PROPN") and token.i > about.i:
            issues = knowledge_base().issues
            left = issues.find(scene.block.doc[token.head.left_edge.i : token.left_edge.i].text)
            right = issues.find(scene.phrase(token).text)
            if left is not None and right is not None and left != right:
                return [left, right]
    return []
