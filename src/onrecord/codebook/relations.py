"""The closed list of relation types, as ``RECORDS.md`` sets it, each with label, definition and example. It reads no text."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from importlib import resources

from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError


@functools.cache
def _list() -> dict[str, Entry]:
    table = tomllib.loads(resources.files("onrecord.codebook").joinpath("relations.toml").read_text(encoding="utf8"))
    source = f"onrecord record contract, relation types, version {table['version']}"
    return {r["code"]: Entry(r["code"], "relation", r["label"], r["definition"], r["example"], source) for r in table["relation"]}


def entries() -> Iterator[Entry]:
    """Every relation type, in the order of the contract."""
    yield from _list().values()


def relation(code: str) -> Entry:
    """The relation type ``code``; raises CodebookError where there is none."""
    try:
        return _list()[code]
    except KeyError:
        raise CodebookError(f"no relation type is called {code!r}", hint=f"types are {', '.join(_list())}") from None
