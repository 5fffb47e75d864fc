"""What linking costs and how well it finds what is true, on a stream of made-up reports (``benchmarks/stream.py``); nothing is asserted.

    .venv/bin/python benchmarks/linking.py [--reports 200000] [--seed 1] [--only copies,stories] [--shuffle] [--store FILE]

Prints, as one JSON object: reports a second of every linker and of all together with the writing of their links; the time of the last tenth of the
reports over that of the first; the memory at its highest; and how the groups that the links make agree with the truth (pairs for copies, happenings
and statements; B-cubed for stories); a digest of the groups, the same for any order of arrival.
Storing the readings is timed apart. With ``--shuffle`` reports arrive in random order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from onrecord import across, app
from onrecord.across.engine import Linker
from onrecord.across.joined import COPIES, SAME_EVENT, Joined
from onrecord.languages import language
from onrecord.model import Problem, Reading
from onrecord.store import Linking, open_store

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.stream import Stream

CHUNK = 500


class Timed:
    """A linker whose time is taken."""

    def __init__(self, linker: Linker) -> None:
        self.linker, self.seconds = linker, 0.0

    @property
    def name(self) -> str:
        """The linker's own."""
        return self.linker.name

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link as the linker does."""
        start = time.perf_counter()
        self.linker.link(reading, linking)
        self.seconds += time.perf_counter() - start


def background() -> tuple[list[str], np.ndarray]:
    """The commonest words of the language with how often to draw each, from the share of passages that have it (Poisson)."""
    levels = language("en").table("common_words")["levels"]  # half nats of rarity
    words = [(word, min(math.exp(-int(level) / 2), 0.8)) for level, lines in levels.items() for line in lines for word in line.split()]
    return [word for word, _ in words], -np.log1p(-np.array([share for _, share in words]))


def pairs(groups: Mapping[str, object], truth: Mapping[str, int]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of one group, counted from the sizes of groups and of their overlaps."""
    both = _pairs(Counter((groups[i], truth[i]) for i in truth).values())
    found, true = _pairs(Counter(groups[i] for i in truth).values()), _pairs(Counter(truth.values()).values())
    return _prf(both / found if found else 1.0, both / true if true else 1.0)


def b_cubed(groups: Mapping[str, object], truth: Mapping[str, int]) -> dict[str, float]:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998)."""
    both, found, true = Counter((groups[i], truth[i]) for i in truth), Counter(groups[i] for i in truth), Counter(truth.values())
    share = [both[groups[i], truth[i]] for i in truth]
    p = sum(n / found[groups[i]] for n, i in zip(share, truth, strict=True)) / len(truth)
    r = sum(n / true[truth[i]] for n, i in zip(share, truth, strict=True)) / len(truth)
    return _prf(p, r)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _prf(p: float, r: float) -> dict[str, float]:
    return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f1": round(200 * p * r / (p + r), 1) if p + r else 0.0}


def chunks(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """The readings, some at a time."""
    them = iter(readings)
    while some := list(islice(them, CHUNK)):
        yield some


def fill(path: Path, readings: Iterable[Reading], linkers: Sequence[Timed], size: int) -> dict[str, object]:
    """Add and link all readings; the seconds of each tenth."""
    storing: dict[int, float] = defaultdict(float)
    linking: dict[int, float] = defaultdict(float)
    tenths: dict[str, list[float]] = {t.name: [0.0] * 10 for t in linkers}
    count = 0
    with open_store(path, create=True) as store, store.writer() as writer:
        for some in chunks(readings):
            tenth = min(9, 10 * count // size)
            start = time.perf_counter()
            for n, reading in enumerate(some):
                writer.add(reading, f"report {count + n}", "made up")
            storing[tenth] += time.perf_counter() - start
            before = {t.name: t.seconds for t in linkers}
            start = time.perf_counter()
            across.link(writer, linkers, on_problem=complain, batch=CHUNK)
            linking[tenth] += time.perf_counter() - start
            for t in linkers:
                tenths[t.name][tenth] += t.seconds - before[t.name]
            count += len(some)
            if count % 5000 < CHUNK:
                print(f"{count} reports, {sum(linking.values()):.0f} s linking, {sum(storing.values()):.0f} s storing", file=sys.stderr)
    return {
        "reports": count,
        "stored_per_second": round(count / sum(storing.values())),
        "linked_per_second": round(count / sum(linking.values())),
        "linked_per_second_by_linker": {t.name: round(count / t.seconds) for t in linkers},
        "last_tenth_over_first": round(linking[9] / linking[0], 2) if linking[0] else None,
        "last_tenth_over_first_by_linker": {name: round(spent[9] / spent[0], 2) for name, spent in tenths.items() if spent[0]},
        "seconds_by_tenth": [round(linking[n], 1) for n in range(10)],
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def complain(problem: Problem) -> None:
    """Say what went wrong."""
    print(app.describe(problem), file=sys.stderr)


def agreement(path: Path, stream: Stream) -> dict[str, object]:
    """How the groups that the links make agree with the truth."""
    truth = stream.truth
    with open_store(path) as store, store.view() as view:
        copies, stories = Joined.of(view, *COPIES), Joined.of(view, "same-story")
        events, statements = Joined.of(view, *SAME_EVENT), Joined.of(view, "same-statement")
        links = Counter(link.type for link in view.links())
    joined = {"copies": copies, "stories": stories, "happenings": events, "statements": statements}
    return {
        "links": dict(sorted(links.items())),
        "digests": {name: digest(groups) for name, groups in joined.items()},
        "copies": pairs({i: copies.first(i) for i in truth.copies}, truth.copies),
        "stories": b_cubed({i: stories.first(i) for i in truth.story}, truth.story),
        "happenings": pairs({i: events.first(i) for i in truth.happening}, truth.happening),
        "statements": pairs({i: statements.first(i) for i in truth.statement}, truth.statement),
    }


def digest(joined: Joined) -> str:
    """The same for the same groups of reports or records, whatever the order of arrival."""
    groups = [g for g in joined.groups() if not g[0].startswith("story-")]
    return hashlib.sha256(repr(groups).encode()).hexdigest()[:12]


def main() -> None:
    """Fill a store from the stream, link it, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="names of linkers, with commas between")
    parser.add_argument("--shuffle", action="store_true")
    parser.add_argument("--store", type=Path, help="keep the store here")
    given = parser.parse_args()
    stream = Stream(given.reports, background(), given.seed)
    readings: Iterable[Reading] = stream
    if given.shuffle:
        readings = list(stream)
        random.Random(given.seed).shuffle(readings)  # noqa: S311 - nothing here is secret
    wanted = given.only.split(",") if given.only else None
    linkers = [Timed(linker) for linker in app.linkers() if wanted is None or linker.name in wanted]
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "store"
        out = fill(path, readings, linkers, given.reports) | agreement(path, stream)
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
