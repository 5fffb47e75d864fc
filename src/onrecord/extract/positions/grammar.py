"""What the stance rules ask of the parse: whether a verb is asserted, where its clause lies, and which way a wished-for clause points."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.scene import Scene
from onrecord.extract.syntax import after, objects
from onrecord.model import Span
from onrecord.model.records import Stance


def negated(word: Token) -> bool:
    """True for "not", "never", "hardly" on the word, for "nothing" and "no plans" as its object, and for nobody as its subject: "no one should"."""
    words = stance_words()
    for child in word.children:
        if child.dep_ == "neg" or words.has("negation.words", child.lower_) or no_longer(child):
            return True
        if child.dep_ == "dobj" and (
            words.has("negation.things", child.lower_) or any(words.has("negation.determiners", c.lower_) for c in child.children)
        ):
            return True
        nobody = words.has("negation.nobody", child.lower_) or any(words.has("negation.determiners", c.lower_) for c in child.children)
        if nobody and child.dep_ in ("nsubj", "nsubjpass"):
            return True
    return False


def _claimed(verb: Token, words: Words) -> bool:
    """Inside "the claim that …": said by somebody, not shown."""
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
    return that and verb.head.pos_ == "NOUN" and words.has("verb.charges", verb.head.lemma_.lower())


def no_longer(word: Token) -> bool:
    """The "longer" of "no longer", "not … any longer"."""
    return word.lower_ == "longer" and word.i > 0 and word.nbor(-1).lower_ in ("no", "any")


def asserted(verb: Token, *, even_if_possible: bool = False) -> bool:
    """False in a question, a condition, a charge ("accused B of arming C"), and under "may" or "could" unless what is possible counts too."""
    words, token = stance_words(), verb
    for _ in range(12):
        if any(c.dep_ == "mark" and words.has("modal.conditions", c.lower_) for c in token.children):
            return False
        if token.dep_ in ("acl", "ccomp") and _claimed(token, words):
            return False
        if token.dep_ in ("xcomp", "pcomp") and words.has("verb.avoiding", token.head.lemma_.lower()):
            return False
        if token.dep_ == "pcomp" and token.head.lower_ in ("of", "with", "for") and words.has("verb.charging", token.head.head.lemma_.lower()):
            return False
        if (
            token.dep_ in ("xcomp", "ccomp")
            and words.has("verb.denying", token.head.lemma_.lower())
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
        ):
            return False
        if token.head is token or (token.dep_ == "ROOT"):
            break
        token = token.head
    if _asked(token) or _supposed(verb, words):
        return False
    return even_if_possible or not any(c.dep_ == "aux" and words.has("modal.unsure", c.lower_) for c in verb.children)


def _supposed(verb: Token, words: Words) -> bool:
    """Under a condition: "would back it if …", "should B refuse, A would leave". What would be done against somebody is a threat all the same."""
    before = [c for c in verb.children if c.i < verb.i]
    doer = next((c for c in before if c.dep_ in ("nsubj", "nsubjpass")), None)
    if doer is not None and any(c.dep_ in ("aux", "auxpass") and c.i < doer.i and words.has("modal.inverted", c.lower_) for c in before):
        return True
    if words.has("intent.oppose", verb.lemma_.lower()) or not any(c.dep_ == "aux" and words.has("modal.supposing", c.lower_) for c in before):
        return False
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    return any(words.has("modal.conditions", c.lower_) and c.dep_ == "mark" for clause in clauses for c in clause.children) or any(
        _supposed(c, words) for c in verb.children if c.dep_ == "advcl" and c.i < verb.i
    )


def _asked(root: Token) -> bool:
    """Does the sentence of this root end in a question mark?"""
    last = root.right_edge
    return last.text == "?" or (last.i > 0 and last.nbor(-1).text == "?")


def modal(verb: Token, words: Words, name: str) -> bool:
    """Does the verb, or the verb it is coordinated with, carry an auxiliary of the list ``modal.<name>``?"""
    token = verb
    for _ in range(4):
        if any(c.dep_ == "aux" and words.has(f"modal.{name}", c.lower_) for c in token.children):
            return True
        if token.dep_ != "conj":
            return False
        token = token.head
    return False


def clause(scene: Scene, verb: Token) -> Span:
    """The clause of a verb: its own subject if it has one, the verb, its objects; what is only loosely attached left out."""
    first, last = verb, verb
    for child in verb.children:
        if child.dep_ in ("punct", "cc", "conj", "parataxis") or (child.dep_ in ("advcl", "ccomp") and _set_off(child, verb)):
            continue
        if child.i < verb.i and child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod"):
            first = min(first, child.left_edge, key=_place)
        elif child.i > verb.i:
            last = max(last, child.right_edge, key=_place)
    return scene.span(first, last)


def _set_off(child: Token, verb: Token) -> bool:
    left = child.left_edge
    return child.i < verb.i or (left.i > 0 and left.nbor(-1).text in (",", ";", "-", "--"))


def _place(token: Token) -> int:
    return token.i


def wished(verb: Token, words: Words) -> Iterator[tuple[Stance, Token]]:
    """Which way somebody leans who wants the clause of ``verb`` to come true, and on what; each coordinated verb by itself."""
    for each in (verb, *(c for c in verb.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX"))):
        yield from _wished_one(each, words)


def _wished_one(verb: Token, words: Words) -> Iterator[tuple[Stance, Token]]:
    lemma = verb.lemma_.lower()
    found = list(objects(verb))
    below = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and c.pos_ == "VERB"), None)
    if words.has("complement.light", lemma) and below is not None and not negated(verb) and not any(c.dep_ == "nsubj" for c in below.children):
        for each in (below, *(c for c in below.children if c.dep_ == "conj" and c.pos_ == "VERB")):
            yield from _wished_one(each, words)
    elif negated(verb):
        against = words.has("verb.oppose", lemma) or words.has("value.blamed", lemma)
        yield ("support", found[0]) if against and found else ("oppose", verb)
    elif words.has("verb.oppose", lemma) or words.has("complement.lifting", lemma) or words.has("complement.curbing", lemma):
        yield "oppose", found[0] if found else verb
    elif words.has("complement.dropping", lemma) and found and words.has("complement.dropped", found[0].lemma_.lower()):
        yield "oppose", found[0]
    elif words.has("complement.ending", lemma) and not found and any(c.dep_ == "nsubj" for c in verb.children):
        yield "oppose", next(c for c in verb.children if c.dep_ == "nsubj")
    elif words.has("complement.refraining", lemma) and not _staying(verb):
        ends = [c for c in verb.children if c.dep_ in ("xcomp", "acomp")] + list(after(verb, "from"))
        yield "oppose", (ends or found or [verb])[0]
    elif (
        words.has("modal.out", lemma)
        and modal(verb, words, "must")
        and any(c.ent_type_ == "PERSON" or c.pos_ == "PRON" for c in verb.children if c.dep_ == "nsubj")
    ):
        yield "oppose", next(c for c in verb.children if c.dep_ == "nsubj")
    elif words.has("verb.support", lemma) and found:
        yield "support", found[0]
    else:
        yield "support", verb


def _staying(verb: Token) -> bool:
    """Read "to stay on good terms"; "to stay out" keeps away."""
    return verb.lemma_ == "stay" and not any(c.lower_ in ("out", "away", "off", "clear", "home") for c in verb.children)


def embedded(verb: Token, words: Words) -> bool:
    """True for a verb that only tells what somebody else wants, supports or must do; the higher word speaks for it."""
    token = verb
    for _ in range(5):
        if modal(token, words, "must"):
            return True
        if token.dep_ in ("xcomp", "ccomp", "pcomp"):
            lemma = token.head.lemma_.lower()
            own = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
            if (
                token.head.pos_ == "VERB"
                and any(words.has(f"verb.{n}", lemma) for n in ("want", "refuse", "support", "tell", "oppose"))
                and not (own and lemma == "insist")
            ):
                return True
            if token.head.pos_ == "ADP" and not own and words.has("verb.want", token.head.head.lemma_.lower()):
                return True
        if token.dep_ in ("xcomp", "conj", "acl"):
            token = token.head
        else:
            return False
    return False
