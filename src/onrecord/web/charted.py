"""What pages with charts have in common: answers as data for a script, and the rows of one period among those of all. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from onrecord.query import Filter
from onrecord.store import View
from onrecord.web.answers import Answers, NotYet
from onrecord.web.api.replies import not_yet, reply

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first rows of one period, ``total`` in all. ``at``, ``fresh``: see :class:`onrecord.web.answers.Answer`."""

    rows: Sequence[dict[str, Any]]
    total: int
    as_of: int
    at: str
    fresh: bool


def data(request: Request, body: dict[str, Any] | NotYet) -> Response:
    """``body`` as JSON; where there is none yet, why."""
    return not_yet(body) if isinstance(body, NotYet) else reply(request, body)


def in_period(answers: Answers, view: View, name: str, wanted: Filter, *, label: str, count: int) -> Stretch | NotYet:
    """The rows of the period ``label`` of an answer whose rows come by period (those without one last), if there is one yet.

    A kept answer is not read whole: where the period begins and ends is found by halving.
    """
    found = answers.get(view, name, wanted, count=_EVERY if answers.at_once(view, wanted) else count)
    if isinstance(found, NotYet):
        return found
    if found.following is None:
        rows = [row for row in found.rows if row["period"] == label]
        return Stretch(rows[:count], len(rows), found.as_of, found.at, found.fresh)

    def period(number: int) -> str | None:
        one = answers.get(view, name, wanted, start=number, count=1)
        return one.rows[0]["period"] if one.rows else None

    begin = _first(found.total, lambda number: _behind(period(number), label, itself=True))
    end = _first(found.total, lambda number: _behind(period(number), label, itself=False))
    part = answers.get(view, name, wanted, start=begin, count=min(count, end - begin)) if end > begin else found
    rows = [row for row in part.rows if row["period"] == label]
    return Stretch(rows, end - begin, found.as_of, found.at, found.fresh)


def _behind(period: str | None, label: str, *, itself: bool) -> bool:
    """Whether rows of ``period`` come behind those of ``label``, or among them."""
    return period is None or period > label or (itself and period == label)


def _first(total: int, holds: Callable[[int], bool]) -> int:
    """The first of the numbers below ``total`` for which it holds, as it does for all behind; ``total`` where there is none."""
    low, high = 0, total
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
