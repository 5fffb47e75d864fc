"""Reports that each tell of one act between two parties, made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.codebook import plover
from onrecord.model import Link, Reading, RecordDate
from onrecord.store import View, open_store
from store.builders import document, event, who

JOINT = ("CONSULT", "AGREE", "COOPERATE")


def told(day: str, actors: Sequence[str], code: str, recipients: Sequence[str] = (), *, number: int = 0, dated: bool = True, **more: Any) -> Reading:
    """A report of ``day`` of one event; parties by their keys in ``store.builders.ACTORS``, any other word is somebody unknown."""
    names = " ".join((*actors, *recipients)) or "nobody"
    doc = document(f"{names}: {code} no. {number} on {day}.", more.pop("publisher", "North Wire"), day)
    sides = [[who(doc, word, word if word in KNOWN else None) for word in side] for side in (actors, recipients)]
    date = RecordDate(day, day, "day", "text") if dated else RecordDate()
    scored = {"quad": plover.quad(code), "intensity": plover.intensity(code), "date": date, **more}
    return Reading(doc, events=(event(doc, sides[0], code, code, sides[1], **scored),))


KNOWN = ("RUR", "BOR", "SYL", "Lund", "Çelik", "League", "BorTV")


def same(*readings: Reading) -> tuple[Link, ...]:
    """Links that say that all these reports tell of one happening."""
    first, *others = (reading.events[0].id for reading in readings)
    return tuple(Link(first, other, "same-event", "positive", 0.9, "made up", "test", "2031-01-01T00:00:00Z") for other in others)


@contextmanager
def viewed(*readings: Reading, links: Sequence[Link] = ()) -> Iterator[View]:
    """A view of a store with these readings and links."""
    with TemporaryDirectory() as folder, open_store(Path(folder, "store"), create=True) as store:
        with store.writer() as writer:
            for reading in readings:
                writer.add(reading, reading.document.id)
            for link in links:
                writer.link(link)
        with store.view() as view:
            yield view
