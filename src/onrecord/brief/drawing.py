"""Where the parts of a chart lie: shares of the width in percent, so that a picture fits a phone and a page of paper alike. Writes no mark-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from onrecord.brief.parts import Chart, Point
from onrecord.store.days import first_day, last_day

_LEFT, _RIGHT = 2.0, 98.0
_EDGE = 10.0
_APART = 20.0
"""Percent between two labels of the axis, so that they do not touch on a phone."""
_TICKS = 5
_PLOT = 96
"""The height of the highest column, in pixels, as all sizes here but shares."""
_SMALLEST, _LARGEST = 4.5, 10.0
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200)
"""Months between two ticks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a strip: ``x`` in percent of the width, ``size`` in pixels."""

    x: float
    size: float
    point: Point


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis: an ISO month or day; ``x`` in percent; ``anchor``: which end of its label stands there."""

    x: float
    day: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar or column: where it begins and how wide it is in percent, and how high in pixels."""

    x: float
    width: float
    height: float
    point: Point


def strips(chart: Chart) -> dict[str, list[Mark]]:
    """The marks of each label. The area of a mark grows with the records it stands for."""
    found: dict[str, list[Mark]] = {}
    first, last = _ends(chart.points)
    for point in chart.points:
        size = min(_LARGEST, _SMALLEST * sqrt(1 + (point.count - 1) / 2))
        found.setdefault(point.label, []).append(Mark(_share(point.day or "", first, last), round(size, 1), point))
    return found


def ticks(chart: Chart) -> list[Tick]:
    """Up to five dates for the axis: the days of the points where they lie within two months, else months or years evenly apart."""
    first, last = _ends(chart.points)
    days = sorted({p.day for p in chart.points if p.day})
    months = (last.year - first.year) * 12 + last.month - first.month
    if months <= 2:
        apart = [days[0]] if first == last else [days[0], days[-1]]
        inner = [d for d in days[1:-1] if 15 < _share(d, first, last) < 85]
        shown = sorted({*apart, *inner[:: ceil(len(inner) / 3) or 1]})
    else:
        step = next((s for s in _STEPS if months / s <= _TICKS), _STEPS[-1])
        start = first.year * 12 + first.month - 1
        shown = [
            f"{m // 12:04}" if step % 12 == 0 else f"{m // 12:04}-{m % 12 + 1:02}" for m in range(-(-start // step) * step, start + months + 1, step)
        ]
    kept: list[Tick] = []
    for x, day in ((_share(first_day(d), first, last), d) for d in shown):
        if 0 <= x <= 100 and (not kept or x - kept[-1].x >= _APART):
            kept.append(Tick(x, day, "start" if x < _EDGE else "end" if x > 100 - _EDGE else "middle"))
    return kept


def bars(chart: Chart) -> list[Bar]:
    """Bars as long as their counts, the longest as long as there is room."""
    top = max((p.count for p in chart.points), default=1)
    return [Bar(0, round(100 * p.count / top, 2), 0, p) for p in chart.points]


def columns(chart: Chart) -> list[Bar]:
    """Columns as high as their counts, side by side with a little room between."""
    top = max((p.count for p in chart.points), default=1) or 1
    room = 100 / len(chart.points)
    return [Bar(round(i * room + room * 0.1, 3), round(room * 0.8, 3), round(_PLOT * p.count / top, 1), p) for i, p in enumerate(chart.points)]


def _ends(points: Sequence[Point]) -> tuple[date, date]:
    days = sorted(_middle(p.day) for p in points if p.day)
    return days[0], days[-1]


def _middle(day: str) -> date:
    """A day itself, the middle of a month or a year."""
    first, last = (date.fromisoformat(d).toordinal() for d in (first_day(day), last_day(day)))
    return date.fromordinal((first + last) // 2)


def _share(day: str, first: date, last: date) -> float:
    length = (last - first).days
    part = (_middle(day) - first).days / length if length else 0.5
    return round(_LEFT + part * (_RIGHT - _LEFT), 2)
