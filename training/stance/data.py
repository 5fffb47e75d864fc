"""Training material of the stance model: pairs of spans with a stance each way, spans with the sentiment towards them, as token rows.

Reads three kinds of files: DSE (``dse_*.jsonl``: two entities, one directed label), NewsMTSC (``newsmtsc_*.jsonl``: one target and the writer's
sentiment) and the project's own corpus (``training/corpus``: position lines). Knows no network.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from onrecord.errors import SchemaError
from onrecord.reading.stance import row
from training.corpus.markup import Item, corpus

Offsets = tuple[int, int]
NEUTRAL, SUPPORT, OPPOSE = 0, 1, 2
UNKNOWN = -1
LABELS = ("neutral", "support", "oppose")
CLASSES = ("none neutral", "p->q support", "p->q oppose", "q->p support", "q->p oppose")
"""The five classes of DSE; p is the span that stands first."""
SENTIMENTS = {"neutral": NEUTRAL, "positive": SUPPORT, "negative": OPPOSE}
TUNED = 0.06
"""Share of DSE's training half on which temperature and decision are fitted and epochs compared."""
_BREAK = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][”’\")]*\s+(?=[“‘\"(]?[A-Z])")
"""Where a sentence probably ends: not behind an initial or a short word with a capital, which may be a title's abbreviation."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans of a text, ``first`` before ``second``, with the stance of each on the other (UNKNOWN where nobody says)."""

    name: str
    text: str
    first: Offsets
    second: Offsets
    forward: int
    backward: int
    origin: str


@dataclass(frozen=True, slots=True)
class Row:
    """What the network sees. ``types``: 0 text, 2 first span, 3 second span. ``labels``: (forward, backward), or (sentiment, UNKNOWN)."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    labels: tuple[int, int]
    origin: str


def dse(path: Path) -> list[Pair]:
    """The pairs of a DSE file, exact repetitions once; rows without spans are left out."""
    found: dict[tuple[str, Offsets, Offsets], Pair] = {}
    for line in _rows(path):
        if not (line["p_span"] and line["q_span"]):
            continue
        p, q = tuple(line["p_span"]), tuple(line["q_span"])
        stance = LABELS.index(line["polarity"])
        forward, backward = (stance, NEUTRAL) if line["direction"] != "q->p" else (NEUTRAL, stance)
        found.setdefault((line["text"], p, q), Pair(line["id"], line["text"], p, q, forward, backward, "dse"))
    return list(found.values())


def five(labels: tuple[int, int]) -> int:
    """The index in CLASSES of (forward, backward), of which one is neutral or unknown."""
    forward, backward = labels
    if forward > 0:
        return forward
    return backward + 2 if backward > 0 else 0


def sentiments(path: Path) -> list[Pair]:
    """The targets of a NewsMTSC file: ``first`` is the target, ``second`` empty, ``forward`` the writer's sentiment."""
    return [
        Pair(line["id"], line["text"], tuple(line["span"]), (0, 0), SENTIMENTS[line["polarity"]], UNKNOWN, "sentiment")
        for line in _rows(path)
        if line["span"][1] > line["span"][0]
    ]


def positions(folder: Path, *, held_back: bool) -> list[Pair]:
    """The pairs of the corpus: its held-back quarter, or the rest. Declining to comment takes no side; spans that overlap are left out."""
    return [pair for item in corpus(folder) if item.held_back == held_back for pair in _of(item)]


def _of(item: Item) -> Iterator[Pair]:
    told: dict[tuple[Offsets, Offsets], list[int]] = {}
    for line in item.stances:
        stance = LABELS.index(line.stance) if line.stance in LABELS else NEUTRAL
        first, second = sorted((line.holder, line.target))
        if first[1] > second[0]:
            continue
        told.setdefault((first, second), [UNKNOWN, UNKNOWN])[int(first != line.holder)] = stance
    for number, ((first, second), (forward, backward)) in enumerate(told.items()):
        yield Pair(f"{item.id}:{number}", item.text, first, second, forward, backward, "corpus")


def sentences(pair: Pair) -> Pair:
    """The pair in nothing but the sentences from its first span to its second, as whoever reads sentence by sentence gives it."""
    breaks = [0, *(m.end() for m in _BREAK.finditer(pair.text)), len(pair.text)]
    start = max(at for at in breaks if at <= pair.first[0])
    end = min(at for at in breaks if at >= pair.second[1])
    first, second = ((a - start, b - start) for a, b in (pair.first, pair.second))
    return replace(pair, text=pair.text[start:end].rstrip(), first=first, second=second)


def tuning(text: str) -> bool:
    """True for the texts that are kept from training for tuning: a fixed share, by the text itself, so that repetitions stay on one side."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) < TUNED * 2**32


def encode(tokenizer: Tokenizer, pairs: Iterable[Pair]) -> list[Row]:
    """Token rows of pairs, made as they are when reading; a target of NewsMTSC has no second span."""
    rows = []
    for pair in pairs:
        try:
            made = row(tokenizer, pair.text, *((pair.first, pair.second) if pair.second[1] else (pair.first,)))
        except SchemaError:
            continue
        rows.append(Row(tuple(made["input_ids"]), tuple(made["token_type_ids"]), (pair.forward, pair.backward), pair.origin))
    return rows


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)
