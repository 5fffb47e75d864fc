"""Sanctions, embargoes, boycotts and freezes of aid: who keeps them on whom.

The sanctioned side may stand further back: where the noun does not name it, it is the nearest state before it that does not impose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from onrecord.extract.relations.build import tie
from onrecord.extract.relations.lexicon import lexicon
from onrecord.extract.scene import Scene, key, pairs
from onrecord.extract.syntax import after, ahead, governor, objects, subject, subjects_up
from onrecord.model import Participant, Relation
from onrecord.model.records import RelationStatus


def sanctions(scene: Scene) -> Iterator[Relation]:
    """Every sanction of the block."""
    words: dict[str, Any] = lexicon().table["sanction"]
    for token, lemma, pos in scene.words:
        if pos in ("NOUN", "PROPN") and (lemma in words["nouns"] or (lemma == "ban" and _of_trade(token, words))):
            yield from _noun(scene, token, words)
        elif pos == "VERB" and (lemma in words["boycott"] or lemma in words["freeze"] or lemma in words["ban"]):
            yield from _verb(scene, token, lemma, words)


def _of_trade(noun: Token, words: dict[str, Any]) -> bool:
    """Whether a ban is one on travel or trade: "visa bans"."""
    return any(c.dep_ == "compound" and c.lower_ in words["bans"] for c in noun.children)


def _noun(scene: Scene, noun: Token, words: dict[str, Any]) -> Iterator[Relation]:
    verb = governor(noun)
    relative = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and c.lemma_ in words["verbs"]), None)
    by = _imposers(scene, noun, relative or verb, words)
    if not by:
        return
    complements = [*after(noun, "on", "against", "of"), *ahead(noun, "on"), *ahead(noun, "against")]
    for head in (verb if noun.dep_ in ("dobj", "nsubjpass") else None, relative):
        complements += after(head, "on", "against") if head is not None else ()
    named = [p for t in complements for p in _struck(scene, t)] + _anti(scene, noun)
    backwards = not complements and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "conj")
    on = named or (_before(scene, noun, by) if backwards else [])
    for a, b in list(pairs(by, on))[:6]:
        evidence = scene.clause(noun) if verb else scene.span(noun.left_edge, noun.right_edge)
        yield tie(scene, "sanction", a, b, evidence, status=_status(noun, verb, words), detail=scene.span(noun.left_edge, noun).text,
                  anchor=noun, confidence=0.8 if named else 0.6)  # fmt: skip


def _struck(scene: Scene, token: Token) -> list[Participant]:
    """Who is hit by sanctions on X, on X's banks, on an X-based bank or on trade with X."""
    several = next(after(token, "of"), None) if token.lemma_ in ("dozen", "score", "hundred", "number", "list") else None
    token = several or token
    if token.lemma_ in lexicon().table["sanction"]["persons"]:
        state = next((s for p in scene.who(token) if p.actor is not None and (s := scene.state_of(p)) is not None), None)
        named = next((p.mention for p in scene.who(token)), None)
        if state is not None:
            return [Participant(named, state.actor)]
    found = scene.who(token) or scene.owners(token) or [p for t in after(token, "with", "to", "from") for p in scene.who(t)]
    return found or [p for c in token.children if c.dep_ in ("amod", "compound") for p in _inside(scene, c)]


def _anti(scene: Scene, noun: Token) -> list[Participant]:
    """The Kenya of "an anti-Kenya boycott"."""
    return [p for c in noun.lefts for t in c.subtree for p in scene.single(t) if scene.opposed(p)]


def _inside(scene: Scene, token: Token) -> list[Participant]:
    return [p for t in token.subtree for p in scene.single(t)]


