"""Events in PLOVER 2.0 by rules: who did what to whom, from verbs, light verbs, nominalisations and what is said in statements.

The lexicon is ``languages/<code>/events.toml``; method and limits are in ``docs/decisions/0005-events-by-rules.md``.
"""

from __future__ import annotations

from onrecord.extract.events.assembly import events as find_events
from onrecord.extract.events.lexicon import lexicon
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component


@component(
    "events.rules", requires=["parse", "quotations", "times", "mentions", "coreference", "chains", "statements", "first_person"], assigns=["events"]
)
def events() -> Step:
    """Code the events of a document."""
    words = lexicon("en")

    def step(analysis: Analysis) -> None:
        analysis.events = find_events(analysis, words)

    return step
