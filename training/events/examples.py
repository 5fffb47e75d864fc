"""Texts with coded pairs, read by the rules and turned into what the event network learns from.

Three sets: ``own`` (the sentences of this folder), ``codebook`` (the examples of PLOVER's and CAMEO's tables) and ``plv``. Every text is read by
the rules first,
because what they find is part of the network's input.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord import Reader
from onrecord.codebook import cameo, plover
from onrecord.extract.events.inputs import Pair, Passage, row
from onrecord.extract.events.lexicon import lexicon
from onrecord.extract.events.merge import Scene, scenes_of
from onrecord.extract.events.pairs import passage_of
from onrecord.knowledge import using
from onrecord.model import Document
from training.events.markup import STATUSES, Sentence, sentences
from training.statements.prepare import tokenizer

Offsets = tuple[int, int]
LABELS = ("none", *(label for code, t in plover.types().items() for label in (code, *(f"{code}/{mode}" for mode in t.modes))))
"""What a pair may be: nothing, a type, or a type with a mode."""
_LABEL = {name: i for i, name in enumerate(LABELS)}
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a pair: the ``labels`` of which one is right, its status or UNKNOWN, and where its trigger is (may be empty)."""

    pair: Pair
    labels: tuple[int, ...]
    status: int
    trigger: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text with marked parties and what is known of pairs of them."""

    id: str
    text: str
    parties: tuple[Offsets, ...]
    answers: tuple[Answer, ...]
    held_back: bool = False
    tuning: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text as the network takes it. ``trigger``: (pairs, length), 1 on the pieces of a pair's trigger."""

    id: str
    inputs: dict[str, NDArray[np.int64]]
    answers: tuple[Answer, ...]
    trigger: NDArray[np.int64]
    held_back: bool
    tuning: bool
    reason: str | None


def of_type(kind: str) -> tuple[int, ...]:
    """Every label of a PLOVER type; YIELD stands for CONCEDE and RETREAT, as in the PLV set."""
    wanted = ("CONCEDE", "RETREAT") if kind == "YIELD" else (kind,)
    return tuple(i for i, name in enumerate(LABELS) if name.partition("/")[0] in wanted)


def own(paths: Iterable[Path] | None = None) -> list[Coded]:
    """The invented sentences. Pairs without a line have no event; an act with recipients says nothing of its actor alone."""
    return [_own(s) for s in sentences(paths)]


def _own(s: Sentence) -> Coded:
    numbers = sorted(s.parties)
    place = {n: i for i, n in enumerate(numbers)}
    told: dict[tuple[int, int | None], list[tuple[int, int, Offsets]]] = {}
    acting: set[int] = set()
    for c in s.codings:
        label = _LABEL[f"{c.type}/{c.mode}" if c.mode else c.type] if c.type else 0
        if c.joint:
            pairs: list[tuple[int, int | None]] = [(a, b) for a in c.actors for b in c.actors if a != b]
        else:
            pairs = [(a, b) for a in c.actors for b in c.recipients] or [(a, None) for a in c.actors]
        for pair in pairs:
            acting.add(pair[0])
            told.setdefault(pair, []).append((label, STATUSES.index(c.status), s.triggers[c.trigger]))
    answers = []
    for a in numbers:
        for b in (*numbers, None):
            if a == b or (b is not None and _overlap(s.parties[a], s.parties[b])):
                continue
            found = told.get((a, b), [])
            if not found and b is None and a in acting:
                continue
            real = [f for f in found if f[0]] or found
            status = real[0][1] if real and real[0][0] else UNKNOWN
            trigger = tuple(f[2] for f in real if f[0])
            answers.append(Answer((place[a], None if b is None else place[b]), tuple(f[0] for f in real) or (0,), status, trigger))
    return Coded(s.id, s.text, tuple(s.parties[n] for n in numbers), tuple(answers), s.held_back, s.tuning, s.reason)


def _overlap(a: Offsets, b: Offsets) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def found(paths: Iterable[Path] | None = None, workers: int = 2) -> list[Example]:
    """The invented sentences once more, with the parties that reading finds in place of those that were marked: most of them take part in nothing."""
    chosen = sentences(paths)
    with ProcessPoolExecutor(workers) as pool:
        return [e for part in pool.map(_found, [chosen[i :: workers * 8] for i in range(workers * 8)]) for e in part]


def _found(chosen: list[Sentence]) -> list[Example]:
    reader, pieces, words = Reader(rules_only=True), tokenizer(), lexicon("en")
    made = []
    for s in chosen:
        analysis = reader.analyse(Document(id=s.id, text=s.text), until="events")
        with using(reader.knowledge):
            scenes = list(scenes_of(analysis, pieces, words))
        for n, scene in enumerate(scenes):
            answers = list(_answers(s, scene))
            inputs = {k: np.asarray(v) for k, v in row(scene.passage, [p.span for p in scene.found], [a.pair for a in answers]).items()}
            if answers and inputs["roles"].shape[1] == len(scene.passage):
                trigger = np.asarray([_pieces(scene.passage, a) for a in answers])
                made.append(Example(f"{s.id}#{n}", inputs, tuple(answers), trigger, s.held_back, s.tuning, s.reason))
    return made


