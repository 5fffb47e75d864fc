"""Organisations, outlets and places that no table has, by what their names say: "Chile's Ministry of Mines", "University of Nairobi", "Kharkiv".

Makes local actors with the sector of the words and the country of the owner or of a place in the name. Decides nothing about people.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.knowledge import knowledge_base
from onrecord.knowledge.gazetteer import gazetteer
from onrecord.knowledge.sectors import sectors
from onrecord.model import ActorKind, ActorRef
from onrecord.reading.names import Name, Names
from onrecord.reading.phrases import state_or_body
from onrecord.reading.places import country_beside
from onrecord.reading.spelling import slug
from onrecord.reading.titles import titles

ELSEWHERE = frozenset({"NGO", "SOC", "IGO", "REB", "ELI", "CVL"})
"""Sectors of those whose names may hold a place that they only care about or fight for ("Friends of Syria")."""


def stranger(doc: Doc, names: Names, name: Name, context: tuple[str, ...] = ()) -> ActorRef:
    """A local actor for a name nobody knows; ``context``: the states the text speaks of, which settle places of one name."""
    root = doc[name.start : name.end].root
    text = name.full or doc[name.start : name.end].text
    words = {t.lower_ for t in doc[name.start : name.end]}
    outlet = bool(words & (titles().outlets | titles().mastheads))
    codes = _codes(text) or (("JRN",) if outlet else ())
    if name.place or (root.ent_type_ == "GPE" and not codes):
        country = country_beside(doc, names, name.start, name.end) or gazetteer().country_of(text, context)
        return _town(text, country)
    kind: ActorKind = "outlet" if outlet else "organisation"
    country = _owner(doc, names, name.start)
    if country is None and not ELSEWHERE & set(codes):
        country = next(_countries(text), None) if codes else gazetteer().country_of(text, context)
        if country is not None and not codes:
            return _town(text, country)
    return ActorRef(f"or:{slug(text)}", text, kind, country, codes, None, 0.5)


def _town(text: str, country: str | None) -> ActorRef:
    """A place that no table has: its people, where the country is known."""
    return ActorRef(f"or:{country.lower() + '-' if country else ''}{slug(text)}", text, "place", country, ("CVL",) if country else (), None, 0.4)


def _codes(text: str) -> tuple[str, ...]:
    """The sectors of the last word for a body in a name, by the words up to it ("University of Nairobi", "Coastal Medical Alliance North")."""
    words = text.split()
    for end in range(len(words), 0, -1):
        if words[end - 1].lower() in titles().body:
            return sectors(words[:end])
    return ()


def _owner(doc: Doc, names: Names, start: int) -> str | None:
    """The country of the state or body whose the name is said to be: "Chile's …", "the Chilean …"."""
    before = start - 2 if start > 1 and doc[start - 1].tag_ == "POS" else start - 1
    actor = state_or_body(names.at.get(before))
    return actor.country if actor is not None else None


def _countries(text: str) -> Iterator[str]:
    """The countries of the places and nationalities that a name begins or ends with, the longest first."""
    words = text.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        for part in (words[:size], words[-size:]):
            if part[0][0].isupper():
                country = _country(" ".join(part))
                if country is not None:
                    yield country


def _country(text: str) -> str | None:
    """The country of a place or nationality."""
    states = {a.actor.country for a in knowledge_base().find(text) if a.actor.kind == "state"}
    return next(iter(states)) if len(states) == 1 else gazetteer().country_of(text)
