"""onrecord: from news reports to the sourced record of who said what, did what to whom, and stands where.

The public names are loaded when they are first used, so that ``import onrecord`` and ``onrecord --help`` do not wait for the language model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.app import add, add_record, decide, judge, read
    from onrecord.app import open_record as open  # noqa: A004 - onrecord.open reads like pathlib's or gzip's
    from onrecord.codebook import explain
    from onrecord.model import Document, Event, Position, Relation, Statement
    from onrecord.reading.reader import Reader

__all__ = ["Document", "Event", "Position", "Reader", "Relation", "Statement", "add", "add_record", "decide", "explain", "judge", "open", "read"]

_HOMES = {
    "Document": ("onrecord.model", "Document"),
    "Event": ("onrecord.model", "Event"),
    "Position": ("onrecord.model", "Position"),
    "Reader": ("onrecord.reading.reader", "Reader"),
    "Relation": ("onrecord.model", "Relation"),
    "Statement": ("onrecord.model", "Statement"),
    "add": ("onrecord.app", "add"),
    "add_record": ("onrecord.app", "add_record"),
    "decide": ("onrecord.app", "decide"),
    "explain": ("onrecord.codebook", "explain"),
    "judge": ("onrecord.app", "judge"),
    "open": ("onrecord.app", "open_record"),
    "read": ("onrecord.app", "read"),
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted(__all__)
