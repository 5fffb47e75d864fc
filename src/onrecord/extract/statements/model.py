"""The statement tagger at run time: windows of a document in, attributions as offsets out. What becomes of them is decided in ``merge``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.extract.statements.decoding import Floats, attributions, probabilities, role_chances, spans
from onrecord.extract.statements.windows import Window, windows
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.encoder import Encoder, Scores

INTERFACE = 1
"""Which weights this code can feed: word pieces, parts of speech, dependencies, rules in; tags and links out."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the tagger found: offsets in the document text. ``score``: the probability of its least sure part (span or link), uncalibrated."""

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    score: float


@dataclass(slots=True)
class Tagged:
    """A document as the tagger sees it: its attributions, and how likely any stretch of it is a source, cue or content."""

    attributions: list[Attribution] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _sums: dict[str, list[float]] = field(default_factory=dict)

    def add(self, window: Window, scores: Scores, bias: float = 0.0) -> None:
        """Read a window's scores; windows come in the order of the text. ``bias`` raises the log odds of every tag but "outside"."""
        chances = probabilities(scores["tags"])
        self.attributions += said(window, chances, scores["links"], bias)
        real = [i for i, (start, end) in enumerate(window.offsets) if start < end]
        self._starts += [window.offsets[i][0] for i in real]
        self._ends += [window.offsets[i][1] for i in real]
        for role, chance in role_chances(chances).items():
            sums = self._sums.setdefault(role, [0.0])
            sums += (np.cumsum(chance[real], dtype=np.float64) + sums[-1]).tolist()

    def support(self, span: Offsets, role: str) -> float:
        """The mean probability, over the word pieces of ``span``, that they belong to a ``role``; 0 where the tagger read nothing."""
        first, last = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        return (self._sums[role][last] - self._sums[role][first]) / (last - first) if first < last else 0.0


def row(window: Window) -> dict[str, list[int]]:
    """A window as the network takes it."""
    return {"input_ids": window.ids, "pos": window.pos, "dependencies": window.dependencies, "rules": window.rules}


def said(window: Window, chances: Floats, links: Floats, bias: float) -> Iterator[Attribution]:
    """The attributions in a window from its tag probabilities and link scores."""
    at = window.offsets
    for a in attributions(spans(window, chances, bias), links):
        source = (at[a.source.start][0], at[a.source.end - 1][1]) if a.source else None
        cue = (at[a.cue.start][0], at[a.cue.end - 1][1]) if a.cue else None
        yield Attribution(source, cue, tuple((at[c.start][0], at[c.end - 1][1]) for c in a.content), a.score)


def tagged(network: Encoder, found: Sequence[Window], bias: float = 0.0) -> Tagged:
    """What the network makes of the windows of one document."""
    result = Tagged()
    for window, scores in zip(found, network.run([row(w) for w in found]), strict=True):
        result.add(window, scores, bias)
    return result


def read(analysis: Analysis, network: Encoder, bias: float = 0.0) -> Tagged:
    """What the tagger makes of a document whose statements the rules have read (``analysis.spoken``)."""
    return tagged(network, list(windows(analysis.blocks, analysis.spoken, network.tokenizer)), bias)
