"""Where an act happens, as its own clause says: "met in Geneva", "clashes near Kharkiv", "flew to Riyadh", "the Astana talks", "in Egypt's capital".

Never where somebody speaks of it, and never the dateline: that is where the report was filed. Where the clause names no place there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.events.views import View
from onrecord.knowledge.gazetteer import gazetteer
from onrecord.model import Place
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.toponyms import words

PHYSICAL = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "COERCE", "RETREAT", "AID"})
"""Acts that happen where those they concern are: "killed a man in Lahore". Violence in Iraq is not discussed or condemned there."""
TAKEN = frozenset({"ASSAULT", "COERCE"})
"""Acts that happen at the town they are done to."""
_FINEST = {"point": 0, "city": 0, "region": 1, "country": 2}
_OBJECTS = ("dobj", "nsubjpass")
_DEPTH = 3


def place_of(analysis: Analysis, block: Block, view: View, kind: str) -> Place | None:
    """The place of an event of PLOVER type ``kind``: the most exact one its clause names, the nearest among equals; None where it names none."""
    scene = _Scene(analysis, block, kind)
    verb: Token | None = view.clause
    found = list(scene.around(_path(view.trigger, view.clause)))
    while not found and verb is not None:
        verb = _leading(verb)
        found = list(scene.around([verb])) if verb is not None else []
    return min(found, key=lambda place: _FINEST[place.precision or "country"], default=None)


def _path(trigger: Token, clause: Token) -> list[Token]:
    """From the trigger up to the verb of its clause."""
    path = [trigger]
    while path[-1] != clause and path[-1].head != path[-1] and len(path) < 6:
        path.append(path[-1].head)
    return path if path[-1] == clause else [trigger, clause]


def _leading(verb: Token) -> Token | None:
    """The verb whose subject and place another shares: "met in Oslo and signed", "flew to Riyadh to meet"."""
    if verb.dep_ not in ("conj", "xcomp", "advcl") or any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children):
        return None
    return verb.head if verb.head.pos_ in ("VERB", "AUX") else None


class _Scene:
    """The places of one block as seen from an act of one type."""

    def __init__(self, analysis: Analysis, block: Block, kind: str) -> None:
        self.analysis, self.block, self.kind = analysis, block, kind
        self.places = analysis.places_in(block.index)
        self.lists = words().lists

    def around(self, path: list[Token]) -> Iterator[Place]:
        """Every place said of the words of ``path``, nearest first."""
        for token in path:
            if token.lower_ in self.lists["held"]:
                yield from self.exact(child for child in token.lefts if child.dep_ in ("compound", "nmod"))
            yield from self.behind(token, "at")
            if token.lemma_ in self.lists["travel"]:
                yield from (p for child in token.children if child.dep_ == "dobj" for p in self.named(child))
                yield from self.behind(token, "towards")
            if self.kind == "MOBILIZE":
                yield from self.behind(token, "towards")
            if self.kind == "RETREAT":
                yield from self.behind(token, "away")
            yield from self.objects(token)
            if token.dep_ == "relcl" and any(child.lower_ == "where" for child in token.children):
                yield from self.named(token.head)

    def objects(self, token: Token) -> Iterator[Place]:
        """Where those are whom the act concerns, and the town it is done to."""
        bodily = self.kind in PHYSICAL or token.lower_ in self.lists["held"]
        for child in token.children:
            if child.dep_ in _OBJECTS and (bodily or child.lower_ in self.lists["held"]):
                yield from self.behind(child, "at")
                yield from self.below(child)
            elif child.dep_ == "prep" and bodily:
                yield from self.below(token, child)
        if self.kind in TAKEN:
            yield from (p for child in token.children if child.dep_ in _OBJECTS for p in self.exact([child]))
            yield from (p for p in self.behind(token, "upon") if p.precision != "country")

    def below(self, token: Token, *preps: Token) -> Iterator[Place]:
        """Where those are who follow a preposition, "of" unless ``preps`` are given: "killed fighters of the group in Borno"."""
        for prep in preps or tuple(child for child in token.children if child.lower_ == "of"):
            yield from (p for obj in prep.children if obj.dep_ == "pobj" for p in self.behind(obj, "at"))

    def behind(self, token: Token, sort: str) -> Iterator[Place]:
        """The places behind the prepositions of a token that are in the list ``sort``."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in self.lists[sort]:
                for obj in child.children:
                    if obj.dep_ in ("pobj", "pcomp"):
                        yield from self.named(obj)

    def exact(self, tokens: Iterator[Token] | list[Token]) -> Iterator[Place]:
        """The places that tokens name, states left out."""
        yield from (p for token in tokens for p in self.named(token) if p.precision != "country")

    def named(self, token: Token, depth: int = _DEPTH) -> Iterator[Place]:
        """The place a noun phrase names: by its name, as a capital or as "the city of"; or where what it names is: "at a base in Erbil"."""
        place = self.at(token)
        if place is not None:
            yield place
            return
        if token.lemma_ == "capital" and (capital := self.capital(token)) is not None:
            yield capital
        elif token.lower_ in self.lists["settlement"]:
            called = [obj for child in token.children if child.lower_ == "of" for obj in child.children]
            called = called or [child for child in token.children if child.dep_ in ("appos", "compound", "nmod")]
            yield from (p for child in called if (p := self.at(child)) is not None and (p.precision != "country" or child.dep_ == "pobj"))
        if depth:
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in self.lists["at"]:
                    yield from (p for obj in child.children if obj.dep_ == "pobj" for p in self.named(obj, depth - 1))

    def at(self, token: Token) -> Place | None:
        """The place whose name a token is part of."""
        start = self.block.start(token)
        return next((p for p in self.places if p.span is not None and p.span.start <= start < p.span.end), None)

    def capital(self, token: Token) -> Place | None:
        """The capital that "the Kazakh capital", "the capital of Kazakhstan" or "the Kazakh capital, Astana," means."""
        for child in token.children:
            if child.dep_ == "appos" and (place := self.at(child)) is not None:
                return place
        whose = [child for child in token.children if child.dep_ in ("amod", "compound", "poss", "nmod")]
        whose += [obj for child in token.children if child.lower_ == "of" for obj in child.children]
        for owner in whose:
            place = self.at(owner)
            site = gazetteer().capital(place.country) if place is not None and place.country and place.precision == "country" else None
            if site is not None:
                first, last = min(owner.i, token.i), max(owner.i, token.i)
                span = self.analysis.span(self.block.start(self.block.tokens[first]), self.block.end(self.block.tokens[last]))
                return Place(span, site.name, site.id, site.country, site.lat, site.lon, "city")
        return None
