"""What a text has said of its times so far: the day it is told on, and the date it spoke of last. Knows no shape of an expression."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.tense import future

_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/-])")


@dataclass(slots=True)
class Story:
    """One text while its times are read in order.

    ``day``: the day it is told on; None means that the text must speak for itself and relative expressions stay open. ``window``: earliest and latest
    month and day where the year is not known. ``day_first``: how it writes 3/7/2024, None where it never shows. ``last``: the date it named last;
    ``quarter``: the last quarter it reported on.
    """

    day: date | None
    window: tuple[date, date] | None = None
    day_first: bool | None = None
    last: Value | None = None
    quarter: Value | None = None

    @classmethod
    def of(cls, day: date | None, texts: Iterable[str] = (), window: tuple[date, date] | None = None) -> Story:
        """A story told on ``day`` (none where it is near the ends of the calendar); how ``texts`` write their dates is looked up in all of them."""
        day = day if day is not None and 100 <= day.year <= 9900 else None
        shown = {int(a) > int(b) for text in texts if "/" in text for a, b in _SLASHED.findall(text) if max(int(a), int(b)) > 12}
        return cls(day, window, shown.pop() if len(shown) == 1 else None)

    def tense(self, match: re.Match[str]) -> bool | None:
        """True where the words around a match speak of the future, False of the past, None where they do not say."""
        return future(match.string, *match.span())

    def reference(self) -> Value | None:
        """What "that day" or "a year later" counts from: the date named last."""
        return self.last if self.last is not None and self.last.start else None

    def heard(self, value: Value) -> None:
        """Remember a date for what follows."""
        if value.type in ("DATE", "TIME") and value.unit and value.start and not value.start.startswith("-"):
            self.last = value
            over = self.day is None or self.quarter is None or (value.end or "") <= self.day.isoformat()
            if value.unit == "Q" and "-H" not in value.value and over:
                self.quarter = value
