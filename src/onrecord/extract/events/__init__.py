"""Events in PLOVER 2.0: who did what to whom, from verbs, light verbs, nominalisations and what is said in statements.

Rules over the parse find them (``languages/<code>/events.toml``, ``docs/decisions/0005-events-by-rules.md``), a trained model judges and
completes them (``docs/decisions/0024-event-model.md``).
"""

from __future__ import annotations

from onrecord.extract.events.assembly import events as find_events
from onrecord.extract.events.lexicon import lexicon
from onrecord.extract.events.model import EventModel
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component
from onrecord.reading.weights import Weights


@component(
    "events.rules", requires=["parse", "quotations", "times", "mentions", "coreference", "chains", "statements", "first_person"], assigns=["events"]
)
def events() -> Step:
    """Code the events of a document."""
    words = lexicon("en")

    def step(analysis: Analysis) -> None:
        analysis.events = find_events(analysis, words)

    return step


@component("events.model", requires=["parse", "times", "mentions", "coreference", "statements", "events"], assigns=["events"], weights="events")
def model(found: Weights) -> Step:
    """Weigh what the rules found against a trained model, and add what it alone sees; it also codes pairs that people bring."""
    return EventModel(found)
