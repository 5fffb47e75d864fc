"""What the pages of the desk ask of a big store, and how long each answer takes: p50 and p95 in milliseconds, warm, and the time to the first row.

    .venv/bin/python benchmarks/desk_queries.py STORE [--only lists,records,aggregates] [--query NAME] [--rounds 7] [--limit SECONDS] [--deep] [--cpu]

Lists are asked for a page of fifty, for every filter of pages and for pairs of filters; with ``--deep`` also for one in the middle and the last.
Aggregates are asked once, cold, each in a process of its own that is stopped at the limit, with the memory it took. The store
(``benchmarks/desk_store.py``) is only read. Nothing is asserted; answers slower than their target are marked with an asterisk.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from onrecord.query import QUERIES, Filter, show
from onrecord.store import View, open_store

LISTS = ("statements", "positions", "events", "relations", "timeline", "search", "documents")
AGGREGATES = (
    "issues",
    "actors",
    "course",
    "standing",
    "shifts",
    "alignment",
    "blocs",
    "occurrences",
    "ties",
    "stories",
    "dyads",
    "network",
    "wordings",
    "contradictions",
    "threads",
    "sources",
)
clock = time.perf_counter
PAGE, TARGET = 50, {"lists": 100.0, "records": 50.0}


class Known:
    """What the store's own figures give to ask for: its biggest and a middle actor and issue, and so on."""

    def __init__(self, path: Path) -> None:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            actors = [
                row[0] for row in db.execute("SELECT a.id FROM participants p JOIN actors a ON a.key = p.actor GROUP BY a.id ORDER BY count(*) DESC")
            ]
            issues = [row[0] for row in db.execute("SELECT issue FROM records WHERE issue IS NOT NULL GROUP BY issue ORDER BY count(*) DESC")]
            papers = [row[0] for row in db.execute("SELECT publisher FROM documents GROUP BY publisher ORDER BY count(*) DESC")]
            first, last = db.execute("SELECT min(first_day), max(first_day) FROM documents").fetchone()
            self.outlet = db.execute("SELECT a.name FROM participants p JOIN actors a ON a.key = p.actor WHERE p.role = 'via' LIMIT 1").fetchone()[0]
            country = "SELECT country FROM actors WHERE id = ?"
            self.country = db.execute(country, (actors[0],)).fetchone()[0]
        self.actors, self.issues, self.papers = (actors[0], actors[len(actors) // 2]), (issues[0], issues[len(issues) // 2]), (papers[0], papers[-1])
        self.days = (first, f"{int(first[:4]) + 2}-06", f"{int(last[:4])}-01")

    def filters(self) -> dict[str, dict[str, Any]]:
        """The filters of pages by name."""
        (great, middle), (issue, other), (paper, small), (_, half, late) = self.actors, self.issues, self.papers, self.days
        single = {
            "none": {},
            "country": {"actor": self.country},
            "actor great": {"actor": great},
            "actor middle": {"actor": middle},
            "issue great": {"issue": issue},
            "issue middle": {"issue": other},
            "paper": {"publisher": paper},
            "small paper": {"publisher": small},
            "via": {"via": self.outlet},
            "text common": {"text": "said"},
            "text rare": {"text": "Nairobi"},
            "text two": {"text": "relief Lagos"},
            "since": {"since": half},
            "since late": {"since": late},
            "until": {"until": half},
            "sure": {"confidence": 0.98},
            "about": {"about": great},
            "about issue": {"about": other},
            "type": {"type": "AID"},
            "stance": {"stance": "neutral"},
            "no stance": {"stance": "declines-comment"},
            "status": {"status": "negated"},
            "form": {"form": "direct"},
            "no form": {"form": "mixed"},
        }
        pairs = {
            "great + issue": ("actor great", "issue great"),
            "middle + issue": ("actor middle", "issue middle"),
            "great + paper": ("actor great", "small paper"),
            "middle + text": ("actor middle", "text common"),
            "great + text": ("actor great", "text rare"),
            "issue + since": ("issue great", "since late"),
            "great + via": ("actor great", "via"),
            "country + late": ("country", "since late"),
            "paper + text": ("small paper", "text common"),
            "great + about": ("actor great", "about issue"),
            "issue + paper": ("issue middle", "small paper"),
            "great + sure": ("actor great", "sure"),
        }
        return single | {name: single[one] | single[two] for name, (one, two) in pairs.items()}


def fits(query: str, fields: dict[str, Any]) -> bool:
    """Whether a query takes these fields."""
    return set(fields) <= set(QUERIES[query].fields) and (query != "search" or "text" in fields)


def times(ask: Callable[[], Any], rounds: int) -> tuple[float, float, float]:
    """p50, p95 and the first, in milliseconds."""
    taken = []
    for _ in range(rounds + 1):
        begun = clock()
        ask()
        taken.append(1000 * (clock() - begun))
    warm = sorted(taken[1:])
    return statistics.median(warm), warm[min(len(warm) - 1, round(0.95 * len(warm)))], taken[0]


def last_of(view: View, query: str, fields: dict[str, Any], share: float) -> str | None:
    """The id of a row so far into the answer: what a page behind it is asked with."""
    kind = {"statements": "statement", "positions": "position", "events": "event", "relations": "relation", "timeline": None}
    found = view.documents(Filter(**fields)) if query == "documents" else view.records(kind[query], Filter(**fields))  # type: ignore[arg-type]
    ids = [one.id for one in found]
    return ids[int(share * (len(ids) - 1))] if ids else None


def lists(path: Path, known: Known, rounds: int, only: str | None, *, deep: bool) -> Iterator[tuple[str, float, float, float]]:
    """Every list with every filter: the first page; with ``deep``, one in the middle and the last."""
    with open_store(path, cache_kib=16_384) as store, store.view() as view:
        for query in LISTS:
            for name, fields in known.filters().items():
                if not fits(query, fields) or only not in (None, query):
                    continue
                starts: dict[str, str | None] = {"": None}
                if deep and query != "search":
                    starts |= {" middle": last_of(view, query, fields, 0.5), " end": last_of(view, query, fields, 0.999)}
                for where, after in starts.items():
                    wanted = Filter(**fields, limit=PAGE, after=after) if after else Filter(**fields, limit=PAGE)
                    yield f"{query} {name}{where}", *times(lambda q=query, w=wanted: list(QUERIES[q].function(view, w)), rounds)


def records(path: Path, rounds: int) -> Iterator[tuple[str, float, float, float]]:
    """One record or report with all that is known of it; opening and renewing a view."""
    with open_store(path, cache_kib=16_384) as store, store.view() as view:
        some = list(view.records("event", Filter(limit=400)))[::40]
        for name, ask in (
            ("show", lambda: [show(view, r.id) for r in some]),
            ("reading", lambda: [view.reading(r.document_id) for r in some]),
            ("corroboration", lambda: [QUERIES["corroboration"].function(view, Filter(record_id=r.id)) for r in some]),
            ("a new view", lambda: [store.view().close() for _ in some]),
            ("a renewed view", lambda: [view.renew() for _ in some]),
        ):
            yield name, *(t / len(some) for t in times(ask, rounds))


def aggregates(path: Path, known: Known, only: str | None, limit: float) -> Iterator[tuple[str, float | None, float, int]]:
    """Every aggregate without a filter, and for the biggest and a middle actor and issue: seconds to the last row and to the first, megabytes."""
    filters = known.filters()
    for query in AGGREGATES:
        for name in ("issue middle", "actor middle", "issue great", "actor great", "none"):
            if fits(query, filters[name]) and only in (None, query):
                yield f"{query} {name}", *_alone(path, query, filters[name], limit)


def _alone(path: Path, query: str, fields: dict[str, Any], limit: float) -> tuple[float | None, float, int]:
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs, path, query, fields))
    child.start()
    theirs.close()
    done = ours.poll(limit + 5)
    result: tuple[float | None, float, int] = ours.recv() if done else (None, limit, 0)
    if not done:
        child.kill()
    child.join()
    return result


