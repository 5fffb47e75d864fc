"""A second source for what only our own list says: dated readings of other files that name persons and states but no usable office. Adds no fact."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from training.knowledge import facts
from training.knowledge.surnames import fold, spellings

_SERVING = {"GOV", "MIL", "LEG"}
_SERVED = timedelta(days=31)
_OPEN = date(2015, 12, 31)


def _day(text: str) -> date | None:
    """The first day of an ISO date or of PETRARCH's "970525", "19970525" or "199705"; of two-digit years those up to 18 are of this century.

    A month or day that no calendar has is the nearest that every month has.
    """
    digits = text.replace("-", "")
    if len(digits) == 6 and digits[:2] not in ("19", "20"):
        digits = ("20" if digits < "19" else "19") + digits
    if not digits.isdigit() or len(digits) not in (4, 6, 8):
        return None
    return date(int(digits[:4]), min(max(int(digits[4:6] or 1), 1), 12), min(max(int(digits[6:] or 1), 1), 28))


class Readings:
    """Who served which state when, by folded name: PETRARCH's dated actors (to 2015) and the Factbook's ambassadors (2015 to 2026)."""

    def __init__(self, actors: Path) -> None:
        """Read both files of the folder of actor data."""
        self._served: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
        for row in facts.read(actors / "petrarch_actors_mit.csv"):
            if row["code"][3:6] in _SERVING:
                state = facts.CODES.get(row["code"][:3], row["code"][:3])
                self._add(state, row["alias"].partition(";")[0], _day(row["from"] or ""), _day(row["to"] or "") or _OPEN, "phoenix")
        for row in facts.read(actors / "ambassadors_factbook.csv"):
            state = "USA" if row["direction"] == "from_US" else row["iso3"]
            self._add(state, row["name"], _day(row["start"] or row["first_seen"]), _day(row["last_seen"]), "envoys")

    def _add(self, state: str, name: str, since: date | None, until: date | None, kind: str) -> None:
        if since and until:
            self._served[state, fold(name)].append((since, until, kind))

    def confirmed(self, names: list[str], row: list[str]) -> str:
        """The sources of a row of offices.tsv; one that only our list has gains a reading that has the person serve that state for a month of it.

        Such a reading confirms the person, the state and the time, not the office.
        """
        _, _, _, country, _, start, end, as_of, origin = row
        since, until = _day(start), _day(end or as_of)
        if origin != "own" or not since or not until or not country:
            return origin
        keys = {fold(form) for name in names for form in (name, *spellings(name, country))}
        read = [reading for key in keys for reading in self._served.get((country, key), ())]
        return " ".join([*sorted({kind for first, last, kind in read if min(last, until) - max(first, since) >= _SERVED}), origin])
