"""POLECAT's weekly files: tab-separated, a header, 40 columns, a row for each actor and recipient. Reads no files.

Columns and their order: the header that three public loaders quote. No original file was at hand when this was written: that lists are joined by "; "
and that an empty list is "None" is what one public script expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import BinaryIO, ClassVar

from onrecord.export.cells import line, number, text
from onrecord.export.contract import Column
from onrecord.export.states import cow
from onrecord.export.told import Report, Told, day, exact_day, pairs, row_name
from onrecord.model import Event, Participant, Place

EMPTY_LIST = "None"
_NO_GAZETTEER = "we keep a place's name, country and position, not its divisions"


def _side(name: str) -> Iterator[Column]:
    """The nine columns of one side."""
    yield Column(f"{name} Name", "its name", "who is not resolved has only a raw name")
    yield Column(f"{name} Country", "ISO 3166-1 alpha-3 of the state it acts for", "international bodies act for none")
    yield Column(f"{name} COW", "Correlates of War number of that state", "not a member of that system")
    yield Column(f"Primary {name} Sector", "its first PLOVER sector", "not told by its name or office")
    yield Column(f"{name} Sectors", "all its PLOVER sectors")
    yield Column(f"{name} Title", "the office held on the report's date", "none known")
    yield Column(f"{name} Name Raw", "the words that name it", "understood, not named")
    yield Column(f"Wikipedia {name} ID", "", "we know actors by Wikidata, not by Wikipedia")


COLUMNS = (
    Column("Event ID", "the record's id; with -1, -2 … where it makes several rows"),
    Column("Event Date", "YYYY-MM-DD", "a month or a period is no day"),
    Column("Event Type", "PLOVER type"),
    Column("Event Mode", "PLOVER mode", "most events have none"),
    Column("Intensity", "the PLOVER manual's score of type or mode", "the manual prints none"),
    Column("Quad Code", "1 to 4", "the record has none"),
    Column("Contexts", "PLOVER contexts"),
    *_side("Actor"),
    *_side("Recipient"),
    Column("Placename", "the place", "its clause names none"),
    Column("City", "the place, if it is a town", "see Placename"),
    Column("District", "", _NO_GAZETTEER),
    Column("Province", "the place, if it is a region", _NO_GAZETTEER),
    Column("Country", "ISO 3166-1 alpha-3 of the state it lies in", "see Placename"),
    Column("Latitude", "degrees", "see Placename"),
    Column("Longitude", "degrees", "see Placename"),
    Column("GeoNames ID", "its number", "places not from GeoNames have none"),
    Column("Raw Placename", "the words that name the place", "see Placename"),
    Column("Feature Type", "", _NO_GAZETTEER),
    Column("Source", "who published it", "not said"),
    Column("Publication Date", "YYYY-MM-DD", "not said"),
    Column("Story People", "persons resolved in the report"),
    Column("Story Organizations", "bodies, organisations, groups and outlets resolved in it"),
    Column("Story Locations", "places named in it"),
    Column("Language", "ISO 639-1", "not said"),
    Column("Version", "onrecord's version and the extractor's"),
)


class Polecat:
    """The exporter. Linked records are one event: the fullest of them gives the row."""

    parts: ClassVar[tuple[str, ...]] = ("",)
    columns: ClassVar[Mapping[str, tuple[Column, ...]]] = {"": COLUMNS}
    kinds: ClassVar[frozenset[str]] = frozenset({"event"})

    def __init__(self, handles: Mapping[str, BinaryIO]) -> None:
        self._handle = handles[""]
        self._version = f"onrecord {version('onrecord')}"
        self._rows = 0
        self._handle.write(line(c.name for c in COLUMNS))

    def feed(self, told: Told) -> None:
        """Write the rows of an event."""
        event = told.record
        if isinstance(event, Event):
            found = pairs(event)
            for n, (actor, recipient) in enumerate(found, 1):
                row_id = row_name(event.id, n, len(found))
                cells = (*_what(event, told.report), *_who(actor), *_who(recipient), *_where(event.place), *self._story(event, told.report))
                self._handle.write(line((row_id, *cells)))
                self._rows += 1

    def finish(self) -> Mapping[str, int]:
        """The number of rows."""
        return {"": self._rows}

    def _story(self, event: Event, report: Report) -> tuple[str, ...]:
        d = report.document
        lists = (_list(names) for names in (report.people, report.organisations, report.locations))
        about = f"{self._version} {event.extractor}".strip()
        return (text(d.publisher), day(d.published), *lists, text(d.language), text(about))


def _what(event: Event, report: Report) -> tuple[str, ...]:
    """The act: all but its id."""
    quad = str(event.quad) if event.quad else ""
    when = exact_day(event.date, report.document.published)
    return (when, text(event.type), text(event.mode), number(event.intensity), quad, _list(event.contexts))


def _who(participant: Participant | None) -> tuple[str, ...]:
    """One side."""
    actor = participant.actor if participant else None
    raw = text(participant.mention.text) if participant and participant.mention else ""
    if actor is None:
        return ("", "", "", "", EMPTY_LIST, "", raw, "")
    primary = text(actor.sectors[0]) if actor.sectors else ""
    return (text(actor.name), text(actor.country), cow(actor.country), primary, _list(actor.sectors), text(actor.role), raw, "")


def _where(place: Place | None) -> tuple[str, ...]:
    """The place."""
    if place is None:
        return ("",) * 10
    name = text(place.name)
    city, province = (name if place.precision == precision else "" for precision in ("city", "region"))
    geonames = text((place.id or "").partition("geonames:")[2])
    raw = text(place.span.text) if place.span else ""
    return (name, city, "", province, text(place.country), number(place.lat), number(place.lon), geonames, raw, "")


def _list(values: Iterable[str]) -> str:
    """A list as one cell; what joins its parts is taken out of them."""
    return "; ".join(text(v.replace(";", ",")) for v in values) or EMPTY_LIST