def _answers(s: Sentence, scene: Scene) -> Iterator[Answer]:
    """What is known of the pairs that reading finds: a phrase is whatever marked party it overlaps.

    Nothing is said of an actor alone whose recipient is there.
    """
    numbers = [{n for n, span in s.parties.items() if _overlap(p.span, span)} for p in scene.found]
    for a, b in scene.pairs:
        told = []
        for c in s.codings:
            others = set(c.actors) if c.joint else set(c.recipients)
            if not numbers[a] & set(c.actors):
                continue
            there = any(numbers[x] & others - numbers[a] for x in range(len(numbers)) if x != a)
            if b is None and others and there:
                break
            if (b is None) != (others == set() or not there) or (b is not None and not numbers[b] & others - numbers[a]):
                continue
            told.append(c)
        else:
            real = [c for c in told if c.type]
            labels = tuple(_LABEL[f"{c.type}/{c.mode}" if c.mode else str(c.type)] for c in real) or (0,)
            status = STATUSES.index(real[0].status) if real else UNKNOWN
            yield Answer((a, b), labels, status, tuple(s.triggers[c.trigger] for c in real))


def plv(path: Path) -> list[Coded]:
    """The rows of the PLV set, spans as its scorer finds them."""
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        r = json.loads(line)
        e, text = r["events"][0], r["text"]
        s, t = text.find(e["source"]), text.find(e["target"])
        if s < 0:
            continue
        spans = [(s, s + len(e["source"])), *([(t, t + len(e["target"]))] if t >= 0 else [])]
        pair = (0, 1 if len(spans) > 1 and not _overlap(*spans) else None)
        found.append(Coded(r["id"], text, tuple(spans[: 1 if pair[1] is None else 2]), (Answer(pair, of_type(e["code"]), UNKNOWN, ()),)))
    return found


def codebook() -> list[Coded]:
    """The examples of the codebook's tables whose parties can be told by name; the first named acts."""
    rows = [(f"plover-{e.code}", e.example, (_LABEL[e.code],)) for e in plover.entries() if e.code in _LABEL]
    rows += [
        (f"cameo-{c.code}", c.example, (_LABEL[f"{c.plover}/{c.mode}" if c.mode else c.plover],) if c.plover else (0,))
        for c in cameo.codes().values()
    ]
    found = []
    for name, text, labels in rows:
        spans = [m.span() for m in re.finditer(r"\b(?:the )?(?:Ruritania|Elbonia|Sylvania)n?s?(?:'s \w+)?", text)]
        spans = [s for s in spans if s[0] == 0 or len(spans) > 1][:2]
        if spans and spans[0][0] == 0:
            found.append(Coded(name, text, tuple(spans), (Answer((0, 1 if len(spans) > 1 else None), labels, UNKNOWN, ()),)))
    return found


def read(coded: list[Coded]) -> list[Example]:
    """Read texts by the rules, in this process."""
    reader, pieces = Reader(rules_only=True), tokenizer()
    return [e for c in coded for e in _example(reader, pieces, c)]


def _example(reader: Reader, pieces: Tokenizer, c: Coded) -> Iterator[Example]:
    analysis = reader.analyse(Document(id=c.id, text=c.text), until="events")
    made = passage_of(analysis, c.parties, pieces)
    if made is None or any(not made.within(p) for p in c.parties):
        return
    inputs = {k: np.asarray(v) for k, v in row(made, c.parties, [a.pair for a in c.answers]).items()}
    trigger = np.asarray([_pieces(made, a) for a in c.answers])
    if len(made) != inputs["roles"].shape[1]:
        trigger = np.zeros_like(inputs["roles"])
    yield Example(c.id, inputs, c.answers, trigger, c.held_back, c.tuning, c.reason)


def _pieces(made: Passage, answer: Answer) -> list[int]:
    told = {i for span in answer.trigger for i in made.within(span)}
    return [int(i in told) for i in range(len(made))]


def prepared(coded: list[Coded], workers: int = 2) -> list[Example]:
    """``coded``, read in several processes, in order."""
    parts = [coded[i :: workers * 4] for i in range(workers * 4)]
    with ProcessPoolExecutor(workers) as pool:
        done = {e.id: e for part in pool.map(read, parts) for e in part}
    return [done[c.id] for c in coded if c.id in done]


def load(folder: Path, name: str) -> list[Example]:
    """The prepared set ``name``."""
    return list(pickle.loads((folder / f"{name}.pkl").read_bytes()))  # noqa: S301 - our own file
