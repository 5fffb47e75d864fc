"""Counts what the event sentences hold: by type and mode, by class of what is none, by file. It trains nothing.

python -m training.events.count            # the tables of sentences/GUIDE.md
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from training.events.markup import CLASSES, STATUSES, Coding, Sentence, sentences

TOLD = ("actual", "future")


def rows(found: Sequence[Sentence]) -> Iterator[tuple[str, int, str]]:
    """Each type, its codings that are actual or future, and the same by mode (those without any as "-"); most frequent first."""
    told = [c for s in found for c in s.codings if c.type and c.status in TOLD]
    for kind, n in Counter(str(c.type) for c in told).most_common():
        modes = Counter(c.mode or "-" for c in told if c.type == kind)
        yield kind, n, ", ".join(f"{mode} {count}" for mode, count in modes.most_common())


def size(found: Sequence[Sentence]) -> str:
    """Sentences, their words on average, and the share of events."""
    words = sum(len(s.text.split()) for s in found) / len(found)
    events = sum(s.reason is None for s in found)
    return f"{len(found):,} sentences of {words:.0f} words on average, {events:,} of events, {len(found) - events:,} of what is none"


def lines(found: Sequence[Sentence]) -> Iterator[str]:
    """The tables in Markdown."""
    yield f"All: {size(found)}; {sum(s.held_back for s in found):,} held back, {sum(s.tuning for s in found):,} for thresholds."
    yield "\n| file | |\n|---|---|"
    for name in dict.fromkeys(s.id.rpartition("-")[0] for s in found):
        yield f"| {name} | {size([s for s in found if s.id.rpartition('-')[0] == name])} |"
    codings: list[Coding] = [c for s in found for c in s.codings]
    yield (
        "\nLines by status: "
        + ", ".join(f"{status} {sum(c.status == status for c in codings if c.type):,}" for status in STATUSES)
        + (f"; none {sum(c.type is None for c in codings):,}.")
    )
    yield "\n| type | lines | by mode |\n|---|---|---|"
    yield from (f"| {kind} | {n:,} | {modes} |" for kind, n, modes in rows(found))
    yield "\n| not, class | sentences |\n|---|---|"
    yield from (f"| {reason} | {sum(s.reason == reason for s in found):,} |" for reason in CLASSES)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(sentences()))
