"""A second source for what only our own list says: dated readings of other files that name persons and states but no usable office. Adds no fact."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from training.knowledge import facts
from training.knowledge.surnames import fold, spellings

_SECTORS = {"GOV": "petrarch", "MIL": "petrarch", "LEG": "petrarch"}


def _century(text: str) -> str:
    """An ISO date of PETRARCH's "970525", "199705" or "1997"; years up to 30 are of this century."""
    if len(text) == 8:
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if len(text) != 6:
        return ""
    return f"{'20' if text < '30' else '19'}{text[:2]}-{text[2:4]}-{text[4:]}"


class Readings:
    """Who served which state when, by folded name: PETRARCH's dated actors (to 2015) and the Factbook's ambassadors (2015 to 2026)."""

    def __init__(self, actors: Path) -> None:
        """Read both files of the folder of actor data."""
        self._served: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        for row in facts.read(actors / "petrarch_actors_mit.csv"):
            state, sector = facts.CODES.get(row["code"][:3], row["code"][:3]), row["code"][3:6]
            start = _century(row["from"] or "")
            if sector in _SECTORS and start:
                name = fold(row["alias"].partition(";")[0])
                self._served[state, name].append((start, _century(row["to"] or "") or "2015-12-31", "petrarch"))
        for row in facts.read(actors / "ambassadors_factbook.csv"):
            state = "USA" if row["direction"] == "from_US" else row["iso3"]
            self._served[state, fold(row["name"])].append((row["start"] or row["first_seen"], row["last_seen"], "envoys"))

    def confirmed(self, names: list[str], row: list[str]) -> str:
        """The sources of a row of offices.tsv; one that only our list has gains a reading that has the person serve that state when it began.

        Such a reading confirms the person, the state and the time, not the office.
        """
        _, _, _, country, _, start, end, _, origin = row
        if origin != "own" or not start or not country:
            return origin
        after = (start + "-02-15")[:10] if len(start) > 4 else f"{start}-12-31"
        middle = max(start, min(after, end or after))
        keys = {fold(form) for name in names for form in (name, *spellings(name, country))}
        found = {kind for key in keys for since, until, kind in self._served.get((country, key), ()) if since[:7] <= middle[:7] <= until[:7]}
        return " ".join([*sorted(found), origin])
