"""What every exporter is: a class that is fed records and finished, found through the entry-point group ``onrecord.exporters``. Holds no format.

``tests/export/contract.py`` says what any exporter must do; it runs on all that are registered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import BinaryIO, ClassVar, Protocol, cast

from onrecord.errors import QueryError
from onrecord.export.told import Told

GROUP = "onrecord.exporters"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a format: what we put there; ``empty`` says why nothing, or not always something, can be put there."""

    name: str
    holds: str = ""
    empty: str = ""


class Exporter(Protocol):
    """Writes what it is fed in one format.

    ``parts``: the files it writes, by the word that tells them apart in their names, ``""`` being the main one; ``columns``: the columns of each
    part; ``kinds``: the kinds of record it takes. It writes bytes to handles it neither opens nor closes, as it is fed or when it is finished, and
    the same bytes for the same records in the same order.
    """

    parts: ClassVar[tuple[str, ...]]
    columns: ClassVar[Mapping[str, tuple[Column, ...]]]
    kinds: ClassVar[frozenset[str]]

    def __init__(self, handles: Mapping[str, BinaryIO]) -> None:
        """An exporter that writes each part to its handle."""

    def feed(self, told: Told) -> None:
        """Take one record, with the report it stands in and those told to be the same."""

    def finish(self) -> Mapping[str, int]:
        """Write what is left, and return how many rows each part has, headers not counted."""


def known() -> tuple[str, ...]:
    """The names of all exporters that are installed."""
    return tuple(sorted(entry.name for entry in entry_points(group=GROUP)))


def find(name: str) -> type[Exporter]:
    """The exporter registered under ``name``; raises QueryError where there is none."""
    for entry in entry_points(group=GROUP, name=name):
        return cast(type[Exporter], entry.load())
    raise QueryError(f"nothing exports {name!r}", hint="one of " + ", ".join(known()))
