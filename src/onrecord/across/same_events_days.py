"""Whether two happenings can be of the same days, as their reports tell them. Points for it, or nothing; compares no words.

What bears no date is news of the days before its publication. Two reports may tell one happening of different days: then they come from two
publishers, within a day or two of each other, and are much alike; what goes on day after day ("shelled the town again") is not one happening.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.across.same_events_told import Told
from onrecord.store import UNDATED

NEWS = 3
"""News that bears no date is of the days before its publication, so many at most."""
ALIKE = 0.2
"""From this likeness on two reports are about one matter."""
_MUCH_ALIKE = 0.3
"""From this likeness on they may tell one happening of different days."""
_NEAR, _WEEK, _MONTH = 2, 7, 31


@dataclass(frozen=True, slots=True)
class Between:
    """What holds between two reports: how much they are ``alike``, the ordinals of their days of publication, and if two publishers are ``apart``."""

    alike: float
    published: int
    other_published: int
    apart: bool

    @property
    def gap(self) -> int | None:
        """Days between the publications, None where one is unknown."""
        return abs(self.published - self.other_published) if UNDATED not in (self.published, self.other_published) else None

    @property
    def contrary(self) -> bool:
        """True where they may contradict each other about one happening."""
        return self.apart and self.alike >= _MUCH_ALIKE and self.gap is not None and self.gap <= _NEAR


@dataclass(frozen=True, slots=True)
class Days:
    """That two happenings can be of the same days: what that is worth, and on what ground. ``other``: they are told of other days."""

    points: float
    ground: str
    other: bool = False


def when(one: Told, other: Told, between: Between) -> Days | None:
    """Points for the days of two happenings; None where they cannot be the same."""
    ahead = (one.status == "future") != (other.status == "future")
    if one.dated and other.dated:
        return _dated(one, other, between, ahead=ahead)
    gap = between.gap
    if ahead:
        return Days(-0.5, "told before and after") if gap is not None and gap <= _WEEK else None
    if one.dated or other.dated:
        dated, news = (one, between.other_published) if one.dated else (other, between.published)
        return _news(dated, news, between)
    if gap is None or gap > (_WEEK if between.alike >= _MUCH_ALIKE else NEWS):
        return None
    return Days(1.5 if gap == 0 else 1.2 if gap == 1 else 0.3 if gap <= NEWS else -0.7, "news of the same days")


def _dated(one: Told, other: Told, between: Between, *, ahead: bool) -> Days | None:
    apart = max(one.first, other.first) - min(one.last, other.last)
    longest = max(one.last - one.first, other.last - other.first)
    if apart <= 0:
        return Days(3.0, "the same day") if longest <= 1 else Days(1.0 if longest <= _MONTH else 0.3, "days in common")
    if ahead or not between.contrary or (longest <= 1 and apart > _WEEK):
        return None
    return Days(-0.5 if apart == 1 else -1.0, "told of other days", other=True)


def _news(dated: Told, published: int, between: Between) -> Days | None:
    """Points for days in one report, and news without a date in another."""
    if published == UNDATED:
        return None
    if dated.last - dated.first <= 1 and published - 1 <= dated.last and dated.first <= published + 1:
        return Days(1.5, "news of that day")
    if published - NEWS <= dated.last and dated.first <= published + 1:
        return Days(0.7, "news of those days")
    return Days(-0.5, "without a day in one of them", other=True) if between.contrary else None
