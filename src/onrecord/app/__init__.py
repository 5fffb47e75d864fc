"""The only wiring: paths become documents, documents become readings, readings go into a store. The command line and a server both stand on it."""

from onrecord.app.adding import add, link, linkers
from onrecord.app.answers import compare, export, open_record, opened
from onrecord.app.judging import add_record, decide, judge, undo
from onrecord.app.readers import OnProblem, Tally, default_reader, describe, describe_run, read, read_document, warn
from onrecord.app.watching import watch

__all__ = [
    "OnProblem", "Tally", "add", "add_record", "compare", "decide", "default_reader", "describe", "describe_run", "export", "judge", "link",
    "linkers", "open_record", "opened", "read", "read_document", "undo", "warn", "watch",
]  # fmt: skip