def _work(pipe: Any, path: Path, query: str, fields: dict[str, Any]) -> None:
    with open_store(path, cache_kib=16_384) as store, store.view() as view:
        begun = time.perf_counter()
        found = iter(QUERIES[query].function(view, Filter(**fields)))
        next(found, None)
        first = time.perf_counter() - begun
        for _ in found:
            pass
        pipe.send((time.perf_counter() - begun, first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def main() -> None:
    """Print a line for each question as it is answered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--only", default="lists,records,aggregates")
    parser.add_argument("--query")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--deep", action="store_true", help="pages in the middle and at the end, too")
    parser.add_argument("--cpu", action="store_true", help="count the processor's time, where others use the machine, too")
    given = parser.parse_args()
    global clock  # noqa: PLW0603 - one setting of the whole run
    clock = time.process_time if given.cpu else time.perf_counter
    known, parts = Known(given.store), given.only.split(",")
    rows: dict[str, Iterator[tuple[str, float, float, float]]] = {
        "lists": lists(given.store, known, given.rounds, given.query, deep=given.deep),
        "records": records(given.store, given.rounds),
    }
    for part, found in rows.items():
        for name, p50, p95, first in found if part in parts else ():
            print(f"{name:40} {p50:9.1f} {p95:9.1f} ms   first {first:9.1f} {'*' if p95 > TARGET[part] else ''}", flush=True)
    for name, seconds, first, memory in aggregates(given.store, known, given.query, given.limit) if "aggregates" in parts else ():
        shown = f"{seconds:9.2f} s" if seconds is not None else f"   > {given.limit:.0f} s"
        print(f"{name:40} {shown}   first row {first:6.2f} s   {memory:5} MB", flush=True)


if __name__ == "__main__":
    main()
