"""Stances shown by a noun or an adjective: "their support for …", "opposition from A to …", "A is committed to …", "A, bent on …"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import NOMINAL
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, clause, embedded, negated, wished
from onrecord.extract.positions.holders import governed, holders
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.targets import drafts
from onrecord.extract.scene import Scene, same
from onrecord.extract.syntax import after, ahead, bearers, governor, subject
from onrecord.model import Participant
from onrecord.model.records import Stance

_NEAR = 3
"""How far behind a noun "in A" may stand and still say whose it is."""


_SAID_OF = ("nsubj", "attr", "ROOT", "pobj")
"""Where a noun that else must be voiced shows a stance when its holder stands behind it."""


def nominals(scene: Scene) -> Iterator[Draft]:
    """Every stance a noun or adjective of the block shows."""
    words = stance_words()
    for token, lemma, pos in scene.words:
        if lemma in ("favor", "favour") and token.head.lower_ == "in":
            yield from _stand(scene, token, "support")
        elif pos in ("NOUN", "PROPN"):
            if words.has("noun.support", lemma):
                yield from _noun(scene, token, "support", words)
            elif words.has("noun.oppose", lemma):
                yield from _noun(scene, token, "oppose", words)
            elif words.has("noun.friend", lemma) or words.has("noun.foe", lemma):
                yield from _role(scene, token, "support" if words.has("noun.friend", lemma) else "oppose")
            if words.has("noun.resolve", lemma):
                yield from _resolve(scene, token, words)
            if words.has("silence.nouns", lemma):
                yield from _unspoken(scene, token)
        elif pos in ("ADJ", "VERB", "ADP"):
            yield from _adjective(scene, token, words)


def _noun(scene: Scene, noun: Token, stance: Stance, words: Words) -> Iterator[Draft]:
    """Reads "A's support for B", "A expressed its opposition to B", "criticism of B by A", "anger in A at B", "A dropped its objections to B"."""
    verb = governor(noun)
    if verb is not None and noun.dep_ == "dobj" and stance == "oppose" and words.has("complement.dropping", verb.lemma_.lower()):
        about = _towards(scene, noun, None, [], words)
        if about is not None and asserted(verb) and not negated(verb) and not embedded(verb, words):
            yield from drafts(scene, holders(scene, verb), "support", noun, about, evidence=clause(scene, verb), confidence=NOMINAL)
        return
    if verb is not None and (negated(verb) or not asserted(verb) or words.has("noun.receiving", verb.lemma_) or _drawn(noun, verb, words)):
        if verb.lemma_ == "have" and stance == "support" and _none(noun, words):
            yield from _without(scene, noun, verb)
        return
    voiced = verb is not None and words.has("noun.voicing", verb.lemma_.lower()) and noun.dep_ in ("dobj", "conj", "nsubjpass")
    behind = [] if scene.owners(noun) else _behind(scene, noun)
    if words.has("noun.voiced_only", noun.lemma_.lower()) and not voiced and not (behind and noun.dep_ in _SAID_OF):
        return
    who = scene.owners(noun) or behind
    if voiced and verb is not None:
        who = [*who, *holders(scene, verb)] if verb.lemma_ == "share" else who or holders(scene, verb)
    about = _towards(scene, noun, verb if voiced else None, who, words)
    if about is None and stance == "oppose" and who and verb is not None and (verb.pos_ == "NOUN" or _in_spite(noun, words)):
        about = verb
    if (about is None and not (who and stance == "oppose" and _from(noun))) or (about is not None and about.i < noun.i and about != verb):
        return
    if about is not None and about.dep_ == "acl" and words.has("complement.empty", about.lemma_.lower()):
        return
    yield from drafts(scene, who, stance, noun, about, evidence=scene.phrase(noun), confidence=NOMINAL)


def _towards(scene: Scene, noun: Token, verb: Token | None, who: list[Participant], words: Words) -> Token | None:
    """What the stance of a noun is about: behind its prepositions, or those of the verb that voices it; never the holder itself."""
    ends = [*after(noun, *words.table["noun"]["prepositions"]), *(c for c in noun.children if c.dep_ in ("acl", "ccomp") and c.i > noun.i)]
    ends += [t for t in after(verb, "to", "over", "about", "at", "on") if t.i > noun.i] if verb is not None else []
    ends = [t for t in ends if t.ent_type_ not in ("DATE", "TIME")]
    return next((t for t in ends if not any(same(p, w) for p in governed(scene, t) for w in who)), None)


def _drawn(noun: Token, verb: Token, words: Words) -> bool:
    """Read "has the support of A": told of those behind the noun, and read there."""
    return noun.dep_ == "dobj" and words.has("feeling.drawing", verb.lemma_) and any(c.lower_ in ("of", "from") for c in noun.children)


def _in_spite(noun: Token, words: Words) -> bool:
    """Read "despite protests from A": against what the clause tells."""
    return noun.dep_ == "pobj" and words.has("noun.in_spite", noun.head.lower_)


def _behind(scene: Scene, noun: Token) -> list[Participant]:
    """Whose the stance is by what stands behind the noun: "opposition from A", "criticism by A", "anger in A at B"."""
    named = [p for t in (*after(noun, "from", "by"), *ahead(noun, "from", 2), *ahead(noun, "by", 3)) for p in scene.who(t)]
    if named:
        return named
    where = [t for t in (*after(noun, "in", "among", "within"),) if t.i - noun.i <= _NEAR]
    return [p for t in where for p in governed(scene, t) if p.actor is not None and p.actor.kind in ("state", "body", "people")]


def _none(noun: Token, words: Words) -> bool:
    return any(words.has("negation.determiners", c.lower_) for c in noun.children)


def _without(scene: Scene, noun: Token, verb: Token) -> Iterator[Draft]:
    """Reads "A has no plans to …", "A has no interest in …"."""
    about = next((c for c in noun.children if c.dep_ in ("acl", "xcomp", "ccomp")), None) or next(after(noun, "in", "for", "of", "to"), None)
    if about is not None:
        yield from drafts(scene, holders(scene, verb), "oppose", noun, about, evidence=clause(scene, verb), confidence=NOMINAL)


def _role(scene: Scene, noun: Token, stance: Stance) -> Iterator[Draft]:
    """Reads "A, a critic of B", "A is an advocate of B"."""
    about = next(after(noun, "of", "to"), None)
    verb = noun.head if noun.dep_ == "attr" else None
    if about is None or noun.dep_ not in ("appos", "attr") or (verb is not None and (negated(verb) or not asserted(verb))):
        return
    who = [p for t in bearers(noun) if t.i < noun.i for p in scene.who(t)]
    yield from drafts(scene, who, stance, noun, about, evidence=scene.phrase(noun), confidence=NOMINAL)


def _resolve(scene: Scene, noun: Token, words: Words) -> Iterator[Draft]:
    """Reads "A's plan to …", "A's decision not to …"."""
    below = next(
        (c for c in noun.children if c.dep_ in ("acl", "xcomp", "ccomp") and any(x.dep_ == "aux" and x.lower_ == "to" for x in c.children)), None
    )
    verb = governor(noun)
    announced = verb is not None and noun.dep_ == "dobj" and words.has("noun.announcing", verb.lemma_.lower()) and not negated(verb)
    who = scene.owners(noun) or (holders(scene, verb) if announced and verb is not None else [])
    if below is None or not who or (verb is not None and not asserted(verb)) or words.has("complement.empty", below.lemma_.lower()):
        return
    for stance, about in wished(below, words):
        yield from drafts(scene, who, stance, noun, about, evidence=scene.phrase(noun), confidence=NOMINAL)


def _unspoken(scene: Scene, noun: Token) -> Iterator[Draft]:
    """Reads "A's silence on B"."""
    about = next(after(noun, "on", "about", "over"), None)
    if about is not None:
        yield from drafts(scene, scene.owners(noun), "declines-comment", noun, about, evidence=scene.phrase(noun), confidence=NOMINAL)


def _from(noun: Token) -> bool:
    """Read "opposition from A": the holder is named, what is opposed stands elsewhere."""
    return any(c.dep_ in ("prep", "agent") and c.lower_ in ("from", "by") for c in noun.children)


def _adjective(scene: Scene, word: Token, words: Words) -> Iterator[Draft]:
    """Reads "A is opposed to B", "A is committed to B", "A, bent on B", "A is in favour of B", "A is against B"."""
    lower = word.lower_
    table: dict[str, Stance] = {"support": "support", "oppose": "oppose"}
    for name, stance in table.items():
        prepositions = words.map("adjective", name).get(lower)
        if prepositions is None:
            continue
        about = next(after(word, *prepositions), None) or next(
            (c for c in word.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > word.i and (c.dep_ != "advcl" or _infinitive(c))), None
        )
        alone = about is None and words.has("adjective.alone", lower)
        if (about is None and not alone) or (
            about is not None
            and about.pos_ == "VERB"
            and words.has("complement.empty", about.lemma_.lower())
            and not words.has("complement.ready", about.lemma_.lower())
        ):
            return
        head = word.head if word.dep_ in ("acomp", "conj", "oprd", "attr") or word.pos_ == "ADJ" else word
        if (word.dep_ == "amod" and not _set_off(word)) or not asserted(head if head.pos_ in ("VERB", "AUX") else word):
            return
        way = stance
        if negated(head) or negated(word):
            if stance == "oppose":
                return
            way = "oppose"
        yield from drafts(
            scene,
            _bearer(scene, word),
            way,
            word,
            about,
            evidence=clause(scene, word if head.pos_ not in ("AUX", "VERB") else head),
            confidence=NOMINAL,
        )
        return
    if lower == "against" and word.head.lemma_ in ("be", "stand", "remain"):
        yield from _stand(scene, word, "oppose")


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _set_off(word: Token) -> bool:
    """In apposition behind a name: "Turkey, worried about …, urged"."""
    return word.i > word.head.i + 1 and word.head.pos_ == "PROPN" and word.nbor(-1).text in (",", "--")


def _bearer(scene: Scene, word: Token) -> list[Participant]:
    """Of whom the adjective is said."""
    head = word.head
    if head.pos_ in ("AUX", "VERB") and word.dep_ in ("acomp", "attr", "oprd"):
        found = subject(head)
    elif word.dep_ in ("ROOT", "relcl", "conj", "ccomp", "advcl", "parataxis"):
        found = subject(word)
    else:
        found = head if head.pos_ in ("NOUN", "PROPN") else subject(word) if word.dep_ == "xcomp" else None
    return scene.who(found) if found is not None else []


def _stand(scene: Scene, word: Token, stance: Stance) -> Iterator[Draft]:
    verb = word.head if stance == "oppose" else word.head.head
    about = next((c for c in word.children if c.dep_ == "pobj"), None) if stance == "oppose" else next(after(word, "of"), None)
    if (
        about is not None
        and verb.pos_ in ("AUX", "VERB")
        and asserted(verb)
        and not negated(verb)
        and not any(c.lower_ == "up" for c in verb.children)
    ):
        found = subject(verb)
        yield from drafts(scene, scene.who(found) if found is not None else [], stance, word, about, evidence=clause(scene, verb), confidence=NOMINAL)
