"""English time expressions: where they stand (patterns) and what they mean on a given day (values). Knows no document."""

from onrecord.reading.timex.calendar import Moment
from onrecord.reading.timex.tagger import Found, tag

__all__ = ["Found", "Moment", "tag"]
