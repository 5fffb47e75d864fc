"""POLECAT files read back: rows by the names in their header, whatever the order. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.codebook import plover
from onrecord.coded.cells import Row, bad_row, split
from onrecord.coded.event import CodedEvent
from onrecord.coded.files import LARGEST, OnProblem, lines
from onrecord.errors import InputError
from onrecord.ingest.files import shown

NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Country", "Recipient Country")
"""Columns without which a row says nothing that could be compared; any other may be missing."""
_OTHER_NAMES = {"event intensity": "Intensity"}


def read_polecat(path: str | Path, on_problem: OnProblem, *, largest: int = LARGEST) -> Iterator[CodedEvent]:
    """The rows of a POLECAT file, as they are read.

    A row with too few or too many cells, or without an id, is passed over; a value that is not understood is left out; both are told to
    ``on_problem`` with their line. Raises InputError for a file that cannot be opened or has no such header.
    """
    where = shown(path)
    rows = lines(path, on_problem, largest=largest)
    header = _header(next(rows, (1, ""))[1], where)
    for number, line in rows:
        cells = split(line)
        here = f"{where} line {number}"
        if len(cells) != len(header):
            if line.strip():
                on_problem(bad_row(f"{len(cells)} cells where there are {len(header)} columns", here))
            continue
        event = _event(number, Row(dict(zip(header, cells, strict=True)), here, on_problem))
        if event.id:
            yield event
        else:
            on_problem(bad_row("the row has no Event ID", here))


def is_polecat(line: str) -> bool:
    """Whether a first line is a POLECAT header."""
    return set(NEEDED) <= set(_names(line))


def _names(line: str) -> list[str]:
    """The column names, spelled as POLECAT does."""
    names = [" ".join(cell.split()) for cell in split(line)]
    return [_OTHER_NAMES.get(name.casefold(), name) for name in names]


def _header(line: str, where: str) -> list[str]:
    if not is_polecat(line):
        missing = ", ".join(name for name in NEEDED if name not in _names(line))
        hint = "it must be tab-separated and begin with POLECAT's header"
        raise InputError(f"{where} is no POLECAT file: its first line lacks {missing}", code="coded-file", hint=hint)
    return _names(line)


def _event(number: int, row: Row) -> CodedEvent:
    kind = (row.text("Event Type") or "").upper()
    known = kind if kind in plover.types() else None
    if kind and not known:
        row.strange("Event Type", kind)
    return CodedEvent(
        line=number,
        id=row.text("Event ID") or "",
        date=row.day("Event Date"),
        published=row.day("Publication Date"),
        type=known,
        mode=row.text("Event Mode"),
        quad=plover.quad(known) if known else None,
        contexts=row.listed("Contexts"),
        intensity=row.number("Intensity"),
        actor=row.text("Actor Name"),
        actor_country=row.text("Actor Country"),
        actor_sectors=row.listed("Actor Sectors") or row.listed("Primary Actor Sector"),
        actor_words=row.text("Actor Name Raw"),
        recipient=row.text("Recipient Name"),
        recipient_country=row.text("Recipient Country"),
        recipient_sectors=row.listed("Recipient Sectors") or row.listed("Primary Recipient Sector"),
        recipient_words=row.text("Recipient Name Raw"),
        place=row.text("Placename"),
        place_country=row.text("Country"),
        lat=row.number("Latitude"),
        lon=row.number("Longitude"),
        publisher=row.text("Source"),
    )
