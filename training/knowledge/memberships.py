"""memberships.tsv: who belongs to which organisation, in what status, from when to when.

Three lists are joined. Our own (``curated/memberships.tsv``) comes from accession dates as we know them, not from the hand-made core list, and so
can vouch for it; the Factbook's has statuses without dates, and vouches for what is still open. Judges no more than that: where dates differ our own
stand, and what only one list says keeps that list alone as its source.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from training.knowledge.facts import codes

HEADER = ["organisation", "member", "status", "start", "end", "as_of", "source"]
CODES = {"XKX": "KOS"}
OWN_READ, CORE_READ = "2025-06-30", "2025-12-31"
LAST_EDITION = "2026-05-17"
STATUSES = {
    "member": "member", "observer": "observer", "partner": "partner", "partners": "partner", "associate": "associate member",
    "associate member": "associate member", "associated member": "associate member", "candidate country": "candidate", "candidate": "candidate",
    "candidates": "candidate", "dialogue partner": "dialogue partner", "dialogue member": "dialogue partner", "signatory": "signatory",
    "suspended": "suspended", "temporarily suspended": "suspended", "regional": "member", "nonregional member": "member",
    "nonregional members": "member", "Chinese Taipei": "member", "Taipei, China": "member", "accession candidate": "applicant",
}  # fmt: skip
"""The Factbook's words for a status that say what they mean; rows with other words are left out."""
STALE = {"UN Security Council", "UNHRC"}
"""Lists with terms of two or three years, which the Factbook seldom brings up to date."""
MISTAKEN = {
    "Q47488": "SGP UZB", "Q41550": "EUE IND", "or:cemac": "AGO BDI COD STP", "or:euro-area": "SWE", "or:arctic-council": "FRO GRL",
    "Q1764511": "EUE", "or:g8": "EUE", "or:g10": "EUE",
}  # fmt: skip
"""Members in the Factbook's lists that are none: no parties of the court, partners, neighbours, parts of a member, the Union as a guest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; dates as text, perhaps only a year or a month; ``sure`` is False where the last word on it is not in."""

    organisation: str
    member: str
    status: str
    start: str
    end: str
    as_of: str
    source: str
    sure: bool = True

    @property
    def pair(self) -> tuple[str, str]:
        """Organisation and member."""
        return self.organisation, self.member

    def cells(self) -> list[str]:
        """The row as the table has it."""
        return [self.organisation, self.member, self.status, self.start, self.end, self.as_of, self.source]


def _ids(tables: Path) -> dict[str, str]:
    lines = (tables / "states.tsv").read_text(encoding="utf8").splitlines()[1:]
    return {row[2]: row[0] for row in (line.split("\t") for line in lines)} | {"EUE": "Q458"}


