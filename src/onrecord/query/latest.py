"""The last records of a list. Lists go forward in time; the store says where their end begins, so that little is read of a long one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from onrecord.query.filters import Filter
from onrecord.query.records import events, positions, relations, statements
from onrecord.query.rows import Row
from onrecord.query.standing_tracks import day_of, iso
from onrecord.store import RecordKind, View
from onrecord.store.days import days, first_day

R = TypeVar("R", bound=Row)
_MOST = 4_000
"""So many records of a span are read at most to find the last of it."""
_WIDER = 4
_KINDS: Mapping[Callable[[View, Filter], Iterable[Row]], RecordKind] = {
    statements: "statement",
    events: "event",
    positions: "position",
    relations: "relation",
}


def latest(view: View, query: Callable[[View, Filter], Iterable[R]], wanted: Filter, count: int) -> list[R]:
    """The last ``count`` rows of a list query, the last first, up to ``until`` or the last day on which a report was published.

    Not those of unknown date, nor those of days that lie ahead. Where one day has more than 4,000 of them, the last of its first 4,000.
    """
    end = day_of(view, wanted)
    if not end:
        return []
    until, number = iso(end), count
    while True:
        day = view.day_from_end(number, _KINDS.get(query), replace(wanted, until=until))
        since = max(day or "", first_day(wanted.since)) or None
        rows = query(view, replace(wanted, since=since, until=until, limit=_MOST, after=None))
        # What began before and lasts stands further ahead in the list.
        found = deque((row for row in rows if day is None or days(row.record.date, row.published)[0] >= day), maxlen=count)
        if len(found) == count or day is None:
            return list(reversed(found))
        number *= _WIDER  # several records tell of one event
