"""Scores what :meth:`Reader.actor` makes of phrases by themselves: country and PLOVER sector, by the kind of question the set asks.

Reads rows ``{"text", "method", "kwargs": {"query_date"}, "expect": {"country" or "cc", "code_1", "code_2"}, "not_expect": {"country"}}``. Labels that
are no code of the codebook (a country where the sector stands, "????") are counted as unusable and left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.codebook import sectors
from onrecord.model import ActorRef
from onrecord.reading.reader import Reader

THEIRS = {"XKX": "KOS"}
"""Country codes that others write otherwise."""
INTERNATIONAL = ("EUR", "UNO", "IGO")
"""Codes that stand where a country stands, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one phrase came out. ``country``, ``sector``: right or wrong, None where the row asks for none; ``unusable``: a label is no code."""

    text: str
    country: bool | None
    sector: bool | None
    unusable: bool
    found: ActorRef | None


def judge(row: dict[str, Any], reader: Reader) -> Verdict:
    """The verdict on one row; of several actors the first counts."""
    expect = row["expect"]
    day = row["kwargs"].get("query_date", "").strip("'")
    found = reader.actor(row["text"], date.fromisoformat(day) if day else None)[0].actor
    country = expect.get("country", expect.get("cc"))
    codes = [c for c in (expect.get("code_1"), expect.get("code_2")) if c]
    unusable = bool(set(codes) - sectors()) or (country or "") in sectors() - set(INTERNATIONAL)
    have = country_code(found)
    right = None if country is None or unusable else have == THEIRS.get(country, country)
    if row["not_expect"].get("country"):
        right = have != row["not_expect"]["country"]
    return Verdict(row["text"], right, None if unusable or not codes else sector_fits(codes, found), unusable, found)


def country_code(found: ActorRef | None) -> str:
    """The country an actor is put under: EUR, UNO or IGO for bodies of states, "" for nobody's."""
    if found is None:
        return ""
    return found.country or next((code for code in INTERNATIONAL if code in found.sectors), "")


def sector_fits(codes: list[str], found: ActorRef | None) -> bool:
    """Whether the sectors are those asked for: the first one named (the international codes aside), or both of two; UNK is none at all."""
    have = [s for s in found.sectors if s not in INTERNATIONAL or s in codes] if found is not None else []
    if codes == ["UNK"]:
        return not have
    return have[:1] == codes if len(codes) == 1 else set(codes) <= set(have)


def verdicts(path: Path) -> list[Verdict]:
    """The verdicts on every row of a JSONL file, in order."""
    reader = Reader()
    return [judge(json.loads(line), reader) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def percentages(found: Iterable[Verdict]) -> dict[str, float]:
    """``country`` and ``sector``: per cent right of the rows that ask for one; ``both``: of all usable rows those with nothing wrong."""
    tally: Counter[str] = Counter()
    for verdict in found:
        if verdict.unusable:
            continue
        tally.update(all=1, both=verdict.country is not False and verdict.sector is not False)
        for name, right in (("country", verdict.country), ("sector", verdict.sector)):
            if right is not None:
                tally.update({f"{name} asked": 1, name: right})
    asked = {"country": "country asked", "sector": "sector asked", "both": "all"}
    return {name: round(100 * tally[name] / max(1, tally[of]), 1) for name, of in asked.items()}
