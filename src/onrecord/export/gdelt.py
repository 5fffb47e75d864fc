"""GDELT 2.0: a file of events (61 columns) and a file of their mentions (16), tab-separated, without header. Reads no files.

Columns: the published list. What its rows look like (unknown offsets are -1, quads by the first two digits of the code, fraction of the year) was
checked on original rows. GoldsteinScale: the scale published with CAMEO (after Goldstein 1992), which original rows agree with wherever they could be
compared; codes of which we are not sure have none. It is never worked out from our intensity, and tone is never estimated.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import BinaryIO, ClassVar

from onrecord.export.cells import line, number, text
from onrecord.export.contract import Column
from onrecord.export.states import cameo, fips
from onrecord.export.told import Mention, Pair, Told, day, exact_day, pairs, row_name
from onrecord.model import ActorRef, Document, Event, Participant, Place
from onrecord.store.days import first_day, last_day

NO_OFFSET = "-1"
"""What GDELT writes where a side is not in the text."""
TYPES = {
    **{code: code for code in (
        "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "EDU", "BUS", "CRM", "CVL", "ELI", "LAB", "LEG", "NGO", "IGO", "REF", "RAD", "AGR",
        "HRI", "MNC", "INS", "SEP", "UAF",
    )},
    "JRN": "MED", "MED": "HLH",
}  # fmt: skip
"""PLOVER sectors as CAMEO types; those that CAMEO does not have are left out."""
GROUPS = {
    "Q1065": "UNO", "Q458": "EEC", "Q7184": "NAT", "Q7768": "ASN", "Q7172": "ARL", "Q7804": "IMF", "Q7825": "WTO", "Q7817": "WHO", "Q41984": "IAE",
}  # fmt: skip
"""International organisations that CAMEO has a code for, by Wikidata id (own knowledge; not the whole list)."""
_WHOLE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:Z|\+00:00)")
_TONE = "we do not estimate tone"
_SIDES = "we place events, not the sides to them"


def _actor(n: int) -> Iterator[Column]:
    yield Column(f"Actor{n}Code", "country, else organisation, and types in one", "neither is known")
    yield Column(f"Actor{n}Name", "its name in capitals, unresolved ones by their words", "none")
    yield Column(f"Actor{n}CountryCode", "CAMEO code of the state it acts for", "international bodies act for none")
    yield Column(f"Actor{n}KnownGroupCode", "CAMEO code of a large international organisation", "only nine are known to us")
    for name in ("EthnicCode", "Religion1Code", "Religion2Code"):
        yield Column(f"Actor{n}{name}", "", "we keep no ethnicity or religion of actors")
    for i in (1, 2, 3):
        yield Column(f"Actor{n}Type{i}Code", "CAMEO type of its sectors, in order", "no (further) sector that CAMEO has")


def _geo(name: str, holds: Mapping[str, str], empty: str) -> Iterator[Column]:
    for part in ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"):
        yield Column(f"{name}Geo_{part}", holds.get(part, ""), empty if not part.startswith("ADM") else "we keep no codes of divisions")


_PLACED = {
    "Type": "0 none, 1 country, 2 and 5 region (in the United States, elsewhere), 3 and 4 town",
    "FullName": "the place's name", "CountryCode": "FIPS 10-4", "Lat": "degrees", "Long": "degrees",
}  # fmt: skip
EVENTS = (
    Column("GLOBALEVENTID", "60 bits of a hash of the record's id and the row's number"),
    Column("SQLDATE", "YYYYMMDD", "a month or a period is no day"),
    Column("MonthYear", "YYYYMM", "not within one month"),
    Column("Year", "YYYY", "not within one year"),
    Column("FractionDate", "year + ((month - 1) × 30 + day) / 365", "no day"),
    *_actor(1),
    *_actor(2),
    Column("IsRootEvent", "", "we do not weigh where in a report an event stands"),
    Column("EventCode", "CAMEO", "PLOVER's type and mode have no CAMEO code"),
    Column("EventBaseCode", "its first three digits", "no EventCode"),
    Column("EventRootCode", "its first two digits", "no EventCode"),
    Column("QuadClass", "GDELT's class of the root code: 01–05 1, 06–09 2, 10–14 3, 15–20 4", "no EventCode"),
    Column("GoldsteinScale", "the score published for the code", "no published score, or one we are not sure of"),
    Column("NumMentions", "records linked as this event"),
    Column("NumSources", "publishers among them", "no publisher is known"),
    Column("NumArticles", "reports among them"),
    Column("AvgTone", "", _TONE),
    *_geo("Actor1", {"Type": "0, which is none"}, _SIDES),
    *_geo("Actor2", {"Type": "0, which is none"}, _SIDES),
    *_geo("Action", _PLACED, "its clause names no place, or the gazetteer gives none"),
    Column("DATEADDED", "when the report was published, YYYYMMDDHHMMSS in UTC, 000000 where only the day is known", "no publication day"),
    Column("SOURCEURL", "the report's address, else its publisher, title and date", "neither is known"),
)
MENTIONS = (
    Column("GLOBALEVENTID", "as in the events"),
    Column("EventTimeDate", "DATEADDED of the event", "no publication day"),
    Column("MentionTimeDate", "when this report was published", "no publication day"),
    Column("MentionType", "1 an address on the web, 2 a citation"),
    Column("MentionSourceName", "who published it", "not said"),
    Column("MentionIdentifier", "the report's address, else its publisher, title and date", "neither is known"),
    Column("SentenceID", "", "we count code points, not sentences"),
    Column("Actor1CharOffset", "where the first side is named, in code points of the report's text; -1 where it is not named"),
    Column("Actor2CharOffset", "the same of the second side"),
    Column("ActionCharOffset", "where the word stands that says the act"),
    Column("InRawText", "1: the words are the report's own"),
    Column("Confidence", "percent"),
    Column("MentionDocLen", "code points of the report's text"),
    Column("MentionDocTone", "", _TONE),
    Column("MentionDocTranslationInfo", "", "nothing is translated"),
    Column("Extras", "the record's id and, behind a slash, its document's (GDELT leaves the column blank)"),
)


class Gdelt:
    """The exporter. Linked records are one event with several mentions."""

    parts: ClassVar[tuple[str, ...]] = ("", "mentions")
    columns: ClassVar[Mapping[str, tuple[Column, ...]]] = {"": EVENTS, "mentions": MENTIONS}
    kinds: ClassVar[frozenset[str]] = frozenset({"event"})

    def __init__(self, handles: Mapping[str, BinaryIO]) -> None:
        self._handles = handles
        self._rows = dict.fromkeys(self.parts, 0)

    def feed(self, told: Told) -> None:
        """Write the rows of an event, and a mention of each for each record."""
        event = told.record
        if isinstance(event, Event):
            found = pairs(event)
            for n, pair in enumerate(found, 1):
                number_ = event_number(row_name(event.id, n, len(found)))
                self._write("", _event(number_, event, pair, told))
                for mention in told.mentions:
                    self._write("mentions", _mention(number_, told, mention, pair))

    def finish(self) -> Mapping[str, int]:
        """The numbers of rows."""
        return dict(self._rows)

    def _write(self, part: str, cells: Iterable[str]) -> None:
        self._handles[part].write(line(cells))
        self._rows[part] += 1


@functools.cache
def _goldstein() -> Mapping[str, str]:
    rows = resources.files("onrecord.export").joinpath("goldstein.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


def goldstein(code: str) -> str:
    """The published Goldstein score of a CAMEO code of three or four digits; empty where there is none or we are not sure of it."""
    return _goldstein().get(code, "")


def quad_class(code: str) -> str:
    """GDELT's class of a CAMEO code, as its rows have it; empty for no code. Not PLOVER's quad: there 14 is material conflict, and 09 is not."""
    return next((quad for last, quad in (("05", "1"), ("09", "2"), ("14", "3"), ("20", "4")) if code and code[:2] <= last), "")


def event_number(row_id: str) -> str:
    """The number of a row: 60 bits of SHA-256, which fit GDELT's integers."""
    return str(int(hashlib.sha256(row_id.encode()).hexdigest()[:15], 16))


