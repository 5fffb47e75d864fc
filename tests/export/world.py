"""A small made-up store for exports: two reports of one summit, one raid that is told three times, and what is hard to write into a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.export import Exporter, find, told
from onrecord.model import ActorRef, Document, Event, Link, Participant, Place, Reading, RecordDate, Span
from onrecord.query import Filter
from onrecord.store import Store, open_store
from store.builders import document, event, span

KENYA = ActorRef("Q114", "Kenya", "state", "KEN", ("GOV",))
MARTA = ActorRef("or:marta", "Marta Odhiambo", "person", "KEN", ("GOV", "MIL"), "defence minister")
NORWAY = ActorRef("Q20", "Norway", "state", "NOR", ("GOV",))
ROMANIA = ActorRef("Q218", "Romania", "state", "ROU", ("GOV",))
UNION = ActorRef("Q458", "European Union", "organisation", None, ("IGO", "EUR"))
PAPER = ActorRef("or:paper", "Daily Sun", "outlet", "KEN", ("JRN",))


def who(doc: Document, words: str | None, actor: ActorRef | None = None) -> Participant:
    return Participant(span(doc, words) if words else None, actor, None if actor else "unknown-name")


def day(value: str) -> RecordDate:
    return RecordDate(value, value, "day", "text")


def reading(doc: Document, *events: Event, mentions: Sequence[Participant] = (), places: Sequence[Place] = ()) -> Reading:
    return Reading(document=doc, events=events, mentions=tuple(mentions), places=tuple(places))


def kept(path: Path, readings: Iterable[Reading], links: Iterable[Link] = ()) -> Store:
    store = open_store(path, create=True)
    with store.writer() as writer:
        for n, one in enumerate(readings):
            writer.add(one, f"report {n}", "made up")
        for link in links:
            writer.link(link)
    return store


def same(left: Event, right: Event, **more: Any) -> Link:
    return replace(Link(left.id, right.id, "same-event", "positive", 1.0, "", "test", "2031-01-01"), **more)


def written(store: Store, name: str, **wanted: Any) -> dict[str, bytes]:
    """What an exporter writes of a store, by part."""
    exporter: type[Exporter] = find(name)
    handles = {part: io.BytesIO() for part in exporter.parts}
    with store.view() as view:
        writing = exporter(handles)
        for item in told(view, exporter.kinds, Filter(**wanted)):
            writing.feed(item)
        counts = writing.finish()
    content = {part: handle.getvalue() for part, handle in handles.items()}
    assert {part: rows(data, exporter, part) for part, data in content.items()} == dict(counts)
    return content


def rows(data: bytes, exporter: type[Exporter], part: str) -> int:
    found = table(data, exporter, part)
    return len(found)


def table(data: bytes, exporter: type[Exporter], part: str = "") -> list[Mapping[str, str]]:
    """The rows of a tab-separated part by column, as the csv module reads it with its usual quoting; the header, where there is one, left out."""
    names = [c.name for c in exporter.columns[part]]
    found = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter="\t"))
    assert {len(row) for row in found} <= {len(names)}
    return [dict(zip(names, row, strict=True)) for row in found if row != names]


def raid(
    text: str = "Kenya raided the camp of Norway. Raiders struck the camp. The strike shocked many.", **more: Any
) -> tuple[Document, list[Event]]:
    """A report that tells of one raid three times."""
    doc = document(text, published="2031-05-04", title="Raid", **more)
    kenya, norway = who(doc, "Kenya", KENYA), who(doc, "Norway", NORWAY)
    first = event(doc, [kenya], "ASSAULT", "raided", [norway], date=day("2031-05-03"), cameo="190", quad=4, intensity=-9.5)
    second = event(doc, [who(doc, "Raiders", KENYA)], "ASSAULT", "struck", [norway], date=day("2031-05-03"), cameo="190", quad=4)
    third = event(doc, [], "ASSAULT", "strike", [], date=day("2031-05-03"), cameo="180", quad=4)
    return doc, [first, second, third]


def place(doc: Document, words: str, **more: Any) -> Place:
    found = span(doc, words)
    return Place(Span(found.start, found.end, words), words, **more)
