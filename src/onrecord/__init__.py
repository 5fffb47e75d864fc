"""onrecord: from news reports to the sourced record of who said what, did what to whom, and stands where."""

from onrecord.model import Document, Event, Position, Relation, Statement
from onrecord.reading.reader import Reader

__all__ = ["Document", "Event", "Position", "Reader", "Relation", "Statement"]
