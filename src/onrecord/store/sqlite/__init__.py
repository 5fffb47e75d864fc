"""The built-in store: one SQLite file (WAL, FTS5), standard library only. What it promises is in ``store/base.py``."""

from onrecord.store.sqlite.store import SqliteStore, open_store

__all__ = ["SqliteStore", "open_store"]
