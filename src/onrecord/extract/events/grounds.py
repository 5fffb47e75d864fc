"""What an event keeps for those who ask why: the way to each party, and what else its word might have told. Changes no code and no id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.events.lexicon import Lexicon, lexicon
from onrecord.extract.events.paths import paths
from onrecord.model import Event, Why
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component

NOT_TAKEN = "events, not taken: "
"""How a ground begins that speaks for another type; of a model it has that type's probability."""


@component("events.grounds", requires=["parse", "events"], assigns=["events"])
def grounds() -> Step:
    """Complete the grounds of every event of a document."""
    words = lexicon("en")

    def step(analysis: Analysis) -> None:
        analysis.events = [
            replace(event, paths=tuple(path.steps for path in paths(analysis, event)), why=(*event.why, *others(event, words)))
            for event in analysis.events
        ]

    return step


def others(event: Event, words: Lexicon) -> Iterator[Why]:
    """The types that the lexicon has for an event's word besides its own; none where a model has weighed the types."""
    if any(why.by == "model" for why in event.why):
        return
    for why in event.why:
        kind, _, key = why.name.partition(" ")
        word, _, own = key.rpartition(" ")
        frames = {"verb": words.verbs, "noun": words.nouns}.get(kind, {}).get(word, ())
        yield from (Why("rule", NOT_TAKEN + other) for other in dict.fromkeys(f.type for f in frames) if other not in (own, event.type))
