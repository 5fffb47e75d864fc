"""Where readings are kept: Store, Writer, View, and the one store built in, SQLite. Knows records and documents, no extractor and no query.

Opening a store for the first time::

    from onrecord.store import open_store

    with open_store("world.onrecord", create=True) as store, store.writer() as w:
        w.add(reading, input_key)
"""

from onrecord.store.base import Linking, Store, View, Writer
from onrecord.store.dump import dump
from onrecord.store.sqlite import open_store
from onrecord.store.values import ALL, UNDATED, Change, InputItem, LoggedProblem, Part, Published, RecordKind, Run, Selection, Tie, Trace

__all__ = [
    "ALL", "UNDATED", "Change", "InputItem", "Linking", "LoggedProblem", "Part", "Published", "RecordKind", "Run", "Selection", "Store",
    "Tie", "Trace", "View", "Writer", "dump", "open_store",
]  # fmt: skip
