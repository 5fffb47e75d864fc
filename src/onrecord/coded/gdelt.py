"""GDELT 2.0 files read back: events, and their mentions where a file of them is given. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.codebook import Cameo, cameo_code, plover
from onrecord.coded.cells import Row, bad_row, split
from onrecord.coded.event import CodedEvent, CodedMention
from onrecord.coded.files import LARGEST, OnProblem, lines
from onrecord.errors import CodebookError, InputError
from onrecord.export.gdelt import EVENTS, GROUPS, MENTIONS, TYPES
from onrecord.export.states import of_cameo, of_fips
from onrecord.ingest.files import shown

_EVENT_COLUMNS = tuple(c.name for c in EVENTS)
_MENTION_COLUMNS = tuple(c.name for c in MENTIONS)
_SECTORS = {cameo: sector for sector, cameo in TYPES.items()}
_IDS = {code: actor_id for actor_id, code in GROUPS.items()}
_FIRST_VERSION = (57, 58)
"""Columns of GDELT 1.0, whose places are described otherwise."""


def read_gdelt(path: str | Path, on_problem: OnProblem, *, mentions: str | Path | None = None, largest: int = LARGEST) -> Iterator[CodedEvent]:
    """The rows of a GDELT 2.0 file of events, as they are read, with their ``mentions`` if such a file is given (which is then held in memory).

    CAMEO codes become PLOVER types, modes and contexts by the codebook; where PLOVER has no event for a code, as for plain statements, the type
    is None. A row with too few or too many cells is passed over, a value that is not understood left out; both are told to
    ``on_problem`` with their line. Raises InputError for a file that cannot be opened or is a GDELT 1.0 file.
    """
    told = _mentions(mentions, on_problem, largest) if mentions is not None else {}
    for number, row in _rows(path, _EVENT_COLUMNS, on_problem, largest):
        yield _event(number, row, tuple(told.get(row.cells["GLOBALEVENTID"], ())))


def is_gdelt(line: str) -> bool:
    """Whether a first line is a row, or a header, of GDELT 2.0 events."""
    cells = split(line)
    return len(cells) == len(_EVENT_COLUMNS) and (cells[0].isdigit() or cells[0].casefold() == "globaleventid")


def _rows(path: str | Path, columns: tuple[str, ...], on_problem: OnProblem, largest: int) -> Iterator[tuple[int, Row]]:
    where = shown(path)
    for number, line in lines(path, on_problem, largest=largest):
        cells = split(line)
        if number == 1 and len(cells) in _FIRST_VERSION:
            raise InputError(
                f"{where} has {len(cells)} columns, as GDELT 1.0 has", code="coded-file", hint="get the file of GDELT 2.0, with 61 columns"
            )
        if len(cells) == len(columns) and cells[0].isdigit():
            yield number, Row(dict(zip(columns, cells, strict=True)), f"{where} line {number}", on_problem)
        elif line.strip() and not (number == 1 and cells[0].casefold() == "globaleventid"):
            wrong = f"{len(cells)} cells where there are {len(columns)} columns" if len(cells) != len(columns) else "its first cell is no number"
            on_problem(bad_row(wrong, f"{where} line {number}"))


def _event(number: int, row: Row, mentions: tuple[CodedMention, ...]) -> CodedEvent:
    code = row.text("EventCode")
    coded = _coded(code, row)
    kind = coded.plover if coded else None
    link = row.text("SOURCEURL")
    first = mentions[0] if mentions else None
    return CodedEvent(
        line=number,
        id=row.cells["GLOBALEVENTID"],
        date=row.day("SQLDATE"),
        published=row.day("DATEADDED"),
        type=kind,
        mode=coded.mode if coded else None,
        quad=plover.quad(kind) if kind else row.integer("QuadClass"),
        contexts=coded.contexts if coded else (),
        intensity=row.number("GoldsteinScale"),
        cameo=code,
        actor=row.text("Actor1Name"),
        actor_id=_IDS.get(row.text("Actor1KnownGroupCode") or ""),
        actor_country=of_cameo(row.text("Actor1CountryCode") or ""),
        actor_sectors=_sectors(row, 1),
        recipient=row.text("Actor2Name"),
        recipient_id=_IDS.get(row.text("Actor2KnownGroupCode") or ""),
        recipient_country=of_cameo(row.text("Actor2CountryCode") or ""),
        recipient_sectors=_sectors(row, 2),
        place=row.text("ActionGeo_FullName"),
        place_country=of_fips(row.text("ActionGeo_CountryCode") or ""),
        lat=row.number("ActionGeo_Lat"),
        lon=row.number("ActionGeo_Long"),
        publisher=first.publisher if first else None,
        url=link,
        mentions=mentions,
    )


def _coded(code: str | None, row: Row) -> Cameo | None:
    try:
        return cameo_code(code) if code else None
    except CodebookError:
        row.strange("EventCode", code or "")
        return None


def _sectors(row: Row, side: int) -> tuple[str, ...]:
    """PLOVER sectors; a CAMEO type that PLOVER does not have is left out."""
    codes = (row.text(f"Actor{side}Type{n}Code") for n in (1, 2, 3))
    return tuple(_SECTORS[code] for code in codes if code in _SECTORS)


def _mentions(path: str | Path, on_problem: OnProblem, largest: int) -> Mapping[str, list[CodedMention]]:
    found: dict[str, list[CodedMention]] = {}
    for _, row in _rows(path, _MENTION_COLUMNS, on_problem, largest):
        found.setdefault(row.cells["GLOBALEVENTID"], []).append(_mention(row))
    return found


def _mention(row: Row) -> CodedMention:
    percent = row.number("Confidence")
    return CodedMention(
        publisher=row.text("MentionSourceName"),
        url=row.text("MentionIdentifier"),
        published=row.day("MentionTimeDate"),
        actor_start=_offset(row, "Actor1CharOffset"),
        recipient_start=_offset(row, "Actor2CharOffset"),
        start=_offset(row, "ActionCharOffset"),
        confidence=None if percent is None else percent / 100,
    )


def _offset(row: Row, name: str) -> int | None:
    found = row.integer(name)
    return found if found is not None and found >= 0 else None
