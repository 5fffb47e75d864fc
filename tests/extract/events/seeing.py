"""What the tests of the event model share: documents read by the rules, and a network that sees what a test tells it to."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.extract.statements.tagging import tokenizer

from onrecord import Document, Reader
from onrecord.codebook import plover
from onrecord.extract.events.inputs import ACTOR, RECIPIENT
from onrecord.extract.events.lexicon import lexicon
from onrecord.extract.events.merge import Judge, Scene, looked_at, merged
from onrecord.knowledge import using
from onrecord.model import Event, document_id
from onrecord.reading.analysis import Analysis

LABELS = ("none", *(label for code, t in plover.types().items() for label in (code, *(f"{code}/{mode}" for mode in t.modes))))
STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
CARD: dict[str, Any] = {
    "labels": LABELS,
    "statuses": STATUSES,
    "calibration": {"temperature": 1.0},
    "judge": {
        "rule": (0.0, 1.0, 0.0, 0.0),
        "model": (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
        "least": {"rule": 0.3, "model": 0.6, "said": 0.8, "status": 0.8},
    },
}
"""What the card of weights holds; its judge is as sure as the network is of the type."""
PUBLISHED = "2012-03-05"


@dataclass(frozen=True)
class Told:
    """What the network is to see between two: a label and the word that tells of it, how sure it is of the label (else: none) and of the status."""

    label: str
    word: str = ""
    sure: float = 0.95
    status: str = "actual"
    status_sure: float = 0.95


Pairs = Mapping[tuple[str, str | None], Told]
"""By a word of the actor and one of the recipient (None for an act without), in small letters."""


@dataclass(eq=False)
class Network:
    """Stands for the trained network: answers ``told`` where it knows the pair, else that there is nothing. ``rows`` is what it was asked."""

    told: Pairs
    rows: list[Mapping[str, Any]] = field(default_factory=list)
    tokenizer = tokenizer()
    weights = SimpleNamespace(name="events", card=CARD)

    def run(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, NDArray[Any]]]:
        """Labels (pairs, labels), status (pairs, 5) and trigger (pairs, length) of each row."""
        self.rows += rows
        return [self._one(row) for row in rows]

    def _one(self, row: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
        pieces = [self.tokenizer.id_to_token(int(i)) for i in row["input_ids"]]
        answers = [self._answer(pieces, roles) for roles in row["roles"]]
        return {name: np.asarray([a[n] for a in answers], dtype=np.float32) for n, name in enumerate(("labels", "status", "trigger"))}

    def _answer(self, pieces: list[str], roles: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        actor, recipient = ([word for word, role in words_of(pieces, roles) if role == wanted] for wanted in (ACTOR, RECIPIENT))
        asked = [t for (a, b), t in self.told.items() if a in actor and (b in recipient if b else not recipient)]
        told = asked[0] if asked else Told("none")
        labels, statuses = np.full(len(LABELS), -20.0), np.full(len(STATUSES), np.log((1 - told.status_sure) / 4))
        labels[0] = np.log(1 - told.sure)
        labels[LABELS.index(told.label)] = np.log(told.sure)
        statuses[STATUSES.index(told.status)] = np.log(told.status_sure)
        trigger = [float(word == told.word) for word, _ in words_of(pieces, roles, each=True)]
        return labels, statuses, np.asarray(trigger)


def words_of(pieces: Sequence[str], roles: Sequence[int] | NDArray[np.int64], *, each: bool = False) -> list[tuple[str, int]]:
    """Whole words with the role of their first piece, and pieces with a role of their own; ``each``: one for every piece, empty within a word."""
    found: list[tuple[str, int]] = []
    first = 0
    for piece, role in zip(pieces, roles, strict=True):
        if not piece.startswith("##"):
            first = len(found)
            found.append((piece, int(role)))
        else:
            found[first] = (found[first][0] + piece[2:], found[first][1])
            if each or role != found[first][1]:
                found.append(("" if each else piece, int(role)))
    return found


@functools.cache
def analysed(reader: Reader, text: str) -> Analysis:
    """``text`` read as far as the rules find events; not to be changed."""
    return reader.analyse(Document(id=document_id(text, None, PUBLISHED), text=text, published=PUBLISHED), until="events")


def scenes(reader: Reader, text: str, told: Pairs | None = None) -> list[Scene]:
    """What is looked at in ``text``."""
    with using(reader.knowledge):
        return looked_at(analysed(reader, text), Network(told or {}), lexicon("en"))  # type: ignore[arg-type]


def standing(reader: Reader, text: str, told: Pairs, **least: float) -> list[Event]:
    """The events of ``text`` that rules and network agree on."""
    judge = Judge.of(CARD["judge"])
    with using(reader.knowledge):
        return merged(analysed(reader, text), Network(told), lexicon("en"), replace(judge, least={**judge.least, **least}))  # type: ignore[arg-type]


def row_of(event: Event) -> tuple[str, str, list[str], list[str]]:
    """Type with mode, trigger, actors and recipients in words."""
    sides = [[p.mention.text for p in side if p.mention] for side in (event.actors, event.recipients)]
    return f"{event.type}/{event.mode}" if event.mode else event.type, event.trigger.text, *sides  # type: ignore[return-value]