def _imposers(scene: Scene, noun: Token, verb: Token | None, words: dict[str, Any]) -> list[Participant]:
    """Whose sanctions they are: the owner, "by" or "from" whom, or who imposes, keeps, seeks or lifts them."""
    found = scene.owners(noun)
    if noun.dep_ == "conj":
        found = found or scene.owners(noun.head)
    near = (*after(noun, "by", "from"), *ahead(noun, "by", 3), *ahead(noun, "from", 3))
    found = found or [p for t in near for p in scene.who(t)]
    if not found and verb is not None and verb.lemma_ in (*words["verbs"], *words["lifting"], *words["seeking"]):
        by = [t for t in after(verb, "by") if t.head.dep_ == "agent"]
        doers = by or [t for t in (subject(verb), *subjects_up(noun)) if t is not None and t is not noun]
        found = next((who for t in doers if (who := scene.who(t))), [])
        found = (
            found + [p for t in after(verb, "alongside", "with") for p in scene.who(t)] + [p for t in after(noun, "alongside") for p in scene.who(t)]
        )
    return found


def _before(scene: Scene, noun: Token, by: list[Participant]) -> list[Participant]:
    """The nearest state, people or movement before the noun in its block that does not impose."""
    imposing = {key(p) for p in by} | {p.actor.country for p in by if p.actor and p.actor.country}
    for i in range(noun.i - 1, -1, -1):
        mention = None if _aside(scene.block.doc[i]) else scene.covering.get(i)
        for p in reversed(mention.participants) if mention is not None else ():
            if p.actor is not None and p.actor.kind in ("state", "people", "group") and key(p) not in imposing and p.actor.country not in imposing:
                return [p]
    return []


def _aside(token: Token) -> bool:
    """In a relative clause: said of somebody already named."""
    return any(t.dep_ == "relcl" for t in (token, *token.ancestors))


def _status(noun: Token, verb: Token | None, words: dict[str, Any]) -> RelationStatus:
    if verb is None:
        return "current"
    chain = [verb, *(a for a in verb.ancestors if a.pos_ == "VERB")][:2]
    if any(v.lemma_ in words["seeking"] and v.lemma_ not in words["lifting"] for v in chain) and verb.lemma_ not in words["lifting"]:
        return "planned"
    if verb.lemma_ in words["lifting"] and verb.tag_ in ("VBD", "VBN") and not any(c.dep_ == "neg" for c in verb.children):
        return "former" if noun.dep_ in ("dobj", "nsubjpass") else "current"
    return "current"


def _verb(scene: Scene, verb: Token, lemma: str, words: dict[str, Any]) -> Iterator[Relation]:
    """Read "A froze aid to B", "A banned visits to B", "A boycotts B"."""
    unsure = lexicon().table["modal"]["unsure"]
    if any(c.dep_ == "neg" or (c.dep_ == "aux" and c.lower_ in unsure) for c in verb.children):
        return
    found = list(objects(verb))
    hit: list[Participant] = []
    if lemma in words["boycott"]:
        hit = [p for t in found for p in scene.who(t) if p.actor and p.actor.kind != "person"]
    elif (lemma in words["freeze"] and any(o.lemma_ in words["frozen"] for t in found for o in (t, *after(t, "in", "of")))) or (
        lemma in words["ban"] and any(t.lemma_ in words["banned"] for t in found)
    ):
        bearers = [*found, *(f for t in found for f in after(t, "in", "of")), verb]
        ends = (o for t in bearers for o in (*after(t, "to", "from", "with", "of"), *ahead(t, "to"), *ahead(t, "from")))
        hit = [p for o in ends for p in scene.who(o)]
        hit = hit or [p for t in found for p in scene.owners(t)]
    else:
        return
    by = [t for t in after(verb, "by") if t.head.dep_ == "agent"]
    doer = by[0] if by else subject(verb)
    imposers = scene.who(doer) if doer is not None else []
    if imposers and not hit:
        hit = _before(scene, verb, imposers)
    for a, b in list(pairs(imposers, hit))[:4]:
        yield tie(
            scene, "sanction", a, b, scene.clause(verb), detail=scene.span(verb, found[0]).text if found else verb.text, anchor=verb, confidence=0.6
        )
