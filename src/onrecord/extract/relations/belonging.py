"""Belonging: members of organisations and parties, and the organs of a state or body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Token

from onrecord.extract.relations.build import tie
from onrecord.extract.relations.lexicon import lexicon
from onrecord.extract.scene import Scene, pairs, same
from onrecord.extract.syntax import after, bearers, objects, subjects_up
from onrecord.model import Participant, Relation


def belonging(scene: Scene) -> Iterator[Relation]:
    """Every membership and part-of the block tells by a noun."""
    table: dict[str, Any] = lexicon().table
    for token, lemma, pos in scene.words:
        if pos not in ("NOUN", "PROPN"):
            continue
        if lemma in table["membership"]["member"]:
            yield from _member(scene, token, table["membership"]["include"])
        elif lemma in table["membership"]["party"]:
            yield from _party(scene, token)
        if lemma in table["part"]["organs"]:
            yield from _organ(scene, token)
        elif lemma in table["part"]["wings"]:
            yield from _wing(scene, token)


def _organisations(found: list[Participant]) -> list[Participant]:
    return [p for p in found if p.actor is not None and p.actor.kind in ("organisation", "group", "body")]


def _member(scene: Scene, noun: Token, include: list[str]) -> Iterator[Relation]:
    """Read "A, a member of B"; "B member A"; "B's members include A"; "B expanded to nine member states, including A"."""
    outer = noun.head if noun.dep_ == "compound" and noun.head.lemma_ in ("state", "country", "nation") else noun
    orgs = _organisations(
        [p for t in after(outer, "of") for p in scene.who(t)] + scene.owners(outer) + (scene.owners(noun) if outer is not noun else [])
    )
    told = [p for t in bearers(outer) for p in scene.who(t)]
    for verb in (*(c for c in outer.children if c.dep_ in ("acl", "prep")), outer.head, *(t for t in outer.subtree if t.lemma_ in include)):
        if verb.lemma_ in include or verb.lower_ == "including":
            told += [p for t in (*objects(verb), *(c for c in verb.children if c.dep_ == "pobj")) if t.i > outer.i for p in scene.who(t)]
    if told and not orgs:
        orgs = next((o for t in subjects_up(outer) if (o := _organisations(scene.who(t)))), [])
    denied = outer.dep_ == "attr" and any(c.dep_ == "neg" for c in outer.head.children)
    for a, b in list(pairs([p for p in told if p.actor], orgs[:1]))[:12]:
        yield tie(scene, "membership", a, b, scene.clause(outer), status="denied" if denied else "current",
                             detail=scene.span(_first(noun), noun).text, anchor=noun, confidence=0.75)  # fmt: skip


def _first(noun: Token) -> Token:
    return next((c for c in noun.lefts if c.dep_ == "amod"), noun)


def _party(scene: Scene, noun: Token) -> Iterator[Relation]:
    """Read "A's Red party", "the Red faction of President A"."""
    party = _organisations(scene.single(noun)) or _organisations(
        [p for c in noun.children if c.dep_ in ("compound", "appos") for p in scene.single(c)]
    )
    if not party:
        return
    people = [p for c in noun.children if c.dep_ == "poss" for p in scene.who(c)] + [p for t in after(noun, "of") for p in scene.who(t)]
    for a, b in pairs([p for p in people if p.actor and p.actor.kind == "person"], party[:1]):
        yield tie(scene, "membership", a, b, scene.span(noun.left_edge, noun.right_edge), anchor=noun, confidence=0.8)


def _wing(scene: Scene, noun: Token) -> Iterator[Relation]:
    """Read "A, the political wing of B", "B's armed wing, A"."""
    of = [p for t in after(noun, "of") for p in scene.single(t)] or scene.owners(noun)
    said = [p for t in bearers(noun) for p in scene.single(t)]
    for a, b in pairs(_organisations(said), _organisations(of)):
        yield tie(scene, "part-of", a, b, scene.span(noun.left_edge, noun.right_edge), detail=noun.text, anchor=noun, confidence=0.8)


def _organ(scene: Scene, noun: Token) -> Iterator[Relation]:
    """Read "A's foreign ministry", "the B governing board", "the foreign ministry of A"."""
    organ = [p for p in scene.single(noun) if p.actor is not None and p.actor.kind == "body"]
    if not organ:
        return
    of = scene.owners(noun) or [p for t in after(noun, "of") for p in scene.who(t)]
    if noun.dep_ == "compound" and lexicon().is_title(noun.head):
        return
    if not of and any(c.ent_type_ in ("GPE", "NORP") and c.dep_ in ("poss", "amod", "compound", "nmod") for c in noun.children):
        state = scene.state_of(organ[0])
        of = [state] if state is not None else []
    for p in of:
        if p.actor is not None and p.actor.kind in ("state", "people", "organisation") and not same(p, organ[0]):
            whole = scene.state_of(p) if p.actor.kind == "people" else p
            if whole is not None:
                yield tie(scene, "part-of", organ[0], whole, scene.span(noun.left_edge, noun), anchor=noun, confidence=0.7)
            return
