"""What keeping and asking costs: seconds a thousand reports to add, bytes a record, milliseconds a query, and how both grow with the store.

    .venv/bin/python benchmarks/store.py [--reports 5000]

The readings are made up (``tests/store/builders.py``), so that reading does not drown what is measured; their few actors are all common names,
which is the hard case for an index. The store is filled in two halves: a ratio of one says that adding costs the same in a store twice the size.
Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from onrecord import query
from onrecord.query import Filter
from onrecord.store import open_store

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.store.builders import sample

QUESTIONS: dict[str, Callable[[object], object]] = {
    "positions of a country": lambda view: list(query.positions(view, Filter(actor="RUR", limit=50))),  # type: ignore[arg-type]
    "statements with a word": lambda view: list(query.statements(view, Filter(text="talks", limit=50))),  # type: ignore[arg-type]
    "events of a type since": lambda view: list(query.events(view, Filter(type="CONSULT", since="2031-05", limit=50))),  # type: ignore[arg-type]
    "positions on an issue": lambda view: list(query.positions(view, Filter(issue="taiwan-status", limit=50))),  # type: ignore[arg-type]
}


def milliseconds(view: object, ask: Callable[[object], object]) -> float:
    """The best of five."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        ask(view)
        best = min(best, time.perf_counter() - start)
    return round(1000 * best, 1)


def main() -> None:
    """Fill a store in two halves, ask after each, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=5000)
    half = parser.parse_args().reports // 2
    out: dict[str, object] = {"reports": 2 * half}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        spent, asked = [], []
        for part in (0, 1):
            with open_store(path, create=True) as store:
                start = time.perf_counter()
                with store.writer() as writer:
                    for n in range(part * half, (part + 1) * half):
                        writer.add(sample(n), f"input {n}")
                spent.append(time.perf_counter() - start)
                with store.view() as view:
                    asked.append({name: milliseconds(view, ask) for name, ask in QUESTIONS.items()})
                    records = sum(1 for _ in view.records())
        out |= {
            "records": records,
            "seconds_per_1000_reports": [round(1000 * s / half, 2) for s in spent],
            "second_half_over_first": round(spent[1] / spent[0], 2),
            "bytes_per_record": round(path.stat().st_size / records),
            "query_ms_half": asked[0],
            "query_ms_full": asked[1],
        }
    print(json.dumps(out))


if __name__ == "__main__":
    main()
