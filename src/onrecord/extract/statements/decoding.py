"""From the tagger's scores to attributions: spans that can be, each content with its cue and source, contents of one cue joined.

Knows no documents and no weights: numbers in, piece ranges out.
"""

from __future__ import annotations

import math
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


_ROLES = tuple((tag[2:], i, TAGS.index(f"I-{tag[2:]}")) for i, tag in enumerate(TAGS) if tag.startswith("B-"))
"""Each role with the places of its beginning and its inside in ``TAGS``."""
_BEFORE = {inside: (beginning, inside) for _, beginning, inside in _ROLES}
"""What may stand before an inside. Anything may stand before another tag."""


def role_chances(chances: Floats) -> dict[str, Floats]:
    """How likely each piece is to belong to a role, beginning or inside, from tag probabilities [length, tags]."""
    return {role: np.asarray(chances[:, beginning] + chances[:, inside]) for role, beginning, inside in _ROLES}


def best_path(scores: Floats) -> list[int]:
    """The best permitted sequence of tags for log probabilities [length, tags]: an inside has a beginning or inside of its own role before it.

    The best tag of every piece where that is permitted, as it is for most windows; else Viterbi's algorithm.
    """
    path: list[int] = scores.argmax(axis=1).tolist()
    if all(tag not in _BEFORE or before in _BEFORE[tag] for before, tag in zip([0, *path], path, strict=False)):
        return path
    here = [0.0 if tag == 0 else -math.inf for tag in range(len(TAGS))]
    back: list[list[int]] = []
    for row in scores.tolist():
        best = here.index(max(here))
        came = [best] * len(TAGS)
        for beginning, inside in _BEFORE.values():
            came[inside] = beginning if here[beginning] > here[inside] else inside
        here = [here[before] + value for before, value in zip(came, row, strict=True)]
        back.append(came)
    last = here.index(max(here))
    path = [last]
    for came in reversed(back[1:]):
        path.append(came[path[-1]])
    return path[::-1]


def spans(window: Window, chances: Floats, bias: float = 0.0) -> list[Found]:
    """The spans of ``window`` for tag probabilities [length, tags]; ``bias`` is added to the log odds of every tag but "outside"."""
    logs = np.log(np.maximum(chances[: len(window)], 1e-9))
    logs[:, 1:] += bias
    logs[[start == end for start, end in window.offsets], 1:] -= 1e4  # the marks between paragraphs
    path, shares = best_path(logs), role_chances(chances)
    found, at = [], 0
    while at < len(path):
        end = at + 1
        if path[at]:
            role = TAGS[path[at]][2:]
            while end < len(path) and TAGS[path[end]] == f"I-{role}":
                end += 1
            found.append(Found(role, at, end, float(shares[role][at:end].sum()) / (end - at)))
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
    row = links[content.start]
    scores = [float(row[i]) for i in (0, *(c.start for c in candidates))]
    highest = max(scores)
    best = scores.index(highest)
    return (candidates[best - 1] if best else None), 1 / sum(math.exp(score - highest) for score in scores)
