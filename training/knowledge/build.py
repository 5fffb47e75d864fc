"""Make src/onrecord/knowledge/tables from the development data and our own curated lists.

Usage: ``python -m training.knowledge.build ../shared/data/actors``. The hand-kept tables (organisations, bodies, groups, outlets, sources) stay as
they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

from training.knowledge import memberships, officials, states

HERE = Path(__file__).parent
TABLES = HERE.parents[1] / "src" / "onrecord" / "knowledge" / "tables"


def write(table: str, header: list[str], rows: list[list[str]]) -> None:
    """Write one table; a tab or line break inside a cell is an error."""
    for row in rows:
        if len(row) != len(header) or any("\t" in cell or "\n" in cell for cell in row):
            raise ValueError(f"{table}: bad row {row}")
    (TABLES / f"{table}.tsv").write_text("\n".join("\t".join(row) for row in [header, *rows]) + "\n", encoding="utf8")


def main(actors: Path) -> None:
    """Write every generated table."""
    curated = HERE / "curated"
    write("states", states.HEADER, states.build(actors, curated))
    persons, offices = officials.build(actors, curated, TABLES)
    write("persons", officials.PERSONS, persons)
    write("offices", officials.OFFICES, offices)
    write("memberships", memberships.HEADER, memberships.build(actors, curated, TABLES))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
