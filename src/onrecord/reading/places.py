"""Places a text names: states, capitals, and whatever the tagger takes for a city, region or building.

Gives name, country and precision. Coordinates and towns of the world need a gazetteer, which the knowledge base does not have yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from onrecord.knowledge import Alias
from onrecord.model import Place
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.component import Step, component
from onrecord.reading.names import Name, Names, find_names
from onrecord.reading.phrases import state_or_body

PRECISION = {"GPE": "city", "LOC": "region", "FAC": "point"}


@component("places.kb", requires=["parse"], assigns=["names", "places"])
def places() -> Step:
    """Find the names of every block, and the places among them."""

    def step(analysis: Analysis) -> None:
        for block in analysis.blocks:
            names = analysis.names[block.index] = find_names(block.doc, block.tokens)
            analysis.places += sorted(
                (*_known(analysis, block, names), *_tagged(analysis, block, names)), key=lambda p: p.span.start if p.span else 0
            )

    return step


def _known(analysis: Analysis, block: Block, names: Names) -> Iterator[Place]:
    """States by name and capitals; a nationality is no place."""
    for name in names.runs:
        alias = _place_reading(name)
        if alias is None:
            continue
        span = analysis.token_span(block, block.doc[name.start : name.end])
        if alias.kind == "capital":
            yield Place(span, span.text, None, alias.actor.country, precision="city")
        else:
            yield Place(span, alias.actor.name, alias.actor.id, alias.actor.country, precision="country")


def _place_reading(name: Name) -> Alias | None:
    """The reading of a name as a state or capital, if that is what it most likely is."""
    first = name.aliases[0] if name.aliases and not name.person else None
    return first if first is not None and first.actor.kind == "state" and first.kind in ("name", "acronym", "capital") else None


def _tagged(analysis: Analysis, block: Block, names: Names) -> Iterator[Place]:
    """Cities, regions and buildings that only the tagger knows, with the country said beside them."""
    for ent in block.doc.ents:
        if ent.label_ not in PRECISION or any(_place_reading(names.at[i]) for i in range(ent.start, ent.end) if i in names.at):
            continue
        start = ent.start + (1 if ent[0].pos_ == "DET" and len(ent) > 1 else 0)
        end = ent.end - (1 if ent[-1].tag_ == "POS" and len(ent) > 1 else 0)
        if any(i in names.at and (names.at[i].person or names.at[i].of_kind("body", "organisation")) for i in range(start, end)):
            continue
        span = analysis.token_span(block, TokenSpan(block.doc, start, end))
        yield Place(span, span.text, None, country_beside(block.doc, names, start, end), precision=PRECISION[ent.label_])


def country_beside(doc: Doc, names: Names, start: int, end: int) -> str | None:
    """The country a place is said to be in by the words next to it: "Shanghai, China", "Vietnam's Hanoi", "the Egyptian resort of Sharm"."""
    if end + 1 < len(doc) and (doc[end].text == "," or doc[end].lower_ == "in"):
        actor = state_or_body(names.at.get(end + 1)) or (
            state_or_body(names.at.get(end + 2)) if end + 2 < len(doc) and doc[end + 1].lower_ == "the" else None
        )
        if actor is not None and actor.kind == "state":
            return actor.country
    if start > 1 and doc[start - 1].tag_ == "POS":
        actor = state_or_body(names.at.get(start - 2))
        return actor.country if actor is not None and actor.kind == "state" else None
    for i in range(max(0, start - 5), start):
        name = names.at.get(i)
        if (
            name is not None
            and any(a.kind == "demonym" for a in name.aliases)
            and all(doc[j].pos_ in ("NOUN", "PROPN", "ADJ") or doc[j].lower_ == "of" for j in range(name.end, start))
        ):
            actor = state_or_body(name)
            return actor.country if actor is not None else None
    return None
