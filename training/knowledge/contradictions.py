"""What the offices table says against itself: the cross-check for facts that no second source has. Prints, mends nothing.

Usage: ``python -m training.knowledge.contradictions [KIND]``. Clean rows are no proof that a fact is true, only that nothing here denies it.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.knowledge.tables import day, rows

ALONE = {
    "president", "prime minister", "monarch", "foreign minister", "defence minister", "supreme leader", "chief cabinet secretary",
    "secretary-general", "commission president", "council president", "pope", "high representative",
}  # fmt: skip
SLACK = timedelta(days=45)
DEBRIS = re.compile(
    r"[()\[\]\"“”;|]|\b(?:since|list of|elect|designate)\b|\b(\w+) \1\b|President of the Province|\A(?:and|of|the|for)\b|\b(?:and|of|the|for)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tenure:
    """One row of offices.tsv, as short as its dates allow: a year or month begins on its last day and ends on its first; open is ``as_of``."""

    person: str
    name: str
    title: str
    role: str
    country: str
    body: str
    start: date | None
    end: date
    exact: bool
    origin: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``kind``: overlap, order, nationality or debris; ``text``: the rows that disagree, for a reader."""

    kind: str
    text: str


def tenures() -> list[Tenure]:
    """Every row of the packaged offices table."""
    names = {row[0]: row[1] for row in rows("persons")[1]}
    found = []
    for person, title, role, country, body, start, end, as_of, origin in rows("offices")[1]:
        last = day(end) or day(as_of)
        exact = len(start) == 10 and len(end) in (0, 10)
        found.append(Tenure(person, names[person], title, role, country, body, day(start, last=not exact), last or date.max, exact, origin))
    return found


def _show(tenure: Tenure) -> str:
    return f"{tenure.name} ({tenure.person}) {tenure.start}..{tenure.end} [{tenure.origin}]"


def overlaps(all_tenures: list[Tenure]) -> Iterator[Contradiction]:
    """Two holders of an office of one person for more than six weeks."""
    held: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
    for tenure in all_tenures:
        if tenure.role in ALONE and tenure.start and not (tenure.country and tenure.body):
            held[tenure.country or tenure.body, tenure.role].append(tenure)
    for (place, role), holders in sorted(held.items()):
        for one, other in itertools.combinations(holders, 2):
            common = min(one.end, other.end) - max(one.start or date.min, other.start or date.min)
            if one.person != other.person and common > SLACK:
                yield Contradiction("overlap", f"{place} {role}: {_show(one)} / {_show(other)}")


def disorder(all_tenures: list[Tenure]) -> Iterator[Contradiction]:
    """Offices that end before they begin."""
    for tenure in all_tenures:
        if tenure.exact and tenure.start and tenure.end < tenure.start:
            yield Contradiction("order", f"{tenure.country or tenure.body} {tenure.title}: {_show(tenure)}")


def nationalities(all_tenures: list[Tenure]) -> Iterator[Contradiction]:
    """Persons who hold offices of two states: namesakes taken for one, or a king of many realms."""
    held: dict[str, set[str]] = defaultdict(set)
    named: dict[str, str] = {}
    for tenure in all_tenures:
        if tenure.country:
            held[tenure.person].add(tenure.country)
            named[tenure.person] = tenure.name
    for person, countries in sorted(held.items()):
        if len(countries) > 1:
            yield Contradiction("nationality", f"{named[person]} ({person}): {' '.join(sorted(countries))}")


def debris(all_tenures: list[Tenure]) -> Iterator[Contradiction]:
    """Titles that hold what is no title: brackets, quotation marks, years, "since", "list of", a word twice."""
    for title, times in sorted(Counter(t.title for t in all_tenures if DEBRIS.search(t.title)).items()):
        yield Contradiction("debris", f"{times} x {title}")


def contradictions() -> list[Contradiction]:
    """All of them, by kind."""
    table = tenures()
    return [found for check in (overlaps, disorder, nationalities, debris) for found in check(table)]


def main() -> None:
    """Print the contradictions, or those of one kind, and how many there are of each."""
    parser = argparse.ArgumentParser(description="Print what the offices table says against itself.")
    parser.add_argument("kind", nargs="?", choices=["overlap", "order", "nationality", "debris"])
    chosen = parser.parse_args().kind
    found = contradictions()
    lines = [f"{c.kind}: {c.text}" for c in found if chosen in (None, c.kind)]
    sys.stdout.write("\n".join([*lines, str(dict(Counter(c.kind for c in found)))]) + "\n")


if __name__ == "__main__":
    main()
