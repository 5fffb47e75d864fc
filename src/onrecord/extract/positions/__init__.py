"""Positions: where actors stand, by rules on verbs, nouns, adjectives, what they say, and what they do."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.positions.deeds import events, standing
from onrecord.extract.positions.draft import finish
from onrecord.extract.positions.feelings import feelings
from onrecord.extract.positions.nominals import nominals
from onrecord.extract.positions.predicates import predicates
from onrecord.extract.positions.silence import silence
from onrecord.extract.positions.speech import speech
from onrecord.extract.positions.views import views
from onrecord.extract.scene import scenes
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component

RULES = (silence, predicates, views, feelings, nominals, speech, standing, events)


@component(
    "positions.rules",
    requires=["parse", "quotations", "times", "mentions", "coreference", "chains", "statements", "first_person", "events"],
    assigns=["positions"],
)
def positions() -> Step:
    """Every rule on every paragraph, the surest first."""

    def step(analysis: Analysis) -> None:
        analysis.positions = finish(replace(draft, rule=rule.__name__) for scene in scenes(analysis) for rule in RULES for draft in rule(scene))

    return step
