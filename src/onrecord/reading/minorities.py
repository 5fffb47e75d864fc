"""A people within a state: "Iraqi Kurds", "the Albanians of southern Serbia", "ethnic Albanians demonstrated in Serbia" are that state's people."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.model import ActorRef
from onrecord.reading.descriptions import local
from onrecord.reading.names import Name, Names
from onrecord.reading.phrases import state_or_body

PLURAL = frozenset({"NNS", "NNPS"})


def minority(doc: Doc, names: Names, name: Name) -> ActorRef | None:
    """The group that a plural name of a people means where the text says in which state they are at home; None elsewhere."""
    own = {a.actor.country for a in name.aliases if a.kind == "people"}
    if not own:
        return None
    root = doc[name.start : name.end].root
    if root.tag_ not in PLURAL:
        return None
    ethnic = "ethnic" in (doc[name.start].lower_, doc[max(0, name.start - 1)].lower_)
    stateless = all(a.actor.kind == "people" for a in name.aliases)
    country = next((c for c in _states(doc, names, name, root, ethnic=ethnic, stateless=stateless) if c not in own), None)
    return local(country, root.lower_, "group", ("CVL",)) if country is not None else None


def _states(doc: Doc, names: Names, name: Name, root: Token, *, ethnic: bool, stateless: bool) -> Iterator[str]:
    """The states said before the name ("Iraqi Kurds", not "Finnish Americans"), behind it, and, of ethnic people, those where they act."""
    first = names.at.get(name.start - 1)
    if (
        stateless
        and first is not None
        and first.end == name.start
        and doc[first.end - 1].head == root
        and any(a.kind == "demonym" for a in first.aliases)
    ):
        yield from _country(first)
    for prep in root.rights:
        if prep.dep_ == "prep" and (prep.lower_ == "of" or (prep.lower_ == "in" and (ethnic or stateless))):
            yield from _objects(names, prep)
    if ethnic and root.dep_ == "nsubj":
        for prep in root.head.rights:
            if prep.dep_ == "prep" and prep.lower_ == "in":
                yield from _objects(names, prep)


def _objects(names: Names, prep: Token) -> Iterator[str]:
    """The states that are objects of a preposition."""
    for obj in prep.children:
        if obj.dep_ == "pobj":
            yield from _country(names.at.get(obj.i))


def _country(name: Name | None) -> Iterator[str]:
    """The country of a state's name."""
    actor = state_or_body(name)
    if actor is not None and actor.kind == "state" and actor.country is not None:
        yield actor.country
