"""A big store of made-up news, to try the desk on: reports of some 25 records with all the links that linkers make.

    .venv/bin/python benchmarks/desk_store.py STORE [--records 1000000] [--seed 1]

The same for the same number and seed (``benchmarks/desk_world.py``). Every report is marked as linked and no linker left a trace, so that a later
``onrecord add`` links its own reports with each other and with none of these; ``onrecord link --anew`` would find the links of all by itself.
Written with the disk's flushing off and five hundred reports a transaction: a store that is half made is thrown away.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk_reading import RUN
from benchmarks.desk_world import DAYS, World
from benchmarks.linking import background

from onrecord.store import Run, open_store
from onrecord.store.sqlite.connection import connect, transaction
from onrecord.store.sqlite.writer import SqliteWriter

PER_REPORT = 25
_TOGETHER = 500
_CACHE_KIB = 2_000_000


def fill(path: Path, records: int, seed: int = 1, days: int = DAYS) -> int:
    """Make the store of news of so many ``days``; returns how many records it has."""
    words, weights = background()
    world = iter(World(max(1, records // PER_REPORT), words, weights.tolist(), seed, days))
    open_store(path, create=True).close()
    connection = connect(path, cache_kib=_CACHE_KIB)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA wal_autocheckpoint = 100000")
    count = reports = 0
    with SqliteWriter(connection, path) as writer:
        writer.run(Run(RUN, {"made up": True}, {}))
        while some := list(islice(world, _TOGETHER)):
            with transaction(connection, path):
                for reading, _ in some:
                    writer.add(reading, f"report {reports}", RUN)
                    reports += 1
                    count += len(reading.records)
                with writer.linking() as linking:
                    for reading, links in some:
                        for link in links:
                            linking.link(link)
                        linking.linked(reading.document.id)
            if reports % 5000 == 0:
                print(f"{reports} reports, {count} records", file=sys.stderr, flush=True)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def main() -> None:
    """Make a store, print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.store.exists():
        parser.error(f"{given.store} is there already")
    begun = time.perf_counter()
    count = fill(given.store, given.records, given.seed)
    size = given.store.stat().st_size
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"records": count, "seconds": round(time.perf_counter() - begun), "bytes_per_record": size // count, "memory_mb": memory}))


if __name__ == "__main__":
    main()
