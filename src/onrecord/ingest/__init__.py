"""Text, HTML, JSONL, folders, standard input → Document.

``documents(paths)`` yields one Item per report; a bad input is an Item with a Problem and the rest goes on.
"""

from onrecord.ingest.intake import documents
from onrecord.ingest.items import MAX_CHARACTERS, Item
from onrecord.ingest.problems import KINDS, NOTES, ProblemKind

__all__ = ["KINDS", "MAX_CHARACTERS", "NOTES", "Item", "ProblemKind", "documents"]
