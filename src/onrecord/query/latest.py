"""The last records of a list, up to now: what lies ahead of all reports is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from onrecord.query.filters import Filter
from onrecord.query.rows import Row
from onrecord.query.standing_tracks import day_of, iso
from onrecord.store import View

R = TypeVar("R", bound=Row)


def latest(view: View, query: Callable[[View, Filter], Iterable[R]], wanted: Filter, count: int) -> list[R]:
    """The last ``count`` rows of a list query, the last first, up to ``until`` or the last day on which a report was published.

    Not those of unknown date, nor those of days that lie ahead.
    """
    end = day_of(view, wanted)
    return list(query(view, replace(wanted, until=iso(end), order="newest", limit=count, after=None))) if end else []
