"""In what setting an act stands, military or legal or economic, as the words of its own phrase say; and the CAMEO code that follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.codebook.choice import cameo_for
from onrecord.extract.events.clauses import prepositions
from onrecord.extract.events.coder import Code
from onrecord.extract.events.frames import described_as
from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.views import View

_AROUND = ("obj", "of", "on", "over", "about", "for", "with", "in", "against", "to", "from")
"""Slots whose words belong to the act. Subjects do not: "the army said" is no military act."""


def contexts(coded: Code, view: View, lexicon: Lexicon) -> tuple[str, ...]:
    """The contexts of a coded event: its frame's own first, then those its words show, in the lexicon's order."""
    told = words(view)
    shown = (name for name, marks in lexicon.context.items() if told & marks)
    return tuple(dict.fromkeys((*coded.contexts, *(coded.about.contexts if coded.about is not None else ()), *shown)))


def cameo(frame: Frame, coded: Code, view: View, lexicon: Lexicon, shown: tuple[str, ...]) -> str | None:
    """The CAMEO code of a coded event with the contexts ``shown``: its frame's where the frame was coded as it stands, else the codebook's choice."""
    if frame.cameo and coded.type == frame.type:
        return frame.cameo
    told = words(view)
    about = {name for name, marks in lexicon.matter.items() if told & marks}
    about |= {coded.rule} if coded.rule else set()
    if coded.about is not None:
        act = coded.about
        about |= {act.type, f"{act.type}/{act.mode}", act.rule or act.type}
    return cameo_for(coded.type, coded.mode, about=about, contexts=shown, firm=view.trigger.lemma_.lower() in lexicon.words["firm"])


def words(view: View) -> set[str]:
    """What the phrase around a predicate is about: the nouns in its slots, one preposition down, and in what it promises, asks or refuses."""
    return {word for token in _nouns(view) for word in described_as(token)} | described_as(view.trigger)


def _nouns(view: View) -> Iterator[Token]:
    below = [c for v in view.args.complements for c in v.children if c.dep_ in ("dobj", "attr")]
    behind = [noun for v in view.args.complements for _, noun in prepositions(v)]
    for token in (*(t for name in _AROUND for t in view.args.slots.get(name, ())), *below, *behind):
        yield from (noun for noun in (token, *(n for _, n in prepositions(token))) if noun.pos_ != "PROPN")
