"""What every codebook gives: one entry for each code. It holds no codes of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its meaning. ``kind``: which codebook (issue, relation, event type, mode, sector …); ``source``: where the definition is from."""

    code: str
    kind: str
    label: str
    definition: str
    example: str
    source: str
