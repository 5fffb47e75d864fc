"""memberships.tsv: who belongs to which organisation, from when to when; hand-made lists first, the Factbook's lists (without dates) for the rest."""

from __future__ import annotations

import csv
from pathlib import Path

HEADER = ["organisation", "member", "status", "start", "end", "as_of", "source"]
CODES = {"XKX": "KOS"}
CORE = {
    "NATO": "Q7184", "EU": "Q458", "ASEAN": "Q7768", "SCO": "Q485207", "BRICS": "or:brics", "G7": "Q1764511", "G20": "Q19771", "CSTO": "Q318693", "EAEU": "or:eaeu",
    "AUKUS": "or:aukus", "Quad": "or:quad", "FVEY": "or:five-eyes", "OPEC": "or:opec", "GCC": "Q217172",
}  # fmt: skip
FACTBOOK = {
    "UN": "Q1065", "IAEA": "Q41984", "AU": "Q7159", "LAS": "Q7172", "OIC": "or:oic", "OSCE": "Q81299", "WTO": "Q7825", "IMF": "Q7804", "IBRD": "Q7164", "CIS": "Q7779",
    "APEC": "or:apec", "OPCW": "or:opcw", "ICCt": "Q47488", "OECD": "Q41550", "CE": "Q8908", "NAM": "or:nam", "G-77": "or:g77", "C": "Q7785", "OAS": "Q123759", "SADC": "or:sadc",
    "ECOWAS": "or:ecowas", "SAARC": "or:saarc", "Mercosur": "Q4264", "NSG": "or:nsg", "WHO": "Q7817", "UNESCO": "Q7809", "ARF": "or:arf", "PIF": "or:pif", "Caricom": "or:caricom",
    "UNASUR": "or:unasur", "CELAC": "or:celac", "IGAD": "or:igad", "ADB": "or:adb", "G-8": "or:g8", "EFTA": "or:efta", "AMU": "or:amu", "IEA": "or:iea",
}  # fmt: skip


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
            found += [[row["organisation"], ids.get(m, m), row["status"], row["start"], row["end"], "2025-01-01", "own"] for m in row["members"].split()]
    known = {(row[0], row[1]) for row in found}
    with (actors / "org_membership_factbook.csv").open(encoding="utf8") as file:
        for row in csv.DictReader(file):
            member = ids.get(CODES.get(row["iso3"], row["iso3"])) or {"Serbia": "Q403", "Namibia": ids["NAM"]}.get(row["country"])
            org = FACTBOOK.get(row["org"])
            if member and org and (org, member) not in known and row["status"] in ("member", "observer"):
                found.append([org, member, row["status"], "", "", row["last_seen"], "factbook-members"])
    return sorted(found)
