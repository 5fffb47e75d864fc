"""Stances shown by a verb: who supports, opposes, wants, refuses, gives or breaks off."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import PHRASE, VERB
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.giving import deed
from onrecord.extract.positions.grammar import asserted, clause, embedded, modal, negated, wished
from onrecord.extract.positions.holders import holders
from onrecord.extract.positions.lexicon import Words, stance_words
from onrecord.extract.positions.stances import neither, sided
from onrecord.extract.positions.targets import drafts
from onrecord.extract.scene import Scene
from onrecord.extract.syntax import after, objects
from onrecord.model.records import Stance


def predicates(scene: Scene) -> Iterator[Draft]:
    """Every stance a verb of the block shows."""
    words = stance_words()
    for verb, lemmatised, pos in scene.words:
        bare = words.forms.get(verb.lower_, lemmatised)
        if pos not in ("VERB", "AUX") or verb.dep_ == "amod" or not any(bare in known for known in (words.verbs, words.phrases, words.deeds)):
            continue
        if not asserted(verb):
            continue
        yield from _shown(scene, verb, bare, words) if pos == "VERB" else _sided(scene, verb, bare, words)


def _shown(scene: Scene, verb: Token, bare: str, words: Words) -> Iterator[Draft]:
    """What one verb shows: the first reading of it that its lists and its words allow."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt" or (c.dep_ in ("advmod", "prep") and c.i == verb.i + 1)), "")
    lemma = f"{bare} {particle}" if words.has("verb.oppose", f"{bare} {particle}") else bare
    if bare == "back" and particle == "up":
        return
    if words.has("verb.refuse", lemma):
        yield from _refusal(scene, verb, words)
        return
    unsaid = words.has("silence.confirming", lemma) and verb.dep_ == "conj" and words.has("silence.confirming", verb.head.lemma_)
    if unsaid or embedded(verb, words):
        return
    if sided(verb, bare, words) is not None or neither(verb, lemma, words):
        yield from _sided(scene, verb, bare, words)
    elif lemma == "look" and any(c.lower_ == "forward" for c in verb.children):
        yield from _forward(scene, verb)
    elif words.has("verb.threatening", lemma):
        yield from _threat(scene, verb)
    elif words.has("verb.want", lemma) and _wants(verb, lemma, words):
        given = list(deed(scene, verb, lemma, words)) if words.has("deed.give", lemma) else []
        yield from given or _wish(scene, verb, lemma, words)
    else:
        yield from _lexical(scene, verb, lemma, words)


def _lexical(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Draft]:
    """What the list shows in which the verb stands."""
    if words.has("verb.tell", lemma):
        yield from _told(scene, verb, words)
    elif words.has("verb.support", lemma) or words.has("verb.oppose", lemma):
        yield from _plain(scene, verb, lemma, words)
    elif words.has("verb.emphasis", lemma):
        yield from _emphasis(scene, verb, words)
    elif lemma in words.map("verb", "prepositions"):
        yield from _prepositional(scene, verb, lemma, words)
    else:
        yield from deed(scene, verb, lemma, words)


def _sided(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Draft]:
    """Reads what :func:`sided` finds; "neither backs nor rejects" is told once."""
    side = sided(verb, lemma, words)
    if side is None or (verb.dep_ == "conj" and side.stance == "neutral" and neither(verb.head, verb.head.lemma_.lower(), words)):
        return
    yield from drafts(scene, holders(scene, verb), side.stance, verb, side.about, evidence=clause(scene, verb), confidence=PHRASE)


def _threat(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Reads "A threatened to veto B": against what the threat is aimed at, else what would be undone."""
    below = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if below is None or negated(verb):
        return
    about = next((t for w in (below, *objects(below)) for t in after(w, "against", "on")), None) or next(iter(objects(below)), below)
    yield from drafts(scene, holders(scene, verb), "oppose", verb, about, evidence=clause(scene, verb), confidence=PHRASE)


def _plain(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Draft]:
    """Reads "A condemned B", "a charge rejected by A", "B was welcomed by A"."""
    stance: Stance = "support" if words.has("verb.support", lemma) else "oppose"
    about = next(iter(objects(verb)), None)
    if about is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        about = verb.head
    if about is None:
        about = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None)
    if about is None:
        about = next(after(verb, *words.map("verb", "prepositions").get(lemma, ["against"])), None)
    if about is None or (words.has("verb.denying", lemma) and not _charge(about, words)):
        return
    if negated(verb):
        never = any(c.lower_ == "never" for c in verb.children)
        if stance == "oppose" or (not never and any(c.lower_ in ("yet", "has", "have", "had") for c in verb.children)):
            return
        stance = "oppose"
    yield from drafts(scene, holders(scene, verb), stance, verb, about, evidence=clause(scene, verb), confidence=VERB)


def _charge(about: Token, words: Words) -> bool:
    """What a denial must be of to be a stance: a charge, a claim or access, not a deed of one's own ("denied shelling")."""
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in about.children)
    return words.has("verb.charges", about.lemma_.lower()) or (about.dep_ == "ccomp" and own)


def _emphasis(scene: Scene, verb: Token, words: Words) -> Iterator[Draft]:
    """Reads "A stressed the need for …", "emphasising their partnership"."""
    about = next((t for t in objects(verb) if words.has("verb.emphasised", t.lemma_.lower())), None)
    if about is not None and not negated(verb):
        yield from drafts(scene, holders(scene, verb), "support", verb, about, evidence=clause(scene, verb), confidence=VERB)


def _prepositional(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Draft]:
    stance: Stance
    if words.has("verb.preposition_support", lemma):
        stance = "support"
    elif words.has("verb.preposition_oppose", lemma):
        stance = "oppose"
    else:
        return
    if negated(verb):
        if stance == "oppose":
            return
        stance = "oppose"
    for about in after(verb, *words.map("verb", "prepositions")[lemma]):
        yield from drafts(scene, holders(scene, verb), stance, verb, about, evidence=clause(scene, verb), confidence=VERB)