def _own(curated: Path, ids: dict[str, str]) -> Iterator[Row]:
    """Our own rows, and the groups that governed a state; a question mark after a member says that later news of it is unsure."""
    for name in ("memberships.tsv", "governments.tsv"):
        with (curated / name).open(encoding="utf8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                for member in row["members"].split():
                    code = member.rstrip("?")
                    yield Row(row["organisation"], ids.get(code, code), row["status"], row["start"], row["end"], OWN_READ, "own", code == member)


def _core(actors: Path, ids: dict[str, str]) -> Iterator[Row]:
    orgs = codes("core")
    with (actors / "org_membership_core.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            yield Row(orgs[row["org"]], ids[row["iso3"]], row["status"], row["start"], row["end"], CORE_READ, "core")


def _factbook(actors: Path, ids: dict[str, str]) -> list[Row]:
    """The Factbook's rows, one for each pair and status: those of long-standing members without a start, others from when seen."""
    orgs = codes("factbook")
    seen: dict[tuple[str, str, str], tuple[str, str]] = {}
    with (actors / "org_membership_factbook.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            member = ids.get(CODES.get(row["iso3"], row["iso3"])) or {"Serbia": ids["SRB"]}.get(row["country"])
            org, status = orgs.get(row["org"]), STATUSES.get(row["status"])
            if not (member and org and status) or row["org"] in STALE or row["iso3"] in MISTAKEN.get(org, "").split():
                continue
            first, last = seen.get((org, member, status), (row["first_seen"], row["last_seen"]))
            seen[org, member, status] = min(first, row["first_seen"]), max(last, row["last_seen"])
    since: dict[str, str] = {}
    for (org, _, _), (first, _) in seen.items():
        since[org] = min(since.get(org, first), first)
    return [
        # three states stand in the last edition alone, which says nothing about when they joined
        Row(org, member, status, "" if status == "member" and first in (since[org], LAST_EDITION) else first, "", last, "factbook-members")
        for (org, member, status), (first, last) in seen.items()
    ]


def agree(one: str, other: str) -> bool:
    """Whether two dates are the same as far as both go, or within a week (signature and first day, last day in and first day out)."""
    short = min(len(one), len(other))
    if one[:short] == other[:short] and (short or one == other):
        return True
    return short == 10 and abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(days=7)


def _confirmed(own: Iterable[Row], core: Iterable[Row]) -> list[Row]:
    """Our rows, with the core list as a second source where it agrees; then the core's rows of pairs that ours lack."""
    ours, theirs = list(own), list(core)
    by_pair: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in theirs:
        by_pair[row.pair].append(row)
    known = {row.pair for row in ours}
    found = [
        replace(row, source="core own", as_of=max(CORE_READ, OWN_READ))
        if any(c.status == row.status and agree(c.start, row.start) and agree(c.end, row.end) for c in by_pair[row.pair])
        else row
        for row in ours
    ]
    return found + [row for row in theirs if row.pair not in known]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def without_suspensions(rows: list[Row]) -> list[Row]:
    """Memberships cut in two by suspensions: who is suspended is no member on those days."""
    pauses: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.status == "suspended":
            pauses[row.pair].append(row)
    found: list[Row] = []
    for row in rows:
        rest: Row | None = row
        for pause in sorted(pauses[row.pair], key=lambda p: p.start) if row.status == "member" else ():
            if rest is None or pause.start < rest.start or (rest.end and rest.end < pause.start):
                continue
            found.append(replace(rest, end=_day_before(pause.start)))
            rest = replace(rest, start=_day_after(pause.end)) if pause.end and pause.end != rest.end else None
        if rest is not None:
            found.append(rest)
    return found


def _still_so(rows: list[Row], factbook: list[Row]) -> Iterator[Row]:
    """Open rows that the Factbook's last edition confirms are known up to its day."""
    last = {(f.pair, f.status) for f in factbook if f.as_of == LAST_EDITION}
    for row in rows:
        confirmed = row.sure and not row.end and (row.pair, row.status) in last
        yield replace(row, as_of=LAST_EDITION, source=f"{row.source} factbook-members") if confirmed else row


def build(actors: Path, curated: Path, tables: Path) -> list[list[str]]:
    """The rows of memberships.tsv; raises ValueError for an organisation that neither organisations.tsv nor states.tsv has.

    A state stands for an organisation where a group is its government (status "government").
    """
    ids = _ids(tables)
    dated = without_suspensions(_confirmed(_own(curated, ids), _core(actors, ids)))
    factbook = _factbook(actors, ids)
    known = {row.pair for row in dated}
    # whom the Factbook lists as a member later than the rest it has noticed late: it may confirm a dated row, but knows no start
    undated = [row for row in factbook if row.pair not in known and not (row.status == "member" and row.start)]
    rows = [*_still_so(dated, factbook), *undated]
    orgs = {line.split("\t", 1)[0] for line in (tables / "organisations.tsv").read_text(encoding="utf8").splitlines()}
    if unknown := {row.organisation for row in rows} - orgs - set(ids.values()):
        raise ValueError(f"memberships of unknown organisations: {sorted(unknown)}")
    return sorted(row.cells() for row in rows)
