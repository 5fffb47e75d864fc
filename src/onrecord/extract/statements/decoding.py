"""From the tagger's scores to attributions: spans that can be, each content with its cue and source, contents of one cue joined.

Knows no documents and no weights: numbers in, piece ranges out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.extract.statements.windows import TAGS, Window

Floats = npt.NDArray[np.float32]
Range = tuple[int, int]
"""Half-open range of pieces of one window."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span of one role with its mean probability."""

    role: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution as piece ranges; ``score`` is the least of its parts' probabilities times that of their links."""

    source: Found | None
    cue: Found | None
    content: tuple[Found, ...]
    score: float


def probabilities(scores: Floats) -> Floats:
    """Softmax over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def _steps() -> Floats:
    """What may follow what: 0 or a prohibitive cost. An inside needs a beginning or inside of its own role before it."""
    cost = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for j, after in enumerate(TAGS):
        if after.startswith("I-"):
            for i, before in enumerate(TAGS):
                if before[2:] != after[2:]:
                    cost[i, j] = -1e4
    return cost


_STEPS = _steps()
_START = np.array([-1e4 if name.startswith("I-") else 0.0 for name in TAGS], dtype=np.float32)


def best_path(scores: Floats) -> list[int]:
    """The best permitted sequence of tags (Viterbi) for log probabilities [length, tags]."""
    back = np.zeros(scores.shape, dtype=np.int64)
    here = scores[0] + _START
    for i in range(1, len(scores)):
        through = here[:, None] + _STEPS
        back[i] = through.argmax(axis=0)
        here = through.max(axis=0) + scores[i]
    path = [int(here.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def spans(window: Window, chances: Floats, bias: float = 0.0) -> list[Found]:
    """The spans of ``window`` for tag probabilities [length, tags]; ``bias`` is added to the log odds of every tag but "outside"."""
    logs = np.log(np.maximum(chances[: len(window)], 1e-9))
    logs[:, 1:] += bias
    for i, (start, end) in enumerate(window.offsets):
        if start == end:
            logs[i, 1:] -= 1e4  # the marks between paragraphs
    path, found, at = best_path(logs), [], 0
    while at < len(path):
        tag = TAGS[path[at]]
        end = at + 1
        if tag != "O":
            while end < len(path) and TAGS[path[end]] == "I-" + tag[2:]:
                end += 1
            inside = chances[at:end, [TAGS.index("B-" + tag[2:]), TAGS.index("I-" + tag[2:])]].sum(axis=1)
            found.append(Found(tag[2:], at, end, float(inside.mean())))
        at = end
    return found


def attributions(found: Sequence[Found], links: Floats) -> list[Attributed]:
    """Join ``found`` by the link scores [2, length, length]: each content takes the best of the cues and sources that were found, or none."""
    cues, sources = ([f for f in found if f.role == role] for role in ("cue", "source"))
    joined: dict[tuple[int, ...], list[tuple[Found, Found | None, Found | None, float]]] = {}
    for content in (f for f in found if f.role == "content"):
        cue, sure = _linked(content, cues, links[0])
        source, sure_too = _linked(content, sources, links[1])
        key = (cue.start,) if cue else (-1, content.start)
        joined.setdefault(key, []).append((content, cue, source, sure * sure_too))
    made = []
    for parts in joined.values():
        best = max(parts, key=lambda p: p[3])
        spans_ = [p[0].score for p in parts] + [f.score for f in best[1:3] if isinstance(f, Found)]
        made.append(Attributed(best[2], best[1], tuple(p[0] for p in parts), min(spans_) * best[3]))
    return made


def _linked(content: Found, candidates: list[Found], links: Floats) -> tuple[Found | None, float]:
    scores = probabilities(links[content.start, [0, *(c.start for c in candidates)]])
    best = int(scores.argmax())
    return (candidates[best - 1] if best else None), float(scores[best])
