"""Work on the corpus.

    python -m training.corpus bare FILE                     the items without annotation, for a second pass
    python -m training.corpus agreement --first F… --second S… how far two passes agree, per cent F1
    python -m training.corpus differences FIRST SECOND      both versions of every item they differ on, to be settled
    python -m training.corpus settle FIRST SECOND CHOICES   the items settled: CHOICES has lines "ID 1" or "ID 2", and whole items that replace both
    python -m training.corpus count FOLDER                  items, attributions, positions
    python -m training.corpus table                         agreement and counts of all parts, as they stand in GUIDE.md

FIRST and SECOND are files of the same names or the same ids; items that only one side has are left out and counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.corpus.agreement import agreement, differs
from training.corpus.markup import Item, bare, chunks, corpus, item, read


def main() -> None:
    """Run one of the commands above; prints to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("bare").add_argument("file", type=Path)
    both = commands.add_parser("agreement")
    both.add_argument("--first", type=Path, nargs="+", required=True)
    both.add_argument("--second", type=Path, nargs="+", required=True)
    diff = commands.add_parser("differences")
    diff.add_argument("first", type=Path)
    diff.add_argument("second", type=Path)
    settle = commands.add_parser("settle")
    for name in ("first", "second", "choices"):
        settle.add_argument(name, type=Path)
    commands.add_parser("count").add_argument("folder", type=Path)
    commands.add_parser("table")
    asked = parser.parse_args()
    sys.stdout.write(_run(asked))


def _run(asked: argparse.Namespace) -> str:
    if asked.command == "bare":
        return bare(read(asked.file))
    if asked.command == "agreement":
        first, second = ({i.id: i for path in paths for i in read(path)} for paths in (asked.first, asked.second))
        return json.dumps(agreement(first, second), indent=1) + "\n"
    if asked.command == "differences":
        return differences(asked.first, asked.second)
    if asked.command == "settle":
        return settled(asked.first, asked.second, asked.choices.read_text(encoding="utf-8"))
    if asked.command == "table":
        return table(Path(__file__).parent)
    return json.dumps(counts(corpus(asked.folder)), indent=1) + "\n"


def counts(items: Sequence[Item]) -> dict[str, int]:
    """How many items, attributions and positions of each stance there are."""
    return {
        "items": len(items),
        "held back": sum(i.held_back for i in items),
        "attributions": sum(len(i.attributions) for i in items),
        "nested": sum(i.nested(a) for i in items for a in i.attributions),
        "without speaker": sum(not a.speaker for i in items for a in i.attributions),
        "without attribution": sum(not i.attributions for i in items),
        **dict(Counter(stance.stance for i in items for stance in i.stances).most_common()),
    }


def table(folder: Path) -> str:
    """Two tables in Markdown, a row for each file under ``folder`` and one for all: how far the passes agree, and what the settled files hold."""
    names = sorted(path.stem for path in (folder / "paragraphs").glob("*.txt"))
    parts = {kind: {name: list(read(folder / kind / f"{name}.txt")) for name in names} for kind in ("first", "second", "paragraphs")}
    for part in parts.values():
        part["all"] = [i for name in names for i in part[name]]
    figures = {name: agreement(*({i.id: i for i in parts[kind][name]} for kind in ("first", "second"))) for name in [*names, "all"]}
    held = {name: counts(parts["paragraphs"][name]) for name in [*names, "all"]}
    return _markdown({name: {k: v for k, v in row.items() if k != "in one pass only"} for name, row in figures.items()}) + "\n" + _markdown(held)


def _markdown(rows: dict[str, dict[str, Any]]) -> str:
    heads = list(rows["all"])
    lines = [["part", *heads], ["---"] * (len(heads) + 1), *([name, *(str(row.get(head, 0)) for head in heads)] for name, row in rows.items())]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def differences(first: Path, second: Path) -> str:
    """Both versions of every item they differ on."""
    left = {item(lines).id: lines for lines in chunks(first)}
    out = []
    for lines in chunks(second):
        name = item(lines).id
        if name in left and differs(item(left[name]), item(lines)):
            out.append("\n".join(["FIRST", *left[name], "SECOND", *lines[1:], ""]))
    return "\n".join(out)


def settled(first: Path, second: Path, choices: str) -> str:
    """Every item of ``first``, chosen as ``choices`` says. Raises SystemExit where the passes differ and no choice was made: none is forgotten."""
    left, right = ({item(lines).id: lines for lines in chunks(path)} for path in (first, second))
    blocks = [block.splitlines() for block in choices.split("\n\n")]
    new = {item(lines).id: lines for lines in blocks if lines and lines[0].startswith("== ")}
    chosen = dict(line.split() for lines in blocks if lines and not lines[0].startswith("== ") for line in lines if line.strip())
    out = []
    for name, lines in left.items():
        same = name in right and not differs(item(lines), item(right[name]))
        if name not in new and name in right and not same and chosen.get(name) not in ("1", "2"):
            raise SystemExit(f"{name}: the passes differ and no choice was made")
        out.append("\n".join(new.get(name) or (right[name] if chosen.get(name) == "2" else lines)))
    return "\n\n".join(out) + "\n"


if __name__ == "__main__":
    main()
