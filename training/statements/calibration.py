"""How far the confidences of statements can be trusted, as the Reader tells them.

    python -m training.statements.calibration --gold DEV.jsonl [--fit OTHER.jsonl] [--plot reliability.svg] [--rules-only | --models FOLDER]

Reads the documents (PolNeAR's rows) with the Reader, up to statements. A statement is right where the scorer's ``attr`` counts it: its content shares
half its characters with an attribution of the gold, one to one, and their sources overlap; statements inside others are left out, as PolNeAR has
none. Prints one JSON object: bins, expected calibration error (ECE), Brier score. ``--fit`` fits a monotone map from confidence to the share that was
right on other documents, prints its knots, and says what it would gain. The plot needs matplotlib.

What the weights themselves decide is fitted by ``training.statements.judge``; this looks at the result, rules included, and writes nothing back.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord import Reader
from onrecord.evaluate.calibration import Told, brier, expected_error, mapped, monotone, reliability
from onrecord.model import Statement
from training.statements.examples import Gold
from training.statements.prepare import of_row
from training.statements.scoring import Said, pairs


def told(reader: Reader, rows: Iterable[dict[str, Any]]) -> list[Told]:
    """The confidence of every statement of the rows' documents that is not inside another, and whether it is right."""
    found: list[Told] = []
    for row in rows:
        document, gold = of_row(row)
        found += verdicts(document.text, gold, [s for s in reader.analyse(document, until="statements").statements if s.nested_in is None])
    return found


def verdicts(text: str, gold: list[Gold], read: Sequence[Statement]) -> list[Told]:
    """The statements of one document, right where the scorer's ``attr`` counts them."""
    said = [Said.told(s) for s in read]
    right = {k for _, k, good in pairs(text, gold, said) if good}
    return [(s.confidence, k in right) for k, s in enumerate(read)]


def report(some: Sequence[Told]) -> dict[str, Any]:
    """Count, ECE, Brier score and bins, rounded."""
    bins = reliability(some)
    rows = [{name: round(value, 3) for name, value in asdict(b).items()} for b in bins]
    return {"count": len(some), "ece": round(expected_error(bins), 4), "brier": round(brier(some), 4), "bins": rows}


def plot(path: Path, lines: dict[str, list[Told]]) -> None:
    """The reliability diagram, a line for each name, as SVG without a date."""
    from training.stance.plots import reliability as draw  # noqa: PLC0415 - matplotlib comes with the extra train

    draw(path, {name: [(b.confidence, b.right, b.count) for b in reliability(some)] for name, some in lines.items()})


def main() -> None:
    """Measure, and fit where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--limit", type=int, help="so many documents of each file")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--rules-only", action="store_true")
    asked = parser.parse_args()
    reader = Reader(models=asked.models, rules_only=asked.rules_only)

    def of(path: Path) -> list[Told]:
        with path.open(encoding="utf-8") as lines:
            return told(reader, map(json.loads, islice(lines, asked.limit)))

    lines = {"as read": of(asked.gold)}
    found: dict[str, Any] = {}
    if asked.fit is not None:
        found["knots"] = monotone(of(asked.fit), least=40)
        lines["fitted"] = [(mapped(found["knots"], sure), right) for sure, right in lines["as read"]]
    if asked.plot is not None:
        plot(asked.plot, lines)
    sys.stdout.write(json.dumps({name: report(some) for name, some in lines.items()} | found, indent=1) + "\n")


if __name__ == "__main__":
    main()
