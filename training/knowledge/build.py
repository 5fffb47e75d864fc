"""Make src/onrecord/knowledge/tables from the development data and our own curated lists.

Usage: ``python -m training.knowledge.build ../shared/data/actors [--only states|officials|memberships]``.
The hand-kept tables (organisations, bodies, groups, peoples, outlets, situations, sources) stay as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.knowledge import memberships, officials, states

HERE = Path(__file__).parent
CURATED = HERE / "curated"
TABLES = HERE.parents[1] / "src" / "onrecord" / "knowledge" / "tables"


def write(table: str, header: list[str], rows: list[list[str]]) -> None:
    """Write one table; a tab or line break inside a cell is an error."""
    for row in rows:
        if len(row) != len(header) or any("\t" in cell or "\n" in cell for cell in row):
            raise ValueError(f"{table}: bad row {row}")
    (TABLES / f"{table}.tsv").write_text("\n".join("\t".join(row) for row in [header, *rows]) + "\n", encoding="utf8")


def build_states(actors: Path) -> None:
    """Write states.tsv."""
    write("states", states.HEADER, states.build(actors, CURATED))


def build_officials(actors: Path) -> None:
    """Write persons.tsv and offices.tsv."""
    persons, offices = officials.build(actors, CURATED, TABLES)
    write("persons", officials.PERSONS, persons)
    write("offices", officials.OFFICES, offices)


def build_memberships(actors: Path) -> None:
    """Write memberships.tsv."""
    write("memberships", memberships.HEADER, memberships.build(actors, CURATED, TABLES))


PARTS = {"states": build_states, "officials": build_officials, "memberships": build_memberships}


def main() -> None:
    """Write every generated table, or those of one part."""
    parser = argparse.ArgumentParser(description="Make the knowledge tables from the development data and our own lists.")
    parser.add_argument("actors", type=Path, help="the folder of actor data")
    parser.add_argument("--only", choices=PARTS, help="write this part alone")
    chosen = parser.parse_args()
    for name, build in PARTS.items():
        if chosen.only in (None, name):
            build(chosen.actors)


if __name__ == "__main__":
    main()
