"""Re-coding rules: where the words of a report must not be coded as they stand. An event that follows one names it in its ``why``.

The rules are those of the PLOVER 2.0 manual (draft) and the CAMEO manual, told in our own words; ``section`` says under which entry they stand.
It reads no text.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError

PREFIX = "recode:"
"""What the codes of these rules begin with."""


@dataclass(frozen=True, slots=True)
class Recoding:
    """One rule. ``result``: the PLOVER type, with its mode, that it gives; None where there is no event."""

    code: str
    label: str
    definition: str
    example: str
    result: str | None
    section: str


@functools.cache
def recodings() -> Mapping[str, Recoding]:
    """Every rule by its code ("recode:promised-visit")."""
    table = tomllib.loads(resources.files("onrecord.codebook").joinpath("recoding.toml").read_text(encoding="utf8"))
    rows = (Recoding(r["code"], r["label"], r["definition"], r["example"], r["result"] or None, r["section"]) for r in table["rule"])
    return {rule.code: rule for rule in rows}


def recoding(code: str) -> Recoding:
    """The rule ``code``; raises CodebookError where there is none."""
    try:
        return recodings()[code]
    except KeyError:
        raise CodebookError(f"no re-coding rule is called {code!r}", hint="onrecord explain recodings lists them") from None


def entries() -> Iterator[Entry]:
    """Every rule, with what it gives."""
    for rule in recodings().values():
        gives = f"Coded as {rule.result}." if rule.result else "No event."
        yield Entry(rule.code, "recoding", rule.label, f"{rule.definition} {gives}", rule.example, rule.section)
