"""PLOVER 2.0: sixteen event types with modes, contexts, quads, scores, and the sectors of actors. Look-up only; it reads no text.

Facts (codes, scores, quads, needed recipients): PLOVER 2.0 manual, draft, CC-BY-SA-4.0. Labels, definitions and examples: our own.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError

SOURCE = "PLOVER manual 2.0 (draft); wording by onrecord"
JOINT = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types whose sides all stand in ``actors`` and act upon each other (see RECORDS: meetings, agreements, joint drills)."""
_KINDS = ("type", "mode", "context", "sector", "quad")


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen types. ``score``: the manual's intensity, -10 to 10; ``modes``: mode names with their scores (None where it prints none)."""

    code: str
    quad: int
    score: float
    requires_recipient: bool
    modes: Mapping[str, float | None]


@functools.cache
def _table() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("onrecord.codebook").joinpath("plover.toml").read_text(encoding="utf8")
    return {kind: rows for kind, rows in tomllib.loads(text).items() if kind in _KINDS}


@functools.cache
def types() -> Mapping[str, EventType]:
    """The event types by code, in the manual's order."""
    modes: dict[str, dict[str, float | None]] = {row["code"]: {} for row in _table()["type"]}
    for row in _table()["mode"]:
        kind, _, name = row["code"].partition("/")
        modes[kind][name] = row.get("score")
    return {row["code"]: EventType(row["code"], row["quad"], row["score"], row["requires_recipient"], modes[row["code"]]) for row in _table()["type"]}


def event_type(code: str) -> EventType:
    """The event type ``code`` ("CONSULT"); raises CodebookError where there is none."""
    try:
        return types()[code]
    except KeyError:
        raise CodebookError(f"no PLOVER type is called {code!r}", hint=f"types are {', '.join(types())}") from None


@functools.cache
def contexts() -> frozenset[str]:
    """Every context code."""
    return frozenset(row["code"] for row in _table()["context"])


@functools.cache
def sectors() -> frozenset[str]:
    """Every sector code, international kinds such as IGO and NGO included."""
    return frozenset(row["code"] for row in _table()["sector"])


def quad(code: str) -> int:
    """The quad of an event type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. Raises CodebookError."""
    return event_type(code).quad


def intensity(code: str, mode: str | None = None) -> float:
    """The manual's score of a type, or of its mode where that has one of its own. Raises CodebookError for an unknown type or mode."""
    kind = event_type(code)
    if mode is None:
        return kind.score
    if mode not in kind.modes:
        raise CodebookError(f"{code} has no mode {mode!r}", hint=f"modes are {', '.join(kind.modes) or 'none'}")
    score = kind.modes[mode]
    return kind.score if score is None else score


@functools.cache
def _cameo() -> Mapping[str, str]:
    return {row["code"]: row["cameo"] for kind in ("type", "mode") for row in _table()[kind] if "cameo" in row}


def cameo_of(code: str, mode: str | None = None) -> str | None:
    """The CAMEO code for an event of this type and mode when its words say no more (our choice); None where CAMEO has none."""
    return _cameo().get(f"{code}/{mode}" if mode else code)


def entries() -> Iterator[Entry]:
    """Every type, mode, context, sector and quad."""
    for kind in _KINDS:
        for row in _table()[kind]:
            yield Entry(row["code"], kind, row["label"], row["definition"], row["example"], SOURCE)
