"""How an event came to its code: the predicate, the way to each party, the codebook's rules with their text, and what else it might have been."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.codebook import Explanation, meanings
from onrecord.errors import CodebookError
from onrecord.model import Event, Why
from onrecord.query.rows import name_of

NOT_TAKEN = "not taken: "
"""What in the name of a ground says that it speaks for another type."""
_STEP = re.compile(r" (←|→)(.+?) (\S+)(?= [←→]|$)")
_NAMES = frozenset({"subject", "object", "owner"})


@dataclass(frozen=True, slots=True)
class Way:
    """One party of an event, and how the parse leads to it from the predicate, in words; None where another sentence names it."""

    role: str
    party: str
    words: str | None


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """A type that was not taken. ``score``: the model's probability for it, None where only the lexicon has it for the word."""

    type: str
    by: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Coding:
    """How an event came to its code. ``rules``: its type, mode, re-coding rule and CAMEO code, as the codebook has them."""

    predicate: str
    ways: tuple[Way, ...]
    rules: tuple[Explanation, ...]
    runners_up: tuple[RunnerUp, ...]


def coding(event: Event) -> Coding:
    """The coding of an event, as its record has it; without ways where it was read by an onrecord that kept none."""
    parties = [("actor", p) for p in event.actors] + [("recipient", p) for p in event.recipients]
    ways = (Way(role, name_of(p) or "somebody", in_words(path)) for (role, p), path in zip(parties, event.paths, strict=False))
    return Coding(event.trigger.text, tuple(ways), tuple(_rules(event)), tuple(_runners_up(event.why)))


def in_words(path: str | None) -> str | None:
    """A path as people read it: "talks →object held ←subject Kenya" is "talks, the object of held → subject: Kenya"."""
    if path is None:
        return None
    start = _STEP.search(path)
    return (path[: start.start()] if start else path) + "".join(_step(*step) for step in _STEP.findall(path))


def _step(arrow: str, label: str, word: str) -> str:
    if arrow == "←":
        return f" → {label}: {word}"
    return f", the {label} of {word}" if label in _NAMES else f" ({label}) {word}"


def _rules(event: Event) -> Iterator[Explanation]:
    """What the codebook says of an event's type and mode, of the re-coding rule it follows, and of its CAMEO code."""
    wanted = [("type", event.type), ("mode", f"{event.type}/{event.mode}"), *(("recoding", why.name) for why in event.why)]
    wanted += [("cameo", event.cameo)] if event.cameo else []
    for kind, code in wanted:
        try:
            yield from (meaning for meaning in meanings(code) if meaning.kind == kind)
        except CodebookError:
            continue  # it has no mode, or the record is of a version with another codebook


def _runners_up(why: tuple[Why, ...]) -> list[RunnerUp]:
    found = (RunnerUp(w.name.partition(NOT_TAKEN)[2], w.by, w.score) for w in why if NOT_TAKEN in w.name)
    return sorted(found, key=lambda r: -(r.score or 0))
