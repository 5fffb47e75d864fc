"""Stances shown by how somebody sees or frames a thing: "views A as …", "considers A a …", "framing them as essential"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from onrecord.extract.positions.confidence import VIEW
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, clause, embedded, negated
from onrecord.extract.positions.holders import holders
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.targets import drafts
from onrecord.extract.scene import Scene
from onrecord.extract.syntax import after, objects
from onrecord.model.records import Stance

_BLAMING: Stance = "oppose"
"""What "branded", "likened" and the like show where their words are neither good nor bad."""


def views(scene: Scene) -> Iterator[Draft]:
    """Every framing of the block whose words are good or bad."""
    words = stance_words()
    for verb, lemma, pos in scene.words:
        if pos != "VERB" or not words.has("view.verbs", lemma) or not asserted(verb) or embedded(verb, words):
            continue
        about, frame = _framed(verb)
        if about is None or about.lower_.endswith(("self", "selves")):
            continue
        stance = leaning(frame, words) or (_BLAMING if frame and words.has("view.blaming", lemma) else None)
        decided = next((s for s in ("support", "oppose") if words.has(f"verb.{s}", lemma)), stance)
        if stance is not None and stance == decided and not negated(verb):
            yield from drafts(scene, holders(scene, verb), stance, verb, about, evidence=clause(scene, verb), confidence=VIEW)


def _framed(verb: Token) -> tuple[Token | None, list[Token]]:
    """What is framed, and the words that frame it: after "as", or a second object or small clause."""
    about = next((t for t in objects(verb)), None)
    small = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "oprd") and c.i > verb.i), None)
    if stance_words().has("view.small", verb.lemma_.lower()) and (small is None or small.pos_ not in ("ADJ", "NOUN")):
        return None, []
    marks = (c for c in verb.subtree if c.lower_ == "as" and c.i > verb.i and c.dep_ in ("prep", "mark") and not _another(c, verb))
    mark = next(marks, None)
    as_words = [t for t in mark.subtree if t is not mark and not _another(t, mark)] if mark is not None else []
    if not as_words and stance_words().has("view.likening", verb.lemma_.lower()):
        ends = (t for h in (verb, *objects(verb)) for t in after(h, "to", "with"))
        as_words = [t for end in ends for t in end.subtree if not _another(t, end)]
    second = [t for t in objects(verb) if about is not None and t != about and t.i > about.i > verb.i]
    if second and not as_words:
        return about, list(second[-1].subtree)
    if about is None and verb.lemma_ == "point":
        about = next(after(verb, "to"), None)
    if small is not None and not as_words:
        inner = next((c for c in small.children if c.dep_ in ("nsubj", "poss")), None)
        about = about or inner
        frame = [t for t in small.subtree if about is None or (t is not about and not about.is_ancestor(t))]
        return about, frame
    if about is None:
        about = next((c for c in verb.children if c.dep_ in ("advcl", "prep") and c.i > verb.i and c.lower_ != "as"), None)
    return about, as_words


def _another(token: Token, top: Token) -> bool:
    """In a clause with a subject of its own, coordinated below the frame."""
    line = [token, *takewhile(lambda a: a != top, token.ancestors)] if token != top else [token]
    return any(a.dep_ in ("conj", "parataxis", "relcl", "advcl") and any(c.dep_ in ("nsubj", "nsubjpass") for c in a.children) for a in line)


def leaning(frame: list[Token], words: Words) -> Stance | None:
    """Whether words praise or blame: the last of them that is good or bad decides, "not" before it turns it."""
    stance: Stance | None = _figure(frame, words)
    turned = False
    if stance is not None:
        return stance
    for token in frame:
        if words.has("negation.turning", token.lower_):
            turned = True
        elif words.has("negation.determiners", token.lower_):
            turned = any(words.has(f"value.{n}", token.head.lemma_.lower()) for n in ("good", "bad"))
        elif (
            (token.lower_ == "too" and not words.has("silence.early", token.head.lower_))
            or words.has("value.bad", token.lemma_.lower())
            or words.has("value.bad", token.lower_)
        ):
            return "support" if turned else "oppose"
        elif stance is None and (words.has("value.good", token.lemma_.lower()) or words.has("value.good", token.lower_)):
            stance = "oppose" if turned else "support"
    return stance


def _figure(frame: list[Token], words: Words) -> Stance | None:
    """Figures of speech that praise or blame as a whole: "a stab in the back"."""
    if len(frame) < 2:
        return None
    text = " ".join(t.lower_ for t in sorted(frame, key=lambda t: t.i))
    if any(figure in text for figure in words.table["value"]["bad_figures"]):
        return "oppose"
    return "support" if any(figure in text for figure in words.table["value"]["good_figures"]) else None
