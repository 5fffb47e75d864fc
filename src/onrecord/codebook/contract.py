"""The small closed lists of the record contract: stances, statuses, forms, reasons and kinds of actors. It reads no text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources

from onrecord.codebook.entry import Entry

KINDS = ("stance", "status", "form", "reason", "actor")


def entries() -> Iterator[Entry]:
    """Every code of these lists, in the order of the contract."""
    table = tomllib.loads(resources.files("onrecord.codebook").joinpath("contract.toml").read_text(encoding="utf8"))
    source = f"onrecord record contract, version {table['version']}"
    for kind in KINDS:
        for row in table[kind]:
            yield Entry(row["code"], kind, row["label"], row["definition"], row["example"], source)
