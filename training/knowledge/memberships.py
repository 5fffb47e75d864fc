"""memberships.tsv: who belongs to which organisation, from when to when; hand-made lists first, the Factbook's lists (without dates) for the rest."""

from __future__ import annotations

import csv
from pathlib import Path

from training.knowledge.facts import codes

HEADER = ["organisation", "member", "status", "start", "end", "as_of", "source"]
CODES = {"XKX": "KOS"}
CORE, FACTBOOK = codes("core"), codes("factbook")


def _ids(tables: Path) -> dict[str, str]:
    lines = (tables / "states.tsv").read_text(encoding="utf8").splitlines()[1:]
    return {row[2]: row[0] for row in (line.split("\t") for line in lines)} | {"EUE": "Q458"}


def build(actors: Path, curated: Path, tables: Path) -> list[list[str]]:
    """The rows of memberships.tsv. The Factbook's rows carry no start: they say what held between first and last seen."""
    ids = _ids(tables)
    found: list[list[str]] = []
    with (actors / "org_membership_core.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            found.append([CORE[row["org"]], ids[row["iso3"]], row["status"], row["start"], row["end"], "2026-05-17", "core"])
    with (curated / "memberships.tsv").open(encoding="utf8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found += [
                [row["organisation"], ids.get(m, m), row["status"], row["start"], row["end"], "2025-01-01", "own"] for m in row["members"].split()
            ]
    known = {(row[0], row[1]) for row in found}
    with (actors / "org_membership_factbook.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            member = ids.get(CODES.get(row["iso3"], row["iso3"])) or {"Serbia": "Q403", "Namibia": ids["NAM"]}.get(row["country"])
            org = FACTBOOK.get(row["org"])
            if member and org and (org, member) not in known and row["status"] in ("member", "observer"):
                found.append([org, member, row["status"], "", "", row["last_seen"], "factbook-members"])
    return sorted(found)
