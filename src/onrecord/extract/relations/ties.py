"""Ties told by a noun: "the partnership between A and B", "A's rivalry with B", "A, an ally of B"; and "A is at odds with B".

It tells nothing of a tie whose two sides are not both named.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Token

from onrecord.extract.relations.build import tie
from onrecord.extract.relations.lexicon import lexicon
from onrecord.extract.scene import Scene, key, pairs, same
from onrecord.extract.syntax import after, ahead, bearers, governor, objects, subject, subjects_up
from onrecord.model import Participant, Relation
from onrecord.model.records import RelationStatus, RelationType


def ties(scene: Scene) -> Iterator[Relation]:
    """Every tie a noun of the block tells."""
    words = lexicon().table["tie"]
    for token, lemma, pos in scene.words:
        if pos in ("NOUN", "PROPN", "ADJ") and token.lower_ not in words["allied"]:
            kind = words["nouns"].get(lemma) or _coloured(token, lemma, words) or _signed(token, lemma, words)
            if kind:
                yield from _between(scene, token, kind, words)
            elif lemma in words["exercise"]:
                yield from _between(scene, token, "partnership", words)
            elif lemma in words["ally"]:
                yield from _role(scene, token, "alliance")
            elif lemma in words["rival"] or lemma.replace(" ", "-") in words["rival"]:
                yield from _role(scene, token, "dispute")
            elif lemma in words["partner"]:
                yield from _role(scene, token, "partnership")
            elif lemma in words["invasion"]:
                yield from _invasion(scene, token, "war")
            elif lemma in words["occupation"]:
                yield from _invasion(scene, token, "dispute")
        if lemma == "at":
            yield from _at(scene, token, words["be_at"])
        elif token.lower_ in words["allied"]:
            yield from _allied(scene, token)


def _allied(scene: Scene, word: Token) -> Iterator[Relation]:
    """Read "the B-allied A", "A, allied with B"."""
    of = [p for t in after(word, "with", "to") for p in scene.who(t)]
    of = of or [p for c in word.lefts if c.i + 2 == word.i or c.i + 1 == word.i for p in scene.single(c)]
    said = scene.who(word.head) if word.dep_ in ("amod", "acl") else []
    for a, b in pairs(said, of):
        yield tie(scene, "alliance", a, b, scene.span(word.left_edge, word), directed=False, detail=word.text, anchor=word, confidence=0.7)


def at_odds(scene: Scene) -> Iterator[Relation]:
    """The ties of the form "A is at odds with B" only; of "A and B are at odds" it is not said who opposes whom."""
    kinds = lexicon().table["tie"]["be_at"]
    for token, lemma, _ in scene.words:
        if lemma == "at":
            yield from (
                found
                for found in _at(scene, token, kinds)
                if found.object.mention is not None and found.object.mention.start > scene.block.start(token)
            )


def _coloured(noun: Token, lemma: str, words: dict[str, list[str]]) -> RelationType | None:
    """Read "ties" and "relations" are a tie of one kind only with an adjective that says which."""
    if lemma not in words["plain"]:
        return None
    said = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound")}
    said |= {d.lower_ for c in noun.children if c.dep_ == "amod" for d in c.children}
    if said & set(words["cold"]):
        return "dispute"
    return "partnership" if said & set(words["warm"]) else None


def _signed(noun: Token, lemma: str, words: dict[str, list[str]]) -> RelationType | None:
    """An agreement makes partners once it is signed."""
    signed = (
        lemma in words["agreement"] and noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in words["sign"] and noun.head.tag_ in ("VBD", "VBN")
    )
    return "partnership" if signed else None


def _between(scene: Scene, noun: Token, kind: RelationType, words: dict[str, list[str]]) -> Iterator[Relation]:
    """The two sides of a tie noun."""
    inner = [p for t in (*after(noun, "between", "among"), *ahead(noun, "between")) for p in scene.who(t)]
    if len(inner) < 2:
        inner = _hyphened(scene, noun) or scene.owners(noun)
    led = next((c for c in noun.children if c.dep_ in ("amod", "compound") and c.lower_.endswith("led")), None)
    inner = inner or ([p for c in led.subtree for p in scene.single(c)] if led is not None else [])
    others = [p for t in after(noun, "with", "against", "toward", "towards", "to") for p in scene.who(t)]
    verb = governor(noun)
    found: list[tuple[Participant, Participant]] = []
    if others:
        left = inner or _doers(scene, noun, verb, kind)
        found = list(pairs(left, others))
    elif len(inner) >= 2:
        found = [(a, b) for a, b in combinations(inner, 2) if not same(a, b)]
    elif verb is not None and noun in list(objects(verb)) and verb.lemma_ in (*words["strengthen"], "fight"):
        done_by = subject(verb)
        sides = scene.who(done_by) if done_by is not None else []
        found = [(a, b) for a, b in combinations(sides, 2) if not same(a, b)]
    for a, b in ((_acting(scene, x), _acting(scene, y)) for x, y in found[:6]):
        status = _status(noun, verb, words, kind)
        yield tie(scene, kind, a, b, scene.span(noun.left_edge, noun.right_edge), directed=False, status=status,
                             detail=_detail(scene, noun), anchor=noun, confidence=0.7)  # fmt: skip


def _hyphened(scene: Scene, noun: Token) -> list[Participant]:
    """Both sides of "the Kenyan-Chadian pact"."""
    left = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "nmod")]
    words = [w for t in left for w in t.subtree]
    if not any(w.text in ("-", "–") for w in words):
        return []
    found = [p for w in words for p in scene.single(w)]
    return found if len({key(p) for p in found}) > 1 else []


def _doers(scene: Scene, noun: Token, verb: Token | None, kind: RelationType) -> list[Participant]:
    """Who has the tie, where only its other side stands beside the noun: the subject of the verb, or of a clause around it."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.pos_ in ("NOUN", "PROPN"):
        return [_acting(scene, p) for p in scene.who(noun.head.head)]
    if verb is None or (kind == "partnership" and verb.lemma_ not in lexicon().table["tie"]["strengthen"]):
        return []
    for found in subjects_up(noun):
        sides = [_acting(scene, p) for p in scene.who(found)]
        if sides:
            return sides
    return []