def _event(number_: str, event: Event, pair: Pair, told: Told) -> Iterator[str]:
    code = text(event.cameo)
    documents = {m.report.document.id: m.report.document for m in told.mentions}
    publishers = {d.publisher for d in documents.values() if d.publisher}
    yield number_
    yield from _when(event, told.report.document.published)
    for participant in pair:
        yield from _who(participant)
    yield from ("", code, code[:3], code[:2], quad_class(code), goldstein(code))
    yield from (str(len(told.mentions)), str(len(publishers)) if publishers else "", str(len(documents)), "")
    for place in (None, None, event.place):
        yield from _where(place)
    yield from (_time(told.report.document.published), _identifier(told.report.document))


def _when(event: Event, published: str | None) -> tuple[str, ...]:
    """Day, month, year and fraction, as far as they are known."""
    exact = exact_day(event.date, published)
    if exact:
        year, month, number_ = exact.split("-")
        return (year + month + number_, year + month, year, f"{int(year) + ((int(month) - 1) * 30 + int(number_)) / 365:.4f}")
    first, last = first_day(event.date.start or event.date.end), last_day(event.date.end or event.date.start)
    month, year = (first[:cut].replace("-", "") if first[:cut] == last[:cut] else "" for cut in (7, 4))
    return ("", month, year, "")


