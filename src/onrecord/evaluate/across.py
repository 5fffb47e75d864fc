"""Scores what is linked between reports against ``gold/across``.

``python -m onrecord.evaluate.across [--held] [--order N]`` reads the reports into a temporary store in a shuffled order and prints, for each kind,
precision, recall and F1, and the recall (``read``) of what could be linked at all, since both ends were read. With ``--wrong`` it lists what is wrong
or missed; of the held half nothing is listed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from onrecord.errors import OnrecordError
from onrecord.evaluate.across_gold import load
from onrecord.evaluate.across_scores import tallies
from onrecord.store import open_store

HALVES = ("across", "across held")
"""The halves of the gold as the floors name them: the one that may be tuned on, and the other."""


def fill(folder: Path, store: Path, *, order: int = 0, rules_only: bool = False) -> None:
    """Have ``onrecord add`` read the gold's reports into a store, in the order that the number ``order`` shuffles them to.

    Raises OnrecordError where it fails.
    """
    rows = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    Random(order).shuffle(rows)  # noqa: S311 - an order that can be made again
    shuffled = store.parent / "reports.jsonl"
    shuffled.write_text("".join(rows), encoding="utf-8")
    call = [sys.executable, "-c", "from onrecord.cli.main import main; main()", "add", str(store), str(shuffled)]
    call += ["--rules-only"] if rules_only else []
    done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise OnrecordError(f"the reports cannot be read: {done.stderr[-500:]}")


def scores(root: Path) -> dict[str, dict[str, float]]:
    """F1 of each kind on both halves of ``root/gold/across``, by the names in ``HALVES``."""
    gold = load(root / "gold/across")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as temporary:
        path = Path(temporary, "store")
        fill(root / "gold/across", path)
        with open_store(path) as store, store.view() as view:
            found = [tallies(view, gold, held=held) for held in (False, True)]
    return {name: {kind: tally.figures["f1"] for kind, tally in half.items()} for name, half in zip(HALVES, found, strict=True)}


def main() -> int:
    """Print the figures of one half as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, nargs="?", default=Path())
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--order", type=int, default=0)
    parser.add_argument("--rules-only", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--store", type=Path, help="use this store, which has the reports already")
    asked = parser.parse_args()
    gold = load(asked.root / "gold/across")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as temporary:
        path = asked.store or Path(temporary, "store")
        if asked.store is None:
            fill(asked.root / "gold/across", path, order=asked.order, rules_only=asked.rules_only)
        with open_store(path) as store, store.view() as view:
            found = tallies(view, gold, held=asked.held)
    for kind, tally in found.items():
        sys.stdout.write(json.dumps({"kind": kind, **tally.figures}) + "\n")
        if asked.wrong and not asked.held:
            sys.stdout.writelines(f"  {note}\n" for note in tally.notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
