"""What the process beside the server does in tests of failures: it asks queries that fail, each in the way that the filter's publisher names."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.errors import QueryError
from onrecord.query import QUERIES, Filter
from onrecord.query.rows import Flat
from onrecord.store import View
from onrecord.web import kept_answers


def failing(_: View, wanted: Filter) -> Iterator[Flat]:
    """Fails as it is told; an answer without rows for any other publisher."""
    match wanted.publisher:
        case "raises":
            raise ZeroDivisionError("secret of ours")
        case "senseless":
            raise QueryError("that makes no sense", hint="ask for something else")
        case "eats":
            eaten = [bytearray(10_000_000) for _ in range(1_000)]
            eaten.clear()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exits":
            os._exit(3)
        case "lasting":
            time.sleep(600)
    return iter(())


def work_out(store: str, kept: str, key: str, name: str, asked: Mapping[str, Any]) -> None:
    """Works out the failing query; says in a file beside the answers that it began."""
    with Path(f"{kept}.begun").open("a", encoding="utf-8") as log:
        log.write(f"{asked['publisher']} {os.getpid()}\n")
    QUERIES[name] = replace(QUERIES[name], function=failing)
    if (ends := Path(f"{kept}.mended")).exists() and asked["publisher"] in ends.read_text("utf-8"):
        asked = {**asked, "publisher": "mended"}
    kept_answers.work_out(store, kept, key, name, asked)
