"""The last records of a list. Lists go forward in time; their end is found from the last day backwards, so that little is read of a long one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from onrecord.query.filters import Filter
from onrecord.query.rows import Row
from onrecord.query.standing_tracks import day_of, iso
from onrecord.store import View
from onrecord.store.days import days, first_day

R = TypeVar("R", bound=Row)
_MOST = 4_000
"""So many records of a span are read at most to find the last of it."""
_WIDER = 6


def latest(view: View, query: Callable[[View, Filter], Iterable[R]], wanted: Filter, count: int) -> list[R]:
    """The last ``count`` rows of a list query, the last first, up to ``until`` or the last day on which a report was published.

    Not those of unknown date, nor those of days that lie ahead. Where one day has more than 4,000 of them, the last of its first 4,000.
    """
    end = day_of(view, wanted)
    if not end:
        return []
    began = date.fromisoformat(first_day(wanted.since)).toordinal() if wanted.since else 1
    width = 1
    while True:
        since = max(began, end - width + 1)
        rows = query(view, replace(wanted, since=iso(since), until=iso(end), limit=_MOST, after=None))
        # What began before and lasts stands further ahead in the list.
        found = deque((row for row in rows if since == began or days(row.record.date, row.published)[0] >= (iso(since) or "")), maxlen=count)
        if len(found) == count or since == began:
            return list(reversed(found))
        width *= _WIDER
