"""How quick the desk is on a big store: every page and query warm, beside a running ``onrecord add``; many readers at once; memory; first paint.

    python benchmarks/desk_store.py --records 1000000 big.onrecord
    python benchmarks/desk_server.py big.onrecord [--add REPORTS] [--seconds 30]

``--add`` names a folder of reports that are added to the store, again and again under new dates, while it is measured: give it a copy. Addresses
are those of ``PAGES``, filled with the biggest and a middling actor and issue of the store. Each is asked until its answer is worked out (that time
is told as ``cold``), then ``--times`` times in a random order with everything else. Times are of the whole answer, by a client on the same two cores:
an upper bound. Memory is the proportional set size of the server and its process for answers, so that shared pages count once: the highest while
answers are worked out, then that of all when they are, and at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from onrecord.query import QUERIES
from onrecord.store import open_store

PAGES = (
    "/", "/issues", "/issues/{issue}", "/issues/{issue}/standing", "/issues/{middle_issue}", "/actors", "/actors/{actor}", "/actors/{middle_actor}",
    "/timeline", "/timeline?issue={issue}", "/network", "/map", "/reports", "/reports/{report}", "/reports?publisher={publisher}",
    "/compare?left={report}&right={other_report}", "/search", "/search?text=talks", "/search?issue={issue}&stance=oppose",
    "/search?actor={actor}&since=2024", "/search?speaker={middle_actor}&confidence=0.8", "/watch", "/feeds", "/help/CONSULT",
)  # fmt: skip
FILTERS = ("", "actor={actor}", "actor={middle_actor}", "issue={issue}", "issue={middle_issue}", "actor={middle_actor}&since=2024")
_LIMIT_MS = 150


def addresses(facts: dict[str, str]) -> list[str]:
    """Every page, and every query with every filter it takes."""
    found = [page.format(**facts) for page in PAGES]
    for query in QUERIES.values():
        if query.name == "corroboration":
            found.append(f"/api/{query.name}?record_id={facts['record']}")
            continue
        if query.name in ("beside", "others"):
            other = f"&other_document_id={facts['other_report']}" if query.name == "beside" else ""
            found.append(f"/api/{query.name}?document_id={facts['report']}{other}")
            continue
        for wanted in FILTERS:
            fields = {part.partition("=")[0] for part in wanted.split("&") if part}
            if fields <= set(query.fields):
                words = "text=talks&" if query.name == "search" else ""
                found.append(f"/api/{query.name}?{words}{wanted.format(**facts)}".rstrip("?&"))
    found += [f"/api/show/{facts['record']}", f"/api/annotations/{facts['record']}", "/api/changes?since=1000", "/api/explain/CONSULT"]
    return found


def facts_of(store: Path) -> dict[str, str]:
    """The biggest and a middling actor and issue, and some ids."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        issues = [r[0] for r in db.execute("SELECT issue FROM records WHERE issue IS NOT NULL GROUP BY issue ORDER BY count(*) DESC")]
        sql = "SELECT a.id FROM participants p JOIN actors a ON a.key = p.actor GROUP BY a.id ORDER BY count(*) DESC"
        actors = [r[0] for r in db.execute(sql)]
        publishers = [r[0] for r in db.execute("SELECT publisher FROM documents WHERE publisher IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC")]
        reports = [r[0] for r in db.execute("SELECT id FROM documents ORDER BY first_day DESC LIMIT 2")]
        record = db.execute("SELECT id FROM records WHERE kind = 'statement' ORDER BY key LIMIT 1 OFFSET 1000").fetchone()[0]
    named = {
        "issue": issues[0], "middle_issue": issues[len(issues) // 2], "actor": actors[0], "middle_actor": actors[len(actors) // 3],
        "publisher": publishers[0], "report": reports[0], "other_report": reports[1], "record": record,
    }  # fmt: skip
    return {name: quote(value) for name, value in named.items()}


class Client:
    """One connection that is kept open; as little work as can be, for it runs on the same cores."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None

    async def get(self, address: str) -> tuple[int, float, int]:
        """Status, seconds, bytes."""
        if self._reader is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        began = time.perf_counter()
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        if b"content-length" in fields:
            size = int(fields[b"content-length"])
            await self._reader.readexactly(size)
        else:
            size = 0
            while (chunk := int(await self._reader.readline(), 16)) != 0:
                size += chunk
                await self._reader.readexactly(chunk + 2)
            await self._reader.readline()
        if fields.get(b"connection") == b"close":
            self._reader = None
        return status, time.perf_counter() - began, size


async def warm(port: int, found: list[str], patience: float) -> dict[str, float]:
    """Ask each address until it is answered; the seconds that took. Those that are not answered in time are told, and left out."""
    client, cold = Client(port), {}
    for address in found:
        began = time.perf_counter()
        while True:
            status, _, _ = await client.get(address)
            if status != 202 or time.perf_counter() - began > patience:
                break
            await asyncio.sleep(0.2)
        cold[address] = time.perf_counter() - began
        if cold[address] > 2:
            print(f"  {cold[address]:.1f} s to work out {address}", flush=True)
        if status != 200:
            print(f"  {status} {address}", flush=True)
            del cold[address]
    return cold


async def asked(port: int, found: list[str], times: int) -> dict[str, list[float]]:
    """Each address ``times`` times, in a random order, one after another."""
    client, took = Client(port), {address: [] for address in found}
    order = found * times
    random.Random(7).shuffle(order)  # noqa: S311 - an order
    for address in order:
        _, seconds, _ = await client.get(address)
        took[address].append(seconds)
    return took


async def crowd(port: int, found: list[str], readers: int, seconds: float) -> dict[str, Any]:
    """``readers`` who each ask one address after another for so long."""
    ends = time.perf_counter() + seconds
    statuses: dict[int, int] = {}
    took: list[float] = []

    async def reader(number: int) -> None:
        client, draw = Client(port), random.Random(number)  # noqa: S311 - a reader's taste
        while time.perf_counter() < ends:
            status, took_, _ = await client.get(draw.choice(found))
            statuses[status] = statuses.get(status, 0) + 1
            took.append(took_)

    began = time.perf_counter()
    await asyncio.gather(*(reader(number) for number in range(readers)))
    rate = len(took) / (time.perf_counter() - began)
    return {"requests_a_second": round(rate), "statuses": statuses, "p50_ms": _ms(took, 50), "p95_ms": _ms(took, 95)}


def _ms(took: list[float], percent: int) -> float:
    return round(1000 * (statistics.quantiles(took, n=100)[percent - 1] if len(took) > 1 else took[0]), 1)


@contextlib.contextmanager
def serving(store: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The server, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from onrecord.cli.main import main; main()", "serve", str(store), "--port", str(port)]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port, process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@contextlib.contextmanager
def adding(store: Path, reports: Path | None) -> Iterator[None]:
    """``onrecord add`` running all the while: the same reports again and again, each time under another date, which makes them others."""
    if reports is None:
        yield
        return
    code = (
        "import sys; from onrecord import app; from datetime import date, timedelta\n"
        "reader = app.default_reader(); n = 0\n"
        "while True:\n"
        "    n += 1; app.add(sys.argv[1], sys.argv[2:], reader=reader, published=str(date(2030, 1, 1) + timedelta(n)), publisher=f'Bench {n}')\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        texts = [Path(folder) / f"{path.stem}.txt" for path in sorted(reports.rglob("*.txt"))]
        for text, path in zip(texts, sorted(reports.rglob("*.txt")), strict=True):
            shutil.copy(path, text)
        process = subprocess.Popen([sys.executable, "-c", code, str(store), *map(str, texts)], start_new_session=True)
        try:
            time.sleep(15)  # until it reads
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def highest(process: subprocess.Popen[bytes]) -> Iterator[list[float]]:
    """The most memory that a process and its children take while the block runs, asked once a second: a list whose last number it is."""
    found, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(1):
            found.append(max(found[-1], memory_mb(process)))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield found
    finally:
        done.set()
        watching.join()


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """Proportional set size of a process and its children."""
    total = 0.0
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            if os.getsid(int(entry.name)) == process.pid:
                rows = (entry / "smaps_rollup").read_text().splitlines()
                total += next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
    return round(total, 1)


def main() -> None:
    """Measure and print; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--add", type=Path, help="a folder of text reports that are added meanwhile")
    parser.add_argument("--times", type=int, default=12)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--patience", type=float, default=180, help="seconds to wait for an answer that is worked out")
    parser.add_argument("--only", default="", help="only addresses that hold this")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    found = [address for address in addresses(facts_of(given.store)) if given.only in address]
    with open_store(given.store) as store, store.view() as view:
        print(f"{view.size():,} records, {len(found)} addresses")
    with serving(given.store) as (port, process):
        with highest(process) as most:
            cold = asyncio.run(warm(port, found, given.patience))
        after_warming, left_out = memory_mb(process), len(found) - len(cold)
        found = list(cold)
        quiet = asyncio.run(crowd(port, found, given.readers, given.seconds))
        with adding(given.store, given.add):
            took = asyncio.run(asked(port, found, given.times))
            beside = asyncio.run(crowd(port, found, given.readers, given.seconds))
        memory = memory_mb(process)
    rows = sorted(((_ms(seconds, 95), _ms(seconds, 50), cold[address], address) for address, seconds in took.items()), reverse=True)
    print(f"{'p95 ms':>8} {'p50 ms':>8} {'cold s':>8}")
    for p95, p50, first, address in rows:
        print(f"{p95:8.1f} {p50:8.1f} {first:8.2f} {'!' if p95 > _LIMIT_MS else ' '} {address}")
    everything = [second for seconds in took.values() for second in seconds]
    summary = {
        "p95_ms_of_all": _ms(everything, 95), "worst_address_p95_ms": rows[0][0], "addresses": len(rows),
        "addresses_over": sum(row[0] > _LIMIT_MS for row in rows), "left_out": left_out, "crowd_quiet": quiet, "crowd_beside_add": beside,
        "memory_mb_highest_cold": most[-1], "memory_mb_warm": after_warming, "memory_mb_end": memory,
    }  # fmt: skip
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