def _wants(verb: Token, lemma: str, words: Words) -> bool:
    """False for "asked whether", "called X Y", "try to find": the verb's other meanings."""
    if words.has("verb.trying", lemma):
        below = [c.lemma_.lower() for c in verb.children if c.dep_ == "xcomp"]
        return any(
            words.has(f"{name}", b)
            for b in below
            for name in ("intent.support", "verb.support", "verb.oppose", "complement.curbing", "complement.achieving")
        )
    if lemma == "call":
        return any(c.dep_ == "prep" and c.lower_ in ("for", "on", "upon") for c in verb.children) or any(
            c.dep_ == "mark" and c.lower_ == "for" for v in verb.children if v.dep_ in ("advcl", "xcomp", "ccomp") for c in v.children
        )
    if words.has("verb.with_complement", lemma):
        return any(c.dep_ in ("xcomp", "prep", "ccomp") for c in verb.children) and not any(c.lower_ in ("whether", "if") for c in verb.subtree)
    return True


def _wish(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Draft]:
    """Reads "A wants to …", "A urged B to …", "A hopes that …", "A called for …", "A proposed …"."""
    who = holders(scene, verb)
    evidence = clause(scene, verb)
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and _clausal(c) and _to(c)]
    clauses += [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"]
    if words.has("verb.claiming", lemma):
        clauses = [c for c in clauses if c.dep_ != "ccomp" or _subjunctive(c, words)]
    for below in clauses:
        same_side = not any(c.dep_ in ("nsubj", "nsubjpass") for c in below.children) and not any(c.dep_ == "dobj" for c in verb.children)
        if words.has("complement.unsaid", below.lemma_.lower()) or (same_side and words.has("complement.empty", below.lemma_.lower())):
            continue
        for stance, about in wished(below, words):
            flipped: Stance = ("oppose" if stance == "support" else "support") if negated(verb) else stance
            yield from drafts(scene, who, flipped, verb, about, evidence=evidence, confidence=VERB)
    if clauses:
        return
    nouns = list(after(verb, *words.map("verb", "prepositions").get(lemma, ["for"])))
    if not words.has("verb.no_object", lemma) or (lemma == "expect" and any(True for t in objects(verb) for _ in after(t, "from"))):
        nouns += list(objects(verb))
    for about in nouns:
        if about.ent_type_ not in ("DATE", "TIME", "ORDINAL") and about.pos_ != "PRON":
            yield from drafts(scene, who, "oppose" if negated(verb) else "support", verb, about, evidence=evidence, confidence=VERB)
    if lemma == "offer":
        for about in (t for o in objects(verb) for t in (*after(verb, "to", "for"), *after(o, "to", "for"))):
            yield from drafts(scene, who, "support", verb, about, evidence=evidence, confidence=PHRASE)


def _subjunctive(verb: Token, words: Words) -> bool:
    """True for "that B leave", "that B should leave", "that it would leave"; "suggested that B was leaving" claims a fact."""
    bare = verb.tag_ in ("VB", "VBP") and not any(c.dep_ in ("aux", "auxpass") and c.tag_ != "VB" for c in verb.children)
    return (bare and verb.lower_ not in ("is", "are", "am")) or modal(verb, words, "must") or modal(verb, words, "intent")


def _clausal(word: Token) -> bool:
    """A verb, or what the tagger takes for a noun behind "to"."""
    return word.pos_ in ("VERB", "AUX") or any(c.dep_ == "aux" and c.lower_ == "to" for c in word.children)


def _to(verb: Token) -> bool:
    """A complement, not a purpose clause set off by a comma: an infinitive, a gerund, or a finite clause."""
    return verb.dep_ != "advcl" or (any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) and verb.doc[verb.left_edge.i - 1].text != ",")


def _forward(scene: Scene, verb: Token) -> Iterator[Draft]:
    """Reads "A looks forward to B"."""
    ends = [
        c
        for t in (verb, *verb.children)
        for p in t.children
        if p.lower_ == "to" and p.dep_ == "prep"
        for c in p.children
        if c.dep_ in ("pobj", "pcomp")
    ]
    if ends and not negated(verb):
        yield from drafts(scene, holders(scene, verb), "support", verb, ends[0], evidence=clause(scene, verb), confidence=VERB)


def _told(scene: Scene, verb: Token, words: Words) -> Iterator[Draft]:
    """Reads "A told B to stay out", "A warned B against …"."""
    who = holders(scene, verb)
    for below in (c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and any(x.lower_ == "to" and x.dep_ == "aux" for x in c.children)):
        if not words.has("complement.empty", below.lemma_.lower()):
            for stance, about in wished(below, words):
                yield from drafts(scene, who, stance, verb, about, evidence=clause(scene, verb), confidence=VERB)
    for about in after(verb, "against"):
        yield from drafts(scene, who, "oppose", verb, about, evidence=clause(scene, verb), confidence=VERB)


def _refusal(scene: Scene, verb: Token, words: Words) -> Iterator[Draft]:
    """Reads "A refuses to recognise B", for B "A refuses to condemn B"; silence is told elsewhere."""
    below = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if below is not None and not words.has("verb.comment", below.lemma_.lower()) and not negated(verb):
        about = next(iter(objects(below)), below)
        undone = any(words.has(name, below.lemma_.lower()) for name in ("complement.lifting", "verb.oppose", "complement.curbing"))
        yield from drafts(scene, holders(scene, verb), "support" if undone else "oppose", verb, about, evidence=clause(scene, verb), confidence=VERB)