def _who(participant: Participant | None) -> tuple[str, ...]:
    actor = participant.actor if participant else None
    if actor is None:
        return ("", _capitals(participant.mention.text) if participant and participant.mention else "", *("",) * 8)
    country, group, kinds = text(cameo(actor.country)), GROUPS.get(actor.id, ""), _types(actor)
    code = (country or group) + "".join(kind for kind in kinds if kind)
    return (code, _capitals(actor.name), country, group, "", "", "", *kinds)


def _types(actor: ActorRef) -> tuple[str, ...]:
    """Up to three types; a state itself has none, as in GDELT's rows."""
    if actor.kind == "state":
        return ("", "", "")
    found = list(dict.fromkeys(TYPES[sector] for sector in actor.sectors if sector in TYPES))[:3]
    return (*found, *("",) * (3 - len(found)))


def _capitals(name: str) -> str:
    return text(name.upper())


def _where(place: Place | None) -> tuple[str, ...]:
    if place is None:
        return ("0", *("",) * 7)
    at_home = place.country == "USA"
    kind = {"country": "1", "region": "2" if at_home else "5", "city": "3" if at_home else "4"}.get(place.precision or "", "")
    code = fips(place.country)
    return (kind, text(place.name), code, "", "", number(place.lat), number(place.lon), code if kind == "1" else "")


def _mention(number_: str, told: Told, mention: Mention, pair: Pair) -> tuple[str, ...]:
    document = mention.report.document
    event = mention.record
    sides = (_named_in(mention, participant) for participant in pair) if mention is not told.mentions[0] else (_offset(p) for p in pair)
    trigger = str(event.trigger.start) if isinstance(event, Event) else NO_OFFSET
    head = (number_, _time(told.report.document.published), _time(document.published), "1" if document.url else "2")
    where = (text(document.publisher), _identifier(document), "", *sides, trigger, "1", str(round(event.confidence * 100)))
    return (*head, *where, str(len(document.text)), "", "", f"{event.id}/{document.id}")


def _offset(participant: Participant | None) -> str:
    return str(participant.mention.start) if participant and participant.mention else NO_OFFSET


def _named_in(mention: Mention, wanted: Participant | None) -> str:
    """Where a further mention names the actor of a side; -1 where it does not."""
    event = mention.record
    if not isinstance(event, Event) or wanted is None or wanted.actor is None:
        return NO_OFFSET
    same = (p for p in (*event.actors, *event.recipients) if p.actor and p.actor.id == wanted.actor.id)
    return _offset(next(same, None))


def _time(published: str | None) -> str:
    found = _WHOLE_TIME.fullmatch(published or "")
    known = day(published).replace("-", "")
    clock = "".join(part or "00" for part in found.groups()) if found else "000000"
    return known + clock if known else ""


def _identifier(document: Document) -> str:
    return text(document.url or ", ".join(part for part in (document.publisher, document.title, document.published) if part))
