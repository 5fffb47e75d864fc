"""What the tagger is trained on and scored by: documents with gold attributions, and windows with labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.extract.statements.windows import TAGS, Window

Spans = list[tuple[int, int]]
_TAG = {name: i for i, name in enumerate(TAGS)}


@dataclass(slots=True)
class Gold:
    """One annotated attribution as offsets of the document text; form is PolNeAR's (None where not annotated)."""

    source: Spans
    cue: Spans
    content: Spans
    form: str | None = None


@dataclass(slots=True)
class Example:
    """A window with its labels: a tag for each piece, and links ``(content piece, cue piece or 0, source piece or 0)`` between first pieces."""

    window: Window
    tags: list[int]
    links: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Prepared:
    """A document ready for training and scoring. ``held_back`` documents are never trained on."""

    id: str
    text: str
    gold: list[Gold]
    examples: list[Example]
    held_back: bool = False


def example(window: Window, gold: Iterable[Gold]) -> Example:
    """Label ``window``; a piece belongs to a span that it overlaps, contents give way to cues and sources."""
    tags = [0] * len(window)
    first: dict[tuple[str, int, int], int] = {}
    gold = list(gold)
    for role in ("content", "cue", "source"):
        for attribution in gold:
            for start, end in getattr(attribution, role):
                inside = [i for i, (a, b) in enumerate(window.offsets) if a < end and b > start and b > a]
                for n, i in enumerate(inside):
                    tags[i] = _TAG[f"{'I' if n else 'B'}-{role}"]
                if inside:
                    first[role, start, end] = inside[0]
    links = []
    for attribution in gold:
        heads = [min((first[role, *s] for s in getattr(attribution, role) if (role, *s) in first), default=0) for role in ("cue", "source")]
        links += [(first["content", *s], heads[0], heads[1]) for s in attribution.content if ("content", *s) in first]
    return Example(window, tags, links)
