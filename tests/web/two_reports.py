"""Two made-up reports of one strike at sea, linked, for tests of the reader and of the comparison."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from onrecord.model import Issue, Link, Reading, RecordDate
from onrecord.store import open_store
from store.builders import document, event, position, relation, span, statement, who

ONE = (
    "Shells hit a convoy of flour lorries near Lutha on Monday, killing six drivers, Borduria Television reported.\n"
    "“The harbour must stay open until spring,” said Ana Lund, foreign minister of Ruritania.\n"
    "The pact between both endures."
)
OTHER = "Eight drivers were killed when shells hit the flour convoy at Lutha.\nMs Lund told reporters that the harbour must stay open."


def readings() -> tuple[Reading, Reading]:
    """The two reports as they were read: an event, a statement with a position, and a relation that only the first has."""
    one = document(
        ONE, "North Wire", "2031-05-04", title="Flour convoy hit near Lutha", url="https://north.example/lutha", credits=("Straits Agency",)
    )
    other = document(OTHER, "Straits Herald", "2031-05-05", title="Eight drivers die")
    tv = who(one, "Borduria Television", "BorTV")
    lund, ms_lund = who(one, "Ana Lund", "Lund"), who(other, "Ms Lund", "Lund")
    hit = event(
        one, [who(None, None, "BOR")], "ASSAULT", "hit", [who(one, "a convoy of flour lorries")], via=(tv,), confidence=0.87,
        date=RecordDate("2031-05-03", "2031-05-03", "day", "text", span(one, "Monday")),
    )  # fmt: skip
    hit = replace(hit, evidence=span(one, "Shells hit a convoy of flour lorries near Lutha on Monday, killing six drivers"))
    said = statement(
        one, lund, "The harbour must stay open until spring", form="direct", cue=span(one, "said"),
        evidence=span(one, "“The harbour must stay open until spring,” said Ana Lund"),
    )  # fmt: skip
    held = position(one, lund, "support", "The harbour", Issue("south-china-sea", "South China Sea"), statement_id=said.id, record_id=said.id)
    pact = relation(one, who(None, None, "RUR"), "alliance", who(None, None, "BOR"), "The pact between both endures", directed=False)
    again = event(other, [who(None, None, "BOR")], "ASSAULT", "hit", [who(other, "the flour convoy")])
    again = replace(again, evidence=span(other, "Eight drivers were killed when shells hit the flour convoy at Lutha"))
    told = statement(
        other,
        ms_lund,
        "that the harbour must stay open",
        cue=span(other, "told"),
        evidence=span(other, "Ms Lund told reporters that the harbour must stay open"),
    )
    return (
        Reading(one, statements=(said,), events=(hit,), positions=(held,), relations=(pact,)),
        Reading(other, statements=(told,), events=(again,)),
    )


def links(one: Reading, other: Reading) -> list[Link]:
    """That they are of one story, tell of one event, and give one utterance."""
    return [
        Link(one.document.id, other.document.id, "same-story", "positive", 0.9, "made up", "stories.test", ""),
        Link(other.events[0].id, one.events[0].id, "same-event", "positive", 0.9, "made up", "events.test", ""),
        Link(other.statements[0].id, one.statements[0].id, "same-statement", "positive", 0.9, "made up", "statements.test", ""),
    ]


def store(path: Path) -> tuple[Reading, Reading]:
    """A store with both at ``path``; the readings."""
    one, other = readings()
    with open_store(path, create=True) as made, made.writer() as writer:
        for reading in (one, other):
            writer.add(reading, reading.document.id)
        for link in links(one, other):
            writer.link(link)
    return one, other
