"""states.tsv: every country and territory, from countries.jsonl, with the curated names, demonyms and capitals laid over it."""

from __future__ import annotations

import csv
import functools
import json
import re
from pathlib import Path

from training.knowledge.surnames import LISTS

HEADER = ["id", "name", "country", "sectors", "names", "acronyms", "demonyms", "people", "capitals", "metonyms", "source", "as_of"]
CODES = {"UNK": "KOS", "XKX": "KOS", "XKS": "KOS"}
WITHOUT_ID = {"NAM": "Q1030"}
"""States whose id countries.jsonl lacks (Namibia's two-letter code, NA, was read as a gap)."""
LATIN = re.compile(r"[A-Za-zÀ-ɏ' .&’-]+\Z")


def _curated(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "states.tsv").open(encoding="utf8") as file:
        return {row["iso3"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def _people(demonym: str) -> str:
    return demonym if demonym.endswith(("ese", "ch", "sh", "s", "uts")) else demonym + "s"


def _capital(text: str) -> str:
    return re.split(r"[(;,]", text)[0].strip()


def _row(country: dict[str, object], own: dict[str, str] | None) -> list[str]:
    iso3 = CODES.get(str(country["iso3"]), str(country["iso3"]))
    if own:
        names = own["names"]
        cells = [own["name"], iso3, "GOV", names, own["acronyms"], own["demonyms"], own["people"], own["capitals"], own["metonyms"], "own"]
    else:
        name = str(country["name"]).replace("St. ", "Saint ").replace(" & ", " and ")
        listed = [str(n).removeprefix("the ").removesuffix(" (the)") for n in country["names"]]  # type: ignore[attr-defined]
        names = "|".join(dict.fromkeys(n for n in [str(country["name"]), *listed] if LATIN.match(n) and len(n) > 4 and n != name))
        demonyms = [d for d in country["demonyms"] if d not in ("none", "Dutch", "French", "Frenchman", "Frenchwoman", "Chinese")]  # type: ignore[attr-defined]
        independent = country["independent"] == "Yes" and iso3 not in LISTS["no-capital"]
        capital = _capital(str(country["capital"])) if independent else ""
        cells = [name, iso3, "GOV", names, "", "|".join(demonyms), "|".join(dict.fromkeys(map(_people, demonyms))), capital, "", "countries"]
    return [str(country["id"] or WITHOUT_ID[iso3]), *cells, "2026-05-17" if not own else "2025-01-01"]


@functools.cache
def names() -> dict[str, str]:
    """Every name of a state in the table already written, with its code."""
    path = Path(__file__).parents[2] / "src" / "onrecord" / "knowledge" / "tables" / "states.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf8").splitlines()[1:]]
    return {name: row[2] for row in rows for name in (row[1], *row[4].split("|")) if name}


def build(actors: Path, curated: Path) -> list[list[str]]:
    """The rows of states.tsv, by code. ``actors``: the folder of countries.jsonl; ``curated``: that of our own states.tsv."""
    own = _curated(curated)
    found: dict[str, list[str]] = {}
    with (actors / "countries.jsonl").open(encoding="utf8") as file:
        for line in file:
            country = json.loads(line)
            iso3 = CODES.get(country["iso3"], country["iso3"])
            found[iso3] = _row(country, own.get(iso3))
    if "KOS" not in found:
        found["KOS"] = _row({"id": "Q1246", "iso3": "KOS"}, own["KOS"])
    return [found[iso3] for iso3 in sorted(found)]