def _acting(scene: Scene, participant: Participant) -> Participant:
    """A person stands for the state it acts for."""
    if participant.actor is not None and participant.actor.kind == "person":
        return scene.state_of(participant) or participant
    return participant


def _status(noun: Token, verb: Token | None, words: dict[str, list[str]], kind: RelationType) -> RelationStatus:
    if kind == "war" and (noun.tag_ == "NNS" or (verb is not None and verb.tag_ == "VBD")):
        return "former"
    if verb is not None and verb.lemma_ in words["planned"]:
        return "planned"
    if any(c.lower_ in (*words["past"], *words["future"]) for c in noun.children):
        return "former" if any(c.lower_ in words["past"] for c in noun.children) else "planned"
    return "current"


def _detail(scene: Scene, noun: Token) -> str:
    """The noun with its adjectives."""
    first = noun
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound") and scene.covering.get(child.i) is None:
            first = min(first, child, key=lambda t: t.i)
    return scene.span(first, noun).text


def _role(scene: Scene, noun: Token, kind: RelationType) -> Iterator[Relation]:
    """A role noun such as ally or rival: whose it is, and of whom it is said."""
    said = [p for t in bearers(noun) for p in scene.who(t)]
    of = [p for t in after(noun, "of", "to") for p in scene.who(t)] or [p for p in scene.owners(noun) if not any(same(p, q) for q in said)]
    if said and not of and (kind == "dispute" or (kind == "alliance" and noun.dep_ == "pobj" and noun.head.lower_ == "as")):
        of = next((sides for t in subjects_up(noun) if (sides := [_acting(scene, p) for p in scene.who(t)])), [])
    for a, b in list(pairs(of, [_acting(scene, p) for p in said]))[:6]:
        yield tie(scene, kind, a, b, scene.span(noun.left_edge, noun.right_edge), directed=False, detail=noun.text, anchor=noun, confidence=0.7)


def _invasion(scene: Scene, noun: Token, kind: RelationType) -> Iterator[Relation]:
    """Read "A's invasion of B"."""
    struck = [p for t in after(noun, "of", "by") for p in scene.who(t) if t.head.lower_ == "of"]
    by = scene.owners(noun) or [p for t in after(noun, "by") for p in scene.who(t)]
    for a, b in pairs([_acting(scene, p) for p in by], struck):
        yield tie(scene, kind, a, b, scene.span(noun.left_edge, noun.right_edge), detail=noun.text, anchor=noun, confidence=0.8)


def _at(scene: Scene, at: Token, kinds: dict[str, RelationType]) -> Iterator[Relation]:
    """Read "A is at odds with B", "A, at war with B"."""
    noun = next((c for c in at.children if c.dep_ == "pobj"), None)
    kind = kinds.get(noun.lower_) if noun is not None else None
    if noun is None or kind is None:
        return
    head = at.head
    left = subject(head) if head.pos_ in ("VERB", "AUX") else head
    right = [p for t in (*after(noun, "with"), *after(at, "with"), *after(head, "with")) for p in scene.who(t)]
    sides = scene.who(left) if left is not None else []
    found = list(pairs(sides, right)) if right else [(a, b) for a, b in combinations(sides, 2) if not same(a, b)]
    for a, b in found[:3]:
        yield tie(scene, kind, a, b, scene.clause(at), directed=False, detail=f"at {noun.text}", anchor=noun, confidence=0.85)
