"""Which CAMEO code an event gets: as specific as its words allow, never more. Our own choice, in ``choice.tsv``; the first row that fits wins.

A row asks for a type, with or without mode; for what the act is about (the type of what is promised, asked or refused, or a re-coding rule), and
for a context. Two codes stand for an appeal and a demand. What no row covers gets the code of its mode in ``plover.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources

from onrecord.codebook.plover import cameo_of

EXCEPTIONS = {"116": "SANCTION", "163": "SANCTION"}
"""Codes that we give to another type than cameo2plover 2021: PLOVER 2.0 has convictions and embargoes under SANCTION."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``kind`` is "TYPE" or "TYPE/mode"; empty ``about`` and ``context`` ask for nothing; ``codes``: one, or for an appeal and a demand."""

    kind: str
    about: str
    context: str
    codes: tuple[str, ...]


@functools.cache
def rows() -> tuple[Row, ...]:
    """Every row, in order."""
    lines = resources.files("onrecord.codebook").joinpath("choice.tsv").read_text(encoding="utf8").splitlines()[1:]
    return tuple(Row(kind, about, context, tuple(codes.split())) for kind, about, context, codes in (line.split("\t") for line in lines))


def cameo_for(kind: str, mode: str | None, *, about: Collection[str] = (), contexts: Collection[str] = (), firm: bool = False) -> str | None:
    """The CAMEO code of an event of type ``kind``.

    ``about``: types ("AID", "RETREAT/release") and re-coding rules of what it is about; ``firm``: it demands rather than appeals.
    None where CAMEO has none.
    """
    kinds = (kind, f"{kind}/{mode}") if mode else (kind,)
    for row in rows():
        if row.kind in kinds and (not row.about or row.about in about) and (not row.context or row.context in contexts):
            if "/" not in row.kind and mode and not row.about and not row.context:
                break
            return row.codes[-1] if firm else row.codes[0]
    return cameo_of(kind, mode) or cameo_of(kind)
