"""Feeds are followed: what they list is fetched, read, kept and linked, round after round. Decides nothing of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.app.adding import keep, linkers
from onrecord.app.readers import OnProblem, Tally, default_reader, describe_run, warn
from onrecord.errors import StoreBusy

if TYPE_CHECKING:
    from onrecord.fetch import Polite
    from onrecord.ingest import Item
    from onrecord.reading.reader import Reader
    from onrecord.store import Store, Writer

EVERY = 30.0
"""Minutes between two questions to one feed."""
_NAP_S = 30.0
"""The longest sleep between two looks at the desk, where somebody may have added a feed."""


def watch(
    store: str | Path,
    feeds: Sequence[str] = (),
    *,
    publisher: str | None = None,
    every: float = EVERY,
    once: bool = False,
    allow_private: Collection[str] = (),
    contact: str = "",
    knowledge: Sequence[str | Path] = (),
    models: str | Path | None = None,
    rules_only: bool = False,
    reader: Reader | None = None,
    polite: Polite | None = None,
    on_problem: OnProblem = warn,
    say: Callable[[str, str], None] = lambda _url, _what: None,
    tally: Tally | None = None,
) -> Tally:
    """Follow ``feeds`` (RSS, Atom, JSON Feed, or pages for themselves) and those followed already: one round if ``once``, else until interrupted.

    Each feed is asked every so many minutes, more seldom where it says so or fails; what is new is read into the store, made where there is none,
    and linked. All is kept beside the store, so that after a stop or a kill the same call goes on. ``publisher``: of the articles of ``feeds``;
    ``allow_private``: hosts that may lie on a private network; ``contact``: told to the sites; ``polite``: in place of the built-in client;
    ``say``: told of each step (address, what became of it). The rest is as for :func:`read`.
    Raises QueryError for what is no web address, StoreBusy where the store is watched already, StoreError.
    """
    from onrecord.desk import open_desk  # noqa: PLC0415 - reading without a store needs none of these
    from onrecord.desk.feeds import follow  # noqa: PLC0415
    from onrecord.fetch import Client, Polite  # noqa: PLC0415
    from onrecord.follow import FeedReader, Follower, alone  # noqa: PLC0415
    from onrecord.ingest.page import PageReader  # noqa: PLC0415
    from onrecord.store import open_store  # noqa: PLC0415

    polite = polite or Polite(Client(allow_private, contact))
    tally = tally if tally is not None else Tally()
    with open_store(store, create=True) as kept, kept.writer() as writer, FeedReader() as feed_reader, PageReader() as pages:
        desk = open_desk(store)
        for url in feeds:
            follow(desk, url, publisher=publisher, now=datetime.now(UTC))
        with alone(desk.path.with_name(desk.path.name + ".watch")):
            reader = reader or default_reader(knowledge, models=models, rules_only=rules_only, on_problem=on_problem)
            writer.run(describe_run(reader))
            keeper = _Keeper(kept, writer, reader, tally, on_problem)
            follower = Follower(desk, polite, feed_reader, pages, keeper.has, keeper.keep, timedelta(minutes=every), say)
            while True:
                try:
                    follower.round()
                    keeper.link()
                except StoreBusy as error:
                    if once:
                        raise
                    say(str(store), error.message)
                if once:
                    return tally
                time.sleep(min(_NAP_S, max(1.0, follower.idle_s())))


@dataclass(frozen=True, slots=True)
class _Keeper:
    """What is followed goes into the store by this."""

    store: Store
    writer: Writer
    reader: Reader
    tally: Tally
    on_problem: OnProblem

    def has(self, key: str) -> bool:
        return self.store.has_input(key, self.reader.run_id)

    def keep(self, item: Item) -> bool:
        """Read and store an item, or log its problem; True where it was stored."""
        from onrecord.across.engine import BATCH  # noqa: PLC0415 - see watch

        before = self.tally.read
        for problem in keep(item, self.reader, self.writer, self.tally):
            self.on_problem(problem)
        stored = self.tally.read > before
        if stored and self.tally.read % BATCH == 0:
            self.link()
        return stored

    def link(self) -> None:
        from onrecord import across  # noqa: PLC0415 - see watch

        across.link(self.writer, linkers(), on_problem=self.on_problem)
