"""The project's own gold format: a TOML file beside each sample report that says, in the report's words, which records it should yield.

Words instead of offsets keep the file readable; they must occur exactly once in the text, or be made unique by ``near`` words before them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError

SECTIONS = ("statements", "events", "positions", "relations", "absent")


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected record: its kind's fields as written in the file and the stretch ``[start, end)`` of text that says it."""

    fields: dict[str, Any]
    start: int
    end: int

    def names(self, field: str) -> tuple[str, ...]:
        """The actors a field names, as a tuple."""
        value = self.fields.get(field, ())
        return (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True, slots=True)
class Gold:
    """Every expected record of one report by section; ``absent`` lists what must not be produced."""

    path: Path
    statements: tuple[Expected, ...]
    events: tuple[Expected, ...]
    positions: tuple[Expected, ...]
    relations: tuple[Expected, ...]
    absent: tuple[Expected, ...]


def load_gold(path: Path, text: str) -> Gold:
    """Read a gold file for a report with ``text``. Raises InputError where words are missing from the text or stand there twice."""
    data = tomllib.loads(path.read_text(encoding="utf8"))
    unknown = sorted(set(data) - set(SECTIONS))
    if unknown:
        raise InputError(f"{path.name}: unknown section {unknown[0]!r}", code="gold", hint=f"sections are {', '.join(SECTIONS)}")
    parts = {name: tuple(_locate(path, text, row) for row in data.get(name, ())) for name in SECTIONS}
    return Gold(path, **parts)


def _locate(path: Path, text: str, row: dict[str, Any]) -> Expected:
    words = row["words"]
    start = text.find(words, text.find(row["near"]) if "near" in row else 0)
    if start < 0:
        raise InputError(f"{path.name}: the text does not say {words!r}", code="gold", hint="copy the words from the text")
    if "near" not in row and text.find(words, start + 1) >= 0:
        raise InputError(f"{path.name}: the text says {words!r} more than once", code="gold", hint="add near = the words before it")
    return Expected(row, start, start + len(words))
