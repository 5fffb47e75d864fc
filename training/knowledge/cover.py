"""Where the offices table knows nobody: for a state and an office, the stretches of days without a holder. Prints, mends nothing.

Usage: ``python -m training.knowledge.cover [ISO3 ...]``. A stretch may be true: an office that did not exist, a vacancy, a ruler under another title.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.knowledge.tables import day, rows

OFFICES = {
    "head of state": ("president", "monarch", "supreme leader", "paramount leader"),
    "prime minister": ("prime minister",),
    "foreign minister": ("foreign minister",),
    "defence minister": ("defence minister",),
}
FIRST, LAST = date(1996, 1, 1), date(2025, 6, 1)
SHORT = timedelta(days=20)


def held() -> dict[tuple[str, str], list[tuple[date, date]]]:
    """First and last day of every tenure by (state, role); an open one lasts until the day it is known to be true."""
    found: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for _, _, role, country, body, start, end, as_of, _ in rows("offices")[1]:
        last = day(end, last=True) or day(as_of)
        if country and not body and last:
            found[country, role].append((day(start) or date.min, last))
    return found


def gaps(tenures: list[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The stretches of more than twenty days between FIRST and LAST that no tenure covers."""
    known = FIRST
    for start, end in [*sorted(tenures), (LAST, LAST)]:
        if min(start, LAST) - known > SHORT:
            yield known, min(start, LAST)
        known = max(known, end)


def main() -> None:
    """Print the gaps of the states asked for, or of all that have any of the offices."""
    parser = argparse.ArgumentParser(description="Print the days for which the offices table knows no holder.")
    parser.add_argument("states", nargs="*", metavar="ISO3")
    chosen, tenures = parser.parse_args().states, held()
    for state in chosen or sorted({state for state, _ in tenures}):
        for office, roles in OFFICES.items():
            missing = list(gaps([t for role in roles for t in tenures.get((state, role), ())]))
            if missing:
                sys.stdout.write(f"{state} {office}: {', '.join(f'{since}..{until}' for since, until in missing)}\n")


if __name__ == "__main__":
    main()
