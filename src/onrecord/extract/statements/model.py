"""The statement tagger at run time: windows of a document in, attributions as offsets out. What becomes of them is decided in ``merge``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.extract.statements.decoding import Floats, attributions, probabilities, spans
from onrecord.extract.statements.windows import TAGS, Window, windows
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.encoder import Encoder, Scores

INTERFACE = 1
"""Which weights this code can feed: word pieces, parts of speech, dependencies, rules in; tags and links out."""
_ROLES = {role: [TAGS.index(f"B-{role}"), TAGS.index(f"I-{role}")] for role in ("source", "cue", "content")}


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
    _chances: list[Floats] = field(default_factory=list)

    def add(self, window: Window, scores: Scores, bias: float = 0.0) -> None:
        """Read a window's scores; windows come in the order of the text. ``bias`` raises the log odds of every tag but "outside"."""
        chances = probabilities(scores["tags"])
        self.attributions += said(window, chances, scores["links"], bias)
        for (start, end), chance in zip(window.offsets, chances, strict=True):
            if start < end:
                self._starts.append(start)
                self._ends.append(end)
                self._chances.append(chance)

    def support(self, span: Offsets, role: str) -> float:
        """The mean probability, over the word pieces of ``span``, that they belong to a ``role``; 0 where the tagger read nothing."""
        first = max(bisect_right(self._starts, span[0]) - 1, 0)
        values = []
        for i in range(first, len(self._starts)):
            if self._starts[i] >= span[1]:
                break
            if self._ends[i] > span[0]:
                values.append(float(self._chances[i][_ROLES[role]].sum()))
        return sum(values) / len(values) if values else 0.0


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
