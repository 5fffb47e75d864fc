"""CAMEO codes and what they are in PLOVER 2.0.

The mapping is cameo2plover of 2021 (openeventdata); its gaps (01, 02, 155, 176, 1834, 1951, 1952) were filled by us and say so in
``mapping_source``; modes and contexts that PLOVER 2.0 no longer has were translated, the old name stands in ``note``. Wording: our own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError

OURS = "onrecord"
"""``mapping_source`` of codes whose place in PLOVER we filled in."""


@dataclass(frozen=True, slots=True)
class Cameo:
    """One CAMEO code. ``plover`` is None where PLOVER has no event for it (plain statements)."""

    code: str
    label: str
    definition: str
    example: str
    plover: str | None
    mode: str | None
    contexts: tuple[str, ...]
    mapping_source: str
    note: str


@functools.cache
def codes() -> Mapping[str, Cameo]:
    """Every code, two digits to four."""
    text = resources.files("onrecord.codebook").joinpath("cameo.tsv").read_text(encoding="utf8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {r[0]: Cameo(r[0], r[1], r[2], r[3], r[4] or None, r[5] or None, tuple(r[6].split()), r[7], r[8]) for r in rows}


def cameo_code(code: str) -> Cameo:
    """The CAMEO code ``code``; raises CodebookError where there is none."""
    try:
        return codes()[code]
    except KeyError:
        raise CodebookError(f"no CAMEO code {code!r}", hint="codes have two to four digits, such as 04, 042 or 1411") from None


def entries() -> Iterator[Entry]:
    """Every CAMEO code, its PLOVER coding in the source line."""
    for c in codes().values():
        there = c.plover and c.plover + (f"/{c.mode}" if c.mode else "") + (f" ({', '.join(c.contexts)})" if c.contexts else "")
        filled = "filled in by onrecord, a gap of cameo2plover 2021" if c.mapping_source == OURS else c.mapping_source
        yield Entry(c.code, "cameo", c.label, c.definition, c.example, f"CAMEO; in PLOVER: {there or 'no event'} ({filled})")
