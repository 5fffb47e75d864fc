"""English time expressions: where they stand and what they mean on a given day. Knows no document."""

from onrecord.reading.timex.story import Story
from onrecord.reading.timex.tagger import Found, tag

__all__ = ["Found", "Story", "tag"]
